"""How one campaign is told: each report along its course, each act by who would do it, in the order of the clock."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final, TypeVar

from django.core.files import File

from sangkien.campaigns.actions.inviting import invite_units
from sangkien.campaigns.models import Campaign
from sangkien.campaigns.window import VIETNAM
from sangkien.demo.content.report import Course, Report
from sangkien.documents.docx import write_docx
from sangkien.initiatives.telling import CoImplementerTold, FigureTold, Told
from sangkien.intake import papers as intake_papers
from sangkien.intake.actions import admitting, closing, drafting, merging, returning, sending, withdrawing
from sangkien.intake.actions.returning import GapTold
from sangkien.intake.lifecycle import Stage
from sangkien.intake.models import Channel, Entry
from sangkien.ledger.recording import Actor
from sangkien.papers import issuing
from sangkien.papers.issuing import Arrival
from sangkien.papers.kinds import Kind
from sangkien.papers.models import Channel as PaperChannel
from sangkien.papers.models import Paper
from sangkien.units.models import Unit

_DAYS_TO_SUPPLEMENT: Final = 8
_FRIDAY: Final = 4
_WITHDRAWN_BECAUSE: Final = "Cách làm này theo hướng dẫn chung của Thành phố, không phải của riêng phường."
_LATE_BECAUSE: Final = "Không nhận được bản bổ sung trong thời hạn."


def moment(day: date, hour: float) -> datetime:
    """An hour of a day in Vietnam, as a moment."""
    minutes = round(hour * 60)
    return datetime.combine(day, time(minutes // 60, minutes % 60), tzinfo=VIETNAM).astimezone(UTC)


@dataclass
class Telling:
    """A campaign that runs, whom it asks, and who acts. ``until``: nothing is told after it."""

    campaign: Campaign
    units: Mapping[str, Unit]
    lead: Actor
    reports: Sequence[Report]
    nil: Mapping[str, int]
    until: datetime
    heads: Mapping[str, Actor] = field(default_factory=dict)  # units whose head has an account
    entries: dict[str, Entry] = field(default_factory=dict)  # by title
    further: list[tuple[int, float, Callable[[datetime], None]]] = field(default_factory=list)  # day, hour, act
    _invited: dict[str, Actor] = field(default_factory=dict)
    _letters: int = 0

    def tell(self) -> None:
        """All of it, in the order of the clock."""
        for at, act in sorted(self._acts(), key=lambda pair: pair[0]):
            if at <= self.until:
                act(at)

    # -- what happens when

    def _acts(self) -> Iterator[tuple[datetime, Callable[[datetime], None]]]:
        yield self._at(0, 8), self._invite
        for place, report in enumerate(self.reports):
            hour = 8.2 + (place * 37 % 80) / 10  # spread over the working day
            yield self._at(report.day, hour), _with(self._start, report)
            yield from self._course(report, hour)
        for unit, day in self.nil.items():
            yield self._at(day, 14.5), _with(self._answer_nil, unit)
        for day in range((self.campaign.closes_date - self.campaign.opens_date).days + 14):
            if (self.campaign.opens_date + timedelta(day)).weekday() == _FRIDAY:
                yield self._at(day, 16.6), self._admit_the_week
        for day, hour, act in self.further:
            yield self._at(day, hour), act

    def _course(self, report: Report, hour: float) -> Iterator[tuple[datetime, Callable[[datetime], None]]]:
        if report.course is Course.DRAFT:
            return
        yield self._at(report.day, hour + 0.4), _with(self._send, report)
        if report.course in (Course.SUPPLEMENTED, Course.LAPSED):
            yield self._at(report.day, hour + 0.9), _with(self._send_back, report)
        if report.course is Course.SUPPLEMENTED:
            yield self._at(report.day + 4, hour), _with(self._supplement, report)
        if report.course is Course.LAPSED:
            yield self._at(report.day + _DAYS_TO_SUPPLEMENT + 4, 9.5), _with(self._lapse, report)
        if report.course is Course.MERGED:
            yield self._at(report.day, hour + 0.8), _with(self._merge, report)
        if report.course is Course.WITHDRAWN:
            yield self._at(report.day, hour + 0.7), _with(self._withdraw, report)

    def _at(self, day: int, hour: float) -> datetime:
        """Offices work on weekdays: what falls on a weekend happened on the Friday before."""
        on = self.campaign.opens_date + timedelta(day)
        return moment(on - timedelta(max(0, on.weekday() - _FRIDAY)), hour)

    # -- the acts

    def _invite(self, at: datetime) -> None:
        asked = list(self.campaign.participants.select_related("unit").order_by("position"))
        expires_at = moment(self.campaign.closes_date + timedelta(120), 17)
        names = {unit.pk: name for name, unit in self.units.items()}
        for each in invite_units(self.campaign, units=asked, expires_at=expires_at, by=self.lead, at=at):
            unit = each.participant.unit
            self._invited[names[unit.pk]] = Actor(f"invitation:{each.invitation.uid}", unit.uid)

    def head_of(self, unit: str) -> Actor:
        """Who answers for a unit: its head's account, else its invitation."""
        return self.heads.get(unit) or self._invited[unit]

    def _start(self, report: Report, at: datetime) -> None:
        unit = self.units[report.unit]
        by = self.lead if report.on_paper else self.head_of(report.unit)
        entry = drafting.start(self.campaign, unit, told=_told(report), by=by, at=at, opened_by_lead=report.on_paper)
        version = 1
        if report.figures:
            figures = [
                FigureTold(each.what, Decimal(each.before), Decimal(each.after), each.unit_of_measure)
                for each in report.figures
            ]
            version = drafting.set_figures(entry, figures, edit_version=version, by=by, at=at).edit_version
        bodies = [CoImplementerTold(unit=self.units[each]) for each in report.with_units]
        bodies += [CoImplementerTold(name=each) for each in report.with_bodies]
        if bodies:
            drafting.set_co_implementers(entry, bodies, edit_version=version, by=by, at=at)
        self.entries[report.title] = entry

    def _send(self, report: Report, at: datetime) -> None:
        entry, unit = self.entries[report.title], self.units[report.unit]
        key = f"demo-{entry.uid}"
        if not report.on_paper:
            by = self.head_of(report.unit)
            sending.submit(self.campaign, unit, [entry], by=by, at=at, key=key, accept_gaps=True)
            return
        letter = self._letter(entry, at)
        sending.record_sending(
            self.campaign, unit, [entry], arrived_at=at - timedelta(minutes=20), channel=Channel.PAPER, by=self.lead,
            at=at, key=key, letter=letter,
        )  # fmt: skip

    def _letter(self, entry: Entry, at: datetime) -> Paper:
        """The letter that came on paper, with number and day; here its file is what the unit would have printed."""
        on = at.astimezone(VIETNAM).date()
        self._letters += 1
        text = intake_papers.unit_report(self.campaign, entry.implementer, [entry], on=on, notation="BC")
        with TemporaryDirectory() as folder:
            path = Path(folder) / "bao-cao.docx"
            write_docx(text, path)
            with path.open("rb") as opened:
                return issuing.record(
                    kind=Kind.OFFICIAL_LETTER, issuer=entry.implementer, number=40 + self._letters, notation="BC",
                    issued_date=on, summary="Báo cáo giải pháp cải cách hành chính", files=[File(opened, path.name)],
                    by=self.lead, at=at, arrival=Arrival(on, PaperChannel.PAPER),
                )  # fmt: skip

    def _send_back(self, report: Report, at: datetime) -> None:
        part, words = report.gap
        due = at.astimezone(VIETNAM).date() + timedelta(_DAYS_TO_SUPPLEMENT)
        returning.send_back(
            self._now(report), gaps=[GapTold(words, part)], due_date=due, by=self.lead, at=at,
        )  # fmt: skip

    def _supplement(self, report: Report, at: datetime) -> None:
        entry, by = self._now(report), self.head_of(report.unit)
        draft = drafting.begin_revision(entry, by=by, at=at)
        told: Told = {**report.supplement}  # type: ignore[typeddict-item]  # its keys are parts, as in the content
        drafting.edit(entry, told=told, edit_version=draft.edit_version, by=by, at=at)
        later = at + timedelta(minutes=25)
        unit = self.units[report.unit]
        sending.submit(self.campaign, unit, [entry], by=by, at=later, key=f"demo-{entry.uid}-2", accept_gaps=True)

    def _lapse(self, report: Report, at: datetime) -> None:
        returning.defer(self._now(report), reason=_LATE_BECAUSE, by=self.lead, at=at)

    def _merge(self, report: Report, at: datetime) -> None:
        into = Entry.objects.select_related("campaign", "initiative").get(pk=self.entries[report.same_as].pk)
        merging.merge(self._now(report), into=into, by=self.lead, at=at)

    def _withdraw(self, report: Report, at: datetime) -> None:
        withdrawing.withdraw(self._now(report), reason=_WITHDRAWN_BECAUSE, by=self.head_of(report.unit), at=at)

    def _answer_nil(self, unit: str, at: datetime) -> None:
        asked = self.campaign.participants.select_related("unit", "campaign").get(unit=self.units[unit])
        closing.answer_nil(asked, by=self.head_of(unit), at=at)

    def _admit_the_week(self, at: datetime) -> None:
        """Every Friday the lead unit takes what is complete; what waits for a decision of its own is left."""
        wanted = {each.title for each in self.reports if each.course in (Course.ADMITTED, Course.SUPPLEMENTED)}
        keys = [entry.pk for title, entry in self.entries.items() if title in wanted]
        rows = Entry.objects.filter(pk__in=keys, stage=Stage.SUBMITTED).select_related("campaign").order_by("pk")
        ready = [each for each in rows if not each.is_late]
        if ready:
            admitting.admit(ready, by=self.lead, at=at)

    def _now(self, report: Report) -> Entry:
        key = self.entries[report.title].pk
        return Entry.objects.select_related("campaign", "initiative", "revision", "implementer").get(pk=key)


def _told(report: Report) -> Told:
    return {
        "title": report.title, "situation": report.situation, "content": report.content,
        "effectiveness": report.effectiveness, "novelty": report.novelty, "results": report.results,
        "limitations": report.limitations, "cost": report.cost,
        "replication_conditions": report.replication_conditions, "fields": report.fields, "sector": report.sector,
        "kind": report.kind, "first_applied_date": report.first_applied_date,
    }  # fmt: skip


T = TypeVar("T")


def _with(act: Callable[[T, datetime], None], about: T) -> Callable[[datetime], None]:
    return lambda at: act(about, at)

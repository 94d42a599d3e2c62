"""A site visit from its plan to its conclusion (Plan 230, II.4.3)."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from sangkien.accounts.refusal import Refused
from sangkien.appraisal.actions.meetings import telling
from sangkien.appraisal.actions.meetings.common import (
    LONGEST_NOTE,
    Person,
    chosen_entries,
    holding_visit,
    note_visit,
    required,
)
from sangkien.appraisal.models import SiteVisit, VisitCheck, VisitEntry, Visitor
from sangkien.appraisal.models.visits import LONGEST_NAME, LONGEST_PLACE
from sangkien.campaigns.models import Campaign, Criterion
from sangkien.campaigns.queries import current_criteria
from sangkien.initiatives import texts
from sangkien.intake.actions.common import LONGEST_REASON, in_running
from sangkien.intake.models import Entry
from sangkien.ledger.models import SeenBy
from sangkien.ledger.recording import Actor
from sangkien.units.models import Unit

_MOST_QUESTIONS = 60


def plan_visit(
    campaign: Campaign, *, host: Unit, place: str, starts_at: datetime, entries: Sequence[Entry],
    people: Sequence[Person], by: Actor, at: datetime, office: Unit | None = None, purpose: str = "",
    own_questions: Sequence[str] = (), key: str = "",
) -> SiteVisit:  # fmt: skip
    """A visit to ``host`` with its checklist: each criterion of the campaign, then ``own_questions``, for each entry.

    The host is told when and where. The second click of the same ``key`` answers the first visit. Raises ``Refused``.
    """
    told = required(place, LONGEST_PLACE, _("Địa điểm"))
    with in_running(campaign) as now:
        made = SiteVisit.objects.filter(key=key).first() if key else None
        if made is not None:
            return made
        chosen = chosen_entries(now, entries)
        _refuse_strangers(host, chosen)
        visit = SiteVisit.objects.create(
            campaign=now, host=host, office=office, place=told, starts_at=starts_at, planned_at=at, planned_by=by.id,
            purpose=texts.lines(purpose, _("Mục đích"), LONGEST_REASON), key=key,
        )  # fmt: skip
        VisitEntry.objects.bulk_create(
            [VisitEntry(visit=visit, entry=each, position=place) for place, each in enumerate(chosen, 1)]
        )
        _set_people(visit, people)
        _write_checklist(visit, chosen, own_questions)
        note_visit(visit, "planned", by=by, at=at, seen_by=SeenBy.LEAD, facts=_facts(visit, chosen))
        telling.visit_planned(visit, chosen, at)
    return visit


def _refuse_strangers(host: Unit, entries: Sequence[Entry]) -> None:
    for each in entries:
        if each.implementer_id == host.pk:
            continue
        if not each.initiative.co_implementers.filter(unit=host).exists():
            raise Refused(
                _("Giải pháp %s không phải của đơn vị được khảo sát. Bạn bỏ giải pháp này, hoặc đổi đơn vị.")
                % each.code
            )


def _set_people(visit: SiteVisit, people: Sequence[Person]) -> None:
    told = [(each, texts.line(each.name, LONGEST_NAME, _("Họ và tên"))) for each in people]
    rows = [
        Visitor(
            visit=visit, user=each.user, name=name, title=texts.line(each.title, LONGEST_NAME, _("Chức vụ")),
            unit=each.unit, is_host=each.is_host, is_head=each.is_head, keeps_minutes=each.keeps_minutes,
            position=place,
        )
        for place, (each, name) in enumerate(((p, n) for p, n in told if n), 1)
    ]  # fmt: skip
    if sum(each.is_head for each in rows) > 1:
        raise Refused(_("Đoàn khảo sát có một trưởng đoàn. Bạn chọn một người."))
    Visitor.objects.bulk_create(rows)


def question_of(criterion: Criterion) -> str:
    """What is asked at the place about a criterion: its name, and which evidence it expects."""
    expected = criterion.evidence_expected.strip()
    return f"{criterion.name}: {expected}" if expected else criterion.name


def _write_checklist(visit: SiteVisit, entries: Sequence[Entry], own: Sequence[str]) -> None:
    criteria = current_criteria(visit.campaign)
    asked: list[tuple[Criterion | None, str]] = []
    if criteria is not None:
        asked += [(each, question_of(each)) for each in criteria.criteria.order_by("position")]
    asked += [(None, told) for each in own if (told := texts.line(each, LONGEST_REASON, _("Câu hỏi")))]
    if len(asked) > _MOST_QUESTIONS:
        raise Refused(_("Danh mục có quá nhiều câu hỏi. Bạn gộp bớt rồi lưu lại."))
    VisitCheck.objects.bulk_create(
        [
            VisitCheck(visit=visit, entry=entry, criterion=criterion, question=question, position=place)
            for entry in entries
            for place, (criterion, question) in enumerate(asked, 1)
        ]
    )


def _facts(visit: SiteVisit, entries: Sequence[Entry]) -> Mapping[str, object]:
    return {
        "host": visit.host.uid,
        "office": visit.office.uid if visit.office else None,
        "starts_at": visit.starts_at,
        "entries": [each.uid for each in entries],
    }


def change_people(visit: SiteVisit, *, people: Sequence[Person], by: Actor, at: datetime) -> SiteVisit:
    """Who goes along, in place of the earlier list; what they wrote down stays."""
    with holding_visit(visit) as row:
        row.people.all().delete()
        _set_people(row, people)
        note_visit(row, "people_changed", by=by, at=at, seen_by=SeenBy.LEAD, facts={"count": row.people.count()})
    return row


def move_visit(
    visit: SiteVisit, *, starts_at: datetime, place: str, reason: str, by: Actor, at: datetime
) -> SiteVisit:  # fmt: skip
    """Another day or place, with a reason that the host reads. Raises ``Refused`` once something was noted there."""
    told = required(place, LONGEST_PLACE, _("Địa điểm"))
    why = required(reason, LONGEST_REASON, _("Lý do"))
    with holding_visit(visit) as row:
        if row.started_at is not None:
            raise Refused(_("Buổi khảo sát đã bắt đầu nên không dời được. Bạn kết thúc buổi này, hoặc lập buổi khác."))
        facts = {"old": row.starts_at, "new": starts_at, "reason": why}
        row.starts_at, row.place = starts_at, told
        row.save(update_fields=["starts_at", "place"])
        note_visit(row, "moved", by=by, at=at, seen_by=SeenBy.LEAD, facts=facts)
        telling.visit_moved(row, why, at)
    return row


def cancel_visit(visit: SiteVisit, *, reason: str, by: Actor, at: datetime) -> SiteVisit:
    """It does not take place; what was noted stays."""
    why = required(reason, LONGEST_REASON, _("Lý do"))
    with holding_visit(visit) as row:
        row.cancelled_at, row.cancelled_reason = at, why
        row.save(update_fields=["cancelled_at", "cancelled_reason"])
        note_visit(row, "cancelled", by=by, at=at, seen_by=SeenBy.LEAD, facts={"reason": why})
        telling.visit_cancelled(row, why, at)
    return row


def end_visit(visit: SiteVisit, *, conclusion: str, host_opinion: str, by: Actor, at: datetime) -> SiteVisit:
    """What the visitors conclude and what the host says to it; from then on nothing is added. Raises ``Refused``."""
    told = texts.lines(conclusion, _("Kết luận"), LONGEST_NOTE)
    if not told:
        raise Refused(_("Bạn ghi kết luận của buổi khảo sát rồi kết thúc."))
    with holding_visit(visit) as row:
        row.conclusion, row.host_opinion = told, texts.lines(host_opinion, _("Ý kiến của đơn vị"), LONGEST_NOTE)
        row.started_at = row.started_at or min(row.starts_at, at)
        row.ended_at = at
        row.save(update_fields=["conclusion", "host_opinion", "started_at", "ended_at"])
        note_visit(row, "ended", by=by, at=at, seen_by=SeenBy.LEAD, facts={"started_at": row.started_at})
    return row


def reopen_visit(visit: SiteVisit, *, reason: str, by: Actor, at: datetime) -> SiteVisit:
    """The conclusion is to be put right, or something still waits on a phone: before the minutes have their number."""
    why = required(reason, LONGEST_REASON, _("Lý do"))
    with holding_visit(visit, ended=True) as row:
        if row.ended_at is None:
            raise Refused(_("Buổi khảo sát này chưa kết thúc."))
        if row.minutes is not None and row.minutes.number is not None:
            raise Refused(
                _("Biên bản đã ký, đã vào số nên buổi khảo sát không mở lại được. Bạn lập biên bản thay thế.")
            )
        facts = {"reason": why, "ended_at": row.ended_at}
        row.ended_at = None
        row.save(update_fields=["ended_at"])
        note_visit(row, "reopened", by=by, at=at, seen_by=SeenBy.LEAD, facts=facts)
    return row

"""The demonstration: District 3 in 2024 from the plan to the appendix; its end; a ward of today with an open campaign.

Everything is done by the actions of the rooms, in the order of time, so that the ledger tells it as it would have been.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum
from io import BytesIO
from typing import Final

from django.core.files import File
from django.utils.translation import gettext as _

from sangkien.accounts.actions.people import seen
from sangkien.accounts.models import ShownAccount, User
from sangkien.accounts.refusal import Refused
from sangkien.attachments import storage
from sangkien.campaigns.actions import drafting, ending, plan_paper
from sangkien.campaigns.actions.common import Facts
from sangkien.campaigns.actions.criteria import set_criteria
from sangkien.campaigns.models import Campaign
from sangkien.campaigns.presets import PLANS
from sangkien.campaigns.presets.criteria import P2
from sangkien.campaigns.window import VIETNAM
from sangkien.demo import district3, people
from sangkien.demo.appraising import whole as appraisal
from sangkien.demo.appraising.course import DAYS as DAYS_OF_APPRAISAL
from sangkien.demo.content import offices_2024, ward_today, wards_2024
from sangkien.demo.telling import Telling, moment
from sangkien.intake.actions import admitting, closing, consolidating
from sangkien.intake.lifecycle import Stage as EntryStage
from sangkien.intake.models import Entry
from sangkien.ledger.models import Act
from sangkien.ledger.recording import Actor, acting
from sangkien.papers.models import Form
from sangkien.units import actions as units
from sangkien.units.changing import NewUnit
from sangkien.units.models import Kind, Level, SigningRegime, Unit

TELLER: Final = Actor("command:demo")
_FIRST_DAY: Final = date(2024, 6, 20)
_DAYS_OPEN: Final = 45
_DAYS_LEFT: Final = 4


class Stage(Enum):
    """How far the campaign of today is told."""

    ISSUED = "issued"  # the plan is out, nobody has answered
    INTAKE = "intake"  # reports come in, four days are left
    ADMITTED = "admitted"  # closed, complete, one consolidation
    APPRAISAL = "appraisal"  # opinions are in, nine judges have scored, the results are open


_DAYS_SINCE: Final = {
    Stage.ISSUED: _DAYS_OPEN - _DAYS_LEFT,
    Stage.INTAKE: _DAYS_OPEN - _DAYS_LEFT,
    Stage.ADMITTED: _DAYS_OPEN + 7,
    Stage.APPRAISAL: _DAYS_OPEN + DAYS_OF_APPRAISAL,
}  # since the campaign of today was opened


@dataclass(frozen=True, slots=True)
class Told:
    """What stands now."""

    district: Campaign
    ward: Campaign


def is_told() -> bool:
    """Whether this instance is a demonstration."""
    return ShownAccount.objects.exists()


def tell(*, now: datetime, stage: Stage = Stage.INTAKE, seed: int = 0) -> Told:
    """All of it or nothing, on an empty instance; ``seed``: of the marks that judges give.

    Raises ``Refused`` where somebody has begun to work already.
    """
    if Act.objects.exists() or User.objects.exists():
        raise Refused(
            _("Ở đây đã có dữ liệu nên không kể chuyện minh họa vào được. Bạn đặt SANGKIEN_HOME vào một thư mục trống.")
        )
    with acting():
        told = district3.twelve_wards(by=TELLER, at=moment(_FIRST_DAY, 8), offices_named=district3.ALL_OFFICES)
        district = _district_campaign(told)
        _reorganise(told)
        ward = _ward_campaign(told.wards["Phường Bàn Cờ"], now, stage, seed)
        for shown in ShownAccount.objects.select_related("user").order_by("pk"):
            seen(person=shown.user, at=now)  # they worked until today, so that no clock closes them as idle
    return Told(district, ward)


# -- the district in 2024


def _district_campaign(told: district3.District3) -> Campaign:
    at = moment(_FIRST_DAY, 9)
    named = {"Quận 3": told.district, **told.offices, **told.wards}
    cast = people.engage(people.DISTRICT, named, since=_FIRST_DAY, by=TELLER, at=at, shown=False)
    lead, head = _acting(cast["lead"], named["Phòng Nội vụ"]), _acting(cast["head"], named["Phòng Nội vụ"])
    at = moment(date(2024, 7, 1), 8.5)
    drafted = drafting.draft_campaign(preset=PLANS["quan-2024"], organiser=told.district, year=2024, by=lead, at=at)
    campaign = _issue(drafted.campaign, date(2024, 7, 9), number=230, lead=lead, head=head)
    reports = (*wards_2024.REPORTS, *offices_2024.REPORTS)
    until = moment(date(2024, 9, 27), 18)
    Telling(campaign, named, lead, reports, offices_2024.NIL, until).tell()
    at = moment(date(2024, 9, 30), 9)
    ending.begin_assessment(campaign, by=lead, at=at)
    closing.defer_late(campaign, by=lead, at=at + timedelta(minutes=20))
    consolidating.consolidate(campaign, by=lead, at=at + timedelta(hours=1))
    return closing.conclude(campaign, by=head, at=moment(date(2024, 12, 20), 15))


def _reorganise(told: district3.District3) -> None:
    """Ten wards, then three new ones and no district; recorded on the eve of the day."""
    district3.ten_wards(told, by=TELLER, at=moment(district3.TEN_WARDS - timedelta(1), 10))
    district3.three_wards(told, by=TELLER, at=moment(district3.THREE_WARDS - timedelta(1), 10))


# -- a ward of today


def _ward_campaign(ward: Unit, now: datetime, stage: Stage, seed: int) -> Campaign:
    opens = now.astimezone(VIETNAM).date() - timedelta(_DAYS_SINCE[stage])
    closes = opens + timedelta(_DAYS_OPEN)
    begins = opens - timedelta(14)
    at = moment(begins, 8)
    named = _offices_of(ward, at)
    cast = people.engage(people.WARD, named, since=begins, by=TELLER, at=at)
    if stage is Stage.APPRAISAL:
        parts = [*people.COUNCIL, *(each.part for each in people.JUDGES), *people.REVIEWERS]
        cast |= people.engage(parts, named, since=begins, by=TELLER, at=at)
    people.engage([people.AUDITOR, people.ADMINISTRATOR], named, since=begins, by=TELLER, at=at)
    office = named["Phòng Văn hóa - Xã hội"]
    lead, head = _acting(cast["lead"], office), _acting(cast["head"], office)
    facts = Facts(title=_title(opens), year=opens.year, opens_date=opens, closes_date=closes)
    drafted = drafting.draft_campaign(
        preset=PLANS["phuong-2025"], organiser=ward, year=opens.year, by=lead, at=moment(begins, 10), facts=facts
    )
    if stage is Stage.APPRAISAL:
        set_criteria(drafted.campaign, to=P2, by=lead, at=moment(begins, 11))
    campaign = _issue(drafted.campaign, opens - timedelta(6), number=57, lead=lead, head=head)
    if stage is Stage.ISSUED:
        return campaign
    heads = {
        "Trung tâm Phục vụ hành chính công phường Bàn Cờ": cast["service head"],
        "Văn phòng HĐND và UBND": cast["office head"],
    }
    signed = {name: _acting(person, named[name]) for name, person in heads.items()}
    if stage is Stage.APPRAISAL:
        return appraisal.tell(campaign, named, cast, lead=lead, heads=signed, now=now, seed=seed)
    Telling(campaign, named, lead, ward_today.REPORTS, ward_today.NIL, now, heads=signed).tell()
    if stage is Stage.ADMITTED:
        _finish(campaign, lead, now)
    return campaign


def _offices_of(ward: Unit, at: datetime) -> dict[str, Unit]:
    news = [
        NewUnit(name=name, kind=kind, level=Level.COMMUNE, parent=ward, signing_regime=SigningRegime.HEAD)
        for kind, names in ((Kind.DEPARTMENT, ward_today.OFFICES), (Kind.PUBLIC_SERVICE_UNIT, ward_today.SERVICES))
        for name in names
    ]
    made = units.establish_all(news=news, on=district3.THREE_WARDS, by=TELLER, at=at)
    return {"Phường Bàn Cờ": ward, **dict(zip((each.name for each in news), made, strict=True))}


def _title(opens: date) -> str:
    return (
        "Thực hiện mô hình sáng kiến, giải pháp, cách làm hay trong công tác cải cách hành chính và tổ chức đánh giá, "
        f"nhân rộng trên địa bàn phường Bàn Cờ năm {opens.year}"
    )


def _finish(campaign: Campaign, lead: Actor, now: datetime) -> None:
    waiting = Entry.objects.filter(campaign=campaign, stage=EntryStage.SUBMITTED).select_related("campaign")
    admitting.admit(list(waiting.order_by("pk")), by=lead, at=now)
    ending.begin_assessment(campaign, by=lead, at=now)
    consolidating.consolidate(campaign, by=lead, at=now)


# -- both


def _issue(campaign: Campaign, on: date, *, number: int, lead: Actor, head: Actor) -> Campaign:
    """The plan as made here stands for the signed one: nobody's signature is invented."""
    at = moment(on, 8.5)
    paper = plan_paper.prepare_plan(campaign, on=on, by=lead, at=at)
    rendered = plan_paper.render_plan(paper, by=lead, at=at)
    pdf = next(each for each in rendered if each.form == Form.PDF)
    with storage.store().open(pdf.attachment.blob.path) as opened:
        file = File(BytesIO(opened.read()), "ke-hoach.pdf")
    issued, _remark = plan_paper.issue_signed(
        Campaign.objects.get(pk=campaign.pk), number=number, notation="KH-UBND", issued_date=on, file=file, by=head,
        at=moment(on, 15),
    )  # fmt: skip
    return issued


def _acting(person: User, unit: Unit) -> Actor:
    return Actor(f"user:{person.pk}", unit.uid)

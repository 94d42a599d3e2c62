"""What a person still has to say about a draft: computed from its rows each time, so that it never lags behind."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from sangkien.campaigns.carrying import Carried, carry
from sangkien.campaigns.finding import named, offices_under
from sangkien.campaigns.models import Campaign
from sangkien.campaigns.presets import PLANS
from sangkien.campaigns.presets.shape import OfficePreset
from sangkien.campaigns.queries import owners
from sangkien.campaigns.showing import Owned, Shown, facts, fields, participants
from sangkien.units.models import UnitVersion


@dataclass(frozen=True, slots=True)
class Question:
    """A sentence, what it is about (``field``, ``sector``, ``participant``, ``lead``), and who may be the answer."""

    about: str
    key: str
    text: str
    candidates: tuple[UnitVersion, ...] = ()


@dataclass(frozen=True, slots=True)
class Moved:
    """A unit of last year's plan in whose place another one now stands: to be looked at."""

    about: str
    was: str
    now: UnitVersion


def questions(campaign: Campaign, on: date, shown: Shown | None = None) -> list[Question]:
    """In the order of the plan: lead unit, dates, fields, sectors, participants. A constant number of statements.

    ``shown``: what the parts of the page have read already; read here when not told.
    """
    if shown is None:
        shown = {**facts(campaign, on), **fields(campaign, on), **participants(campaign, on)}
    before = _before(campaign, on)
    return [
        *_about_lead(campaign, on, shown),
        *_about_dates(campaign),
        *_about_owners(campaign, on, shown, before),
        *_about_participants(on, shown, before),
    ]


def moved(campaign: Campaign, on: date) -> list[Moved]:
    """Where this draft has another unit than last year's plan, because that one has ended."""
    if campaign.continues_id is None:
        return []
    before = _before(campaign, on)
    there = set(campaign.participants.values_list("unit", flat=True))
    offices = {office for held in owners(campaign).values() for office in held}
    return [
        Moved(about, was.name_was, was.only_heir)
        for about, units, now in (("participant", before.participants, there), ("owner", before.offices, offices))
        for was in (before.carried[unit_id] for unit_id in units)
        if not was.goes_on and was.only_heir is not None and was.only_heir.unit_id in now
    ]


@dataclass(frozen=True, slots=True)
class _Before:
    """Last year's plan: what became of its units, by whom it had its fields and sectors looked after."""

    carried: dict[int, Carried]
    participants: list[int]
    by_code: dict[str, list[int]]

    @property
    def offices(self) -> list[int]:
        return list(dict.fromkeys(office for offices in self.by_code.values() for office in offices))


def _before(campaign: Campaign, on: date) -> _Before:
    if campaign.continues_id is None:
        return _Before({}, [], {})
    by_code = owners(campaign.continues_id)
    asked_then = Campaign.objects.filter(pk=campaign.continues_id).order_by("participants__position")
    participants = [each for each in asked_then.values_list("participants__unit", flat=True) if each is not None]
    offices = {office for line in by_code.values() for office in line}
    return _Before(carry([*participants, *offices], on), participants, by_code)


def _about_lead(campaign: Campaign, on: date, shown: Shown) -> Iterator[Question]:
    if not shown["lead_name"]:
        text = _("Đơn vị đầu mối không hoạt động vào ngày %s. Bạn chọn đơn vị đầu mối khác.") % date_format(on, "d/m/Y")
        yield Question("lead", str(campaign.lead_unit_id), text)


def _about_dates(campaign: Campaign) -> Iterator[Question]:
    if campaign.upper_deadline is not None and campaign.upper_deadline <= campaign.closes_date:
        text = _("Hạn gửi cấp trên (%(upper)s) không sau ngày đóng đợt (%(closes)s). Bạn xem lại hai ngày này.")
        days = {"upper": campaign.upper_deadline, "closes": campaign.closes_date}
        yield Question("upper_deadline", "", text % {name: date_format(day, "d/m/Y") for name, day in days.items()})


def _about_owners(campaign: Campaign, on: date, shown: Shown, before: _Before) -> Iterator[Question]:
    departments = offices_under(campaign.organiser, on)
    for thing in (*shown["fields"], *shown["sectors"]):
        if not thing.owners:
            yield _without_owner(campaign, thing, departments, before)


def _without_owner(campaign: Campaign, thing: Owned, departments: list[UnitVersion], before: _Before) -> Question:
    kind, code, name = thing.kind, thing.code, thing.name
    was = [before.carried[office] for office in before.by_code.get(f"{kind}:{code}", ())]
    if was:
        heirs = tuple(dict.fromkeys(heir for each in was for heir in each.heirs))
        text = _("“%(name)s”: đợt trước do “%(office)s” phụ trách, đơn vị này không còn. Bạn chọn đơn vị phụ trách.")
        return Question(kind, code, text % {"name": name, "office": "”, “".join(each.name_was for each in was)}, heirs)
    office = _office_of(campaign.preset, kind, code)
    if office is None:
        return Question(kind, code, _("“%s” chưa có đơn vị phụ trách. Bạn chọn đơn vị phụ trách.") % name)
    fit = tuple(named(office, departments))
    if len(fit) > 1:
        text = _("“%(name)s”: có nhiều đơn vị tên giống “%(office)s”. Bạn chọn đơn vị phụ trách.")
    elif fit:
        text = _("“%(name)s” chưa có đơn vị phụ trách. Kế hoạch mẫu giao “%(office)s”. Bạn chọn đơn vị phụ trách.")
    else:
        text = _(
            "“%(name)s”: kế hoạch mẫu giao “%(office)s”, nhưng chưa có đơn vị nào tên như vậy. "
            "Bạn chọn đơn vị phụ trách, hoặc thêm đơn vị."
        )
    return Question(kind, code, text % {"name": name, "office": office.name}, fit)


def _office_of(preset: str, kind: str, code: str) -> OfficePreset | None:
    plan = PLANS.get(preset)
    if plan is None:
        return None
    return next((each for each in plan.offices if code in (each.fields if kind == "field" else each.sectors)), None)


def _about_participants(on: date, shown: Shown, before: _Before) -> Iterator[Question]:
    here = {row.unit_id for row in shown["participants"]}
    for row in shown["participants"]:
        if row.name_now is None:
            text = _("“%(name)s” không hoạt động vào ngày %(on)s. Bạn chọn đơn vị khác hoặc bỏ ra khỏi danh sách.")
            told = {"name": row.unit_version.name, "on": date_format(on, "d/m/Y")}
            yield Question("participant", str(row.unit_id), text % told)
    for unit_id in before.participants:
        was = before.carried[unit_id]
        missing = tuple(heir for heir in was.heirs if heir.unit_id not in here)
        if unit_id in here or (was.heirs and not missing):
            continue
        yield Question("participant", str(unit_id), _left_out(was), missing)


def _left_out(was: Carried) -> str:
    if was.goes_on:
        return (
            _("“%s” có trong đợt trước, không có trong đợt này. Bạn thêm vào nếu còn thuộc đối tượng.") % was.name_was
        )
    if not was.heirs:
        return (
            _("“%s” có trong đợt trước nhưng không còn, và chưa ghi đơn vị kế tục. Bạn chọn đơn vị thay.")
            % was.name_was
        )
    return _("“%(name)s” có trong đợt trước nhưng không còn; nay là: %(heirs)s. Bạn chọn đơn vị thay.") % {
        "name": was.name_was,
        "heirs": ", ".join(heir.name for heir in was.heirs),
    }

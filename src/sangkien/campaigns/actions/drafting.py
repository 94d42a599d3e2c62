"""A plan begins: from a preset, or out of last year's."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.utils.translation import gettext as _

from sangkien.accounts.refusal import Refused
from sangkien.campaigns.actions.common import Facts, checked, day, drafting, facts_of, local_date, note, plain
from sangkien.campaigns.actions.criteria import criteria_of, write_criteria
from sangkien.campaigns.actions.parts import (
    NewContact,
    forms_of,
    write_contacts,
    write_errata,
    write_fields,
    write_forms,
    write_owners,
    write_participants,
    write_sectors,
)
from sangkien.campaigns.carrying import Carried, carry
from sangkien.campaigns.finding import asked, named, offices_under
from sangkien.campaigns.models import Campaign, CriteriaSet, FieldOwner
from sangkien.campaigns.presets import CRITERIA
from sangkien.campaigns.presets.shape import OfficePreset, PlanPreset
from sangkien.campaigns.questions import Moved, Question, moved, questions
from sangkien.ledger.models import SeenBy
from sangkien.ledger.recording import Actor, acting
from sangkien.units.models import Kind, Unit, UnitVersion
from sangkien.units.queries import subtree
from sangkien.units.wording import in_sentence


@dataclass(frozen=True, slots=True)
class Drafted:
    """A new draft; ``moved``: where another unit stands in the place of last year's; ``questions``: for a person."""

    campaign: Campaign
    questions: tuple[Question, ...]
    moved: tuple[Moved, ...] = ()


def draft_campaign(
    *, preset: PlanPreset, organiser: Unit, year: int, by: Actor, at: datetime, lead_unit: Unit | None = None,
    facts: Facts | None = None, on: date | None = None,
) -> Drafted:  # fmt: skip
    """A draft that is the preset, with the offices found by their names and the units of its kinds.

    ``facts`` in the place of the preset's title and window; ``on``: the day on which units are looked for, today if not
    told. What is not found, or found twice, is a question. Raises ``Refused``.
    """
    on = on or local_date(at)
    version = _version(organiser, on)
    _refuse_other_shape(preset, version)
    departments = offices_under(organiser, on)
    lead = lead_unit or _lead(preset, departments)
    facts = facts or _facts(preset, version, year)
    with acting():
        campaign = _start(Campaign(organiser=organiser, lead_unit=lead, preset=preset.code), facts, at)
        _write_owned(campaign, preset, departments)
        asks = asked(organiser, preset.kinds, on)
        bonus = {each.unit_id for each in asks if each.kind in preset.bonus_kinds}
        write_participants(campaign, [each.unit_id for each in asks], bonus, on)
        write_criteria(campaign, CRITERIA[preset.criteria])
        write_forms(campaign, preset.forms)
        write_errata(campaign, preset.errata)
        write_contacts(campaign, [NewContact(lead, preset.contact)])
        _note(campaign, "drafted", by, at, preset=preset.code)
    return Drafted(campaign, tuple(questions(campaign, on)))


def draft_from(
    previous: Campaign, *, year: int, by: Actor, at: datetime, organiser: Unit | None = None,
    lead_unit: Unit | None = None, title: str = "", on: date | None = None,
) -> Drafted:  # fmt: skip
    """A draft out of last year's: the same fields, sectors, forms, criteria, and the same units where they go on.

    In the place of a unit that ended stands its successor, where it has exactly one under the organiser; it is told in
    ``moved``. All else is a question. Legal bases and errata are those of the old paper and stay with it.
    """
    on = on or local_date(at)
    organiser = organiser or previous.organiser
    version = _version(organiser, on)
    under = set(subtree(organiser, on).values_list("unit", flat=True)) - {organiser.pk}
    carried = _carried(previous, on)
    lead = lead_unit or _carried_lead(previous, carried, under)
    with acting():
        campaign = _start(
            Campaign(organiser=organiser, lead_unit=lead, preset=previous.preset, continues=previous),
            _facts_of_next(previous, year, title, version), at,
        )  # fmt: skip
        _copy_owned(previous, campaign, carried, under)
        _copy_participants(previous, campaign, carried, under, on)
        latest = CriteriaSet.objects.filter(campaign=previous).in_force().first()
        if latest is not None:
            write_criteria(campaign, criteria_of(latest))
        write_forms(campaign, forms_of(previous))
        contacts = previous.contacts.filter(unit=previous.lead_unit).order_by("position")
        write_contacts(campaign, [NewContact(lead, each.capacity) for each in contacts])
        _note(campaign, "drafted", by, at, continues=previous.uid)
    return Drafted(campaign, tuple(questions(campaign, on)), tuple(moved(campaign, on)))


def edit_draft(campaign: Campaign, *, to: Facts, by: Actor, at: datetime, lead_unit: Unit | None = None) -> Campaign:
    """What the plan says of itself, before it is issued."""
    values = checked(to)
    with drafting(campaign) as held:
        for fact, value in values.items():
            setattr(held, fact, value)
        held.lead_unit = lead_unit or held.lead_unit
        held.save(update_fields=[*values, "lead_unit"])
        _note(held, "edited", by, at, lead_unit=held.lead_unit.uid)
    return held


# -- a preset


def _version(organiser: Unit, on: date) -> UnitVersion:
    version = organiser.on(on)
    if version is None:
        raise Refused(_("Đơn vị ban hành không hoạt động vào ngày %s. Bạn chọn đơn vị ban hành khác.") % day(on))
    return version


def _refuse_other_shape(preset: PlanPreset, version: UnitVersion) -> None:
    if Kind(version.kind) not in preset.organiser_kinds:
        raise Refused(
            _("Kế hoạch mẫu “%(preset)s” không dành cho “%(unit)s”. Bạn chọn kế hoạch mẫu khác.")
            % {"preset": preset.name, "unit": version.name}
        )


def _lead(preset: PlanPreset, departments: Iterable[UnitVersion]) -> Unit:
    office = next(each for each in preset.offices if each.name == preset.lead)
    found = named(office, departments)
    if len(found) != 1:
        raise Refused(
            _("Chưa rõ đơn vị nào là đơn vị đầu mối (kế hoạch mẫu: “%s”). Bạn chọn đơn vị đầu mối.") % preset.lead
        )
    return found[0].unit


def _facts(preset: PlanPreset, organiser: UnitVersion, year: int) -> Facts:
    window = preset.window_of(year)
    return Facts(
        title=preset.title.format(unit=in_sentence(organiser.name), year=year), year=year, opens_date=window.opens_date,
        closes_date=window.closes_date, budget_source=preset.budget_source,
    )  # fmt: skip


def _start(campaign: Campaign, facts: Facts, at: datetime) -> Campaign:
    for fact, value in checked(facts).items():
        setattr(campaign, fact, value)
    campaign.state_at = campaign.created_at = at
    campaign.save(force_insert=True)
    return campaign


def _write_owned(campaign: Campaign, preset: PlanPreset, departments: Sequence[UnitVersion]) -> None:
    fields = {row.code: row.pk for row in write_fields(campaign, preset.fields)}
    sectors = {row.code: row.pk for row in write_sectors(campaign, preset.sectors)}
    found = {office.name: _the_one(office, departments) for office in preset.offices}
    write_owners(
        "field",
        {code: (fields[code], found[office.name]) for office in preset.offices for code in office.fields},
    )
    write_owners(
        "sector",
        {code: (sectors[code], found[office.name]) for office in preset.offices for code in office.sectors},
    )


def _the_one(office: OfficePreset, departments: Sequence[UnitVersion]) -> list[int]:
    found = named(office, departments)
    return [found[0].unit_id] if len(found) == 1 else []


# -- last year's


def _carried(previous: Campaign, on: date) -> dict[int, Carried]:
    participants = previous.participants.values_list("unit", flat=True)
    owners = FieldOwner.objects.current()
    offices = [each.office_id for each in owners.filter(field__campaign=previous)]
    offices += [each.office_id for each in owners.filter(sector__campaign=previous)]
    return carry([*participants, *offices, previous.lead_unit_id], on)


def _carried_lead(previous: Campaign, carried: dict[int, Carried], under: Collection[int]) -> Unit:
    heir = _heir(carried[previous.lead_unit_id], under)
    if heir is None:
        raise Refused(
            _("Đơn vị đầu mối của đợt trước, “%s”, không còn. Bạn chọn đơn vị đầu mối cho đợt này.")
            % carried[previous.lead_unit_id].name_was
        )
    return heir.unit


def _heir(was: Carried, under: Collection[int]) -> UnitVersion | None:
    """Who goes on, wherever it stands; a successor only under the organiser."""
    heir = was.only_heir
    return heir if heir is not None and (was.goes_on or heir.unit_id in under) else None


def _facts_of_next(previous: Campaign, year: int, title: str, organiser: UnitVersion) -> Facts:
    window = previous.window.years_later(year - previous.year)
    old = previous.organiser.on(previous.opens_date)
    named_anew = previous.title.replace(str(previous.year), str(year))
    if old is not None and old.name != organiser.name:
        for written in {in_sentence(old.name), old.name}:
            named_anew = named_anew.replace(written, in_sentence(organiser.name))
    return replace(
        facts_of(previous), title=title or named_anew, year=year, opens_date=window.opens_date,
        closes_date=window.closes_date, upper_deadline=None,
    )  # fmt: skip


def _copy_owned(previous: Campaign, campaign: Campaign, carried: dict[int, Carried], under: Collection[int]) -> None:
    fields = previous.fields.order_by("position").values_list("code", "name_as_printed")
    sectors = previous.sectors.order_by("position").values_list("code", "name")
    rows: tuple[tuple[str, dict[str, int]], ...] = (
        ("field", {row.code: row.pk for row in write_fields(campaign, list(fields))}),
        ("sector", {row.code: row.pk for row in write_sectors(campaign, list(sectors))}),
    )
    for kind, made in rows:
        offices: dict[str, list[int]] = {code: [] for code in made}
        owners = FieldOwner.objects.current().filter(**{f"{kind}__campaign": previous}).order_by("pk")
        for code, office in owners.values_list(f"{kind}__code", "office"):
            heir = _heir(carried[office], under)
            if heir is not None and heir.unit_id not in offices[code]:
                offices[code].append(heir.unit_id)
        write_owners(kind, {code: (made[code], held) for code, held in offices.items()})


def _copy_participants(
    previous: Campaign, campaign: Campaign, carried: dict[int, Carried], under: Collection[int], on: date
) -> None:
    """In last year's order; a successor at the place of the first that it took over."""
    order: dict[int, bool] = {}
    for unit_id, bonus in previous.participants.order_by("position").values_list("unit", "bonus_eligible"):
        heir = _heir(carried[unit_id], under)
        if heir is not None:
            order[heir.unit_id] = order.get(heir.unit_id, False) or bonus
    write_participants(campaign, list(order), {unit_id for unit_id, bonus in order.items() if bonus}, on)


def _note(campaign: Campaign, verb: str, by: Actor, at: datetime, **facts: object) -> None:
    shown = {fact: plain(value) for fact, value in checked(facts_of(campaign)).items()}
    about = {**shown, "organiser": campaign.organiser.uid, **facts}
    note(campaign, verb, by=by, at=at, seen_by=SeenBy.LEAD, facts=about)

"""The parts of a draft: participants, owners, forms, bases, contacts, errata. Each is set as a whole, in its order."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from sangkien.accounts.refusal import Refused
from sangkien.campaigns.actions.common import drafting, line, lines, local_date, note
from sangkien.campaigns.models import (
    Basis,
    Campaign,
    Contact,
    Erratum,
    FieldOwner,
    Form,
    FormColumn,
    FormKind,
    Participant,
    ReformField,
    Sector,
)
from sangkien.campaigns.presets.shape import ColumnPreset, ErratumPreset, FormPreset
from sangkien.campaigns.queries import owners as owners_of
from sangkien.ledger.models import SeenBy
from sangkien.ledger.recording import Actor
from sangkien.papers.models import LegalBasis
from sangkien.units.models import Unit, UnitVersion

_PHONE = re.compile(r"(?:\d[\s.\-()]*){9,}")


def set_participants(
    campaign: Campaign, *, units: Sequence[Unit], bonus: Collection[Unit] = (), by: Actor, at: datetime,
    on: date | None = None,
) -> list[Participant]:  # fmt: skip
    """Whom the plan asks, in this order. ``on``: the day on which they must exist, today if not told.

    For all units of some kinds: ``finding.asked()``. Three statements and the writing, however many.
    """
    if len({unit.pk for unit in units}) < len(units):
        raise Refused(_("Một đơn vị đứng hai lần trong danh sách. Bạn bỏ bớt một dòng."))
    with drafting(campaign) as held:
        Participant.objects.filter(campaign=held).delete()
        made = write_participants(held, [unit.pk for unit in units], {unit.pk for unit in bonus}, on or local_date(at))
        _note(held, "participants_set", by, at, units=[unit.uid for unit in units])
    return made


def replace_participant(campaign: Campaign, *, ended: Unit, by_unit: Unit, by: Actor, at: datetime) -> None:
    """Another unit at the place of one that has ended, whatever the rest of the draft's list still lacks; where it is
    asked already, the ended one only goes. Raises ``Refused`` for who does not exist today."""
    with drafting(campaign) as held:
        row = Participant.objects.get(campaign=held, unit=ended)
        row.delete()
        if not Participant.objects.filter(campaign=held, unit=by_unit).exists():
            bonus = {by_unit.pk} if row.bonus_eligible else set()
            write_participants(held, [by_unit.pk], bonus, local_date(at), first=row.position)
        _note(held, "participant_replaced", by, at, unit=ended.uid, by_unit=by_unit.uid)


def write_participants(
    campaign: Campaign, unit_ids: Sequence[int], bonus: Collection[int], on: date, *, first: int = 1
) -> list[Participant]:
    """Rows in this order, each with its version of the day. Raises ``Refused`` for who does not exist then."""
    versions = {each.unit_id: each for each in UnitVersion.objects.as_of(on).filter(unit__in=unit_ids)}
    refuse_missing(unit_ids, versions, on)
    return Participant.objects.bulk_create(
        Participant(
            campaign=campaign, unit_id=unit_id, unit_version=versions[unit_id], position=place,
            bonus_eligible=unit_id in bonus,
        )
        for place, unit_id in enumerate(unit_ids, start=first)
    )  # fmt: skip


def refuse_missing(unit_ids: Collection[int], versions: Mapping[int, UnitVersion], on: date) -> None:
    """Raises ``Refused`` with the names of those that do not exist on the day."""
    missing = [unit_id for unit_id in unit_ids if unit_id not in versions]
    if not missing:
        return
    rows = UnitVersion.objects.current().filter(unit__in=missing).order_by("valid_from")
    names = sorted(dict(rows.values_list("unit", "name")).values())
    raise Refused(
        _("Ngày %(on)s chưa có hoặc không còn: %(names)s. Bạn bỏ ra khỏi danh sách hoặc chọn đơn vị thay.")
        % {"on": f"{on:%d/%m/%Y}", "names": ", ".join(names[:5])}
    )


def set_fields(campaign: Campaign, *, fields: Sequence[tuple[str, str]], by: Actor, at: datetime) -> list[ReformField]:
    """(code, name as printed) in the plan's order. A field that stays keeps its owners."""
    _refuse_codes(fields)
    with drafting(campaign) as held:
        owners = owners_of(held)
        ReformField.objects.filter(campaign=held).delete()
        made = write_fields(held, fields)
        write_owners("field", {row.code: (row.pk, owners.get(f"field:{row.code}", [])) for row in made})
        _note(held, "fields_set", by, at, fields=[code for code, _name in fields])
    return made


def set_sectors(campaign: Campaign, *, sectors: Sequence[tuple[str, str]], by: Actor, at: datetime) -> list[Sector]:
    """(code, name) of each. A sector that stays keeps its owners."""
    _refuse_codes(sectors, may_be_empty=True)
    with drafting(campaign) as held:
        owners = owners_of(held)
        Sector.objects.filter(campaign=held).delete()
        made = write_sectors(held, sectors)
        write_owners("sector", {row.code: (row.pk, owners.get(f"sector:{row.code}", [])) for row in made})
        _note(held, "sectors_set", by, at, sectors=[code for code, _name in sectors])
    return made


def write_fields(campaign: Campaign, fields: Sequence[tuple[str, str]]) -> list[ReformField]:
    return ReformField.objects.bulk_create(
        ReformField(campaign=campaign, code=code, name_as_printed=line(name, 300), position=place)
        for place, (code, name) in enumerate(fields, start=1)
    )


def write_sectors(campaign: Campaign, sectors: Sequence[tuple[str, str]]) -> list[Sector]:
    return Sector.objects.bulk_create(
        Sector(campaign=campaign, code=code, name=line(name, 200), position=place)
        for place, (code, name) in enumerate(sectors, start=1)
    )


def write_owners(kind: str, owners: Mapping[str, tuple[int, Sequence[int]]]) -> None:
    """``owners``: code → (row of the field or sector, offices)."""
    FieldOwner.objects.bulk_create(
        FieldOwner(**{f"{kind}_id": row, "office_id": office}) for row, offices in owners.values() for office in offices
    )


def _refuse_codes(rows: Sequence[tuple[str, str]], *, may_be_empty: bool = False) -> None:
    codes = [code for code, _name in rows]
    if not may_be_empty and not rows:
        raise Refused(_("Kế hoạch cần ít nhất một lĩnh vực. Bạn thêm lĩnh vực."))
    if len(set(codes)) < len(codes) or not all(code and name.strip() for code, name in rows):
        raise Refused(_("Mỗi lĩnh vực cần tên và một mã riêng. Bạn xem lại danh sách."))


def set_owners(
    campaign: Campaign, *, thing: ReformField | Sector, offices: Sequence[Unit], by: Actor, at: datetime
) -> None:
    """Who is in charge of a field or a sector; none is allowed, and stays a question."""
    kind = "field" if isinstance(thing, ReformField) else "sector"
    if thing.campaign_id != campaign.pk:
        raise ValueError(f"set_owners: {thing} belongs to another campaign")
    with drafting(campaign) as held:
        FieldOwner.objects.filter(**{kind: thing}).delete()
        write_owners(kind, {thing.code: (thing.pk, list(dict.fromkeys(unit.pk for unit in offices)))})
        _note(held, "owners_set", by, at, **{kind: thing.code, "offices": [unit.uid for unit in offices]})


def set_forms(campaign: Campaign, *, forms: Sequence[FormPreset], by: Actor, at: datetime) -> list[Form]:
    """None to many, numbered in this order."""
    for form in forms:
        codes = [column.code for column in form.columns]
        if not codes or len(set(codes)) < len(codes):
            raise Refused(_("Mẫu “%s” cần ít nhất một cột, mỗi cột một mã. Bạn xem lại các cột.") % form.title)
    with drafting(campaign) as held:
        Form.objects.filter(campaign=held).delete()
        made = write_forms(held, forms)
        _note(held, "forms_set", by, at, forms=[form.title for form in forms])
    return made


def write_forms(campaign: Campaign, forms: Sequence[FormPreset]) -> list[Form]:
    made = Form.objects.bulk_create(
        Form(campaign=campaign, number=number, kind=form.kind, title=line(form.title, 300), required=form.required)
        for number, form in enumerate(forms, start=1)
    )
    FormColumn.objects.bulk_create(
        FormColumn(
            form=row, position=place, code=column.code, name_as_printed=line(column.name, 200),
            under=line(column.under, 200), help=lines(column.help), required=column.required,
        )
        for row, form in zip(made, forms, strict=True)
        for place, column in enumerate(form.columns, start=1)
    )  # fmt: skip
    return made


def forms_of(campaign: Campaign) -> list[FormPreset]:
    """The forms as shapes, to be shown, changed, or carried into another campaign. Two statements."""
    from_rows = campaign.forms.order_by("number").prefetch_related("columns")
    return [
        FormPreset(
            FormKind(form.kind),
            form.title,
            tuple(
                ColumnPreset(each.code, each.name_as_printed, each.under, each.help, each.required)
                for each in sorted(form.columns.all(), key=lambda each: each.position)
            ),
            form.required,
        )
        for form in from_rows
    ]


@dataclass(frozen=True, slots=True)
class NewBasis:
    """A legal basis as printed, and what its citation should be where that differs."""

    as_printed: str
    normalised: str = ""


def set_bases(campaign: Campaign, *, bases: Sequence[NewBasis], by: Actor, at: datetime) -> None:
    """In the order of the plan; printed as they are, never put right."""
    if not all(lines(basis.as_printed) for basis in bases):
        raise Refused(_("Có căn cứ để trống. Bạn ghi căn cứ như trên văn bản, hoặc bỏ dòng đó."))
    with drafting(campaign) as held:
        Basis.objects.filter(campaign=held).delete()
        cited = dict.fromkeys(_legal_basis(basis) for basis in bases)
        Basis.objects.bulk_create(
            Basis(campaign=held, position=place, legal_basis=basis) for place, basis in enumerate(cited, start=1)
        )
        _note(held, "bases_set", by, at, bases=[basis.as_printed for basis in bases])


def _legal_basis(basis: NewBasis) -> LegalBasis:
    """One row for one citation: papers and campaigns that cite it alike share it."""
    printed, normalised = lines(basis.as_printed), lines(basis.normalised)
    known = LegalBasis.objects.filter(citation_as_printed=printed, citation_normalised=normalised).order_by("pk")
    return known.first() or LegalBasis.objects.create(citation_as_printed=printed, citation_normalised=normalised)


@dataclass(frozen=True, slots=True)
class NewContact:
    """A role in a unit and its shared mailbox."""

    unit: Unit
    capacity: str
    mailbox: str = ""


def set_contacts(campaign: Campaign, *, contacts: Sequence[NewContact], by: Actor, at: datetime) -> None:
    """Whom units ask. A telephone number in the role is refused: it is a person's, and changes with the person."""
    for contact in contacts:
        if not line(contact.capacity, 200):
            raise Refused(_("Đầu mối liên hệ chưa có chức danh. Bạn ghi phần việc, ví dụ “Công chức phụ trách CCHC”."))
        if _PHONE.search(contact.capacity) or "@" in contact.capacity:
            raise Refused(_("Đầu mối liên hệ chỉ ghi phần việc, không ghi số điện thoại hay thư. Bạn bỏ phần đó."))
    with drafting(campaign) as held:
        Contact.objects.filter(campaign=held).delete()
        write_contacts(held, contacts)
        _note(held, "contacts_set", by, at, units=[contact.unit.uid for contact in contacts])


def write_contacts(campaign: Campaign, contacts: Sequence[NewContact]) -> None:
    Contact.objects.bulk_create(
        Contact(
            campaign=campaign, position=place, unit=each.unit, capacity=line(each.capacity, 200),
            mailbox=line(each.mailbox, 254),
        )
        for place, each in enumerate(contacts, start=1)
    )  # fmt: skip


def set_errata(campaign: Campaign, *, errata: Sequence[ErratumPreset], by: Actor, at: datetime) -> None:
    """Where the plan contradicts itself: as printed, and as read."""
    if not all(lines(each.as_printed) and lines(each.read_as) for each in errata):
        raise Refused(_("Ghi chú đính chính cần cả chỗ in trong kế hoạch và cách hiểu. Bạn ghi đủ hai ô."))
    with drafting(campaign) as held:
        Erratum.objects.filter(campaign=held).delete()
        write_errata(held, errata)
        _note(held, "errata_set", by, at, places=[each.place for each in errata])


def write_errata(campaign: Campaign, errata: Sequence[ErratumPreset]) -> None:
    Erratum.objects.bulk_create(
        Erratum(
            campaign=campaign, position=place, place=line(each.place, 120), as_printed=lines(each.as_printed),
            read_as=lines(each.read_as),
        )
        for place, each in enumerate(errata, start=1)
    )  # fmt: skip


def _note(campaign: Campaign, verb: str, by: Actor, at: datetime, **facts: object) -> None:
    note(campaign, verb, by=by, at=at, seen_by=SeenBy.LEAD, facts=facts)

"""The open parts of a draft: what is typed becomes one act each. All may raise ``Refused`` when they save."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any, Final

from django.http import QueryDict
from django.utils.translation import gettext as _

from sangkien.appendix.fields import BY_CODE, recognise
from sangkien.campaigns.actions import criteria, drafting, parts
from sangkien.campaigns.actions.parts import NewBasis, NewContact, forms_of
from sangkien.campaigns.finding import asked, offices_under
from sangkien.campaigns.forms.common import text_area
from sangkien.campaigns.forms.facts import FactsForm, lead_units
from sangkien.campaigns.forms.participants import ParticipantsForm
from sangkien.campaigns.forms.rows import ColumnRow, ContactRow, ErratumRow, OwnedRow, filled, rows
from sangkien.campaigns.models import Campaign, FormKind, ReformField, Sector
from sangkien.campaigns.presets import CRITERIA
from sangkien.campaigns.presets.forms import FORM_1, FORM_2
from sangkien.campaigns.presets.shape import ColumnPreset, CriteriaPreset, ErratumPreset, FormPreset
from sangkien.campaigns.showing import Owned, owned
from sangkien.ledger.recording import Actor, acting
from sangkien.ui.forms import Form
from sangkien.units.models import Kind, Unit, UnitVersion
from sangkien.vietnamese import slug

_ALWAYS: Final = frozenset({"stt", "unit", "title", "field"})  # what reading a table back leans on
_KEEP: Final = "giu"


class Facts(FactsForm):
    """What the plan says of itself."""

    def __init__(self, campaign: Campaign, on: date, data: QueryDict | None = None) -> None:
        super().__init__(campaign, on, data)
        self._campaign = campaign

    def save(self, *, by: Actor, at: datetime) -> None:
        drafting.edit_draft(self._campaign, to=self.facts, by=by, at=at, lead_unit=self.cleaned_data.get("lead_unit"))


class Participants(ParticipantsForm):
    """Whom the plan asks."""

    def save(self, *, by: Actor, at: datetime) -> None:
        units, bonus = self.chosen
        parts.set_participants(self._campaign, units=units, bonus=bonus, by=by, at=at, on=self._on)


class Fields:
    """Fields, sectors, and who is in charge of each."""

    def __init__(self, campaign: Campaign, on: date, data: QueryDict | None = None) -> None:
        self._campaign = campaign
        things = owned(campaign, on)
        offices = _offices(campaign, on, things)
        told: dict[str, list[dict[str, Any]]] = {"field": [], "sector": []}
        for thing in things:
            owners = [*(str(office) for office in thing.offices), "", ""]
            told[thing.kind].append({"code": thing.code, "name": thing.name, "owner": owners[0], "owner_2": owners[1]})
        self.fields = rows(OwnedRow, data, prefix="linh-vuc", initial=told["field"], extra=2, offices=offices)
        self.sectors = rows(OwnedRow, data, prefix="nganh", initial=told["sector"], extra=1, offices=offices)
        self._third = {  # owners beyond the second have no box here and stay
            f"{thing.kind}:{thing.code}": thing.offices[2:] for thing in things if len(thing.offices) > 2
        }

    def is_valid(self) -> bool:
        return self.fields.is_valid() and self.sectors.is_valid()

    def save(self, *, by: Actor, at: datetime) -> None:
        """One transaction: the list, then who is in charge."""
        fields, sectors = filled(self.fields, "name"), filled(self.sectors, "name")
        with acting():
            made: dict[str, Sequence[ReformField | Sector]] = {
                "field": parts.set_fields(self._campaign, fields=_coded(fields, canonical=True), by=by, at=at),
                "sector": parts.set_sectors(self._campaign, sectors=_coded(sectors, canonical=False), by=by, at=at),
            }
            for kind, typed in (("field", fields), ("sector", sectors)):
                for thing, row in zip(made[kind], typed, strict=True):
                    more = Unit.objects.filter(pk__in=self._third.get(f"{kind}:{thing.code}", ()))
                    parts.set_owners(self._campaign, thing=thing, offices=[*row.owners, *more], by=by, at=at)


def _coded(typed: Sequence[OwnedRow], *, canonical: bool) -> list[tuple[str, str]]:
    """(code, name): a row that was there keeps its code, a new one gets the common code of its field, or its own."""
    used = {row.cleaned_data["code"] for row in typed if row.cleaned_data["code"]}
    coded: list[tuple[str, str]] = []
    for row in typed:
        name = row.cleaned_data["name"]
        code = row.cleaned_data["code"] or _new_code(name, used, canonical=canonical)
        used.add(code)
        coded.append((code, name))
    return coded


def _new_code(name: str, used: set[str], *, canonical: bool) -> str:
    known = (recognise(name).codes or ()) if canonical else ()
    if len(known) == 1 and known[0] in BY_CODE and known[0] not in used:
        return known[0]
    code = slug(name, 34) or "linh-vuc"
    return next(each for n in range(1, 1000) if (each := code if n == 1 else f"{code}-{n}") not in used)


def _offices(campaign: Campaign, on: date, things: Sequence[Owned]) -> list[UnitVersion]:
    """Who may be in charge: the offices, the unit that leads, and who is in charge now."""
    offices = offices_under(campaign.organiser, on)
    there = {each.unit_id for each in offices}
    wanted = {campaign.lead_unit_id, *(office for thing in things for office in thing.offices)} - there
    return [*offices, *UnitVersion.objects.as_of(on).filter(unit__in=wanted).by_name()]


class Errata:
    """Where the plan contradicts itself."""

    def __init__(self, campaign: Campaign, _on: date, data: QueryDict | None = None) -> None:
        self._campaign = campaign
        told = list(campaign.errata.order_by("position").values("place", "as_printed", "read_as"))
        self.rows = rows(ErratumRow, data, prefix="dinh-chinh", initial=told, extra=1)

    def is_valid(self) -> bool:
        return self.rows.is_valid()

    def save(self, *, by: Actor, at: datetime) -> None:
        told = [ErratumPreset(**row.cleaned_data) for row in filled(self.rows, "place", "as_printed", "read_as")]
        parts.set_errata(self._campaign, errata=told, by=by, at=at)


class Criteria:
    """By what the solutions are judged: one of the presets, or what is there."""

    def __init__(self, campaign: Campaign, _on: date, data: QueryDict | None = None) -> None:
        self._campaign = campaign
        self.now: CriteriaPreset | None = criteria.latest_criteria(campaign)[1]
        self.choices = list(CRITERIA.values())
        self.chosen = data.get("bo", _KEEP) if data else _KEEP
        self.errors: list[str] = []

    def is_valid(self) -> bool:
        if self.chosen not in (_KEEP, *CRITERIA):
            self.errors.append(_("Bộ tiêu chí này không có. Bạn chọn lại."))
        return not self.errors

    def save(self, *, by: Actor, at: datetime) -> None:
        if self.chosen != _KEEP:
            criteria.set_criteria(self._campaign, to=CRITERIA[self.chosen], by=by, at=at)


class Forms:
    """The forms on which units report: which ones, and how their columns are printed."""

    def __init__(self, campaign: Campaign, _on: date, data: QueryDict | None = None) -> None:
        self._campaign = campaign
        there = forms_of(campaign)
        kinds = {form.kind for form in there}
        self._all = [*there, *(form for form in (FORM_1, FORM_2) if form.kind not in kinds)]
        self.forms = [
            _OpenForm(number, form, data, is_used=form.kind in kinds) for number, form in enumerate(self._all, 1)
        ]

    def is_valid(self) -> bool:
        sound = [form.is_valid() for form in self.forms]  # every form says what is wrong with it
        return all(sound)

    def save(self, *, by: Actor, at: datetime) -> None:
        chosen = [form.preset for form in self.forms if form.is_used]
        parts.set_forms(self._campaign, forms=chosen, by=by, at=at)


class _OpenForm:
    """One form of the plan while it is edited. The table has columns without which it would not be read back."""

    def __init__(self, number: int, form: FormPreset, data: Mapping[str, Any] | None, *, is_used: bool) -> None:
        self.prefix, self.form = f"mau-{number}", form
        self.is_used = data.get(f"{self.prefix}-dung") is not None if data is not None else is_used
        self.required = data.get(f"{self.prefix}-bat-buoc") is not None if data is not None else form.required
        self.title = str(data.get(f"{self.prefix}-ten", "")) if data is not None else form.title
        told = [
            {"code": each.code, "name": each.name, "help": each.help, "required": each.required}
            for each in form.columns
        ]
        self.columns = rows(ColumnRow, data, prefix=self.prefix, initial=told, extra=0)

    @property
    def is_table(self) -> bool:
        return self.form.kind == FormKind.TABLE

    def is_valid(self) -> bool:
        return not self.is_used or self.columns.is_valid()

    @property
    def preset(self) -> FormPreset:
        typed = {row.cleaned_data["code"]: row.cleaned_data for row in self.columns}
        columns = tuple(_column(each, typed.get(each.code)) for each in self.form.columns)
        return replace(self.form, title=self.title or self.form.title, required=self.required, columns=columns)


def _column(was: ColumnPreset, typed: Mapping[str, Any] | None) -> ColumnPreset:
    if typed is None:
        return was
    name = was.name if was.code in _ALWAYS else typed["name"]
    return replace(was, name=name, help=typed["help"], required=typed["required"])


class _BasesForm(Form):
    bases = text_area(8, required=False, max_length=50_000)


class Bases(_BasesForm):
    """What the plan rests on, one a line."""

    def __init__(self, campaign: Campaign, _on: date, data: QueryDict | None = None) -> None:
        printed = campaign.bases.order_by("position").values_list("legal_basis__citation_as_printed", flat=True)
        super().__init__(data, initial={"bases": "\n".join(" ".join(each.split("\n")) for each in printed)})
        self._campaign = campaign
        self.fields["bases"].label = _("Căn cứ, mỗi dòng một căn cứ")
        self.fields["bases"].help_text = _("Ghi như in trên văn bản; dấu chấm phẩy cuối dòng có cũng được.")

    def save(self, *, by: Actor, at: datetime) -> None:
        lines = [line.strip().rstrip(";.").strip() for line in self.cleaned_data["bases"].splitlines()]
        told = [NewBasis(line) for line in dict.fromkeys(lines) if line]
        parts.set_bases(self._campaign, bases=told, by=by, at=at)


class Contacts:
    """Whom units ask."""

    def __init__(self, campaign: Campaign, on: date, data: QueryDict | None = None) -> None:
        self._campaign = campaign
        told = [
            {"unit": str(each.unit_id), "capacity": each.capacity, "mailbox": each.mailbox}
            for each in campaign.contacts.order_by("position")
        ]
        offices = list(lead_units(campaign, on))
        there = {each.unit_id for each in offices}
        others = asked(campaign.organiser, [Kind.PUBLIC_SERVICE_UNIT], on)
        offices += [each for each in others if each.unit_id not in there]
        self.rows = rows(ContactRow, data, prefix="lien-he", initial=told, extra=2, offices=offices)

    def is_valid(self) -> bool:
        if not self.rows.is_valid():
            return False
        homeless = [row for row in filled(self.rows, "capacity", "mailbox") if row.cleaned_data["unit"] is None]
        for row in homeless:
            row.add_error("unit", _("Hãy chọn đơn vị."))
        return not homeless

    def save(self, *, by: Actor, at: datetime) -> None:
        told = [NewContact(**row.cleaned_data) for row in filled(self.rows, "unit")]
        parts.set_contacts(self._campaign, contacts=told, by=by, at=at)

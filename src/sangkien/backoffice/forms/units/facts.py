"""The facts of a unit: a name, a kind, a level, a superior unit, codes; and a unit that begins with them."""

from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy

from sangkien.backoffice.forms.units.act import ActForm, name_field, names_field, optional
from sangkien.units.changing import NewUnit
from sangkien.units.importing.words import is_city, kind_of_name, level_of_kind, regime_of_kind
from sangkien.units.models import LONGEST_CODE, LONGEST_E_ID, LONGEST_NAME, Kind, Level, SigningRegime, Unit


class CodesForm(ActForm):
    """The codes of a unit."""

    code = forms.CharField(label=gettext_lazy("Mã đơn vị"), required=False, max_length=LONGEST_CODE)
    e_id = forms.CharField(label=gettext_lazy("Mã định danh điện tử"), required=False, max_length=LONGEST_E_ID)


class FactsForm(CodesForm):
    """All facts of a new unit; kind and level are guessed from the name where they are left open."""

    order: ClassVar[tuple[str, ...]] = ("name", "kind", "parent", "level", "code", "e_id", "signing_regime")
    name = forms.CharField(
        label=gettext_lazy("Tên"),
        max_length=LONGEST_NAME,
        help_text=gettext_lazy("Như trên văn bản, ví dụ: Phường Xuân Hòa, Phòng Văn hóa - Xã hội"),
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Loại"),
        required=False,
        choices=optional(Kind.choices, gettext_lazy("Đoán theo tên")),
    )
    parent = name_field(gettext_lazy("Trực thuộc"), required=False)
    level = forms.ChoiceField(
        label=gettext_lazy("Cấp"),
        required=False,
        choices=optional(Level.choices, gettext_lazy("Theo loại, hoặc theo đơn vị cấp trên")),
    )
    signing_regime = forms.ChoiceField(
        label=gettext_lazy("Chế độ ký"),
        required=False,
        choices=optional(SigningRegime.choices, gettext_lazy("UBND: thay mặt tập thể; đơn vị khác: thủ trưởng")),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        cleaned["parent_unit"] = self.superior_unit()
        return cleaned

    def new_unit(self) -> NewUnit:
        """What ``establish`` takes. One statement when the level is the parent's."""
        data = self.cleaned_data
        kind = guessed_kind(data["name"], data["kind"], has_parent=data["parent_unit"] is not None)
        return NewUnit(
            name=data["name"],
            kind=kind,
            level=Level(data["level"]) if data["level"] else guessed_level(kind, data["parent_unit"], data["on"]),
            parent=data["parent_unit"],
            code=data["code"],
            e_id=data["e_id"],
            signing_regime=SigningRegime(data["signing_regime"]) if data["signing_regime"] else regime_of_kind(kind),
            basis=data["basis"],
        )


def guessed_kind(name: str, given: str = "", *, has_parent: bool = False) -> Kind:
    """The kind given, else what the name sounds like."""
    if given:
        return Kind(given)
    kind = kind_of_name(name) or Kind.OTHER
    return Kind.DISTRICT_PC if kind is Kind.PROVINCE_PC and has_parent and is_city(name) else kind


def guessed_level(kind: Kind, parent: Unit | None, on: date) -> Level:
    """That of the kind, else the parent's."""
    above = parent.on(on) if parent is not None else None
    return level_of_kind(kind) or (Level(above.level) if above else Level.COMMUNE)


class EstablishForm(FactsForm):
    """A unit begins; it may take over work of others."""

    order = (*FactsForm.order, "taking_over")
    taking_over = names_field(
        gettext_lazy("Nhận một phần việc của"),
        required=False,
        help_text=gettext_lazy("Mỗi dòng một đơn vị đang có; để trống nếu là đơn vị hoàn toàn mới"),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        cleaned["taking_over_units"] = self.many_units("taking_over")
        return cleaned

"""What a person says of a unit: a name, a kind, a parent, a day. Other units are named as people write them."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, ClassVar, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sangkien.accounts.forms import DayField
from sangkien.backoffice.reach import Reach
from sangkien.ui.forms import Form
from sangkien.units.changing import NewUnit
from sangkien.units.importing.words import (
    EARLIEST,
    LATEST,
    is_city,
    kind_of_name,
    level_of_kind,
    regime_of_kind,
)
from sangkien.units.models import (
    LONGEST_CODE,
    LONGEST_E_ID,
    LONGEST_NAME,
    Kind,
    Level,
    SigningRegime,
    Unit,
    UnitVersion,
)
from sangkien.units.names import NameMatch, find_by_names
from sangkien.units.queries import names_on
from sangkien.vietnamese import clean

_BASIS: Final = gettext_lazy("Căn cứ")
_BASIS_HELP: Final = gettext_lazy("Số, ngày của nghị quyết, quyết định; để trống nếu chưa có")
_MOST_NAMES: Final = 200
_NAMED: Final = 4  # candidates in a sentence


class ActForm(Form):
    """A day and a basis, which every act on a unit has; ``here`` is the unit as it stands, where there is one."""

    order: ClassVar[tuple[str, ...]] = ()
    on = DayField(label=gettext_lazy("Từ ngày"))
    basis = forms.CharField(
        label=_BASIS,
        help_text=_BASIS_HELP,
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, reach: Reach, here: UnitVersion | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reach, self.here = reach, here
        self.order_fields([*self.order, "on", "basis"])
        self.begin()

    def begin(self) -> None:
        """What depends on the unit: choices and what stands in the fields at first."""
        self.initial.setdefault("on", self.reach.on)

    def clean_on(self) -> date:
        on: date = self.cleaned_data["on"]
        if not EARLIEST <= on < LATEST:
            raise ValidationError(_("Ngày này xa quá. Bạn xem lại năm."))
        return on

    def clean_basis(self) -> str:
        return clean(self.cleaned_data["basis"]).strip()

    def the_day(self) -> date:
        """The day typed, or today where it could not be read: it has its own sentence then."""
        return self.cleaned_data.get("on") or self.reach.on

    def one_unit(self, name: str) -> Unit | None:
        """The unit that a field names, ``None`` for an empty one; what is not clear becomes the field's error."""
        written = " ".join(clean(self.cleaned_data.get(name) or "").split())
        if not written:
            return None
        found = self.units_named(name, [written])
        return found[0] if found else None

    def many_units(self, name: str) -> list[Unit]:
        """As ``one_unit`` for a field of one name a line; a line twice is one unit."""
        lines = [" ".join(line.split()) for line in clean(self.cleaned_data.get(name) or "").splitlines()]
        return self.units_named(name, list(dict.fromkeys(line for line in lines if line)))

    def units_named(self, field: str, written: Sequence[str]) -> list[Unit]:
        """Within reach on the day of the act. Four statements, however many names."""
        if len(written) > _MOST_NAMES:
            self.add_error(field, _("Danh sách dài quá %d dòng. Bạn chia thành vài lần.") % _MOST_NAMES)
            return []
        on = self.the_day()
        matches = find_by_names(written, on)
        candidates = {version.unit_id for match in matches.values() for version in _all(match)}
        reached = set(self.reach.as_of(on).filter(unit__in=candidates).values_list("unit", flat=True))
        units = []
        for text in written:
            fit = _within(matches[text], reached)
            if len(fit) == 1:
                units.append(fit[0].unit)
            else:
                self.add_error(field, _unclear(text, fit, on))
        return list({unit.pk: unit for unit in units}.values())


def _all(match: NameMatch) -> tuple[UnitVersion, ...]:
    return (match.unit,) if match.unit else match.candidates


def _within(match: NameMatch, reached: set[int]) -> list[UnitVersion]:
    """Only units within reach are known here: neither their number nor their names tell of others."""
    return [version for version in _all(match) if version.unit_id in reached]


def _unclear(text: str, fit: list[UnitVersion], on: date) -> str:
    if not fit:
        values = {"text": text, "day": f"{on:%d/%m/%Y}"}
        return _("Chưa thấy đơn vị “%(text)s” vào ngày %(day)s. Bạn xem lại tên, hoặc thêm đơn vị đó trước.") % values
    above = names_on({version.parent_id for version in fit if version.parent_id}, on)
    places = [f"{version.name} – {above.get(version.parent_id or 0, '…')}" for version in fit[:_NAMED]]
    values = {"text": text, "count": str(len(fit)), "places": "; ".join(places)}
    return _("Có %(count)s đơn vị tên “%(text)s”: %(places)s. Bạn ghi thêm nơi, ví dụ “Phường 4, Quận 3”.") % values


def name_field(label: Any, **facts: Any) -> forms.CharField:
    """A field for the name of one unit."""
    return forms.CharField(label=label, max_length=2 * LONGEST_NAME, **facts)


def names_field(label: Any, **facts: Any) -> forms.CharField:
    """A field for the names of several units, one a line."""
    return forms.CharField(
        label=label, max_length=100_000, widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false"}), **facts
    )


def _optional(choices: Sequence[tuple[str, Any]], empty: Any) -> list[tuple[str, Any]]:
    return [("", empty), *choices]


class FactsForm(ActForm):
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
        choices=_optional(Kind.choices, gettext_lazy("Đoán theo tên")),
    )
    parent = name_field(gettext_lazy("Trực thuộc"), required=False)
    level = forms.ChoiceField(
        label=gettext_lazy("Cấp"),
        required=False,
        choices=_optional(Level.choices, gettext_lazy("Theo loại, hoặc theo đơn vị cấp trên")),
    )
    code = forms.CharField(label=gettext_lazy("Mã đơn vị"), required=False, max_length=LONGEST_CODE)
    e_id = forms.CharField(label=gettext_lazy("Mã định danh điện tử"), required=False, max_length=LONGEST_E_ID)
    signing_regime = forms.ChoiceField(
        label=gettext_lazy("Chế độ ký"),
        required=False,
        choices=_optional(SigningRegime.choices, gettext_lazy("UBND: thay mặt tập thể; đơn vị khác: thủ trưởng")),
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        parent = self.one_unit("parent")
        cleaned["parent_unit"] = parent
        if parent is None and not self.errors.get("parent") and not self.reach.everything:
            self.add_error("parent", _("Bạn ghi đơn vị cấp trên, là đơn vị bạn quản trị hoặc ở dưới đơn vị đó."))
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


class RenameForm(ActForm):
    """Another name."""

    order = ("name",)
    name = forms.CharField(label=gettext_lazy("Tên mới"), max_length=LONGEST_NAME)

    def begin(self) -> None:
        super().begin()
        if self.here is not None:
            self.initial.setdefault("name", self.here.name)


class KindForm(ActForm):
    """Another kind, mostly with another name."""

    order = ("kind", "level", "name")
    kind = forms.ChoiceField(label=gettext_lazy("Loại mới"), choices=Kind.choices)
    level = forms.ChoiceField(label=gettext_lazy("Cấp"), choices=Level.choices)
    name = forms.CharField(label=gettext_lazy("Tên"), max_length=LONGEST_NAME)

    def begin(self) -> None:
        super().begin()
        if self.here is not None:
            facts = {"kind": self.here.kind, "level": self.here.level, "name": self.here.name}
            self.initial = {**facts, **self.initial}


class ParentForm(ActForm):
    """Another superior unit."""

    order = ("parent", "level")
    parent = name_field(
        gettext_lazy("Trực thuộc đơn vị"),
        required=False,
        help_text=gettext_lazy("Để trống thì đơn vị đứng riêng, không trực thuộc ai"),
    )
    level = forms.ChoiceField(label=gettext_lazy("Cấp"), choices=Level.choices)

    def begin(self) -> None:
        super().begin()
        if self.here is not None:
            self.initial.setdefault("level", self.here.level)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        cleaned["parent_unit"] = self.one_unit("parent")
        if cleaned["parent_unit"] is None and not self.errors.get("parent") and not self.reach.everything:
            self.add_error("parent", _("Bạn ghi đơn vị cấp trên, là đơn vị bạn quản trị hoặc ở dưới đơn vị đó."))
        return cleaned


class DetailsForm(ActForm):
    """Other codes, another signing regime."""

    order = ("code", "e_id", "signing_regime")
    code = forms.CharField(label=gettext_lazy("Mã đơn vị"), required=False, max_length=LONGEST_CODE)
    e_id = forms.CharField(label=gettext_lazy("Mã định danh điện tử"), required=False, max_length=LONGEST_E_ID)
    signing_regime = forms.ChoiceField(label=gettext_lazy("Chế độ ký"), choices=SigningRegime.choices)

    def begin(self) -> None:
        super().begin()
        if self.here is not None:
            here = self.here
            facts = {"code": here.code, "e_id": here.e_id, "signing_regime": here.signing_regime}
            self.initial = {**facts, **self.initial}


_STAYS, _NEW = "stays", "new"


class MergeForm(ActForm):
    """This unit and others become one: this one, or a new one."""

    order = ("beside", "others", "into", "name", "kind", "parent", "code")
    beside = forms.MultipleChoiceField(
        label=gettext_lazy("Nhập cùng các đơn vị"),
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "form-check-input"}),
    )
    others = names_field(gettext_lazy("Đơn vị khác nữa"), required=False, help_text=gettext_lazy("Mỗi dòng một tên"))
    into = forms.ChoiceField(
        label=gettext_lazy("Thành"),
        choices=[(_NEW, gettext_lazy("Một đơn vị mới")), (_STAYS, gettext_lazy("Đơn vị này, vẫn tiếp tục"))],
        widget=forms.RadioSelect(attrs={"class": "form-check-input"}),
        initial=_NEW,
    )
    name = forms.CharField(
        label=gettext_lazy("Tên sau khi nhập"),
        max_length=LONGEST_NAME,
        help_text=gettext_lazy("Ghi cả khi tên không đổi"),
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Loại của đơn vị mới"),
        required=False,
        choices=_optional(Kind.choices, gettext_lazy("Như các đơn vị cũ")),
    )
    parent = name_field(
        gettext_lazy("Đơn vị mới trực thuộc"),
        required=False,
        help_text=gettext_lazy("Để trống thì như đơn vị này"),
    )
    code = forms.CharField(label=gettext_lazy("Mã của đơn vị mới"), required=False, max_length=LONGEST_CODE)

    def begin(self) -> None:
        super().begin()
        field = self.fields["beside"]
        if self.here is not None and isinstance(field, forms.MultipleChoiceField):
            field.choices = siblings(self.here, self.reach)
            if not field.choices:
                del self.fields["beside"]
                self.fields["others"].label = _("Nhập cùng các đơn vị")

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        ticked = list(Unit.objects.filter(uid__in=cleaned.get("beside") or []))
        others = {unit.pk: unit for unit in (*ticked, *self.many_units("others"))}
        if self.here is not None:
            others.pop(self.here.unit_id, None)
        cleaned["other_units"] = list(others.values())
        cleaned["parent_unit"] = self.one_unit("parent") or (self.here.parent if self.here is not None else None)
        if not others and cleaned.get("into") == _STAYS and not self.errors:
            self.add_error("others", _("Bạn chọn hoặc ghi ít nhất một đơn vị để nhập cùng."))
        return cleaned

    @property
    def stays(self) -> bool:
        """Whether this unit goes on."""
        return bool(self.cleaned_data["into"] == _STAYS)


class SplitForm(ActForm):
    """Parts go to units that are there, to new ones, or to both."""

    order = ("whole", "there", "new")
    whole = forms.ChoiceField(
        label=gettext_lazy("Chia"),
        choices=[
            ("all", gettext_lazy("Chia hết, đơn vị này kết thúc")),
            ("part", gettext_lazy("Chỉ tách một phần, đơn vị này tiếp tục")),
        ],
        widget=forms.RadioSelect(attrs={"class": "form-check-input"}),
        initial="all",
    )
    there = names_field(
        gettext_lazy("Các phần về đơn vị đang có"), required=False, help_text=gettext_lazy("Mỗi dòng một tên")
    )
    new = names_field(
        gettext_lazy("Các phần thành đơn vị mới"),
        required=False,
        help_text=gettext_lazy("Mỗi dòng một tên; loại, cấp và cấp trên như đơn vị này, đổi sau được"),
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        cleaned["there_units"] = self.many_units("there")
        lines = (" ".join(line.split()) for line in clean(cleaned.get("new") or "").splitlines())
        cleaned["new_names"] = list(dict.fromkeys(line for line in lines if line))
        if not cleaned["there_units"] and not cleaned["new_names"] and not self.errors:
            self.add_error("there", _("Bạn ghi đơn vị nhận các phần, đang có hoặc mới."))
        return cleaned


class AbolishForm(ActForm):
    """The unit ends; who takes over may be said now or later."""

    order = ("to",)
    to = names_field(
        gettext_lazy("Việc chuyển cho"),
        required=False,
        help_text=gettext_lazy("Mỗi dòng một đơn vị; để trống nếu chưa biết, ghi sau được"),
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        cleaned["to_units"] = self.many_units("to")
        return cleaned


class SuccessorForm(ActForm):
    """Who took over the work of a unit that has ended."""

    order = ("to", "whole")
    to = name_field(gettext_lazy("Đơn vị kế tục"))
    whole = forms.ChoiceField(
        label=gettext_lazy("Kế tục"),
        choices=[("all", gettext_lazy("toàn bộ")), ("part", gettext_lazy("một phần"))],
        initial="all",
    )

    def begin(self) -> None:
        del self.fields["on"], self.fields["basis"]

    def the_day(self) -> date:
        """The first day without the unit: who took over must have been there then."""
        ended = self.here.valid_to if self.here is not None else None
        return max(ended or self.reach.on, self.reach.on)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        cleaned["to_unit"] = self.one_unit("to")
        return cleaned


class CorrectForm(ActForm):
    """What was entered wrongly in the latest version."""

    order = ("name", "kind", "level", "code", "e_id", "signing_regime")
    name = forms.CharField(label=gettext_lazy("Tên"), max_length=LONGEST_NAME)
    kind = forms.ChoiceField(label=gettext_lazy("Loại"), choices=Kind.choices)
    level = forms.ChoiceField(label=gettext_lazy("Cấp"), choices=Level.choices)
    code = forms.CharField(label=gettext_lazy("Mã đơn vị"), required=False, max_length=LONGEST_CODE)
    e_id = forms.CharField(label=gettext_lazy("Mã định danh điện tử"), required=False, max_length=LONGEST_E_ID)
    signing_regime = forms.ChoiceField(label=gettext_lazy("Chế độ ký"), choices=SigningRegime.choices)
    reason = forms.CharField(label=gettext_lazy("Lý do đính chính"), max_length=500)

    def begin(self) -> None:
        self.fields["on"].label = _("Bắt đầu từ ngày")
        if self.here is not None:
            here = self.here
            facts: Mapping[str, object] = {fact: getattr(here, fact) for fact in (*self.order, "basis")}
            self.initial = {**facts, "on": here.valid_from, **self.initial}

    def changes(self) -> dict[str, object]:
        """The facts that differ from what stands there."""
        if self.here is None:
            return {}
        wanted = {fact: self.cleaned_data[fact] for fact in (*self.order, "basis")}
        return {fact: value for fact, value in wanted.items() if value != getattr(self.here, fact)}


_MOST_SIBLINGS: Final = 80


def siblings(here: UnitVersion, reach: Reach) -> list[tuple[str, str]]:
    """Units of the same parent and kind today, to tick; none where there are too many to choose from."""
    beside = reach.as_of(reach.on).filter(parent=here.parent_id, kind=here.kind).exclude(unit=here.unit_id)
    found = list(beside.by_name().select_related("unit")[: _MOST_SIBLINGS + 1])
    if len(found) > _MOST_SIBLINGS:
        return []
    return [(str(version.unit.uid), version.name) for version in found]

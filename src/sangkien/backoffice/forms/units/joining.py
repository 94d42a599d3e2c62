"""Units that become one, that fall into parts, that end, and who takes over."""

from datetime import date
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sangkien.backoffice.forms.units.act import ActForm, name_field, names_field, optional
from sangkien.backoffice.reach import Reach
from sangkien.units.models import LONGEST_CODE, LONGEST_NAME, Kind, Unit, UnitVersion

_MOST_SIBLINGS: Final = 80
_STAYS, _NEW = "stays", "new"
_ALL, _PART = "all", "part"


def _whole_field(label: Any, *, whole: Any, part: Any, **facts: Any) -> forms.TypedChoiceField:
    """Whether all work goes or a part of it; cleaned to ``True`` for all."""
    return forms.TypedChoiceField(
        label=label, choices=[(_ALL, whole), (_PART, part)], coerce=_ALL.__eq__, initial=_ALL, **facts
    )


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
        choices=optional(Kind.choices, gettext_lazy("Như các đơn vị cũ")),
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
        cleaned = super().clean()
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
    whole = _whole_field(
        gettext_lazy("Chia"),
        whole=gettext_lazy("Chia hết, đơn vị này kết thúc"),
        part=gettext_lazy("Chỉ tách một phần, đơn vị này tiếp tục"),
        widget=forms.RadioSelect(attrs={"class": "form-check-input"}),
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
        cleaned = super().clean()
        cleaned["there_units"] = self.many_units("there")
        cleaned["new_names"] = self.lines_of("new")
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
        cleaned = super().clean()
        cleaned["to_units"] = self.many_units("to")
        return cleaned


class SuccessorForm(ActForm):
    """Who took over the work of a unit that has ended."""

    order = ("to", "whole")
    to = name_field(gettext_lazy("Đơn vị kế tục"))
    whole = _whole_field(gettext_lazy("Kế tục"), whole=gettext_lazy("toàn bộ"), part=gettext_lazy("một phần"))

    def begin(self) -> None:
        del self.fields["on"], self.fields["basis"]

    def the_day(self) -> date:
        """The first day without the unit: who took over must have been there then."""
        ended = self.here.valid_to if self.here is not None else None
        return max(ended or self.reach.on, self.reach.on)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        cleaned["to_unit"] = self.one_unit("to")
        return cleaned


def siblings(here: UnitVersion, reach: Reach) -> list[tuple[str, str]]:
    """Units of the same parent and kind today, to tick; none where there are too many to choose from."""
    beside = reach.as_of(reach.on).filter(parent=here.parent_id, kind=here.kind).exclude(unit=here.unit_id)
    found = list(beside.by_name().select_related("unit")[: _MOST_SIBLINGS + 1])
    if len(found) > _MOST_SIBLINGS:
        return []
    return [(str(version.unit.uid), version.name) for version in found]

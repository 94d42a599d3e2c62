"""Parts of a plan that are lists: one row a thing, some empty rows for new ones, an emptied row goes."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sangkien.campaigns.forms.common import UnitField
from sangkien.ui.forms import Form
from sangkien.units.models import Unit, UnitVersion


class OwnedRow(Form):
    """A field or a sector and who is in charge of it; two owners at most here, more by two rows of an amendment."""

    code = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)
    name = forms.CharField(label=_("Tên như in trong kế hoạch"), max_length=300, required=False)
    owner = UnitField(label=_("Đơn vị phụ trách"), required=False)
    owner_2 = UnitField(label=_("Cùng phụ trách"), required=False)

    def __init__(self, *args: Any, offices: Sequence[UnitVersion] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, empty in (("owner", _("Chưa chọn")), ("owner_2", _("Không có"))):
            label = self.fields[name].label
            self.fields[name] = UnitField(label=label, versions=offices, empty=empty, required=False)
            self.fields[name].widget.attrs["class"] = "form-select"

    @property
    def owners(self) -> list[Unit]:
        chosen = (self.cleaned_data.get(name) for name in ("owner", "owner_2"))
        return list(dict.fromkeys(unit for unit in chosen if unit is not None))


class ErratumRow(Form):
    """Where the plan contradicts itself."""

    place = forms.CharField(label=_("Ở mục"), max_length=120, required=False)
    as_printed = forms.CharField(label=_("Kế hoạch in"), required=False, widget=forms.Textarea(attrs={"rows": 2}))
    read_as = forms.CharField(label=_("Hiểu là"), required=False, widget=forms.Textarea(attrs={"rows": 2}))


class ContactRow(Form):
    """Whom units ask: a role in a unit and its shared mailbox."""

    unit = UnitField(label=_("Đơn vị"), required=False)
    capacity = forms.CharField(label=_("Phần việc"), max_length=200, required=False)
    mailbox = forms.EmailField(
        label=_("Hộp thư chung"),
        required=False,
        error_messages={"invalid": _("Địa chỉ thư chưa đúng. Ví dụ: phongnoivu@quan3.example")},
    )

    def __init__(self, *args: Any, offices: Sequence[UnitVersion] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"] = UnitField(label=_("Đơn vị"), versions=offices, required=False)
        self.fields["unit"].widget.attrs["class"] = "form-select"


class ColumnRow(Form):
    """A column of a form: how it is printed, what helps to fill it, whether it must be filled."""

    code = forms.CharField(widget=forms.HiddenInput)
    name = forms.CharField(label=_("Tên cột"), max_length=200)
    help = forms.CharField(label=_("Lời nhắc"), required=False, max_length=500)
    required = forms.BooleanField(label=_("Bắt buộc"), required=False)


Rows = forms.BaseFormSet


def rows(
    row: type[Form], data: Mapping[str, Any] | None, *, prefix: str, initial: Sequence[Mapping[str, Any]],
    extra: int, **each: Any,
) -> "Rows[Any]":  # fmt: skip
    """A set of rows with ``extra`` empty ones behind."""
    made = forms.formset_factory(row, extra=extra, max_num=200, absolute_max=250)
    return made(data, prefix=prefix, initial=[dict(told) for told in initial], form_kwargs=each)


def filled(formset: "Rows[Any]", *names: str) -> list[Any]:
    """The rows in which at least one of these is not empty."""
    return [form for form in formset if any(form.cleaned_data.get(name) for name in names)]

"""Fields that the forms of this room share."""

from collections.abc import Iterable
from typing import Any, Final

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sangkien.units.models import Unit, UnitVersion

EMPTY: Final = _("Chỗ này còn trống.")


class ClockField(forms.TimeField):
    """A time of the day as the browser's own box gives it, or typed "17:00", "17h00"."""

    widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            input_formats=["%H:%M", "%H:%M:%S", "%Hh%M", "%Hh"],
            error_messages={"invalid": _("Giờ này không có. Ghi giờ và phút, ví dụ 17:00.")},
            **kwargs,
        )


class UnitField(forms.ChoiceField):
    """One of the units that it was given; cleaned to the unit, or ``None`` where nothing was chosen."""

    def __init__(self, *, versions: Iterable[UnitVersion] = (), empty: str | Promise = "", **kwargs: Any) -> None:
        named = [(str(version.unit_id), version.name) for version in versions]
        kwargs.setdefault("error_messages", {"required": _("Hãy chọn đơn vị.")})
        super().__init__(choices=[("", empty or _("Chọn đơn vị")), *named], **kwargs)
        self.error_messages["invalid_choice"] = _("Đơn vị này không có trong danh sách. Bạn chọn lại.")

    def clean(self, value: Any) -> Unit | None:
        chosen = super().clean(value)
        return Unit.objects.get(pk=chosen) if chosen else None

    def prepare_value(self, value: Any) -> Any:
        return str(value.pk) if isinstance(value, Unit) else value


def year_field() -> forms.IntegerField:
    """The year of a campaign."""
    wrong = _("Năm này không có. Ghi bốn chữ số, ví dụ 2026.")
    return forms.IntegerField(
        label=_("Năm"),
        min_value=2000,
        max_value=2100,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        error_messages={"required": EMPTY, "invalid": wrong, "min_value": wrong, "max_value": wrong},
    )


def text_area(rows: int, **kwargs: Any) -> forms.CharField:
    """A text of several lines."""
    kwargs.setdefault("error_messages", {"required": EMPTY})
    return forms.CharField(widget=forms.Textarea(attrs={"rows": rows}), **kwargs)

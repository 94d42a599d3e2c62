"""Days and numbers as officials write them."""

import re
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sangkien.vietnamese import clean

_VIETNAMESE: Final = re.compile(r"(\d{1,2})\s*[/.\- ]\s*(\d{1,2})\s*[/.\- ]\s*(\d{4})", re.ASCII)
_OF_MACHINES: Final = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)
_GROUPED: Final = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d{1,3}(?: \d{3})+(?:,\d+)?", re.ASCII)
_PLAIN: Final = re.compile(r"\d+(?:[.,]\d+)?", re.ASCII)
_LONGEST: Final = 40


class DayField(forms.Field):
    """A day typed as 4/3/2024, 04-03-2024, 4.3.2024 or as the browser's date box gives it."""

    widget = forms.TextInput(attrs={"autocomplete": "off", "maxlength": _LONGEST, "size": 12})
    default_error_messages = {  # noqa: RUF012 - as Django's fields declare theirs
        "required": gettext_lazy("Chỗ này còn trống. Ghi ngày, tháng, năm, ví dụ 30/6/2024.")
    }

    def __init__(self, *, earliest: date | None = None, latest: date | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.earliest, self.latest = earliest, latest

    def prepare_value(self, value: Any) -> Any:
        return f"{value.day}/{value.month}/{value.year}" if isinstance(value, date) else value

    def to_python(self, value: Any) -> date | None:
        text = " ".join(clean(str(value or "")).split())
        if not text:
            return None
        return self._in_range(read_day(text), text)

    def _in_range(self, day: date, text: str) -> date:
        if self.latest is not None and day > self.latest:
            raise ValidationError(_("Ngày %s chưa đến. Ghi ngày đã bắt đầu làm.") % text)
        if self.earliest is not None and day < self.earliest:
            raise ValidationError(_("Ngày %s quá xa. Bạn xem lại năm.") % text)
        return day


def read_day(text: str) -> date:
    """Raises ``ValidationError`` with a sentence that quotes what was typed."""
    found = _VIETNAMESE.fullmatch(text)
    parts = found.groups()[::-1] if found else ()
    machines = _OF_MACHINES.fullmatch(text)
    if machines:
        parts = machines.groups()
    if not parts:
        raise ValidationError(_("“%s” không phải là ngày. Ghi ngày, tháng, năm, ví dụ 30/6/2024.") % text[:_LONGEST])
    year, month, day = (int(part) for part in parts)
    try:
        return date(year, month, day)
    except ValueError:
        asked = {"day": day, "month": month}
        sentence = _("Ngày %(day)d/%(month)d không có. Ghi ngày, tháng, năm, ví dụ 30/6/2024.") % asked
        raise ValidationError(sentence) from None


class AmountField(forms.Field):
    """A number as people write it here: 1.284 is a thousand and more, 92,5 a decimal; a sign of percent is left out."""

    widget = forms.TextInput(attrs={"autocomplete": "off", "inputmode": "decimal", "maxlength": _LONGEST})

    def prepare_value(self, value: Any) -> Any:
        return written(value) if isinstance(value, Decimal) else value

    def to_python(self, value: Any) -> Decimal | None:
        text = " ".join(clean(str(value or "")).replace("%", " ").split())
        if not text:
            return None
        minus = text[0] in "-−"
        bare = text[1:].strip() if minus else text
        if _GROUPED.fullmatch(bare):
            number = Decimal(bare.replace(".", "").replace(" ", "").replace(",", "."))
        elif _PLAIN.fullmatch(bare):
            number = Decimal(bare.replace(",", "."))
        else:
            sentence = _("“%s” không đọc được thành số. Ghi số như 1.284 hoặc 92,5; đơn vị tính ghi ở ô riêng.")
            raise ValidationError(sentence % text[:_LONGEST])
        return _fitting(-number if minus else number, text)


def _fitting(number: Decimal, text: str) -> Decimal:
    exponent = number.as_tuple().exponent
    if abs(number) >= Decimal(10) ** 15 or (isinstance(exponent, int) and exponent < -4):
        raise ValidationError(_("“%s” dài quá. Ghi tối đa 15 chữ số và 4 chữ số sau dấu phẩy.") % text[:_LONGEST])
    return number


def written(number: Decimal) -> str:
    """1284.5 → "1.284,5"."""
    whole, _point, part = f"{number:,f}".partition(".")
    part = part.rstrip("0")
    return whole.replace(",", ".") + (f",{part}" if part else "")

"""What people typed, as it is stored: NFC, no control characters, tidy spaces, not longer than it may be."""

import re
from collections.abc import Sequence
from datetime import date, datetime
from typing import Final

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from sangkien.accounts.refusal import Refused
from sangkien.initiatives.models import (
    EARLIEST,
    LONGEST_CODE,
    LONGEST_NAME,
    LONGEST_TEXT,
    LONGEST_TITLE,
    Part,
    further,
)
from sangkien.vietnamese import clean, fold

_SPACES: Final = re.compile(r"[^\S\n]+")
_CODE: Final = re.compile(r"[a-z0-9_-]+")
_MOST_FIELDS: Final = 12


def line(text: str, longest: int, what: str) -> str:
    """One tidy line; empty where nothing is to be seen. Raises ``Refused`` when it is too long."""
    tidy = " ".join(clean(text).split())
    if not fold(tidy).strip():
        return ""
    if len(tidy) > longest:
        raise _too_long(what, len(tidy), longest)
    return tidy


def lines(text: str, what: str, longest: int = LONGEST_TEXT) -> str:
    """Tidy lines, their breaks kept. Raises ``Refused`` when they are too long."""
    if not fold(text).strip():
        return ""
    tidy = "\n".join(_SPACES.sub(" ", each).strip() for each in clean(text).strip().split("\n"))
    if len(tidy) > longest:
        raise _too_long(what, len(tidy), longest)
    return tidy


def part(which: Part, text: str) -> str:
    """The text of a part; the title stands on one line."""
    if which is Part.TITLE:
        return line(text, LONGEST_TITLE, str(which.label))
    return lines(text, str(which.label))


def name(text: str, what: str) -> str:
    """A name that must be there. Raises ``Refused``."""
    told = line(text, LONGEST_NAME, what)
    if not told:
        raise Refused(_("Bạn ghi %s rồi lưu lại.") % what)
    return told


def field_codes(codes: Sequence[str]) -> tuple[str, str]:
    """Main and further fields as they are stored, each once. Raises ``Refused`` for what is no code."""
    once = list(dict.fromkeys(codes))
    if any(not _is_code(each) for each in once) or len(once) > _MOST_FIELDS:
        raise Refused(_("Có lĩnh vực không nằm trong danh sách của kế hoạch. Bạn chọn lại lĩnh vực."))
    return (once[0], further(once[1:])) if once else ("", "")


def sector_code(code: str) -> str:
    """Raises ``Refused`` for what is no code."""
    if code and not _is_code(code):
        raise Refused(_("Ngành này không nằm trong danh sách của kế hoạch. Bạn chọn lại ngành."))
    return code


def applied_date(on: date | None, at: datetime) -> date | None:
    """The day of the first application; only what is applied already is reported (plan 230, I.4)."""
    if on is None:
        return None
    if on > timezone.localdate(at):
        raise Refused(
            _("Ngày bắt đầu áp dụng (%s) chưa đến. Chỉ báo cáo giải pháp đã áp dụng; bạn xem lại ngày.") % _day(on)
        )
    if on < EARLIEST:
        raise Refused(_("Ngày bắt đầu áp dụng (%s) không hợp lý. Bạn xem lại năm.") % _day(on))
    return on


def _is_code(code: str) -> bool:
    return len(code) <= LONGEST_CODE and _CODE.fullmatch(code) is not None


def _day(on: date) -> str:
    return date_format(on, "d/m/Y")


def _too_long(what: str, length: int, longest: int) -> Refused:
    return Refused(
        _(
            "“%(what)s” dài %(length)s ký tự, nhiều nhất là %(longest)s. "
            "Bạn rút gọn, hoặc để phần chi tiết vào tệp kèm theo."
        )
        % {"what": what, "length": length, "longest": longest}
    )

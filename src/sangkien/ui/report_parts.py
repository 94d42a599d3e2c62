"""The parts of a report as every page calls them: their names, what belongs into an empty one, how high it stands.

Keys are the names of the reader's parts (``appendix.model.ReadInitiative``).
"""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

LABELS: Final[Mapping[str, Promise | str]] = {
    "unit": _("Đơn vị thực hiện"),
    "title": _("Tên giải pháp"),
    "fields": _("Lĩnh vực"),
    "situation": _("Thực trạng"),
    "content": _("Nội dung"),
    "effectiveness": _("Hiệu quả"),
    "novelty": _("Tính mới"),
    "limitations": _("Mặt hạn chế"),
    "note": _("Ghi chú"),
}

# What belongs into a part that the file does not have.
EXAMPLES: Final[Mapping[str, Promise | str]] = {
    "unit": _("Tên đơn vị đã làm"),
    "title": _("Việc làm được gì, không quá 25 chữ"),
    "situation": _("Trước đó vướng ở đâu"),
    "content": _("Đã làm gì, ai làm, bằng cách nào"),
    "effectiveness": _("Số trước và số sau, hoặc điều thấy được"),
    "novelty": _("Điểm khác với cách làm trước đây"),
}

_ON_ONE_LINE: Final = frozenset({"unit", "title", "note", "limitations"})
_LETTERS_A_LINE: Final = 62
_HIGHEST: Final = 14


def label(part: str) -> str:
    """In the language of the reader."""
    return str(LABELS[part])


def example(part: str) -> str:
    """Empty for a part that may well be empty."""
    return str(EXAMPLES.get(part, ""))


def height(part: str, text: str) -> int:
    """Lines of the control that shows the text whole, within reason."""
    lines = sum(1 + len(each) // _LETTERS_A_LINE for each in text.split("\n"))
    return min(max(lines, 1 if part in _ON_ONE_LINE else 3), _HIGHEST)

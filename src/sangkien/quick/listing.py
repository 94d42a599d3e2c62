"""The list of dropped files as a person looks through it: what each gave, and what still waits."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sangkien.quick.kept import KeptFile
from sangkien.ui import icons
from sangkien.vietnamese import fold


class Filter(StrEnum):
    """Chips above the list; the value stands in the address."""

    ALL = ""
    OPEN = "can-tra-loi"
    MISSING = "thieu-phan"
    REMARKS = "luu-y"
    REFUSED = "khong-doc"
    DROPPED = "da-bo"


@dataclass(frozen=True, slots=True)
class FileLine:
    """One file in the list. ``tone`` and ``tag_icon`` belong to ``tag``."""

    file: KeptFile
    icon: str
    detail: str
    tag: str
    tone: str
    tag_icon: str


def line(file: KeptFile) -> FileLine:
    """How one file is told."""
    icon = "file-earmark-x" if file.refused else icons.of_file(file.name)
    tag, tone, tag_icon = _tag(file)
    return FileLine(file, icon, _detail(file), tag, tone, tag_icon)


def matching(files: Iterable[KeptFile], wanted: Filter, words: str) -> list[KeptFile]:
    """The files of one chip whose name or units hold all the words, with or without marks."""
    sought = fold(words).split()
    return [each for each in files if _in(each, wanted) and _holds(each, sought)]


def counts(files: Sequence[KeptFile]) -> dict[Filter, int]:
    return {wanted: sum(_in(each, wanted) for each in files) for wanted in Filter}


def _in(file: KeptFile, wanted: Filter) -> bool:
    dropped = file.changes.dropped
    match wanted:
        case Filter.ALL:
            return not dropped
        case Filter.OPEN:
            return not dropped and file.questions > 0
        case Filter.MISSING:
            return not dropped and file.missing > 0
        case Filter.REMARKS:
            return not dropped and file.remarks > 0
        case Filter.REFUSED:
            return not dropped and file.refused
        case Filter.DROPPED:
            return dropped


def _holds(file: KeptFile, sought: Sequence[str]) -> bool:
    if not sought:
        return True
    text = fold(" ".join([file.name, *(row.initiative.unit or "" for row in file.rows)]))
    return all(word in text for word in sought)


def _tag(file: KeptFile) -> tuple[str, str, str]:
    if file.changes.dropped:
        return _("Không vào phụ lục"), "", "trash"
    if file.refused:
        return _("Không đọc được"), "late", "x-circle"
    if file.questions:
        asked = ngettext("Cần trả lời %(n)s chỗ", "Cần trả lời %(n)s chỗ", file.questions) % {"n": file.questions}
        return asked, "due", "patch-question"
    if file.missing:
        missing = ngettext("Thiếu %(n)s phần", "Thiếu %(n)s phần", file.missing) % {"n": file.missing}
        return missing, "due", "exclamation-circle"
    if file.remarks:
        return ngettext("%(n)s lưu ý", "%(n)s lưu ý", file.remarks) % {"n": file.remarks}, "", "info-circle"
    return _("Đọc xong"), "done", "check-circle"


def _detail(file: KeptFile) -> str:
    if file.refused:
        return file.reading.message
    count = len(file.kept_rows)
    told = [ngettext("%(n)s giải pháp", "%(n)s giải pháp", count) % {"n": count}]
    units = list(dict.fromkeys(row.initiative.unit for row in file.kept_rows if row.initiative.unit))
    if units:
        others = len(units) - 1
        told.append(units[0] if not others else _("%(unit)s và %(n)s đơn vị khác") % {"unit": units[0], "n": others})
    return " · ".join(told)

"""The files of a queue as a person looks through them."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sangkien.appendix.model import Outcome
from sangkien.importing.models import Decision, FileState, ImportedFile, ImportedRow
from sangkien.ui import icons

PAGE: Final = 50
MOST: Final = 1_000  # counts stop there


class Filter(StrEnum):
    """Chips above the list; the value stands in the address."""

    ALL = ""
    OPEN = "can-tra-loi"
    WAITING = "cho-xac-nhan"
    UNREAD = "khong-doc"
    DONE = "da-xong"


@dataclass(frozen=True, slots=True)
class Line:
    """One file in the list. ``tone`` and ``tag_icon`` belong to ``tag``."""

    file: ImportedFile
    icon: str
    detail: str
    tag: str
    tone: str
    tag_icon: str


def narrowed(files: QuerySet[ImportedFile], wanted: Filter) -> QuerySet[ImportedFile]:
    """The files of one chip."""
    open_rows = ImportedRow.objects.filter(file=OuterRef("pk"), decision=Decision.OPEN)
    match wanted:
        case Filter.ALL:
            return files
        case Filter.OPEN:
            return files.filter(Exists(open_rows.filter(question_count__gt=0)))
        case Filter.WAITING:
            return files.filter(Exists(open_rows))
        case Filter.UNREAD:
            return files.filter(Q(state=FileState.REFUSED) | Q(state=FileState.READ) & ~Q(outcome=Outcome.PARSED))
        case Filter.DONE:
            return files.filter(state=FileState.READ, outcome=Outcome.PARSED).exclude(Exists(open_rows))


def counts(files: QuerySet[ImportedFile]) -> dict[Filter, int]:
    """How many files each chip holds, at most ``MOST`` + 1. One statement a chip."""
    return {wanted: narrowed(files, wanted).order_by()[: MOST + 1].count() for wanted in Filter}


def lines(files: Sequence[ImportedFile]) -> list[Line]:
    """How the files are told. One statement."""
    open_ = Q(decision=Decision.OPEN)
    rows = ImportedRow.objects.filter(file__in=[each.pk for each in files]).values("file")
    sums = rows.annotate(
        all=Count("pk"), open=Count("pk", filter=open_), taken=Count("pk", filter=Q(decision=Decision.TAKEN)),
        questions=Sum("question_count", filter=open_), missing=Sum("missing_count", filter=open_),
    )  # fmt: skip
    told: dict[int, dict[str, Any]] = {each["file"]: dict(each) for each in sums.order_by()}
    return [_line(each, told.get(each.pk, {})) for each in files]


def _line(file: ImportedFile, sums: dict[str, Any]) -> Line:
    tag, tone, icon = _tag(file, sums)
    broken = file.state == FileState.REFUSED or (file.state == FileState.READ and not sums)
    shown = "file-earmark-x" if broken else icons.of_file(file.name)
    return Line(file, shown, _detail(file, sums), tag, tone, icon)


def _tag(file: ImportedFile, sums: dict[str, Any]) -> tuple[str, str, str]:
    if file.state == FileState.WAITING:
        return _("Đang chờ đọc"), "now", "hourglass-split"
    if file.state == FileState.AGAIN:
        return _("Đã có trong đợt"), "", "info-circle"
    if file.state == FileState.REFUSED:
        return _("Không nhận"), "late", "x-circle"
    if not sums:
        return _("Chưa đọc được giải pháp"), "due", "exclamation-circle"
    if sums["questions"]:
        asked = ngettext("Cần trả lời %(n)s chỗ", "Cần trả lời %(n)s chỗ", sums["questions"])
        return asked % {"n": sums["questions"]}, "due", "patch-question"
    if sums["open"]:
        return _("Chờ bạn xác nhận"), "now", "hourglass-split"
    return (_("Đã xác nhận"), "done", "check-circle") if sums["taken"] else (_("Không lấy"), "", "trash")


def _detail(file: ImportedFile, sums: dict[str, Any]) -> str:
    if not sums:
        return file.message
    told = [ngettext("%(n)s giải pháp", "%(n)s giải pháp", sums["all"]) % {"n": sums["all"]}]
    if sums["taken"]:
        told.append(_("%(n)s đã xác nhận") % {"n": sums["taken"]})
    if sums["missing"]:
        told.append(_("thiếu %(n)s phần") % {"n": sums["missing"]})
    return " · ".join(told)

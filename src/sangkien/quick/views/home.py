"""The first page: drop files, see what was read from each, take the appendix away."""

from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from sangkien import ui
from sangkien.accounts.pages import actor_of, page
from sangkien.quick import assembling, kept
from sangkien.quick.assembling import Choices
from sangkien.quick.listing import Filter, counts, line, matching
from sangkien.quick.session import current, embedded
from sangkien.quick.workspace import Workspace

_FILES_A_PAGE = 50


@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """The bare address: my work for who is signed in, else the quick way in, and over a network the door."""
    if actor_of(request).is_signed_in:
        return ui.redirect(request, "desk:home")
    return ui.redirect(request, "quick:home" if settings.SANGKIEN_EMBEDDED else "account_login")


@embedded
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    workspace = current(request)
    files = kept.files(workspace) if workspace else []
    if workspace is None or not files:
        return page(request, "quick/start.html", context={"title": _("Tổng hợp nhanh")})
    return page(request, "quick/home.html", context={**_list(request, files), **_appendix(workspace, files)})


def _list(request: HttpRequest, files: list[kept.KeptFile]) -> dict[str, Any]:
    wanted = request.GET.get("loc", "")
    chosen = Filter(wanted) if wanted in set(Filter) else Filter.ALL
    words = request.GET.get("q", "").strip()
    shown = matching(files, chosen, words)
    pages = Paginator(shown, _FILES_A_PAGE).get_page(request.GET.get("trang"))
    labels = {
        Filter.ALL: _("Tất cả"),
        Filter.OPEN: _("Cần trả lời"),
        Filter.MISSING: _("Thiếu phần"),
        Filter.REMARKS: _("Có lưu ý"),
        Filter.REFUSED: _("Không đọc được"),
        Filter.DROPPED: _("Đã bỏ"),
    }
    found = counts(files)
    chips = [(each.value, labels[each], found[each]) for each in Filter if found[each] or each in (Filter.ALL, chosen)]
    return {
        "lines": [line(each) for each in pages],
        "pages": pages,
        "chips": chips,
        "chosen": chosen.value,
        "words": words,
        "found": len(shown),
        "refused_count": found[Filter.REFUSED],
        "file_count": found[Filter.ALL],
        "open_count": sum(each.questions for each in files if not each.changes.dropped),
        "missing_count": sum(each.missing for each in files if not each.changes.dropped),
        "first_open": _first_open(files),
    }


def _first_open(files: list[kept.KeptFile]) -> tuple[str, int] | None:
    """The first initiative with a question, or else the first that lacks a part."""
    rows = [(each.key, row) for each in files for row in each.kept_rows if row.open_places]
    asked = [(key, row.number) for key, row in rows if row.question_count]
    return next(iter([*asked, *((key, row.number) for key, row in rows)]), None)


def _appendix(workspace: Workspace, files: list[kept.KeptFile]) -> dict[str, Any]:
    choices = Choices.load(workspace, timezone.localdate())
    given = assembling.located(files)
    consolidation = assembling.consolidated(given, choices)
    return {
        "choices": choices,
        "consolidation": consolidation,
        "row_count": len(consolidation.items),
        "unit_count": len(assembling.units_in_order(given, choices)) - len(consolidation.units_without_report),
        "joined_count": sum(len(item.files) > 1 for item in consolidation.items),
        "formats": assembling.FORMATS,
    }

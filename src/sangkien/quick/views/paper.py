"""The appendix: its rows, the order of its units, its heading, and the file to take away."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from sangkien import ui
from sangkien.accounts.pages import page
from sangkien.appendix.fields import BY_CODE
from sangkien.consolidation.model import Consolidation, Item
from sangkien.quick import assembling, kept
from sangkien.quick.assembling import Choices, Located, Order
from sangkien.quick.forms import HeadingForm, OrderForm
from sangkien.quick.session import with_workspace
from sangkien.quick.workspace import Workspace

_ROWS_A_PAGE = 50
_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
    "csv": "text/csv; charset=utf-8",
    "zip": "application/zip",
}


@with_workspace
@require_safe
def table(request: HttpRequest, workspace: Workspace) -> HttpResponse:
    choices, given, consolidation = _now(workspace)
    places = assembling.places(given)
    pages = Paginator(consolidation.items, _ROWS_A_PAGE).get_page(request.GET.get("trang"))
    lines = [{"item": item, "place": places[id(item.initiative)], "fields": _fields(item)} for item in pages]
    context = {"pages": pages, "lines": lines, "choices": choices, "consolidation": consolidation}
    return page(request, "quick/table.html", context=context)


@with_workspace
@require_http_methods(["GET", "HEAD", "POST"])
def order(request: HttpRequest, workspace: Workspace) -> HttpResponse:
    choices, given, consolidation = _now(workspace)
    units = assembling.units_in_order(given, choices)
    form = OrderForm(request.POST or None, initial={"order": choices.order})
    if request.method == "POST" and _moved(request, units):
        _reorder(workspace, Order.OWN, units)
        return ui.redirect(request, "quick:order")
    if request.method == "POST" and form.is_valid():
        pasted = form.cleaned_data["pasted"]
        chosen = Order.OWN if pasted else Order(form.cleaned_data["order"])
        _reorder(workspace, chosen, pasted or (choices.units or units))
        ui.tell(request, _("Đã xếp lại thứ tự đơn vị."))
        return ui.redirect(request, "quick:order")
    context = {"form": form, "units": units, "choices": choices, "missing": set(consolidation.units_without_report)}
    return page(request, "quick/order.html", context=context, status=422 if form.errors else 200)


@with_workspace
@require_http_methods(["GET", "HEAD", "POST"])
def heading(request: HttpRequest, workspace: Workspace) -> HttpResponse:
    choices = Choices.load(workspace, timezone.localdate())
    form = HeadingForm(request.POST or None, initial=_initial(choices))
    if request.method == "POST" and form.is_valid():
        with workspace.changing():
            Choices.load(workspace, timezone.localdate()).with_heading(form.cleaned_data).save(workspace)
        ui.tell(request, _("Đã lưu tiêu đề phụ lục."))
        return ui.redirect(request, "quick:home")
    return page(
        request, "quick/heading.html", context={"form": form, "choices": choices}, status=422 if form.errors else 200
    )


@with_workspace
@require_safe
def download(request: HttpRequest, workspace: Workspace, ending: str) -> HttpResponse:
    """The appendix as a file. It is made anew each time and nothing of it stays."""
    if ending not in assembling.FORMATS:
        raise Http404
    choices, _given, consolidation = _now(workspace)
    if not consolidation.items:
        ui.tell(request, _("Chưa có giải pháp nào để đưa vào phụ lục."), _("Hãy thả thêm tệp báo cáo."), tone="due")
        return ui.redirect(request, "quick:home")
    name, content = assembling.made(workspace, consolidation, choices, ending)
    response = HttpResponse(content, content_type=_TYPES[name.rpartition(".")[2]])
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _now(workspace: Workspace) -> tuple[Choices, list[Located], Consolidation]:
    choices = Choices.load(workspace, timezone.localdate())
    given = assembling.located(kept.files(workspace))
    return choices, given, assembling.consolidated(given, choices)


def _fields(item: Item) -> str:
    codes = item.initiative.fields
    return "; ".join(BY_CODE[code].name for code in codes) if codes else item.initiative.field_raw or ""


def _moved(request: HttpRequest, units: list[str]) -> bool:
    """Swap one unit with its neighbour, when an arrow was pressed; its value is the place of the unit, from 0."""
    for name, step in (("up", -1), ("down", 1)):
        place = request.POST.get(name, "")
        if place.isascii() and place.isdigit():
            here, there = int(place), int(place) + step
            if 0 <= here < len(units) and 0 <= there < len(units):
                units[here], units[there] = units[there], units[here]
            return True
    return False


def _reorder(workspace: Workspace, chosen: Order, units: list[str]) -> None:
    with workspace.changing():
        choices = Choices.load(workspace, timezone.localdate())
        choices.order, choices.units = chosen.value, units
        choices.save(workspace)


def _initial(choices: Choices) -> dict[str, object]:
    return {
        "year": choices.year,
        "plan_heading": "plan" if choices.plan_heading else "",
        "paper": choices.paper,
        "number": choices.number,
        "dated": choices.date,
        "issuer": choices.issuer,
        "superior": choices.superior,
        "limitations": choices.limitations,
    }

"""A list of units: pasted or out of a file, shown line by line with what it would do, and only then entered."""

from collections.abc import Sequence
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from sangkien import ui
from sangkien.accounts.actor import Actor
from sangkien.accounts.pages import actor_of, page, signed_in
from sangkien.accounts.roles import Permission
from sangkien.backoffice.forms.importing import DecisionForm, ListForm, kept
from sangkien.backoffice.reach import Reach, reach_of
from sangkien.units.changing import Refused, changing
from sangkien.units.importing import Applied, Fate, Preview, Row, apply, compare
from sangkien.units.models import Unit, UnitVersion

START: Final = "bat-dau"  # where a person comes from who is at the first steps
_SHOWN: Final = 500
_FATES: Final = (Fate.WRONG, Fate.RENAME, Fate.NEW, Fate.SAME)


@require_http_methods(["GET", "POST"])
@signed_in
def read(request: HttpRequest) -> HttpResponse:
    """The form; its answer is the preview."""
    actor = actor_of(request)
    reach = reach_of(actor, Permission.MANAGE_UNITS)
    form = ListForm(request.POST or None, request.FILES or None, reach=reach, initial=_initial(request, reach))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            preview = compare(data["sheet"], on=data["on"], under=data["parent_unit"])
            refuse_beyond(preview, reach)
            return _shown(request, preview, data["parent"], kept(data["sheet"]))
        except Refused as refusal:
            form.add_error(None, str(refusal))
    context = {"form": form, "back": _from(request)}
    return page(request, "backoffice/import.html", context=context, status=422 if form.errors else 200)


def _initial(request: HttpRequest, reach: Reach) -> dict[str, object]:
    """The parent and the day that the address proposes."""
    above = UnitVersion.objects.none()
    if uid := request.GET.get("cha", ""):
        above = reach.as_of(reach.on).filter(unit=reach.unit_named(uid))
    elif not reach.everything:
        above = reach.as_of(reach.on).filter(unit__in=reach.above)
    version = above.order_by("unit_id").first()
    if version is None:
        return {}
    return {"parent": version.name} | ({"on": version.valid_from} if _from(request) else {})


def _from(request: HttpRequest) -> str:
    """Only a word of ours goes back into a page."""
    return START if START in (request.GET.get("tu"), request.POST.get("tu")) else ""


@require_http_methods(["POST"])
@signed_in
def enter(request: HttpRequest) -> HttpResponse:
    """Everything that the preview has shown, with what was decided about doubtful lines, or nothing."""
    actor = actor_of(request)
    reach = reach_of(actor, Permission.MANAGE_UNITS)
    form = DecisionForm(request.POST, reach=reach)
    if not form.is_valid():
        first = next(iter(form.errors.values()))
        ui.tell(request, str(first[0]), tone="late")
        return ui.redirect(request, "backoffice:import")
    data = form.cleaned_data
    try:
        done = _entered(data, _decided(request, "ten"), _decided(request, "moi"), reach, actor)
    except Refused as refusal:
        ui.tell(request, str(refusal), tone="late")
        preview = compare(data["lines"], on=data["on"], under=data["parent_unit"])
        refuse_beyond(preview, reach)
        return _shown(request, preview, data["parent"], request.POST["lines"], status=422)
    ui.tell(request, _said(done))
    return ui.redirect(request, "backoffice:start" if _from(request) else "backoffice:units")


def _decided(request: HttpRequest, choice: str) -> list[str]:
    """The places of the doubtful lines for which this was chosen; fields are named "y-<place>"."""
    return [name[2:] for name, value in request.POST.items() if name.startswith("y-") and value == choice]


def _entered(
    data: dict[str, object], renames: list[str], as_new: list[str], reach: Reach, actor: Actor
) -> Applied:  # fmt: skip
    with changing():  # nobody changes units between the look at the reach and the writing
        preview = compare(data["lines"], on=data["on"], under=data["parent_unit"])  # type: ignore[arg-type]  # as cleaned
        refuse_beyond(preview, reach)
        _refuse_wrong(preview)  # what lies beyond the reach is wrong only here; the room of units does not know of it
        return apply(preview, by=actor.signature(), at=timezone.now(), renames=renames, as_new=as_new)


def _refuse_wrong(preview: Preview) -> None:
    if count := preview.count(Fate.WRONG):
        raise Refused(_("Chưa ghi đơn vị nào vì còn %d dòng có lỗi. Bạn sửa trong danh sách rồi đọc lại.") % count)


def refuse_beyond(preview: Preview, reach: Reach) -> None:
    """A line that would touch what this administrator does not reach becomes wrong, as if that were not there."""
    if reach.everything:
        return
    for row in preview.rows:
        touched = _known(row)
        above = row.parent_unit if row.parent_row is None else _known(row.parent_row)
        for unit in (touched, above):
            if unit is not None and not reach.covers(unit, row.starts):
                row.err(_("Đơn vị này hoặc đơn vị cấp trên ngoài phạm vi quản trị của bạn. Bạn bỏ dòng này."))
                break
        if touched is None and above is None and row.parent_row is None:
            row.err(_("Bạn ghi đơn vị cấp trên, là đơn vị bạn quản trị hoặc ở dưới đơn vị đó."))


def _known(row: Row) -> Unit | None:
    return row.unit.unit if row.unit is not None else None


def _shown(request: HttpRequest, preview: Preview, parent: str, lines: str, *, status: int = 200) -> HttpResponse:
    rows: Sequence[Row] = sorted(preview.rows, key=lambda row: _FATES.index(row.fate))
    context = {
        "preview": preview,
        "rows": [(row, row.fate.value) for row in rows[:_SHOWN]],
        "more": max(0, len(rows) - _SHOWN),
        "new": preview.count(Fate.NEW),
        "same": preview.count(Fate.SAME),
        "doubtful": preview.count(Fate.RENAME),
        "wrong": preview.count(Fate.WRONG),
        "parent": parent,
        "lines": lines,
        "back": _from(request),
    }
    return page(request, "backoffice/import_preview.html", context=context, status=status)


def _said(done: Applied) -> str:
    text = ngettext("Đã ghi %d đơn vị mới", "Đã ghi %d đơn vị mới", done.established) % done.established
    if done.renamed:
        text += ngettext(", %d tên mới", ", %d tên mới", done.renamed) % done.renamed
    return f"{text}."

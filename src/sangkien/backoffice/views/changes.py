"""An act on a unit in two steps: the form, then what it will touch; only the second button does it."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sangkien import ui
from sangkien.accounts.actor import Actor
from sangkien.accounts.pages import actor_of, found, page, signed_in
from sangkien.accounts.roles import Permission
from sangkien.backoffice.changes import ESTABLISH, Change, offered
from sangkien.backoffice.forms.units.act import ActForm
from sangkien.backoffice.open_work import OpenThing, open_work_of
from sangkien.backoffice.reach import Reach, reach_of
from sangkien.backoffice.rehearsing import Touched, rehearse
from sangkien.backoffice.views.units import life_day
from sangkien.units.changing import Refused
from sangkien.units.models import Unit, UnitVersion

_DO, _AGAIN = "lam", "sua"  # the buttons of the preview: do it, or go back to the form


@require_http_methods(["GET", "POST"])
@signed_in
def establish(request: HttpRequest) -> HttpResponse:
    """A new unit; the address may say under which."""
    actor = actor_of(request)
    reach = reach_of(actor, Permission.MANAGE_UNITS)
    initial = {"parent": _proposed_parent(request, reach)}
    form = ESTABLISH.form(request.POST or None, reach=reach, initial=initial)
    return _answer(request, ESTABLISH, form, actor, None)


def _proposed_parent(request: HttpRequest, reach: Reach) -> str:
    """The unit in the address, else the one from which this administrator reaches down."""
    above: UnitVersion | None = None
    if uid := request.GET.get("cha", ""):
        parent = reach.unit_named(uid)
        above = parent.on(reach.on) if parent else None
    elif not reach.everything and len(reach.above) == 1:
        above = UnitVersion.objects.as_of(reach.on).filter(unit__in=reach.above).first()
    return above.name if above else ""


@require_http_methods(["GET", "POST"])
@signed_in
def change(request: HttpRequest, uid: UUID, slug: str) -> HttpResponse:
    """What the address names, done to this unit. Not offered for the unit's state: not found."""
    actor = actor_of(request)
    reach = reach_of(actor, Permission.MANAGE_UNITS)
    unit = get_object_or_404(reach.units(), uid=uid)
    versions = list(
        UnitVersion.objects.current().filter(unit=unit).select_related("unit", "parent").order_by("-valid_from")
    )
    found(reach.covers(unit, life_day(versions, actor.on)))
    latest = versions[0]
    wanted = next((each for each in offered(is_ended=latest.valid_to is not None) if each.slug == slug), None)
    if wanted is None:
        raise Http404
    form = wanted.form(request.POST or None, reach=reach, here=latest)
    return _answer(request, wanted, form, actor, latest)


def _answer(
    request: HttpRequest, wanted: Change, form: ActForm, actor: Actor, here: UnitVersion | None
) -> HttpResponse:
    context = {"change": wanted, "form": form, "here": here}
    if request.method == "POST" and form.is_valid() and _AGAIN not in request.POST:
        try:
            if _DO in request.POST:
                return _done(request, wanted, form, actor)
            touched = rehearse(lambda: wanted.do(form, actor.signature(), timezone.now()))
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            work = open_work_of(touched.ended_units, actor)
            return page(request, "backoffice/change_preview.html", context=context | _preview(touched, work))
    return page(request, "backoffice/change.html", context=context, status=422 if form.errors else 200)


def _preview(touched: Touched, work: list[OpenThing]) -> dict[str, object]:
    return {"touched": touched, "work": work[:10], "more_work": max(0, len(work) - 10)}


def _done(request: HttpRequest, wanted: Change, form: ActForm, actor: Actor) -> HttpResponse:
    unit = wanted.do(form, actor.signature(), timezone.now())
    left = _left_open(unit, form, actor)
    if left is None:
        ui.tell(request, str(wanted.done))
        return ui.redirect(request, "backoffice:unit", unit.uid)
    ui.tell(
        request, str(wanted.done), _("Còn việc dở của đơn vị đã kết thúc; bạn xem rồi chuyển từng việc."), tone="due"
    )
    return ui.redirect(request, "backoffice:carry", left.uid)


def _left_open(unit: Unit, form: ActForm, actor: Actor) -> Unit | None:
    """The first of the units that this act has ended whose work is still open."""
    units = [unit, *form.cleaned_data.get("other_units", [])]
    if form.here is not None:
        units.append(form.here.unit)
    ended = UnitVersion.objects.current().filter(unit__in=units, valid_to__isnull=False)
    open_ends = UnitVersion.objects.current().filter(unit__in=units, valid_to__isnull=True).values("unit")
    for version in ended.exclude(unit__in=open_ends).select_related("unit").order_by("unit_id"):
        if open_work_of([version.unit], actor):
            return version.unit
    return None

"""The guided screen that carries the open work of an ended unit to its successors: each thing listed, none moved by
itself."""

from collections.abc import Sequence
from itertools import groupby
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from sangkien import ui
from sangkien.accounts.actor import Actor
from sangkien.accounts.pages import actor_of, found, page, signed_in
from sangkien.accounts.refusal import Refused
from sangkien.accounts.roles import Permission
from sangkien.backoffice.open_work import Carried, OpenThing, open_work_of
from sangkien.backoffice.queries.ended import ended_with_open_work
from sangkien.backoffice.reach import Reach, reach_of
from sangkien.ledger.recording import acting
from sangkien.units.models import Unit, UnitVersion
from sangkien.units.queries import successors


@require_safe
@signed_in
def index(request: HttpRequest) -> HttpResponse:
    """Ended units that still hold open work."""
    actor = actor_of(request)
    reach = reach_of(actor, Permission.MANAGE_PEOPLE)
    return page(request, "backoffice/carry_index.html", context={"rows": ended_with_open_work(reach)})


@never_cache
@require_http_methods(["GET", "POST"])
@signed_in
def carry(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Tick what goes, say to whom; one transaction. New invitations are shown on the answer and nowhere else."""
    actor = actor_of(request)
    reach = reach_of(actor, Permission.MANAGE_PEOPLE)
    unit = get_object_or_404(reach.units(), uid=uid)
    last = UnitVersion.objects.current().filter(unit=unit).latest("valid_from")
    found(last.valid_to is not None and reach.covers(unit, last.valid_from))
    takers = _takers(unit, reach, actor)
    things = open_work_of([unit], actor)
    wrong = ""
    if request.method == "POST":
        picked = [thing for thing in things if thing.key in request.POST.getlist("viec")]
        to = next((each for each in takers if str(each.unit.uid) == request.POST.get("toi")), None)
        wrong = _why_not(picked, to)
        if not wrong and to is not None:
            try:
                done = _carry(picked, to.unit, actor)
            except Refused as refusal:
                wrong = str(refusal)
            else:
                return _answer(request, unit, to, done)
    context = {
        "unit": unit,
        "last": last,
        "takers": takers,
        "groups": [(name, list(rows)) for name, rows in groupby(things, key=lambda thing: str(thing.group))],
        "any_to_carry": any(thing.may_go for thing in things),
        "wrong": wrong,
        "picked": request.POST.getlist("viec"),
        "to": request.POST.get("toi", ""),
    }
    return page(request, "backoffice/carry.html", context=context, status=422 if wrong else 200)


def _takers(unit: Unit, reach: Reach, actor: Actor) -> list[UnitVersion]:
    """Those named as successors, and theirs, that exist today within reach. Two statements."""
    ids = {step.to_id for step in successors(unit)}
    return list(reach.as_of(actor.on).filter(unit__in=ids).by_name().select_related("unit"))


def _why_not(picked: Sequence[OpenThing], to: UnitVersion | None) -> str:
    if not picked:
        return _("Bạn chưa chọn việc nào. Đánh dấu những việc sẽ chuyển.")
    if to is None:
        return _("Bạn chọn đơn vị kế tục sẽ nhận các việc đã đánh dấu.")
    refused = next((thing for thing in picked if not thing.may_go), None)
    return refused.verdict.reason if refused else ""


def _carry(picked: Sequence[OpenThing], to: Unit, actor: Actor) -> list[Carried]:
    """All or nothing."""
    at = timezone.now()
    with acting():
        return [thing.carry(to, actor.signature(), at) for thing in picked if thing.carry is not None]


def _answer(request: HttpRequest, unit: Unit, to: UnitVersion, done: list[Carried]) -> HttpResponse:
    fact = ngettext("Đã chuyển %(count)d việc cho %(name)s.", "Đã chuyển %(count)d việc cho %(name)s.", len(done))
    fact %= {"count": len(done), "name": to.name}
    links = [
        (each.said, (f"giay-{number}", f"{each.said}\n{_link(request, each.token)}"))
        for number, each in enumerate(done, 1)
        if each.token
    ]
    if links:
        context = {"fact": fact, "links": links, "unit": unit, "to": to}
        return page(request, "backoffice/carry_links.html", context=context)
    ui.tell(request, fact)
    return ui.redirect(request, "backoffice:carry", unit.uid)


def _link(request: HttpRequest, token: str) -> str:
    return request.build_absolute_uri(reverse("accounts:invitation", args=[token]))

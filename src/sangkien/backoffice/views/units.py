"""The list of units on a day, and the page of one unit."""

from datetime import date, timedelta
from typing import Final
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from sangkien.accounts.models import Membership
from sangkien.accounts.pages import actor_of, page, signed_in
from sangkien.accounts.permissions import may
from sangkien.accounts.queries import with_names
from sangkien.accounts.roles import Permission
from sangkien.backoffice.changes import offered
from sangkien.backoffice.queries.lineage import lineage
from sangkien.backoffice.queries.units import COUNTED, Asked, list_units
from sangkien.backoffice.reach import Reach, reach_of
from sangkien.units.importing.words import date_of_word
from sangkien.units.models import Kind, UnitVersion
from sangkien.units.queries import is_valid
from sangkien.vietnamese import clean

_MEMBERS_SHOWN: Final = 20
_LONGEST_WORDS: Final = 100


@require_safe
@signed_in
def index(request: HttpRequest) -> HttpResponse:
    """A tree, or a list when searched, as of the day in the address."""
    actor = actor_of(request)
    reach = reach_of(actor, Permission.MANAGE_UNITS)
    asked = _asked(request, reach)
    listed = list_units(reach, asked)
    context = {
        "listed": listed,
        "asked": asked,
        "many": listed.count > COUNTED,
        "is_today": asked.on == actor.on,
        "above": _above(asked),
        "may_establish": reach.everything or bool(reach.above),
    }
    return page(request, "backoffice/units.html", "#list", context)


def _asked(request: HttpRequest, reach: Reach) -> Asked:
    kind = request.GET.get("loai", "")
    return Asked(
        on=date_of_word(request.GET.get("ngay", "")) or reach.on,
        words=clean(request.GET.get("q", "")).strip()[:_LONGEST_WORDS],
        kind=kind if kind in Kind.values else "",
        under=reach.unit_named(request.GET.get("cha", "")),
        after=reach.unit_named(request.GET.get("sau", "")),
    )


def _above(asked: Asked) -> UnitVersion | None:
    return asked.under.on(asked.on) if asked.under else None


@require_safe
@signed_in
def unit(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Its names and facts over time, what it came out of and became, who works there, and what may be done."""
    actor = actor_of(request)
    reach = reach_of(actor, Permission.MANAGE_UNITS)
    here = get_object_or_404(reach.units(), uid=uid)
    versions = list(UnitVersion.objects.current().filter(unit=here).order_by("-valid_from"))
    latest = versions[0]
    now = next((version for version in versions if is_valid(version, actor.on)), None)
    shown = now or latest
    members = with_names(
        Membership.objects.on(actor.on)
        .filter(unit=here)
        .select_related("user")
        .order_by("role", "pk")[: _MEMBERS_SHOWN + 1],
        actor.on,
    )
    day = life_day(versions, actor.on)
    context = {
        "unit": here,
        "shown": shown,
        "now": now,
        "latest": latest,
        "is_ended": latest.valid_to is not None and latest.valid_to <= actor.on,
        "rows": _with_parents(versions),
        "lineage": lineage(here),
        "members": members[:_MEMBERS_SHOWN],
        "more_members": len(members) > _MEMBERS_SHOWN,
        "below": UnitVersion.objects.as_of(day).filter(parent=here).count(),
        "day": day,
        "may_change": reach.covers(here, day),
        "may_see_history": bool(may(actor, Permission.SEE_HISTORY)),
        "changes": offered(is_ended=latest.valid_to is not None),
    }
    return page(request, "backoffice/unit.html", context=context)


def life_day(versions: list[UnitVersion], on: date) -> date:
    """The day nearest to ``on`` on which the unit exists; ``versions`` the latest first."""
    first, last = versions[-1].valid_from, versions[0].valid_to
    if on < first:
        return first
    return on if last is None or on < last else last - timedelta(days=1)


def _with_parents(versions: list[UnitVersion]) -> list[tuple[UnitVersion, UnitVersion | None]]:
    """Each version with its parent as called when the version began. One statement."""
    ids = {version.parent_id for version in versions if version.parent_id}
    above = list(UnitVersion.objects.current().filter(unit__in=ids).select_related("unit"))
    return [(version, _parent_of(version, above)) for version in versions]


def _parent_of(version: UnitVersion, above: list[UnitVersion]) -> UnitVersion | None:
    parents = (each for each in above if each.unit_id == version.parent_id)
    return next((each for each in parents if is_valid(each, version.valid_from)), None)

"""Home of the unit, and its page in one campaign."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from sangkien.accounts.pages import actor_of, page
from sangkien.accounts.queries import names_on
from sangkien.intake.views.common import for_the_unit, frame_of, place_of
from sangkien.intake.views.desks import desks, participations, summary, units_of


@require_safe
@for_the_unit
def home(request: HttpRequest) -> HttpResponse:
    """The campaigns that ask this unit: what waits, until when, what was sent."""
    actor = actor_of(request)
    if not units_of(actor):
        raise Http404
    asked = participations(actor)
    running = [each for each in asked if each.campaign.is_running()]
    made = desks(actor, asked)
    now = [desk for desk in made if desk.place.participant in running]
    for desk in now:
        desk.is_first = desk is now[0]
    names = {each.unit_version.name for each in asked} or set(names_on(units_of(actor), actor.on).values())
    one = names.pop() if len(names) == 1 else ""
    context = {
        "desks": now,
        "earlier": [desk for desk in made if desk not in now],
        "one_unit": one,
        "summary": summary(now, asked),
        "unit_name": one,
        "campaign": now[0].place.campaign if len(now) == 1 else None,
    }
    return page(request, "intake/home.html", context=context)


@require_safe
@for_the_unit
def unit(request: HttpRequest, campaign: UUID, unit: UUID) -> HttpResponse:
    """The unit in one campaign, also in one of earlier years."""
    actor = actor_of(request)
    place = place_of(actor, campaign, unit)
    (desk,) = desks(actor, [place.participant])
    context = {**frame_of(place), "desk": desk, "one_unit": place.unit_name}
    return page(request, "intake/unit.html", context=context)

"""One's own account, and who may do what in one's units."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from sangkien.accounts.pages import actor_of, page, signed_in
from sangkien.accounts.queries import members_here, units_of, with_names
from sangkien.accounts.roles import EXPLANATIONS, Role


@require_safe
@signed_in
def mine(request: HttpRequest) -> HttpResponse:
    """My name, what I hold, how I come in."""
    actor = actor_of(request)
    return page(request, "accounts/mine.html", context={"held": with_names(actor.memberships, actor.on)})


@require_safe
@signed_in
def who(request: HttpRequest) -> HttpResponse:
    """The memberships of my units, with what each role means; readable by every member."""
    actor = actor_of(request)
    here = with_names(members_here(actor), actor.on)
    explained = [(role, EXPLANATIONS[role]) for role in Role if any(each.role == role for each in here)]
    return page(request, "accounts/who.html", context={"here": here, "explained": explained, "units": units_of(actor)})

"""One's own account, and who may do what in one's units."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from sangkien.accounts.pages import actor_of, page, signed_in
from sangkien.accounts.queries import members_here, units_of, with_names
from sangkien.accounts.roles import EXPLANATIONS, PERMISSIONS, Permission, Role


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
    held = {each.role for each in here}
    explained = [(role, EXPLANATIONS[role], _allowed(role)) for role in Role if role in held]
    return page(request, "accounts/who.html", context={"here": here, "explained": explained, "units": units_of(actor)})


def _allowed(role: Role) -> list[str]:
    """What the role may do beyond what every member may, in the order of the plan."""
    everybody = frozenset.intersection(*(PERMISSIONS[each] for each in Role.granted()))
    return [str(each.label) for each in Permission if each in PERMISSIONS[role] - everybody]

"""Ending a membership and handing it over."""

from collections.abc import Sequence
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sangkien import ui
from sangkien.accounts.actions import memberships
from sangkien.accounts.actions.memberships import ListOpenWork, nothing_open
from sangkien.accounts.actor import Actor
from sangkien.accounts.forms import EndForm, HandOverForm
from sangkien.accounts.models import Membership
from sangkien.accounts.pages import actor_of, found, page, signed_in
from sangkien.accounts.permissions import may
from sangkien.accounts.queries import with_names
from sangkien.accounts.refusal import Refused
from sangkien.accounts.roles import Permission


@require_http_methods(["GET", "POST"])
@signed_in
def end(request: HttpRequest, uid: UUID) -> HttpResponse:
    """From which day it no longer counts."""
    actor = actor_of(request)
    membership = found_membership(actor, uid)
    form = EndForm(request.POST or None, initial={"ends_date": actor.on})
    if request.method == "POST" and form.is_valid():
        try:
            memberships.close_membership(
                membership=membership, ends_date=form.cleaned_data["ends_date"], by=actor.signature(), at=timezone.now()
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            ui.tell(request, _("Đã ghi ngày thôi phần việc."))
            return ui.redirect(request, "accounts:person", membership.user.uid)
    return _asked(request, "accounts/membership_end.html", membership, form)


@require_http_methods(["GET", "POST"])
@signed_in
def hand_over(request: HttpRequest, uid: UUID, open_work: ListOpenWork = nothing_open) -> HttpResponse:
    """Bàn giao: one form closes one membership and opens the next; the answer is the minutes, ready to print.

    A higher room that knows the open work names this view in its ``urls.py`` with ``{"open_work": …}``.
    """
    actor = actor_of(request)
    membership = found_membership(actor, uid)
    form = HandOverForm(request.POST or None, initial={"on": actor.on})
    if request.method == "POST" and form.is_valid():
        try:
            done = memberships.hand_over(
                membership=membership,
                **form.cleaned_data,
                open_work=open_work,
                by=actor.signature(),
                at=timezone.now(),
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            (held,) = with_names([done.closed], actor.on)
            return page(request, "accounts/minutes.html", context={"done": done, "held": held})
    return _asked(request, "accounts/hand_over.html", membership, form, open_work(membership))


def found_membership(actor: Actor, uid: UUID) -> Membership:
    """Open, and in a unit that the actor administers; one of the whole instance only for its administrators."""
    found(may(actor, Permission.MANAGE_PEOPLE))
    opened = Membership.objects.select_related("user", "unit").filter(ends_date__isnull=True)
    membership = get_object_or_404(opened, uid=uid)
    if membership.unit is None:
        found(actor.administers_all)
    else:
        found(may(actor, Permission.MANAGE_PEOPLE, unit=membership.unit))
    return membership


def _asked(
    request: HttpRequest,
    template: str,
    membership: Membership,
    form: EndForm | HandOverForm,
    open_work: Sequence[str] = (),
) -> HttpResponse:
    (held,) = with_names([membership], actor_of(request).on)
    context = {"held": held, "person": membership.user, "form": form, "open_work": open_work}
    return page(request, template, context=context, status=422 if form.errors else 200)

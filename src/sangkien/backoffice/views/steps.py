"""Bắt đầu: from an empty installation to the first plan, each step done on its own and in any order that works."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from sangkien import ui
from sangkien.accounts.actions import memberships, people
from sangkien.accounts.actions.first import FIRST_MAILBOX
from sangkien.accounts.actor import Actor
from sangkien.accounts.models import User
from sangkien.accounts.pages import actor_of, found, page, signed_in
from sangkien.accounts.refusal import Refused
from sangkien.accounts.roles import Permission, Role
from sangkien.backoffice.forms.steps import IssuerForm, LeaderForm, MeForm
from sangkien.backoffice.queries.steps import issuing_unit, possible_leads, progress, proposed_units
from sangkien.backoffice.reach import reach_of
from sangkien.ledger.recording import acting
from sangkien.units import actions
from sangkien.units.changing import Refused as UnitRefused
from sangkien.units.models import Unit, UnitVersion


def _administrator(request: HttpRequest) -> tuple[Actor, User]:
    """These steps concern the whole instance."""
    actor = actor_of(request)
    found(actor.administers_all and actor.user)
    if actor.user is None:
        raise ValueError("found() lets nobody through without a person")
    return actor, actor.user


@require_safe
@signed_in
def start(request: HttpRequest) -> HttpResponse:
    """What is done, what is next, what comes after."""
    actor, person = _administrator(request)
    how_far = progress(actor)
    context = {
        "how_far": how_far,
        "called": _("bạn") if person.email_folded == FIRST_MAILBOX else person.name.split()[-1],
        "left": _number(how_far.left),
    }
    return page(request, "backoffice/start.html", context=context)


def _number(count: int) -> str:
    words = (_("không"), _("một"), _("hai"), _("ba"), _("bốn"), pgettext("số đếm", "năm"))
    return words[count] if count < len(words) else str(count)


@require_http_methods(["GET", "POST"])
@signed_in
def me(request: HttpRequest) -> HttpResponse:
    """One's own name and office mail; the next sign-in is with them."""
    actor, person = _administrator(request)
    form = MeForm(request.POST or None, initial=None if person.email.endswith("@localhost") else _facts(person))
    if request.method == "POST" and form.is_valid():
        try:
            people.correct_person(person=person, **form.cleaned_data, by=actor.signature(), at=timezone.now())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            ui.tell(request, _("Đã ghi tên và thư công vụ."), _("Từ lần sau bạn đăng nhập bằng thư này."))
            return ui.redirect(request, "backoffice:start")
    return page(request, "backoffice/start_me.html", context={"form": form}, status=422 if form.errors else 200)


def _facts(person: User) -> dict[str, str]:
    return {"email": person.email, "name": person.name}


@require_http_methods(["GET", "POST"])
@signed_in
def issuer(request: HttpRequest) -> HttpResponse:
    """The unit that issues the plan. Entered once; later it is corrected like any unit."""
    actor, _person = _administrator(request)
    there = issuing_unit(actor.on)
    if there is not None:
        return ui.redirect(request, "backoffice:unit", there.unit.uid)
    form = IssuerForm(request.POST or None, reach=reach_of(actor, Permission.MANAGE_UNITS))
    if request.method == "POST" and form.is_valid():
        try:
            actions.establish(
                new=form.new_unit(), on=form.cleaned_data["on"], by=actor.signature(), at=timezone.now()
            )  # fmt: skip
        except UnitRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            ui.tell(request, _("Đã ghi đơn vị ban hành: %s.") % form.cleaned_data["name"])
            return ui.redirect(request, "backoffice:start")
    return page(request, "backoffice/start_issuer.html", context={"form": form}, status=422 if form.errors else 200)


@require_safe
@signed_in
def units(request: HttpRequest) -> HttpResponse:
    """The ways to the list: one's own, or the offices that such a committee usually has."""
    actor, _person = _administrator(request)
    there = issuing_unit(actor.on)
    if there is None:
        return ui.redirect(request, "backoffice:start_issuer")
    context = {"issuer": there, "proposed": proposed_units(there)}
    return page(request, "backoffice/start_units.html", context=context)


@never_cache
@require_http_methods(["GET", "POST"])
@signed_in
def leader(request: HttpRequest) -> HttpResponse:
    """Who runs the campaigns. A one-time password of another person stands on the answer and nowhere else."""
    actor, person = _administrator(request)
    there = issuing_unit(actor.on)
    if there is None:
        return ui.redirect(request, "backoffice:start_issuer")
    leads = possible_leads(there, actor.on)
    form = LeaderForm(request.POST or None, leads=leads)
    if request.method == "POST" and form.is_valid():
        lead = next(version for version in leads if str(version.unit.uid) == form.cleaned_data["lead"])
        try:
            return _lead(request, actor, person, form, lead)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    context = {"form": form, "issuer": there}
    return page(request, "backoffice/start_leader.html", context=context, status=422 if form.errors else 200)


def _lead(request: HttpRequest, actor: Actor, person: User, form: LeaderForm, lead: UnitVersion) -> HttpResponse:
    data, at = form.cleaned_data, timezone.now()
    if form.is_me:
        _open(person, lead.unit, Role(data["role"]), actor)
        ui.tell(request, _("Bạn lo các đợt ở %s.") % lead.name)
        return ui.redirect(request, "backoffice:start")
    with acting():
        opened = people.add_person(email=data["email"], name=data["name"], by=actor.signature(), at=at)
        _open(opened.person, lead.unit, Role(data["role"]), actor)
    return page(request, "backoffice/start_password.html", context={"opened": opened, "lead": lead})


def _open(person: User, unit: Unit, role: Role, actor: Actor) -> None:
    memberships.open_membership(
        person=person, unit=unit, role=role, starts_date=actor.on, by=actor.signature(), at=timezone.now()
    )

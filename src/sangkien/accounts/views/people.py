"""Administration of people: the list, a person, adding, closing and reopening, a new password, forgetting."""

from collections.abc import Callable
from typing import Final
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sangkien import ui
from sangkien.accounts.actions import first, memberships, people
from sangkien.accounts.actor import Actor
from sangkien.accounts.forms import CorrectionForm, MembershipForm, PersonForm
from sangkien.accounts.models import Membership, User
from sangkien.accounts.pages import actor_of, found, page, signed_in
from sangkien.accounts.permissions import may
from sangkien.accounts.queries import (
    may_administer,
    people_of,
    units_to_choose,
    with_memberships,
    with_names,
)
from sangkien.accounts.refusal import Refused
from sangkien.accounts.roles import EXPLANATIONS, Permission, Role
from sangkien.ledger.recording import acting
from sangkien.units.models import Unit
from sangkien.vietnamese import clean

_A_PAGE: Final = 50
_STATES: Final = {
    "": gettext_lazy("Tất cả"),
    "mo": gettext_lazy("Đang dùng"),
    "dong": gettext_lazy("Đang đóng"),
}


@require_safe
@signed_in
def index(request: HttpRequest) -> HttpResponse:
    """The people of one's units: search with and without marks, the state as chips in the address."""
    actor = actor_of(request)
    found(may(actor, Permission.MANAGE_PEOPLE))
    words, state = clean(request.GET.get("q", ""))[:100], request.GET.get("tinhtrang", "")
    matching = people_of(actor).matching(words)
    if state in ("mo", "dong"):
        matching = matching.filter(is_active=state == "mo")
    ordered = with_memberships(matching.order_by("name_folded", "pk"), actor.on)
    pages = Paginator(ordered, _A_PAGE).get_page(request.GET.get("trang"))
    held = with_names([each for person in pages for each in person.memberships.all()], actor.on)
    rows = [(person, [each for each in held if each.membership.user_id == person.pk]) for person in pages]
    context = {"rows": rows, "pages": pages, "words": words, "state": state, "states": _STATES.items()}
    return page(request, "accounts/people.html", "#list", context)


@never_cache
@require_http_methods(["GET", "POST"])
@signed_in
def add(request: HttpRequest) -> HttpResponse:
    """A new person with a first role; the one-time password stands on the answer and nowhere else."""
    actor = actor_of(request)
    found(may(actor, Permission.MANAGE_PEOPLE))
    form = PersonForm(
        request.POST or None,
        initial={"starts_date": actor.on},
        units=units_to_choose(actor),
        instance=actor.administers_all,
    )
    if request.method == "POST" and form.is_valid():
        data, at, by = form.cleaned_data, timezone.now(), actor.signature()
        try:
            with acting():
                opened = people.add_person(email=data["email"], name=data["name"], by=by, at=at)
                memberships.open_membership(
                    person=opened.person,
                    unit=_unit(data["unit"]),
                    role=data["role"],
                    starts_date=data["starts_date"],
                    by=by,
                    at=at,
                )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return page(request, "accounts/one_time.html", context={"opened": opened, "is_new": True})
    roles = [(role, EXPLANATIONS[role]) for role in Role.granted()]
    context = {"form": form, "roles": roles}
    return page(request, "accounts/person_add.html", context=context, status=422 if form.errors else 200)


@require_safe
@signed_in
def person(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One person: what they hold and held, and what may be done."""
    actor = actor_of(request)
    return _person_page(request, _person(actor, uid), _membership_form(actor))


@require_http_methods(["GET", "POST"])
@signed_in
def correct(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Mail or name as they should be."""
    actor = actor_of(request)
    someone = _person(actor, uid)
    found(may_administer(actor, someone))
    form = CorrectionForm(request.POST or None, initial={"email": someone.email, "name": someone.name})
    if request.method == "POST" and form.is_valid():
        try:
            people.correct_person(person=someone, **form.cleaned_data, by=actor.signature(), at=timezone.now())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            ui.tell(request, _("Đã sửa tên và thư công vụ."))
            return ui.redirect(request, "accounts:person", uid)
    context = {"person": _person(actor, uid), "form": form}
    return page(request, "accounts/correct.html", context=context, status=422 if form.errors else 200)


@require_POST
@signed_in
def give_membership(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One more role for this person."""
    actor = actor_of(request)
    someone = _person(actor, uid)
    form = _membership_form(actor, request)
    if form.is_valid():
        data = form.cleaned_data
        try:
            memberships.open_membership(
                person=someone,
                unit=_unit(data["unit"]),
                role=data["role"],
                starts_date=data["starts_date"],
                by=actor.signature(),
                at=timezone.now(),
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            ui.tell(request, _("Đã giao phần việc %s.") % data["role"].label)
            return ui.redirect(request, "accounts:person", uid)
    return _person_page(request, someone, form, status=422)


@require_POST
@signed_in
def close(request: HttpRequest, uid: UUID) -> HttpResponse:
    return _act(
        request,
        uid,
        lambda actor, person: people.close_account(person=person, by=actor.signature(), at=timezone.now()),
        _("Đã đóng tài khoản. Người này không vào được nữa, phần việc vẫn giữ nguyên."),
    )


@require_POST
@signed_in
def reopen(request: HttpRequest, uid: UUID) -> HttpResponse:
    return _act(
        request,
        uid,
        lambda actor, person: people.reopen_account(person=person, by=actor.signature(), at=timezone.now()),
        _("Đã mở lại tài khoản, dùng mật khẩu cũ."),
    )


@require_POST
@signed_in
def drop_second_factors(request: HttpRequest, uid: UUID) -> HttpResponse:
    return _act(
        request,
        uid,
        lambda actor, person: people.remove_second_factors(person=person, by=actor.signature(), at=timezone.now()),
        _("Đã bỏ bước xác nhận thứ hai của người này."),
    )


@never_cache
@require_POST
@signed_in
def give_password(request: HttpRequest, uid: UUID) -> HttpResponse:
    """A one-time password, shown on the answer and nowhere else."""
    actor = actor_of(request)
    someone = _person(actor, uid)
    found(may_administer(actor, someone))
    opened = people.give_password(person=someone, by=actor.signature(), at=timezone.now())
    return page(request, "accounts/one_time.html", context={"opened": opened, "is_new": False})


@never_cache
@require_http_methods(["GET", "POST"])
@signed_in
def seal(request: HttpRequest) -> HttpResponse:
    """A new sealed code for oneself; shown once."""
    actor = actor_of(request)
    found(actor.administers_all and actor.user)
    if request.method == "GET" or actor.user is None:
        return page(request, "accounts/seal.html")
    code = first.seal_new_code(person=actor.user, by=actor.signature(), at=timezone.now())
    return page(request, "accounts/seal.html", context={"code": code})


@require_http_methods(["GET", "POST"])
@signed_in
def forget(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Asks first: what goes and what stays."""
    if request.method == "GET":
        actor = actor_of(request)
        someone = _person(actor, uid)
        found(may_administer(actor, someone))
        return page(request, "accounts/forget.html", context={"person": someone})
    return _act(
        request,
        uid,
        lambda actor, person: people.forget_person(person=person, by=actor.signature(), at=timezone.now()),
        _("Đã xóa tên và thư của người này. Các quyết định và lịch sử vẫn đứng."),
    )


def _act(request: HttpRequest, uid: UUID, act: Callable[[Actor, User], None], said: str) -> HttpResponse:
    actor = actor_of(request)
    someone = _person(actor, uid)
    found(may_administer(actor, someone))
    try:
        act(actor, someone)
    except Refused as refusal:
        ui.tell(request, str(refusal), tone="late")
    else:
        ui.tell(request, said)
    return ui.redirect(request, "accounts:person", uid)


def _person(actor: Actor, uid: UUID) -> User:
    found(may(actor, Permission.MANAGE_PEOPLE))
    return get_object_or_404(people_of(actor), uid=uid)


def _membership_form(actor: Actor, request: HttpRequest | None = None) -> MembershipForm:
    return MembershipForm(
        request.POST if request else None,
        initial={"starts_date": actor.on},
        units=units_to_choose(actor),
        instance=actor.administers_all,
    )


def _person_page(request: HttpRequest, someone: User, form: MembershipForm, *, status: int = 200) -> HttpResponse:
    actor = actor_of(request)
    rows = with_names(Membership.objects.filter(user=someone).order_by("-starts_date", "-pk"), actor.on)
    ours = {str(value) for value, _label in form.fields["unit"].choices}  # type: ignore[attr-defined]  # a choice field
    context = {
        "person": someone,
        "now": [row for row in rows if row.membership.counts_on(actor.on)],
        "before": [row for row in rows if not row.membership.counts_on(actor.on)],
        "ours": ours,
        "verdict": may_administer(actor, someone),
        "is_oneself": actor.user == someone,
        "form": form,
    }
    return page(request, "accounts/person.html", context=context, status=status)


def _unit(pk: int | None) -> Unit | None:
    return None if pk is None else get_object_or_404(Unit, pk=pk)

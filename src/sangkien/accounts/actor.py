"""Who stands behind a request: a person with memberships, the holder of an invitation, or nobody in particular."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from allauth.mfa.models import Authenticator
from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef
from django.http import HttpRequest
from django.utils import timezone

from sangkien.accounts.models import Invitation, Membership, MembershipQuerySet, User
from sangkien.accounts.roles import Role
from sangkien.ledger import recording
from sangkien.units.models import Unit

INVITATION_KEY = "invitation"  # in the session of its holder: the invitation's primary key


@dataclass(frozen=True)
class Actor:
    """Answers for one request. ``memberships`` are those that count on the day ``on``."""

    on: date
    user: User | None = None
    memberships: tuple[Membership, ...] = ()
    invitation: Invitation | None = None
    has_second_factor: bool = False

    @property
    def is_signed_in(self) -> bool:
        return self.user is not None

    @cached_property
    def roles(self) -> list[Role]:
        """The roles held anywhere, in the order of the table."""
        held = {membership.role for membership in self.memberships}
        return [role for role in Role if role in held]

    @property
    def administers_all(self) -> bool:
        """Whether this is an administrator of the whole instance."""
        return any(each.role == Role.ADMINISTRATOR and each.unit_id is None for each in self.memberships)

    def signature(self, unit: Unit | None = None) -> recording.Actor:
        """How the ledger names this actor, acting in the name of ``unit``."""
        if self.user is not None:
            return recording.Actor(f"user:{self.user.pk}", unit.uid if unit else None)
        if self.invitation is not None:
            return recording.Actor(f"invitation:{self.invitation.uid}", self.invitation.unit.uid)
        raise ValueError("nobody in particular leaves no signature")


def resolve(request: HttpRequest) -> Actor:
    """The actor of this request: one statement beyond the session, however many memberships there are."""
    at = timezone.now()
    user = getattr(request, "user", AnonymousUser())
    if isinstance(user, User) and user.is_active:
        return actor_of(user, on=timezone.localdate(at))
    return Actor(on=timezone.localdate(at), invitation=_invitation(request, at))


def actor_of(user: User, *, on: date) -> Actor:
    """The person with what they hold on this day: no statement where ``person_of`` has just read it."""
    memberships = user.held_on[1] if user.held_on and user.held_on[0] == on else tuple(_held(on).filter(user=user))
    return Actor(
        on=on,
        user=user,
        memberships=memberships,
        has_second_factor=any(getattr(each, "has_factor", False) for each in memberships),
    )


def person_of(user_id: int, *, on: date) -> User | None:
    """The person behind a session, while the account is open, with what they hold: one statement for all of it."""
    held = tuple(_held(on).filter(user=user_id, user__is_active=True).select_related("user"))
    if not held:  # about to be sent out, or closed
        return User.objects.filter(pk=user_id, is_active=True).first()
    person = held[0].user
    person.held_on = (on, held)
    return person


def _held(on: date) -> MembershipQuerySet:
    factor = Exists(Authenticator.objects.filter(user=OuterRef("user")).exclude(type="recovery_codes"))
    return Membership.objects.on(on).annotate(has_factor=factor).select_related("unit").order_by("pk")


def _invitation(request: HttpRequest, at: datetime) -> Invitation | None:
    """Read anew each time, so that a revoked or expired invitation ends at once."""
    key = request.session.get(INVITATION_KEY) if hasattr(request, "session") else None
    if key is None:
        return None
    invitation = Invitation.objects.select_related("unit").filter(pk=key).first()
    return invitation if invitation and invitation.is_open(at) else None

"""Accounts: opened, closed, opened again, forgotten; passwords given and changed."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from axes.models import AccessAttempt, AccessLog
from django.contrib.auth.hashers import make_password
from django.db import IntegrityError
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from sangkien.accounts import tokens
from sangkien.accounts.actions.administrators import is_last, refuse_last
from sangkien.accounts.actions.memberships import close_membership
from sangkien.accounts.models import Membership, User, WhyClosed
from sangkien.accounts.passwords import LENGTH_ALONE
from sangkien.accounts.refusal import Refused
from sangkien.accounts.roles import Role
from sangkien.ledger.models import SeenBy
from sangkien.ledger.recording import Actor, acting, record


@dataclass(frozen=True, slots=True)
class OneTimePassword:
    """Shown once to whoever opened the account, never stored."""

    person: User
    password: str


def add_person(*, email: str, name: str, by: Actor, at: datetime) -> OneTimePassword:
    """Open an account with a one-time password. Raises ``Refused`` when that office mail has one."""
    password = tokens.new_password()
    person = User(password=make_password(password), long_password=True, opened_at=at)
    person.name_it(email=email, name=name)
    try:
        with acting():
            person.save(force_insert=True)
            _note(person, "open_account", by, at)
    except IntegrityError as error:
        raise Refused(
            _("Thư công vụ này đã có tài khoản. Hãy tìm người đó trong danh sách rồi giao thêm phần việc.")
        ) from error
    return OneTimePassword(person, password)


def correct_person(*, person: User, email: str, name: str, by: Actor, at: datetime) -> None:
    """Mail or name as they should be. Raises ``Refused`` when somebody else has that mail."""
    person.name_it(email=email, name=name)
    try:
        with acting():
            person.save(update_fields=["email", "email_folded", "name", "name_folded"])
            _note(person, "correct_person", by, at)
    except IntegrityError as error:
        raise Refused(_("Thư công vụ này đã có người khác dùng. Hãy xem lại địa chỉ.")) from error


def give_password(*, person: User, by: Actor, at: datetime) -> OneTimePassword:
    """A new one-time password for who has forgotten theirs; also lifts a lock after too many tries."""
    password = tokens.new_password()
    hashed = make_password(password)
    with acting():
        User.objects.filter(pk=person.pk).update(password=hashed, long_password=True, must_change_password=True)
        AccessAttempt.objects.filter(username=person.email_folded).delete()
        _note(person, "give_password", by, at)
    return OneTimePassword(person, password)


def change_password(*, person: User, password: str, by: Actor, at: datetime) -> None:
    """The person's own choice, checked by the form already."""
    person.set_password(password)
    person.must_change_password = False
    person.long_password = len(password) >= LENGTH_ALONE
    with acting():
        person.save(update_fields=["password", "must_change_password", "long_password"])
        _note(person, "change_password", by, at)


def remove_second_factors(*, person: User, by: Actor, at: datetime) -> None:
    """For who has lost telephone and key. A short password must then be changed for a longer one."""
    with acting():
        Authenticator.objects.filter(user=person).delete()
        demand_long_password(person=person)
        _note(person, "remove_second_factors", by, at)


def demand_long_password(*, person: User) -> None:
    """To be called when a second factor goes: without one a short password does not do."""
    if not Authenticator.objects.filter(user=person).exclude(type=Authenticator.Type.RECOVERY_CODES).exists():
        User.objects.filter(pk=person.pk, long_password=False).update(must_change_password=True)


def note_second_factor(*, person: User, verb: str, by: Actor, at: datetime) -> None:
    """A second factor came or went (``add_second_factor``, ``remove_second_factor``)."""
    with acting():
        _note(person, verb, by, at)


def note_identity(*, person: User, by: Actor, at: datetime) -> None:
    """From now on this person may come in through the office's provider of identities."""
    with acting():
        _note(person, "connect_identity", by, at)


def seen(*, person: User, at: datetime) -> None:
    """The person has signed in."""
    User.objects.filter(pk=person.pk).update(last_seen_at=at)


def close_account(*, person: User, by: Actor, at: datetime) -> None:
    """Ends access at once; memberships stay, so that reopening is one act. Never the last administrator's."""
    with acting():
        refuse_last(person)
        _close(person, WhyClosed.BY_HAND, by, at)


def reopen_account(*, person: User, by: Actor, at: datetime) -> None:
    """One act: the account is open again, with the same password and memberships."""
    if person.closed_why == WhyClosed.FORGOTTEN:
        raise Refused(_("Thông tin của người này đã xóa nên không mở lại được. Hãy thêm người mới."))
    with acting():
        changed = User.objects.filter(pk=person.pk, is_active=False).update(
            is_active=True, closed_at=None, closed_why="", opened_at=at
        )
        if changed:
            _note(person, "reopen_account", by, at)


def idle_since(moment: datetime, *, on: date) -> QuerySet[User]:
    """Open accounts of the lead unit, deciders and administrators that nobody has used since this moment."""
    held = Membership.objects.on(on).filter(role__in=[role.value for role in Role.closed_when_idle()])
    unused = Q(opened_at__lt=moment) & (Q(last_seen_at__isnull=True) | Q(last_seen_at__lt=moment))
    return User.objects.filter(unused, is_active=True, pk__in=held.values("user"))


def close_idle_accounts(*, idle_days: int, by: Actor, at: datetime) -> list[User]:
    """Close what nobody has used for so many days; answers whom. Running it twice closes nothing twice.

    The last administrator stays open, or nobody could open the others again.
    """
    closed = []
    with acting():
        for person in idle_since(at - timedelta(days=idle_days), on=timezone.localdate(at)).order_by("pk"):
            if is_last(person):
                continue
            _close(person, WhyClosed.IDLE, by, at)
            closed.append(person)
    return closed


def forget_person(*, person: User, by: Actor, at: datetime) -> None:
    """Pseudonymise: name and mail go, the account closes, memberships end. Decisions and ledger stand."""
    was = person.email_folded
    with acting():
        refuse_last(person)
        for membership in Membership.objects.filter(user=person, ends_date__isnull=True):
            close_membership(
                membership=membership, ends_date=max(timezone.localdate(at), membership.starts_date), by=by, at=at
            )
        person.name_it(email=f"nguoi-{person.pk}@khong.invalid", name=_("Người dùng %d") % person.pk)
        person.set_unusable_password()
        person.is_active, person.closed_at, person.closed_why = False, at, WhyClosed.FORGOTTEN
        person.save()
        Authenticator.objects.filter(user=person).delete()
        SocialAccount.objects.filter(user=person).delete()
        AccessAttempt.objects.filter(username=was).delete()
        AccessLog.objects.filter(username=was).update(username=person.email_folded)
        _note(person, "forget_person", by, at)


def _close(person: User, why: WhyClosed, by: Actor, at: datetime) -> None:
    changed = User.objects.filter(pk=person.pk, is_active=True).update(is_active=False, closed_at=at, closed_why=why)
    if changed:
        _note(person, "close_account", by, at, why=why.value)


def _note(person: User, verb: str, by: Actor, at: datetime, **facts: str) -> None:
    record(
        by=by, at=at, verb=verb, subject_kind="user", subject_uid=person.uid, seen_by=SeenBy.LEAD, payload=dict(facts)
    )

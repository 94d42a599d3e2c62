"""The first administrator of an empty installation, and the sealed code that opens an administrator's account again."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from allauth.mfa.models import Authenticator
from axes.models import AccessAttempt
from django.contrib.auth.hashers import make_password
from django.utils import timezone
from django.utils.translation import gettext as _

from sangkien.accounts import tokens
from sangkien.accounts.actions.memberships import open_membership
from sangkien.accounts.actions.people import add_person, correct_person, give_password
from sangkien.accounts.models import Membership, SealedCode, User, WhyClosed
from sangkien.accounts.refusal import Refused
from sangkien.accounts.roles import Role
from sangkien.ledger.models import SeenBy
from sangkien.ledger.recording import Actor, acting, record

FIRST_MAILBOX: Final = "quantri@localhost"  # the name to sign in with, until the person writes their own


@dataclass(frozen=True, slots=True)
class FirstAccount:
    """Printed once: the password must be changed at the first sign-in, the sealed code goes into an envelope."""

    person: User
    password: str
    sealed_code: str


def create_first_administrator(*, email: str, name: str, by: Actor, at: datetime) -> FirstAccount:
    """Raises ``Refused`` when the instance has an administrator already.

    One that the embedded run has made up and nobody has used yet becomes this one.
    """
    with acting():
        made_up = _made_up()
        if made_up is not None:
            correct_person(person=made_up, email=email, name=name, by=by, at=at)
            return _afresh(made_up, by, at)
        if has_administrator():
            raise Refused(_("Chương trình đã có người quản trị. Người đó thêm được người khác ở trang Người dùng."))
        opened = add_person(email=email, name=name, by=by, at=at)
        open_membership(
            person=opened.person,
            unit=None,
            role=Role.ADMINISTRATOR,
            starts_date=timezone.localdate(at),
            by=by,
            at=at,
        )
        code = seal_new_code(person=opened.person, by=by, at=at)
    return FirstAccount(opened.person, opened.password, code)


def offer_first_account(*, by: Actor, at: datetime) -> FirstAccount | None:
    """For the embedded run: an account while nobody has ever signed in, with fresh secrets at each start.

    A password that was printed and not seen would else lock everybody out. ``None`` once somebody has come in, or an
    administrator was named otherwise.
    """
    with acting():
        made_up = _made_up()
        if made_up is not None:
            return _afresh(made_up, by, at)
        if has_administrator():
            return None
        return create_first_administrator(email=FIRST_MAILBOX, name=_("Quản trị"), by=by, at=at)


def _made_up() -> User | None:
    """The account of the embedded run, as long as it is the only one and nobody has come in by it."""
    people = list(User.objects.get_queryset().order_by("pk")[:2])
    if len(people) != 1 or people[0].last_seen_at is not None or people[0].email_folded != FIRST_MAILBOX:
        return None
    return people[0]


def _afresh(person: User, by: Actor, at: datetime) -> FirstAccount:
    password = give_password(person=person, by=by, at=at).password
    return FirstAccount(person, password, seal_new_code(person=person, by=by, at=at))


def has_administrator() -> bool:
    """Whether anybody administers the whole instance."""
    return Membership.objects.filter(role=Role.ADMINISTRATOR, unit__isnull=True, ends_date__isnull=True).exists()


def seal_new_code(*, person: User, by: Actor, at: datetime) -> str:
    """A fresh sealed code, shown once; an unused one before it is void."""
    code = tokens.new_sealed_code()
    with acting():
        SealedCode.objects.filter(user=person, used_at__isnull=True).update(used_at=at)
        sealed = SealedCode.objects.create(user=person, code_sha256=tokens.digest(code), made_at=at)
        _note(sealed, "seal_code", by, at)
    return code


def open_with_sealed_code(*, email_folded: str, code: str, password: str, at: datetime) -> FirstAccount:
    """Opens that administrator's account again with a password of their choice and answers the next sealed code.

    Second factors go (they may be lost), locks go, a closed account opens. Raises ``Refused`` with one sentence for
    every wrong pair, so that it tells nothing about who has an account.
    """
    hashed = make_password(password)  # before looking, so that a wrong pair takes as long
    typed = tokens.as_typed(code)
    with acting():
        sealed = _unused(email_folded, typed)
        if not SealedCode.objects.filter(pk=sealed.pk, used_at__isnull=True).update(used_at=at):
            raise Refused(_wrong())
        person = sealed.user
        by = Actor(f"user:{person.pk}")
        person.password, person.must_change_password, person.long_password = hashed, False, True
        person.is_active, person.closed_at, person.closed_why, person.opened_at = True, None, "", at
        person.save()
        Authenticator.objects.filter(user=person).delete()
        AccessAttempt.objects.filter(username=person.email_folded).delete()
        _note(sealed, "open_with_sealed_code", by, at)
        following = seal_new_code(person=person, by=by, at=at)
    return FirstAccount(person, password, following)


def _unused(email_folded: str, code: str) -> SealedCode:
    digest = tokens.digest(code)
    sealed = SealedCode.objects.select_related("user").filter(code_sha256=digest, used_at__isnull=True).first()
    if sealed is None or not tokens.is_same(code, sealed.code_sha256) or sealed.user.email_folded != email_folded:
        raise Refused(_wrong())
    if sealed.user.closed_why == WhyClosed.FORGOTTEN:
        raise Refused(_wrong())
    return sealed


def _wrong() -> str:
    return _("Thư công vụ hoặc mã niêm phong chưa đúng, hoặc mã đã dùng rồi. Hãy xem lại tờ giấy trong phong bì.")


def _note(sealed: SealedCode, verb: str, by: Actor, at: datetime) -> None:
    record(
        by=by,
        at=at,
        verb=verb,
        subject_kind="user",
        subject_uid=sealed.user.uid,
        seen_by=SeenBy.LEAD,
        payload={"sealed_code": sealed.uid},
    )

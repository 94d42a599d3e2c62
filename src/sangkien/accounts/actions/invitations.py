"""Invitations of units: made in bulk or singly, sent as link and QR, entered by a POST, revoked."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db.models import F
from django.utils.translation import gettext as _

from sangkien.accounts import tokens
from sangkien.accounts.models import Invitation
from sangkien.accounts.refusal import Refused
from sangkien.ledger.models import SeenBy
from sangkien.ledger.recording import Actor, acting, record
from sangkien.units.models import Unit

CODE_LIVES: Final = timedelta(minutes=10)
CODE_TRIES: Final = 5


@dataclass(frozen=True, slots=True)
class NewInvitation:
    """The token is shown now and never again; the row holds its hash."""

    invitation: Invitation
    token: str


def invite(
    *, unit: Unit, scope_uid: UUID, purpose: str, expires_at: datetime, by: Actor, at: datetime, mailbox: str = ""
) -> NewInvitation:
    """A new invitation; earlier ones of the same unit and scope go on until they are revoked."""
    token = tokens.new_link_token()
    with acting():
        invitation = Invitation.objects.create(
            unit=unit,
            scope_uid=scope_uid,
            purpose=purpose,
            token_sha256=tokens.digest(token),
            mailbox=mailbox,
            made_at=at,
            expires_at=expires_at,
        )
        _note(invitation, "invite", by, at, expires_at=expires_at)
    return NewInvitation(invitation, token)


def revoke_invitation(*, invitation: Invitation, by: Actor, at: datetime) -> None:
    """Ends what its holders are doing at their next request. Revoking twice is once."""
    with acting():
        if Invitation.objects.filter(pk=invitation.pk, revoked_at__isnull=True).update(revoked_at=at):
            _note(invitation, "revoke_invitation", by, at)


def find_invitation(token: str) -> Invitation | None:
    """The invitation with this token, also one that is over; ``None`` for any other text."""
    found = Invitation.objects.select_related("unit").filter(token_sha256=tokens.digest(token)).first()
    return found if found and tokens.is_same(token, found.token_sha256) else None


def send_mailbox_code(*, invitation: Invitation, at: datetime, send: Callable[[str, str], None]) -> None:
    """A fresh code to the unit's mailbox through ``send(mailbox, code)``, which runs after the row is written."""
    if not invitation.mailbox:
        raise ValueError("send_mailbox_code: this invitation asks for no code")
    code = tokens.new_mailbox_code()
    Invitation.objects.filter(pk=invitation.pk).update(
        code_sha256=tokens.digest(_salted(invitation, code)),
        code_expires_at=at + CODE_LIVES,
        code_tries_left=CODE_TRIES,
    )
    send(invitation.mailbox, code)


def enter(*, invitation: Invitation, at: datetime, code: str = "") -> None:
    """Checks that the holder may come in now; leaves an act. Raises ``Refused`` with the reason."""
    if invitation.revoked_at is not None:
        raise Refused(_("Giấy mời này đã được thu hồi. Hãy hỏi đơn vị đầu mối để nhận giấy mời mới."))
    if not invitation.is_open(at):
        raise Refused(_("Giấy mời này đã hết hạn. Hãy hỏi đơn vị đầu mối để nhận giấy mời mới."))
    if invitation.mailbox:
        _check_code(invitation, code, at)
    with acting():
        _note(invitation, "enter_by_invitation", Actor(f"invitation:{invitation.uid}", invitation.unit.uid), at)


def _check_code(invitation: Invitation, code: str, at: datetime) -> None:
    """A try is taken before the code is looked at, so that many at once are not more than five."""
    alive = Invitation.objects.filter(pk=invitation.pk, code_tries_left__gt=0, code_expires_at__gt=at)
    if not alive.update(code_tries_left=F("code_tries_left") - 1):
        raise Refused(_("Mã đã hết hạn. Hãy bấm “Gửi mã mới” rồi nhập mã trong thư vừa đến."))
    stored = Invitation.objects.values_list("code_sha256", flat=True).get(pk=invitation.pk)
    if not tokens.is_same(_salted(invitation, code.strip()), stored):
        raise Refused(_("Mã chưa đúng. Hãy chép lại sáu chữ số trong thư mới nhất."))
    Invitation.objects.filter(pk=invitation.pk).update(code_sha256="", code_expires_at=None, code_tries_left=0)


def _salted(invitation: Invitation, code: str) -> str:
    return f"{invitation.uid}:{code}"


def _note(invitation: Invitation, verb: str, by: Actor, at: datetime, **facts: object) -> None:
    record(
        by=by,
        at=at,
        verb=verb,
        subject_kind="invitation",
        subject_uid=invitation.uid,
        seen_by=SeenBy.UNIT,
        payload={"unit": invitation.unit.uid, "scope": invitation.scope_uid, **facts},
    )

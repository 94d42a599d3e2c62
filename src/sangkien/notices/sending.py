"""Deliveries leave: one mail for each mailbox with all that waits for it, through one connection to the mail server.

No mail stands inside a transaction. A sender claims what it is about to send; what a dead sender claimed is free again
after a while. A sender that dies between the server's yes and its own note sends that mail twice, with the same
Message-ID, by which mail programmes know it.
"""

import logging
import uuid
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from smtplib import SMTPAuthenticationError, SMTPDataError, SMTPException, SMTPRecipientsRefused, SMTPSenderRefused
from typing import Final, NamedTuple
from urllib.parse import urlsplit

from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import F, Q
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from sangkien.accounts.models import Invitation, User
from sangkien.notices.addressing import unaddressed
from sangkien.notices.models import Delivery, Message

CLAIM_LOST: Final = timedelta(minutes=10)
SERVER_SILENT: Final = timedelta(minutes=5)
MOST_TRIES: Final = 6
_FIRST_WAIT: Final = timedelta(minutes=5)  # then four times as long each time: after the sixth a day has gone
_CLOSING: Final = 421  # "service not available, closing": said of the server, whatever was asked
_log = logging.getLogger(__name__)


class _Refusal(NamedTuple):
    code: int
    sentence: str

    @property
    def for_good(self) -> bool:
        return 500 <= self.code < 600


def is_due(at: datetime) -> bool:
    """Whether something waits for its mailboxes or for its mail."""
    return unaddressed(at).exists() or Delivery.objects.free(at - CLAIM_LOST).filter(due_at__lte=at).exists()


def deliver(at: datetime, *, site: str, most: int = 20) -> int:
    """Send to at most so many mailboxes; answers to how many it tried. ``site`` stands before each path.

    When the mail server itself does not answer, all that is due waits five minutes and no try is counted.
    """
    connection: BaseEmailBackend | None = None
    claimed: list[Delivery] = []
    tried = 0
    try:
        while tried < most:
            claimed = _claim_next(at)
            if not claimed:
                break
            tried += 1
            mailbox = _mailbox(claimed[0], at)
            if not mailbox:
                _end(claimed, at, _("Tài khoản hoặc giấy mời đã đóng nên thư không gửi nữa."))
                continue
            connection = connection or _opened()
            _send(claimed, mailbox, connection, at, site)
    except _ServerTrouble as trouble:
        _postpone(claimed, at, str(trouble))
    finally:
        if connection is not None:
            connection.close()
    return tried


class _ServerTrouble(Exception):
    """The server cannot be reached, or wants nothing from us: no fault of a mailbox. The text is for people."""


def _trouble(error: OSError | SMTPException) -> _ServerTrouble:
    """Also written to the log, by its kind only: the server's own words may carry an address."""
    _log.warning("the mail server: %s %s", type(error).__name__, getattr(error, "smtp_code", ""))
    if isinstance(error, SMTPAuthenticationError):
        return _ServerTrouble(_("Máy chủ thư không nhận tên và mật khẩu. Hãy xem lại SANGKIEN_SMTP_URL."))
    if isinstance(error, SMTPSenderRefused):
        return _ServerTrouble(_("Máy chủ thư không nhận hộp thư gửi. Hãy xem lại SANGKIEN_MAIL_FROM."))
    return _ServerTrouble(_("Máy chủ thư không trả lời; chương trình tự thử lại."))


def _claim_next(at: datetime) -> list[Delivery]:
    """All that waits for the mailbox that has waited longest; empty when nothing is due."""
    free = Delivery.objects.free(at - CLAIM_LOST)
    while True:
        first = free.filter(due_at__lte=at).order_by("due_at", "pk").first()
        if first is None:
            return []
        claim = uuid.uuid4()
        same = free.filter(to_user=first.to_user_id, to_invitation=first.to_invitation_id)
        if same.filter(Q(due_at__lte=at) | Q(tries=0)).update(claim=claim, claimed_at=at):
            mine = Delivery.objects.open().filter(claim=claim)
            return list(mine.select_related("message", "to_user", "to_invitation").order_by("message__made_at", "pk"))
        # another sender was quicker with this mailbox; look again


def _mailbox(delivery: Delivery, at: datetime) -> str:
    """Where it goes now; empty when the account or the invitation is closed by now."""
    user: User | None = delivery.to_user
    if user is not None:
        return user.email if user.is_active else ""
    invitation: Invitation | None = delivery.to_invitation
    return invitation.mailbox if invitation is not None and invitation.is_open(at) else ""


def _opened() -> BaseEmailBackend:
    connection: BaseEmailBackend = get_connection()
    try:
        connection.open()
    except (OSError, SMTPException) as error:
        _close(connection)  # it may stand, and only the password was wrong
        raise _trouble(error) from error
    return connection


def _close(connection: BaseEmailBackend) -> None:
    with suppress(OSError, SMTPException):  # whoever is gone need not hear goodbye
        connection.close()


def _send(claimed: Sequence[Delivery], mailbox: str, connection: BaseEmailBackend, at: datetime, site: str) -> None:
    try:
        mail = _mail([each.message for each in claimed], mailbox, site)
        mail.extra_headers["Message-ID"] = _message_id(claimed, site)
        mail.connection = connection
        mail.send()
    except (SMTPRecipientsRefused, SMTPDataError) as error:
        refusal = _refusal(error)
        if refusal.code == _CLOSING:
            raise _trouble(error) from error
        _after_refusal(claimed, at, refusal)
    except (OSError, SMTPException) as error:
        raise _trouble(error) from error
    else:
        _end(claimed, at, "")


def _mail(messages: Sequence[Message], mailbox: str, site: str) -> EmailMultiAlternatives:
    """The three files of a mail: subject, text, html."""
    context = {"messages": messages, "site": site}
    subject = render_to_string("notices/mail/subject.txt", context).strip()
    mail = EmailMultiAlternatives(
        subject=subject,
        body=render_to_string("notices/mail/text.txt", context),
        to=[mailbox],
        headers={"Auto-Submitted": "auto-generated"},  # so that no absence note comes back
    )
    mail.attach_alternative(render_to_string("notices/mail/html.html", {**context, "subject": subject}), "text/html")
    return mail


def _message_id(claimed: Sequence[Delivery], site: str) -> str:
    keys = ",".join(str(each.pk) for each in sorted(claimed, key=lambda each: each.pk))
    return f"<{uuid.uuid5(uuid.NAMESPACE_URL, f'{site} {keys}')}@{urlsplit(site).hostname}>"


def _refusal(error: SMTPRecipientsRefused | SMTPDataError) -> _Refusal:
    """The code only: the server's own words carry the address."""
    code = error.smtp_code if isinstance(error, SMTPDataError) else next(iter(error.recipients.values()))[0]
    return _Refusal(int(code), _("Máy chủ thư không nhận thư cho hộp thư này (mã %d).") % code)


def _after_refusal(claimed: Sequence[Delivery], at: datetime, refusal: _Refusal) -> None:
    last = [each for each in claimed if refusal.for_good or each.tries + 1 >= MOST_TRIES]
    again = [each for each in claimed if each not in last]
    for delivery in again:
        wait = _FIRST_WAIT * 4**delivery.tries
        Delivery.objects.filter(pk=delivery.pk, claim=delivery.claim).update(
            tries=F("tries") + 1, error=refusal.sentence, due_at=at + wait, claim=None, claimed_at=None
        )
    if last:
        _end(last, at, refusal.sentence)


def _end(claimed: Sequence[Delivery], at: datetime, error: str) -> None:
    """Sent, or given up; and the messages that have no other delivery open are settled."""
    with transaction.atomic():
        ids = {each.message_id for each in claimed}
        # locked first, else two who end a message's last two deliveries would each take the other's for open
        list(Message.objects.select_for_update().filter(pk__in=ids).order_by("pk").values_list("pk"))
        mine = Delivery.objects.open().filter(pk__in=[each.pk for each in claimed], claim=claimed[0].claim)
        mine.update(ended_at=at, error=error, tries=F("tries") + 1)
        _settle(ids, at)


def _settle(message_ids: set[int], at: datetime) -> None:
    open_ones = Delivery.objects.open().filter(message__in=message_ids).values("message")
    settled = Message.objects.filter(pk__in=message_ids, sent_at__isnull=True).exclude(pk__in=open_ones)
    sent = Delivery.objects.filter(message__in=message_ids, error="", ended_at__isnull=False).values("message")
    settled.filter(pk__in=sent).update(sent_at=at)
    given_up = Delivery.objects.filter(message__in=message_ids, ended_at__isnull=False).exclude(error="")
    for message_id, sentence in dict(given_up.values_list("message", "error")).items():
        Message.objects.filter(pk=message_id).update(error=sentence)


def _postpone(claimed: Sequence[Delivery], at: datetime, sentence: str) -> None:
    """What this sender had claimed, and all else that is due, waits for the server."""
    waits = {"due_at": at + SERVER_SILENT, "error": sentence, "claim": None, "claimed_at": None}
    Delivery.objects.open().filter(claim=claimed[0].claim).update(**waits)
    Delivery.objects.free(at - CLAIM_LOST).filter(due_at__lte=at).update(**waits)

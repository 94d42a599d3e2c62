"""The mailbox of reports, watched by IMAP: new mails come into the lead unit's queue as dropped files do.

The mailbox is only read: no mail is marked, moved or deleted there. Twice does no harm: a mail is known by its
Message-ID, and the server's numbers say where reading goes on.
"""

import imaplib
import re
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from typing import Final, Protocol

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from sangkien.campaigns.models import Campaign
from sangkien.importing import choosing, receiving
from sangkien.importing import mail as mails
from sangkien.importing.models import Mailbox
from sangkien.importing.queueing import hand_over, is_known
from sangkien.importing.receiving import Kept
from sangkien.jobs import actions as jobs
from sangkien.jobs.models import Job
from sangkien.jobs.running import Run
from sangkien.ledger.canonical import sha256
from sangkien.ledger.recording import Actor

KIND: Final = "importing.fetch"
DUTY: Final = "importing.fetch"
EVERY: Final = timedelta(minutes=5)
AT_ONCE: Final = 10  # mails of one step
MOST_BYTES: Final = 60 * 2**20  # of one step, held in memory
BEFORE: Final = timedelta(days=31)  # units report early; older mails belong to other things
_TIMEOUT: Final = 20.0
_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")  # of the protocol
_CLOCK: Final = Actor("command:tick")
_SIZE: Final = re.compile(rb"RFC822\.SIZE (\d+)")
_TROUBLE: Final = (imaplib.IMAP4.error, OSError, ValueError)


class Inbox(Protocol):
    """Where the mailbox is; see ``config.environment.Inbox``."""

    @property
    def scheme(self) -> str: ...
    @property
    def host(self) -> str: ...
    @property
    def port(self) -> int: ...
    @property
    def user(self) -> str: ...
    @property
    def password(self) -> str: ...
    @property
    def folder(self) -> str: ...


def start_when_due(at: datetime, since: datetime | None) -> None:
    """A duty of the clock: look into the mailbox every few minutes, one job at a time."""
    inbox = settings.SANGKIEN_INBOX
    if inbox is None or Job.objects.open().filter(kind=KIND).exists():
        return
    box = Mailbox.objects.filter(pk=address_of(inbox)).first()
    if box is not None and box.asked_at is not None and at - box.asked_at < EVERY:
        return
    jobs.start(
        KIND, key=f"{KIND}:{at:%Y-%m-%dT%H:%M:%S}", arguments={}, by=_CLOCK, at=at,
        title=_("Lấy thư báo cáo của các đơn vị"), doing=_("Đã lấy thư"),
    )  # fmt: skip


def address_of(inbox: Inbox) -> str:
    """Mailbox and folder, without the password."""
    return f"{inbox.user} · {inbox.host} · {inbox.folder}"[:300]


def step(run: Run) -> None:
    """The next few mails into the queue. Nothing of the network stands in the transaction."""
    inbox, at = settings.SANGKIEN_INBOX, run.now()
    campaigns = choosing.running()
    if inbox is None or not campaigns:
        _end(run, inbox, at, _("Chưa có đợt nào đang nhận báo cáo nên thư chưa được lấy."))
        return
    box, _made = Mailbox.objects.get_or_create(address=address_of(inbox))
    try:
        with _connected(inbox) as server:
            numbering, waiting = _waiting(server, inbox, box, choosing.first_day(campaigns))
            fetched = list(_fetch(server, waiting))
    except _TROUBLE as trouble:
        _end(run, inbox, at, _("Chưa lấy được thư: %s. Chương trình tự thử lại.") % _said(trouble))
        return
    kept = [receiving.keep_mail(data, by=run.by, at=at) for _number, data in fetched if data]
    with run.commit() as commit:
        _queue(campaigns, kept, run.by, at)
        last = max((number for number, _data in fetched), default=box.last_seen if box.numbering == numbering else 0)
        Mailbox.objects.filter(pk=box.pk).update(numbering=numbering, last_seen=last, asked_at=at, trouble="")
        commit.done += len(kept)
        if len(fetched) == len(waiting):
            commit.finish()


def _queue(campaigns: list[Campaign], kept: list[Kept], by: Actor, at: datetime) -> None:
    """Each mail its own handing over, so that one job reads one mail. One that is in the queue of any of them already,
    where a person may have put it, stays there."""
    for parcel in kept:
        if parcel.mail is not None and is_known(parcel.mail, campaigns):
            continue
        campaign = choosing.campaign_of(parcel.mail, campaigns)
        link = reverse("importing:campaign", args=[campaign.uid])
        identity = sha256(parcel.mail.identity if parcel.mail else "")
        token = f"imap:{campaign.pk}:{identity[:40]}"
        hand_over(campaign, None, [parcel], token=token, by=by, at=at, link=link)


def _end(run: Run, inbox: Inbox | None, at: datetime, sentence: str) -> None:
    with run.commit() as commit:
        if inbox is not None:
            Mailbox.objects.update_or_create(
                address=address_of(inbox), defaults={"asked_at": at, "trouble": sentence}
            )  # fmt: skip
        commit.finish()


def _said(trouble: BaseException) -> str:
    """The server's own words, short; never the password."""
    return " ".join(str(trouble).split())[:150] or type(trouble).__name__


@contextmanager
def _connected(inbox: Inbox) -> Iterator[imaplib.IMAP4]:
    """Signed in. Encrypted save on this very machine; the certificate is checked."""
    context = ssl.create_default_context()
    server: imaplib.IMAP4
    if inbox.scheme == "imap+ssl":
        server = imaplib.IMAP4_SSL(inbox.host, inbox.port, ssl_context=context, timeout=_TIMEOUT)
    else:
        server = imaplib.IMAP4(inbox.host, inbox.port, timeout=_TIMEOUT)
    with server:  # signs out at the end, come what may
        if inbox.scheme == "imap+tls":
            server.starttls(context)
        _sign_in(server, inbox)
        yield server


def _sign_in(server: imaplib.IMAP4, inbox: Inbox) -> None:
    """By LOGIN, which takes ASCII only; a password with Vietnamese letters goes by PLAIN."""
    if (inbox.user + inbox.password).isascii():
        server.login(inbox.user, inbox.password)
    else:
        server.authenticate("PLAIN", lambda _challenge: f"\0{inbox.user}\0{inbox.password}".encode())


def _waiting(server: imaplib.IMAP4, inbox: Inbox, box: Mailbox, opens: date) -> tuple[int, list[int]]:
    """The server's numbering, and the numbers of mails that were not seen under it, the oldest first."""
    typ, answer = server.select(f'"{inbox.folder}"', readonly=True)
    if typ != "OK":
        raise imaplib.IMAP4.error(_("không có thư mục thư “%s”") % inbox.folder)
    told = server.response("UIDVALIDITY")[1]
    numbering = int(told[0]) if told and told[0] else 0
    after = box.last_seen if box.numbering == numbering else 0
    day = opens - BEFORE
    since = f"{day.day}-{_MONTHS[day.month - 1]}-{day.year}"
    typ, answer = server.uid("SEARCH", f"UID {after + 1}:*", f"SINCE {since}")
    if typ != "OK":
        raise imaplib.IMAP4.error("SEARCH")
    numbers = [int(word) for word in (answer[0] or b"").split()]
    return numbering, sorted(number for number in numbers if number > after)  # "n:*" answers the last one always


def _fetch(server: imaplib.IMAP4, waiting: list[int]) -> Iterator[tuple[int, bytes]]:
    """Mails, as many as one step holds; one that is too large comes without its bytes and is passed over."""
    held = 0
    for number in waiting[:AT_ONCE]:
        size = _size(server, number)
        if held and held + size > MOST_BYTES:
            return
        held += size
        yield number, b"" if size > mails.LARGEST else _bytes(server, number)


def _size(server: imaplib.IMAP4, number: int) -> int:
    _typ, answer = server.uid("FETCH", str(number), "(RFC822.SIZE)")
    found = _SIZE.search(b" ".join(each for each in answer if isinstance(each, bytes)))
    return int(found[1]) if found else 0


def _bytes(server: imaplib.IMAP4, number: int) -> bytes:
    """The whole mail, without marking it as read."""
    _typ, answer = server.uid("FETCH", str(number), "(BODY.PEEK[])")
    return next((each[1] for each in answer if isinstance(each, tuple)), b"")

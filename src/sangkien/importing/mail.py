"""Mails as they lie in files (.eml, .mbox): who wrote, when it arrived here, what was attached. No Django here.

Nothing in a mail is followed or executed; a header that cannot be read is left empty.
"""

import hashlib
import mailbox
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import getaddresses, parseaddr, parsedate_to_datetime
from pathlib import Path
from typing import Final

from sangkien.vietnamese import clean

LARGEST: Final = 60 * 2**20
MOST_MAILS = 1_000  # of one .mbox
MOST_PARTS: Final = 300
SMALLEST_PICTURE: Final = 30 * 2**10  # bytes of a picture in the text; smaller ones are signs and lines
BODY_NAME: Final = "Nội dung thư.txt"
_TROUBLE: Final = (ValueError, LookupError, TypeError, AttributeError, MessageError, RecursionError)
_START: Final = re.compile(rb"(?:[A-Za-z][A-Za-z0-9-]*:[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*){2}")
_TAGS: Final = re.compile(r"<[^>]*>")


@dataclass(frozen=True, slots=True)
class Part:
    """Something attached: its name as the sender gave it, and its bytes."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Mail:
    """One mail. ``identity`` is its Message-ID, or the hash of its bytes; ``arrived_at`` by the last server, else by
    the sender's clock; ``None`` when neither can be read. ``addressed_to``: the addresses to which it went."""

    identity: str
    sender: str
    subject: str
    arrived_at: datetime | None
    parts: tuple[Part, ...]
    data: bytes
    addressed_to: tuple[str, ...] = ()


def is_mail(head: bytes, name: str) -> bool:
    """Whether a file is one mail: by its ending and by lines of headers at its beginning."""
    return name.lower().endswith(".eml") and _START.match(head.lstrip(b"\xef\xbb\xbf\r\n")) is not None


def is_mailbox(head: bytes, name: str) -> bool:
    """Whether a file holds mails one after another."""
    return name.lower().endswith((".mbox", ".mbx")) and head.startswith(b"From ")


def mails_of(path: Path) -> Iterator[bytes]:
    """The mails of a mailbox file, at most ``MOST_MAILS``; one that is too large is passed over."""
    box = mailbox.mbox(path, create=False)
    try:
        for number, key in enumerate(box.iterkeys()):
            if number >= MOST_MAILS:
                return
            with box.get_file(key) as file:
                data = file.read(LARGEST + 1)
            if len(data) <= LARGEST:
                yield data
    finally:
        box.close()


def read_mail(data: bytes) -> Mail:
    """Never raises because of the mail: what cannot be read is empty."""
    try:
        message = message_from_bytes(data, policy=policy.compat32)
        parts = tuple(_parts(message))
    except _TROUBLE:
        return Mail(_hash(data), "", "", None, (), data)
    name, address = parseaddr(_header(message, "From"))
    return Mail(
        identity=_header(message, "Message-ID").strip() or _hash(data),
        sender=clean(f"{name} <{address}>" if name and address else address or name),
        subject=_header(message, "Subject"),
        arrived_at=_arrived(message),
        parts=parts or tuple(_body(message)),
        data=data,
        addressed_to=tuple(_addressed_to(message)),
    )


def _addressed_to(message: "Message[str, str]") -> Iterator[str]:
    for name in ("Delivered-To", "To", "Cc"):
        lines = [_decoded(line) for line in message.get_all(name, [])]
        yield from (address for _name, address in getaddresses(lines) if address)


def _hash(data: bytes) -> str:
    return f"sha256:{hashlib.sha256(data).hexdigest()}"


def _header(message: "Message[str, str]", name: str) -> str:
    return _decoded(message.get(name, ""))


def _decoded(text: object) -> str:
    try:
        words = str(make_header(decode_header(str(text))))
    except _TROUBLE:
        words = str(text)
    return clean(" ".join(words.encode("utf-8", "replace").decode("utf-8").split()))


def _arrived(message: "Message[str, str]") -> datetime | None:
    """The first Received header is the last server's, ours; its date stands behind the last semicolon."""
    stamps = [str(line).rpartition(";")[2] for line in message.get_all("Received", [])[:1]]
    for stamp in (*stamps, str(message.get("Date", ""))):
        try:
            moment = parsedate_to_datetime(stamp.strip())
            return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
        except (*_TROUBLE, OverflowError):
            continue
    return None


def _parts(message: "Message[str, str]") -> Iterator[Part]:
    """What was attached, and pictures in the text that may be the scanned report; those that only decorate it are left
    to the mail itself, which is kept whole."""
    for number, part in enumerate(message.walk()):
        if number >= MOST_PARTS:
            return
        if part.is_multipart():
            continue
        name = _decoded(part.get_filename("") or "")
        is_shown = part.get_content_disposition() != "attachment"
        is_picture = is_shown and part.get_content_maintype() == "image"
        if is_shown and part.get_content_maintype() == "text" and not name:
            continue
        data = part.get_payload(decode=True)
        if not isinstance(data, bytes) or not data or (is_picture and len(data) < SMALLEST_PICTURE):
            continue
        yield Part(name or _unnamed(part, number), data)


def _unnamed(part: "Message[str, str]", number: int) -> str:
    if part.get_content_maintype() == "image":
        return f"anh-trong-thu-{number}.{part.get_content_subtype().removeprefix('x-')[:10]}"
    return f"dinh-kem-{number}"


def _body(message: "Message[str, str]") -> Iterator[Part]:
    """A mail without anything attached may be the report itself."""
    texts = [part for part in message.walk() if part.get_content_maintype() == "text" and not part.is_multipart()]
    plain = [part for part in texts if part.get_content_subtype() == "plain"] or texts
    for part in plain[:1]:
        data = part.get_payload(decode=True)
        if not isinstance(data, bytes):
            continue
        text = _text(data, part.get_content_charset("utf-8") or "utf-8")
        if part.get_content_subtype() == "html":
            text = _TAGS.sub(" ", text)
        if text.strip():
            yield Part(BODY_NAME, text.encode("utf-8"))


def _text(data: bytes, charset: str) -> str:
    try:
        return clean(data.decode(charset, "replace"))
    except LookupError:
        return clean(data.decode("utf-8", "replace"))

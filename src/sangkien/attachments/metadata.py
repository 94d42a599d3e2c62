"""A picture without what it tells of its maker: place, time, device, author. The picture itself stays bit by bit.

A telephone writes into each photograph where it was taken. What is published is made from the kept file by this; the
kept file stays as it came.
"""

import struct
import tempfile
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import IntegrityError

from sangkien.attachments import storage
from sangkien.attachments.keeping import attach, keep
from sangkien.attachments.kinds import BY_MEDIA_TYPE, JPEG, PNG, Kind
from sangkien.attachments.models import Attachment
from sangkien.ledger.models import SeenBy
from sangkien.ledger.recording import Actor, acting

_SOI, _EOI, _SOS, _COM, _APP0, _APP1, _APP2, _APP14, _APP15 = 0xD8, 0xD9, 0xDA, 0xFE, 0xE0, 0xE1, 0xE2, 0xEE, 0xEF
_WITHOUT_LENGTH: Final = frozenset({0x01, _SOI, _EOI, *range(0xD0, 0xD8)})
_TURN: Final = 0x0112  # the tag that says how the picture is to be turned: without it people lie on their side
_TELLING: Final = frozenset({b"tEXt", b"zTXt", b"iTXt", b"eXIf", b"tIME"})


def without_metadata(
    attachment: Attachment, *, by: Actor, at: datetime, seen_by: SeenBy = SeenBy.UNIT
) -> Attachment | None:
    """The picture without metadata as an attachment of its own, made once; not inside a transaction.

    ``None`` for what is no JPEG or PNG, and for a damaged one: nothing is published that was not cleaned.
    """
    cleaned = _CLEANERS.get(BY_MEDIA_TYPE[attachment.blob.media_type])
    if cleaned is None:
        return None
    made = attachment.derived.first()
    if made is not None:
        return made
    try:
        content = b"".join(cleaned(b"".join(storage.chunks(attachment.blob.path))))
    except (struct.error, IndexError, ValueError):
        return None
    with tempfile.TemporaryDirectory(dir=settings.FILE_UPLOAD_TEMP_DIR, prefix="anh-") as folder:
        path = Path(folder) / "anh"
        path.write_bytes(content)
        received = keep(path, attachment.original_name, BY_MEDIA_TYPE[attachment.blob.media_type])
    try:
        with acting():
            return attach(received, by=by, at=at, seen_by=seen_by, of=attachment)
    except IntegrityError:  # somebody else made it at the same moment
        return attachment.derived.get()


def jpeg(data: bytes) -> Iterator[bytes]:
    """The segments that make the picture, and how to turn it; what stands behind the end is left out."""
    yield data[:2]
    place = 2
    while True:
        marker, end = _segment(data, place)
        if marker == _APP1:
            yield from _turned(data[place:end])
        elif _makes_picture(marker, data[place + 4 : end]):
            yield data[place:end]
        if marker == _EOI:
            return
        place = end
        if marker == _SOS:
            place = _scan_end(data, end)
            yield data[end:place]


def _segment(data: bytes, place: int) -> tuple[int, int]:
    """The marker at a place and the place behind its segment. Raises ``ValueError`` where there is none."""
    if data[place] != 0xFF:
        raise ValueError(f"no marker at {place}")
    marker = data[place + 1]
    if marker in _WITHOUT_LENGTH:
        return marker, place + 2
    (length,) = struct.unpack_from(">H", data, place + 2)
    if length < 2 or place + 2 + length > len(data):
        raise ValueError(f"a segment at {place} beyond the end")
    return marker, place + 2 + length


def _makes_picture(marker: int, body: bytes) -> bool:
    if marker == _APP2:
        return body.startswith(b"ICC_PROFILE\0")
    return marker in (_APP0, _APP14) or not (_APP0 <= marker <= _APP15 or marker == _COM)


def _scan_end(data: bytes, place: int) -> int:
    """Where the next marker stands: 0xFF followed by neither 0 (a byte of the picture) nor a restart."""
    while True:
        place = data.index(b"\xff", place)
        if data[place + 1] == 0 or 0xD0 <= data[place + 1] <= 0xD7:
            place += 2
        else:
            return place


def _turned(segment: bytes) -> Iterator[bytes]:
    """An Exif segment that says how to turn the picture and nothing else; none when it need not be turned."""
    if segment[4:10] != b"Exif\0\0":
        return
    tiff = segment[10:]
    order = "<" if tiff[:2] == b"II" else ">"
    (start,) = struct.unpack_from(f"{order}I", tiff, 4)
    (count,) = struct.unpack_from(f"{order}H", tiff, start)
    for number in range(count):
        tag, _kind, _count, value = struct.unpack_from(f"{order}HHIH", tiff, start + 2 + 12 * number)
        if tag == _TURN and 2 <= value <= 8:
            body = b"Exif\0\0MM\0*" + struct.pack(">IHHHIHHI", 8, 1, _TURN, 3, 1, value, 0, 0)
            yield b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body


def png(data: bytes) -> Iterator[bytes]:
    """The chunks that make the picture; what stands behind the end is left out."""
    yield data[:8]
    place = 8
    while True:
        (length,) = struct.unpack_from(">I", data, place)
        kind, end = data[place + 4 : place + 8], place + 12 + length
        if end > len(data):
            raise ValueError(f"a chunk at {place} beyond the end")
        if kind not in _TELLING:
            yield data[place:end]
        if kind == b"IEND":
            return
        place = end


_CLEANERS: Final[dict[Kind, Callable[[bytes], Iterator[bytes]]]] = {JPEG: jpeg, PNG: png}

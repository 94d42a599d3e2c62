"""The file that comes back from signing against the one that went out.

A signature in a PDF is added behind the bytes that were there. So the signed file is the paper that we made exactly
when it begins with our bytes; otherwise the difference is told, never decided here.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from sangkien.attachments import storage
from sangkien.attachments.keeping import Received
from sangkien.attachments.kinds import DOCX, PDF
from sangkien.attachments.models import Blob, path_of
from sangkien.papers.models import Form, Paper, PaperFile
from sangkien.papers.refusal import Refused

_SIGNATURE: Final = b"/ByteRange"  # stands in every signature of a PDF, never compressed


@dataclass(frozen=True, slots=True)
class Compared:
    """A received file, what it is, the file of ours that it covers, and a sentence when a person should look."""

    received: Received
    form: Form
    covers: PaperFile | None = None
    remark: str = ""


def compare(paper: Paper, received: Received) -> Compared:
    """Reads both files. Raises ``Refused`` for what is neither PDF nor picture: a signature shows on no other."""
    kind = received.kind
    if not (kind is PDF or kind.media_type.startswith("image/")):
        raise Refused(_("Bản ký là tệp PDF hoặc ảnh chụp. “%s” là loại khác, bạn chọn lại tệp.") % received.name)
    signed = kind is PDF and _has_signature(received.sha256)
    made = list(_made(paper))
    if not made:
        return Compared(received, Form.SIGNED_PDF if signed else Form.SCAN)
    if not signed:
        if any(each.attachment.blob_id == received.sha256 for each in made):
            return Compared(received, Form.SCAN, remark=_("Tệp này là bản trình ký, chưa có chữ ký số."))
        return Compared(
            received, Form.SCAN, remark=_("Bản quét không có chữ ký số nên không so được với bản đã trình.")
        )
    covered = next((each for each in made if begins_with(received, each.attachment.blob)), None)
    if covered is None:
        return Compared(received, Form.SIGNED_PDF, remark=_("Bản ký khác bản đã trình. Bạn đối chiếu lại hai bản."))
    return Compared(received, Form.SIGNED_PDF, covered)


def taken_as_it_is(received: Received) -> Compared:
    """A file of a paper that was not written here: nothing to compare. Raises ``Refused`` for what is no paper."""
    kind = received.kind
    if kind is DOCX:
        return Compared(received, Form.DOCX)
    if kind is PDF or kind.media_type.startswith("image/"):
        return Compared(received, Form.SIGNED_PDF if kind is PDF and _has_signature(received.sha256) else Form.SCAN)
    raise Refused(_("Tệp của văn bản là PDF, ảnh chụp hoặc Word. “%s” là loại khác, bạn chọn lại tệp.") % received.name)


def _made(paper: Paper) -> Iterator[PaperFile]:
    """The PDFs of the frozen text."""
    if not paper.blocks_sha256:
        return
    made = PaperFile.objects.filter(paper=paper, form=Form.PDF, blocks_sha256=paper.blocks_sha256)
    yield from made.select_related("attachment__blob").order_by("volume")


def begins_with(received: Received, ours: Blob) -> bool:
    """Whether the kept bytes begin with the bytes of ``ours`` and go on after them."""
    if received.size <= ours.size:
        return False
    pieces = zip(storage.chunks(path_of(received.sha256)), storage.chunks(ours.path), strict=False)  # ours ends first
    return all(theirs[: len(our)] == our for theirs, our in pieces)


def _has_signature(sha256: str) -> bool:
    before = b""
    for piece in storage.chunks(path_of(sha256)):
        if _SIGNATURE in before + piece:
            return True
        before = piece[-len(_SIGNATURE) :]
    return False

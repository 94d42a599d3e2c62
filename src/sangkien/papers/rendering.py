"""From the blocks of a paper to its files: outside transactions, and twice does no harm."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import IntegrityError
from django.utils.translation import gettext as _

from sangkien.attachments import keeping, kinds
from sangkien.documents import blocks as documents
from sangkien.documents import serial
from sangkien.documents.docx import write_docx
from sangkien.documents.pdf import write_pdf
from sangkien.ledger.models import SeenBy
from sangkien.ledger.recording import Actor, acting
from sangkien.papers.models import Form, Paper, PaperFile
from sangkien.papers.moving import note
from sangkien.papers.refusal import Refused
from sangkien.vietnamese import slug


def text_of(paper: Paper) -> documents.Paper:
    """The paper as blocks. Raises ``Refused`` when its text was not written here."""
    if not paper.blocks:
        raise Refused(_("Văn bản này không soạn trên chương trình nên không có bản Word để tải. Bạn mở bản đã nhận."))
    return serial.loads(paper.blocks)


def render(paper: Paper, form: Form, *, by: Actor, at: datetime, seen_by: SeenBy = SeenBy.LEAD) -> list[PaperFile]:
    """The Word file, or the PDF (several for a very long one), of the text as it stands; made only once.

    ``ValueError`` for a form that is not made here. A draft that is changed meanwhile keeps both.
    """
    if form not in Form.made_here():
        raise ValueError(f"not made here: {form}")
    text = text_of(paper)
    kept = _rendered(paper, form)
    if kept:
        return kept
    with _folder() as folder:
        received = [keeping.keep(made, made.name, _kind(form)) for made in _written(text, form, folder / _name(paper))]
    try:
        with acting():
            for volume, each in enumerate(received, 1):
                attachment = keeping.attach(each, by=by, at=at, seen_by=seen_by)
                PaperFile.objects.create(
                    paper=paper, attachment=attachment, form=form, blocks_sha256=paper.blocks_sha256, volume=volume
                )
            facts = {
                "form": form.value,
                "blocks_sha256": paper.blocks_sha256,
                "files": [each.sha256 for each in received],
            }
            note(paper, "rendered", by=by, at=at, seen_by=seen_by, facts=facts)
    except IntegrityError:
        kept = _rendered(paper, form)  # somebody else rendered the same text at the same moment
        if not kept:
            raise
        return kept
    return _rendered(paper, form)


def _rendered(paper: Paper, form: Form) -> list[PaperFile]:
    made = PaperFile.objects.filter(paper=paper, form=form, blocks_sha256=paper.blocks_sha256)
    return list(made.select_related("attachment__blob").order_by("volume"))


@contextmanager
def _folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(dir=settings.FILE_UPLOAD_TEMP_DIR, prefix="van-ban-") as folder:
        yield Path(folder)


def _written(text: documents.Paper, form: Form, target: Path) -> list[Path]:
    if form == Form.DOCX:
        target = target.with_suffix(".docx")
        write_docx(text, target)
        return [target]
    return write_pdf(text, target.with_suffix(".pdf"))


def _kind(form: Form) -> kinds.Kind:
    return kinds.DOCX if form == Form.DOCX else kinds.PDF


def _name(paper: Paper) -> str:
    return slug(f"{paper.get_kind_display()} {paper.summary}") or "van-ban"

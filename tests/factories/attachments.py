"""Files as people hand them over, and rows as the room makes them."""

from datetime import UTC, datetime
from hashlib import sha256
from io import BytesIO
from typing import Any

import docx
from django.core.files.base import ContentFile

from sangkien.attachments import keeping
from sangkien.attachments.models import Attachment, Blob
from sangkien.ledger.recording import Actor

OFFICER = Actor("user:1")
AT = datetime(2024, 7, 9, 1, 30, tzinfo=UTC)
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 40


def word(*lines: str) -> bytes:
    """A Word file of these paragraphs."""
    document, target = docx.Document(), BytesIO()
    for line in lines:
        document.add_paragraph(line)
    document.save(target)
    return target.getvalue()


def file(content: bytes = PDF, name: str = "báo cáo.pdf") -> "ContentFile[bytes]":
    """A file as a form hands it over."""
    return ContentFile(content, name=name)


def attachment(content: bytes = PDF, name: str = "báo cáo.pdf") -> Attachment:
    """A kept file."""
    return keeping.store(file(content, name), name, by=OFFICER, at=AT)


def blob(content: bytes = PDF, **facts: Any) -> Blob:
    """An unsaved blob, without a file."""
    return Blob(
        **{
            "sha256": sha256(content).hexdigest(),
            "size": len(content),
            "media_type": "application/pdf",
            **facts,
        }
    )


def bare_attachment(of: Blob, **facts: Any) -> Attachment:
    """An unsaved attachment."""
    return Attachment(**{"blob": of, "original_name": "báo cáo.pdf", "created_at": AT, **facts})

"""Small things of this room's pages: ``{% load intake %}``."""

from decimal import Decimal

from django.template import Library

from sangkien.attachments.models import Attachment
from sangkien.intake.forms.days import written

register = Library()

_ICONS = {
    "application/pdf": "file-earmark-pdf",
    "application/msword": "file-earmark-word",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "file-earmark-word",
    "application/vnd.ms-excel": "file-earmark-excel",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "file-earmark-excel",
    "text/csv": "file-earmark-spreadsheet",
    "text/plain": "file-earmark-text",
}


@register.filter
def file_icon(attachment: Attachment) -> str:
    """The icon of a file's kind; its blob should be at hand."""
    media_type = attachment.blob.media_type
    return "image" if media_type.startswith("image/") else _ICONS.get(media_type, "file-earmark")


@register.filter
def amount(value: Decimal | None) -> str:
    """1284.5000 → "1.284,5"; nothing → "…"."""
    return "…" if value is None else written(value)

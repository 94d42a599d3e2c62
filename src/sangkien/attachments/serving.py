"""Giving a file to a browser. The caller has asked already whether this person may see it."""

from typing import Final

from django.http import FileResponse

from sangkien.attachments import storage
from sangkien.attachments.kinds import BY_MEDIA_TYPE
from sangkien.attachments.models import Attachment
from sangkien.attachments.names import ending_of

_SANDBOX: Final = "default-src 'none'; sandbox; frame-ancestors 'none'"
# Chromium shows no PDF in a sandbox; a PDF is no page, so without scripts and sources nothing of ours is in its reach.
_PDF: Final = "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; frame-ancestors 'none'"


def serve(attachment: Attachment, *, inline: bool = False) -> FileResponse:
    """The file as a download, or shown (``inline``) when it is a PDF or a picture that browsers know; else downloaded.

    Give it ``select_related("blob")``: then it costs no statement. Raises ``FileNotFoundError``.
    """
    blob = attachment.blob
    kind = BY_MEDIA_TYPE.get(blob.media_type)
    shown = inline and kind is not None and kind.inline
    response = FileResponse(
        storage.store().open(blob.path, "rb"),
        as_attachment=not shown,
        filename=download_name(attachment),
        content_type=blob.media_type if kind else "application/octet-stream",
    )
    response["Content-Length"] = str(blob.size)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = _PDF if shown and blob.media_type == "application/pdf" else _SANDBOX
    response["Cache-Control"] = "private, no-store"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


def download_name(attachment: Attachment) -> str:
    """The name it came with; with the ending of its content added where the name says something else."""
    kind = BY_MEDIA_TYPE.get(attachment.blob.media_type)
    if kind is None or ending_of(attachment.original_name) in kind.endings:
        return attachment.original_name
    return f"{attachment.original_name}.{kind.endings[0]}"

"""A file reaches a browser as a download; only PDF and pictures are shown, and nothing in them runs."""

import pytest
from django.db import connection
from django.http import FileResponse
from django.test.utils import CaptureQueriesContext

from sangkien.attachments.models import Attachment
from sangkien.attachments.serving import download_name, serve
from tests.factories.attachments import PDF, PNG, attachment, word

pytestmark = pytest.mark.django_db


def body(response: FileResponse) -> bytes:
    content = b"".join(response)  # type: ignore[arg-type]  # a response that is not asynchronous
    response.close()
    return content


def test_a_download_has_its_vietnamese_name_its_type_and_its_bytes() -> None:
    response = serve(attachment(PDF, "Báo cáo “Phường 4”.pdf"))
    assert response["Content-Disposition"] == (
        "attachment; filename*=utf-8''B%C3%A1o%20c%C3%A1o%20%E2%80%9CPh%C6%B0%E1%BB%9Dng%204%E2%80%9D.pdf"
    )
    assert (response["Content-Type"], response["Content-Length"]) == ("application/pdf", str(len(PDF)))
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox; frame-ancestors 'none'"
    assert response["Cache-Control"] == "private, no-store"
    assert body(response) == PDF


@pytest.mark.parametrize(
    ("content", "name", "shown", "sandboxed"),
    [
        (PDF, "a.pdf", True, False),
        (PNG, "a.png", True, True),
        (word("x"), "a.docx", False, True),
        (b"a,b\n", "a.csv", False, True),
    ],
)
def test_only_a_pdf_and_a_picture_are_shown(content: bytes, name: str, shown: bool, sandboxed: bool) -> None:
    response = serve(attachment(content, name), inline=True)
    disposition = response["Content-Disposition"]
    assert disposition == f'{"inline" if shown else "attachment"}; filename="{name}"'
    assert ("sandbox" in response["Content-Security-Policy"]) == sandboxed
    assert "script" not in response["Content-Security-Policy"]
    response.close()


def test_a_name_that_says_something_else_gets_the_ending_of_the_content() -> None:
    assert download_name(attachment(word("x"), "ảnh.jpg")) == "ảnh.jpg.docx"
    assert download_name(attachment(PDF, "báo cáo")) == "báo cáo.pdf"
    assert download_name(attachment(PDF, "báo cáo.PDF")) == "báo cáo.PDF"


def test_a_kind_that_is_no_longer_taken_is_a_bare_download() -> None:
    kept = attachment()
    kept.blob.media_type = "text/html"
    response = serve(kept, inline=True)
    assert (response["Content-Type"], response["Content-Disposition"]) == (
        "application/octet-stream",
        "attachment; filename*=utf-8''b%C3%A1o%20c%C3%A1o.pdf",
    )
    response.close()


def test_serving_costs_no_statement() -> None:
    kept = Attachment.objects.select_related("blob").get(pk=attachment().pk)
    with CaptureQueriesContext(connection) as queries:
        serve(kept).close()
    assert len(queries) == 0

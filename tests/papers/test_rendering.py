"""From blocks to files, once."""

from io import BytesIO

import docx
import pytest
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext

from sangkien.attachments import storage
from sangkien.attachments.models import Attachment
from sangkien.ledger.models import Act
from sangkien.papers import drafting, rendering
from sangkien.papers.models import Form, Paper, PaperFile
from sangkien.papers.refusal import Refused
from sangkien.papers.rendering import render, text_of
from sangkien.papers.verifying import verify
from tests.factories.papers import AT, OFFICER, draft, ready, text

pytestmark = pytest.mark.django_db


def rendered(paper: Paper, form: Form = Form.DOCX) -> list[PaperFile]:
    return render(paper, form, by=OFFICER, at=AT)


def content(file: PaperFile) -> bytes:
    return b"".join(storage.chunks(file.attachment.blob.path))


def test_a_paper_read_back_is_the_one_written() -> None:
    paper = draft()
    drafting.write(paper, text=text("Nội dung"), by=OFFICER, at=AT)
    assert text_of(Paper.objects.get(pk=paper.pk)) == text("Nội dung")


def test_the_word_file_says_what_was_written_under_a_name_that_says_what_it_is() -> None:
    (file,) = rendered(ready(words="Nội dung kế hoạch"))
    assert file.attachment.original_name == "ke-hoach-thuc-hien-mo-hinh-sang-kien-nam-2024.docx"
    assert "Nội dung kế hoạch./." in [each.text for each in docx.Document(BytesIO(content(file))).paragraphs]
    assert list(verify()) == []


@pytest.mark.slow
def test_the_pdf_is_made_and_has_the_same_bytes_for_the_same_text() -> None:
    first = ready(words="Nội dung")
    second = ready(first.issuer_unit, words="Nội dung")
    (one,), (other,) = rendered(first, Form.PDF), rendered(second, Form.PDF)
    assert content(one).startswith(b"%PDF-")
    assert one.attachment.blob == other.attachment.blob


def test_rendering_twice_makes_nothing_new_and_costs_one_statement() -> None:
    paper = ready(words="Nội dung")
    first = rendered(paper)
    acts = Act.objects.count()
    with CaptureQueriesContext(connection) as queries:
        assert rendered(paper) == first
    assert (len(queries), Act.objects.count(), Attachment.objects.count()) == (1, acts, 1)


def test_another_text_is_another_file_and_the_earlier_one_stays() -> None:
    paper = ready(words="Nội dung")
    first = rendered(paper)
    drafting.take_back(paper, by=OFFICER, at=AT, reason="Sửa")
    drafting.write(paper, text=text("Nội dung đã sửa"), by=OFFICER, at=AT)
    assert rendered(paper) != first
    assert paper.files.count() == 2


def test_somebody_else_who_rendered_at_the_same_moment_wins(monkeypatch: pytest.MonkeyPatch) -> None:
    paper = ready(words="Nội dung")
    first = rendered(paper)
    answers = iter([[], first])
    monkeypatch.setattr(rendering, "_rendered", lambda *_: next(answers))
    assert rendered(paper) == first
    assert PaperFile.objects.count() == Attachment.objects.count() == 1


def test_any_other_clash_is_loud(monkeypatch: pytest.MonkeyPatch) -> None:
    paper = ready(words="Nội dung")
    rendered(paper)
    monkeypatch.setattr(rendering, "_rendered", lambda *_: [])
    with pytest.raises(IntegrityError):
        rendered(paper)


def test_what_was_not_written_here_has_no_text() -> None:
    with pytest.raises(Refused, match="không soạn trên chương trình"):
        rendered(ready())


def test_only_our_forms_are_made() -> None:
    with pytest.raises(ValueError, match="not made here"):
        rendered(ready(words="x"), Form.SCAN)


def test_nothing_is_left_in_the_folder_of_uploads(settings: object) -> None:
    rendered(ready(words="Nội dung"))
    folder = settings.FILE_UPLOAD_TEMP_DIR  # type: ignore[attr-defined]  # a setting of ours
    assert [path for path in folder.iterdir() if path.name.startswith("van-ban-")] == []

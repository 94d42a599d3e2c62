"""The child process that sets a part."""

from pathlib import Path

import pytest

from sangkien.documents.blocks import AppendixHeading
from sangkien.documents.papers import appendix
from sangkien.documents.pdf.data import document, section_data
from sangkien.documents.pdf.parts import Cut
from sangkien.documents.typesetting import TypesettingError, typeset, typeset_in_child
from tests.documents import examples

pytestmark = pytest.mark.slow
MADE_AT = 1_790_000_000


def test_the_child_sets_the_same_bytes_as_this_process(tmp_path: Path) -> None:
    paper = appendix(heading=AppendixHeading("Danh sách"), rows=list(examples.rows(3)))
    [part] = Cut(paper).parts()
    data = document(paper, [section_data(part.section, part.elements)])
    target = tmp_path / "phần một.pdf"
    assert typeset_in_child(data, target, made_at=MADE_AT, tagged=True) == []
    assert target.read_bytes() == typeset(data, made_at=MADE_AT, tagged=True)


def test_the_last_words_of_a_child_that_fails_are_told(tmp_path: Path) -> None:
    with pytest.raises(TypesettingError, match="TypstError"):
        typeset_in_child({"sections": None}, tmp_path / "a.pdf", made_at=MADE_AT, tagged=False)


def test_a_folder_of_received_files_is_no_place_to_import_from(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "typst.py").write_text("raise SystemExit('imported from the folder')", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    paper = appendix(heading=AppendixHeading("Danh sách"), rows=[("1",)])
    [part] = Cut(paper).parts()
    data = document(paper, [section_data(part.section, part.elements)])
    typeset_in_child(data, tmp_path / "a.pdf", made_at=MADE_AT, tagged=False)
    assert (tmp_path / "a.pdf").exists()

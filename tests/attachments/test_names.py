"""Names are shown as given, without what could lead elsewhere."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sangkien.attachments.names import NAMELESS, ending_of, tidy_name


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("Báo cáo CCHC (bản cuối) 2024.docx", "Báo cáo CCHC (bản cuối) 2024.docx"),
        (unicodedata.normalize("NFD", "Phường Bến Nghé.pdf"), "Phường Bến Nghé.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\Lan\\báo cáo.pdf", "báo cáo.pdf"),
        ("báo\0 cáo\r\n.pdf", "báo cáo .pdf"),
        ("báo cáo\u202efdp.exe", "báo cáofdp.exe"),
        ("", NAMELESS),
        ("..", NAMELESS),
        ("a/", NAMELESS),
        ("\u200b", NAMELESS),
        ("x" * 300 + ".docx", "x" * 195 + ".docx"),
        ("x." + "y" * 300, "x." + "y" * 198),
    ],
)
def test_a_name_is_tidied(given: str, kept: str) -> None:
    assert tidy_name(given) == kept


@pytest.mark.slow
@given(st.text(max_size=400))
def test_any_name_ends_as_one_line_without_a_path(name: str) -> None:
    tidy = tidy_name(name)
    assert 1 <= len(tidy) <= 200
    assert not set(tidy) & set("/\\\0\n\r\u202e")
    assert unicodedata.is_normalized("NFC", tidy)
    assert tidy_name(tidy) == tidy
    tidy.encode("utf-8")


@pytest.mark.parametrize(
    ("name", "ending"), [("a.PDF", "pdf"), ("a.exe. ", "exe"), ("a", ""), (".pdf", ""), ("a.b.c", "c")]
)
def test_an_ending_is_not_hidden(name: str, ending: str) -> None:
    assert ending_of(name) == ending

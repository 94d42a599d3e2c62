"""List numbers of Word, which are not in the text."""

import pytest

from sangkien.appendix.reading.docx.numbering import roman, written
from sangkien.appendix.reading.source import Paragraph
from tests.appendix.reading.raw_docx import blocks, cell, grid, p, tbl, tc, tr


def level(place: int, style: str, text: str) -> str:
    look = f'<w:start w:val="1"/><w:numFmt w:val="{style}"/><w:lvlText w:val="{text}"/>'
    return f'<w:lvl w:ilvl="{place}">{look}</w:lvl>'


NUMBERING = (
    '<w:abstractNum w:abstractNumId="0">'
    + level(0, "upperRoman", "%1.")
    + level(1, "decimal", "%2.")
    + level(2, "lowerLetter", "%3)")
    + level(3, "decimal", "%2.%4")
    + "</w:abstractNum>"
    + '<w:abstractNum w:abstractNumId="1">'
    + level(0, "bullet", "\uf0b7")
    + "</w:abstractNum>"
    + '<w:abstractNum w:abstractNumId="2">'
    + level(0, "lạ", "Mục %1:")
    + level(1, "none", "")
    + "</w:abstractNum>"
    + '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    + '<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
    + '<w:num w:numId="3"><w:abstractNumId w:val="2"/></w:num>'
    + '<w:num w:numId="4"><w:abstractNumId w:val="0"/>'
    + '<w:lvlOverride w:ilvl="1"><w:startOverride w:val="5"/></w:lvlOverride></w:num>'
)


def item(text: str, number: int = 1, place: int = 0) -> str:
    return p(text, f'<w:numPr><w:ilvl w:val="{place}"/><w:numId w:val="{number}"/></w:numPr>')


def markers(body: str, **parts: str) -> list[str]:
    found = blocks(body, numbering=NUMBERING, **parts)
    return [block.marker for block in found if isinstance(block, Paragraph)]


def test_levels_count_and_begin_anew_under_a_higher_one() -> None:
    body = item("a") + item("b", place=1) + item("c", place=1) + item("d", place=2) + item("e") + item("f", place=1)
    assert markers(body) == ["I.", "1.", "2.", "a)", "II.", "1."]


def test_a_level_may_show_the_ones_above_it() -> None:
    assert markers(item("a", place=1) + item("b", place=3) + item("c", place=3)) == ["1.", "1.1", "1.2"]


def test_every_bullet_is_a_hyphen() -> None:
    assert markers(item("a", 2) + item("b", 2)) == ["-", "-"]


def test_an_unknown_way_to_count_is_arabic_and_none_is_nothing() -> None:
    assert markers(item("a", 3) + item("b", 3, 1)) == ["Mục 1:", ""]


def test_an_override_begins_where_it_says() -> None:
    assert markers(item("a", 4, 1) + item("b", 4, 1)) == ["5.", "6."]


def test_a_list_through_the_style_and_switched_off_again() -> None:
    style = '<w:style w:type="paragraph" w:styleId="L"><w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style>'
    style += '<w:style w:type="paragraph" w:styleId="M"><w:basedOn w:val="L"/></w:style>'
    off = '<w:pStyle w:val="L"/><w:numPr><w:numId w:val="0"/></w:numPr>'
    body = p("a", '<w:pStyle w:val="L"/>') + p("b", '<w:pStyle w:val="M"/>') + p("c", off)
    assert markers(body, styles=style) == ["-", "-", ""]


def test_in_a_cell_the_marker_stands_before_the_text() -> None:
    assert cell(item("Thực trạng", 2) + item("cũ", 1, 1), numbering=NUMBERING).text == "- Thực trạng\n1. cũ"


def test_an_automatic_stt_is_the_text_of_its_cell() -> None:
    rows = [
        tr(tc("<w:p><w:pPr>" + '<w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr></w:pPr></w:p>'), tc(x))
        for x in "ab"
    ]
    assert grid(tbl(*rows), numbering=NUMBERING) == [["1.", "a"], ["2.", "b"]]


def test_lists_without_numbering_xml_have_no_marker() -> None:
    assert [block.marker for block in blocks(item("a")) if isinstance(block, Paragraph)] == [""]


@pytest.mark.parametrize(
    ("style", "number", "text"),
    [
        ("decimal", 12, "12"),
        ("decimalZero", 4, "04"),
        ("lowerLetter", 27, "aa"),
        ("upperLetter", 2, "B"),
        ("lowerRoman", 9, "ix"),
        ("upperRoman", 1994, "MCMXCIV"),
        ("upperRoman", 0, "0"),
        ("lowerLetter", -1, "-1"),
    ],
)
def test_ways_to_count(style: str, number: int, text: str) -> None:
    assert written(style, number) == text


def test_roman_numbers_go_up_to_3999() -> None:
    assert roman(3999) == "MMMCMXCIX"

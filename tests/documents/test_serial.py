"""A paper to text and back."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sangkien.documents import blocks
from sangkien.documents.blocks import Column, Item, Notation, Paper, Paragraph, Run, Section, Table
from sangkien.documents.docx import write_docx
from sangkien.documents.serial import dumps, loads
from sangkien.documents.text import plain
from tests.documents import examples

EXAMPLES = [examples.letter, examples.recognition, examples.plan_appendix, examples.consolidated]

texts = st.text(max_size=20)
clean_texts = texts.map(plain)


def papers(words: st.SearchStrategy[str]) -> st.SearchStrategy[Paper]:
    """Papers of every kind of block."""
    lines = st.lists(words, max_size=3).map(tuple)
    runs = st.builds(Run, words, st.booleans(), st.booleans())
    text = st.one_of(words, st.lists(runs, min_size=1, max_size=3).map(tuple))
    leaf = st.builds(Item, text, st.just(()), st.booleans())
    items = st.lists(st.builds(Item, text, st.lists(leaf, max_size=2).map(tuple), st.booleans()), max_size=2).map(tuple)
    header = st.builds(
        blocks.Header, lines, lines, st.none() | st.builds(Notation, words, st.none() | st.integers(1, 999)),
        st.none() | words, st.none() | st.dates(), st.none() | words, st.none() | st.sampled_from(["KHẨN", "HỎA TỐC"]),
    )  # fmt: skip
    widths = st.floats(1, 300, allow_nan=False)
    columns = st.lists(st.builds(Column, words, widths, st.sampled_from(["left", "center"])), max_size=3).map(tuple)
    rows = st.lists(lines, max_size=3).map(tuple)
    block = st.one_of(
        header,
        st.builds(blocks.KindAndSummary, words, words),
        st.builds(blocks.AuthorityLine, words),
        st.builds(blocks.LegalBases, lines),
        st.just(blocks.DecisionWord()),
        st.builds(blocks.Recipients, lines),
        st.builds(Paragraph, text),
        st.builds(blocks.Division, st.sampled_from(["Phần", "Mục"]), st.integers(1, 20), words),
        st.builds(blocks.Outline, items),
        st.builds(blocks.Article, st.integers(1, 20), text, items, st.booleans()),
        st.builds(blocks.Heading, words),
        st.builds(blocks.Dashes, st.lists(text, max_size=2).map(tuple), st.booleans()),
        st.builds(blocks.Note, words),
        st.builds(Table, columns, rows, st.booleans()),
        st.builds(blocks.SignatureBlock, lines, words, lines),
        st.builds(blocks.Signatures, st.tuples(*[st.builds(blocks.SignatureBlock, lines, words)] * 2)),
        st.builds(blocks.DistributionList, lines),
        st.builds(blocks.AppendixHeading, words, st.none() | words, st.none() | st.integers(1, 9), st.booleans(),
                  st.none() | header, st.none() | st.integers(1, 9)),
    )  # fmt: skip
    section = st.builds(Section, st.lists(block, max_size=4).map(tuple), st.booleans())
    moments = st.datetimes(timezones=st.just(UTC))
    return st.builds(Paper, words, st.lists(section, max_size=2).map(tuple), words, st.none() | moments)


@given(papers(clean_texts))
@settings(max_examples=150)
def test_what_is_read_back_is_the_same_paper(paper: Paper) -> None:
    assert loads(dumps(paper)) == paper


@given(papers(texts))
@settings(max_examples=100)
def test_any_text_is_cleaned_once_and_then_stays(paper: Paper) -> None:
    text = dumps(paper)
    text.encode("utf-8")
    assert "\0" not in text
    assert dumps(loads(text)) == text


def test_every_block_can_be_told() -> None:
    """A block added to the model must be added here too."""
    shapes = {shape for shape in vars(blocks).values() if hasattr(shape, "__dataclass_fields__")}
    told = {type(each) for each in _parts(_whole())}
    assert told == shapes


@pytest.mark.parametrize("make", EXAMPLES)
def test_the_paper_read_back_prints_the_same_bytes(make: Callable[[], Paper]) -> None:
    before, after = BytesIO(), BytesIO()
    write_docx(make(), before)
    write_docx(loads(dumps(make())), after)
    assert before.getvalue() == after.getvalue()


def test_the_text_is_canonical() -> None:
    paper = Paper("Tờ trình", (Section((Paragraph("a\r\nb\0"),)),), made_at=examples.MADE_AT)
    assert dumps(paper) == (
        '{"author":"","block":"Paper","language":"vi-VN","made_at":"2026-09-14T08:30:00.000000+00:00","sections":'
        '[{"block":"Section","blocks":[{"block":"Paragraph","text":"a\\nb"}],"landscape":false}],"title":"Tờ trình"}'
    )


def test_the_same_moment_and_the_same_width_have_one_text() -> None:
    here = examples.MADE_AT.astimezone(timezone(timedelta(hours=7)))
    wide, other = (
        Paper("", (Section((Table((Column("STT", width),), rows),)),), made_at=at)
        for width, rows, at in ((10, [["1"]], here), (10.0, iter([("1",)]), examples.MADE_AT))
    )
    assert dumps(wide) == dumps(other)


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="a moment without a zone"):
        dumps(Paper("", (), made_at=datetime(2026, 1, 1)))  # noqa: DTZ001 - that is the point


@pytest.mark.parametrize(
    "text", ["", "[]", "null", "1", '{"title":"x"}', '{"block":"os.system"}', '{"block":"Run","text":"x"}', "{",
             '{"block":"Paper","title":"x","sections":[],"more":1}'],
)  # fmt: skip
def test_a_text_that_is_no_paper_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"not the text of a paper|Expecting"):
        loads(text)


def _whole() -> Paper:
    parts = (
        blocks.Header(("a",), notation=Notation("KH"), dated=date(2024, 1, 1)), blocks.KindAndSummary("", ""),
        blocks.AuthorityLine(""), blocks.LegalBases(()), blocks.DecisionWord(), blocks.Recipients(()),
        Paragraph((Run("x"),)), blocks.Division("Mục", 1, ""), blocks.Outline((Item("x"),)), blocks.Article(1, ""),
        blocks.Heading(""), blocks.Dashes(()), blocks.Note(""), Table((Column("", 1),), ()),
        blocks.SignatureBlock((), ""), blocks.Signatures(()), blocks.DistributionList(()), blocks.AppendixHeading(""),
    )  # fmt: skip
    paper = Paper("", (Section(parts),))
    assert loads(dumps(paper)) == replace(paper)
    return paper


def _parts(value: Any) -> list[Any]:
    if isinstance(value, tuple):
        return [part for each in value for part in _parts(each)]
    if not hasattr(value, "__dataclass_fields__"):
        return []
    return [value, *(part for name in value.__dataclass_fields__ for part in _parts(getattr(value, name)))]

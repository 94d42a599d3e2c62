"""The papers that the programme needs, put together from blocks: official letter, decision, appendix."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from sangkien.documents.blocks import (
    AppendixHeading,
    Article,
    AuthorityLine,
    Block,
    Column,
    Dashes,
    DecisionWord,
    Header,
    Heading,
    Item,
    KindAndSummary,
    LegalBases,
    Note,
    Outline,
    Paper,
    Paragraph,
    Recipients,
    Run,
    Section,
    SignatureBlock,
    Table,
    Text,
)
from sangkien.documents.wording import ended

# The form of the plan on a landscape page: 252 mm of text width
FORM_COLUMNS = (
    Column("STT", 10, "center"),
    Column("Đơn vị thực hiện", 30),
    Column("Tên mô hình, giải pháp, sáng kiến", 40),
    Column("Lĩnh vực cải cách hành chính", 28),
    Column("Mô tả về công trình/ giải pháp/ đề tài", 125, "justify"),
    Column("Ghi chú", 19),
)


def official_letter(
    *,
    title: str,
    header: Header,
    to: Sequence[str],
    body: Sequence[Block],
    signature: SignatureBlock,
    attached: Sequence[Section] = (),
    made_at: datetime | None = None,
) -> Paper:
    """Công văn (mẫu 1.5): no kind; the "V/v" stands in ``header.subject``. The text is closed by "./."."""
    blocks = (header, Recipients(tuple(to)), *closed(body), signature)
    return _paper(title, header, (Section(blocks), *attached), made_at)


def decision(
    *,
    title: str,
    header: Header,
    summary: str,
    authority: str,
    bases: Sequence[str],
    articles: Sequence[Article],
    signature: SignatureBlock,
    attached: Sequence[Section] = (),
    made_at: datetime | None = None,
) -> Paper:
    """Quyết định cá biệt (mẫu 1.2), with its appendices. The last article is closed by "./."."""
    blocks = (
        header,
        KindAndSummary("Quyết định", summary),
        AuthorityLine(authority),
        LegalBases(tuple(bases)),
        DecisionWord(),
        *closed(articles),
        signature,
    )
    return _paper(title, header, (Section(blocks), *attached), made_at)


def appendix_section(
    *,
    heading: AppendixHeading,
    rows: Iterable[Sequence[str]],
    columns: Sequence[Column] = FORM_COLUMNS,
    small: bool = False,
    end: Sequence[Block] = (),
) -> Section:
    """A landscape appendix of one table; ``rows`` may be a stream. ``end`` stands below the table."""
    return Section((heading, Table(tuple(columns), rows, small=small), *end), landscape=True)


def appendix(
    *,
    heading: AppendixHeading,
    rows: Iterable[Sequence[str]],
    columns: Sequence[Column] = FORM_COLUMNS,
    small: bool = False,
    end: Sequence[Block] = (),
    author: str = "",
    made_at: datetime | None = None,
) -> Paper:
    """An appendix in a file of its own (mẫu 2.2)."""
    section = appendix_section(heading=heading, rows=rows, columns=columns, small=small, end=end)
    return Paper(title=heading.title, sections=(section,), author=author, made_at=made_at)


def unread_files(refused: Sequence[tuple[str, str]]) -> tuple[Block, ...]:
    """The end part "Những tệp chưa đọc được": each file with the reason, nothing when every file was read."""
    if not refused:
        return ()
    lines = tuple((Run(name, bold=True), Run(f": {reason}")) for name, reason in refused)
    return (Heading("Những tệp chưa đọc được"), Dashes(lines))


def source_note(text: str) -> Note:
    """The last line of a consolidated paper: where its rows come from."""
    return Note(f"Nguồn: {text}")


def closed(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks of a text, the last words of which are followed by "./."."""
    *before, last = blocks
    match last:
        case Paragraph(text):
            return (*before, Paragraph(_closed_text(text)))
        case Article(clauses=()):
            return (*before, replace(last, text=_closed_text(last.text)))
        case Article():
            return (*before, replace(last, clauses=_closed_items(last.clauses)))
        case Outline(items):
            return (*before, Outline(_closed_items(items)))
        case Dashes(lines):
            return (*before, replace(last, lines=(*lines[:-1], _closed_text(lines[-1]))))
    return tuple(blocks)


def _closed_items(items: tuple[Item, ...]) -> tuple[Item, ...]:
    *before, last = items
    if last.children:
        return (*before, replace(last, children=_closed_items(last.children)))
    return (*before, replace(last, text=_closed_text(last.text)))


def _closed_text(text: Text) -> Text:
    if isinstance(text, str):
        return ended(text)
    return (*text[:-1], replace(text[-1], text=ended(text[-1].text)))


def _paper(title: str, header: Header, sections: tuple[Section, ...], made_at: datetime | None) -> Paper:
    return Paper(title=title, sections=sections, author=" ".join(header.body), made_at=made_at)

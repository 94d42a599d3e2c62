"""An administrative paper as blocks: what it says, in the words of Nghị định 30/2020/NĐ-CP, never how it looks.

Texts are plain strings of a user, never markup. Where a block takes ``Text``, a tuple of ``Run`` sets words in bold or
italic. A newline in a title is a line break of its author.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal


@dataclass(frozen=True, slots=True)
class Run:
    """Words set alike inside a paragraph."""

    text: str
    bold: bool = False
    italic: bool = False


Text = str | tuple[Run, ...]
Urgency = Literal["KHẨN", "THƯỢNG KHẨN", "HỎA TỐC"]


@dataclass(frozen=True, slots=True)
class Notation:
    """Số, ký hiệu: ``Notation("QĐ-UBND")`` leaves room for the number that the registry gives."""

    symbol: str
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Header:
    """The bodies on the left, the national name and motto on the right, then number, place and date.

    ``body`` and ``superior`` are lines. ``dated=None`` with a place leaves day and month open. A paper without notation
    and place (biên bản, the plan's own appendix) has only the first row. ``subject`` is the "V/v" of a công văn.
    """

    body: tuple[str, ...]
    superior: tuple[str, ...] = ()
    notation: Notation | None = None
    place: str | None = None
    dated: date | None = None
    subject: str | None = None
    urgency: Urgency | None = None


@dataclass(frozen=True, slots=True)
class KindAndSummary:
    """Tên loại và trích yếu, with the rule below the summary."""

    kind: str
    summary: str


@dataclass(frozen=True, slots=True)
class AuthorityLine:
    """The office of the head, or the name of the collective, above the bases of a decision."""

    text: str


@dataclass(frozen=True, slots=True)
class LegalBases:
    """Căn cứ, one a line; the marks at the ends are set by the writer (";", the last one ".")."""

    bases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DecisionWord:
    """The line "QUYẾT ĐỊNH:"."""

    word: str = "QUYẾT ĐỊNH:"


@dataclass(frozen=True, slots=True)
class Recipients:
    """Kính gửi: one on the same line; several, each on a line of its own."""

    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of the body. Its newlines start further paragraphs."""

    text: Text


@dataclass(frozen=True, slots=True)
class Division:
    """Phần, Chương (Roman), Mục, Tiểu mục (Arabic): word and number on one line, the title in capitals below."""

    level: Literal["Phần", "Chương", "Mục", "Tiểu mục"]
    number: int
    title: str


@dataclass(frozen=True, slots=True)
class Item:
    """One point of an outline with what stands below it. A titled item has a line of its own and is bold."""

    text: Text
    children: tuple["Item", ...] = ()
    titled: bool = False


@dataclass(frozen=True, slots=True)
class Outline:
    """I. (capitals, bold) → 1. → a) in the order of the Vietnamese alphabet."""

    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Article:
    """Điều: "Điều 1." in bold, then the text; ``clauses`` are khoản (1.) whose children are điểm (a)."""

    number: int
    text: Text
    clauses: tuple[Item, ...] = ()
    titled: bool = False


@dataclass(frozen=True, slots=True)
class Heading:
    """A bold line of its own in the body, such as the head of an end part."""

    text: str


@dataclass(frozen=True, slots=True)
class Dashes:
    """A list of lines that begin with "- "; a ``small`` one is for long lists below a table."""

    lines: tuple[Text, ...]
    small: bool = False


@dataclass(frozen=True, slots=True)
class Note:
    """A small italic line at the end, such as "Nguồn: …"."""

    text: str


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table; ``align`` is of its cells, headings are centred."""

    heading: str
    width_mm: float
    align: Literal["left", "center", "justify"] = "left"


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cell texts under a heading that is repeated on every page.

    ``rows`` may be a stream: it is read once by each writer and never held whole. A newline in a cell starts a
    paragraph. A row shorter than ``columns`` is filled with empty cells; a longer one is refused (``ValueError``).
    """

    columns: tuple[Column, ...]
    rows: Iterable[Sequence[str]]
    small: bool = False


@dataclass(frozen=True, slots=True)
class SignatureBlock:
    """Quyền hạn, chức vụ and name on the right; "Nơi nhận" on the left, level with the first line.

    ``office`` holds lines as they stand: ("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"). ``distribution`` holds the lines of "Nơi
    nhận" without dash and end mark; the last one is the file copy, "Lưu: VT, VHXH".
    """

    office: tuple[str, ...]
    name: str
    distribution: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Signatures:
    """The parties of a biên bản side by side, each with its word above and its name below; no "Nơi nhận"."""

    parties: tuple[SignatureBlock, ...]


@dataclass(frozen=True, slots=True)
class DistributionList:
    """ "Nơi nhận" by itself, as after the two signatures of a biên bản."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AppendixHeading:
    """The word "Phụ lục", its title and "(Kèm theo …)".

    ``number=None`` for the only appendix. ``plan_heading`` reproduces the heading that plans of people's committees
    use: the national header above (``header``) and the title in sentence case. ``volume`` is set by the PDF writer.
    """

    title: str
    attached_to: str | None = None
    number: int | None = None
    plan_heading: bool = False
    header: Header | None = None
    volume: int | None = None


Block = (
    Header
    | KindAndSummary
    | AuthorityLine
    | LegalBases
    | DecisionWord
    | Recipients
    | Paragraph
    | Division
    | Outline
    | Article
    | Heading
    | Dashes
    | Note
    | Table
    | SignatureBlock
    | Signatures
    | DistributionList
    | AppendixHeading
)


@dataclass(frozen=True, slots=True)
class Section:
    """Pages of one orientation, numbered from 1 with the first number not shown."""

    blocks: tuple[Block, ...]
    landscape: bool = False


@dataclass(frozen=True, slots=True)
class Paper:
    """A whole paper. ``title``, ``author`` and ``made_at`` go into the properties of the file.

    With ``made_at`` the same paper always gives the same bytes. Without it a .docx carries no time at all, and a PDF,
    which must have one, that of writing.
    """

    title: str
    sections: tuple[Section, ...]
    author: str = ""
    made_at: datetime | None = None
    language: str = "vi-VN"

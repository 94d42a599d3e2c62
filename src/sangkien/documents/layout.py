"""Blocks → the few elements that a writer must know: a line of text, a rule, a red box, a row of columns, a table.

Everything that the decree asks of a block is decided here, once, so that the .docx and the PDF cannot differ.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from sangkien.documents import styles, tokens
from sangkien.documents.advances import balanced, face, last_line_width
from sangkien.documents.blocks import (
    AppendixHeading,
    Article,
    AuthorityLine,
    Block,
    Dashes,
    DecisionWord,
    DistributionList,
    Division,
    Header,
    Heading,
    Item,
    KindAndSummary,
    LegalBases,
    Note,
    Outline,
    Paragraph,
    Recipients,
    Run,
    Section,
    SignatureBlock,
    Signatures,
    Table,
    Text,
)
from sangkien.documents.styles import Style
from sangkien.documents.text import one_line, plain
from sangkien.documents.wording import article_word, capitals, date_line, end_marks, notation_line, point_letter, roman

_FIRST_LINE = tokens.FIRST_LINE_MM * tokens.MM_PT
_ROUNDING = 0.1  # points that a width may lose on its way through twips


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph in one style. ``runs`` add bold or italic to what the style has; a newline breaks the line."""

    style: Style
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line of ``length`` in the middle of a column of ``room`` points."""

    length: float
    room: float


@dataclass(frozen=True, slots=True)
class Box:
    """A red box of ``width`` in the middle of a column of ``room`` points, with one line of capitals."""

    text: str
    width: float
    room: float


@dataclass(frozen=True, slots=True)
class Columns:
    """Rows of borderless columns (header, signature); ``widths`` in points; never broken over two pages."""

    widths: tuple[float, ...]
    rows: tuple[tuple[tuple[Line | Rule | Box, ...], ...], ...]


Element = Line | Rule | Box | Columns | Table | AppendixHeading


def elements(section: Section) -> Iterator[Element]:
    """The elements of a section, in order. An ``AppendixHeading`` is handed through: a writer of volumes names the
    volume in it and calls ``appendix_heading``. What stands above a signature is kept on its page."""
    room = text_width(section)
    waiting: Element | None = None
    for block in section.blocks:
        for element in _elements(block, room):
            if isinstance(element, Columns) and isinstance(waiting, Line):
                waiting = replace(waiting, style=replace(waiting.style, keep_next=True))
            if waiting is not None:
                yield waiting
            waiting = element
    if waiting is not None:
        yield waiting


def text_width(section: Section) -> float:
    """The width of the text area in points."""
    paper = tokens.PAPER_LONG_MM if section.landscape else tokens.PAPER_SHORT_MM
    return (paper - tokens.LEFT_MM - tokens.RIGHT_MM) * tokens.MM_PT


def appendix_heading(heading: AppendixHeading, room: float) -> Iterator[Line | Rule | Columns]:
    """Phụ lục I, mục III.1 of the decree; ``room`` is the width of the text area in points."""
    if heading.plan_heading and heading.header:
        yield _header(heading.header, room)
    word = styles.APPENDIX_WORD
    if heading.plan_heading and heading.header:
        word = replace(word, before=tokens.KIND_BEFORE_PT)
    number = f" {roman(heading.number)}" if heading.number else ""
    volume = f" - Tập {heading.volume}" if heading.volume else ""
    yield _line(word, f"{tokens.APPENDIX_WORD}{number}{volume}")
    title = plain(heading.title) if heading.plan_heading else capitals(heading.title)
    yield _line(styles.APPENDIX_TITLE, _even(title, styles.APPENDIX_TITLE, room))
    last, last_style = title, styles.APPENDIX_TITLE
    if heading.attached_to:
        last, last_style = f"({plain(heading.attached_to)})", styles.APPENDIX_ATTACHED
        yield _line(last_style, last)
    yield _rule_below(last, last_style, tokens.RULE_SHARE_SUMMARY, room)


def _elements(block: Block, room: float) -> Iterator[Element]:  # noqa: C901 – one case for each block, nothing else
    match block:
        case Header():
            yield _header(block, room)
        case KindAndSummary():
            yield from _kind_and_summary(block, room)
        case AuthorityLine(text):
            yield _line(styles.AUTHORITY, capitals(text))
        case LegalBases(bases):
            yield from (_line(styles.BASIS, basis) for basis in end_marks(bases))
        case DecisionWord(word):
            yield _line(styles.DECISION_WORD, word)
        case Recipients(names):
            yield from _recipients(names, room)
        case Paragraph(text):
            yield from _paragraphs(styles.BODY, text)
        case Division():
            yield from _division(block, room)
        case Outline(items):
            yield from _outline(items, depth=0)
        case Article():
            yield from _article(block)
        case Heading(text):
            yield _line(styles.ITEM_TITLE, text)
        case Dashes():
            yield from _dashes(block)
        case Note(text):
            yield from _paragraphs(styles.NOTE, text)
        case SignatureBlock():
            yield _signature(block, room)
        case Signatures(parties):
            width = room / len(parties)
            yield Columns((width,) * len(parties), (tuple(_lowered(_signer(each)) for each in parties),))
        case DistributionList(lines):
            yield from _distribution(lines)
        case Table() | AppendixHeading():
            yield block


def _header(header: Header, room: float) -> Columns:
    right = _right_of_header(header, room)
    left = room - right
    bodies = [_even_line(styles.SUPERIOR, capitals(name), left) for name in header.superior]
    names = [_even_line(styles.BODY_NAME, capitals(name), left) for name in header.body]
    body_rule = _rule_below(names[-1].runs[0].text, styles.BODY_NAME, tokens.RULE_SHARE_BODY, left)
    nation = (
        _line(styles.NATIONAL_NAME, tokens.NATIONAL_NAME),
        _line(styles.MOTTO, tokens.MOTTO),
        _rule_below(tokens.MOTTO, styles.MOTTO, 1, right),
    )
    rows: list[tuple[tuple[Line | Rule | Box, ...], ...]] = [((*bodies, *names, body_rule), nation)]
    below = _below_the_bodies(header, left)
    if below or header.place:
        rows.append((below, _place_and_date(header, right)))
    return Columns((left, right), tuple(rows))


def _right_of_header(header: Header, room: float) -> float:
    """The width of the right column: a little more than usual where place and date would not fit in one line."""
    width = room * tokens.HEADER_RIGHT_MM / (tokens.HEADER_LEFT_MM + tokens.HEADER_RIGHT_MM)
    if not header.place:
        return width
    needed = face(italic=True).width(date_line(header.place, header.dated), tokens.PLACE_DATE_TIGHT_PT) + 1
    return max(width, min(needed, tokens.HEADER_RIGHT_MOST_MM * tokens.MM_PT))


def _below_the_bodies(header: Header, room: float) -> tuple[Line | Rule | Box, ...]:
    below: list[Line | Rule | Box] = []
    if header.notation:
        below.append(_line(styles.NUMBER, notation_line(header.notation)))
    if header.subject:
        below.append(_even_line(styles.SUBJECT, f"V/v {one_line(header.subject)}", room))
    if header.urgency:
        below.append(Box(header.urgency, tokens.URGENCY_WIDTH_MM[header.urgency] * tokens.MM_PT, room))
    return tuple(below)


def _place_and_date(header: Header, room: float) -> tuple[Line, ...]:
    if not header.place:
        return ()
    text = date_line(header.place, header.dated)
    wide = face(italic=True).width(text, tokens.PLACE_DATE_PT) > room
    return (_line(styles.PLACE_DATE_TIGHT if wide else styles.PLACE_DATE, text),)


def _kind_and_summary(block: KindAndSummary, room: float) -> Iterator[Line | Rule]:
    yield _line(styles.KIND, capitals(block.kind))
    summary = _even(plain(block.summary), styles.SUMMARY, room)
    yield _line(styles.SUMMARY, summary)
    yield _rule_below(summary, styles.SUMMARY, tokens.RULE_SHARE_SUMMARY, room)


def _recipients(names: tuple[str, ...], room: float) -> Iterator[Line]:
    label = "Kính gửi:"
    if len(names) == 1:
        yield _even_line(styles.RECIPIENTS, f"{label} {one_line(names[0])}", room)
        return
    marked = [f"- {name}" for name in end_marks(names)]
    cut, size = face(), styles.RECIPIENT.size
    label_width, dash = cut.width(label, size), cut.width("- ", size)
    widest = max(cut.width(name, size) for name in marked)
    left = max(_FIRST_LINE, (room - label_width - widest) / 2)
    yield _line(replace(styles.RECIPIENTS, align="left", left=left), label)
    hanging = replace(styles.RECIPIENT, left=left + label_width + dash, hanging=dash)
    yield from (_line(hanging, name) for name in marked)


def _dashes(block: Dashes) -> Iterator[Line]:
    dash = face().width("- ", styles.SMALL_LIST.size)
    hanging = _FIRST_LINE + dash
    style = replace(styles.SMALL_LIST, left=hanging, hanging=dash) if block.small else styles.BODY
    for index, text in enumerate(block.lines):
        above = tokens.NOTE_BEFORE_PT if block.small and not index else style.before
        yield Line(replace(style, before=above), (Run("- "), *_runs(text)))


def _division(block: Division, room: float) -> Iterator[Line]:
    number = roman(block.number) if block.level in ("Phần", "Chương") else str(block.number)
    yield _line(styles.DIVISION, f"{block.level} {number}")
    yield _line(styles.DIVISION_TITLE, _even(capitals(block.title), styles.DIVISION_TITLE, room))


def _outline(items: tuple[Item, ...], *, depth: int) -> Iterator[Line]:
    for index, item in enumerate(items, 1):
        label = (f"{roman(index)}. ", f"{index}. ", f"{point_letter(index)}) ")[min(depth, 2)]
        runs = _runs(item.text)
        if depth == 0:
            runs = tuple(replace(run, text=capitals(run.text)) for run in runs)
        style = styles.ITEM_TITLE if depth == 0 or item.titled else styles.BODY
        yield from _paragraphs(style, (Run(label), *runs))
        yield from _outline(item.children, depth=depth + 1)


def _article(block: Article) -> Iterator[Line]:
    runs = _runs(block.text)
    if block.titled:
        runs = tuple(replace(run, bold=True) for run in runs)
    style = replace(styles.ARTICLE, keep_next=True) if block.titled else styles.ARTICLE
    yield from _paragraphs(style, (Run(article_word(block.number), bold=True), Run(" "), *runs), then=styles.BODY)
    yield from _outline(block.clauses, depth=1)


def _signature(block: SignatureBlock, room: float) -> Columns:
    left = room * tokens.SIGNATURE_LEFT_MM / (tokens.SIGNATURE_LEFT_MM + tokens.SIGNATURE_RIGHT_MM)
    signer = _signer(block)
    listed = tuple(_distribution(block.distribution)) if block.distribution else ()
    return Columns((left, room - left), ((_lowered(listed), _lowered(signer)),))


def _signer(block: SignatureBlock) -> tuple[Line, ...]:
    return (
        *(_line(styles.SIGNATURE_OFFICE, capitals(line)) for line in block.office),
        _line(styles.SIGNATURE_NAME, one_line(block.name)),
    )


def _lowered(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """The block stands a little below the text: in both columns, so that "Nơi nhận" stays level with the office."""
    if not lines:
        return ()
    first = lines[0]
    return (replace(first, style=replace(first.style, before=tokens.SIGNATURE_BEFORE_PT)), *lines[1:])


def _distribution(lines: tuple[str, ...]) -> Iterator[Line]:
    dash = face().width("- ", styles.DISTRIBUTION.size)
    hanging = replace(styles.DISTRIBUTION, left=dash, hanging=dash)
    yield _line(styles.DISTRIBUTION_WORD, "Nơi nhận:")
    yield from (_line(hanging, f"- {line}") for line in end_marks(lines))


def _paragraphs(style: Style, text: Text, *, then: Style | None = None) -> Iterator[Line]:
    """One ``Line`` for each line of the text; the lines after the first take the style ``then``."""
    current: list[Run] = []
    for run in _runs(text):
        first, *further = run.text.split("\n")
        current.append(replace(run, text=first))
        for part in further:
            yield Line(style, tuple(current))
            style, current = then or style, [replace(run, text=part)]
    yield Line(style, tuple(current))


def _line(style: Style, text: str) -> Line:
    return Line(style, (Run(plain(text)),))


def _even_line(style: Style, text: str, room: float) -> Line:
    return _line(style, balanced(plain(text), style.size, room - _ROUNDING, bold=style.bold))


def _runs(text: Text) -> tuple[Run, ...]:
    runs = (Run(text),) if isinstance(text, str) else text
    return tuple(replace(run, text=plain(run.text)) for run in runs)


def _even(text: str, style: Style, room: float) -> str:
    landscape = room > tokens.PAPER_SHORT_MM * tokens.MM_PT
    limit = (tokens.LANDSCAPE_BALANCED_MM if landscape else tokens.BALANCED_MM) * tokens.MM_PT
    return balanced(text, style.size, limit, bold=style.bold)


def _rule_below(text: str, style: Style, share: float, room: float) -> Rule:
    return Rule(share * last_line_width(text, style.size, room, bold=style.bold), room)

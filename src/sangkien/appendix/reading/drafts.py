"""A solution while it is being gathered from cells, and the finished ``ReadInitiative`` it becomes."""

import re
from dataclasses import dataclass, field

from sangkien.appendix.columns import COLUMN_NAMES, PARTS, Column
from sangkien.appendix.fields import recognise as recognise_field
from sangkien.appendix.model import ReadInitiative
from sangkien.appendix.reading.labels import Description, find_label, named_line, split_description
from sangkien.appendix.reading.tidy import clean, is_blank, lines, one_line, quote, tidy

_DITTO = re.compile(r"[-–(]*\s*(?:nt|n/t|như trên|nhu tren|tương tự|như dòng trên)\s*[-–).]*|[\"”“'’]{1,4}|//")
_BULLET = re.compile(r"^(?:[-+•*–]\s*|\d{1,2}[.)]\s+)")
_THING = re.compile(
    r"^(?:tên|(?:tên\s+)?(?:mô\s*hình|giải\s*pháp|sáng\s*kiến|cách\s*làm(?:\s*hay)?))\s*:\s*", re.IGNORECASE
)
_NUMBERED = re.compile(r"\d\s*[.)/]\s*\D")
_LABELS = 2  # of a description inside the cell of the title
_LONGEST_TITLE = 250
_STT = re.compile(r"\(?0*(\d{1,6})(?:\.0+)?\)?[.)/]?")


@dataclass(slots=True)
class Draft:
    """Raw texts by column. ``place`` says where in the file ("Dòng 5"), ``extras`` are columns outside the form."""

    place: str
    texts: dict[Column, list[str]] = field(default_factory=dict)
    extras: list[tuple[str, str]] = field(default_factory=list)
    source: list[tuple[str, str]] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    bold_starts: tuple[int, ...] = ()

    def add(self, column: Column, heading: str, text: str, bold_starts: tuple[int, ...] = ()) -> None:
        """Add a cell's text; a second text of the same column goes below the first."""
        if not text.strip():
            return
        heading = heading or COLUMN_NAMES.get(column, "")
        self.source.append((heading, text))
        if column is Column.OTHER:
            if not is_blank(text):
                self.extras.append((heading, text))
            return
        texts = self.texts.setdefault(column, [])
        if column is Column.DESCRIPTION and not texts:
            self.bold_starts = bold_starts
        texts.append(text)

    def warn(self, sentence: str) -> None:
        """A warning of this solution, led by its place in the file."""
        first, rest = sentence[:1], sentence[1:]
        self.warnings.append(f"{self.place}: {first.lower()}{rest}" if self.place else f"{first.upper()}{rest}")

    def text(self, column: Column) -> str:
        """The raw text of a column, '' when nothing but dots and dashes stands there."""
        text = "\n".join(self.texts.get(column, ()))
        return "" if is_blank(text) else text


@dataclass(slots=True)
class Surroundings:
    """What the table and the file say about a solution that does not say it itself. ``unit_from`` explains the unit."""

    unit: str = ""
    unit_from: str = ""
    field: str = ""
    field_above: str = ""


def finish(draft: Draft, around: Surroundings) -> ReadInitiative | None:
    """The solution, or ``None`` when the row is a form left empty (only a number, a unit, labels without text)."""
    _take_named_lines(draft)
    _take_description_from_title(draft)
    _take_line_over_labels(draft)
    parts = _parts(draft)
    title = one_line(draft.text(Column.TITLE))
    if not title and not parts.parts:
        return None
    for warning in parts.warnings:
        draft.warn(f"{warning}.")
    unit = _unit(draft, around)
    if not title:
        draft.warn("chưa thấy tên giải pháp.")
    elif [row[:1] for row in lines(draft.text(Column.TITLE)) if _NUMBERED.match(row)][:2] == ["1", "2"]:
        draft.warn("ô tên giải pháp ghi nhiều giải pháp. Bạn xem và tách mỗi giải pháp thành một dòng.")
    field_raw, codes = _fields(draft, around)
    return ReadInitiative(
        stt=_stt(draft.text(Column.STT)),
        unit=unit,
        title=title or None,
        fields=codes,
        field_raw=field_raw,
        situation=parts.parts.get(Column.SITUATION),
        content=parts.parts.get(Column.CONTENT),
        effectiveness=parts.parts.get(Column.EFFECTIVENESS),
        novelty=parts.parts.get(Column.NOVELTY),
        limitations=parts.parts.get(Column.LIMITATIONS),
        note=_note(draft),
        warnings=tuple(draft.warnings),
        source=tuple(draft.source),
    )


def _take_named_lines(draft: Draft) -> None:
    """ "Tên giải pháp: …", "Đơn vị: …", "Lĩnh vực: …" as lines of the description, where the row has no such text."""
    missing = {column for column in (Column.UNIT, Column.TITLE, Column.FIELD) if not draft.text(column)}
    told = draft.texts.get(Column.DESCRIPTION) or draft.texts.get(Column.CONTENT)
    if not missing or not told or not any(":" in text for text in told):
        return
    for number, text in enumerate(told):
        kept: list[str] = []
        for line in text.splitlines():
            named = named_line(line)
            if named and named[0] in missing:
                missing.discard(named[0])
                draft.texts[named[0]] = [named[1]]
                draft.warn(f"{named[0].label} được lấy từ phần mô tả: {quote(line)}.")
            else:
                kept.append(line)
        if len(kept) < len(text.splitlines()):
            told[number] = "\n".join(kept)
            draft.bold_starts = ()


def _take_description_from_title(draft: Draft) -> None:
    """ "Tên và mô tả giải pháp" in one column: what stands from the first of several labels on is the description."""
    told = draft.texts.get(Column.TITLE)
    if not told or draft.texts.keys() & {Column.DESCRIPTION, *PARTS}:
        return
    rows = "\n".join(told).split("\n")
    labels = [(place, find_label(one_line(row))) for place, row in enumerate(rows)]
    starts = [place for place, label in labels if label and label.strong]
    if len(starts) < _LABELS:
        return
    draft.texts[Column.TITLE] = [_THING.sub("", one_line("\n".join(rows[: starts[0]])))]
    draft.texts[Column.DESCRIPTION] = ["\n".join(rows[starts[0] :])]
    draft.warn("phần mô tả nằm trong ô tên giải pháp, đã được tách ra.")


def _take_line_over_labels(draft: Draft) -> None:
    """The one line above the first label of a description is the title, where the row has no other."""
    told = draft.texts.get(Column.DESCRIPTION)
    if not told or draft.text(Column.TITLE):
        return
    first, _, rest = told[0].partition("\n")
    title = _THING.sub("", one_line(first))
    below = lines(rest)
    if is_blank(title) or len(title) > _LONGEST_TITLE or not below or find_label(one_line(first)):
        return
    label = find_label(below[0])
    if label is None or not label.strong:
        return
    draft.texts[Column.TITLE] = [title]
    told[0] = rest
    draft.bold_starts = tuple(start - len(first) - 1 for start in draft.bold_starts if start > len(first))
    draft.warn(f"tên giải pháp được lấy từ dòng đầu của phần mô tả: {quote(title)}.")


def _stt(text: str) -> str | None:
    words = one_line(text)
    match = _STT.fullmatch(words)
    return match.group(1) if match else words.rstrip(".") or None


def _unit(draft: Draft, around: Surroundings) -> str | None:
    units = [unit for text in draft.texts.get(Column.UNIT, ()) if not is_blank(text) for unit in _listed(text)]
    ditto = len(units) == 1 and is_ditto(units[0])
    if units and not (ditto and around.unit):
        return "; ".join(units)
    if around.unit:
        said = f"đơn vị ghi “{units[0]}”" if ditto else "không ghi đơn vị"
        draft.warn(f"{said}, lấy “{around.unit}” theo {around.unit_from}.")
        return around.unit
    draft.warn("không thấy đơn vị thực hiện. Bạn hãy điền đơn vị.")
    return None


def _listed(text: str) -> list[str]:
    """The units of a cell: several when every line has its bullet, else one name over some lines."""
    rows = lines(clean(text))
    bare = [_BULLET.sub("", row) for row in rows]
    return bare if len(rows) > 1 and all(a != b for a, b in zip(rows, bare, strict=True)) else [" ".join(rows)]


def is_ditto(text: str) -> bool:
    """ "-nt-", "như trên", a quotation mark: the same as in the row above."""
    return len(text) < 20 and _DITTO.fullmatch(text.lower()) is not None


def _fields(draft: Draft, around: Surroundings) -> tuple[str | None, tuple[str, ...] | None]:
    raw = tidy(draft.text(Column.FIELD))
    if around.field_above and is_ditto(raw):
        draft.warn(f"lĩnh vực ghi “{raw}”, lấy “{around.field_above}” theo dòng trên.")
        raw = around.field_above
    if not raw and around.field:
        raw = around.field
        draft.warn(f"không ghi lĩnh vực, lấy “{raw}” theo dòng nhóm phía trên.")
    reading = recognise_field(raw)
    for warning in reading.warnings:
        draft.warn(warning)
    return raw or None, reading.codes


def _parts(draft: Draft) -> Description:
    """The description cell split by its labels, joined with the parts that have columns of their own."""
    own = [part for part in PARTS if part in draft.texts]
    described = Column.DESCRIPTION
    if described not in draft.texts and own == [Column.CONTENT]:
        described = Column.CONTENT  # one column "Nội dung" that holds everything
        own = []
    result = split_description("\n".join(draft.texts.get(described, ())), draft.bold_starts)
    if not result.labelled and (own or described is Column.CONTENT):
        result.warnings.clear()  # the heading of the column says what the text is
    for part in own:
        text = _own_text(part, "\n".join(draft.texts[part]))
        if text:
            before = result.parts.get(part)
            result.parts[part] = f"{before}\n{text}" if before else text
    return result


def _own_text(part: Column, text: str) -> str:
    """The text of a part's own column, without the label that some repeat in it."""
    rows = lines(text)
    label = find_label(rows[0]) if rows else None
    if label and label.part is part:
        rows = [label.text, *rows[1:]] if label.text else rows[1:]
    joined = clean("\n".join(rows))
    return "" if is_blank(joined) else joined


def _note(draft: Draft) -> str | None:
    notes = [tidy(draft.text(Column.NOTE))]
    notes += [f"{heading}: {tidy(text)}" if heading else tidy(text) for heading, text in draft.extras]
    return "\n".join(note for note in notes if note) or None

"""A ``Source`` understood: which tables are the report, what they say, and the sentence a person is told."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from sangkien.appendix.model import Outcome, Reading, ReadInitiative
from sangkien.appendix.reading.headers import find_header
from sangkien.appendix.reading.letterhead import Units
from sangkien.appendix.reading.paragraphs import read_paragraphs
from sangkien.appendix.reading.source import Cell, Paragraph, Source, Table
from sangkien.appendix.reading.tables import Gathered, Walk, continue_table, end, looks_like_data, read_rows, read_table
from sangkien.appendix.reading.tidy import key, quote, tidy
from sangkien.appendix.reading.transposed import lies_on_its_side, read_transposed
from sangkien.appendix.reading.unheaded import guess_header

_SHORT_BETWEEN = 40


def understand(source: Source, name: str) -> Reading:
    """The reading of a file's blocks; outcome PARSED, NO_REPORT_TABLE or NO_TEXT."""
    text = whole_text(source)
    if not text.strip():
        return Reading(
            name,
            Outcome.NO_TEXT,
            "Tệp không có chữ nào đọc được, có thể chỉ có ảnh chụp. Bạn hãy gửi tệp Word hoặc Excel gốc.",
            tuple(source.warnings),
        )
    gathered = _gather(source)
    warnings = [*source.warnings, *gathered.warnings]
    if not gathered.initiatives:
        return Reading(
            name, Outcome.NO_REPORT_TABLE, _why_nothing(gathered, source), tuple(dict.fromkeys(warnings)), (), text
        )
    initiatives, repeated = _without_repeats(gathered.initiatives)
    warnings += repeated
    return Reading(
        name, Outcome.PARSED, _told(initiatives, warnings), tuple(dict.fromkeys(warnings)), tuple(initiatives), text
    )


def whole_text(source: Source) -> str:
    """All readable text in reading order: a line a paragraph, a line a table row with cells parted by tabs."""
    out: list[str] = []
    for block in source.blocks:
        if isinstance(block, Paragraph):
            if block.text:
                out.append(f"{block.marker} {block.text}" if block.marker else block.text)
            continue
        above: list[Cell | None] = []
        for row in block.rows:
            texts: list[str] = []
            before: Cell | None = None
            for place, cell in enumerate(row.cells):
                if cell is not None and cell is not before and not (place < len(above) and above[place] is cell):
                    texts.append(cell.text)
                before = cell
            above = row.cells
            if any(texts):
                out.append("\t".join(texts))
    return "\n".join(out)


def _gather(source: Source) -> Gathered:
    """Tables first; paragraphs when no table holds a solution, or only names without a description."""
    out = Gathered()
    units = Units(source)
    _gather_tables(source, units, out)
    if not any(_has_description(initiative) for initiative in out.initiatives):
        told = Gathered(forms=out.forms)
        read_paragraphs(source, units, told)
        if any(_has_description(initiative) for initiative in told.initiatives):
            return told
    return out


def _gather_tables(source: Source, units: Units, out: Gathered) -> None:
    tables = list(_tables(source))
    sheets = {table.name for table in tables if table.name}
    count = 0
    walk: Walk | None = None
    for index, table, follows in _with_neighbours(source):
        if walk is not None and follows and looks_like_data(table, walk.header) and find_header(table) is None:
            count += 1
            continue_table(walk, table, _place(table, count, sheets, tables))
            continue
        if walk is not None:
            end(walk)
        walk = None
        for candidate in (table, *_nested(table)):
            place = _place(candidate, count + 1, sheets, tables)
            unit = partial(units.at, index)
            if not lies_on_its_side(candidate):
                walk = read_table(candidate, place, unit, out)
            if walk is not None or read_transposed(candidate, place, unit, out):
                count += 1
                break
            guessed = guess_header(candidate)
            if guessed is not None:
                walk = read_rows(candidate, 0, guessed, place, unit, out)
                count += 1
                break
    if walk is not None:
        end(walk)


def _has_description(initiative: ReadInitiative) -> bool:
    return any((initiative.situation, initiative.content, initiative.effectiveness, initiative.novelty))


def _tables(source: Source) -> Iterator[Table]:
    for block in source.blocks:
        if isinstance(block, Table):
            yield block


def _nested(table: Table) -> Iterator[Table]:
    """Tables inside the cells of a table, outermost first."""
    seen: set[int] = set()
    for row in table.rows:
        for cell in row.cells:
            if cell is not None and cell.tables and id(cell) not in seen:
                seen.add(id(cell))
                for inner in cell.tables:
                    yield inner
                    yield from _nested(inner)


def _with_neighbours(source: Source) -> Iterator[tuple[int, Table, bool]]:
    """Each table with the index of its block, and whether it may go on with the table before.

    It may when nothing stands between them but empty lines, a page number or "(tiếp theo)".
    """
    follows = False
    for index, block in enumerate(source.blocks):
        if isinstance(block, Table):
            yield index, block, follows and not block.name
            follows = True
        elif block.text.strip():
            words = key(block.text) if len(block.text) <= _SHORT_BETWEEN else ""
            follows = follows and (words.startswith(("tiep theo", "trang ")) or words.isdigit())


def _place(table: Table, number: int, sheets: set[str], tables: list[Table]) -> str:
    """How warnings name the table: nothing when the file has one sheet or one table."""
    if table.name:
        return f"Trang “{table.name}”" if len(sheets) > 1 else ""
    return f"Bảng {number}" if len(tables) > 1 and number > 1 else ""


def _without_repeats(initiatives: list[ReadInitiative]) -> tuple[list[ReadInitiative], list[str]]:
    """The same solution twice is kept once; one with the same title but another text is kept and pointed out."""
    kept: list[ReadInitiative] = []
    warnings: list[str] = []
    first: dict[tuple[str, str], ReadInitiative] = {}
    said: dict[tuple[str, str], set[tuple[str, ...]]] = {}  # by those named more than once: few, and dear to compare
    for initiative in initiatives:
        name = (key(initiative.unit or ""), key(initiative.title or ""))
        if name not in first:
            first[name] = initiative
            kept.append(initiative)
            continue
        if name not in said:
            said[name] = {_said(first[name])}
        text = _said(initiative)
        shown = quote(initiative.title or initiative.content or "")
        if text in said[name]:
            warnings.append(f"Giải pháp {shown} có hai lần trong tệp, chỉ giữ một.")
            continue
        said[name].add(text)
        if name[1]:
            sentence = f"Giải pháp {shown} có hai lần trong tệp với nội dung khác nhau. Bạn xem giữ bản nào."
            initiative = replace(initiative, warnings=(*initiative.warnings, sentence))
        kept.append(initiative)
    return kept, warnings


def _said(initiative: ReadInitiative) -> tuple[str, ...]:
    parts = (
        *(initiative.situation, initiative.content, initiative.effectiveness, initiative.novelty),
        *(initiative.limitations, initiative.note, initiative.field_raw),
    )
    return tuple(" ".join((part or "").casefold().split()) for part in parts)


def _told(initiatives: list[ReadInitiative], warnings: list[str]) -> str:
    marked = sum(1 for initiative in initiatives if initiative.warnings)
    sentence = f"Đã đọc {len(initiatives)} giải pháp"
    if marked:
        return f"{sentence}, {marked} giải pháp có chỗ cần bạn xem lại."
    return f"{sentence}, bạn xem lại các lưu ý của tệp." if warnings else f"{sentence}."


def _why_nothing(gathered: Gathered, source: Source) -> str:
    if gathered.forms:
        return "Tệp có bảng báo cáo theo mẫu nhưng chưa điền giải pháp nào. Bạn xem có gửi nhầm tệp mẫu không."
    if any(isinstance(block, Table) for block in source.blocks):
        return "Tệp có bảng nhưng không phải bảng báo cáo giải pháp. Bạn xem có gửi nhầm văn bản khác không."
    first = next(
        (tidy(block.text) for block in source.blocks if isinstance(block, Paragraph) and block.text.strip()), ""
    )
    opening = f" (mở đầu bằng {quote(first)})" if first else ""
    return f"Tệp không có bảng báo cáo giải pháp{opening}. Bạn xem có gửi nhầm văn bản khác không."

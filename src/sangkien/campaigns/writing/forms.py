"""The forms of a campaign: as appendices of the plan, and as a Word file for one unit that reads back whole.

Columns that stand under one heading are one cell with a labelled paragraph each, as the plan prints it; so a unit fills
in what the plan shows, and the reader of reports finds the same labels.
"""

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby
from typing import Final

from sangkien.campaigns.models import Form, FormColumn, FormKind
from sangkien.campaigns.writing.told import Told
from sangkien.documents.blocks import (
    AppendixHeading,
    Block,
    Column,
    Dashes,
    Heading,
    KindAndSummary,
    Note,
    Paper,
    Paragraph,
    Section,
    SignatureBlock,
    Table,
)
from sangkien.documents.wording import attached_line, written_number
from sangkien.papers.names import capacities, header
from sangkien.units.models import UnitVersion

_WIDTHS: Final = {"stt": 10.0, "unit": 30.0, "title": 40.0, "field": 28.0, "note": 19.0}
_WHOLE: Final = 252.0  # text width of a landscape page
_EMPTY_ROWS: Final = 3
_ROOM: Final = "…" * 24

Row = dict[str, str]  # code of a column → what stands in it


def form_section(form: Form, told: Told, *, number: int | None) -> Section:
    """The form as an appendix of the plan, with one empty row."""
    heading = AppendixHeading(title=_title(form, told), attached_to=_attached(told), number=number)
    if form.kind == FormKind.TABLE:
        columns = _columns(form)
        return Section((heading, table_of(columns, [{"stt": "1"}])), landscape=True)
    return Section((heading, *_narrative(form)))


def unit_form(form: Form, told: Told, unit: UnitVersion, *, rows: Sequence[Row] = ()) -> Paper:
    """The form for one unit, its name and the year filled in; ``rows`` are what it says already.

    A table gets at least three rows, so that a unit with several solutions needs no skill in Word.
    """
    if form.kind == FormKind.TABLE:
        return _table_form(form, told, unit, rows)
    return _narrative_form(form, told, unit, rows)


def table_of(columns: Sequence[FormColumn], rows: Sequence[Row]) -> Table:
    """The table; cells that stand under one heading are joined."""
    groups = [(under, list(each)) for under, each in groupby(columns, lambda column: column.under)]
    shape: list[Column] = []
    makers: list[list[FormColumn]] = []
    free = _WHOLE - sum(_WIDTHS.get(column.code, 0.0) for column in columns if not column.under)
    wide = sum(1 if under else sum(each.code not in _WIDTHS for each in held) for under, held in groups) or 1
    for under, held in groups:
        if under:
            shape.append(Column(under, free / wide, "justify"))
            makers.append(held)
            continue
        for column in held:
            width = _WIDTHS.get(column.code, free / wide)
            shape.append(Column(column.name_as_printed, width, "center" if column.code == "stt" else "left"))
            makers.append([column])
    cells = [tuple(_cell(held, row) for held in makers) for row in rows]
    return Table(tuple(shape), cells)


def _cell(columns: Sequence[FormColumn], row: Row) -> str:
    if not columns[0].under:
        return row.get(columns[0].code, "")
    return "\n".join(f"- {column.name_as_printed}: {row.get(column.code, '')}".rstrip() for column in columns)


def _columns(form: Form) -> list[FormColumn]:
    return sorted(form.columns.all(), key=lambda column: column.position)


def _table_form(form: Form, told: Told, unit: UnitVersion, rows: Sequence[Row]) -> Paper:
    filled = [{"stt": str(place), "unit": unit.name, **row} for place, row in enumerate(rows, 1)]
    empty = [{"stt": str(place), "unit": unit.name} for place in range(len(rows) + 1, _EMPTY_ROWS + 1)]
    columns = _columns(form)
    names = [f"({place}) {name}" for place, (name, _offices) in enumerate(told.fields, 1)]
    # No "Thực trạng: …" here: in a form that comes back empty the reader would take the help for an answer.
    helps = [f"Ở phần {column.name_as_printed}, ghi {_small(column.help)}" for column in columns if column.help]
    end: tuple[Block, ...] = (
        Note(f"Tên để ghi vào cột lĩnh vực {'; '.join(names)}."),
        *((Dashes(tuple(helps), small=True),) if helps else ()),
    )
    heading = AppendixHeading(title=_title(form, told), attached_to=_attached(told))
    section = Section((heading, table_of(columns, [*filled, *empty]), *end), landscape=True)
    return Paper(
        title=f"{_title(form, told)} - {unit.name}", sections=(section,), author=unit.name, made_at=_made(told)
    )


def _narrative_form(form: Form, told: Told, unit: UnitVersion, rows: Sequence[Row]) -> Paper:
    said = rows[0] if rows else {}
    blocks: tuple[Block, ...] = (
        header(unit, told.on, notation="BC", place=told.place),
        KindAndSummary("Báo cáo", f"{form.title} năm {told.campaign.year}"),
        Paragraph(f"Đơn vị thực hiện: {unit.name}"),
        Paragraph(f"Tên mô hình, giải pháp, sáng kiến: {said.get('title', '')}".rstrip()),
        *_narrative(form, said),
        SignatureBlock(capacities(unit)["head"], "", ("Như trên", "Lưu: VT")),
    )
    return Paper(
        title=f"{form.title} - {unit.name}", sections=(Section(blocks),), author=unit.name, made_at=_made(told)
    )


def _narrative(form: Form, said: Row | None = None) -> tuple[Block, ...]:
    """Numbered headings, each with what was said, or with what should stand there."""
    told = said or {}
    parts = (
        (Heading(f"{place}. {column.name_as_printed}"), Paragraph(told.get(column.code) or column.help or _ROOM))
        for place, column in enumerate(_columns(form), 1)
    )
    return tuple(block for pair in parts for block in pair)


def _title(form: Form, told: Told) -> str:
    year = str(told.campaign.year)
    return form.title if year in form.title else f"{form.title} năm {year}"


def _attached(told: Told) -> str:
    plan = told.campaign.plan
    if plan is not None and plan.number is not None and plan.issued_date is not None:
        number = written_number(plan.number) + (f"/{plan.notation}" if plan.notation else "")
        return attached_line(
            "Kế hoạch", number=number, dated=plan.issued_date, year=told.campaign.year, issuer=told.issuer
        )
    return attached_line("Kế hoạch", year=told.on.year, issuer=told.issuer)


def _small(text: str) -> str:
    return text[:1].lower() + text[1:]


def _made(told: Told) -> datetime:
    return told.campaign.created_at

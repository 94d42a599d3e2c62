"""A report table whose heading was lost: the columns guessed from what stands in them."""

from collections.abc import Callable

from sangkien.appendix.columns import Column
from sangkien.appendix.fields import recognise as recognise_field
from sangkien.appendix.reading.headers import Header
from sangkien.appendix.reading.labels import split_description
from sangkien.appendix.reading.letterhead import unit_in
from sangkien.appendix.reading.source import Table
from sangkien.appendix.reading.tidy import cached_fold, is_blank, one_line

_ROWS = 12  # on which the guess rests
_FEWEST_COLUMNS = 3
GUESSED = "Bảng không có dòng tiêu đề, các cột được đoán theo nội dung. Bạn xem lại từng cột."


def guess_header(table: Table) -> Header | None:
    """Columns of a table without heading; ``None`` unless a column holds descriptions with two labelled parts."""
    texts = _texts_by_column(table)
    if len(texts) < _FEWEST_COLUMNS:
        return None
    free = [place for place, column in enumerate(texts) if column]
    columns = [Column.OTHER] * len(texts)
    tests: tuple[tuple[Column, Callable[[str], bool]], ...] = (
        (Column.DESCRIPTION, _is_description),
        (Column.STT, _is_number),
        (Column.FIELD, lambda text: len(text) < 160 and recognise_field(text).codes is not None),
        (Column.UNIT, lambda text: bool(unit_in(text))),
    )
    for column, test in tests:
        place = max(free, key=lambda p: _share(texts[p], test), default=None)
        if place is not None and _share(texts[place], test) >= 0.5:
            columns[place] = column
            free.remove(place)
        elif column is Column.DESCRIPTION:
            return None
    end = columns.index(Column.DESCRIPTION)
    titles = [place for place in free if place < end] or free
    if titles:
        columns[max(titles, key=lambda place: sum(map(len, texts[place])) / len(texts[place]))] = Column.TITLE
    headings = ["" if column is Column.OTHER else column.label for column in columns]
    return Header(columns, headings, rows=0, warnings=[GUESSED])


def _texts_by_column(table: Table) -> list[list[str]]:
    width = max((len(row.cells) for row in table.rows), default=0)
    columns: list[list[str]] = [[] for _ in range(width)]
    for row in table.rows[:_ROWS]:
        for column, cell in zip(columns, row.cells, strict=False):
            if cell and cell.col_span == 1 and not is_blank(cell.text):
                column.append(cell.text)
    return columns


def _share(texts: list[str], test: Callable[[str], bool]) -> float:
    return sum(map(test, texts)) / len(texts)


def _is_description(text: str) -> bool:
    folded = cached_fold(text) if len(text) < 4000 else text.lower()
    if "noi dung" not in folded and "thuc trang" not in folded:
        return False
    return len(split_description(text).parts) >= 2


def _is_number(text: str) -> bool:
    return one_line(text).strip("(). ").isdigit()

"""The consolidated appendix as texts: one row of the form for each solution (Kế hoạch 230, Phụ lục)."""

from sangkien.appendix.columns import COLUMN_NAMES, PART_NAMES, Column
from sangkien.appendix.fields import names
from sangkien.appendix.model import ReadInitiative
from sangkien.appendix.reading.labels import protect
from sangkien.appendix.reading.tidy import is_blank, one_line, tidy

FORM_COLUMNS = tuple(
    COLUMN_NAMES[column]
    for column in (Column.STT, Column.UNIT, Column.TITLE, Column.FIELD, Column.DESCRIPTION, Column.NOTE)
)


def appendix_row(number: int, initiative: ReadInitiative, *, limitations: bool = False) -> tuple[str, ...]:
    """The texts of one row under ``FORM_COLUMNS``; paragraphs of a cell are parted by a newline.

    ``limitations`` adds "- Mặt hạn chế:", which the form does not have (the plan asks for it in I.4).

    What is written reads back as it was, with these exceptions: white space comes back tidied; texts of dots and dashes
    alone are no texts; a missing unit is taken from the row above; a field's own spelling gives way to the plan's name.
    Words of a text that look like a label ("Hiệu quả: …" on a line of its own inside Nội dung) are kept apart by a
    zero-width sign; whoever strips that sign before reading gets another division of the same text.
    """
    return (
        str(number),
        one_line(initiative.unit or ""),
        one_line(initiative.title or ""),
        tidy(initiative.field_raw or "") if initiative.fields is None else names(initiative.fields),
        description(initiative, limitations=limitations),
        tidy(initiative.note or ""),
    )


def description(initiative: ReadInitiative, *, limitations: bool = False) -> str:
    """The parts that are there as paragraphs "- Thực trạng: …", in the order of the form."""
    texts = {
        Column.SITUATION: initiative.situation,
        Column.CONTENT: initiative.content,
        Column.EFFECTIVENESS: initiative.effectiveness,
        Column.NOVELTY: initiative.novelty,
        Column.LIMITATIONS: initiative.limitations if limitations else None,
    }
    tidied = {part: tidy(text) for part, text in texts.items() if text}
    return "\n".join(protect(f"- {PART_NAMES[part]}: ", text) for part, text in tidied.items() if not is_blank(text))

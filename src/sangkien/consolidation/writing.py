"""The consolidated appendix as a file: .docx, .pdf, .xlsx or .csv, written whole or not at all."""

import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from sangkien.appendix.writing import FORM_COLUMNS, appendix_row
from sangkien.consolidation.model import Consolidation
from sangkien.consolidation.provenance import sources
from sangkien.documents import blocks, papers
from sangkien.documents.docx import write_docx
from sangkien.documents.pdf import write_pdf
from sangkien.documents.wording import attached_line
from sangkien.spreadsheets import Column, Sheet, write_csv, write_xlsx

Progress = Callable[[int, int], None]  # (rows done, rows in all)

_SOURCE = "Tệp nguồn"
_WIDTHS = (6, 26, 34, 26, 90, 20)  # of the spreadsheet's columns, in characters


class UnknownFormat(ValueError):
    """The name of the output says no format that we write; the text is for a person."""


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands above the table. ``attached_to`` is the paper it belongs to; '' prints no such line."""

    year: int
    issuer: str = ""
    superior: str = ""
    attached_to: str | None = None
    plan_heading: bool = False
    limitations: bool = False

    @property
    def title(self) -> str:
        """The title in sentence case; the decree's form prints it in capitals."""
        return (
            "Tổng hợp kết quả thực hiện mô hình, sáng kiến, giải pháp, cách làm hay "
            f"trong công tác cải cách hành chính năm {self.year}"
        )

    @property
    def attached(self) -> str:
        """The line below the title; a report that the registry has not numbered yet when nothing was said of it."""
        if self.attached_to is None:
            return attached_line("Báo cáo", year=self.year, issuer=self.issuer)
        named = self.attached_to.strip(" ()")
        return named if not named or named.lower().startswith("kèm theo") else f"Kèm theo {named}"


def write(
    consolidation: Consolidation, target: Path, heading: Heading, *, progress: Progress | None = None
) -> list[Path]:
    """Write the appendix to ``target``, or to ``target-tap-1.pdf`` … when a PDF needs several volumes.

    Answers the files. They appear under their names only when all of them are complete; an error or an interruption
    leaves what was there before. Raises ``UnknownFormat`` and the ``OSError`` of a folder that cannot be written.
    """
    writer = writer_for(target)
    with tempfile.TemporaryDirectory(dir=target.resolve().parent, prefix=".sangkien-") as scratch:
        made = writer(consolidation, Path(scratch) / target.name, heading, progress or _unheard)
        return [_published(path, target.parent) for path in made]


def writer_for(target: Path) -> Callable[[Consolidation, Path, Heading, Progress], list[Path]]:
    """The writer that the ending of ``target`` asks for. Raises ``UnknownFormat``."""
    writers = {".docx": _write_docx, ".pdf": _write_pdf, ".xlsx": _write_xlsx, ".csv": _write_csv}
    writer = writers.get(target.suffix.lower())
    if writer is None:
        raise UnknownFormat(f"Tên tệp ra “{target.name}” phải có đuôi {', '.join(writers)}.")
    return writer


def _unheard(done: int, total: int) -> None:
    """Nobody asked for progress."""


def _published(path: Path, folder: Path) -> Path:
    final = folder / path.name
    path.replace(final)
    return final


def _write_docx(consolidation: Consolidation, target: Path, heading: Heading, progress: Progress) -> list[Path]:
    total = len(consolidation.items)
    write_docx(_paper(consolidation, heading), target, progress=lambda done: progress(done, total))
    return [target]


def _write_pdf(consolidation: Consolidation, target: Path, heading: Heading, progress: Progress) -> list[Path]:
    total = len(consolidation.items)
    return write_pdf(_paper(consolidation, heading), target, progress=lambda done: progress(done, total))


def _paper(consolidation: Consolidation, heading: Heading) -> blocks.Paper:
    return papers.appendix(
        heading=_appendix_heading(heading),
        rows=(
            appendix_row(each.number, each.initiative, limitations=heading.limitations) for each in consolidation.items
        ),
        end=_end(consolidation),
        author=heading.issuer,
    )


def _appendix_heading(heading: Heading) -> blocks.AppendixHeading:
    header = None
    if heading.plan_heading and heading.issuer:
        header = blocks.Header(body=(heading.issuer,), superior=(heading.superior,) if heading.superior else ())
    return blocks.AppendixHeading(
        title=heading.title,
        attached_to=heading.attached or None,
        plan_heading=heading.plan_heading,
        header=header,
    )


def _end(consolidation: Consolidation) -> tuple[blocks.Block, ...]:
    """Below the table: what was refused and why, who has not answered, and where each row comes from."""
    end: list[blocks.Block] = [*papers.unread_files([(each.file, each.sentence) for each in consolidation.refused])]
    if consolidation.units_without_report:
        end += [blocks.Heading("Đơn vị chưa có báo cáo"), blocks.Dashes(consolidation.units_without_report)]
    if consolidation.items:
        end += [blocks.Heading("Nguồn của các dòng"), blocks.Dashes(tuple(sources(consolidation.items)), small=True)]
    return tuple(end)


def _write_xlsx(consolidation: Consolidation, target: Path, heading: Heading, progress: Progress) -> list[Path]:
    sheets = [
        Sheet("Phụ lục", _columns(), _rows(consolidation, heading, progress), title=(heading.title,)),
        Sheet("Nguồn", _named(("STT", 6), (_SOURCE, 60), ("Cần xem lại", 90)), _provenance(consolidation)),
    ]
    if consolidation.refused or consolidation.file_warnings:
        sheets.append(Sheet("Tệp cần xem lại", _named(("Tệp", 60), ("Lý do", 100)), _troubles(consolidation)))
    if consolidation.units_without_report:
        missing = ((name,) for name in consolidation.units_without_report)
        sheets.append(Sheet("Chưa có báo cáo", _named(("Đơn vị", 60)), missing))
    write_xlsx(target, sheets)
    return [target]


def _columns() -> list[Column]:
    return _named(*zip(FORM_COLUMNS, _WIDTHS, strict=True))


def _named(*columns: tuple[str, int]) -> list[Column]:
    return [Column(heading, width) for heading, width in columns]


def _rows(consolidation: Consolidation, heading: Heading, progress: Progress) -> Iterator[tuple[str, ...]]:
    total = len(consolidation.items)
    for done, item in enumerate(consolidation.items, start=1):
        yield appendix_row(item.number, item.initiative, limitations=heading.limitations)
        progress(done, total)


def _provenance(consolidation: Consolidation) -> Iterator[tuple[str, ...]]:
    for item in consolidation.items:
        yield str(item.number), "\n".join(item.files), "\n".join(item.warnings)


def _troubles(consolidation: Consolidation) -> Iterator[tuple[str, str]]:
    """Refused files first; then what a person should look at in the files that were read."""
    for each in consolidation.refused:
        yield each.file, each.sentence
    yield from consolidation.file_warnings


def _write_csv(consolidation: Consolidation, target: Path, heading: Heading, progress: Progress) -> list[Path]:
    write_csv(target, [*FORM_COLUMNS, _SOURCE], _csv_rows(consolidation, heading, progress))
    return [target]


def _csv_rows(consolidation: Consolidation, heading: Heading, progress: Progress) -> Iterator[tuple[str, ...]]:
    """One table has no room for a second: refused files follow as rows without a number."""
    rows = _rows(consolidation, heading, progress)
    for item, row in zip(consolidation.items, rows, strict=True):
        yield *row, "; ".join(item.files)
    for each in consolidation.refused:
        yield "", "", "Tệp chưa đọc được", "", each.sentence, "", each.file

"""A paper as PDF/A: a letter in one run, a long appendix in parts that are joined, in volumes where it is very long."""

import os
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from sangkien.documents.blocks import Paper
from sangkien.documents.pdf.data import document, section_data
from sangkien.documents.pdf.joining import SetPart, join, page_count
from sangkien.documents.pdf.parts import Cut, Part, fresh_page
from sangkien.documents.typesetting import Place, typeset, typeset_in_child

Progress = Callable[[int], None]


def write_pdf(paper: Paper, target: str | os.PathLike[str], *, progress: Progress | None = None) -> list[Path]:
    """Write ``paper`` to ``target``, or to ``<name>-tap-1.pdf``, ``<name>-tap-2.pdf`` … when it needs several volumes.

    Answers the files in order. They appear under their names when all are complete; until then they stand in a hidden
    folder beside ``target``, which is removed in any case. ``progress`` hears after each part how many rows are set.
    Raises ``TypesettingError`` and what the source of the rows raises.
    """
    target = Path(target)
    with tempfile.TemporaryDirectory(dir=target.resolve().parent, prefix=".sangkien-") as scratch:
        made = list(_volumes(paper, Path(scratch), progress or _silent))
        names = [target] if len(made) == 1 else [_volume_name(target, number) for number in range(1, len(made) + 1)]
        return [path.replace(name) for path, name in zip(made, names, strict=True)]


def _volumes(paper: Paper, scratch: Path, progress: Progress) -> Iterator[Path]:
    made_at = int((paper.made_at or datetime.now(UTC)).timestamp())
    cut = Cut(paper)
    if cut.in_one_run:
        yield _in_one_run(paper, cut, scratch / "1.pdf", made_at, progress)
        return
    volume: list[SetPart] = []
    done = 0
    for index, part in enumerate(cut.parts()):
        if part.new_volume:
            yield join(volume, scratch / f"volume-{index}.pdf")
            volume = []
        first_page = volume[-1].next_page if part.continued else 1
        section = section_data(part.section, part.elements, start=first_page, continued=part.continued)
        path = scratch / f"part-{index}.pdf"
        places = typeset_in_child(document(paper, [section]), path, made_at=made_at, tagged=False)
        volume.append(SetPart(path, first_page, _cut_at_fresh_page(part, places) or page_count(path)))
        done += part.rows
        progress(done)
    yield join(volume, scratch / "volume-last.pdf")


def _cut_at_fresh_page(part: Part, places: list[Place]) -> int:
    """How many pages of the part count when its last rows are moved to the next part; 0 when none are."""
    fresh = fresh_page(places, len(part.tail)) if part.may_be_cut else None
    if not fresh:
        return 0
    rows, pages = fresh
    part.keep(rows)
    return pages


def _in_one_run(paper: Paper, cut: Cut, target: Path, made_at: int, progress: Progress) -> Path:
    parts = list(cut.parts())
    data = document(paper, [section_data(part.section, part.elements) for part in parts])
    if cut.is_letter:
        target.write_bytes(typeset(data, made_at=made_at, tagged=True))
    else:
        typeset_in_child(data, target, made_at=made_at, tagged=True)
    progress(sum(part.rows for part in parts))
    return target


def _volume_name(target: Path, number: int) -> Path:
    return target.with_name(f"{target.stem}-tap-{number}{target.suffix}")


def _silent(_rows: int) -> None:
    """Nobody asked for progress."""

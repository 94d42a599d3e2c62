"""``sangkien read``: what each file says, for a person or as one JSON object a line. No database, no server."""

import argparse
import json
from collections.abc import Iterator
from pathlib import Path

from sangkien.appendix.fields import BY_CODE
from sangkien.appendix.model import Outcome, Reading, ReadInitiative
from sangkien.config.progress import Progress
from sangkien.consolidation.readings import read_all


def run(arguments: argparse.Namespace) -> int:
    """Print as the files are read; 1 when a file was refused."""
    code = 0
    for reading in _shown(arguments.files):
        print(json.dumps(reading.as_json(), ensure_ascii=False) if arguments.json else _for_a_person(reading))
        if reading.outcome is not Outcome.PARSED:
            code = 1
    return code


def _shown(files: list[Path]) -> Iterator[Reading]:
    with Progress("Đang đọc tệp") as progress:
        yield from read_all(files, progress=progress)


def _for_a_person(reading: Reading) -> str:
    lines = [f"{reading.file}: {reading.message}"]
    lines += [f"  ! {warning}" for warning in reading.warnings]
    for number, initiative in enumerate(reading.initiatives, start=1):
        lines += _initiative_lines(number, initiative)
    return "\n".join(lines)


def _initiative_lines(number: int, initiative: ReadInitiative) -> Iterator[str]:
    fields = initiative.fields
    named = (
        "; ".join(BY_CODE[code].name for code in fields)
        if fields
        else f"chưa rõ lĩnh vực ({initiative.field_raw or '-'})"
    )
    yield f"  {number}. {initiative.title or '(chưa có tên)'}"
    yield f"     {initiative.unit or '(chưa rõ đơn vị)'} · {named}"
    for warning in initiative.warnings:
        yield f"     ! {warning}"

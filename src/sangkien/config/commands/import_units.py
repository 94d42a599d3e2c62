"""``sangkien import-units``: what a list of units would do, and with ``--apply`` do it."""

import argparse
import sys
from datetime import date

from django.conf import settings
from django.core.management import call_command
from django.utils import timezone

import sangkien.config.ready  # noqa: F401 - models can be imported only after it
from sangkien.ledger.recording import Actor, ClockBehind
from sangkien.units.changing import Refused
from sangkien.units.importing import Fate, Preview, Row, apply, read_units
from sangkien.units.importing.words import date_of_word
from sangkien.units.models import Unit
from sangkien.units.names import find_by_name

BY = Actor("command:import-units")
_SIGNS = {Fate.NEW: "+", Fate.SAME: "=", Fate.RENAME: "?", Fate.WRONG: "!"}


def run(arguments: argparse.Namespace) -> int:
    """Print the preview, then enter when asked; 1 when a line is wrong or the list was refused, 2 for wrong options."""
    on = date_of_word(arguments.starts) if arguments.starts else timezone.localdate()
    if on is None:
        print(f"Ngày “{arguments.starts}” chưa rõ. Hãy ghi ngày/tháng/năm, ví dụ 01/07/2025.", file=sys.stderr)
        return 2
    if settings.SANGKIEN_EMBEDDED:
        call_command("migrate", verbosity=0, interactive=False)
    try:
        preview = read_units(arguments.file, on=on, under=_under(arguments.under, on))
        _show(preview)
        if arguments.apply:
            _enter(preview)
    except (Refused, ClockBehind) as refused:
        print(refused, file=sys.stderr)
        return 1
    return 1 if preview.count(Fate.WRONG) else 0


def _under(name: str, on: date) -> Unit | None:
    if not name:
        return None
    match = find_by_name(name, on)
    if match.unit is None:
        many = f"có {len(match.candidates)} đơn vị" if match.candidates else "chưa có đơn vị nào"
        raise Refused(f"Vào ngày {on:%d/%m/%Y} {many} tên “{name}”. Hãy ghi cấp trên vào cột “Trực thuộc” của tệp.")
    return match.unit.unit


def _show(preview: Preview) -> None:
    for warning in preview.sheet.warnings:
        print(f"! {warning}")
    for row in preview.rows:
        print(_line(row))
        for sentence in (*row.errors, *row.notes):
            print(f"    {sentence}")
    print(preview)


def _line(row: Row) -> str:
    parent = f" · {row.line.parent}" if row.line.parent else ""
    facts = f"{row.line.name or '–'} · {row.kind.label}{parent} · {row.starts:%d/%m/%Y}"
    return f"{_SIGNS[row.fate]} {row.line.place}: {facts}"


def _enter(preview: Preview) -> None:
    done = apply(preview, by=BY, at=timezone.now())
    print(f"Đã ghi {done.established} đơn vị mới.")
    if done.left:
        print(f"{done.left} dòng có thể là đổi tên chưa ghi; hãy quyết định từng dòng trong chương trình.")

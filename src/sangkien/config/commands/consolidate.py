"""``sangkien consolidate``: many report files, one appendix. No database, no server."""

import argparse
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from sangkien.appendix.model import Reading
from sangkien.config.progress import Progress
from sangkien.config.system import why
from sangkien.consolidation.files import legible
from sangkien.consolidation.model import Consolidation, consolidate
from sangkien.consolidation.readings import read_all
from sangkien.consolidation.writing import Heading, UnknownFormat, write, writer_for


def run(arguments: argparse.Namespace) -> int:
    """Read, put in order, write; 1 when a file was refused or nothing could be written, 2 for a wrong output name."""
    output: Path = arguments.output
    if arguments.plan_heading and not arguments.issuer:
        print("--plan-heading in tên cơ quan ban hành ở đầu phụ lục. Hãy thêm --issuer TÊN.", file=sys.stderr)
        return 2
    try:
        writer_for(output)
        units = _unit_list(arguments.units)
    except (UnknownFormat, OSError, UnicodeDecodeError) as error:
        print(_sentence(error, arguments.units), file=sys.stderr)
        return 2
    consolidation = consolidate(_read(arguments.files, output), units=units)
    if not consolidation.items:
        _report(consolidation)
        print("Không tệp nào có giải pháp để gộp nên chưa ghi phụ lục.", file=sys.stderr)
        return 1
    try:
        written = _write(consolidation, output, _heading(arguments))
    except OSError as error:
        where = legible(str(output))
        print(f"Chưa ghi được {where} ({why(error)}). Hãy đổi thư mục hoặc đóng tệp đang mở.", file=sys.stderr)
        return 1
    _report(consolidation)
    print(f"Đã gộp {len(consolidation.items)} giải pháp vào {', '.join(legible(str(path)) for path in written)}.")
    return 1 if consolidation.refused else 0


def _unit_list(path: Path | None) -> list[str]:
    if path is None:
        return []
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    return [line.strip() for line in lines if line.strip()]


def _sentence(error: Exception, units: Path) -> str:
    if isinstance(error, UnknownFormat):
        return str(error)
    return (
        f"Không đọc được danh sách đơn vị {legible(str(units))}. "
        "Hãy lưu thành tệp văn bản UTF-8, mỗi dòng một tên đơn vị."
    )


def _read(files: list[Path], output: Path) -> Iterator[Reading]:
    with Progress("Đang đọc tệp") as progress:
        yield from read_all(files, leave_out=output, progress=progress)


def _heading(arguments: argparse.Namespace) -> Heading:
    return Heading(
        year=arguments.year or date.today().year,  # noqa: DTZ011 - the year on the officer's own clock
        issuer=arguments.issuer,
        superior=arguments.superior,
        attached_to=arguments.attached_to,
        plan_heading=arguments.plan_heading,
        limitations=arguments.limitations,
    )


def _write(consolidation: Consolidation, output: Path, heading: Heading) -> list[Path]:
    with Progress("Đang ghi dòng") as progress:
        return write(consolidation, output, heading, progress=progress)


def _report(consolidation: Consolidation) -> None:
    """On stderr, so that a pipe carries only the answer: refused files, missing units, how much to look at again."""
    for refused in consolidation.refused:
        print(f"Chưa đọc được {refused.file}: {refused.sentence}", file=sys.stderr)
    for unit in consolidation.units_without_report:
        print(f"Chưa có báo cáo: {unit}", file=sys.stderr)
    doubtful = sum(1 for item in consolidation.items if item.warnings)
    if doubtful:
        print(f"{doubtful} giải pháp có chỗ cần xem lại; xem từng chỗ bằng: sangkien read", file=sys.stderr)

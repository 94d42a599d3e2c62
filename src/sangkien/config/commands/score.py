"""``sangkien score``: official and advisory results out of an exported file alone. No database, no server."""

import argparse
import gc
import sys
from pathlib import Path

from sangkien.config.system import why
from sangkien.consolidation.files import legible
from sangkien.scoring.checking.inputs import refuse_unsound
from sangkien.scoring.checking.problems import Unsound
from sangkien.scoring.model import Input
from sangkien.scoring.nodes import Unreadable
from sangkien.scoring.official.model import Result
from sangkien.scoring.official.reckoning import reckon
from sangkien.scoring.reading import read_file
from sangkien.scoring.report.advice_table import advisory_lines
from sangkien.scoring.report.joining import Advice, advise
from sangkien.scoring.report.sentences import explained
from sangkien.scoring.report.table import official_table
from sangkien.scoring.report.whole import whole_report
from sangkien.scoring.writing import as_text

_SHOWN_PROBLEMS = 20


def run(arguments: argparse.Namespace) -> int:
    """Print the results; 1 when the file was refused (and said)."""
    gc.disable()  # nothing here goes in circles, and looking for circles among 100,000 marks is a third of the time
    try:
        return _answer(arguments)
    finally:
        gc.enable()


def _answer(arguments: argparse.Namespace) -> int:
    path: Path = arguments.file
    try:
        given = read_file(path)
        refuse_unsound(given)
    except OSError as error:
        print(f"Chưa đọc được {legible(str(path))} ({why(error)}). Bạn xem lại tên tệp.", file=sys.stderr)
        return 1
    except Unreadable as error:
        print(f"{legible(path.name)}: {error}", file=sys.stderr)
        return 1
    except Unsound as error:
        _say_problems(error)
        return 1
    result = reckon(given)
    if arguments.why is not None:
        return _say_why(given, result, legible(arguments.why))
    advice = advise(given, result)
    print(as_text(whole_report(given, result, advice)) if arguments.json else _for_a_person(result, advice))
    return 0


def _say_problems(error: Unsound) -> None:
    for problem in error.problems[:_SHOWN_PROBLEMS]:
        print(problem, file=sys.stderr)
    if len(error.problems) > _SHOWN_PROBLEMS:
        print(f"Và {len(error.problems) - _SHOWN_PROBLEMS} chỗ khác như vậy.", file=sys.stderr)
    print("Chưa tính được. Bạn sửa các chỗ trên rồi chạy lại.", file=sys.stderr)


def _say_why(given: Input, result: Result, entry: str) -> int:
    found = [each for each in result.reckonings if each.entry == entry]
    if not found:
        print(f"Không có giải pháp {entry} trong tệp. Bạn xem lại mã.", file=sys.stderr)
        return 1
    print("\n".join(explained(found[0], given.rule, name_of=str)))
    return 0


def _for_a_person(result: Result, advice: Advice) -> str:
    stale = [f"Thứ tự đã xếp không còn khớp điểm: {', '.join(each.order)}." for each in result.unused_tie_breaks]
    return "\n".join([*official_table(result), *stale, "", *advisory_lines(advice)])

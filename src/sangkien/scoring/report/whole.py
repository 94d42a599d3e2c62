"""All that ``sangkien score`` answers on one input, and what is frozen when results are closed."""

from typing import Final, cast

from sangkien.scoring.model import Input
from sangkien.scoring.official.model import Result
from sangkien.scoring.report.advice_plain import advice_plain, estimate_plain
from sangkien.scoring.report.joining import Advice
from sangkien.scoring.report.plain import Plain, official_entry, tie_breaks
from sangkien.scoring.writing import as_text, canonical_input, sha256

FORMAT: Final = "sangkien-ket-qua"
FORMAT_VERSION: Final = 1


def whole_report(given: Input, result: Result, advice: Advice) -> Plain:
    """The answer as plain values. The hash is that of the canonical text of the input.

    What stands under ``advisory`` is an estimate, which another machine may give differently in its last decimal; see
    ``official_part``.
    """
    placed = {each.entry: each for each in advice.placed}
    estimates = {each.entry: estimate_plain(each, placed.get(each.entry)) for each in advice.calibration.entries}
    return {
        "format": FORMAT,
        "version": FORMAT_VERSION,
        "engine_version": result.engine_version,
        "rule_version": result.rule_version,
        "input_sha256": sha256(canonical_input(given)),
        "entries": [
            official_entry(each, given.rule) | {"advisory": estimates.get(each.entry)} for each in result.reckonings
        ],
        "unused_tie_breaks": tie_breaks(result.unused_tie_breaks),
        "advisory": advice_plain(advice),
    }


def official_part(report: Plain) -> Plain:
    """What must come out again for ever when a frozen input is reckoned anew, of a report or of its text parsed again.

    Without the estimates, and without the sentences, whose words may be bettered; in one order, whatever the database
    calls one.
    """
    kept = _for_ever(report)
    entries = [_for_ever(each) for each in _list(kept, "entries")]
    return kept | {
        "entries": sorted(entries, key=lambda each: str(each["entry"])),
        "unused_tie_breaks": sorted(_list(kept, "unused_tie_breaks"), key=as_text),
    }


def _for_ever(report: Plain) -> Plain:
    return {key: value for key, value in report.items() if key not in _NOT_FOR_EVER}


def _list(of: Plain, key: str) -> list[Plain]:
    return cast("list[Plain]", of[key])


_NOT_FOR_EVER: Final = {"advisory", "reasons"}

"""All that ``sangkien score`` answers on one input, and what is frozen when results are closed."""

from typing import Final

from sangkien.scoring.model import Input
from sangkien.scoring.official.model import Result
from sangkien.scoring.report.advice_plain import advice_plain, estimate_plain
from sangkien.scoring.report.joining import Advice
from sangkien.scoring.report.plain import Plain, official_entry, tie_breaks
from sangkien.scoring.writing import canonical_input, sha256

FORMAT: Final = "sangkien-ket-qua"
FORMAT_VERSION: Final = 1


def whole_report(given: Input, result: Result, advice: Advice) -> Plain:
    """The answer as plain values. The hash is that of the canonical text of the input.

    The official part is exact and the same for ever; what stands under ``advisory`` is an estimate, which another
    machine may give differently in its last decimal.
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

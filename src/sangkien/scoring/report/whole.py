"""All that ``sangkien score`` answers on one input, and what is frozen when results are closed."""

from typing import Final

from sangkien.scoring.model import Input
from sangkien.scoring.official.model import Result
from sangkien.scoring.report.plain import Plain, official_entries, tie_breaks
from sangkien.scoring.writing import canonical_input, sha256

FORMAT: Final = "sangkien-ket-qua"
FORMAT_VERSION: Final = 1


def whole_report(given: Input, result: Result) -> Plain:
    """The answer as plain values. The hash is that of the canonical text of the input."""
    return {
        "format": FORMAT,
        "version": FORMAT_VERSION,
        "engine_version": result.engine_version,
        "rule_version": result.rule_version,
        "input_sha256": sha256(canonical_input(given)),
        "entries": official_entries(result, given.rule),
        "unused_tie_breaks": tie_breaks(result.unused_tie_breaks),
    }

"""What the advisory score ("điểm hiệu chỉnh tham khảo") is computed from, and what comes out.

The official score knows nothing of this: here is only a second opinion about marks from panels that differ in severity.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

Key = str | int
Number = Decimal | float

FEWEST_JUDGES = 3
FEWEST_MARKS_OF_AN_ENTRY = 2
FEWEST_MARKS_OF_A_JUDGE = 4
MOST_JUDGES = 1_000  # judges and cells: their equations are solved dense, 1,000 take five seconds
WARN_AT_MAXIMUM = 0.15  # share of the marks that sit at the scale's maximum
WITHHOLD_AT_MAXIMUM = 0.30


class Entry(NamedTuple):
    """An entry that is appraised, and the field whose panel reads it."""

    id: Key
    field: Key


class Mark(NamedTuple):
    """The total of one sheet: one judge on one entry. A sheet that is missing is simply not there."""

    entry: Key
    judge: Key
    total: Number


class Scale(NamedTuple):
    """The least and the greatest total that a sheet can have."""

    minimum: Number
    maximum: Number


class Interval(NamedTuple):
    low: float
    high: float


class GateState(StrEnum):
    OPEN = "open"
    WARNING = "warning"  # shown, with this said beside it
    CLOSED = "closed"  # not shown, for this reason


class GateCode(StrEnum):
    """Each question asked before a value is shown. Which ``numbers`` a gate carries stands beside its name."""

    INCOMPLETE = "incomplete"  # entries, judges, marks, possible: a complete crossed design needs no calibration
    JUDGES = "judges"  # judges, fewest
    MARKS = "marks"  # entries, fewest, too_few: entries with fewer marks are in ``who``
    LEFT_OUT = "left_out"  # judges, fewest: judges left out of the model are in ``who``
    SEPARABLE = "separable"  # spare: marks beyond those that fix entries and judges; needed
    VARIATION = "variation"  # lowest, highest, chance (0: entries and judges explain every mark wholly)
    SIZE = "size"  # judges, most
    CONNECTED = "connected"  # components, largest, entries: more than one are ranked each in itself
    BRIDGES = "bridges"  # parts, bridging, weakest, single: entries that join the judges' parts
    CEILING = "ceiling"  # share, warn_from, withhold_from: marks at the scale's maximum
    THIN = "thin"  # marks_per_entry, judges, factor (of widening; a low ceiling widens too)


class Withheld(StrEnum):
    """Why one entry has no value, although others may have."""

    GATE = "gate"  # a closed gate concerns everybody
    NO_MARK = "no_mark"
    FEW_MARKS = "few_marks"
    SMALL_COMPONENT = "small_component"  # its part of the judges has fewer than three


@dataclass(frozen=True, slots=True)
class Gate:
    """One gate with the numbers from which a page words its sentence, and whom it concerns."""

    code: GateCode
    state: GateState
    numbers: Mapping[str, float] = field(default_factory=dict)
    who: tuple[Key, ...] = ()


class EntryEstimate(NamedTuple):  # there may be 20,000: a tuple is made five times faster than a frozen dataclass
    """One entry on the scale of an average judge.

    ``value`` is field + entry effect (BLUP), ``error`` the root of its prediction error variance. ``probability`` is
    that of lying above the line. ``component`` counts from 1, the largest first; ``place`` ranks inside it, ties share.
    """

    entry: Key
    field: Key
    marks: int
    component: int | None = None
    value: float | None = None
    error: float | None = None
    interval95: Interval | None = None
    interval90: Interval | None = None
    probability: float | None = None
    place: int | None = None
    withheld: Withheld | None = None


@dataclass(frozen=True, slots=True)
class JudgeEstimate:
    """One judge. ``severity`` is how many points lower than an average judge they mark; negative is lenient."""

    judge: Key
    marks: int
    component: int | None = None
    severity: float | None = None
    error: float | None = None
    left_out: bool = False


@dataclass(frozen=True, slots=True)
class Variances:
    """REML estimates, in squared points."""

    entry: float
    judge: float
    residual: float


@dataclass(frozen=True, slots=True)
class Calibration:
    """The whole advisory result, entries and judges in the order in which they were given (judges: first mark)."""

    entries: tuple[EntryEstimate, ...]
    judges: tuple[JudgeEstimate, ...]
    gates: tuple[Gate, ...]
    variances: Variances | None = None
    line: float | None = None

    @property
    def shown(self) -> bool:
        """Whether any entry has a value."""
        return any(each.value is not None for each in self.entries)

    def gate(self, code: GateCode) -> Gate:
        """The gate of this code; every calibration holds every gate once."""
        return next(each for each in self.gates if each.code is code)

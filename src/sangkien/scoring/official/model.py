"""A result with all its steps. Fractions are exact; a ``Decimal`` was rounded once, by the rule."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from sangkien.scoring.model import RULE_ENGINE_VERSION, TieBreak


class Standing(StrEnum):
    """What an entry's marks amount to."""

    COUNTED = "counted"  # has a score, a band, a rank
    KNOCKED_OUT = "knocked_out"  # has a score; neither band nor rank
    TOO_FEW_SHEETS = "too_few_sheets"  # no score yet
    INCOMPLETE = "incomplete"  # no score: a criterion that no counted sheet has marked


class Why(StrEnum):
    """Why a sheet or a mark is left out."""

    MISSING = "missing"
    BLANK_SHEET = "blank_sheet"
    SET_ASIDE = "set_aside"
    ANCHOR = "anchor"
    HIGHEST = "highest"
    LOWEST = "lowest"


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A sheet (of the entry) or a mark (of the criterion) that does not count, and what the judge or a person said."""

    judge: str
    why: Why
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CriterionStep:
    """One criterion over the sheets that count.

    ``mean``: sum of the marks divided by their number; for yes/no the share of Đạt. ``value`` is what goes on: the
    mean, or 1 and 0 for a yes/no criterion that is met or not. ``points``: weight times value. All are ``None`` when
    nobody marked it. ``knocked_out``: the value, unrounded, is below the floor.
    """

    code: str
    marks: tuple[tuple[str, Decimal], ...]
    left_out: tuple[LeftOut, ...]
    mean: Fraction | None
    value: Fraction | None
    points: Fraction | None
    knocked_out: bool


@dataclass(frozen=True, slots=True)
class GroupStep:
    """The points of a group, the sum of those of its criteria; ``None`` where one has none."""

    code: str
    points: Fraction | None


class Ballot(StrEnum):
    """What a vote amounts to."""

    PASSED = "passed"
    FAILED = "failed"
    NO_QUORUM = "no_quorum"
    NOT_HELD = "not_held"
    CHAIR_DUE = "chair_due"  # even, and the side of the chair was not told


@dataclass(frozen=True, slots=True)
class VoteStep:
    """A vote against its rule: ``yes`` of ``whole``, with ``present`` of ``may_vote`` members there."""

    outcome: Ballot
    yes: int = 0
    whole: int = 0
    present: int = 0
    may_vote: int = 0
    by_chair: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Reckoning:
    """One entry's result and how it came about.

    ``exact``: the unrounded sum, also where it does not count yet. ``score``: rounded; ``None`` unless COUNTED or
    KNOCKED_OUT. ``band``: name, only COUNTED. ``rank``: from 1, equal scores share one (1, 2, 2, 4), only COUNTED;
    ``tied_with``: who shares it; ``tie_breaks``: the person's orders that name it. ``passed``: ``None`` where the
    rule sets no line or something is still to come.
    """

    entry: str
    field: str
    standing: Standing
    sheets: tuple[str, ...]
    left_out: tuple[LeftOut, ...]
    criteria: tuple[CriterionStep, ...]
    groups: tuple[GroupStep, ...]
    exact: Fraction | None
    score: Decimal | None
    band: str | None
    over_line: bool | None
    vote: VoteStep | None
    passed: bool | None
    rank: int | None = None
    tied_with: tuple[str, ...] = ()
    tie_breaks: tuple[TieBreak, ...] = ()

    @property
    def knock_outs(self) -> tuple[str, ...]:
        """Codes of the criteria that fell below their floor."""
        return tuple(step.code for step in self.criteria if step.knocked_out)

    @property
    def unmarked(self) -> tuple[str, ...]:
        """Codes of the criteria that no counted sheet has marked."""
        return tuple(step.code for step in self.criteria if step.mean is None)

    @property
    def missing(self) -> tuple[tuple[str, str], ...]:
        """(judge, criterion) of each mark that is missing on a sheet that counts."""
        return tuple(
            (each.judge, step.code) for step in self.criteria for each in step.left_out if each.why is Why.MISSING
        )


@dataclass(frozen=True, slots=True)
class Result:
    """All entries in the order given; tie breaks that settle nothing (any more) are named in ``unused_tie_breaks``."""

    rule_version: str
    reckonings: tuple[Reckoning, ...]
    unused_tie_breaks: tuple[TieBreak, ...] = ()
    engine_version: int = RULE_ENGINE_VERSION

    def of(self, entry: str) -> Reckoning:
        """The reckoning of one entry; ``KeyError`` names the one that is not there."""
        for reckoning in self.reckonings:
            if reckoning.entry == entry:
                return reckoning
        raise KeyError(entry)

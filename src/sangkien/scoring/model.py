"""What is given to reckon: the rule as published, the entries, the sheets, the votes. Judges and entries are ids only.

Marks are ``Decimal`` with at most four decimals and five digits before the comma, as the tables hold them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Final

# Rises when the same input would give another official result; frozen with each result.
RULE_ENGINE_VERSION: Final = 1
DROPS_FROM: Final = 5  # sheets; with fewer, dropping two leaves no panel (domain 1.3)
NONE: Final = Decimal(0)


class Kind(StrEnum):
    """How a mark is given; the values of ``campaigns.InputKind``."""

    NUMBER = "number"
    LEVELS = "levels"
    YES_NO = "yes_no"
    BANDED = "banded"


class Rounding(StrEnum):
    """What becomes of the digits after the last one shown."""

    HALF_UP = "half_up"
    HALF_EVEN = "half_even"
    DOWN = "down"


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a whole, reached with exactly so much, or only with more (``more_than``)."""

    numerator: int
    denominator: int
    more_than: bool = False

    def reached(self, part: int, whole: int) -> bool:
        """Whether ``part`` of ``whole`` is enough; nothing of nothing never is."""
        if whole <= 0:
            return False
        mine, due = part * self.denominator, self.numerator * whole
        return mine > due if self.more_than else mine >= due

    @property
    def exact(self) -> Fraction:
        """The part as a fraction, for showing."""
        return Fraction(self.numerator, self.denominator)


SIMPLE_MAJORITY: Final = Share(1, 2, more_than=True)
TWO_THIRDS: Final = Share(2, 3)
SEVENTY_PERCENT: Final = Share(7, 10)
UNANIMOUS: Final = Share(1, 1)


@dataclass(frozen=True, slots=True)
class Choice:
    """A level (``low`` = ``high``) or a band of a criterion."""

    label: str
    low: Decimal
    high: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """One criterion. Its points are ``weight`` times its mean; ``group`` is the code of a group, or empty."""

    code: str
    name: str
    kind: Kind
    max: Decimal
    min: Decimal = NONE
    step: Decimal = Decimal(1)
    weight: Decimal = Decimal(1)
    group: str = ""
    knock_out_below: Decimal | None = None
    comment_below: Decimal | None = None
    choices: tuple[Choice, ...] = ()

    def asks_comment(self, mark: Decimal | None) -> bool:
        """Whether the judge must say why with this mark."""
        return mark is not None and self.comment_below is not None and mark < self.comment_below


@dataclass(frozen=True, slots=True)
class Group:
    """A group of criteria and the most points that it gives; the groups of a rule make 100."""

    code: str
    name: str
    weight: Decimal


@dataclass(frozen=True, slots=True)
class Band:
    """What a score leads to, from ``at_least`` up to the next band."""

    at_least: Decimal
    name: str


class Base(StrEnum):
    """Of whom a share of votes is taken; who is recused belongs to neither."""

    PRESENT = "present"
    MEMBERS = "members"


class Tie(StrEnum):
    """What happens when exactly half voted yes and more than half is asked."""

    FAILS = "fails"
    CHAIR = "chair"


class PassBy(StrEnum):
    """By what an entry passes; the values of ``campaigns.PassBy``."""

    SCORE = "score"
    VOTE = "vote"
    BOTH = "both"
    EITHER = "either"


@dataclass(frozen=True, slots=True, kw_only=True)
class VoteRule:
    """How a council votes: ``share`` yes of ``of``, valid when ``quorum`` of the members who may vote are present.

    Without ``quorum`` any number of them is enough.
    """

    share: Share = SIMPLE_MAJORITY
    of: Base = Base.PRESENT
    quorum: Share | None = TWO_THIRDS
    tie: Tie = Tie.FAILS


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """The published rule, whole. ``version`` is the campaign's own name for it; it is frozen with the result.

    ``yes``: the share of sheets with Đạt from which a yes/no criterion is met. ``drop_extremes`` leaves out the
    highest and the lowest sheet where at least five count. ``anchors_count``: whether sheets of judges of another
    field, read to compare the panels, count. ``pass_line`` is compared with the rounded score; with ``pass_by`` SCORE
    and no line nobody passes by itself, except where every criterion has a floor: who reaches them all passes.
    """

    version: str
    criteria: tuple[Criterion, ...]
    groups: tuple[Group, ...] = ()
    bands: tuple[Band, ...] = ()
    pass_line: Decimal | None = None
    decimals: int = 2
    rounding: Rounding = Rounding.HALF_UP
    yes: Share = SIMPLE_MAJORITY
    drop_extremes: bool = False
    minimum_sheets: int = 1
    anchors_count: bool = False
    vote: VoteRule | None = None
    pass_by: PassBy = PassBy.SCORE


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the campaign; ``field`` is the code of its field."""

    code: str
    field: str = ""


@dataclass(frozen=True, slots=True)
class Judge:
    """One judge; ``panel`` is the field or council that the judge belongs to."""

    code: str
    panel: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What one judge gave one entry.

    ``marks``: criterion code to mark, ``None`` for a mark that is missing; ``missing`` may say why. A criterion that
    is not named is missing too. ``chosen``: label of the band that was chosen, where known. ``set_aside``: why the
    whole sheet does not count (the judge turned out to have a conflict, say); empty for a sheet that counts.
    """

    judge: str
    entry: str
    marks: Mapping[str, Decimal | None]
    missing: Mapping[str, str] = field(default_factory=dict)
    chosen: Mapping[str, str] = field(default_factory=dict)
    anchor: bool = False
    set_aside: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class VoteCount:
    """The count of one vote. ``members`` of the council, of whom ``recused`` may not vote on this entry.

    ``chair`` is the side of the chair, asked only where the rule lets it decide an even vote.
    """

    entry: str
    members: int
    present: int
    yes: int
    no: int
    blank: int = 0
    recused: int = 0
    chair: bool | None = None


@dataclass(frozen=True, slots=True)
class TieBreak:
    """A person puts tied entries in order, each before the next, with a reason. Several may make one order."""

    order: tuple[str, ...]
    reason: str
    by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """All that a result depends on. ``judges`` may be left out; whoever has a sheet is one."""

    rule: Rule
    entries: tuple[Entry, ...]
    sheets: tuple[Sheet, ...] = ()
    judges: tuple[Judge, ...] = ()
    votes: tuple[VoteCount, ...] = ()
    tie_breaks: tuple[TieBreak, ...] = ()

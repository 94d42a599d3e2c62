"""What a preset says."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from sangkien.campaigns.models import FormKind, InputKind, PassBy, Rounding, Tie, VoteOf
from sangkien.campaigns.window import Window
from sangkien.scoring.model import Share
from sangkien.units.models import Kind, Level


@dataclass(frozen=True, slots=True)
class Choice:
    """A level or a band of a criterion."""

    label: str
    low: Decimal
    high: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class CriterionPreset:
    """One criterion; ``group`` is the code of a group of its set. A mark under ``comment_below`` needs a comment."""

    code: str
    name: str
    kind: InputKind
    max: Decimal
    min: Decimal = Decimal(0)
    step: Decimal = Decimal(1)
    weight: Decimal = Decimal(1)
    knock_out_below: Decimal | None = None
    group: str = ""
    choices: tuple[Choice, ...] = ()
    comment_below: Decimal | None = None
    hint: str = ""
    legal_basis: str = ""
    evidence_expected: str = ""


@dataclass(frozen=True, slots=True)
class GroupPreset:
    """A group and its share of 100."""

    code: str
    name: str
    weight: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class RulePreset:
    """How sheets and votes become a result; as the columns of ``CriteriaSet`` say."""

    pass_by: PassBy = PassBy.SCORE
    pass_line: Decimal | None = None
    vote: Share | None = None
    vote_of: VoteOf = VoteOf.PRESENT
    vote_tie: Tie = Tie.FAILS
    quorum: Share | None = None
    minimum_sheets: int = 1
    decimals: int = 2
    rounding: Rounding = Rounding.HALF_UP
    drop_extremes: bool = False
    anchors_count: bool = False
    blind_names: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CriteriaPreset:
    """A set of criteria. ``bands``: from so many points on, this is proposed."""

    code: str
    name: str
    criteria: tuple[CriterionPreset, ...]
    groups: tuple[GroupPreset, ...] = ()
    bands: tuple[tuple[Decimal, str], ...] = ()
    source: str = ""
    note: str = ""
    rule: RulePreset = field(default_factory=RulePreset)


@dataclass(frozen=True, slots=True)
class OfficePreset:
    """An office as the plan names it. ``keys``: how ``vietnamese.unit_key`` of its name begins, any of these."""

    name: str
    keys: tuple[str, ...]
    fields: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ColumnPreset:
    """A column of a form."""

    code: str
    name: str
    under: str = ""
    help: str = ""
    required: bool = False


@dataclass(frozen=True, slots=True)
class FormPreset:
    """A form of the plan."""

    kind: FormKind
    title: str
    columns: tuple[ColumnPreset, ...]
    required: bool = True


@dataclass(frozen=True, slots=True)
class ErratumPreset:
    """Where the plan contradicts itself."""

    place: str
    as_printed: str
    read_as: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanPreset:
    """A plan to begin with. ``title`` takes ``{unit}`` and ``{year}``; ``lead`` is one of ``offices`` by its name.

    ``fields`` are (code, name as printed); ``kinds`` whom the plan asks, in the plan's order; units of this shape exist
    from ``since`` until ``until`` (not included).
    """

    code: str
    name: str
    level: Level
    organiser_kinds: frozenset[Kind]
    title: str
    window: Window
    fields: tuple[tuple[str, str], ...]
    offices: tuple[OfficePreset, ...]
    lead: str
    sectors: tuple[tuple[str, str], ...]
    kinds: tuple[Kind, ...]
    bonus_kinds: frozenset[Kind]
    criteria: str
    forms: tuple[FormPreset, ...]
    contact: str
    errata: tuple[ErratumPreset, ...] = ()
    budget_source: str = ""
    since: date | None = None
    until: date | None = None

    def window_of(self, year: int) -> Window:
        """Its days in another year."""
        return self.window.years_later(year - self.window.opens_date.year)

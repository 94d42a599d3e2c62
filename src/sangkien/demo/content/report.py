"""One report of the demonstration, and what becomes of it."""

from dataclasses import dataclass, field
from datetime import date
from enum import Enum

from sangkien.initiatives.models import Kind


class Course(Enum):
    """How far a report comes."""

    ADMITTED = "admitted"
    SUPPLEMENTED = "supplemented"  # sent back, sent again, then admitted
    LAPSED = "lapsed"  # sent back, never answered, deferred
    LATE = "late"  # arrived after the window, deferred when the window closed
    MERGED = "merged"  # the same solution as ``same_as`` of another unit
    WITHDRAWN = "withdrawn"
    WAITING = "waiting"  # sent, not looked at yet
    DRAFT = "draft"


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure before and after, as text with a decimal point."""

    what: str
    before: str
    after: str
    unit_of_measure: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """``unit`` by its name on the day; ``day``: days after the window opened; ``on_paper``: the lead unit records it."""

    unit: str
    title: str
    fields: tuple[str, ...]
    situation: str
    content: str
    effectiveness: str
    novelty: str
    day: int
    course: Course = Course.ADMITTED
    kind: Kind = Kind.SOLUTION
    first_applied_date: date | None = None
    limitations: str = ""
    results: str = ""
    cost: str = ""
    replication_conditions: str = ""
    sector: str = ""
    figures: tuple[Figure, ...] = ()
    with_units: tuple[str, ...] = ()
    with_bodies: tuple[str, ...] = ()
    on_paper: bool = False
    gap: tuple[str, str] = ("", "")  # part and what is asked for, when it is sent back
    supplement: dict[str, str] = field(default_factory=dict)  # what the unit adds then
    same_as: str = ""  # title of the report into which it is merged

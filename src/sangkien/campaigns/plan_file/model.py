"""What was read of a plan."""

from dataclasses import dataclass
from datetime import date, time
from typing import Generic, TypeVar

from sangkien.appendix.model import Outcome
from sangkien.campaigns.presets.shape import ErratumPreset

_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True)
class Found(Generic[_Value]):
    """A value and the passage it was read from, as printed."""

    value: _Value
    passage: str


@dataclass(frozen=True, slots=True)
class FoundField:
    """A field as printed; ``code`` where it is clear which one is meant."""

    number: int
    name_as_printed: str
    code: str | None
    passage: str


@dataclass(frozen=True, slots=True)
class FoundOwner:
    """An office as printed, and the codes of the fields (or the names of the sectors) that it is in charge of."""

    office: str
    fields: tuple[str, ...]
    sectors: tuple[str, ...]
    passage: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanReading:
    """Nothing is taken over before a person has seen it; ``questions`` say where the reader was unsure."""

    file: str
    outcome: Outcome
    message: str = ""
    number: Found[int] | None = None
    notation: Found[str] | None = None
    issued_date: Found[date] | None = None
    issuer: Found[str] | None = None
    title: Found[str] | None = None
    year: Found[int] | None = None
    opens_date: Found[date] | None = None
    closes_date: Found[date] | None = None
    closes_time: Found[time] | None = None
    bases: tuple[Found[str], ...] = ()
    fields: tuple[FoundField, ...] = ()
    owners: tuple[FoundOwner, ...] = ()
    errata: tuple[ErratumPreset, ...] = ()
    contact: Found[str] | None = None
    questions: tuple[str, ...] = ()

"""Which entries are clear of the line, and which lie so near that people should talk about them."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from sangkien.scoring.advisory.model import Calibration, EntryEstimate, Key, Number


class Zone(StrEnum):
    """``ABOVE`` "trên vạch", ``DISCUSS`` "cần bàn lại", ``BELOW`` "dưới vạch"; ``UNKNOWN`` without any score."""

    ABOVE = "above"
    DISCUSS = "discuss"
    BELOW = "below"
    UNKNOWN = "unknown"


class Ground(StrEnum):
    """What an entry's zone rests on."""

    PROBABILITY = "probability"
    INTERVAL = "interval"
    OFFICIAL = "official"  # no probability may be shown: how near the official score is
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Rule:
    """When an entry is to be discussed: probability from ``low`` to ``high``, or ``by_interval`` the 95 % interval
    covers the line; where neither may be shown, the official score within ``points`` of the line.
    """

    low: float = 0.10
    high: float = 0.90
    points: Number = 2.0
    by_interval: bool = False

    def __post_init__(self) -> None:
        if not 0 <= self.low <= self.high <= 1 or self.points < 0:
            raise ValueError("the grey zone runs from low to high, within 0 and 1, and points are not negative")


@dataclass(frozen=True, slots=True)
class Placed:
    """One entry with its zone and what that rests on."""

    entry: Key
    zone: Zone
    ground: Ground


def zones(
    calibration: Calibration, official: Mapping[Key, Number | None], *, line: Number, rule: Rule | None = None
) -> tuple[Placed, ...]:
    """Every entry's zone about ``line``. It decides nothing: the official score does, and people do.

    An entry that both scores put clear of the line, but on opposite sides, is to be discussed too.
    """
    rule = rule or Rule()
    if calibration.line is not None and calibration.line != float(line):
        raise ValueError("the probabilities were computed for another line")
    return tuple(_placed(each, official.get(each.entry), line, rule) for each in calibration.entries)


def _placed(each: EntryEstimate, official: Number | None, line: Number, rule: Rule) -> Placed:
    ground, zone = Ground.NOTHING, Zone.UNKNOWN
    if rule.by_interval and each.interval95 is not None:
        ground, zone = Ground.INTERVAL, _by_interval(each.interval95, float(line))
    elif each.probability is not None:
        ground, zone = Ground.PROBABILITY, _by_probability(each.probability, rule)
    if official is None:
        return Placed(each.entry, zone, ground)
    passes = Zone.ABOVE if official >= line else Zone.BELOW
    if ground is Ground.NOTHING:
        near = abs(float(official) - float(line)) <= float(rule.points)
        return Placed(each.entry, Zone.DISCUSS if near else passes, Ground.OFFICIAL)
    return Placed(each.entry, zone if zone is passes else Zone.DISCUSS, ground)


def _by_interval(interval: tuple[float, float], line: float) -> Zone:
    low, high = interval
    if low <= line <= high:
        return Zone.DISCUSS
    return Zone.ABOVE if low > line else Zone.BELOW


def _by_probability(probability: float, rule: Rule) -> Zone:
    if rule.low <= probability <= rule.high:
        return Zone.DISCUSS
    return Zone.ABOVE if probability > rule.high else Zone.BELOW

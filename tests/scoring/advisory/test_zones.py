"""The grey zone: who is clear of the line, who is to be talked about, and what that rests on."""

from decimal import Decimal

import pytest

from sangkien.scoring.advisory.calibrating import calibrate
from sangkien.scoring.advisory.model import Calibration, EntryEstimate, Interval
from sangkien.scoring.advisory.zones import Ground, Placed, Rule, Zone, zones
from tests.factories.marks import SCALE, drawn_readers, world


def _one(probability: float | None, interval: Interval | None = None) -> Calibration:
    estimate = EntryEstimate("h", "l", 3, 1, 70.0, 2.0, interval, interval, probability, 1)
    return Calibration((estimate,), (), (), line=65)


@pytest.mark.parametrize(
    ("probability", "official", "zone"),
    [
        (0.95, 80, Zone.ABOVE),
        (0.91, 65, Zone.ABOVE),
        (0.90, 80, Zone.DISCUSS),
        (0.50, 65, Zone.DISCUSS),
        (0.10, 60, Zone.DISCUSS),
        (0.05, 60, Zone.BELOW),
        (0.95, 64, Zone.DISCUSS),  # the two scores put it on opposite sides
        (0.05, 66, Zone.DISCUSS),
        (0.95, None, Zone.ABOVE),
    ],
)
def test_the_probability_decides(probability: float, official: int | None, zone: Zone) -> None:
    assert zones(_one(probability), {"h": official}, line=65) == (Placed("h", zone, Ground.PROBABILITY),)


@pytest.mark.parametrize(
    ("interval", "zone"),
    [((66, 70), Zone.ABOVE), ((64, 70), Zone.DISCUSS), ((65, 70), Zone.DISCUSS)],
)
def test_or_whether_the_interval_covers_the_line(interval: tuple[float, float], zone: Zone) -> None:
    placed = zones(_one(0.99, Interval(*interval)), {"h": 68}, line=65, rule=Rule(by_interval=True))
    assert placed == (Placed("h", zone, Ground.INTERVAL),)


@pytest.mark.parametrize(
    ("official", "zone"), [("67", Zone.DISCUSS), ("67.01", Zone.ABOVE), ("63", Zone.DISCUSS), ("62.99", Zone.BELOW)]
)
def test_where_nothing_may_be_shown_nearness_of_the_official_score_decides(official: str, zone: Zone) -> None:
    placed = zones(_one(None), {"h": Decimal(official)}, line=Decimal(65), rule=Rule(points=Decimal(2)))
    assert placed == (Placed("h", zone, Ground.OFFICIAL),)


def test_an_entry_without_any_score_is_unknown() -> None:
    assert zones(_one(None), {}, line=65) == (Placed("h", Zone.UNKNOWN, Ground.NOTHING),)


def test_entries_far_from_the_line_are_not_to_be_discussed_and_those_near_it_are() -> None:
    given = world(seed=6, readers=drawn_readers(60, 8, 3, seed=6))
    found = calibrate(given.entries, given.marks, scale=SCALE, line=65)
    official = {each.entry: each.value for each in found.entries}
    for placed, each in zip(zones(found, official, line=65), found.entries, strict=True):
        assert each.value is not None
        assert (placed.zone is Zone.DISCUSS) == (abs(each.value - 65) < 1.2815516 * (each.error or 0) + 1e-9)


def test_probabilities_of_another_line_are_refused() -> None:
    with pytest.raises(ValueError, match="another line"):
        zones(_one(0.5), {}, line=70)


def test_a_rule_whose_edges_cross_is_refused() -> None:
    with pytest.raises(ValueError, match="grey zone"):
        Rule(low=0.9, high=0.1)

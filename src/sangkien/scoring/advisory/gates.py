"""Each question that stands before a value is shown, answered with numbers (``GateCode`` names them)."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from sangkien.scoring.advisory.design import Design, Ints, homes
from sangkien.scoring.advisory.model import (
    FEWEST_JUDGES,
    FEWEST_MARKS_OF_A_JUDGE,
    FEWEST_MARKS_OF_AN_ENTRY,
    MOST_JUDGES,
    WARN_AT_MAXIMUM,
    WITHHOLD_AT_MAXIMUM,
    Gate,
    GateCode,
    GateState,
    Key,
    Scale,
)

_SPARE_MARKS = 3  # beyond those that fix every entry and every judge; with fewer nothing tells chance from merit
_FEW_BRIDGES = 2  # design.md §5.3: one bridging entry connects a graph but carries little
_MOST_NUMBERS = 50_000_000  # in the sums by numbers of marks: 400 MB
_SEARCHED_FOR_SINGLE = 5_000  # marks; above it a single link is not looked for


def gates_of(design: Design, scale: Scale) -> tuple[Gate, ...]:
    """Every gate but ``THIN``, which is known after the fit."""
    questions = (_incomplete, _judges, _marks, _left_out, _separable, _variation, _size, _connected, _bridges)
    return (*(question(design) for question in questions), _ceiling(design, scale))


def lets_fit(gates: tuple[Gate, ...]) -> bool:
    """Whether the model can be fitted. A complete design can: its judges' severity is of use, its values are not."""
    harmless = {GateCode.INCOMPLETE, GateCode.CEILING}
    return all(gate.state is not GateState.CLOSED or gate.code in harmless for gate in gates)


def without_chance(gates: tuple[Gate, ...]) -> tuple[Gate, ...]:
    """The gates after a fit that found no chance at all: all judges agree but for their severity, as after a talk."""
    return tuple(
        replace(gate, state=GateState.CLOSED, numbers={**gate.numbers, "chance": 0})
        if gate.code is GateCode.VARIATION
        else gate
        for gate in gates
    )


def shown_entries(design: Design) -> NDArray[np.bool_]:
    """The entries that have marks enough, in a part of the graph that has judges enough."""
    return (design.count >= FEWEST_MARKS_OF_AN_ENTRY) & ~in_small_component(design)


def in_small_component(design: Design) -> NDArray[np.bool_]:
    """Entries whose part of the graph has too few judges to compare them."""
    judges = np.bincount(design.judge_component[design.kept], minlength=design.components + 1)
    return (design.component >= 0) & (judges[design.component] < FEWEST_JUDGES)


def _state(open_: bool, otherwise: GateState = GateState.CLOSED) -> GateState:
    return GateState.OPEN if open_ else otherwise


def _incomplete(design: Design) -> Gate:
    entries, judges = int((design.count > 0).sum()), design.kept_count
    numbers = {"entries": entries, "judges": judges, "marks": design.entry.size, "possible": entries * judges}
    return Gate(GateCode.INCOMPLETE, _state(design.entry.size < entries * judges or not entries), numbers)


def _judges(design: Design) -> Gate:
    enough = design.kept_count >= FEWEST_JUDGES
    return Gate(GateCode.JUDGES, _state(enough), {"judges": design.kept_count, "fewest": FEWEST_JUDGES})


def _marks(design: Design) -> Gate:
    few = design.count < FEWEST_MARKS_OF_AN_ENTRY
    some = bool(shown_entries(design).any())
    state = _state(not few.any(), GateState.WARNING) if some else GateState.CLOSED
    who = tuple(design.entries[at][0] for at in np.flatnonzero(few).tolist())
    numbers = {"entries": len(design.entries), "fewest": FEWEST_MARKS_OF_AN_ENTRY, "too_few": len(who)}
    return Gate(GateCode.MARKS, state, numbers, who)


def _left_out(design: Design) -> Gate:
    who: tuple[Key, ...] = tuple(design.judges[at] for at in np.flatnonzero(~design.kept).tolist())
    numbers = {"judges": len(who), "fewest": FEWEST_MARKS_OF_A_JUDGE}
    return Gate(GateCode.LEFT_OUT, _state(not who, GateState.WARNING), numbers, who)


def _separable(design: Design) -> Gate:
    unknowns = int((design.count > 0).sum()) + design.kept_count - design.components
    spare = design.entry.size - unknowns
    freedom = design.entry.size - design.cells
    enough = spare >= _SPARE_MARKS and freedom > design.kept_count
    return Gate(GateCode.SEPARABLE, _state(enough), {"spare": spare, "needed": _SPARE_MARKS})


def _variation(design: Design) -> Gate:
    """Marks must differ within the cells: equal marks in each cell leave nothing to estimate from."""
    if not design.y.size:
        return Gate(GateCode.VARIATION, GateState.CLOSED)
    cell = design.cell[design.entry]
    low, high = np.full(design.cells, np.inf), np.full(design.cells, -np.inf)
    np.minimum.at(low, cell, design.y)
    np.maximum.at(high, cell, design.y)
    numbers = {"lowest": float(design.y.min()), "highest": float(design.y.max()), "chance": 1}
    return Gate(GateCode.VARIATION, _state(bool((high > low).any())), numbers)


def _size(design: Design) -> Gate:
    width = design.kept_count + design.cells
    fits = width <= MOST_JUDGES and width**2 * len(design.groups) <= _MOST_NUMBERS
    return Gate(GateCode.SIZE, _state(fits), {"judges": design.kept_count, "most": MOST_JUDGES})


def _connected(design: Design) -> Gate:
    read = design.component[design.component >= 0]
    largest = int(np.bincount(read).max(initial=0))
    numbers = {"components": design.components, "largest": largest, "entries": read.size}
    return Gate(GateCode.CONNECTED, _state(design.components <= 1, GateState.WARNING), numbers)


def _bridges(design: Design) -> Gate:
    """The judges' parts (by field), the entries that join them, and how many join the part that hangs most loosely."""
    of_judge = homes(design)
    parts = int(np.unique(of_judge[design.kept]).size)
    weakest, bridging = _bridging(design, of_judge) if parts > 1 else (0, 0)
    single = sum(1 for _ in _single_links(design)) if design.entry.size <= _SEARCHED_FOR_SINGLE else 0
    loose = single > 0 or (parts > 1 and weakest < _FEW_BRIDGES)
    numbers = {"parts": parts, "bridging": bridging, "weakest": weakest, "single": single}
    return Gate(GateCode.BRIDGES, _state(not loose, GateState.WARNING), numbers)


def _bridging(design: Design, of_judge: Ints) -> tuple[int, int]:
    parts = int(of_judge.max()) + 1
    met = np.sort(design.entry * parts + of_judge[design.judge])
    met = met[np.diff(met, prepend=-1) != 0]
    entry, part = met // parts, met % parts
    joins = np.bincount(entry, minlength=len(design.entries)) > 1
    each = np.bincount(part[joins[entry]], minlength=parts)
    used = np.unique(of_judge[design.kept])
    return int(each[used].min()), int(joins.sum())


def _single_links(design: Design) -> Iterator[int]:
    """Entries that alone hold two parts of the judges together (articulation points), without recursion."""
    neighbours: list[list[int]] = [[] for _ in range(len(design.entries) + len(design.judges))]
    for entry, judge in zip(design.entry.tolist(), (design.judge + len(design.entries)).tolist(), strict=True):
        neighbours[entry].append(judge)
        neighbours[judge].append(entry)
    seen: dict[int, int] = {}
    for root in np.unique(design.judge + len(design.entries)).tolist():
        if root not in seen:
            yield from (at for at in _cutting(root, neighbours, seen) if at < len(design.entries))


def _cutting(root: int, neighbours: list[list[int]], seen: dict[int, int]) -> set[int]:
    """Points below ``root`` (a judge) without which something falls off: Tarjan's lowest reachable number."""
    seen[root] = len(seen)
    lowest = {root: seen[root]}
    cutting = set()
    path = [(root, -1, iter(neighbours[root]))]
    while path:
        at, above, rest = path[-1]
        following = next(rest, None)
        if following is None:
            path.pop()
            if above >= 0:
                lowest[above] = min(lowest[above], lowest[at])
                if lowest[at] >= seen[above]:
                    cutting.add(above)
        elif following not in seen:
            seen[following] = lowest[following] = len(seen)
            path.append((following, at, iter(neighbours[following])))
        elif following != above:
            lowest[at] = min(lowest[at], seen[following])
    return cutting


def _ceiling(design: Design, scale: Scale) -> Gate:
    """All marks count here, of judges left out too: the ceiling is the sheet's, not the model's."""
    share = float(np.mean(design.all_y >= float(scale.maximum))) if design.all_y.size else 0.0
    state = GateState.OPEN
    if share >= WARN_AT_MAXIMUM:
        state = GateState.WARNING
    if share >= WITHHOLD_AT_MAXIMUM:
        state = GateState.CLOSED
    numbers = {"share": share, "warn_from": WARN_AT_MAXIMUM, "withhold_from": WITHHOLD_AT_MAXIMUM}
    return Gate(GateCode.CEILING, state, numbers)

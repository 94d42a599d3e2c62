"""The order that a person gave to tied entries, as layers: first those that nothing goes before."""

from collections import defaultdict, deque
from collections.abc import Iterable
from itertools import pairwise

from sangkien.scoring.model import TieBreak


def in_layers(tie_breaks: Iterable[TieBreak]) -> dict[str, int] | None:
    """Each named entry's layer from 0: one more than the deepest that goes before it; ``None`` for a contradiction."""
    after: defaultdict[str, set[str]] = defaultdict(set)
    waits_for: defaultdict[str, int] = defaultdict(int)
    layers: dict[str, int] = {}
    for tie_break in tie_breaks:
        layers |= dict.fromkeys(tie_break.order, 0)
        for first, then in pairwise(tie_break.order):
            if then not in after[first]:
                after[first].add(then)
                waits_for[then] += 1
    ready = deque(code for code in layers if not waits_for[code])
    settled = 0
    while ready:
        code = ready.popleft()
        settled += 1
        for then in after[code]:
            layers[then] = max(layers[then], layers[code] + 1)
            waits_for[then] -= 1
            if not waits_for[then]:
                ready.append(then)
    return layers if settled == len(layers) else None

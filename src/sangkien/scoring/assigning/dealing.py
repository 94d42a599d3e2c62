"""From shares to persons: which judge reads which entry, so that judges meet each other as evenly as can be.

Blocks of entries with always the same readers would make panels inside a panel, which nobody can compare. So each entry
goes to those who have read together least so far.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

from sangkien.scoring.assigning.flow import Class


class Meetings:
    """How often two judges have read the same entry."""

    def __init__(self) -> None:
        self._together: Counter[tuple[int, int]] = Counter()

    def note(self, readers: Iterable[int]) -> None:
        """These read one entry together."""
        self._together.update(combinations(sorted(readers), 2))

    def of(self, judge: int, others: Iterable[int]) -> int:
        """How often the judge has read with these, so far."""
        return sum(self._together[min(judge, other), max(judge, other)] for other in others)


def dealt(each: Class, shares: Mapping[int, int], readers: Sequence[set[int]], meetings: Meetings) -> None:
    """Give every entry of the class its readers, into ``readers``; each judge gets exactly their share.

    A judge who must read all that is left comes first; this leaves what is left always possible (Gale and Ryser).
    """
    left = {judge: share for judge, share in shares.items() if share}
    for done, entry in enumerate(each.entries):
        waiting = len(each.entries) - done
        chosen = [judge for judge, share in left.items() if share == waiting]
        while len(chosen) < each.need:
            with_whom = readers[entry].union(chosen)
            open_ = (judge for judge in left if judge not in chosen)
            chosen.append(min(open_, key=lambda judge: (meetings.of(judge, with_whom), -left[judge])))
        for judge in chosen:
            left[judge] -= 1
            if not left[judge]:
                del left[judge]
        readers[entry].update(chosen)
        meetings.note(readers[entry])

"""Who is to read what: what is asked, and the answer, whole or refused with reasons."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

Key = str | int

ANCHOR_READERS = 2  # judges of another field who read an anchor entry too (design.md §5.3)


class Entry(NamedTuple):
    """An entry and the field whose panel reads it."""

    id: Key
    field: Key


@dataclass(frozen=True, slots=True)
class Judge:
    """A judge. ``fields`` are those that they read, empty for all. ``limit`` is their own, below the common one.

    ``already`` counts what they read elsewhere: it fills their limit and weighs in the balance.
    """

    id: Key
    fields: frozenset[Key] = frozenset()
    limit: int | None = None
    already: int = 0


class Pair(NamedTuple):
    entry: Key
    judge: Key


@dataclass(frozen=True, slots=True)
class Request:
    """``readers`` for every entry (``readers_of`` for some of them), at most ``limit`` entries for a judge.

    ``fixed`` pairs were set by hand and stay, whatever the panel. ``forbidden`` pairs (conflicts) never occur; names in
    them that are not here mean nothing. ``anchors`` asks for so many anchor entries a field (2 or 3; 0 for none).
    """

    entries: tuple[Entry, ...]
    judges: tuple[Judge, ...]
    readers: int
    limit: int
    fixed: frozenset[Pair] = frozenset()
    forbidden: frozenset[Pair] = frozenset()
    readers_of: Mapping[Key, int] = field(default_factory=dict)
    anchors: int = 0
    seed: Key = 0

    def __post_init__(self) -> None:
        entries, judges = {each.id for each in self.entries}, {each.id for each in self.judges}
        if len(entries) != len(self.entries) or len(judges) != len(self.judges):
            raise ValueError("an entry or a judge is given twice")
        if self.readers < 1 or self.limit < 1 or self.anchors < 0 or any(each < 0 for each in self.readers_of.values()):
            raise ValueError("readers and limit are at least 1, anchors and readers_of at least 0")
        if any(pair.entry not in entries or pair.judge not in judges for pair in self.fixed):
            raise ValueError("a fixed pair names an entry or a judge that is not here")


class Kind(StrEnum):
    FIXED = "fixed"
    PANEL = "panel"
    ANCHOR = "anchor"


class Read(NamedTuple):
    """One judge reads one entry."""

    entry: Key
    judge: Key
    kind: Kind


@dataclass(frozen=True, slots=True)
class Assigned:
    """A whole assignment: every entry has its readers. ``reads`` in the order of entries, then of judges.

    ``loads`` counts each judge's entries, ``already`` included. ``components`` is 1 when judges and entries hang
    together; ``joined`` says that no anchor was needed because the fields share judges.
    """

    reads: tuple[Read, ...]
    loads: Mapping[Key, int]
    anchors: tuple[Key, ...]
    components: int
    joined: bool


class Why(StrEnum):
    FORBIDDEN = "forbidden"  # set by hand although in conflict
    OVERFULL = "overfull"  # set by hand beyond the judge's limit
    FEW_READERS = "few_readers"  # an entry has fewer judges who may read it than it needs
    LOAD = "load"  # the judges who may read these entries cannot take so many


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason why there is no assignment, with the numbers that its sentence needs.

    FORBIDDEN: the entry and the judge. OVERFULL: the judge, ``needed`` set by hand, ``available`` their limit.
    FEW_READERS: entries of one field, judges ``needed`` each, ``available``. LOAD: entries, their judges, readings
    ``needed`` and ``available``, the common limit that would do (None: none would), how many more judges at the least;
    ``for_anchors`` when only the anchor entries are too much.
    """

    why: Why
    entries: tuple[Key, ...] = ()
    judges: tuple[Key, ...] = ()
    field: Key | None = None
    needed: int = 0
    available: int = 0
    limit: int | None = None
    more_judges: int = 0
    for_anchors: bool = False


@dataclass(frozen=True, slots=True)
class Impossible:
    """There is no assignment; nothing is assigned in part."""

    reasons: tuple[Reason, ...]


def drawn(*parts: Key) -> bytes:
    """A lot that hangs on the parts alone: sorting by it is a shuffle, the same on every machine and in every order."""
    return hashlib.blake2b(
        "\x1f".join(f"{type(part).__name__}:{part}" for part in parts).encode(), digest_size=16
    ).digest()

"""Who stands under whom, on which days: computed from the versions, kept in ``UnitPath``."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Q

from sangkien.units.models import UnitPath, UnitVersion

FAR = date.max  # stands for "no end" while intervals are cut
_DEEPEST = 30  # steps; a real tree has four or five
_BATCH = 5_000  # rows in one statement


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """``unit_id`` stands ``depth`` under ``ancestor_id`` from a day to a day (not included; ``FAR`` for no end)."""

    ancestor_id: int
    unit_id: int
    start: date
    end: date
    depth: int


def rewrite(unit_ids: Iterable[int]) -> None:
    """Bring the paths of these units, and of all that ever stood under them, into line with the versions.

    As many statements for ten thousand units as for one, apart from the size of the batches in which rows are written.
    Only the actions call this, while no other action changes units (``changing()``).
    """
    ids = list(unit_ids)
    below = UnitPath.objects.filter(ancestor__in=ids).values("unit")
    affected = Q(unit__in=ids) | Q(unit__in=below)
    versions = list(UnitVersion.objects.current().filter(affected).only("unit", "parent", "valid_from", "valid_to"))
    outside = {version.parent_id for version in versions} - {version.unit_id for version in versions} - {None}
    known = [as_span(path) for path in UnitPath.objects.filter(unit__in=outside)]
    wanted = set(spans(versions, known))
    kept = {as_span(path): path.pk for path in UnitPath.objects.filter(affected)}
    stale = [pk for span, pk in kept.items() if span not in wanted]
    for first in range(0, len(stale), _BATCH):
        UnitPath.objects.filter(pk__in=stale[first : first + _BATCH]).delete()
    UnitPath.objects.bulk_create([_path(span) for span in sorted(wanted - kept.keys())], batch_size=_BATCH)


def spans(versions: Iterable[UnitVersion], known: Iterable[Span] = ()) -> Iterator[Span]:
    """The closure of these versions; ``known`` are the paths of parents that are not among them.

    Raises ``ValueError`` when a unit would stand under itself.
    """
    by_unit: dict[int, list[UnitVersion]] = {}
    for version in versions:
        by_unit.setdefault(version.unit_id, []).append(version)
    above: dict[int, list[Span]] = {}
    for span in known:
        above.setdefault(span.unit_id, []).append(span)
    for unit_versions in by_unit.values():
        yield from _joined(piece for version in unit_versions for piece in _climb(version, by_unit, above))


def _climb(version: UnitVersion, by_unit: dict[int, list[UnitVersion]], known: dict[int, list[Span]]) -> Iterator[Span]:
    """From one version upward; where an ancestor has several versions, the way parts by their days.

    Not "parents first": two units may have stood each under the other, at different times.
    """
    unit, start, end = version.unit_id, version.valid_from, version.valid_to or FAR
    yield Span(unit, unit, start, end, 0)
    ways = [(version.parent_id, start, end, 1)]
    while ways:
        parent, start, end, depth = ways.pop()
        if parent == unit or depth > _DEEPEST:
            raise ValueError(f"unit {unit} stands under itself from {start}")
        if parent is None:
            continue
        for step in by_unit.get(parent, ()):
            first, last = max(start, step.valid_from), min(end, step.valid_to or FAR)
            if first < last:
                yield Span(parent, unit, first, last, depth)
                ways.append((step.parent_id, first, last, depth + 1))
        for span in () if parent in by_unit else known.get(parent, ()):
            first, last = max(start, span.start), min(end, span.end)
            if first < last:
                yield Span(span.ancestor_id, unit, first, last, depth + span.depth)


def _joined(pieces: Iterable[Span]) -> Iterator[Span]:
    """Neighbouring pieces of the same depth as one, so that a rename leaves the closure alone."""
    last: Span | None = None
    for piece in sorted(pieces):
        if last and (last.ancestor_id, last.depth, last.end) == (piece.ancestor_id, piece.depth, piece.start):
            last = replace(last, end=piece.end)
            continue
        if last:
            yield last
        last = piece
    if last:
        yield last


def as_span(path: UnitPath) -> Span:
    return Span(path.ancestor_id, path.unit_id, path.valid_from, path.valid_to or FAR, path.depth)


def _path(span: Span) -> UnitPath:
    return UnitPath(
        ancestor_id=span.ancestor_id,
        unit_id=span.unit_id,
        depth=span.depth,
        valid_from=span.start,
        valid_to=None if span.end == FAR else span.end,
    )

"""Of which entries a person may learn no mark: those from which they keep out, and those of their own unit.

Only what has been closed is told of one's own unit, and only as what it came to (invariants 3 and 14).
"""

from collections.abc import Iterable

from sangkien.accounts.actor import Actor
from sangkien.appraisal.conflicts import without_conflict
from sangkien.intake.models import Entry


def hidden_from(actor: Actor, entries: Iterable[Entry]) -> frozenset[int]:
    """Keys of these entries. Two statements, however many."""
    asked = frozenset(each.pk for each in entries)
    free = without_conflict(Entry.objects.filter(pk__in=asked), actor)
    return asked - set(free.values_list("pk", flat=True))

"""Before two reports of one thing become one: into which, and who will then stand where."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from sangkien.accounts.actor import Actor
from sangkien.desk.entry.reading import named_shortly
from sangkien.initiatives.models import CoImplementer
from sangkien.intake.finding import KIND, scopes_of
from sangkien.intake.lifecycle import Stage
from sangkien.intake.models import Entry
from sangkien.search.door import find
from sangkien.units.queries import name_then

SURVIVES: Final = (Stage.SUBMITTED, Stage.CHANGES_REQUESTED, Stage.ADMITTED)
_MOST: Final = 20


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entry into which another may be merged."""

    entry: Entry
    title: str
    unit_name: str


def candidates(actor: Actor, entry: Entry, words: str) -> Sequence[Candidate]:
    """With these words in title, unit or code; without words those with words of the same title. The best first.

    A handful of statements, whatever the number of entries.
    """
    title = entry.revision.title if entry.revision else ""
    others = Entry.objects.filter(campaign=entry.campaign_id, stage__in=SURVIVES).exclude(pk=entry.pk)
    found = find(KIND, words or title, scopes=scopes_of(actor), within=others, most=_MOST)
    rows = named_shortly(Entry.objects.visible_to(actor).filter(pk__in=found.ids, stage__in=SURVIVES))
    by_id = {each.pk: each for each in rows.exclude(pk=entry.pk)}
    return [_candidate(by_id[key]) for key in found.ids if key in by_id]


def of_the_field(actor: Actor, entry: Entry) -> Sequence[Candidate]:
    """Where no title comes near: others of the same main field, the latest first. One statement."""
    field = entry.revision.main_field if entry.revision else ""
    rows = Entry.objects.visible_to(actor).filter(campaign=entry.campaign_id, stage__in=SURVIVES)
    same = named_shortly(rows.filter(revision__main_field=field)).exclude(pk=entry.pk)
    return [_candidate(each) for each in same.order_by("-submitted_at", "-pk")[:_MOST]]


def _candidate(entry: Entry) -> Candidate:
    name = getattr(entry, "unit_name", None) or _("đơn vị ngoài danh sách")
    return Candidate(entry, entry.revision.title if entry.revision else entry.code, str(name))


@dataclass(frozen=True, slots=True)
class Joined:
    """Who did it: ``implementer`` reports, ``together`` stand beside it, ``new`` of these come by merging."""

    implementer: str
    together: tuple[str, ...]
    new: tuple[str, ...]


def joined(entry: Entry, into: Entry) -> Joined:
    """As the surviving entry will name its units after the merge. One statement."""
    rows = CoImplementer.objects.filter(initiative__in=[entry.initiative_id, into.initiative_id])
    called = rows.annotate(unit_name=name_then("unit", entry.campaign.closes_date)).order_by("pk")
    there = [each for each in called if each.initiative_id == into.initiative_id]
    given = [each for each in called if each.initiative_id == entry.initiative_id]
    before = [_name(each) for each in there]
    coming = (
        [str(getattr(entry, "unit_name", None) or entry.code)] if entry.implementer_id != into.implementer_id else []
    )
    coming += [_name(each) for each in given if each.unit_id != into.implementer_id or each.unit_id is None]
    new = tuple(name for name in dict.fromkeys(coming) if name not in before)
    return Joined(str(getattr(into, "unit_name", None) or into.code), (*before, *new), new)


def _name(body: CoImplementer) -> str:
    return body.name or str(getattr(body, "unit_name", None) or _("đơn vị đã thôi hoạt động"))

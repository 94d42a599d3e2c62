"""Entries in the search: what of them is found, by whom, and the rows in step with them.

Scopes, as written and as asked: "sent" whatever left its unit; "u12" the entries of unit 12, "w12" what others sent
that it did together with them; "o3" what is seen by unit 3 as issuer or as lead unit. With "c" and the campaign's uid
behind: the same, for a membership narrowed to that campaign.
"""

from collections.abc import Iterable, Sequence
from typing import Any, Final
from uuid import UUID

from django.db.models import F, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce

from sangkien.accounts.actor import Actor
from sangkien.accounts.roles import Permission, Role
from sangkien.campaigns.models import Campaign, Participant
from sangkien.initiatives.models import CoImplementer
from sangkien.intake.lifecycle import Stage
from sangkien.intake.models import Entry, EntryQuerySet
from sangkien.intake.visibility import sees_everything, units_of
from sangkien.search.rows import Findable, drop, put_all
from sangkien.units.models import UnitPath, UnitVersion, within
from sangkien.vietnamese import unit_key

KIND: Final = "entry"
_SENT: Final = "sent"


def make_findable(entries: Sequence[Entry]) -> None:
    """The search rows of these entries as they stand now; called last by every action that changes what is found: a
    draft's title, its sending, taking it up again, its co-implementers. In that action's transaction; three statements,
    however many entries."""
    put_all(_findables(_facts(Entry.objects.filter(pk__in=[entry.pk for entry in entries]))))


def make_sent_findable(entries: Iterable[Entry], unit_name: str, together: Iterable[CoImplementer]) -> None:
    """``make_findable`` for who has all at hand: entries of one unit with revision and campaign, the unit's name in the
    plan, and with whom they were done together. One statement."""
    facts = [
        {
            "pk": each.pk, "code": each.code, "stage": each.stage, "opened_by_lead": each.opened_by_lead,
            "revision_id": each.revision_id, "organiser_id": each.organiser_id, "implementer_id": each.implementer_id,
            "initiative_id": each.initiative_id, "unit_name": unit_name, "campaign_uid": each.campaign.uid,
            "title": each.revision.title if each.revision else "", "lead_id": each.campaign.lead_unit_id,
        }
        for each in entries
    ]  # fmt: skip
    bodies = [(each.initiative_id, each.unit_id, each.name) for each in sorted(together, key=lambda each: each.pk)]
    put_all(_with_bodies(facts, bodies))


def make_unfindable(entries: Sequence[Entry]) -> None:
    """For drafts that are thrown away. One statement."""
    drop(KIND, [entry.pk for entry in entries])


def findables_after(entry_id: int, most: int) -> list[Findable]:
    """The next entries by id, held until the transaction ends: for ``search.rows.rebuild``."""
    following = Entry.objects.filter(pk__gt=entry_id).order_by("pk").select_for_update(of=("self",))
    ids = list(following.values_list("pk", flat=True)[:most])
    return _findables(_facts(Entry.objects.filter(pk__in=ids)))


def unit_name() -> Coalesce:
    """Of an entry's unit: as the plan has it, for a unit outside the plan as it is called last; to annotate with."""
    asked = Participant.objects.filter(campaign=OuterRef("campaign"), unit=OuterRef("implementer"))
    latest = UnitVersion.objects.current().filter(unit=OuterRef("implementer")).order_by("-valid_from")
    names = (Subquery(asked.values("unit_version__name")[:1]), Subquery(latest.values("name")[:1]))
    return Coalesce(*names, Value(""))


def _facts(entries: EntryQuerySet) -> list[Any]:
    return list(
        entries.order_by("pk").values(
            "pk", "code", "stage", "opened_by_lead", "revision_id", "organiser_id", "implementer_id", "initiative_id",
            unit_name=unit_name(), title=F("revision__title"), campaign_uid=F("campaign__uid"),
            lead_id=F("campaign__lead_unit"),
        )
    )  # fmt: skip


def _findables(facts: Sequence[dict[str, Any]]) -> list[Findable]:
    rows = CoImplementer.objects.filter(initiative__in={each["initiative_id"] for each in facts})
    return _with_bodies(facts, rows.order_by("pk").values_list("initiative", "unit", "name"))


def _with_bodies(facts: Sequence[dict[str, Any]], bodies: Iterable[tuple[int, int | None, str]]) -> list[Findable]:
    together: dict[int, list[tuple[int | None, str]]] = {}
    for initiative, unit, name in bodies:
        together.setdefault(initiative, []).append((unit, name))
    return [_findable(each, together.get(each["initiative_id"], [])) for each in facts]


def _findable(facts: dict[str, Any], together: list[tuple[int | None, str]]) -> Findable:
    name = facts["unit_name"]
    others = [other for _unit, other in together if other]
    return Findable(
        kind=KIND,
        object_id=facts["pk"],
        revision_id=facts["revision_id"],
        scopes=_scopes(facts, [unit for unit, _name in together if unit is not None]),
        title=facts["title"] or "",
        beside=list(dict.fromkeys([name, unit_key(name), facts["code"], *others])),
    )


def _scopes(facts: dict[str, Any], together: Iterable[int]) -> list[str]:
    kept = facts["stage"] == Stage.DRAFT  # a draft is its unit's own, unless the lead unit opened it
    outside = not kept or facts["opened_by_lead"]
    units = {f"u{facts['implementer_id']}"}
    if not kept:
        units |= {f"w{unit}" for unit in together}
    if outside:
        units |= {f"o{facts['organiser_id']}", f"o{facts['lead_id']}"}
    narrowed = {_narrowed(unit, facts["campaign_uid"]) for unit in units}
    return [*units, *narrowed, *([_SENT] if outside else [])]


def _narrowed(scope: str, campaign: UUID | None) -> str:
    return scope if campaign is None else f"{scope}c{campaign.hex}"


def scopes_of(actor: Actor) -> set[str]:
    """What this actor asks with, for the reasons of ``visible_to``. A statement for an auditor of a unit, else none."""
    if sees_everything(actor):
        return {_SENT}
    asked: set[str] = set()
    if actor.invitation is not None:
        asked.add(_narrowed(f"u{actor.invitation.unit_id}", actor.invitation.scope_uid))
    for letter, permission in (("u", Permission.FOLLOW), ("w", Permission.FOLLOW), ("o", Permission.SEE_CAMPAIGN)):
        for scope, units in units_of(actor, permission).items():
            asked.update(_narrowed(f"{letter}{unit}", scope) for unit in units)
    above = [each.unit_id for each in actor.memberships if each.role == Role.AUDITOR and each.unit_id]
    if above:
        below = UnitPath.objects.filter(within(actor.on), ancestor__in=above).values("unit")
        organisers = Campaign.objects.filter(organiser__in=below).values_list("organiser", flat=True)
        asked.update(f"o{unit}" for unit in organisers.distinct())
    return asked

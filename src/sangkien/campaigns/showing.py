"""What the page of a plan shows of each part; a constant number of statements a part."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from django.db.models import CharField, F, FilteredRelation, Q, QuerySet, Value

from sangkien.campaigns.actions.criteria import latest_criteria
from sangkien.campaigns.models import Campaign, Contact, ReformField, Sector
from sangkien.campaigns.queries import participants as participants_of
from sangkien.papers.names import printed_name
from sangkien.units.models import UnitVersion
from sangkien.units.queries import name_then

Shown = Mapping[str, Any]


def facts(campaign: Campaign, on: date) -> Shown:
    units = (campaign.organiser_id, campaign.lead_unit_id)
    versions = {each.unit_id: each for each in UnitVersion.objects.as_of(on).filter(unit__in=units)}
    organiser, lead = (versions.get(unit) for unit in units)
    return {
        "organiser_name": printed_name(organiser) if organiser else "",
        "lead_name": lead.name if lead else "",
        "days": (campaign.closes_date - campaign.opens_date).days + 1,
    }


def participants(campaign: Campaign, on: date) -> Shown:
    """``name_now`` of each is ``None`` where the unit is not there on the day."""
    rows = list(participants_of(campaign).annotate(name_now=name_then("unit", on)))
    return {"participants": rows, "bonus_count": sum(row.bonus_eligible for row in rows)}


@dataclass(frozen=True, slots=True)
class Owned:
    """A field or a sector (``kind``), the ids of the offices in charge, and the names of those there are on the day."""

    kind: str
    code: str
    name: str
    position: int
    offices: tuple[int, ...]
    owners: tuple[str, ...]


def fields(campaign: Campaign, on: date) -> Shown:
    things = owned(campaign, on)
    return {f"{kind}s": [each for each in things if each.kind == kind] for kind in ("field", "sector")}


def owned(campaign: Campaign, on: date) -> list[Owned]:
    """The fields in the order of the plan, then the sectors. One statement."""
    of_fields = _with_owners(ReformField.objects.filter(campaign=campaign), "field", "name_as_printed", on)
    of_sectors = _with_owners(Sector.objects.filter(campaign=campaign), "sector", "name", on)
    rows = of_fields.union(of_sectors, all=True).order_by("kind", "position", "owner_id")
    return [_owned(thing, list(held)) for thing, held in groupby(rows, key=lambda row: row[:4])]


def _with_owners(things: "QuerySet[Any, Any]", kind: str, name: str, on: date) -> "QuerySet[Any, Any]":
    """A row for each office in charge; one with nulls for a thing of which none is."""
    told: QuerySet[Any, Any] = things.annotate(
        owner=FilteredRelation("owners", condition=Q(owners__superseded_at__isnull=True)),
        kind=Value(kind, output_field=CharField()),
        printed=F(name),
        owner_id=F("owner__pk"),
        office=F("owner__office"),
        office_name=name_then("owner__office", on),
    )
    return told.values_list("kind", "position", "code", "printed", "owner_id", "office", "office_name")


def _owned(thing: tuple[Any, ...], held: list[tuple[Any, ...]]) -> Owned:
    kind, position, code, name = thing
    offices = [(office, called) for *_thing, _owner, office, called in held if office is not None]
    return Owned(
        kind, code, name, position, tuple(office for office, _called in offices),
        tuple(called for _office, called in offices if called is not None),
    )  # fmt: skip


def errata(campaign: Campaign, _on: date) -> Shown:
    return {"errata": list(campaign.errata.order_by("position"))}


def criteria(campaign: Campaign, _on: date) -> Shown:
    latest, shape = latest_criteria(campaign)
    return {"criteria": shape, "criteria_set": latest}


def forms(campaign: Campaign, _on: date) -> Shown:
    rows = campaign.forms.annotate(column=F("columns__name_as_printed")).order_by("number", "columns__position")
    held = [list(same) for _key, same in groupby(rows, key=lambda row: row.pk)]
    return {"forms": [(same[0], [row.column for row in same if row.column is not None]) for same in held]}


def bases(campaign: Campaign, _on: date) -> Shown:
    return {"bases": list(campaign.bases.order_by("position").select_related("legal_basis"))}


def contacts(campaign: Campaign, on: date) -> Shown:
    return {"contacts": named_contacts(campaign, on)}


def named_contacts(campaign: Campaign, on: date) -> list[tuple[Contact, str]]:
    """With the name of the unit on the day, empty where it is not there. One statement."""
    rows = campaign.contacts.annotate(unit_name=name_then("unit", on)).order_by("position")
    return [(row, row.unit_name or "") for row in rows]

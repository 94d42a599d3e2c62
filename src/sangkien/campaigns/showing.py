"""What the page of a plan shows of each part; a constant number of statements a part."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Prefetch

from sangkien.campaigns.actions.criteria import criteria_of
from sangkien.campaigns.models import Campaign, FieldOwner, FormColumn
from sangkien.campaigns.queries import participants as participants_of
from sangkien.papers.names import printed_name
from sangkien.units.queries import names_on

Shown = Mapping[str, Any]


def facts(campaign: Campaign, on: date) -> Shown:
    names = names_on([campaign.lead_unit_id], on)
    organiser = campaign.organiser.on(on)
    return {
        "organiser_name": printed_name(organiser) if organiser else "",
        "lead_name": names.get(campaign.lead_unit_id, ""),
        "days": (campaign.closes_date - campaign.opens_date).days + 1,
    }


def participants(campaign: Campaign, _on: date) -> Shown:
    rows = list(participants_of(campaign))
    return {"participants": rows, "bonus_count": sum(row.bonus_eligible for row in rows)}


@dataclass(frozen=True, slots=True)
class Owned:
    """A field or a sector with the names of who is in charge."""

    code: str
    name: str
    position: int
    owners: tuple[str, ...]


def fields(campaign: Campaign, on: date) -> Shown:
    things = list(owned(campaign))
    offices = {office for _kind, _thing, held in things for office in held}
    names = names_on(offices, on)
    shown: dict[str, list[Owned]] = {"field": [], "sector": []}
    for kind, thing, held in things:
        name = thing.name_as_printed if kind == "field" else thing.name
        known = tuple(names[office] for office in held if office in names)
        shown[kind].append(Owned(thing.code, name, thing.position, known))
    return {"fields": shown["field"], "sectors": shown["sector"]}


def owned(campaign: Campaign) -> Iterator[tuple[str, Any, list[int]]]:
    """(kind, row, ids of the offices in charge) of each field, then of each sector. Four statements."""
    current = Prefetch("owners", queryset=FieldOwner.objects.current().order_by("pk"))
    for kind, things in (("field", campaign.fields), ("sector", campaign.sectors)):
        for thing in things.order_by("position").prefetch_related(current):
            yield kind, thing, [owner.office_id for owner in thing.owners.all()]


def errata(campaign: Campaign, _on: date) -> Shown:
    return {"errata": list(campaign.errata.order_by("position"))}


def criteria(campaign: Campaign, _on: date) -> Shown:
    latest = campaign.criteria_sets.order_by("-version").first()
    return {"criteria": criteria_of(latest) if latest else None, "criteria_set": latest}


def forms(campaign: Campaign, _on: date) -> Shown:
    in_order = Prefetch("columns", queryset=FormColumn.objects.order_by("position"), to_attr="columns_in_order")
    return {"forms": list(campaign.forms.order_by("number").prefetch_related(in_order))}


def bases(campaign: Campaign, _on: date) -> Shown:
    return {"bases": list(campaign.bases.order_by("position").select_related("legal_basis"))}


def contacts(campaign: Campaign, on: date) -> Shown:
    rows = list(campaign.contacts.order_by("position"))
    names = names_on({row.unit_id for row in rows}, on)
    return {"contacts": [(row, names.get(row.unit_id, "")) for row in rows]}

"""Everything of a campaign that its papers print, read once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sangkien.campaigns.models import Campaign, Form, Participant
from sangkien.campaigns.queries import participants
from sangkien.campaigns.showing import named_contacts, owned
from sangkien.papers.names import body_lines, printed_name
from sangkien.units.models import Kind, UnitVersion
from sangkien.units.queries import names_on
from sangkien.units.wording import before_the_date


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """``fields`` and ``sectors`` are (name, names of who is in charge); names are those of the day ``on``."""

    campaign: Campaign
    on: date
    organiser: UnitVersion
    lead: str
    fields: tuple[tuple[str, tuple[str, ...]], ...]
    sectors: tuple[tuple[str, tuple[str, ...]], ...]
    participants: Sequence[Participant]
    forms: Sequence[Form]
    bases: tuple[str, ...]
    contacts: tuple[str, ...]

    @property
    def issuer(self) -> str:
        """ "Ủy ban nhân dân Quận 3"."""
        return printed_name(self.organiser)

    @property
    def place(self) -> str:
        """ "Quận 3", "Bến Đò": what stands before the date."""
        return before_the_date(body_lines(self.organiser)[-1])

    def in_charge(self) -> dict[str, list[str]]:
        """Office → the fields that it is in charge of, offices in the order of the fields."""
        held: dict[str, list[str]] = {}
        for name, offices in self.fields:
            for office in offices:
                held.setdefault(office, []).append(name)
        for name, offices in self.sectors:
            for office in offices:
                held.setdefault(office, []).append(f"ngành {name[:1].lower()}{name[1:]}")
        return held

    def by_kind(self) -> list[tuple[Kind, list[str]]]:
        """The participants by what they are, in the order in which the kinds first stand in the list."""
        found: dict[Kind, list[str]] = {}
        for row in self.participants:
            found.setdefault(Kind(row.unit_version.kind), []).append(row.unit_version.name)
        return list(found.items())


def tell(campaign: Campaign, on: date) -> Told:
    """A constant number of statements. The unit that issues must exist on the day (``ValueError``)."""
    organiser = campaign.organiser.on(on)
    if organiser is None:
        raise ValueError(f"tell: the unit that issues {campaign} does not exist on {on}")
    things = owned(campaign, on)
    return Told(
        campaign=campaign,
        on=on,
        organiser=organiser,
        lead=names_on([campaign.lead_unit_id], on).get(campaign.lead_unit_id, ""),
        fields=tuple((each.name, each.owners) for each in things if each.kind == "field"),
        sectors=tuple((each.name, each.owners) for each in things if each.kind == "sector"),
        participants=list(participants(campaign)),
        forms=list(campaign.forms.order_by("number").prefetch_related("columns")),
        bases=tuple(campaign.bases.order_by("position").values_list("legal_basis__citation_as_printed", flat=True)),
        contacts=tuple(_contact(row.capacity, unit, row.mailbox) for row, unit in named_contacts(campaign, on)),
    )


def _contact(capacity: str, unit: str, mailbox: str) -> str:
    where = f"{capacity}, {unit}" if unit else capacity
    return f"{where} (thư: {mailbox})" if mailbox else where

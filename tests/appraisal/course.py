"""Plan 230 with entries on their way through the offices, as the actions make them."""

from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from sangkien.appraisal.actions import opinions, routing
from sangkien.appraisal.actions.opinions import Said
from sangkien.appraisal.actions.routing import Sent
from sangkien.appraisal.models import Assignment, Opinion, Routing, Verdict
from sangkien.appraisal.routing.choosing import Place, Why
from sangkien.appraisal.routing.proposing import facts_of, propose
from sangkien.campaigns.models import Campaign
from sangkien.intake.models import Entry
from sangkien.ledger.recording import Actor
from sangkien.units.models import Unit
from tests.factories import intake
from tests.factories.intake import LEAD

ROUTED = datetime.fromisoformat("2024-09-10T02:00:00+00:00")
DUE = date(2024, 10, 15)
REVIEWER = Actor("user:900")
BECAUSE = "Số liệu rõ, có minh chứng kèm theo."


def admitted(campaign: Campaign, unit: Unit, **facts: Any) -> Entry:
    """One entry that waits to be passed on."""
    entry = intake.submitted(campaign, unit, **facts)
    intake.admitted(entry, at=facts.get("at", intake.IN_TIME))
    return entry


def sent_by_plan(campaign: Campaign, entries: list[Entry]) -> list[Sent]:
    """As the plan proposes it."""
    facts = facts_of(campaign, timezone.localdate(ROUTED))
    rows = propose(
        campaign,
        list(Entry.objects.filter(pk__in=[each.pk for each in entries]).select_related("revision")),
        facts,
        timezone.localdate(ROUTED),
    )
    return [
        Sent(each.entry, each.choice.places, facts.target if each.choice.refers else None, " ".join(each.reasons))
        for each in rows
    ]  # fmt: skip


def routed(campaign: Campaign, *entries: Entry, at: datetime = ROUTED, **facts: Any) -> Routing:
    """Passed on as the plan proposes it."""
    told = {"due_date": DUE, "by": LEAD, "at": at, **facts}
    made = routing.route(campaign, sent_by_plan(campaign, list(entries)), **told)
    for each in entries:
        each.refresh_from_db()
    return made


def to(*offices: Unit) -> tuple[Place, ...]:
    """Chosen by hand."""
    return tuple(Place(Why.CHOSEN, office=each.pk) for each in offices)


def routed_to(entry: Entry, *offices: Unit, at: datetime = ROUTED, **facts: Any) -> list[Assignment]:
    """Passed on to these offices; the assignments in their order."""
    told = {"due_date": DUE, "by": LEAD, "at": at, **facts}
    routing.route(entry.campaign, [Sent(entry, to(*offices))], **told)
    entry.refresh_from_db()
    rows = {each.office_id: each for each in Assignment.objects.current().filter(entry=entry)}
    return [rows[each.pk] for each in offices]


def filed(assignment: Assignment, verdict: Verdict = Verdict.SUPPORT, reasons: str = BECAUSE, **facts: Any) -> Opinion:
    """Handed in by the office."""
    told = {"edit_version": 0, "by": REVIEWER, "at": ROUTED + timedelta(hours=2), **facts}
    agrees_with = told.pop("agrees_with", None)
    made = opinions.file(assignment, Said(verdict, reasons, agrees_with), **told)
    assignment.entry.refresh_from_db()
    return made

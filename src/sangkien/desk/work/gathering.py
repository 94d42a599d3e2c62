"""All that waits for a person: every source asked once, each in a constant number of statements."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Final

from sangkien.accounts.actor import Actor
from sangkien.campaigns.models import Holiday
from sangkien.desk.work import administering, appraising, imports, jobs, judging, lead, meetings, papers, pool, unit
from sangkien.desk.work.model import Asking, Waiting

Source = Callable[[Asking], Iterator[Waiting]]

SOURCES: Final[tuple[Source, ...]] = (
    lead.sent,
    lead.returned,
    lead.silent,
    unit.drafts,
    unit.returned,
    unit.unanswered,
    appraising.opinions,
    appraising.of_lead,
    appraising.questions_to_unit,
    appraising.questions_to_office,
    imports.of_lead,
    imports.of_unit,
    pool.of_unit,
    pool.of_lead,
    papers.plans,
    papers.letters,
    judging.scoring,
    meetings.visits,
    meetings.sessions,
    jobs.stopped,
    administering.first_steps,
    administering.idle_accounts,
    administering.old_backup,
)


def asking_for(actor: Actor, at: datetime) -> Asking:
    """Whose work, on which day. One statement, for the calendar."""
    return Asking(actor, at, Holiday.objects.calendar())


def waiting_for(asking: Asking) -> list[Waiting]:
    """In no order; ``grouped()`` puts it in order."""
    return [each for source in SOURCES for each in source(asking)]

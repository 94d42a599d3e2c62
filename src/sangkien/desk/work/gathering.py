"""All that waits for a person: every source asked once, each in a constant number of statements."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Final

from sangkien.accounts.actor import Actor
from sangkien.campaigns.models import Holiday
from sangkien.desk.work import administering, jobs
from sangkien.desk.work.model import Asking, Waiting

Source = Callable[[Asking], Iterator[Waiting]]

SOURCES: Final[tuple[Source, ...]] = (
    jobs.stopped,
    administering.first_steps,
    administering.idle_accounts,
)


def waiting_for(actor: Actor, at: datetime) -> list[Waiting]:
    """In no order; ``grouped()`` puts it in order."""
    asking = Asking(actor, at, Holiday.objects.calendar())
    return [each for source in SOURCES for each in source(asking)]

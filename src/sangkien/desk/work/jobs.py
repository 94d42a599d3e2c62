"""Long work of mine that has stopped halfway."""

from collections.abc import Iterator
from datetime import timedelta

from django.utils.translation import gettext as _

from sangkien.desk.work.model import Asking, Waiting
from sangkien.jobs.models import Job, State

_REMEMBERED = timedelta(days=14)  # whoever has not looked after a fortnight has done it otherwise
_MOST = 10


def stopped(asking: Asking) -> Iterator[Waiting]:
    """Jobs that failed: they go on where they stopped, when somebody says so. One statement."""
    mine = Job.objects.filter(by=asking.actor.signature().id, state=State.FAILED)
    recent = mine.filter(ended_at__gte=asking.at - _REMEMBERED).order_by("-ended_at")
    for job in recent[:_MOST]:
        yield Waiting(
            do=_("Xem việc đã dừng giữa chừng"),
            what=job.title,
            why=job.progress,
            url=job.get_absolute_url(),
            clock=asking.clock(job.ended_at or job.made_at),
            icon="stop-circle",
        )

"""What waits for who scores."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from sangkien.appraisal.judging.waiting import MOST, unread
from sangkien.desk.work.lead import run
from sangkien.desk.work.model import Asking, Waiting


def scoring(asking: Asking) -> Iterator[Waiting]:
    """One row for each panel in which something is unread. One statement, two more for who sits in one."""
    for readings in unread(asking.actor):
        panel = readings[0].member.panel
        count = _("hơn 1.000") if len(readings) >= MOST else str(len(readings))
        yield Waiting(
            do=_("Chấm %s hồ sơ") % count,
            what=panel.name,
            why=run(panel.campaign),
            url=reverse("appraisal:judging"),
            clock=asking.clock(readings[0].assigned_at, panel.due_date),
            icon="clipboard-check",
        )

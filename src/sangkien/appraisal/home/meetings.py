"""Visits and sessions that lie ahead or are on, of which the reader may know."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from sangkien.accounts.actor import Actor
from sangkien.appraisal.home.model import Row, Section
from sangkien.appraisal.meetings import sessions_of, visits_of
from sangkien.campaigns.lifecycle import State
from sangkien.units.queries import name_then

_NEAR: Final = timedelta(days=14)
_MOST: Final = 10


def ahead(actor: Actor, at: datetime) -> Iterator[Section]:
    """Two statements."""
    if actor.user is None:
        return
    near = {
        "ended_at__isnull": True, "cancelled_at__isnull": True, "starts_at__lte": at + _NEAR,
        "campaign__state__in": State.of_the_running(),
    }  # fmt: skip
    visits = visits_of(actor).filter(**near).annotate(host_name=name_then("host", actor.on))
    sessions = sessions_of(actor).filter(**near)
    rows = [
        (each.starts_at, _row(_("Khảo sát thực tế"), each.host_name or "", each, "building", "appraisal:visit"))
        for each in visits.order_by("starts_at", "pk")[:_MOST]
    ]
    rows += [
        (each.starts_at, _row(each.get_kind_display().capitalize(), each.title, each, "people", "appraisal:session"))
        for each in sessions.order_by("starts_at", "pk")[:_MOST]
    ]
    rows.sort(key=lambda row: row[0])
    yield Section("meetings", _("Khảo sát và họp"), tuple(row for _at, row in rows[:_MOST]))


def _row(do: str, what: str, meeting: object, icon: str, route: str) -> Row:
    facts = vars(meeting)
    begun = facts["started_at"] is not None
    when = date_format(timezone.localtime(facts["starts_at"]), "H:i j/n/Y")
    return Row(
        do=do, what=what, who=f"{when}, {facts['place']}", url=reverse(route, args=[facts["uid"]]), icon=icon,
        state=_("đang diễn ra") if begun else "", tone="now" if begun else "",
    )  # fmt: skip

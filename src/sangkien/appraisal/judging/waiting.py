"""What waits for a judge: what may be scored now and has no sheet of that judge yet."""

from django.db.models import Exists, OuterRef, Q, Subquery

from sangkien.accounts.actor import Actor
from sangkien.appraisal.judging.seats import readings_of
from sangkien.appraisal.models import PanelKind, PanelMember, Reading, ScoreSheet
from sangkien.appraisal.rules.judging import SCORED_BY_COUNCIL, SCORED_BY_OFFICE
from sangkien.campaigns.lifecycle import State
from sangkien.campaigns.models import CriteriaSet

MOST = 1_000  # counts stop here


def unread(actor: Actor) -> list[list[Reading]]:
    """Per seat, oldest first, by the criteria in force. One statement, two more for who sits in a panel."""
    sits = PanelMember.objects.current().filter(user=actor.user, scores=True)
    if actor.user is None or not sits.exists():
        return []
    in_force = CriteriaSet.objects.filter(campaign=OuterRef("entry__campaign"), frozen_at__isnull=False)
    filed = ScoreSheet.objects.standing().filter(
        member=OuterRef("member"), entry=OuterRef("entry"), filed_at__isnull=False, criteria_set=OuterRef("in_force")
    )
    now = Q(member__panel__kind=PanelKind.OFFICE, entry__stage__in=SCORED_BY_OFFICE) | Q(
        member__panel__kind=PanelKind.COUNCIL, entry__stage__in=SCORED_BY_COUNCIL
    )
    rows = readings_of(actor).filter(now, entry__campaign__state__in=State.of_the_running())
    rows = rows.annotate(in_force=Subquery(in_force.order_by("-version").values("pk")[:1]))
    waiting: dict[int, list[Reading]] = {}
    for each in rows.filter(~Exists(filed), in_force__isnull=False).order_by("assigned_at", "pk")[:MOST]:
        waiting.setdefault(each.member_id, []).append(each)
    return list(waiting.values())

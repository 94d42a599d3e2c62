"""Who judges in the place of a unit that must not judge its own."""

from datetime import date, datetime

from django.utils.translation import gettext as _

from sangkien.accounts.models import User
from sangkien.accounts.refusal import Refused
from sangkien.campaigns.actions.common import local_date, note, refuse_paper
from sangkien.campaigns.lifecycle import State
from sangkien.campaigns.locking import hold
from sangkien.campaigns.models import Campaign, StandIn
from sangkien.ledger.models import SeenBy
from sangkien.ledger.recording import Actor, acting
from sangkien.papers.models import Paper
from sangkien.units.models import Unit
from sangkien.units.queries import conflict_set


def appoint_stand_in(
    campaign: Campaign, *, unit_in_conflict: Unit, by: Actor, at: datetime, office: Unit | None = None,
    person: User | None = None, paper: Paper | None = None,
) -> StandIn:  # fmt: skip
    """An office, or a person named by the chair. Raises ``Refused`` for one that is in the same conflict."""
    if (office is None) == (person is None):
        raise Refused(_("Bạn chọn một đơn vị hoặc một người làm thay."))
    with acting():
        held = hold(campaign)
        if State(held.state) in (State.CONCLUDED, State.ARCHIVED, State.CANCELLED):
            raise Refused(_("Đợt này %s nên không cử người làm thay được nữa.") % State(held.state).label)
        if paper is not None:
            refuse_paper(held, paper)
        _refuse_conflict(unit_in_conflict, office, local_date(at))
        row, is_new = StandIn.objects.current().get_or_create(
            campaign=held, unit_in_conflict=unit_in_conflict, office=office, person=person,
            defaults={"appointed_at": at, "appointed_by": paper},
        )  # fmt: skip
        if not is_new:
            raise Refused(_("Việc này đã được ghi rồi nên bạn không cần ghi lại."))
        facts = {
            "for": unit_in_conflict.uid,
            "office": office and office.uid,
            "person": person and person.pk,
        }
        note(held, "stand_in_appointed", by=by, at=at, seen_by=SeenBy.LEAD, facts=facts)
    return row


def _refuse_conflict(unit: Unit, office: Unit | None, on: date) -> None:
    if office is not None and office.pk in conflict_set(unit, on):
        raise Refused(_("Đơn vị làm thay là chính đơn vị đó, hoặc là đơn vị trước, sau của nó. Bạn chọn đơn vị khác."))

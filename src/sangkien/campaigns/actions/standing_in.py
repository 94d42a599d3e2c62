"""Who judges in the place of a unit that must not judge its own."""

from datetime import date, datetime

from django.utils.translation import gettext as _

from sangkien.accounts.models import Membership, User
from sangkien.accounts.refusal import Refused
from sangkien.campaigns.actions.common import lines, local_date, note, refuse_paper
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
        _refuse_ended(held)
        if paper is not None:
            refuse_paper(held, paper)
        _refuse_conflict(unit_in_conflict, office, person, local_date(at))
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


def withdraw_stand_in(stand_in: StandIn, *, by: Actor, at: datetime, reason: str = "") -> StandIn:
    """From now on this office or person judges no more in that place; what was judged stays. Raises ``Refused``."""
    with acting():
        held = hold(stand_in.campaign)
        _refuse_ended(held)
        row = StandIn.objects.get(pk=stand_in.pk)
        if row.withdrawn_at is not None:
            raise Refused(_("Việc cử này đã được rút rồi."))
        row.withdrawn_at = at
        row.save(update_fields=["withdrawn_at"])
        facts = {
            "for": row.unit_in_conflict.uid,
            "office": row.office and row.office.uid,
            "person": row.person_id,
            "reason": lines(reason),
        }
        note(held, "stand_in_withdrawn", by=by, at=at, seen_by=SeenBy.LEAD, facts=facts)
    return row


def _refuse_ended(held: Campaign) -> None:
    if State(held.state) in (State.CONCLUDED, State.ARCHIVED, State.CANCELLED):
        raise Refused(_("Đợt này %s nên không cử người làm thay được nữa.") % State(held.state).label)


def _refuse_conflict(unit: Unit, office: Unit | None, person: User | None, on: date) -> None:
    conflict = conflict_set(unit, on)
    if office is not None and office.pk in conflict:
        raise Refused(_("Đơn vị làm thay là chính đơn vị đó, hoặc là đơn vị trước, sau của nó. Bạn chọn đơn vị khác."))
    if person is not None and Membership.objects.on(on).filter(user=person, unit__in=conflict).exists():
        raise Refused(_("Người này làm việc ở chính đơn vị đó. Bạn chọn người khác."))

"""The head of a unit lets its officer send reports, or no longer."""

from datetime import datetime

from sangkien.intake.models import SendingRule
from sangkien.ledger.models import SeenBy
from sangkien.ledger.recording import Actor, acting, record
from sangkien.units.models import Unit


def allow_officer(unit: Unit, *, allowed: bool, by: Actor, at: datetime) -> SendingRule:
    """From now on, for every campaign of the unit. The same again changes nothing."""
    with acting():
        there = SendingRule.objects.select_for_update().filter(unit=unit).first()
        if there is not None and there.officer_may_send == allowed:
            return there
        rule, _is_new = SendingRule.objects.update_or_create(
            unit=unit, defaults={"officer_may_send": allowed, "decided_at": at, "decided_by": by.id}
        )
        record(
            by=by, at=at, verb="unit.officer_may_send", subject_kind="unit", subject_uid=unit.uid,
            seen_by=SeenBy.UNIT, payload={"allowed": allowed},
        )  # fmt: skip
    return rule

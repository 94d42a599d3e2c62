"""The one door through which the stage of an entry changes, and the lock before it."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db.models.expressions import BaseExpression
from django.utils.translation import gettext as _

from sangkien.accounts.refusal import Refused
from sangkien.accounts.verdict import Verdict
from sangkien.campaigns.models import Campaign
from sangkien.intake.lifecycle import MOVES, Move, Stage, origins
from sangkien.intake.models import Entry, EntryQuerySet
from sangkien.ledger.models import SeenBy
from sangkien.ledger.recording import Actor, record
from sangkien.units.models import Unit


def hold(entries: Collection[Entry]) -> list[Entry]:
    """The rows as they are now, by id, FOR UPDATE; the second lock, after the campaign's. In a transaction only.

    With initiative, revision, campaign and units at hand. Raises ``Refused`` when one is no longer there.
    """
    wanted = {each.pk for each in entries}
    rows = list(_locked().filter(pk__in=wanted))
    if len(rows) != len(wanted):
        raise Refused(_("Có giải pháp không còn ở đây nữa. Bạn mở lại trang để xem."))
    return rows


def hold_ticked(ticked: Collection[UUID], campaign: Campaign, unit: Unit) -> list[Entry]:
    """``hold`` for what a page names: those of them that are this unit's in this campaign; others are passed over."""
    return list(_locked().filter(uid__in=ticked, campaign=campaign, implementer=unit))


def _locked() -> EntryQuerySet:
    rows = Entry.objects.select_for_update(of=("self",)).order_by("pk")
    return rows.select_related("initiative", "revision", "campaign", "implementer")


def hold_one(entry: Entry) -> Entry:
    """The row as it is now, FOR UPDATE."""
    return hold([entry])[0]


def may_move(entry: Entry, over: Move) -> Verdict:
    """Whether the arrow begins where the entry stands."""
    return Verdict.when((Stage(entry.stage), over) in MOVES, _sentence(entry, over))


def move(
    entry: Entry, over: Move, *, by: Actor, at: datetime, seen_by: SeenBy = SeenBy.UNIT, reason: str = "",
    facts: dict[str, object] | None = None, columns: Mapping[str, object] | None = None,
) -> None:  # fmt: skip
    """Over one arrow, by compare-and-set, with its act. ``columns``: further ones that are set with the stage.

    Raises ``Refused`` for what is no arrow, and when somebody was faster.
    """
    move_all([entry], over, by=by, at=at, seen_by=seen_by, reason=reason, facts=facts, columns=columns)


def move_all(
    entries: Sequence[Entry], over: Move, *, by: Actor, at: datetime, seen_by: SeenBy = SeenBy.UNIT, reason: str = "",
    facts: dict[str, object] | None = None, columns: Mapping[str, object] | None = None,
) -> None:  # fmt: skip
    """Several over one arrow from one stage, in one statement; each leaves an act of its own."""
    if not entries:
        return
    for each in entries:
        refuse_no_arrow(each, over)
    (was,) = {Stage(each.stage) for each in entries}
    now = {"stage": MOVES[was, over], "stage_at": at, "stage_reason": reason, **(columns or {})}
    there = Entry.objects.filter(pk__in=[each.pk for each in entries], stage=was)
    if there.update(**now) != len(entries):
        raise Refused(_("Có người vừa xử lý giải pháp này. Bạn mở lại trang để xem."))
    for each in entries:
        for column, value in now.items():
            if not isinstance(value, BaseExpression):  # what the database computes, the caller sets
                setattr(each, column, value)
        note(
            each, over.value, by=by, at=at, seen_by=seen_by,
            facts={"from": was.value, "to": now["stage"], **({"reason": reason} if reason else {}), **(facts or {})},
        )  # fmt: skip


def refuse_no_arrow(entry: Entry, over: Move) -> None:
    """Raises ``Refused`` where the arrow does not begin."""
    if not may_move(entry, over):
        raise Refused(_sentence(entry, over))


def note(entry: Entry, verb: str, *, by: Actor, at: datetime, seen_by: SeenBy, facts: dict[str, object]) -> None:
    """Record an act on an entry: ids, stages, hashes and reasons; no text of a report, no name of a person."""
    record(
        by=by, at=at, verb=f"entry.{verb}", subject_kind="entry", subject_uid=entry.uid, seen_by=seen_by, payload=facts
    )


def _sentence(entry: Entry, over: Move) -> str:
    return _("Giải pháp %(code)s %(stage)s nên không %(move)s được. Việc ấy làm khi giải pháp %(origins)s.") % {
        "code": entry.code,
        "stage": Stage(entry.stage).label,
        "move": over.label,
        "origins": _(" hoặc ").join(str(stage.label) for stage in origins(over)),
    }

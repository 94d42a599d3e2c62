"""What every act of the offices shares: the locks, the round, when an entry's appraisal is done."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime

from django.db.models import Exists, Max, OuterRef
from django.utils.translation import gettext as _

from sangkien.accounts.refusal import Refused
from sangkien.appraisal.models import Assignment, Opinion, Referral
from sangkien.intake.actions.common import holding
from sangkien.intake.lifecycle import Move, Stage
from sangkien.intake.models import Entry
from sangkien.intake.moving import move_all
from sangkien.ledger.models import SeenBy
from sangkien.ledger.recording import Actor


@contextmanager
def holding_assignment(
    assignment: Assignment, stages: Sequence[Stage] = (Stage.IN_APPRAISAL,)
) -> Iterator[tuple[Entry, Assignment]]:
    """The transaction of an act of one office: campaign, then its entry, so that two offices never miss each other.

    Raises ``Refused`` when the entry has gone on, or the assignment was withdrawn.
    """
    with holding(assignment.entry) as (entry,):
        row = Assignment.objects.select_related("office", "person", "routing", "revision").get(pk=assignment.pk)
        row.entry = entry
        refuse_stage(entry, stages)
        if row.withdrawn_at is not None:
            raise Refused(_("Giải pháp %s không còn giao cho nơi này thẩm định. Bạn mở lại danh sách.") % entry.code)
        yield entry, row


def refuse_stage(entry: Entry, stages: Sequence[Stage] = (Stage.IN_APPRAISAL,)) -> None:
    """Raises ``Refused`` for an entry that is elsewhere on its way."""
    if Stage(entry.stage) not in stages:
        raise Refused(
            _("Giải pháp %(code)s %(stage)s nên không làm việc này được nữa.")
            % {"code": entry.code, "stage": Stage(entry.stage).label}
        )


def rounds(entries: Iterable[Entry]) -> dict[int, int]:
    """Entry → the round that runs, 1 before the first. Two statements."""
    keys = [each.pk for each in entries]
    found = dict.fromkeys(keys, 1)
    for table in (Assignment, Referral):
        rows = table._base_manager.filter(entry__in=keys).values_list("entry").annotate(last=Max("round"))
        for key, last in rows.order_by():
            found[key] = max(found[key], last)
    return found


def round_of(entry: Entry) -> int:
    """The round that runs. Two statements."""
    return rounds([entry])[entry.pk]


def finish_where_done(entries: Sequence[Entry], *, by: Actor, at: datetime) -> list[Entry]:
    """Move on those on which every office has spoken. The entries must be held. Four statements, and the move.

    Done: all current assignments of the round have an opinion, none was given back without a successor, and somebody
    judges at all: an office, a person, or the council or chair to whom it went straight.
    """
    waiting = [each for each in entries if each.stage == Stage.IN_APPRAISAL]
    if not waiting:
        return []
    running = rounds(waiting)
    filed = Opinion.objects.filed().filter(assignment=OuterRef("pk"))
    rows = Assignment.objects.filter(entry__in=waiting).annotate(is_filed=Exists(filed))
    judged: set[int] = set()
    open_ones: set[int] = set()
    for row in rows:
        if row.round != running[row.entry_id]:
            continue
        if row.withdrawn_at is None:
            (judged if getattr(row, "is_filed", False) else open_ones).add(row.entry_id)
        elif is_pending(row):
            open_ones.add(row.entry_id)
    for entry, number in Referral.objects.filter(entry__in=waiting, withdrawn_at__isnull=True).values_list(
        "entry", "round"
    ):
        if number == running[entry]:
            judged.add(entry)
    done = [each for each in waiting if each.pk in judged and each.pk not in open_ones]
    move_all(done, Move.APPRAISE, by=by, at=at, seen_by=SeenBy.LEAD)
    return done


def is_pending(row: Assignment) -> bool:
    """Given back by its office, and the lead unit has not said what becomes of it."""
    return row.withdrawn_at is not None and bool(row.returned_reason) and not row.withdrawn_reason

"""What is complete enters the consolidation: one entry or many, seen before, undone while nothing rests on it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import IntegrityError
from django.db.models import F
from django.utils.translation import gettext as _

from sangkien.accounts.refusal import Refused
from sangkien.campaigns.models import Campaign
from sangkien.initiatives import texts
from sangkien.intake import telling
from sangkien.intake.actions.common import held, holding
from sangkien.intake.completeness import FIRST_APPLIED, Asked, Missing, asked_by, completeness
from sangkien.intake.lifecycle import Move, Stage
from sangkien.intake.models import Admission, AdmissionItem, ConsolidationRow, Entry
from sangkien.intake.moving import may_move, move_all
from sangkien.ledger.models import SeenBy
from sangkien.ledger.recording import Actor, acting, record


@dataclass(frozen=True, slots=True)
class Previewed:
    """One entry as admitting would find it. ``refusal`` is empty when it can be admitted.

    ``missing``: what the forms require, and the day of first use, without which nothing shows that it is applied.
    """

    entry: Entry
    refusal: str = ""
    missing: tuple[Missing, ...] = ()
    is_late: bool = False


@dataclass(frozen=True, slots=True)
class Preview:
    """What admitting these would do, before anything is done."""

    rows: tuple[Previewed, ...] = field(default=())

    @property
    def admissible(self) -> list[Entry]:
        """Those that can be admitted now."""
        return [each.entry for each in self.rows if not each.refusal]

    @property
    def needs_reason(self) -> bool:
        """Whether one of them came late, so that taking it needs a reason."""
        return any(each.is_late for each in self.rows if not each.refusal)


def preview(campaign: Campaign, entries: Collection[Entry]) -> Preview:
    """Two statements, however many. Changes nothing."""
    asked = asked_by(campaign)
    chosen = Entry.objects.filter(pk__in=[each.pk for each in entries], campaign=campaign)
    rows = chosen.select_related("revision__initiative", "campaign", "implementer").order_by("pk")
    return Preview(tuple(_previewed(each, asked) for each in rows))


def _previewed(entry: Entry, asked: Sequence[Asked]) -> Previewed:
    lacking = completeness(entry.revision, asked) if entry.revision else []
    missing = tuple(each for each in lacking if each.is_required or each.part == FIRST_APPLIED)
    return Previewed(entry, may_move(entry, Move.ADMIT).reason, missing, entry.is_late)


def admit(entries: Collection[Entry], *, by: Actor, at: datetime, key: str = "", late_reason: str = "") -> Admission:
    """All of them or none, in one transaction. The second click of the same ``key`` answers the first admission.

    Raises ``Refused`` when one is no longer merely sent (somebody returned it meanwhile), and for late ones without a
    reason: by the plan they wait for the next campaign, unless the lead unit has a reason to take them.
    """
    try:
        return _admit(entries, by, at, key, late_reason)
    except IntegrityError:  # the first click of the same key was on its way
        first = _made_by(key)
        if first is None:
            raise
        return first


def _admit(entries: Collection[Entry], by: Actor, at: datetime, key: str, late_reason: str) -> Admission:
    why = texts.lines(late_reason, _("Lý do"), 2_000)
    with acting():
        rows = held(entries)
        first = _made_by(key)  # asked under the lock: the first click may just have been done
        if first is not None:
            return first
        in_time, late = _parted(rows)
        if late and not why:
            raise Refused(
                _("Giải pháp %s đến sau hạn. Bạn ghi lý do tiếp nhận trong đợt này, hoặc chuyển sang đợt sau.")
                % ", ".join(each.code for each in late)
            )
        admission = Admission.objects.create(campaign=rows[0].campaign, made_at=at, made_by=by.id, key=key)
        AdmissionItem.objects.bulk_create([AdmissionItem(admission=admission, entry=each) for each in rows])
        facts: dict[str, object] = {"admission": admission.uid}
        move_all(in_time, Move.ADMIT, by=by, at=at, facts=facts)
        move_all(late, Move.ADMIT, by=by, at=at, facts=facts, reason=why)
        for each in rows:
            telling.admitted(each, admission.uid, at)
    return admission


def _made_by(key: str) -> Admission | None:
    return Admission.objects.filter(key=key).first() if key else None


def _parted(rows: Sequence[Entry]) -> tuple[list[Entry], list[Entry]]:
    """In time, and late. Raises ``Refused`` with all that cannot be admitted."""
    refusals = [verdict.reason for each in rows if not (verdict := may_move(each, Move.ADMIT))]
    if refusals:
        raise Refused(" ".join(refusals))
    return [each for each in rows if not each.is_late], [each for each in rows if each.is_late]


def undo_admission(
    admission: Admission, *, by: Actor, at: datetime, only: Collection[Entry] | None = None
) -> list[Entry]:
    """As before the admission, for all of it or for some; the second click does nothing.

    Raises ``Refused`` once a frozen consolidation, an appraisal or anything later rests on one of them.
    """
    items = AdmissionItem.objects.filter(admission=admission, undone_at__isnull=True).select_related("entry__campaign")
    wanted = [
        each.entry for each in items.order_by("entry") if only is None or each.entry_id in {other.pk for other in only}
    ]
    if not wanted:
        return []
    with holding(*wanted) as rows:
        _refuse_later(rows)
        undone = AdmissionItem.objects.filter(admission=admission, entry__in=rows, undone_at__isnull=True)
        if undone.update(undone_at=at) != len(rows):
            raise Refused(_("Có người vừa xử lý giải pháp này. Bạn mở lại trang để xem."))
        move_all(rows, Move.UNDO_ADMISSION, by=by, at=at, facts={"admission": admission.uid})
        if not AdmissionItem.objects.filter(admission=admission, undone_at__isnull=True).exists():
            Admission.objects.filter(pk=admission.pk).update(undone_at=at)
        record(
            by=by, at=at, verb="admission.undone", subject_kind="admission", subject_uid=admission.uid,
            seen_by=SeenBy.LEAD, payload={"entries": [each.uid for each in rows]},
        )  # fmt: skip
    return rows


def _refuse_later(rows: Sequence[Entry]) -> None:
    later = [each.code for each in rows if each.stage != Stage.ADMITTED]
    frozen = ConsolidationRow.objects.filter(entry__in=rows, consolidation__frozen_at__gte=F("entry__stage_at"))
    later += [code for code in frozen.values_list("entry__code", flat=True) if code not in later]
    if later:
        raise Refused(
            _("Giải pháp %s đã ở trong một phụ lục tổng hợp đã chốt hoặc ở bước sau nên không hoàn lại được.")
            % ", ".join(later)
        )

"""Entries are shared out in one act that can be taken back while nobody has begun; and by hand, one by one."""

from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError
from django.utils.translation import gettext as _

from sangkien.accounts.refusal import Refused
from sangkien.appraisal.actions.judging.common import note, refuse_closed
from sangkien.appraisal.conflicts import members_kept_out
from sangkien.appraisal.judging.plan import Plan, plan, scored_entries
from sangkien.appraisal.models import (
    Distribution,
    Panel,
    PanelMember,
    Reading,
    ReadingReason,
    ScoreSheet,
)
from sangkien.campaigns.models import Campaign
from sangkien.intake.actions.common import in_running, local_date
from sangkien.intake.models import Entry
from sangkien.intake.moving import hold, hold_one
from sangkien.ledger.models import SeenBy
from sangkien.ledger.recording import Actor, record


class PlanChanged(Exception):
    """Since the preview an entry, a judge or a conflict came or went; ``plan`` is as it would be now."""

    def __init__(self, now: Plan) -> None:
        super().__init__(now.digest)
        self.plan = now


def distribute(
    campaign: Campaign, panels: Sequence[Panel], *, digest: str, by: Actor, at: datetime, key: str = ""
) -> Distribution:
    """What was previewed, all of it or nothing. The second click of the same key answers the first.

    Raises ``PlanChanged`` when that would be something else now, ``Refused`` when nothing is lacking or it cannot be.
    """
    try:
        return _distribute(campaign, panels, digest, by, at, key)
    except IntegrityError:  # the first click of the same key was on its way
        first = _made_by(key)
        if first is None:
            raise
        return first


def _distribute(
    campaign: Campaign, panels: Sequence[Panel], digest: str, by: Actor, at: datetime, key: str
) -> Distribution:
    with in_running(campaign) as held:
        first = _made_by(key)
        if first is not None:
            return first
        refuse_closed(held)
        standing = list(
            Panel.objects.select_for_update(of=("self",))
            .filter(pk__in=[each.pk for each in panels], dissolved_at__isnull=True)
            .select_related("office", "campaign")
            .order_by("pk")
        )
        hold([entry for panel in standing for entry in scored_entries(panel)])
        now = plan(held, standing, local_date(at))
        if now.refusals:
            raise Refused(" ".join(now.refusals))
        if not now.new:
            raise Refused(_("Mọi hồ sơ đã đủ người chấm. Không có gì để chia thêm."))
        if now.digest != digest:
            raise PlanChanged(now)
        made = Distribution.objects.create(campaign=held, made_at=at, made_by=by.id, key=key)
        Reading.objects.bulk_create(
            Reading(member=each.member, entry=each.entry, distribution=made, reason=each.reason, assigned_at=at)
            for each in now.new
        )
        facts = {"readings": len(now.new), "sha256": now.digest, "panels": [each.uid for each in standing]}
        record(
            by=by, at=at, verb="distribution.made", subject_kind="distribution", subject_uid=made.uid,
            seen_by=SeenBy.PANEL, payload=facts,
        )  # fmt: skip
    return made


def _made_by(key: str) -> Distribution | None:
    return Distribution.objects.filter(key=key).first() if key else None


def undo(distribution: Distribution, *, by: Actor, at: datetime) -> None:
    """As before; the second click does nothing. Raises ``Refused`` once a judge has begun a sheet that rests on it."""
    with in_running(distribution.campaign):
        held = Distribution.objects.select_for_update(of=("self",)).get(pk=distribution.pk)
        if held.undone_at is not None:
            return
        readings = Reading.objects.current().filter(distribution=held)
        hold(list(Entry.objects.filter(readings__in=readings).distinct()))
        pairs = set(readings.values_list("member", "entry"))
        sheets = ScoreSheet.objects.standing().filter(member__in={member for member, _entry in pairs})
        if pairs & set(sheets.values_list("member", "entry")):
            raise Refused(
                _("Đã có người bắt đầu chấm nên không hoàn lại lần chia này được. Bạn đổi từng hồ sơ nếu cần.")
            )
        readings.update(withdrawn_at=at)
        held.undone_at = at
        held.save(update_fields=["undone_at"])
        record(
            by=by, at=at, verb="distribution.undone", subject_kind="distribution", subject_uid=held.uid,
            seen_by=SeenBy.PANEL, payload={"readings": len(pairs)},
        )  # fmt: skip


def give(member: PanelMember, entry: Entry, *, by: Actor, at: datetime) -> Reading:
    """One more reader by hand; kept when the rest is shared out. The second click answers the first.

    Raises ``Refused`` for who must keep out, without saying why: the reason may be another's secret.
    """
    with in_running(member.panel.campaign) as campaign:
        hold_one(entry)
        first = Reading.objects.current().filter(member=member, entry=entry).first()
        if first is not None:
            return first
        refuse_closed(campaign)
        here = PanelMember.objects.current().filter(pk=member.pk, scores=True)
        if not here.exists() or entry.campaign_id != campaign.pk:
            raise Refused(_("Người này không chấm ở đợt này. Bạn chọn người khác."))
        if members_kept_out([member], [entry], local_date(at)):
            raise Refused(_("Người này không chấm được hồ sơ ấy vì xung đột lợi ích. Bạn chọn người khác."))
        made = Reading.objects.create(member=member, entry=entry, reason=ReadingReason.CHOSEN, assigned_at=at)
        note(member.panel, "reading_given", by=by, at=at, facts={"reading": made.uid, "member": member.uid})
    return made


def take_back(reading: Reading, *, by: Actor, at: datetime) -> None:
    """One reader less by hand; a draft goes with it. Raises ``Refused`` once the sheet was handed in."""
    panel = reading.member.panel
    with in_running(panel.campaign):
        hold_one(reading.entry)
        sheets = ScoreSheet.objects.standing().filter(member=reading.member_id, entry=reading.entry_id)
        if sheets.filter(filed_at__isnull=False).exists():
            raise Refused(
                _("Người này đã nộp phiếu cho hồ sơ nên không rút được. Nếu có xung đột, bạn chọn “Không để chấm”.")
            )
        if Reading.objects.current().filter(pk=reading.pk).update(withdrawn_at=at) != 1:
            return
        sheets.delete()
        note(panel, "reading_taken_back", by=by, at=at, facts={"reading": reading.uid, "member": reading.member.uid})

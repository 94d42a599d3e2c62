"""Who keeps out of an entry: the judge who asks for it, or the one whom the secretary leaves out in silence.

From then on the entry is not found by that person. A sheet that was handed in before stays, and is set aside by
whoever reckons the results.
"""

from datetime import datetime

from django.utils.translation import gettext as _

from sangkien.accounts.refusal import Refused
from sangkien.appraisal.actions.judging.common import note, refuse_closed
from sangkien.appraisal.models import PanelMember, Reading, Recusal, RecusalKind, ScoreSheet
from sangkien.intake.actions.common import in_running, reason_told
from sangkien.intake.models import Entry
from sangkien.intake.moving import hold_one
from sangkien.ledger.recording import Actor


def abstain(reading: Reading, *, reason: str, by: Actor, at: datetime) -> Recusal:
    """The judge steps back, with the reason; the second click answers the first. Raises ``Refused``."""
    why = reason_told(reason, _("Bạn ghi vì sao không chấm hồ sơ này, ví dụ: người thân của tôi viết báo cáo."))
    return _keep_out(reading.member, reading.entry, RecusalKind.ABSTAIN, why, by, at)


def recuse(member: PanelMember, entry: Entry, *, reason: str, by: Actor, at: datetime) -> Recusal:
    """The secretary leaves a judge out of an entry; nobody tells the judge. Raises ``Refused``."""
    why = reason_told(reason, _("Bạn ghi vì sao không để người này chấm hồ sơ."))
    return _keep_out(member, entry, RecusalKind.RECUSE, why, by, at)


def lift(recusal: Recusal, *, by: Actor, at: datetime) -> None:
    """It was a mistake: the judge may be given the entry again; nothing is given by itself. Raises ``Refused``."""
    member = recusal.member
    if member is None:
        raise ValueError("of an office, not of a judge")
    with in_running(member.panel.campaign):
        refuse_closed(member.panel.campaign)
        if Recusal.objects.filter(pk=recusal.pk, lifted_at__isnull=True).update(lifted_at=at) != 1:
            return
        facts: dict[str, object] = {"recusal": recusal.uid, "member": member.uid}
        note(member.panel, "recusal_lifted", by=by, at=at, facts=facts)


def _keep_out(member: PanelMember, entry: Entry, kind: RecusalKind, why: str, by: Actor, at: datetime) -> Recusal:
    with in_running(member.panel.campaign) as campaign:
        hold_one(entry)
        first = Recusal.objects.filter(member=member, entry=entry, lifted_at__isnull=True).first()
        if first is not None:
            return first
        refuse_closed(campaign)
        if entry.campaign_id != campaign.pk:
            raise Refused(_("Hồ sơ này không thuộc đợt của tổ chấm."))
        made = Recusal.objects.create(member=member, entry=entry, kind=kind, reason=why, made_at=at, made_by=by.id)
        Reading.objects.current().filter(member=member, entry=entry).update(withdrawn_at=at)
        ScoreSheet.objects.filter(member=member, entry=entry, filed_at__isnull=True).delete()
        facts: dict[str, object] = {"recusal": made.uid, "member": member.uid, "kind": kind.value}
        note(member.panel, "kept_out", by=by, at=at, facts=facts)
    return made

"""Who forms panels, shares out, keeps people out, scores and compares, with a reason that a page can show.

A seat in a panel is what lets a person score; the door lets in whoever holds anything. Scoring follows the opinions
(domain, 7.4): a council reads what is appraised, or what goes straight to it; the judges of an office also while their
office appraises.
"""

from collections.abc import Collection
from typing import Final

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from sangkien.accounts.actor import Actor
from sangkien.accounts.permissions import may
from sangkien.accounts.roles import Permission
from sangkien.accounts.verdict import Verdict
from sangkien.appraisal.models import Panel, PanelKind, PanelMember, Reading, Referral, ScoreSheet, Target
from sangkien.campaigns.models import Campaign
from sangkien.intake.lifecycle import Stage
from sangkien.intake.models import Entry
from sangkien.intake.rules import in_lead, is_running
from sangkien.units.models import Unit

SCORED_BY_OFFICE: Final = frozenset({Stage.IN_APPRAISAL, Stage.APPRAISED})
SCORED_BY_COUNCIL: Final = frozenset({Stage.APPRAISED})


def may_manage_all(actor: Actor, campaign: Campaign) -> Verdict:
    """Form any panel, share entries out: the lead unit."""
    return in_lead(actor, Permission.ROUTE, campaign)


def may_form(actor: Actor, campaign: Campaign, office: Unit | None) -> Verdict:
    """Form a panel: the lead unit any, the head of an office in charge that of the office."""
    return is_running(campaign) & _looks_after(actor, campaign, office)


def may_manage(actor: Actor, panel: Panel) -> Verdict:
    """Change a panel and who sits in it."""
    standing = Verdict.when(panel.dissolved_at is None, _("Tổ chấm này đã giải thể."))
    return standing & is_running(panel.campaign) & may_look_after(actor, panel)


def may_look_after(actor: Actor, panel: Panel) -> Verdict:
    """See who sits in a panel and how far each has come."""
    return _looks_after(actor, panel.campaign, panel.office)


def _looks_after(actor: Actor, campaign: Campaign, office: Unit | None) -> Verdict:
    lead = may_manage_all(actor, campaign)
    if office is None:
        return lead | in_lead(actor, Permission.ARRANGE, campaign)
    return lead | may(actor, Permission.ARRANGE, unit=office, scope=campaign.uid)


def sits(actor: Actor, member: PanelMember) -> Verdict:
    """Whether this is the judge, in a panel that stands."""
    here = actor.user is not None and member.user_id == actor.user.pk
    return (
        Verdict.when(here, _("Phiếu này của người chấm khác."))
        & Verdict.when(
            member.left_at is None and member.panel.dissolved_at is None, _("Bạn không còn trong tổ chấm này.")
        )
        & Verdict.when(member.scores, _("Ở tổ chấm này bạn không chấm điểm."))
    )


def is_scored_now(panel: Panel, entry: Entry) -> Verdict:
    """Whether the stage lets this panel score the entry. At most one statement."""
    stages = SCORED_BY_OFFICE if panel.kind == PanelKind.OFFICE else SCORED_BY_COUNCIL
    fits = entry.stage in stages or (
        entry.stage == Stage.IN_APPRAISAL and entry.pk in straight_to_council(panel.campaign, [entry.pk])
    )
    sentence = (
        _("Hồ sơ %s nên chưa chấm được. Hội đồng chấm sau khi các đơn vị phụ trách đã có ý kiến.")
        if entry.stage == Stage.IN_APPRAISAL
        else _("Hồ sơ %s nên không chấm được.")
    )
    return is_running(panel.campaign) & Verdict.when(fits, sentence % Stage(entry.stage).label)


def straight_to_council(campaign: Campaign, entries: Collection[int] | None = None) -> set[int]:
    """Entries that no office may judge, so that the council reads them without opinions. One statement."""
    rows = Referral.objects.filter(entry__campaign=campaign, target=Target.COUNCIL, withdrawn_at__isnull=True)
    if entries is not None:
        rows = rows.filter(entry__in=entries)
    return set(rows.values_list("entry", flat=True))


def may_score(actor: Actor, reading: Reading, *, closed: bool) -> Verdict:
    """Fill in and hand in the sheet. ``closed``: the results stand closed."""
    return (
        sits(actor, reading.member)
        & Verdict.when(not closed, _("Kết quả đã chốt nên không nộp, không sửa phiếu được nữa."))
        & is_scored_now(reading.member.panel, reading.entry)
    )


def may_check(actor: Actor, sheet: ScoreSheet) -> Verdict:
    """Compare with the paper a sheet that another typed in: who looks after the panel, or the judge."""
    waits = sheet.filed_at is not None and sheet.checked_at is None and bool(sheet.entered_by)
    mine = actor.user is not None and sheet.entered_by == f"user:{actor.user.pk}"
    return (
        Verdict.when(waits and sheet.superseded_at is None, _("Phiếu này không chờ đối chiếu."))
        & Verdict.when(not mine, _("Bạn nhập phiếu này nên cần người khác đối chiếu với bản giấy."))
        & (may_look_after(actor, sheet.member.panel) | sits(actor, sheet.member))
        & may_see_marks(actor, sheet.entry)
    )


def may_enter(actor: Actor, reading: Reading, *, closed: bool) -> Verdict:
    """Type in what the judge wrote on paper: who manages the panel. ``closed``: the results stand closed."""
    return (
        may_manage(actor, reading.member.panel)
        & Verdict.when(not closed, _("Kết quả đã chốt nên không nộp, không sửa phiếu được nữa."))
        & is_scored_now(reading.member.panel, reading.entry)
        & may_see_marks(actor, reading.entry)
    )


def may_see_marks(actor: Actor, entry: Entry) -> Verdict:
    """Another's marks, for who judges the same entry: only after the own sheet is handed in. One statement."""
    sheets = ScoreSheet.objects.standing().filter(entry=entry, member=OuterRef("member"), filed_at__isnull=False)
    mine = Reading.objects.current().filter(entry=entry, member__user=actor.user, member__left_at__isnull=True)
    waits = actor.user is not None and mine.exclude(Exists(sheets)).exists()
    return Verdict.when(
        not waits, _("Bạn cũng chấm hồ sơ này và chưa nộp phiếu. Bạn nộp phiếu của mình trước, hoặc nhờ người khác.")
    )

"""Who may look at marks and results, who closes them (invariants 3 and 14 of the domain, 7.5)."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sangkien.accounts.actor import Actor
from sangkien.accounts.roles import Permission
from sangkien.accounts.verdict import Verdict
from sangkien.appraisal.models import Capacity, Panel, PanelMember, Reading, ScoreSheet
from sangkien.campaigns.models import Campaign
from sangkien.intake.rules import in_lead, is_running


def may_see_results(actor: Actor, campaign: Campaign) -> Verdict:
    """Look at marks and what they come to: the lead unit, who decides, the chair and the secretary of a council.

    Whoever scores sees nothing of the others before the own sheets are in. At most three statements.
    """
    return looks_after_results(actor, campaign) & own_sheets_are_in(actor, campaign)


def looks_after_results(actor: Actor, campaign: Campaign) -> Verdict:
    """Whether the results are this person's business at all; for others there is no such page."""
    as_lead = in_lead(actor, Permission.PROPOSE, campaign) | in_lead(actor, Permission.DECIDE, campaign)
    if as_lead:
        return as_lead
    leads_panel = PanelMember.objects.current().filter(
        panel__campaign=campaign, user=actor.user, capacity__in=Capacity.leading()
    )
    if actor.user is not None and leads_panel.exists():
        return Verdict(True)
    return as_lead


def own_sheets_are_in(actor: Actor, campaign: Campaign) -> Verdict:
    """Blind until done: whoever scores hands in everything first. One statement."""
    count = 0 if actor.user is None else open_readings(actor, campaign)
    return Verdict.when(
        count == 0,
        ngettext(
            "Bạn còn %d phiếu chưa nộp. Nộp xong bạn mới xem được phiếu của người khác và kết quả.",
            "Bạn còn %d phiếu chưa nộp. Nộp xong bạn mới xem được phiếu của người khác và kết quả.",
            count,
        )
        % count,
    )


def open_readings(actor: Actor, campaign: Campaign) -> int:
    """How many entries this person still has to score in the campaign. One statement."""
    mine = Reading.objects.current().filter(member__user=actor.user, member__panel__campaign=campaign)
    mine = mine.filter(member__left_at__isnull=True)
    handed_in = ScoreSheet.objects.standing().filter(
        filed_at__isnull=False, member__user=actor.user, member__panel__campaign=campaign
    )
    return mine.exclude(entry__in=handed_in.values("entry")).count()


def may_close(actor: Actor, campaign: Campaign) -> Verdict:
    """Freeze the results, open them again, put tied ones in order: the lead unit."""
    return is_running(campaign) & in_lead(actor, Permission.PROPOSE, campaign)


def may_see_severity(actor: Actor, campaign: Campaign) -> Verdict:
    """How severe each judge was: the chair of a council of this campaign, and who decides. Each judge sees the own."""
    decides = in_lead(actor, Permission.DECIDE, campaign)
    if decides or actor.user is None:
        return decides
    chairs = Panel.objects.filter(
        campaign=campaign, dissolved_at__isnull=True, members__user=actor.user, members__capacity="chair",
        members__left_at__isnull=True,
    )  # fmt: skip
    return decides | Verdict.when(
        chairs.exists(), _("Mức chặt tay của từng người chấm chỉ chủ tịch hội đồng và người quyết định xem.")
    )

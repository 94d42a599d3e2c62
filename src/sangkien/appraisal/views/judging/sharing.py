"""Entries are shared out: seen before, done at once, taken back; and changed by hand, one entry at a time."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID, uuid4

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from sangkien import ui
from sangkien.accounts.pages import actor_of, found, page, signed_in
from sangkien.accounts.refusal import Refused
from sangkien.appraisal.actions.judging import distributing, recusing
from sangkien.appraisal.conflicts import members_kept_out
from sangkien.appraisal.judging.plan import Plan, plan
from sangkien.appraisal.judging.progress import hidden_entries, shown_panels
from sangkien.appraisal.models import (
    Distribution,
    Panel,
    PanelKind,
    PanelMember,
    Reading,
    ReadingReason,
    Recusal,
    RecusalKind,
)
from sangkien.appraisal.rules.judging import may_look_after, may_manage
from sangkien.appraisal.views.judging.panels import signature
from sangkien.campaigns import pages
from sangkien.campaigns.models import Campaign, Participant
from sangkien.intake.models import Entry


@dataclass(frozen=True, slots=True)
class Load:
    """A judge with what is read now and what would come."""

    member: PanelMember
    before: int
    new: int

    @property
    def after(self) -> int:
        return self.before + self.new


@dataclass(frozen=True, slots=True)
class Row:
    """An entry with who reads it: (name, whether as an anchor, whether new)."""

    entry: Entry
    unit_name: str
    readers: Sequence[tuple[str, bool, bool]]

    @property
    def is_anchor(self) -> bool:
        return any(anchor for _name, anchor, _new in self.readers)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def sharing(request: HttpRequest, uid: UUID) -> HttpResponse:
    """GET shows who would read what; POST does exactly that."""
    campaign = pages.campaign_of(request, uid)
    managed = [each for each in shown_panels(campaign) if may_look_after(actor_of(request), each)]
    found(managed)
    chosen = _chosen(request, managed)
    now = plan(campaign, chosen, timezone.localdate()) if chosen else None
    said = ""
    if request.method == "POST" and chosen:
        found(all(may_manage(actor_of(request), each) for each in chosen))
        try:
            made = distributing.distribute(
                campaign, chosen, digest=request.POST.get("digest", ""), key=request.POST.get("key", "")[:100],
                by=signature(request, campaign, chosen[0].office), at=timezone.now(),
            )  # fmt: skip
        except distributing.PlanChanged as changed:
            now, said = changed.plan, _("Danh sách vừa thay đổi nên chưa chia. Dưới đây là cách chia mới; bạn xem lại.")
        except Refused as refusal:
            said = str(refusal)
        else:
            ui.tell(request, _("Đã chia hồ sơ cho người chấm."), _("Hoàn lại được đến khi có người bắt đầu chấm."))
            return ui.redirect(request, _address(campaign, chosen, made))
    context = _context(request, campaign, managed, chosen, now) | {"said_now": said}
    return page(request, "appraisal/judging/sharing.html", context=context, status=422 if said else 200)


@require_POST
@signed_in
def undo(request: HttpRequest, uid: UUID, distribution_uid: UUID) -> HttpResponse:
    """As before."""
    campaign = pages.campaign_of(request, uid)
    row = get_object_or_404(Distribution.objects.select_related("campaign"), campaign=campaign, uid=distribution_uid)
    touched = Panel.objects.filter(members__readings__distribution=row).distinct()
    touched = touched.select_related("campaign__lead_unit", "campaign__organiser", "office")
    rows = list(touched)
    found(rows and all(may_manage(actor_of(request), each) for each in rows))
    try:
        distributing.undo(row, by=signature(request, campaign, rows[0].office), at=timezone.now())
    except Refused as refusal:
        ui.tell(request, str(refusal), tone="late")
    else:
        ui.tell(request, _("Đã hoàn lại lần chia hồ sơ."))
    return ui.redirect(request, _address(campaign, rows))


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def one(request: HttpRequest, uid: UUID, entry_uid: UUID) -> HttpResponse:
    """One entry: one reader more, one less, or one kept out."""
    campaign, actor = pages.campaign_of(request, uid), actor_of(request)
    managed = [each for each in shown_panels(campaign) if may_manage(actor, each)]
    found(managed)
    together = ("campaign", "revision", "implementer", "initiative")
    entry = get_object_or_404(Entry.objects.select_related(*together), campaign=campaign, uid=entry_uid)
    if hidden_entries(actor, [entry.pk], campaign=campaign):
        raise Http404
    if request.method == "POST":
        wrong = _changed(request, campaign, managed, entry)
        if not wrong:
            return ui.redirect(request, "appraisal:sharing_entry", campaign.uid, entry.uid)
        ui.tell(request, wrong, tone="late")
    return page(request, "appraisal/judging/sharing_entry.html", context=_one(campaign, managed, entry))


def _changed(request: HttpRequest, campaign: Campaign, managed: Sequence[Panel], entry: Entry) -> str:
    """The sentence of a refusal; empty when it was done."""
    rows = PanelMember.objects.filter(panel__in=managed).select_related("panel__campaign", "panel__office", "user")
    member = get_object_or_404(rows, uid=_uid(request.POST.get("member", "")))
    by, at = signature(request, campaign, member.panel.office), timezone.now()
    try:
        match request.POST.get("act", ""):
            case "give":
                distributing.give(member, entry, by=by, at=at)
                ui.tell(request, _("%s đọc thêm hồ sơ này.") % member.name)
            case "take":
                reading = Reading.objects.current().filter(member=member, entry=entry)
                row = get_object_or_404(reading.select_related("member__panel__campaign", "entry"))
                distributing.take_back(row, by=by, at=at)
                ui.tell(request, _("%s không đọc hồ sơ này nữa.") % member.name)
            case "recuse":
                recusing.recuse(member, entry, reason=request.POST.get("reason", ""), by=by, at=at)
                ui.tell(request, _("Đã ghi: không để %s chấm hồ sơ này.") % member.name, _("Người ấy không được báo."))
            case "lift":
                recusal = get_object_or_404(
                    Recusal.objects.select_related("member__panel__campaign"), member=member, entry=entry,
                    lifted_at__isnull=True, kind=RecusalKind.RECUSE,
                )  # fmt: skip
                recusing.lift(recusal, by=by, at=at)
                ui.tell(request, _("%s lại được chấm hồ sơ này.") % member.name, _("Bạn giao lại hồ sơ nếu cần."))
            case _:
                raise Http404
    except Refused as refusal:
        return str(refusal)
    return ""


def _uid(told: str) -> UUID:
    try:
        return UUID(told)
    except ValueError:
        raise Http404 from None


def _one(campaign: Campaign, managed: Sequence[Panel], entry: Entry) -> dict[str, object]:
    members = list(
        PanelMember.objects.current().filter(panel__in=managed, scores=True).select_related("panel", "user").order_by(
            "panel", "position"
        )
    )  # fmt: skip
    readings = Reading.objects.current().filter(entry=entry, member__in=members).select_related("member__panel")
    reading_now = {each.member_id: each for each in readings}
    recusals = Recusal.objects.filter(entry=entry, member__in=members, lifted_at__isnull=True)
    recused = {each.member_id: each for each in recusals}
    kept_out = {member for member, _entry in members_kept_out(members, [entry], timezone.localdate())}
    free = [each for each in members if each.pk not in reading_now and each.pk not in kept_out]
    return {
        "campaign": campaign, "entry": entry, "unit_name": _unit_names(campaign).get(entry.implementer_id, ""),
        "readers": [each for each in members if each.pk in reading_now],
        "free": free,
        "recused": [(each, recused[each.pk]) for each in members if each.pk in recused],
        "in_conflict": [each for each in members if each.pk in kept_out and each.pk not in recused],
    }  # fmt: skip


def _chosen(request: HttpRequest, managed: Sequence[Panel]) -> list[Panel]:
    """A council by its uid, else all panels of offices together, so that anchors tie them; else the first council."""
    wanted = request.GET.get("to", "")
    council = [each for each in managed if str(each.uid) == wanted]
    offices = [each for each in managed if each.kind == PanelKind.OFFICE]
    return council or offices or list(managed[:1])


def _address(campaign: Campaign, chosen: Sequence[Panel], made: Distribution | None = None) -> str:
    from_council = chosen[0].kind == PanelKind.COUNCIL
    rest = f"?to={chosen[0].uid}" if from_council else ""
    return f"/dot/{campaign.uid}/chia-ho-so/{rest}"


def _context(
    request: HttpRequest, campaign: Campaign, managed: Sequence[Panel], chosen: Sequence[Panel], now: Plan | None
) -> dict[str, object]:
    hidden = hidden_entries(actor_of(request), campaign=campaign)
    standing = Reading.objects.current().filter(member__panel__in=chosen, distribution__undone_at__isnull=True)
    last = Distribution.objects.filter(pk__in=standing.values("distribution")).order_by("-pk").first()
    return {
        "campaign": campaign, "panels": managed, "chosen": chosen, "plan": now, "key": str(uuid4()),
        "loads": _loads(now, hidden) if now else [], "rows": _rows(campaign, now, hidden) if now else [],
        "last": last, "councils": [each for each in managed if each.kind == PanelKind.COUNCIL],
        "has_offices": any(each.kind == PanelKind.OFFICE for each in managed),
        "may": bool(chosen) and all(may_manage(actor_of(request), each) for each in chosen),
        "is_new": bool(now and now.new),
    }  # fmt: skip


def _loads(now: Plan, hidden: set[int]) -> list[Load]:
    before = Counter(each.member_id for each in now.kept if each.entry_id not in hidden)
    new = Counter(each.member.pk for each in now.new if each.entry.pk not in hidden)
    return [Load(each, before[each.pk], new[each.pk]) for each in now.members]


def _rows(campaign: Campaign, now: Plan, hidden: set[int]) -> list[Row]:
    names = _unit_names(campaign)
    readers: dict[int, list[tuple[str, bool, bool]]] = {}
    for each in now.kept:
        readers.setdefault(each.entry_id, []).append((each.member.name, each.reason == ReadingReason.ANCHOR, False))
    for made in now.new:
        readers.setdefault(made.entry.pk, []).append((made.member.name, made.reason == ReadingReason.ANCHOR, True))
    return [
        Row(each, names.get(each.implementer_id, ""), readers.get(each.pk, []))
        for each in now.entries
        if each.pk not in hidden
    ]


def _unit_names(campaign: Campaign) -> dict[int, str]:
    return dict(Participant.objects.filter(campaign=campaign).values_list("unit", "unit_version__name"))

"""An entry as its unit follows it: where it stands, what it says, what changed, and the one or two acts."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sangkien import ui
from sangkien.accounts.actor import Actor
from sangkien.accounts.pages import actor_of, page
from sangkien.accounts.refusal import Refused
from sangkien.accounts.roles import Permission
from sangkien.accounts.verdict import Verdict
from sangkien.campaigns.models import ReformField
from sangkien.initiatives.models import CoImplementer, Figure, Part, Revision
from sangkien.intake.actions import drafting, withdrawing
from sangkien.intake.completeness import asked_by
from sangkien.intake.forms import ReasonForm
from sangkien.intake.lifecycle import Stage
from sangkien.intake.models import Entry, Return, SubmissionItem
from sangkien.intake.rules import may_edit, may_take_up, may_withdraw
from sangkien.intake.views import shown
from sangkien.intake.views.common import contacts, entry_of, for_the_unit, frame_of, place_of_entry, signature
from sangkien.intake.views.desks import stage_shown, status_of
from sangkien.ui.differences import Difference, between
from sangkien.units.models import UnitVersion


@dataclass(frozen=True, slots=True)
class PartRead:
    """A part as it is read; ``difference`` when two versions are laid over each other."""

    name: str
    label: str
    text: str
    difference: Difference | None = None


@dataclass(frozen=True, slots=True)
class VersionLink:
    """A revision to look at."""

    number: int
    label: str
    url: str
    is_here: bool


@dataclass(frozen=True, slots=True)
class Step:
    """One of the line of steps."""

    word: str
    small: str
    is_done: bool = False
    is_now: bool = False
    is_far: bool = False


@require_safe
@for_the_unit
def entry(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One sheet of paper from top to bottom."""
    actor = actor_of(request)
    found = entry_of(actor, uid)
    place = place_of_entry(found)
    draft = drafting.draft_of(found)
    items = _items(found)
    revisions = [*(item.revision for item in items), *([draft] if draft is not None else [])]
    here = _chosen(request, revisions)
    asked = asked_by(place.campaign)
    returns = shown.returns(found)
    back, gaps = shown.returned(returns, asked)
    context: dict[str, Any] = {
        **frame_of(place),
        "entry": found,
        "revision": here,
        "draft": draft,
        "status": status_of(found),
        "steps": _steps(found),
        "parts": _parts(here, revisions, compare="so" in request.GET),
        "versions": _versions(request, found, here, revisions),
        "fields": _fields(found, here),
        "figures": list(Figure.objects.filter(revision=here).order_by("position")) if here else [],
        "partners": _partners(found),
        "evidence": shown.evidence(found),
        "slips": _slips(items, returns),
        "returned": back,
        "returned_gaps": gaps,
        "contacts": contacts(place.campaign),
        "is_inside": stage_shown(found) is Stage.IN_APPRAISAL,
        "may_edit_entry": _may_edit(actor, found),
        "may_withdraw": outside(found, may_withdraw(actor, found)),
        "may_take_up": outside(found, may_take_up(actor, found)),
    }
    return page(request, "intake/entry.html", context=context)


def _may_edit(actor: Actor, entry: Entry) -> Verdict:
    verdict = outside(entry, may_edit(actor, entry))
    if entry.stage != Stage.SUBMITTED:
        return verdict
    late = _("Đã hết hạn nhận báo cáo nên không gửi bản mới được. Nếu cần sửa, hãy hỏi đơn vị đầu mối.")
    return verdict & Verdict.when(not entry.campaign.is_late(timezone.now()), late)


def outside(entry: Entry, verdict: Verdict) -> Verdict:
    """A refusal that does not tell how far an entry has come inside."""
    if verdict or stage_shown(entry) is not Stage.IN_APPRAISAL:
        return verdict
    return Verdict(False, _("Giải pháp %s đã được tiếp nhận và đang thẩm định nên không đổi được nữa.") % entry.code)


def _items(entry: Entry) -> list[SubmissionItem]:
    """What was sent in this campaign, in which sending. One statement."""
    items = SubmissionItem.objects.filter(entry=entry).select_related("revision__initiative", "submission__receipt")
    return list(items.order_by("pk"))


def _chosen(request: HttpRequest, revisions: Sequence[Revision]) -> Revision | None:
    wanted = request.GET.get("ban", "")
    numbered = {str(each.number): each for each in revisions}
    if wanted in numbered:
        return numbered[wanted]
    return revisions[-1] if revisions else None


def _versions(
    request: HttpRequest, entry: Entry, here: Revision | None, revisions: Sequence[Revision]
) -> list[VersionLink]:
    if len(revisions) < 2:
        return []
    compares = "so" in request.GET
    links = [
        VersionLink(
            each.number,
            _("Bản %(no)d, %(day)s") % {"no": each.number, "day": _day(each)} if each.is_frozen else _("Bản đang soạn"),
            f"?ban={each.number}",
            is_here=each == here and not compares,
        )
        for each in revisions
    ]
    return [*links, VersionLink(0, _("Chỗ khác nhau"), "?so", is_here=compares)]


def _day(revision: Revision) -> str:
    return date_format(timezone.localtime(revision.frozen_at), "d/m") if revision.frozen_at else ""


def _parts(here: Revision | None, revisions: Sequence[Revision], *, compare: bool) -> list[PartRead]:
    if here is None:
        return []
    place = next((index for index, each in enumerate(revisions) if each == here), 0)
    earlier = revisions[place - 1].texts if compare and place > 0 else None
    parts = [_part(part, text, earlier) for part, text in here.texts.items() if part is not Part.TITLE or earlier]
    return [part for part in parts if part.text or part.difference]


def _part(part: Part, text: str, earlier: Mapping[Part, str] | None) -> PartRead:
    if earlier is None or earlier[part] == text:
        return PartRead(part.value, str(part.label), text)
    return PartRead(part.value, str(part.label), text, between(earlier[part], text))


def _fields(entry: Entry, revision: Revision | None) -> list[str]:
    if revision is None:
        return []
    names = {each.code: str(each) for each in ReformField.objects.filter(campaign=entry.campaign_id)}
    return [names.get(code, code) for code in revision.fields]


def _partners(entry: Entry) -> list[str]:
    bodies = list(CoImplementer.objects.filter(initiative=entry.initiative_id).order_by("pk"))
    units = [body.unit_id for body in bodies if body.unit_id]
    names = dict(
        UnitVersion.objects.current().filter(unit__in=units).order_by("valid_from").values_list("unit", "name")
    )
    return [body.name or names.get(body.unit_id or 0, "") for body in bodies]


def _steps(entry: Entry) -> list[Step]:
    """As far as the unit may know: sent, taken in, appraised, decided."""
    stage = stage_shown(entry)
    order = [Stage.DRAFT, Stage.SUBMITTED, Stage.ADMITTED, Stage.IN_APPRAISAL]
    words = [_("Soạn"), _("Gửi"), _("Tiếp nhận"), _("Thẩm định"), _("Kết quả")]
    at = {Stage.CHANGES_REQUESTED: 1, **{each: place for place, each in enumerate(order)}}
    here = at.get(stage, len(order))
    sent = date_format(timezone.localtime(entry.submitted_at), "d/m") if entry.submitted_at else ""
    small = {1: sent}
    if stage is Stage.CHANGES_REQUESTED:
        small[1] = _("chờ bổ sung")
    if here == len(order):
        small[here] = str(stage.label)
    if stage in (Stage.WITHDRAWN, Stage.MERGED, Stage.DEFERRED, Stage.REJECTED):
        return [
            Step(words[0], "", is_done=True),
            Step(words[1], sent, is_done=True),
            Step(str(stage.label).capitalize(), "", is_now=True),
        ]
    next_ = here + 1 if stage is Stage.SUBMITTED else here
    return [
        Step(word, small.get(place, ""), place < next_, place == next_, place > next_ + 1)
        for place, word in enumerate(words)
    ]


@dataclass(frozen=True, slots=True)
class Slip:
    """Something that was attached on the way, the newest on top."""

    icon: str
    head: str
    at: Any
    second: str = ""
    lines: tuple[str, ...] = ()
    url: str = ""


def _slips(items: Sequence[SubmissionItem], returns: Sequence[Return]) -> list[Slip]:
    """Sendings with their receipts, and returns."""
    slips = [*map(_sending_slip, items), *map(_return_slip, returns)]
    return sorted(slips, key=lambda slip: slip.at, reverse=True)


def _sending_slip(item: SubmissionItem) -> Slip:
    sending = item.submission
    how = _("Đơn vị đầu mối ghi nhận thay đơn vị") if sending.is_recorded else _("Gửi trên chương trình")
    version = _("bản %d") % item.revision.number
    return Slip(
        "receipt",
        _("Phiếu tiếp nhận số %s") % sending.receipt,
        sending.arrived_at,
        f"{how}, {version}",
        url=reverse("intake:receipt", args=[sending.uid]),
    )


def _return_slip(back: Return) -> Slip:
    due = _("Hạn bổ sung: %s") % date_format(back.due_date, "d/m/Y")
    return Slip(
        "arrow-return-left",
        _("Phiếu trả lại để bổ sung"),
        back.returned_at,
        due,
        tuple(filter(None, (back.note, *(gap.text for gap in back.gaps.all())))),
    )


@require_POST
@for_the_unit
def revise(request: HttpRequest, uid: UUID) -> HttpResponse:
    """A new text of what was sent: a supplement that was asked for, or a better version before the deadline."""
    actor = actor_of(request)
    found = entry_of(actor, uid, Permission.DRAFT)
    return _drafted(request, found, may_edit(actor, found), drafting.begin_revision)


def _drafted(
    request: HttpRequest, entry: Entry, verdict: Verdict, begin: Callable[..., object], *told: str
) -> HttpResponse:
    """On to the draft; where it is refused, the page of the entry says why."""
    verdict = outside(entry, verdict)
    try:
        if not verdict:
            raise Refused(verdict.reason)
        begin(entry, by=signature(request, entry.implementer), at=timezone.now())
    except Refused as refusal:
        ui.tell(request, str(refusal), tone="late")
        return ui.redirect(request, "intake:entry", entry.uid)
    if told:
        ui.tell(request, *told)
    return ui.redirect(request, "intake:draft", entry.uid)


@require_http_methods(["GET", "HEAD", "POST"])
@for_the_unit
def withdraw(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Back to the unit, with a reason; what was sent and its receipt are kept."""
    actor = actor_of(request)
    found = entry_of(actor, uid, Permission.WITHDRAW)
    verdict = outside(found, may_withdraw(actor, found))
    if not verdict:
        ui.tell(request, verdict.reason, tone="late")
        return ui.redirect(request, "intake:entry", found.uid)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            withdrawing.withdraw(
                found, reason=form.cleaned_data["reason"], by=signature(request, found.implementer), at=timezone.now()
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            ui.tell(request, _("Đã rút giải pháp %s.") % found.code, _("Còn hạn thì soạn lại và gửi lại được."))
            return ui.redirect(request, "intake:entry", found.uid)
    context = {**frame_of(place_of_entry(found)), "entry": found, "form": form}
    return page(request, "intake/withdraw.html", context=context, status=422 if form.errors else 200)


@require_POST
@for_the_unit
def take_up(request: HttpRequest, uid: UUID) -> HttpResponse:
    """A draft again of what was taken back."""
    actor = actor_of(request)
    found = entry_of(actor, uid, Permission.DRAFT)
    told = _("Giải pháp thành bản nháp trở lại."), _("Bạn sửa rồi gửi lại trước hạn.")
    return _drafted(request, found, may_take_up(actor, found), withdrawing.take_up, *told)

"""The day of a supplement is past, or a report came late: a person decides what becomes of it, with the reason."""

from typing import Final
from uuid import UUID

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from sangkien import ui
from sangkien.accounts.actor import Actor
from sangkien.accounts.pages import actor_of, found
from sangkien.accounts.refusal import Refused
from sangkien.accounts.roles import Permission
from sangkien.accounts.verdict import Verdict
from sangkien.desk import places
from sangkien.desk.entry import permitted
from sangkien.desk.forms import LapseForm
from sangkien.desk.views.acting import asked, signature, too_late
from sangkien.desk.views.finding import entry_of, known
from sangkien.intake import rules
from sangkien.intake.actions import returning
from sangkien.intake.lifecycle import Stage
from sangkien.intake.models import Entry, Return

DEFER: Final = "defer"
REJECT: Final = "reject"
LABELS: Final = {
    DEFER: gettext_lazy("Chuyển sang đợt sau: giải pháp chờ trong danh sách, đợt sau đơn vị xác nhận là xét tiếp"),
    REJECT: gettext_lazy("Không tiếp nhận trong đợt này"),
}


@require_http_methods(["GET", "HEAD", "POST"])
@known
def lapse(request: HttpRequest, uid: UUID) -> HttpResponseBase:
    """Only what is open now is offered; the other outcome is explained."""
    entry, actor = entry_of(request, uid), actor_of(request)
    found(rules.in_lead(actor, Permission.DEFER, entry.campaign))
    back = Return.objects.filter(entry=entry, ended_at__isnull=True).first()
    verdicts = _verdicts(actor, entry, back)
    open_ones = [(each, str(LABELS[each])) for each, verdict in verdicts.items() if verdict]
    if not open_ones:
        return too_late(request, entry, verdicts[DEFER])
    only = open_ones[0][0] if len(open_ones) == 1 else None
    form = LapseForm(
        request.POST or None, outcomes=open_ones, initial={"outcome": only, "reason": _reason(entry, back)}
    )
    if request.method == "POST" and form.is_valid():
        act = {DEFER: returning.defer, REJECT: returning.reject}[form.cleaned_data["outcome"]]
        by = signature(request, entry.campaign)
        try:
            act(entry, reason=form.cleaned_data["reason"], by=by, at=timezone.now())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            _told(request, form.cleaned_data["outcome"])
            return ui.redirect(request, places.entry(entry.uid))
    context = {"form": form, "back": back, "closed": [v.reason for v in verdicts.values() if not v]}
    return asked(request, "desk/lapse.html", entry, context, wrong=bool(form.errors))


def _verdicts(actor: Actor, entry: Entry, back: Return | None) -> dict[str, Verdict]:
    today = timezone.localdate()
    return {
        DEFER: permitted.may_defer(actor, entry, back, today),
        REJECT: permitted.may_reject(actor, entry, back, today),
    }


def _reason(entry: Entry, back: Return | None) -> str:
    """A sentence to start from."""
    if entry.stage == Stage.SUBMITTED:
        return _("Báo cáo đến sau hạn nhận của đợt này.")
    if back is None:
        return ""
    due = f"{back.due_date.day}/{back.due_date.month}/{back.due_date.year}"
    return _("Đơn vị chưa gửi bản bổ sung trong thời hạn đến hết ngày %s.") % due


def _told(request: HttpRequest, outcome: str) -> None:
    if outcome == DEFER:
        ui.tell(
            request, _("Đã chuyển sang đợt sau."), _("Đơn vị được báo; đợt sau mở thì xác nhận “vẫn đang áp dụng”.")
        )
    else:
        ui.tell(request, _("Đã ghi là không tiếp nhận."), _("Đơn vị được báo cùng với lý do."))

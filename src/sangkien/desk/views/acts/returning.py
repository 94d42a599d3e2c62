"""Asking for a supplement, and giving more time for it."""

from datetime import date
from typing import Final
from uuid import UUID

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sangkien import ui
from sangkien.accounts.pages import actor_of, found
from sangkien.accounts.refusal import Refused
from sangkien.accounts.roles import Permission
from sangkien.campaigns.models import Holiday
from sangkien.desk import places
from sangkien.desk.entry import permitted
from sangkien.desk.forms import DueForm, PartAsked, ReturnForm
from sangkien.desk.views.acting import asked, new_key, signature, too_late
from sangkien.desk.views.finding import entry_of, known
from sangkien.intake import rules
from sangkien.intake.actions import returning
from sangkien.intake.actions.returning import GapTold
from sangkien.intake.completeness import Asked, asked_by, completeness, required
from sangkien.intake.models import Entry, Return

WHOLE: Final = "whole"
DAYS: Final = 5  # working days proposed for a supplement; a person changes them


@require_http_methods(["GET", "HEAD", "POST"])
@known
def send_back(request: HttpRequest, uid: UUID) -> HttpResponseBase:
    """The gaps part by part, with ready sentences, and the day."""
    entry, actor = entry_of(request, uid), actor_of(request)
    found(rules.in_lead(actor, Permission.SEND_BACK, entry.campaign))
    verdict = rules.may_send_back(actor, entry)
    if not verdict and request.method != "POST":  # a second click is answered by the action
        return too_late(request, entry, verdict)
    today = timezone.localdate()
    form = ReturnForm(
        request.POST or None, parts=_parts(entry), today=today, initial={"key": new_key(), "due_date": _proposed(today)}
    )
    if request.method == "POST" and form.is_valid():
        try:
            back = returning.send_back(
                entry, gaps=_gaps(form), due_date=form.cleaned_data["due_date"], remark=form.cleaned_data["remark"],
                key=form.cleaned_data["key"], by=signature(request, entry.campaign), at=timezone.now(),
            )  # fmt: skip
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            due = date_format(back.due_date, "d/m/Y")
            ui.tell(request, _("Đã trả lại để bổ sung."), _("Đơn vị được báo; hạn bổ sung đến hết ngày %s.") % due)
            return ui.redirect(request, places.entry(entry.uid))
    return asked(request, "desk/send_back.html", entry, {"form": form, "days": DAYS}, wrong=bool(form.errors))


def _parts(entry: Entry) -> list[PartAsked]:
    """What the forms of the campaign ask for; what is missing comes ticked, with the sentence that says so."""
    asked = asked_by(entry.campaign)
    lacking = completeness(entry.revision, asked) if entry.revision else []
    missing = {each.part: each.sentence for each in lacking}
    needed = {each.part for each in required(lacking)}
    labels = {each.part: each.label for each in asked}
    parts = [
        PartAsked(each.part, each.label, missing.get(each.part) or _more(each), each.part in needed) for each in asked
    ]
    parts += [
        PartAsked(code, _("Ngày bắt đầu áp dụng"), text, True) for code, text in missing.items() if code not in labels
    ]
    return [*parts, PartAsked(WHOLE, _("Chung cho cả báo cáo"), "")]


def _more(asked: Asked) -> str:
    """For a part that is there, but says too little."""
    wanted = asked.help[0].lower() + asked.help[1:] if asked.help else ""
    facts = {"part": asked.label, "help": wanted}
    if wanted:
        return _("Phần “%(part)s” chưa rõ. Đề nghị nêu: %(help)s") % facts
    return _("Phần “%(part)s” chưa rõ. Đề nghị nêu cụ thể hơn.") % facts


def _proposed(today: date) -> date:
    return Holiday.objects.calendar().after(today, DAYS)


def _gaps(form: ReturnForm) -> list[GapTold]:
    return [GapTold(text, "" if code == WHOLE else code) for code, text in form.cleaned_data["asked"]]


@require_http_methods(["GET", "HEAD", "POST"])
@known
def extension(request: HttpRequest, uid: UUID) -> HttpResponseBase:
    """A later day for the supplement."""
    entry, actor = entry_of(request, uid), actor_of(request)
    found(rules.in_lead(actor, Permission.SEND_BACK, entry.campaign))
    verdict = permitted.may_extend(actor, entry)
    if not verdict:
        return too_late(request, entry, verdict)
    back = get_object_or_404(Return.objects.filter(entry=entry, ended_at__isnull=True))
    back.entry = entry
    today = timezone.localdate()
    proposed = Holiday.objects.calendar().after(max(today, back.due_date), DAYS)
    form = DueForm(request.POST or None, today=today, initial={"due_date": proposed})
    if request.method == "POST" and form.is_valid():
        due = form.cleaned_data["due_date"]
        try:
            returning.extend(back, due_date=due, by=signature(request, entry.campaign), at=timezone.now())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            ui.tell(request, _("Đã gia hạn bổ sung đến hết ngày %s.") % date_format(due, "d/m/Y"))
            return ui.redirect(request, places.entry(entry.uid))
    return asked(request, "desk/extension.html", entry, {"form": form, "back": back}, wrong=bool(form.errors))

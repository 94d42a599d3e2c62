"""Reminding the units that have not answered: previewed, then done in one act; its letter until it is signed."""

from datetime import date
from uuid import UUID, uuid4

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sangkien import ui
from sangkien.accounts.forms import DayField
from sangkien.accounts.pages import actor_of, found, page, signed_in
from sangkien.accounts.qr import svg
from sangkien.accounts.refusal import Refused
from sangkien.attachments.serving import serve
from sangkien.campaigns.actions.reminding import remind as remind_units
from sangkien.campaigns.actions.telling import reminder_words
from sangkien.campaigns.models import Campaign, Participant, Reminder
from sangkien.campaigns.pages import led_by, signature, site_of
from sangkien.campaigns.rules import may_invite
from sangkien.campaigns.writing.reminder import reminder_paper
from sangkien.campaigns.writing.told import tell
from sangkien.documents.blocks import Paragraph
from sangkien.intake.queries import Answered, answers
from sangkien.ledger.recording import Actor
from sangkien.papers import drafting, issuing, rendering
from sangkien.papers.models import Form as PaperForm
from sangkien.papers.models import PaperFile, State
from sangkien.papers.refusal import Refused as PaperRefused
from sangkien.ui.forms import Form


class LetterForm(Form):
    """The letter came back signed, with its number and its day."""

    file = forms.FileField(
        label=gettext_lazy("Công văn đã ký"),
        help_text=gettext_lazy("PDF đã ký số, hoặc bản quét"),
        widget=forms.ClearableFileInput(attrs={"accept": ".pdf,.png,.jpg,.jpeg,.webp,.tif,.tiff"}),
        error_messages={"required": gettext_lazy("Bạn chưa chọn tệp.")},
    )
    number = forms.IntegerField(
        label=gettext_lazy("Số"),
        min_value=1,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        error_messages={"required": gettext_lazy("Chỗ này còn trống.")},
    )
    notation = forms.CharField(label=gettext_lazy("Ký hiệu"), max_length=60, required=False)
    issued_date = DayField(label=gettext_lazy("Ngày ban hành"))


@require_http_methods(["GET", "POST"])
@signed_in
def remind(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Who has not answered, the message and the letter as they will be; one click sends one and drafts the other."""
    campaign, actor = led_by(request, uid), actor_of(request)
    found(may_invite(actor, campaign))
    silent = [each.participant for each in answers(campaign) if each.answer is Answered.NONE]
    refusal = ""
    if request.method == "POST":
        by, at = signature(campaign, actor), timezone.now()
        try:
            made = remind_units(
                campaign, units=_ticked(request, silent), with_letter="cong-van" in request.POST, on=actor.on,
                key=request.POST.get("khoa", "")[:64] or uuid4().hex, by=by, at=at,
            )  # fmt: skip
            _render(made, by)
        except (Refused, PaperRefused) as refused:
            refusal = str(refused)
        else:
            ui.tell(request, _("Đã đôn đốc %d đơn vị.") % made.units.count(), _("Mỗi đơn vị nhận một thông báo."))
            return ui.redirect(request, "desk:reminder", uid, made.uid)
    context = {**_preview(request, campaign, silent), "refusal": refusal, "key": uuid4().hex}
    return page(request, "desk/remind.html", context=context, status=422 if refusal else 200)


@require_http_methods(["GET", "POST"])
@signed_in
def reminder(request: HttpRequest, uid: UUID, reminder_uid: UUID) -> HttpResponse:
    """What was done, the letter's files, and its signed copy when it comes back."""
    campaign, actor = led_by(request, uid), actor_of(request)
    made = _reminder(campaign, reminder_uid)
    letter = made.letter
    form = LetterForm(request.POST or None, request.FILES or None, initial={"issued_date": actor.on})
    if request.method == "POST":
        found(may_invite(actor, campaign) and letter is not None)
        if letter is not None and form.is_valid():
            by, at = signature(campaign, actor), timezone.now()
            try:
                if letter.state == State.DRAFT:
                    drafting.make_ready(letter, by=by, at=at)
                issued = issuing.issue(letter, **form.cleaned_data, by=by, at=at)
            except PaperRefused as refusal:
                form.add_error(None, str(refusal))
            else:
                ui.tell(request, _("Đã ghi %s.") % letter, issued.remark, tone="due" if issued.remark else "done")
                return ui.redirect(request, "desk:reminder", uid, made.uid)
    files = PaperFile.objects.filter(paper=letter).select_related("attachment__blob").order_by("pk") if letter else []
    context = {
        **_frame(request, campaign),
        "made": made,
        "letter": letter,
        "is_open": letter is not None and letter.state in (State.DRAFT, State.READY),
        "files": list(files),
        "form": form,
        "units": list(made.units.select_related("participant__unit_version").order_by("participant__position")),
        "may_invite": may_invite(actor, campaign),
    }
    return page(request, "desk/reminder.html", context=context, status=422 if form.errors else 200)


@require_POST
@signed_in
def make_files(request: HttpRequest, uid: UUID, reminder_uid: UUID) -> HttpResponse:
    """The letter's files once more, where making them was interrupted."""
    campaign, actor = led_by(request, uid), actor_of(request)
    found(may_invite(actor, campaign))
    made = _reminder(campaign, reminder_uid)
    try:
        _render(made, signature(campaign, actor))
    except PaperRefused as refusal:
        ui.tell(request, str(refusal), tone="late")
    return ui.redirect(request, "desk:reminder", uid, made.uid)


@require_safe
@signed_in
def file(request: HttpRequest, uid: UUID, reminder_uid: UUID, key: int) -> HttpResponse:
    """A file of the letter."""
    made = _reminder(led_by(request, uid), reminder_uid)
    kept = PaperFile.objects.select_related("attachment__blob").filter(pk=key, paper=made.letter_id).first()
    if kept is None or made.letter_id is None:
        raise Http404
    answer: HttpResponse = serve(kept.attachment)  # type: ignore[assignment]  # streams
    return answer


def _reminder(campaign: Campaign, uid: UUID) -> Reminder:
    made: Reminder = get_object_or_404(campaign.reminders.select_related("letter"), uid=uid)
    return made


def _render(made: Reminder, by: Actor) -> None:
    """Outside the transaction; twice does no harm."""
    if made.letter is not None and made.letter.blocks:
        for form in (PaperForm.DOCX, PaperForm.PDF):
            rendering.render(made.letter, form, by=by, at=timezone.now())


def _ticked(request: HttpRequest, silent: list[Participant]) -> list[Participant]:
    chosen = set(request.POST.getlist("don-vi"))
    return [each for each in silent if str(each.pk) in chosen]


def _preview(request: HttpRequest, campaign: Campaign, silent: list[Participant]) -> dict[str, object]:
    chosen = _ticked(request, silent) if request.method == "POST" else silent
    return {
        **_frame(request, campaign),
        "silent": silent,
        "ticked": {each.pk for each in chosen},
        "letter": _letter_lines(campaign, silent, actor_of(request).on) if silent else [],
    }


def _letter_lines(campaign: Campaign, silent: list[Participant], on: date) -> list[str]:
    """The paragraphs of the letter as they will stand in it."""
    told = tell(campaign, on)
    paper = reminder_paper(told, silent, is_over=campaign.is_late(timezone.now()), notation="", office=())
    return [str(each.text) for each in paper.sections[0].blocks if isinstance(each, Paragraph)]


def _frame(request: HttpRequest, campaign: Campaign) -> dict[str, object]:
    """The message for the common group: it names no unit, and its link only shows."""
    title, text = reminder_words(campaign, timezone.now())
    link = f"{site_of(request)}{reverse('desk:campaign', args=[campaign.uid])}"
    return {"campaign": campaign, "message": f"{title}\n{text}\n{link}", "qr": svg(link)}

"""The Word forms of a campaign: for one unit, for all in one archive, and the plan's own template."""

import tempfile
from pathlib import Path
from urllib.parse import quote
from uuid import UUID

from django import forms
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from sangkien import ui
from sangkien.accounts.pages import actor_of, found, page, signed_in
from sangkien.accounts.refusal import Refused
from sangkien.attachments import keeping
from sangkien.attachments.refusal import Refused as FileRefused
from sangkien.campaigns.actions.templates import set_template
from sangkien.campaigns.models import Campaign, Form, FormKind, Participant
from sangkien.campaigns.pages import campaign_of, day_of, for_invited_too, led_by, signature
from sangkien.campaigns.queries import participants
from sangkien.campaigns.rules import may_invite, may_see_all
from sangkien.campaigns.unit_forms import archive, docx_of, name_of
from sangkien.campaigns.views.plan import frame
from sangkien.campaigns.writing.told import tell
from sangkien.ui.forms import Form as UiForm

_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_MOST_UNITS = 500


class TemplateForm(UiForm):
    """The plan's own Word file of a form."""

    file = forms.FileField(
        label=gettext_lazy("Tệp Word của mẫu"), required=False,
        help_text=gettext_lazy("Tệp .docx. Để trống thì dùng lại mẫu do chương trình lập."),
        widget=forms.ClearableFileInput(attrs={"accept": ".docx"}),
    )  # fmt: skip


@require_safe
@for_invited_too
def index(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The forms, for each unit that this person may have them for."""
    campaign, actor = campaign_of(request, uid), actor_of(request)
    context = {
        **frame(campaign, actor),
        "forms": list(_forms(campaign)),
        "rows": _own_rows(campaign, request),
        "may_change": may_invite(actor, campaign),
    }
    return page(request, "campaigns/forms.html", context=context)


@require_safe
@for_invited_too
def of_unit(request: HttpRequest, uid: UUID, number: int, key: int) -> HttpResponse:
    """The Word file of a form for one unit."""
    campaign, actor = campaign_of(request, uid), actor_of(request)
    form = get_object_or_404(_forms(campaign), number=number)
    row = next((row for row in _own_rows(campaign, request) if row.pk == key), None)
    if row is None:
        raise Http404
    content = docx_of(form, tell(campaign, day_of(campaign, actor)), row.unit_version)
    return _download(content, name_of(form, row.unit_version), _DOCX)


@require_safe
@signed_in
def of_all(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One archive: each form for each unit."""
    campaign, actor = led_by(request, uid), actor_of(request)
    rows = list(participants(campaign)[: _MOST_UNITS + 1])
    if len(rows) > _MOST_UNITS or not rows:
        ui.tell(request, _("Chỉ gói được mẫu của 1 đến %d đơn vị.") % _MOST_UNITS, tone="due")
        return ui.redirect(request, "campaigns:forms", uid)
    told = tell(campaign, day_of(campaign, actor))
    with tempfile.TemporaryDirectory(prefix="mau-") as folder:
        path = Path(folder) / "mau.zip"
        archive(_forms(campaign), told, [(row.position, row.unit_version) for row in rows], path)
        content = path.read_bytes()
    return _download(content, f"mau-bao-cao-{campaign.year}.zip", "application/zip")


@require_http_methods(["GET", "POST"])
@signed_in
def template(request: HttpRequest, uid: UUID, number: int) -> HttpResponse:
    """Give the units the plan's own Word file, or ours again."""
    campaign, actor = led_by(request, uid), actor_of(request)
    found(may_invite(actor, campaign) or frame(campaign, actor)["may_edit"])
    row = get_object_or_404(_forms(campaign), number=number)
    form = TemplateForm(request.POST, request.FILES) if request.method == "POST" else TemplateForm()
    if request.method == "POST" and form.is_valid():
        by, at, file = signature(campaign, actor), timezone.now(), form.cleaned_data["file"]
        try:
            received = keeping.receive(file, file.name, by=by, at=at) if file else None
            set_template(row, received=received, by=by, at=at)
        except (Refused, FileRefused) as refusal:
            form.add_error("file", str(refusal))
        else:
            ui.tell(request, _("Đã đổi tệp của mẫu %d.") % number)
            return ui.redirect(request, "campaigns:forms", uid)
    context = {**frame(campaign, actor), "form": form, "row": row}
    return page(request, "campaigns/template.html", context=context, status=422 if form.errors else 200)


def _forms(campaign: Campaign) -> "QuerySet[Form]":
    known = Form.objects.filter(campaign=campaign).exclude(kind=FormKind.NOMINATION)
    return known.order_by("number").select_related("template__blob", "campaign").prefetch_related("columns")


def _own_rows(campaign: Campaign, request: HttpRequest) -> "QuerySet[Participant]":
    """All units for who sees the whole campaign, else those in which this person works."""
    actor = actor_of(request)
    rows = participants(campaign)
    if may_see_all(actor, campaign):
        return rows
    own = [each.unit_id for each in actor.memberships if each.unit_id]
    if actor.invitation is not None:
        own = [actor.invitation.unit_id]
    return rows.filter(unit__in=own)


def _download(content: bytes, name: str, kind: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response

"""A judge steps back from an entry."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sangkien import ui
from sangkien.accounts.pages import page, signed_in
from sangkien.accounts.refusal import Refused
from sangkien.appraisal.actions.judging import recusing
from sangkien.appraisal.judging import document as reading_of
from sangkien.appraisal.judging.criteria import asked_by
from sangkien.appraisal.views.judging.common import reading_at, signature


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def abstain(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The judge says why not; from then on the entry is not found by this person."""
    reading = reading_at(request, uid)
    asked = asked_by(reading.member.panel.campaign)
    blind = bool(asked and asked.row.blind_names)
    revision = reading.entry.revision
    if revision is None:
        raise Http404
    mask = reading_of.mask_of([(reading, revision)])[reading.pk] if blind else None
    wrong = ""
    if request.method == "POST":
        try:
            recusing.abstain(
                reading, reason=request.POST.get("reason", ""), by=signature(request, reading), at=timezone.now()
            )
        except Refused as refusal:
            wrong = str(refusal)
        else:
            ui.tell(request, _("Đã ghi nhận bạn không chấm hồ sơ này."), _("Hồ sơ không còn ở danh sách của bạn nữa."))
            return ui.redirect(request, "appraisal:judging")
    context = {
        "reading": reading, "title": reading_of.title_of(reading, mask), "wrong": wrong,
        "reason": request.POST.get("reason", ""),
    }  # fmt: skip
    return page(request, "appraisal/judging/abstain.html", context=context, status=422 if wrong else 200)

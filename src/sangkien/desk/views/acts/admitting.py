"""One entry enters the consolidation, or leaves it again while nothing rests on it."""

from uuid import UUID

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from sangkien import ui
from sangkien.accounts.pages import actor_of, found
from sangkien.accounts.refusal import Refused
from sangkien.accounts.roles import Permission
from sangkien.desk import places
from sangkien.desk.forms import AdmissionForm
from sangkien.desk.views.acting import asked, done_at_once, new_key, signature, too_late
from sangkien.desk.views.finding import entry_of, known
from sangkien.intake import rules
from sangkien.intake.actions import admitting
from sangkien.intake.completeness import asked_by, completeness, required
from sangkien.intake.models import Admission, Entry


@require_http_methods(["GET", "HEAD", "POST"])
@known
def admission(request: HttpRequest, uid: UUID) -> HttpResponseBase:
    """GET: what is missing, and for a late one the reason; POST: at once when nothing is asked."""
    entry, actor = entry_of(request, uid), actor_of(request)
    found(rules.in_lead(actor, Permission.ADMIT, entry.campaign))
    verdict = rules.may_admit(actor, entry)
    if not verdict and request.method != "POST":
        return too_late(request, entry, verdict)
    form = AdmissionForm(request.POST or None, initial={"key": new_key()})
    if request.method == "POST" and form.is_valid():
        try:
            admitting.admit(
                [entry], late_reason=form.cleaned_data["late_reason"], key=form.cleaned_data["key"],
                by=signature(request, entry.campaign), at=timezone.now(),
            )  # fmt: skip
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            _told(request, entry)
            return ui.redirect(request, places.entry(entry.uid))
    missing = completeness(entry.revision, asked_by(entry.campaign)) if entry.revision else []
    context = {"form": form, "missing": required(missing), "is_late": entry.is_late}
    return asked(request, "desk/entry_admission.html", entry, context, wrong=bool(form.errors))


def _told(request: HttpRequest, entry: Entry) -> None:
    ui.tell(
        request,
        _("Đã tiếp nhận vào bảng tổng hợp."),
        _("Hoàn lại được khi chưa chốt phụ lục tổng hợp và chưa chuyển thẩm định."),
        undo=places.act("entry_admission_undone", entry.uid),
        undo_label=_("Hoàn lại"),
    )


@require_POST
@known
def admission_undone(request: HttpRequest, uid: UUID) -> HttpResponseBase:
    """As before the admission, for this entry alone. The second click finds nothing to undo."""
    entry = entry_of(request, uid)
    found(rules.in_lead(actor_of(request), Permission.ADMIT, entry.campaign))
    current = Admission.objects.filter(items__entry=entry, items__undone_at__isnull=True).first()

    def undo() -> None:
        if current is None:
            raise Refused(_("Giải pháp này không ở trong bảng tổng hợp nên không có gì để hoàn lại."))
        by = signature(request, entry.campaign)
        admitting.undo_admission(current, only=[entry], by=by, at=timezone.now())

    return done_at_once(request, entry, undo, _("Đã hoàn lại việc tiếp nhận."), _("Giải pháp chờ kiểm tra như trước."))

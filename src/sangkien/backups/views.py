"""How the backups stand, one now, one to take away. Whole backups are for who administers the whole instance."""

from typing import Final
from uuid import UUID

from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from sangkien import ui
from sangkien.accounts.actor import Actor
from sangkien.accounts.pages import actor_of, found, page, signed_in
from sangkien.accounts.permissions import may
from sangkien.accounts.refusal import Refused
from sangkien.accounts.roles import Permission
from sangkien.accounts.verdict import Verdict
from sangkien.backups import passphrase, places, queries, work
from sangkien.backups.making import file_of
from sangkien.backups.models import Backup, Why
from sangkien.jobs.models import Job
from sangkien.ledger.models import SeenBy
from sangkien.ledger.recording import acting, record

_SHOWN: Final = 40  # more than the days, weeks and months that are kept


@require_safe
@signed_in
def home(request: HttpRequest) -> HttpResponse:
    """Every administrator sees how old the last one is; the rest is for who administers everything."""
    actor = actor_of(request)
    found(may(actor, Permission.BACK_UP))
    context = {
        "standing": queries.last(), "warning": queries.warning(timezone.now()), "verdict": _may_all(actor),
        "backups": Backup.objects.order_by("-taken_at", "-pk")[:_SHOWN], "keep": settings.SANGKIEN_BACKUP_KEEP,
        "running": Job.objects.open().filter(kind=work.KIND).first(), "by": actor.signature().id, **_places(),
    }  # fmt: skip
    return page(request, "backups/home.html", context=context)


@require_POST
@signed_in
def now(request: HttpRequest) -> HttpResponse:
    """Start a backup, or go to the one that is being made."""
    actor = actor_of(request)
    found(may(actor, Permission.BACK_UP) & _may_all(actor))
    at = timezone.now()
    with acting():
        job = work.start(why=Why.BY_HAND, by=actor.signature(), at=at, key=f"{actor.signature().id}:{at.isoformat()}")
    if job.by != actor.signature().id:
        ui.tell(request, _("Một bản sao lưu đang được lập."), _("Bạn mở lại trang này sau ít phút."), tone="now")
        return ui.redirect(request, "backups:home")
    return ui.redirect(request, job)


@never_cache
@require_POST
@signed_in
def new_passphrase(request: HttpRequest) -> HttpResponse:
    """The first passphrase, shown on this answer and nowhere else. A later one is set by command."""
    actor = actor_of(request)
    found(may(actor, Permission.BACK_UP) & _may_all(actor))
    if _kept()[0]:
        ui.tell(request, _("Cụm mật khẩu đã được đặt, không hiện lại."), tone="late")
        return ui.redirect(request, "backups:home")
    try:
        words = passphrase.make()
    except Refused as refusal:
        ui.tell(request, str(refusal), tone="late")
        return ui.redirect(request, "backups:home")
    return page(request, "backups/passphrase.html", context={"words": words})


@require_POST
@signed_in
def download(request: HttpRequest, uid: UUID) -> HttpResponse:
    """A sealed file to keep elsewhere; that it was taken stands in the ledger."""
    actor = actor_of(request)
    found(may(actor, Permission.BACK_UP) & _may_all(actor))
    backup = get_object_or_404(Backup, uid=uid, sealed=True, removed_at__isnull=True)
    path = file_of(backup)
    if path is None:
        ui.tell(request, _("Chưa thấy tệp sao lưu này."), _("Bạn cắm ổ đĩa giữ bản sao lưu rồi tải lại."), tone="late")
        return ui.redirect(request, "backups:home")
    with acting():
        record(
            by=actor.signature(), at=timezone.now(), verb="backup.taken_away", subject_kind="backup",
            subject_uid=backup.uid, seen_by=SeenBy.LEAD, payload={"sha256": backup.sha256},
        )  # fmt: skip
    answer = FileResponse(path.open("rb"), as_attachment=True, filename=backup.name)
    answer["Cache-Control"] = "private, no-store"
    return answer  # type: ignore[return-value]  # sent in pieces, else as any other answer


def _may_all(actor: Actor) -> Verdict:
    """A backup holds every unit's data."""
    return Verdict.when(
        actor.administers_all, _("Bản sao lưu chứa dữ liệu của mọi đơn vị nên người quản trị cả hệ thống giữ.")
    )


def _places() -> dict[str, object]:
    """How the second place and the passphrase stand now."""
    folder = places.second()
    is_set, trouble = _kept()
    return {
        "folder": folder,
        "unfit": places.why_unfit(folder) if folder else None,
        "same_disk": folder is not None and places.is_same_disk(folder),
        "has_passphrase": is_set,
        "trouble": trouble,
        "made_here": settings.SANGKIEN_BACKUP_PASSPHRASE_FILE is None,
    }


def _kept() -> tuple[bool, str]:
    """Whether there is a passphrase, and what is wrong with it."""
    try:
        return passphrase.kept() is not None, ""
    except Refused as refusal:
        return False, str(refusal)

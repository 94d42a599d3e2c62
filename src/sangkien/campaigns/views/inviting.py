"""Invitations of the units of a campaign: who has one, new ones with their slips, revoked ones."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any, Final
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.core.validators import validate_email
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from sangkien import ui
from sangkien.accounts.forms import DayField
from sangkien.accounts.models import Invitation
from sangkien.accounts.pages import actor_of, found, page, signed_in
from sangkien.accounts.qr import svg
from sangkien.accounts.refusal import Refused
from sangkien.campaigns.actions.common import day
from sangkien.campaigns.actions.inviting import MOST_AT_ONCE, Invited, invite_units, revoke_for
from sangkien.campaigns.models import Campaign, Participant
from sangkien.campaigns.pages import is_only_here, led_by, signature, site_of
from sangkien.campaigns.queries import participants
from sangkien.campaigns.rules import may_invite
from sangkien.campaigns.views.plan import frame
from sangkien.campaigns.window import VIETNAM
from sangkien.ui.forms import Form
from sangkien.vietnamese import clean

_AFTER: Final = timedelta(days=90)  # late reports, supplements: the link lives on after the last day


class ExpiryForm(Form):
    """Until when the links may be used."""

    until = DayField(
        label=gettext_lazy("Giấy mời dùng được đến hết ngày"),
        help_text=gettext_lazy("Nên sau hạn vài tháng, để đơn vị bổ sung và theo dõi. Hết đợt thì giấy mời cũng hết."),
    )


@dataclass(frozen=True, slots=True)
class Line:
    """A unit with its latest invitation."""

    participant: Participant
    invitation: Invitation | None
    state: str  # "" none, open, revoked, expired


@dataclass(frozen=True, slots=True)
class Slip:
    """What one unit is handed: shown once."""

    unit_name: str
    link: str
    text: str
    qr: SafeString
    mailbox: str


@require_safe
@signed_in
def index(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The table of units with the state of their invitations. Links are not here: they are kept as hashes only."""
    campaign = led_by(request, uid)
    return _table(request, campaign, ExpiryForm(initial={"until": _proposed(campaign)}))


@never_cache
@require_POST
@signed_in
def create(request: HttpRequest, uid: UUID) -> HttpResponse:
    """New links for the ticked units; this answer is the only one that shows them."""
    campaign, actor = led_by(request, uid), actor_of(request)
    found(may_invite(actor, campaign))
    form = ExpiryForm(request.POST)
    units = _ticked(request, campaign)
    if form.is_valid():
        try:
            invited = invite_units(
                campaign, units=units, expires_at=_end_of(form), mailboxes=_mailboxes(request, units),
                by=signature(campaign, actor), at=timezone.now(),
            )  # fmt: skip
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            site = site_of(request)
            slips = [_slip(each, campaign, site) for each in invited]
            context = {**frame(campaign, actor), "slips": slips, "until": form.cleaned_data["until"]}
            context["is_only_here"] = is_only_here(site)
            return page(request, "campaigns/slips.html", context=context)
    return _table(request, campaign, form, status=422)


@require_POST
@signed_in
def revoke(request: HttpRequest, uid: UUID, key: int) -> HttpResponse:
    """The link of one unit ends at once."""
    campaign, actor = led_by(request, uid), actor_of(request)
    found(may_invite(actor, campaign))
    row = get_object_or_404(participants(campaign), pk=key)
    revoke_for(campaign, participant=row, by=signature(campaign, actor), at=timezone.now())
    ui.tell(request, _("Đã thu hồi giấy mời của %s.") % row.unit_version.name, _("Đường dẫn cũ không dùng được nữa."))
    return ui.redirect(request, "campaigns:invitations", uid)


def _table(request: HttpRequest, campaign: Campaign, form: ExpiryForm, *, status: int = 200) -> HttpResponse:
    actor, at = actor_of(request), timezone.now()
    rows = list(_lines(campaign, at))
    pages = Paginator(rows, MOST_AT_ONCE).get_page(request.GET.get("trang"))
    ticked = {each.pk for each in _ticked(request, campaign)} if request.method == "POST" else set()
    context: dict[str, Any] = {
        **frame(campaign, actor),
        "rows": pages.object_list,
        "pages": pages,
        "unit_count": len(rows),
        "form": form,
        "ticked": ticked or {line.participant.pk for line in pages if line.state != "open"},
        "open_count": sum(line.state == "open" for line in rows),
        "may_invite": may_invite(actor, campaign),
    }
    return page(request, "campaigns/invitations.html", context=context, status=status)


def _lines(campaign: Campaign, at: datetime) -> Sequence[Line]:
    """Two statements, however many units."""
    latest = {
        each.unit_id: each for each in Invitation.objects.filter(scope_uid=campaign.uid).order_by("made_at", "pk")
    }
    return [Line(row, latest.get(row.unit_id), _state(latest.get(row.unit_id), at)) for row in participants(campaign)]


def _state(invitation: Invitation | None, at: datetime) -> str:
    if invitation is None:
        return ""
    if invitation.revoked_at is not None:
        return "revoked"
    return "open" if invitation.is_open(at) else "expired"


def _ticked(request: HttpRequest, campaign: Campaign) -> list[Participant]:
    chosen = {int(each) for each in request.POST.getlist("don-vi") if each.isdecimal() and len(each) < 19}
    return [row for row in participants(campaign).select_related("unit") if row.pk in chosen]


def _mailboxes(request: HttpRequest, units: Sequence[Participant]) -> dict[int, str]:
    """Where the code goes, for the units that have a mailbox typed beside them. Raises ``Refused``."""
    given: dict[int, str] = {}
    for row in units:
        mailbox = clean(request.POST.get(f"thu-{row.pk}", "")).strip()
        if not mailbox:
            continue
        try:
            validate_email(mailbox)
        except ValidationError as wrong:
            raise Refused(
                _("Địa chỉ thư của %s chưa đúng. Ví dụ: vanthu@phuong.example") % row.unit_version.name
            ) from wrong
        given[row.unit_id] = mailbox
    return given


def _slip(invited: Invited, campaign: Campaign, site: str) -> Slip:
    link = f"{site}{reverse('accounts:invitation', args=[invited.token])}"
    name = invited.participant.unit_version.name
    lines = (
        _("%(unit)s: báo cáo giải pháp cải cách hành chính năm %(year)d") % {"unit": name, "year": campaign.year},
        _("Hạn hết ngày %s. Mở đường dẫn này để soạn và gửi, không cần tài khoản.") % day(campaign.closes_date),
        link,
    )
    return Slip(name, link, "\n".join(lines), svg(link), invited.invitation.mailbox)


def _proposed(campaign: Campaign) -> object:
    return max(campaign.closes_date, timezone.localdate()) + _AFTER


def _end_of(form: ExpiryForm) -> datetime:
    """The midnight that ends the chosen day."""
    return datetime.combine(form.cleaned_data["until"] + timedelta(days=1), time(), VIETNAM)

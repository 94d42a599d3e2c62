"""Coming in by an invitation: a GET shows for which unit and until when, a POST enters."""

from django.conf import settings
from django.core.mail import send_mail
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from sangkien import ui
from sangkien.accounts.actions import invitations
from sangkien.accounts.actor import INVITATION_KEY
from sangkien.accounts.forms import MailboxCodeForm
from sangkien.accounts.models import Invitation
from sangkien.accounts.pages import actor_of
from sangkien.accounts.queries import names_on
from sangkien.accounts.refusal import Refused


@never_cache
@require_safe
def show(request: HttpRequest, token: str) -> HttpResponse:
    """Chat programmes fetch every link for a preview; so this changes nothing."""
    return _shown(request, _invitation(token), token, MailboxCodeForm())


@never_cache
@require_POST
def enter(request: HttpRequest, token: str) -> HttpResponse:
    """The session becomes the invitation's. Who is signed in has more than an invitation gives, and is told so."""
    invitation = _invitation(token)
    form = MailboxCodeForm(request.POST)
    if actor_of(request).is_signed_in:
        form.add_error(None, _("Bạn đang đăng nhập bằng tài khoản. Hãy đăng xuất rồi mở lại giấy mời."))
    elif form.is_valid():
        try:
            invitations.enter(invitation=invitation, code=form.cleaned_data["code"], at=timezone.now())
        except Refused as refusal:
            form.add_error("code" if invitation.mailbox else None, str(refusal))
        else:
            request.session.cycle_key()
            request.session[INVITATION_KEY] = invitation.pk
            return ui.redirect(request, settings.SANGKIEN_INVITED_HOME)
    return _shown(request, invitation, token, form, status=422)


@never_cache
@require_POST
def mailbox_code(request: HttpRequest, token: str) -> HttpResponse:
    """A code to the unit's mailbox; the address is not shown."""
    invitation = _invitation(token)
    if not invitation.mailbox or not invitation.is_open(timezone.now()):
        raise Http404
    try:
        invitations.send_mailbox_code(invitation=invitation, at=timezone.now(), send=_send)
    except OSError:
        ui.tell(request, _("Thư chưa gửi được."), _("Hãy thử lại sau ít phút, hoặc hỏi đơn vị đầu mối."), tone="late")
    else:
        ui.tell(request, _("Đã gửi mã tới hộp thư của đơn vị."), _("Mã dùng được trong mười phút."))
    return ui.redirect(request, "accounts:invitation", token)


@never_cache
@require_safe
def invited(request: HttpRequest) -> HttpResponse:
    """Where an invitation leads: the room of its pages lies above this one, so settings name it."""
    if actor_of(request).invitation is None:
        raise Http404
    return ui.redirect(request, settings.SANGKIEN_INVITED_HOME)


@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Forget the invitation on this machine."""
    request.session.pop(INVITATION_KEY, None)
    return ui.redirect(request, "account_login")


def _invitation(token: str) -> Invitation:
    invitation = invitations.find_invitation(token)
    if invitation is None:
        raise Http404
    return invitation


def _shown(
    request: HttpRequest, invitation: Invitation, token: str, form: MailboxCodeForm, *, status: int = 200
) -> HttpResponse:
    context = {"token": token, "form": form, "is_open": invitation.is_open(timezone.now()), **_about(invitation)}
    return ui.page(request, "accounts/invitation.html", context=context, status=status)


def _about(invitation: Invitation) -> dict[str, object]:
    names = names_on({invitation.unit_id}, timezone.localdate())
    return {"invitation": invitation, "unit_name": names.get(invitation.unit_id, "")}


def _send(mailbox: str, code: str) -> None:
    send_mail(
        subject=_("Mã vào trang báo cáo giải pháp: %s") % code,
        message=_("Mã của đơn vị: %s. Mã dùng được trong mười phút, một lần. Không chuyển thư này cho nơi khác.")
        % code,
        from_email=None,
        recipient_list=[mailbox],
    )

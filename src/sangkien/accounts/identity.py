"""Signing in through the office's own provider of identities (OpenID Connect), for people who have an account here."""

from typing import Any, Final

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from sangkien import ui
from sangkien.accounts.actions import people
from sangkien.accounts.models import User
from sangkien.ledger.recording import Actor
from sangkien.vietnamese import fold

PROVIDER_ID: Final = "co-quan"


class IdentityAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """No self sign-up: the provider says who somebody is, an administrator here says whether they work here."""

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Known by the provider's id from the first time on; that time by the mailbox that the provider vouches for.

        Of what the provider tells nothing is kept but its id.
        """
        sociallogin.account.extra_data = {}
        if sociallogin.is_existing:
            sociallogin.account.save(update_fields=["extra_data"])
            return
        person = _owner_of_mailbox(sociallogin)
        if person is None:
            name = settings.SANGKIEN_IDENTITY
            raise _back(
                request,
                _("Chưa có tài khoản nào ở đây ứng với %s của bạn.") % name,
                _("Hãy nhờ người quản trị của đơn vị bạn mở tài khoản với đúng hộp thư công vụ ấy."),
            )
        sociallogin.connect(request, person)
        people.note_identity(person=person, by=Actor(f"user:{person.pk}"), at=timezone.now())

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False

    def on_authentication_error(self, request: HttpRequest, *_args: Any, **_rest: Any) -> None:
        """Cancelled there, expired, or the provider cannot be reached: back to the door, whatever it was."""
        raise _back(
            request,
            _("Chưa vào được bằng %s.") % settings.SANGKIEN_IDENTITY,
            _("Hãy thử lại, hoặc dùng mật khẩu."),
        )

    def send_notification_mail(self, *_: object, **__: object) -> None:
        """Letters are the outbox's."""


def _owner_of_mailbox(sociallogin: SocialLogin) -> User | None:
    vouched = [fold(address.email) for address in sociallogin.email_addresses if address.verified]
    return User.objects.filter(email_folded__in=vouched).first()


def _back(request: HttpRequest, what: str, next_step: str) -> ImmediateHttpResponse:
    ui.tell(request, what, next_step, tone="late")
    return ImmediateHttpResponse(ui.redirect(request, "account_login"))

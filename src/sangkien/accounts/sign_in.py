"""How one comes in: the backend that knows people by office mail, the lock after too many tries, allauth's hooks."""

from datetime import timedelta
from math import ceil
from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from axes.models import AccessAttempt
from django.conf import settings
from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sangkien import ui
from sangkien.accounts.actions import people
from sangkien.accounts.actor import person_of
from sangkien.accounts.models import User
from sangkien.ledger.recording import Actor
from sangkien.vietnamese import clean, fold


class OfficeMail(BaseBackend):
    """Office mail in any case, and the password. A closed account is told so only after the right password."""

    def authenticate(
        self, request: HttpRequest | None, email: str = "", password: str = "", **rest: object
    ) -> User | None:
        person = User.objects.filter(email_folded=fold(email)).first()
        if person is None:
            User().set_password(password)  # takes as long as for one who is here, so that time tells nothing
            return None
        return person if person.check_password(password) else None

    def get_user(self, user_id: int) -> User | None:
        """Only while the account is open, so that closing it ends its sessions at once."""
        return person_of(user_id, on=timezone.localdate())


# -- the lock


def tried_name(request: HttpRequest, credentials: dict[str, Any] | None) -> str:
    """Under which name tries are counted: the mail as typed, folded; the same for those who have no account."""
    given = credentials or {}
    typed = given.get("email") or given.get("username") or given.get("login") or request.POST.get("login") or ""
    return fold(clean(str(typed))).strip()[:254]


def tries_left(request: HttpRequest) -> int:
    """After a wrong password: how often it may be tried before the account is locked for a while."""
    limit: int = settings.AXES_FAILURE_LIMIT
    used: int | None = getattr(request, "axes_failures_since_start", None)
    return 0 if used is None else max(0, limit - used)  # already locked: axes does not count on


def locked(request: HttpRequest, response: HttpResponse | None, credentials: dict[str, Any] | None) -> HttpResponse:
    """The page of a locked account: until when, and how one comes in nevertheless."""
    last = AccessAttempt.objects.filter(username=tried_name(request, credentials)).order_by("-attempt_time").first()
    pause: timedelta = settings.AXES_COOLOFF_TIME
    began = last.attempt_time if last else timezone.now()
    minutes = ceil(pause.total_seconds() / 60)
    context = {"until": timezone.localtime(began + pause), "minutes": minutes}
    return ui.page(request, "accounts/locked.html", context=context, status=429)


# -- allauth's hooks


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """No self sign-up, no mail, our sentences, and an act for every change of password."""

    error_messages: ClassVar = {
        **DefaultAccountAdapter.error_messages,
        "enter_current_password": gettext_lazy("Mật khẩu đang dùng chưa đúng."),
        "incorrect_password": gettext_lazy("Mật khẩu chưa đúng."),
        "email_password_mismatch": gettext_lazy("Thư công vụ hoặc mật khẩu chưa đúng."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Axes counts the tries, in the database and for every process alike."""

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """As above."""

    def login(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        super().login(request, user)
        people.seen(person=_person(user), at=timezone.now())

    def set_password(self, user: AbstractBaseUser, password: str) -> None:
        person = _person(user)
        people.change_password(person=person, password=password, by=Actor(f"user:{person.pk}"), at=timezone.now())

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return str(super().get_login_redirect_url(request))

    def add_message(
        self, request: HttpRequest, level: int, message_template: str | None = None, *_: Any, **__: Any
    ) -> None:
        """Allauth's English sentences become ours; those without one are not said."""
        said = _SAID.get((message_template or "").removesuffix(".txt"))
        if said:
            ui.tell(request, str(said))


class MFAAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth ships no types
    """Second factors in our words."""

    error_messages: ClassVar = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": gettext_lazy("Mã chưa đúng hoặc đã hết hạn. Hãy nhập mã đang hiện trên điện thoại."),
        "rate_limited": gettext_lazy("Bạn thử nhiều lần quá. Hãy chờ năm phút rồi thử lại."),
    }

    def get_totp_issuer(self) -> str:
        return "sangkien"

    def send_notification_mail(self, *_: object, **__: object) -> None:
        """The page says it; letters are the outbox's."""

    def generate_authenticator_name(self, user: AbstractBaseUser, type: Authenticator.Type) -> str:  # noqa: A002 - allauth's name
        count: int = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return _("Khóa %d") % (count + 1)


_SAID = {
    "account/messages/password_changed": gettext_lazy("Đã đổi mật khẩu."),
    "mfa/messages/totp_activated": gettext_lazy("Đã bật mã từ điện thoại."),
    "mfa/messages/totp_deactivated": gettext_lazy("Đã tắt mã từ điện thoại."),
    "mfa/messages/webauthn_added": gettext_lazy("Đã thêm khóa."),
    "mfa/messages/webauthn_removed": gettext_lazy("Đã bỏ khóa."),
    "mfa/messages/recovery_codes_generated": gettext_lazy("Đã làm bộ mã dự phòng mới; bộ cũ không dùng được nữa."),
}


def _person(user: AbstractBaseUser) -> User:
    if not isinstance(user, User):
        raise ValueError(f"not a person of ours: {type(user).__name__}")
    return user

"""Rules for passwords: 14 signs alone, 8 beside a second factor; not the mail, not common (domain, 2.8)."""

from typing import Final

from allauth.mfa.models import Authenticator
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from sangkien.accounts.models import User
from sangkien.vietnamese import fold

LENGTH_ALONE: Final = 14
LENGTH_WITH_SECOND_FACTOR: Final = 8
_FEWEST_SIGNS: Final = 5  # different ones; "aaaaaaaaaaaaaa" and "12121212121212" have fewer
_SHORTEST_OWN_WORD: Final = 4


class LongEnough:
    """The length that is due, which depends on whether the person has a second factor."""

    def validate(self, password: str, user: User | None = None) -> None:
        due = LENGTH_WITH_SECOND_FACTOR if _has_second_factor(user) else LENGTH_ALONE
        if len(password) < due:
            raise ValidationError(
                _("Mật khẩu có %(length)d ký tự, cần ít nhất %(due)d. Vài từ không liên quan ghép lại thì dễ nhớ.")
                % {"length": len(password), "due": due},
                code="too_short",
            )

    def get_help_text(self) -> str:
        return _("Ít nhất 14 ký tự; khi đã có bước xác nhận thứ hai thì 8 ký tự.")


class NotOwnWords:
    """Neither the office mail nor the name stands in it."""

    def validate(self, password: str, user: User | None = None) -> None:
        if user is None:
            return
        key = fold(password)
        own = [user.email_folded.partition("@")[0], user.name_folded.replace(" ", "")]
        if any(len(word) >= _SHORTEST_OWN_WORD and word in key for word in own):
            raise ValidationError(_("Mật khẩu không chứa thư công vụ hay tên của bạn."), code="own_words")

    def get_help_text(self) -> str:
        return _("Không chứa thư công vụ hay tên của bạn.")


class NotCommon(CommonPasswordValidator):
    """Not one of the 20,000 that everybody tries first, not the same few signs over and over."""

    def validate(self, password: str, user: User | None = None) -> None:
        try:
            super().validate(password)
        except ValidationError as error:
            raise ValidationError(self._sentence(), code="common") from error
        if len(set(password)) < _FEWEST_SIGNS:
            raise ValidationError(self._sentence(), code="common")

    def get_help_text(self) -> str:
        return _("Không phải mật khẩu nhiều người dùng.")

    def _sentence(self) -> str:
        return _("Mật khẩu này nhiều người dùng nên dễ đoán. Hãy chọn mật khẩu khác.")


def _has_second_factor(user: User | None) -> bool:
    if user is None or user.pk is None:
        return False
    factors = Authenticator.objects.filter(user=user).exclude(type=Authenticator.Type.RECOVERY_CODES)
    return bool(factors.exists())

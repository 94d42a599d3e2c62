"""Forms of sign-in, of one's own account, of people and memberships. They clean input and nothing else."""

from typing import Any, ClassVar, Final

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sangkien.accounts.models import User
from sangkien.accounts.roles import Role
from sangkien.accounts.sign_in import tries_left
from sangkien.ui.forms import Form
from sangkien.units.models import UnitVersion
from sangkien.vietnamese import clean, fold


class _Said(Form):
    """Labels and helps in our words; allauth's placeholders go, a label says it."""

    words: ClassVar[dict[str, tuple[Any, Any]]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, (label, help_text) in self.words.items():
            self.fields[name].label, self.fields[name].help_text = label, help_text
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)
            field.error_messages["required"] = gettext_lazy("Chỗ này còn trống.")
            if isinstance(field, forms.EmailField):
                field.error_messages["invalid"] = gettext_lazy("Địa chỉ thư chưa đúng. Ví dụ: ten@phuong.example")


class SignInForm(_Said, account.LoginForm):  # type: ignore[misc]  # allauth ships no types
    """Office mail and password; a wrong pair tells how often it may be tried again."""

    words: ClassVar = {"login": (gettext_lazy("Thư công vụ"), ""), "password": (gettext_lazy("Mật khẩu"), "")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].widget.attrs["autocomplete"] = "username"

    def clean(self) -> dict[str, Any]:
        try:
            return super().clean() or self.cleaned_data
        except ValidationError as error:
            left = tries_left(self.request)
            raise ValidationError(
                _("Thư công vụ hoặc mật khẩu chưa đúng."), code="wrong", params={"left": left}
            ) from error

    @property
    def tries_left(self) -> int | None:
        """After a wrong pair: how many tries are left; ``None`` otherwise."""
        wrong = [error for error in self.non_field_errors().as_data() if error.code == "wrong"]
        return int((wrong[0].params or {})["left"]) if wrong else None


class ChangePasswordForm(_Said, account.ChangePasswordForm):  # type: ignore[misc]  # allauth ships no types
    """One's own password."""

    words: ClassVar = {
        "oldpassword": (gettext_lazy("Mật khẩu đang dùng"), ""),
        "password1": (
            gettext_lazy("Mật khẩu mới"),
            gettext_lazy("Ít nhất 14 ký tự (8 khi đã có bước xác nhận thứ hai). Vài từ ghép lại thì dễ nhớ."),
        ),
        "password2": (gettext_lazy("Nhập lại mật khẩu mới"), ""),
    }

    def clean(self) -> dict[str, Any]:
        given = self.data.get("password1"), self.data.get("password2")
        cleaned: dict[str, Any] = forms.Form.clean(self) or self.cleaned_data
        if "password2" in cleaned and given[0] != given[1]:
            self.add_error("password2", _("Hai lần nhập mật khẩu mới chưa giống nhau."))
        if "password1" in cleaned and cleaned.get("oldpassword") == cleaned["password1"]:
            self.add_error("password1", _("Mật khẩu mới giống mật khẩu đang dùng. Hãy chọn mật khẩu khác."))
        return cleaned


class ReauthenticateForm(_Said, account.ReauthenticateForm):  # type: ignore[misc]  # allauth ships no types
    """The password once more before a change of safety."""

    words: ClassVar = {"password": (gettext_lazy("Mật khẩu đang dùng"), "")}


_CODE = (gettext_lazy("Mã sáu chữ số"), "")


class CodeForm(_Said, mfa.AuthenticateForm):  # type: ignore[misc]  # allauth ships no types
    """The second step of signing in."""

    words: ClassVar = {
        "code": (gettext_lazy("Mã xác nhận"), gettext_lazy("Sáu chữ số trên điện thoại, hoặc mã dự phòng.")),
    }


class CodeAgainForm(_Said, mfa.ReauthenticateForm):  # type: ignore[misc]  # allauth ships no types
    """The second factor once more."""

    words: ClassVar = {"code": _CODE}


class ActivateTOTPForm(_Said, totp.ActivateTOTPForm):  # type: ignore[misc]  # allauth ships no types
    """A code that proves that the telephone knows the key."""

    words: ClassVar = {"code": (gettext_lazy("Mã sáu chữ số hiện trên điện thoại"), "")}


class AddKeyForm(_Said, webauthn.AddWebAuthnForm):  # type: ignore[misc]  # allauth ships no types
    """A passkey or a security key."""

    words: ClassVar = {
        "name": (gettext_lazy("Tên để nhớ"), gettext_lazy("Ví dụ: máy ở cơ quan, khóa trong ngăn kéo")),
        "passwordless": (
            gettext_lazy("Dùng khóa này thay cả mật khẩu"),
            gettext_lazy("Khóa cần vân tay, khuôn mặt hoặc mã PIN."),
        ),
    }


# -- people and memberships


class DayField(forms.DateField):
    """A day as the browser's own date box gives it, or typed the Vietnamese way."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            input_formats=["%Y-%m-%d", "%d/%m/%Y"],
            error_messages={
                "invalid": gettext_lazy("Ngày này không có. Ghi ngày, tháng, năm, ví dụ 30/6/2024."),
                "required": gettext_lazy("Chỗ này còn trống."),
            },
            **kwargs,
        )


_WHOLE: Final = "*"  # the whole instance, among the numbers of units


class MembershipForm(Form):
    """A role in a unit from a day. ``units`` are those that the administrator reaches; ``instance`` adds "all"."""

    unit = forms.ChoiceField(
        label=gettext_lazy("Đơn vị"), error_messages={"required": gettext_lazy("Hãy chọn đơn vị.")}
    )
    role = forms.ChoiceField(
        label=gettext_lazy("Phần việc"),
        choices=[("", gettext_lazy("Chọn phần việc")), *((role.value, role.label) for role in Role.granted())],
        error_messages={"required": gettext_lazy("Hãy chọn phần việc.")},
    )
    starts_date = DayField(label=gettext_lazy("Từ ngày"))

    def __init__(self, *args: Any, units: list[UnitVersion], instance: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(str(version.unit_id), version.name) for version in units]
        whole = [(_WHOLE, _("Cả hệ thống (chỉ quản trị, kiểm tra)"))] if instance else []
        self.offer(
            "unit", [("", _("Chọn đơn vị")), *whole, *named],
            otherwise=_("Đơn vị này không thuộc phạm vi quản trị của bạn."),
        )  # fmt: skip

    def clean_unit(self) -> int | None:
        chosen: str = self.cleaned_data["unit"]
        return None if chosen == _WHOLE else int(chosen)

    def clean_role(self) -> Role:
        return Role(self.cleaned_data["role"])


class CorrectionForm(Form):
    """Mail and name of a person."""

    email = forms.EmailField(
        label=gettext_lazy("Thư công vụ"),
        max_length=200,
        help_text=gettext_lazy("Dùng làm tên đăng nhập, ví dụ ten@phuong.example"),
        error_messages={"invalid": gettext_lazy("Địa chỉ thư chưa đúng. Ví dụ: ten@phuong.example")},
    )
    name = forms.CharField(
        label=gettext_lazy("Tên hiển thị"), max_length=100, help_text=gettext_lazy("Chỉ cần tên, không cần gì thêm")
    )

    def clean_name(self) -> str:
        return clean(self.cleaned_data["name"]).strip()


class PersonForm(CorrectionForm, MembershipForm):
    """A new person, with the first thing that they do here."""

    field_order = ("email", "name", "unit", "role", "starts_date")


class EndForm(Form):
    """The day from which a membership no longer counts."""

    ends_date = DayField(
        label=gettext_lazy("Thôi từ ngày"), help_text=gettext_lazy("Chọn hôm nay thì quyền hết ngay lập tức")
    )


class HandOverForm(Form):
    """To whom, from which day, and what the minutes should say besides."""

    to = forms.EmailField(
        label=gettext_lazy("Thư công vụ của người nhận"),
        error_messages={"invalid": gettext_lazy("Địa chỉ thư chưa đúng. Ví dụ: ten@phuong.example")},
    )
    on = DayField(label=gettext_lazy("Bàn giao từ ngày"))
    note = forms.CharField(
        label=gettext_lazy("Ghi chú cho biên bản"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean_to(self) -> User:
        person = User.objects.filter(email_folded=fold(self.cleaned_data["to"])).first()
        if person is None:
            raise ValidationError(_("Chưa có ai dùng thư này. Hãy thêm người đó trước rồi bàn giao."))
        return person

    def clean_note(self) -> str:
        return clean(self.cleaned_data["note"]).strip()


class SealedCodeForm(Form):
    """The code of the envelope and a password of one's choice."""

    email = forms.EmailField(
        label=gettext_lazy("Thư công vụ"), widget=forms.EmailInput(attrs={"autocomplete": "username"})
    )
    code = forms.CharField(
        label=gettext_lazy("Mã niêm phong"),
        max_length=60,
        help_text=gettext_lazy("Bảy nhóm bốn ký tự trên tờ giấy trong phong bì"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    password = forms.CharField(
        label=gettext_lazy("Mật khẩu mới"),
        help_text=gettext_lazy("Ít nhất 14 ký tự"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        strip=False,
    )

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        person = User()
        person.name_it(email=self.cleaned_data.get("email", ""), name="")
        validate_password(password, person)
        return password


class MailboxCodeForm(Form):
    """The six digits that were sent to the unit's mailbox."""

    code = forms.CharField(
        label=gettext_lazy("Mã gửi tới hộp thư của đơn vị"),
        max_length=12,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )

"""The forms of the first steps."""

import re
from datetime import date
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sangkien.accounts.forms import CorrectionForm
from sangkien.accounts.roles import Role
from sangkien.backoffice.forms.units.facts import FactsForm
from sangkien.ui.forms import Form
from sangkien.units.importing.words import kind_of_name
from sangkien.units.models import Kind, UnitVersion

_TWO_TIERS: Final = date(2025, 7, 1)
_COMMITTEE: Final = re.compile(r"\s*(?:ủy ban nhân dân|uỷ ban nhân dân|ubnd)\s+(?=\S)", re.IGNORECASE)


class IssuerForm(FactsForm):
    """The People's Committee that issues the plan; its name is kept as that of its place."""

    order = ("name", "kind", "level", "code", "signing_regime")

    def begin(self) -> None:
        super().begin()
        del self.fields["parent"], self.fields["e_id"], self.fields["basis"]
        self.fields["name"].label = _("Đơn vị ban hành kế hoạch")
        self.fields["name"].help_text = _("Ví dụ: Ủy ban nhân dân phường Bến Đò, UBND Quận Sao")
        self.fields["on"].label = _("Mang tên này từ ngày")
        self.fields["on"].help_text = _(
            "Văn bản in tên của đơn vị vào ngày của văn bản; chính quyền hai cấp từ 01/07/2025"
        )
        self.initial["on"] = _TWO_TIERS

    def clean_name(self) -> str:
        name: str = _COMMITTEE.sub("", self.cleaned_data["name"], count=1)
        return name[:1].upper() + name[1:]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        cleaned |= {"e_id": "", "basis": ""}
        kind = Kind(cleaned["kind"]) if cleaned.get("kind") else kind_of_name(cleaned.get("name", ""))
        if cleaned.get("name") and kind not in Kind.of_committees():
            self.add_error("kind", _("Kế hoạch do ủy ban nhân dân ban hành. Bạn chọn loại của đơn vị."))
        return cleaned


class MeForm(CorrectionForm):
    """Name and office mail of the first administrator, in place of those that the program made up."""

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"]
        if email.endswith("@localhost"):
            raise ValidationError(_("Bạn ghi thư công vụ của mình, ví dụ ten@phuong.example"))
        return email


_ME, _OTHER = "me", "other"


class LeaderForm(Form):
    """Who runs the campaigns: the administrator as well, or another person."""

    lead = forms.ChoiceField(label=gettext_lazy("Đơn vị đầu mối"))
    who = forms.ChoiceField(
        label=gettext_lazy("Ai lo các đợt ở đó"),
        choices=[
            (_ME, gettext_lazy("Tôi làm cả hai: quản trị và lo các đợt")),
            (_OTHER, gettext_lazy("Một người khác")),
        ],
        widget=forms.RadioSelect(attrs={"class": "form-check-input"}),
        initial=_ME,
    )
    role = forms.ChoiceField(
        label=gettext_lazy("Giữ phần việc"),
        choices=[
            (Role.ORGANISER_HEAD.value, gettext_lazy("Lãnh đạo đơn vị đầu mối: lo cả đợt và ban hành kế hoạch")),
            (Role.ORGANISER.value, gettext_lazy("Cán bộ đầu mối: lo cả đợt, người khác ban hành")),
        ],
        initial=Role.ORGANISER_HEAD.value,
    )
    email = forms.EmailField(
        label=gettext_lazy("Thư công vụ của người khác"),
        required=False,
        max_length=200,
        error_messages={"invalid": gettext_lazy("Địa chỉ thư chưa đúng. Ví dụ: ten@phuong.example")},
    )
    name = forms.CharField(label=gettext_lazy("Tên hiển thị của người khác"), required=False, max_length=100)

    def __init__(self, *args: Any, leads: list[UnitVersion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("lead", [(str(version.unit.uid), version.name) for version in leads])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("who") == _OTHER:
            for name, sentence in (("email", _("Bạn ghi thư công vụ của người đó.")), ("name", _("Bạn ghi tên."))):
                if not cleaned.get(name) and name not in self.errors:
                    self.add_error(name, sentence)
        return cleaned

    @property
    def is_me(self) -> bool:
        """Whether the administrator does both."""
        return bool(self.cleaned_data["who"] == _ME)

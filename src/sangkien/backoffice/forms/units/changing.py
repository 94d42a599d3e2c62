"""What changes of a unit that goes on, and what was entered wrongly."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sangkien.backoffice.forms.units.act import ActForm, name_field
from sangkien.backoffice.forms.units.facts import CodesForm
from sangkien.units.models import LONGEST_NAME, Kind, Level, SigningRegime


class RenameForm(ActForm):
    """Another name."""

    order = ("name",)
    as_it_stands = order
    name = forms.CharField(label=gettext_lazy("Tên mới"), max_length=LONGEST_NAME)


class KindForm(ActForm):
    """Another kind, mostly with another name."""

    order = ("kind", "level", "name")
    as_it_stands = order
    kind = forms.ChoiceField(label=gettext_lazy("Loại mới"), choices=Kind.choices)
    level = forms.ChoiceField(label=gettext_lazy("Cấp"), choices=Level.choices)
    name = forms.CharField(label=gettext_lazy("Tên"), max_length=LONGEST_NAME)


class ParentForm(ActForm):
    """Another superior unit."""

    order = ("parent", "level")
    as_it_stands = ("level",)
    parent = name_field(
        gettext_lazy("Trực thuộc đơn vị"),
        required=False,
        help_text=gettext_lazy("Để trống thì đơn vị đứng riêng, không trực thuộc ai"),
    )
    level = forms.ChoiceField(label=gettext_lazy("Cấp"), choices=Level.choices)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        cleaned["parent_unit"] = self.superior_unit()
        return cleaned


class DetailsForm(CodesForm):
    """Other codes, another signing regime."""

    order = ("code", "e_id", "signing_regime")
    as_it_stands = order
    signing_regime = forms.ChoiceField(label=gettext_lazy("Chế độ ký"), choices=SigningRegime.choices)


class CorrectForm(CodesForm):
    """What was entered wrongly in the latest version."""

    order = ("name", "kind", "level", "code", "e_id", "signing_regime")
    as_it_stands = (*order, "basis")
    name = forms.CharField(label=gettext_lazy("Tên"), max_length=LONGEST_NAME)
    kind = forms.ChoiceField(label=gettext_lazy("Loại"), choices=Kind.choices)
    level = forms.ChoiceField(label=gettext_lazy("Cấp"), choices=Level.choices)
    signing_regime = forms.ChoiceField(label=gettext_lazy("Chế độ ký"), choices=SigningRegime.choices)
    reason = forms.CharField(label=gettext_lazy("Lý do đính chính"), max_length=500)

    def begin(self) -> None:
        if self.here is not None:
            self.initial.setdefault("on", self.here.valid_from)
        super().begin()
        self.fields["on"].label = _("Bắt đầu từ ngày")

    def changes(self) -> dict[str, object]:
        """The facts that differ from what stands there."""
        if self.here is None:
            return {}
        wanted = {fact: self.cleaned_data[fact] for fact in self.as_it_stands}
        return {fact: value for fact, value in wanted.items() if value != getattr(self.here, fact)}

"""Django forms in the look of the house: label, help, and the error sentence above the control."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.forms.renderers import DjangoTemplates

_CONTROLS = {"select": "form-select", "checkbox": "form-check-input", "radio": "form-check-input"}


class Renderer(DjangoTemplates):
    """The one renderer: a form is its fields one below the other, a field is ``ui/field.html``."""

    form_template_name = "ui/form.html"
    field_template_name = "ui/field.html"


class Form(forms.Form):
    """A form whose controls carry Bootstrap's classes and are marked for screen readers when refused."""

    default_renderer = Renderer()
    use_required_attribute = False  # the server's sentence is kinder than the browser's

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            input_type = getattr(field.widget, "input_type", "")
            field.widget.attrs.setdefault("class", _CONTROLS.get(input_type, "form-control"))

    def offer(self, name: str, choices: Iterable[tuple[str, Any]], *, otherwise: str = "") -> None:
        """What may be chosen in this field, known only now; ``otherwise``: the sentence for anything else.

        Raises ``TypeError`` for a field in which nothing is chosen.
        """
        field = self.fields[name]
        if not isinstance(field, forms.ChoiceField):
            raise TypeError(f"{name} is no choice")
        field.choices = list(choices)
        if otherwise:
            field.error_messages["invalid_choice"] = otherwise

    def clean(self) -> dict[str, Any]:
        """The cleaned fields; Django itself lets a form answer nothing."""
        return super().clean() or self.cleaned_data

"""An act on a unit: its day, its basis, and other units named as people write them."""

from collections.abc import Sequence
from datetime import date
from typing import Any, ClassVar, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sangkien.accounts.forms import DayField
from sangkien.backoffice.reach import Reach
from sangkien.ui.forms import Form
from sangkien.units.importing.words import EARLIEST, LATEST
from sangkien.units.models import LONGEST_NAME, Unit, UnitVersion
from sangkien.units.names import NameMatch, find_by_names
from sangkien.units.queries import names_on
from sangkien.vietnamese import clean

_MOST_NAMES: Final = 200
_NAMED: Final = 4  # candidates in a sentence


class ActForm(Form):
    """A day and a basis, which every act on a unit has; ``here`` is the unit as it stands, where there is one.

    ``as_it_stands``: the fields that begin with the facts of ``here``.
    """

    order: ClassVar[tuple[str, ...]] = ()
    as_it_stands: ClassVar[tuple[str, ...]] = ()
    on = DayField(label=gettext_lazy("Từ ngày"))
    basis = forms.CharField(
        label=gettext_lazy("Căn cứ"),
        help_text=gettext_lazy("Số, ngày của nghị quyết, quyết định; để trống nếu chưa có"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, reach: Reach, here: UnitVersion | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reach, self.here = reach, here
        self.order_fields([*self.order, "on", "basis"])
        self.begin()

    def begin(self) -> None:
        """What depends on the unit: choices and what stands in the fields at first."""
        facts = {fact: getattr(self.here, fact) for fact in self.as_it_stands} if self.here is not None else {}
        self.initial = {"on": self.reach.on, **facts, **self.initial}

    def clean_on(self) -> date:
        on: date = self.cleaned_data["on"]
        if not EARLIEST <= on < LATEST:
            raise ValidationError(_("Ngày này xa quá. Bạn xem lại năm."))
        return on

    def clean_basis(self) -> str:
        return clean(self.cleaned_data["basis"]).strip()

    def the_day(self) -> date:
        """The day typed, or today where it could not be read: it has its own sentence then."""
        return self.cleaned_data.get("on") or self.reach.on

    def one_unit(self, name: str) -> Unit | None:
        """The unit that a field names, ``None`` for an empty one; what is not clear becomes the field's error."""
        written = " ".join(clean(self.cleaned_data.get(name) or "").split())
        if not written:
            return None
        found = self.units_named(name, [written])
        return found[0] if found else None

    def superior_unit(self) -> Unit | None:
        """As ``one_unit`` for the superior unit; it may be left open only by who reaches everything."""
        parent = self.one_unit("parent")
        if parent is None and not self.errors.get("parent") and not self.reach.everything:
            self.add_error("parent", _("Bạn ghi đơn vị cấp trên, là đơn vị bạn quản trị hoặc ở dưới đơn vị đó."))
        return parent

    def many_units(self, name: str) -> list[Unit]:
        """As ``one_unit`` for a field of one name a line; a line twice is one unit."""
        return self.units_named(name, self.lines_of(name))

    def lines_of(self, name: str) -> list[str]:
        """The names in a field of one name a line, each once."""
        lines = (" ".join(line.split()) for line in clean(self.cleaned_data.get(name) or "").splitlines())
        return list(dict.fromkeys(line for line in lines if line))

    def units_named(self, field: str, written: Sequence[str]) -> list[Unit]:
        """Within reach on the day of the act. Four statements, however many names."""
        if len(written) > _MOST_NAMES:
            self.add_error(field, _("Danh sách dài quá %d dòng. Bạn chia thành vài lần.") % _MOST_NAMES)
            return []
        on = self.the_day()
        matches = find_by_names(written, on)
        candidates = {version.unit_id for match in matches.values() for version in _all(match)}
        reached = set(self.reach.as_of(on).filter(unit__in=candidates).values_list("unit", flat=True))
        units = []
        for text in written:
            fit = _within(matches[text], reached)
            if len(fit) == 1:
                units.append(fit[0].unit)
            else:
                self.add_error(field, _unclear(text, fit, on))
        return list({unit.pk: unit for unit in units}.values())


def _all(match: NameMatch) -> tuple[UnitVersion, ...]:
    return (match.unit,) if match.unit else match.candidates


def _within(match: NameMatch, reached: set[int]) -> list[UnitVersion]:
    """Only units within reach are known here: neither their number nor their names tell of others."""
    return [version for version in _all(match) if version.unit_id in reached]


def _unclear(text: str, fit: list[UnitVersion], on: date) -> str:
    if not fit:
        values = {"text": text, "day": f"{on:%d/%m/%Y}"}
        return _("Chưa thấy đơn vị “%(text)s” vào ngày %(day)s. Bạn xem lại tên, hoặc thêm đơn vị đó trước.") % values
    above = names_on({version.parent_id for version in fit if version.parent_id}, on)
    places = [f"{version.name} – {above.get(version.parent_id or 0, '…')}" for version in fit[:_NAMED]]
    values = {"text": text, "count": str(len(fit)), "places": "; ".join(places)}
    return _("Có %(count)s đơn vị tên “%(text)s”: %(places)s. Bạn ghi thêm nơi, ví dụ “Phường 4, Quận 3”.") % values


def name_field(label: Any, **facts: Any) -> forms.CharField:
    """A field for the name of one unit."""
    return forms.CharField(label=label, max_length=2 * LONGEST_NAME, **facts)


def names_field(label: Any, **facts: Any) -> forms.CharField:
    """A field for the names of several units, one a line."""
    return forms.CharField(
        label=label, max_length=100_000, widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false"}), **facts
    )


def optional(choices: Sequence[tuple[str, Any]], empty: Any) -> list[tuple[str, Any]]:
    """Choices of which none need be taken; ``empty`` says what happens then."""
    return [("", empty), *choices]

"""Two people wrote on one draft: what differs, part by part, and the text that is put together from what they chose."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sangkien.initiatives.models import Kind, Part, Revision
from sangkien.intake.forms import AuthorLine, FigureLine, Lines
from sangkien.intake.models import Entry
from sangkien.intake.views.saving import Stored, as_sent, asked_beside, names_of_partners, stored
from sangkien.vietnamese import clean

_TEXTS: Final = tuple(part.value for part in Part)
_GROUPS: Final[dict[str, tuple[Promise | str, tuple[str, ...]]]] = {
    **{part.value: (part.label, (part.value,)) for part in Part},
    "kind": (gettext_lazy("Loại"), ("kind",)),
    "fields": (gettext_lazy("Lĩnh vực"), ("main_field", "further_fields")),
    "sector": (gettext_lazy("Ngành"), ("sector",)),
    "first_applied_date": (gettext_lazy("Áp dụng lần đầu ngày"), ("first_applied_date",)),
    "confidential_note": (gettext_lazy("Điều cần giữ kín"), ("confidential_note",)),
    "figures": (gettext_lazy("Số liệu trước và sau"), tuple(f"figure_{each}" for each in FigureLine.base_fields)),
    "authors": (
        gettext_lazy("Tác giả"),
        ("names_authors", *(f"author_{each}" for each in AuthorLine.base_fields)),
    ),
    "partners": (gettext_lazy("Cùng thực hiện với"), ("partner",)),
}


@dataclass(frozen=True, slots=True)
class Question:
    """A part on which the two differ."""

    name: str
    label: str
    mine: str
    theirs: str
    keep: str


def questions(entry: Entry, mine: QueryDict, theirs: Revision, offered: dict[str, Any]) -> list[Question]:
    """In the order of the page. ``keep``: what was chosen already when the page comes once more."""
    other = _as_sent(entry, stored(theirs))
    return [
        Question(
            name, str(label), _shown(name, mine, offered), _shown(name, other, offered), mine.get(f"keep-{name}", "")
        )
        for name, (label, _controls) in _differing(mine, other, offered)
    ]


def kept(mine: QueryDict) -> list[tuple[str, str]]:
    """Everything that was typed, to be carried over to the next page."""
    controls = [control for _label, group in _GROUPS.values() for control in group]
    return [(control, value) for control in controls for value in mine.getlist(control)]


def settled(entry: Entry, mine: QueryDict, theirs: Revision, offered: dict[str, Any]) -> QueryDict | None:
    """What was typed, with the other's text where it was chosen; ``None`` while a part waits for its choice.

    The page was seen at ``edit_version``; whoever saved after that asks once more.
    """
    other = _as_sent(entry, stored(theirs))
    data = mine.copy()
    for name, (_label, controls) in _differing(mine, other, offered):
        choice = mine.get(f"keep-{name}")
        if choice not in ("mine", "theirs"):
            return None
        if choice == "theirs":
            for control in controls:
                data.setlist(control, other.getlist(control))
    return data


def _as_sent(entry: Entry, now: Stored) -> QueryDict:
    return as_sent(now, names_of_partners(now, asked_beside(entry) if now.partners else ()))


def _differing(
    mine: QueryDict, other: QueryDict, offered: dict[str, Any]
) -> Iterator[tuple[str, tuple[Promise | str, tuple[str, ...]]]]:
    for name, group in _GROUPS.items():
        if _shown(name, mine, offered) != _shown(name, other, offered):
            yield name, group


def _shown(name: str, data: QueryDict, offered: dict[str, Any]) -> str:
    """As people read it; the same words for the same content, however it was typed."""
    if name in ("figures", "authors"):
        return _rows(name, data)
    values = [" ".join(clean(value).split()) for value in _values(name, data)]
    if name in (*_TEXTS, "confidential_note"):
        text = clean(data.get(name, ""))
        return "\n".join(" ".join(line.split()) for line in text.strip().split("\n"))
    labels = {each.code: str(each) for each in (*offered["fields"], *offered["sectors"])} | dict(Kind.choices)
    return "; ".join(dict.fromkeys(str(labels.get(value, value)) for value in values if value))


def _values(name: str, data: QueryDict) -> list[str]:
    return [value for control in _GROUPS[name][1] for value in data.getlist(control)]


def _rows(name: str, data: QueryDict) -> str:
    if name == "authors" and not data.get("names_authors"):
        return ""
    lines = Lines(FigureLine, sent=data) if name == "figures" else Lines(AuthorLine, sent=data)
    shown = []
    for line in lines.lines:
        line.is_valid()
        cells = [(line.cleaned_data or {}).get(each, line[each].value()) for each in line.fields]
        shown.append(" · ".join(_cell(each) for each in cells if each not in (None, "", False)))
    return "\n".join(shown)


def _cell(value: object) -> str:
    if value is True:
        return _("nêu tên khi công bố")
    if hasattr(value, "year"):
        return f"{value.day}/{value.month}/{value.year}"  # type: ignore[attr-defined]  # a date, as asked above
    return f"{value.normalize():f}".replace(".", ",") if hasattr(value, "normalize") else str(value)

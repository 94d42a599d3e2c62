"""What the page of a draft sent, cleaned once and stored; and the same from the rows, as the page would send it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from sangkien.accounts.queries import names_on
from sangkien.accounts.refusal import Refused
from sangkien.campaigns.models import Participant
from sangkien.campaigns.queries import participants
from sangkien.initiatives.models import CoImplementer, Kind, Part, Revision
from sangkien.initiatives.telling import AuthorTold, CoImplementerTold, EditConflict, FigureTold, Told
from sangkien.intake.actions import drafting
from sangkien.intake.actions.common import holding
from sangkien.intake.forms import AuthorLine, DraftForm, FigureLine, Lines
from sangkien.intake.forms.days import written
from sangkien.intake.forms.draft import partners
from sangkien.intake.models import Entry
from sangkien.ledger.recording import Actor
from sangkien.units.models import Unit
from sangkien.vietnamese import unit_key


@dataclass(frozen=True, slots=True)
class Partner:
    """One who did it together, as a control shows it."""

    name: str
    is_unit: bool = False


@dataclass(frozen=True)
class Stored:
    """The rows of a draft."""

    revision: Revision
    figures: tuple[FigureTold, ...]
    authors: tuple[AuthorTold, ...]
    partners: tuple[CoImplementerTold, ...]


@dataclass(frozen=True)
class Sent:
    """What a person typed. A table with a bad row is not stored; the page shows it again as it was typed."""

    form: DraftForm
    figures: Lines[FigureLine]
    authors: Lines[AuthorLine]
    names_authors: bool
    partners: list[str]
    partners_wrong: str
    edit_version: int

    @property
    def wrong(self) -> dict[str, str]:
        """Id of a control → the sentence about it."""
        told = {name: " ".join(map(str, errors)) for name, errors in self.form.errors.items()}
        lines = {**self.figures.wrong, **(self.authors.wrong if self.names_authors else {})}
        return {**told, **lines, **({"partner_0": self.partners_wrong} if self.partners_wrong else {})}


def sent(entry: Entry, data: QueryDict, choices: dict[str, Any]) -> Sent:
    """``choices``: fields, sectors and today, as ``DraftForm`` takes them."""
    names, wrong = data.getlist("partner"), ""
    try:
        names = partners(names)
    except ValidationError as refusal:
        wrong = " ".join(refusal.messages)
    version = data.get("edit_version", "")
    made = Sent(
        form=DraftForm(data, **choices),
        figures=Lines(FigureLine, sent=data),
        authors=Lines(AuthorLine, sent=data),
        names_authors=bool(data.get("names_authors")),
        partners=names,
        partners_wrong=wrong,
        edit_version=int(version) if version.isascii() and version.isdigit() and len(version) < 10 else 0,
    )
    made.form.is_valid()
    return made


def stored(revision: Revision) -> Stored:
    """Three statements."""
    bodies = CoImplementer.objects.filter(initiative=revision.initiative_id, merged_from__isnull=True)
    return Stored(
        revision,
        tuple(
            FigureTold(each.what, each.before, each.after, each.unit_of_measure, each.since)
            for each in revision.figures.order_by("position")
        ),
        tuple(
            AuthorTold(each.user, each.name, each.contribution_percent, each.public)
            for each in revision.authors.select_related("user").order_by("position")
        ),
        tuple(CoImplementerTold(each.unit, each.name) for each in bodies.select_related("unit").order_by("pk")),
    )


def save(entry: Entry, given: Sent, *, by: Actor, at: datetime) -> Revision:
    """All that is right of it, in one transaction. Raises ``EditConflict`` and ``Refused``; then nothing is changed."""
    with holding(entry) as (now,):
        draft = drafting.draft_of(now)
        if draft is None:
            raise Refused(_("Bản này đã gửi nên không sửa được nữa. Bạn mở lại trang để xem."))
        tables = _tables(entry, given, stored(draft))
        if tables and draft.edit_version != given.edit_version:
            raise EditConflict(draft, {}, {})
        draft = drafting.edit(entry, told=_told(given.form), edit_version=given.edit_version, by=by, at=at)
        for change, rows in tables:
            draft = change(entry, rows, edit_version=draft.edit_version, by=by, at=at)
    return draft


def _told(form: DraftForm) -> Told:
    """Only what could be read; the rest stays as it is stored."""
    data = form.cleaned_data
    told = Told()
    for part in Part:
        if part.value in data:
            told[part.value] = data[part.value]  # type: ignore[literal-required]  # the parts are its keys
    if "main_field" in data and "further_fields" in data:
        told["fields"] = tuple(filter(None, (data["main_field"], *data["further_fields"])))
    if "sector" in data:
        told["sector"] = data["sector"]
    if "first_applied_date" in data:
        told["first_applied_date"] = data["first_applied_date"]
    if "confidential_note" in data:
        told["confidential_note"] = data["confidential_note"]
    if data.get("kind"):
        told["kind"] = Kind(data["kind"])
    return told


def _tables(entry: Entry, given: Sent, now: Stored) -> list[tuple[Any, Sequence[Any]]]:
    """The tables that were changed and can be stored."""
    changed: list[tuple[Any, Sequence[Any]]] = []
    if given.figures.is_valid():
        figures = tuple(FigureTold(**row) for row in given.figures.cleaned)
        if figures != now.figures:
            changed.append((drafting.set_figures, figures))
    if not given.names_authors or given.authors.is_valid():
        people = {each.user.name: each.user for each in now.authors if each.user}
        authors = tuple(_author(row, people) for row in given.authors.cleaned) if given.names_authors else ()
        if authors != now.authors:
            changed.append((drafting.set_authors, authors))
    if not given.partners_wrong:
        told = _partners(entry, given.partners)
        if told != set(now.partners):
            changed.append((drafting.set_co_implementers, sorted(told, key=lambda each: each.name)))
    return changed


def _author(row: dict[str, Any], people: dict[str, Any]) -> AuthorTold:
    """A name that stands for a person with an account goes on doing so."""
    user = people.get(row["name"])
    return AuthorTold(user, "" if user else row["name"], row["contribution_percent"], row["public"])


def _partners(entry: Entry, names: Sequence[str]) -> set[CoImplementerTold]:
    """Units of this campaign by their names; others are bodies outside the list. The unit itself is left out."""
    if not names:
        return set()
    known = units_by_name(asked_beside(entry))
    told = {CoImplementerTold(known.get(unit_key(name)), "" if unit_key(name) in known else name) for name in names}
    return {each for each in told if each.unit is None or each.unit.pk != entry.implementer_id}


def asked_beside(entry: Entry) -> list[Participant]:
    """Whom this plan asks, in its order. One statement."""
    return list(participants(entry.campaign).select_related("unit"))


def units_by_name(asked: Iterable[Participant]) -> dict[str, Unit]:
    """By the keys of their names as of the plan."""
    return {unit_key(each.unit_version.name): each.unit for each in asked}


def names_of_partners(now: Stored, beside: Iterable[Participant]) -> dict[int, str]:
    """By the unit's id: as the plan has them, for by these they are known again when the page is sent; a unit outside
    the plan as it is called today. No statement where the plan asks them all."""
    units = {each.unit.pk for each in now.partners if each.unit}
    names = {each.unit_id: each.unit_version.name for each in beside if each.unit_id in units}
    others = units - names.keys()
    return names | (names_on(others, timezone.localdate()) if others else {})


def as_sent(now: Stored, names: dict[int, str]) -> QueryDict:
    """The rows as the page would send them; ``names``: of the units among those who did it together."""
    revision, data = now.revision, QueryDict(mutable=True)
    for part, text in revision.texts.items():
        data[part.value] = text
    data["kind"], data["sector"] = revision.initiative.kind, revision.sector
    data["main_field"] = revision.main_field
    data.setlist("further_fields", revision.further_fields.split())
    data["first_applied_date"] = _day(revision.initiative.first_applied_date)
    data["confidential_note"] = revision.initiative.confidential_note
    data.setlist("partner", [each.name or names.get(each.unit.pk if each.unit else 0, "") for each in now.partners])
    for row in figure_rows(now):
        for name, value in row.items():
            data.appendlist(f"figure_{name}", _text(value))
    for row in author_rows(now):
        for name, value in row.items():
            data.appendlist(f"author_{name}", _text(value))
    if now.authors:
        data["names_authors"] = "1"
    data["edit_version"] = str(revision.edit_version)
    return data


def figure_rows(now: Stored) -> list[dict[str, Any]]:
    """As the rows of the form take them."""
    names = ("what", "unit_of_measure", "before", "after", "since")
    return [{name: getattr(each, name) for name in names} for each in now.figures]


def author_rows(now: Stored) -> list[dict[str, Any]]:
    """As the rows of the form take them."""
    return [
        {
            "name": each.user.name if each.user else each.name,
            "contribution_percent": each.contribution_percent,
            "public": "1" if each.public else "",
        }
        for each in now.authors
    ]


def _day(value: Any) -> str:
    return f"{value.day}/{value.month}/{value.year}" if value else ""


def _text(value: Any) -> str:
    if value is None:
        return ""
    if hasattr(value, "year"):
        return _day(value)
    return written(value) if hasattr(value, "as_tuple") else str(value)

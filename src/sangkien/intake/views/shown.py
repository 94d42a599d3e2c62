"""A draft as its page lays it out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db.models import Prefetch
from django.forms import BoundField
from django.utils import timezone

from sangkien.attachments.models import Attachment
from sangkien.campaigns.models import Erratum, Participant, ReformField, Sector
from sangkien.initiatives.models import Part, Revision
from sangkien.intake.completeness import FIELD, FIRST_APPLIED, Asked, Missing, asked_by, completeness
from sangkien.intake.forms import AuthorLine, DraftForm, FigureLine, Lines
from sangkien.intake.forms.draft import ADVICE, FOUR, FURTHER, Advice
from sangkien.intake.models import Entry, Evidence, Gap, Return
from sangkien.intake.views.saving import (
    Partner,
    Sent,
    Stored,
    author_rows,
    figure_rows,
    names_of_partners,
    stored,
    units_by_name,
)
from sangkien.vietnamese import unit_key

_SPARE_PARTNERS: Final = 2


@dataclass(frozen=True, slots=True)
class PartShown:
    """A part with what stands beside it; ``gaps`` are what the lead unit asked for here."""

    name: str
    field: BoundField
    advice: Advice
    help: str
    required: bool
    gaps: tuple[str, ...]
    count: str


@dataclass(frozen=True, slots=True)
class GapShown:
    """What the lead unit asked to add, with the label of its part."""

    part: str
    label: str
    text: str


def choices(entry: Entry) -> dict[str, Any]:
    """What the form offers. Two statements."""
    return {
        "fields": list(ReformField.objects.filter(campaign=entry.campaign_id).order_by("position")),
        "sectors": list(Sector.objects.filter(campaign=entry.campaign_id).order_by("position")),
        "today": timezone.localdate(),
    }


def form_of(now: Stored, offered: dict[str, Any]) -> DraftForm:
    """As it is stored."""
    revision, initiative = now.revision, now.revision.initiative
    initial: dict[str, Any] = {part.value: text for part, text in revision.texts.items()}
    initial |= {
        "kind": initiative.kind, "sector": revision.sector, "main_field": revision.main_field,
        "further_fields": revision.further_fields.split(), "first_applied_date": initiative.first_applied_date,
        "confidential_note": initiative.confidential_note,
    }  # fmt: skip
    return DraftForm(initial=initial, **offered)


def context(
    entry: Entry, revision: Revision, given: Sent | None, offered: dict[str, Any], beside: Sequence[Participant]
) -> dict[str, Any]:
    """The whole page; ``given``: as it was typed, where something of it could not be stored; ``beside``: whom the plan
    asks."""
    now = stored(revision)
    form = given.form if given else form_of(now, offered)
    figures = given.figures if given else Lines(FigureLine, rows=figure_rows(now))
    authors = given.authors if given else Lines(AuthorLine, rows=author_rows(now))
    asked = asked_by(entry.campaign)
    back, told = _waiting(entry, asked)
    parts = _parts(form, asked, told)
    known = units_by_name(beside)
    return {
        "entry": entry,
        "revision": revision,
        "edit_version": revision.edit_version,
        "form": form,
        "figures": figures,
        "authors": authors,
        "names_authors": given.names_authors if given else bool(now.authors),
        "lines_wrong": bool(given and given.wrong),
        "partners": _partners(given.partners if given else _names(now, beside), known),
        "partners_wrong": given.partners_wrong if given else "",
        "unit_names": [each.unit_version.name for each in beside],
        "title_part": parts[Part.TITLE],
        "four_parts": [parts[part] for part in FOUR],
        "further_parts": [parts[part] for part in FURTHER],
        "further_open": any(form[part.value].value() or parts[part].gaps for part in FURTHER),
        "field_gaps": [gap.text for gap in told if gap.part == FIELD],
        "field_notes": field_notes(entry),
        "returned": back,
        "returned_gaps": told,
        "gaps": gaps(completeness(revision, asked)),
        "evidence": evidence(entry),
        "may_edit": True,
    }


def gaps(missing: Iterable[Missing]) -> list[Missing]:
    """What the list beside a draft names: what the form requires, and the day of the first application."""
    return [each for each in missing if each.is_required or each.part == FIRST_APPLIED]


@dataclass(frozen=True, slots=True)
class EvidenceShown:
    """A file in the list; ``is_sent``: others have seen it with its caption."""

    uid: UUID
    attachment: Attachment
    caption: str
    added_at: datetime
    is_sent: bool


def evidence(entry: Entry) -> list[EvidenceShown]:
    """Those that are still there, the first one first. One statement."""
    rows = Evidence.objects.filter(entry=entry, removed_at__isnull=True).select_related("attachment__blob")
    return [
        EvidenceShown(row.uid, row.attachment, row.caption, row.added_at, row.was_sent(entry))
        for row in rows.order_by("added_at", "pk")
    ]


def returns(entry: Entry) -> list[Return]:
    """With their gaps in order. Two statements."""
    gaps_in_order = Prefetch("gaps", Gap.objects.order_by("position"))
    return list(Return.objects.filter(entry=entry).prefetch_related(gaps_in_order))


def returned(backs: Iterable[Return], asked: Sequence[Asked]) -> tuple[Return | None, list[GapShown]]:
    """The one of the ``returns`` that waits for the unit, with its gaps. No statement."""
    back = next((each for each in backs if each.ended_at is None), None)
    return (back, _gaps_shown(back.gaps.all(), asked)) if back else (None, [])


def _waiting(entry: Entry, asked: Sequence[Asked]) -> tuple[Return | None, list[GapShown]]:
    """The same for who needs no other returns. One statement; none for what was never sent."""
    if entry.submitted_at is None:
        return None, []
    rows = Gap.objects.filter(returned__entry=entry, returned__ended_at__isnull=True).order_by("position")
    gaps_there = list(rows.select_related("returned"))
    return (gaps_there[0].returned if gaps_there else None), _gaps_shown(gaps_there, asked)


def _gaps_shown(rows: Iterable[Gap], asked: Sequence[Asked]) -> list[GapShown]:
    labels = _labels(asked)
    return [GapShown(row.part, labels.get(row.part, ""), row.text) for row in rows]


def field_notes(entry: Entry) -> list[Erratum]:
    """Where the plan contradicts itself in its list of fields. One statement."""
    rows = Erratum.objects.filter(campaign=entry.campaign_id, place__contains="3.1").order_by("position")
    return list(rows)


def _labels(asked: Sequence[Asked]) -> Mapping[str, str]:
    return {**{part.value: str(part.label) for part in Part}, **{each.part: each.label for each in asked}}


def _parts(form: DraftForm, asked: Sequence[Asked], told: Sequence[GapShown]) -> dict[Part, PartShown]:
    by_code = {each.part: each for each in asked}
    shown = {}
    for part in Part:
        field, wanted = form[part.value], by_code.get(part.value)
        field.field.widget.attrs["rows"] = _rows(str(field.value() or ""), ADVICE[part].rows)
        shown[part] = PartShown(
            name=part.value,
            field=field,
            advice=ADVICE[part],
            help=(wanted.help if wanted else "") or str(ADVICE[part].help),
            required=bool(wanted and wanted.is_required),
            gaps=tuple(gap.text for gap in told if gap.part == part.value),
            count=f"{len(str(field.value() or '')):,}".replace(",", "."),
        )
    return shown


def _rows(text: str, lowest: int) -> int:
    """As high as what stands in it, for browsers that do not do so themselves."""
    return min(max(lowest, sum(1 + len(line) // 70 for line in text.split("\n"))), 16)


def _names(now: Stored, beside: Sequence[Participant]) -> list[str]:
    names = names_of_partners(now, beside)
    return [each.name or names.get(each.unit.pk if each.unit else 0, "") for each in now.partners]


def _partners(names: Sequence[str], known: Mapping[str, Any]) -> list[Partner]:
    told = [Partner(name, unit_key(name) in known) for name in names if name]
    return [*told, *(Partner("") for _ in range(_SPARE_PARTNERS))]

"""What a judge reads: the frozen text, its figures, what proves it; without names where the campaign reads so."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from django.utils.translation import gettext as _

from sangkien.appraisal.judging.redaction import Mask
from sangkien.appraisal.models import Reading
from sangkien.appraisal.reading import evidence_of
from sangkien.campaigns.models import ReformField
from sangkien.initiatives.figures import FigureShown, figures_of
from sangkien.initiatives.models import Authorship, CoImplementer, Part, Revision
from sangkien.intake.models import Evidence, SubmissionItem
from sangkien.units.models import UnitVersion

_ALWAYS: Final = (Part.SITUATION, Part.CONTENT, Part.EFFECTIVENESS, Part.NOVELTY)


@dataclass(frozen=True, slots=True)
class Told:
    """One part with its paragraphs."""

    label: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """``crumb``: code and field; ``by``: which unit, empty where names are not read."""

    crumb: str
    title: str
    by: str
    parts: tuple[Told, ...]
    figures: tuple[FigureShown, ...]
    evidence: Sequence[Evidence]
    original: SubmissionItem | None
    is_blind: bool


def number_of(reading: Reading, *, blind: bool) -> str:
    """How the entry is called; its code names the unit's place in the plan, so not where names are hidden."""
    return reading.uid.hex[:6].upper() if blind else reading.entry.code


def title_of(reading: Reading, mask: Mask | None) -> str:
    """The title on the frozen text."""
    title = reading.entry.revision.title if reading.entry.revision else reading.entry.code
    return mask(title) if mask else title


def document(
    reading: Reading, revision: Revision, unit_name: str, *, blind: bool, mask: Mask | None = None
) -> Document:
    """Three statements; with names hidden one, three more without ``mask``."""
    if blind and mask is None:
        mask = mask_of([(reading, revision)])[reading.pk]
    clean = mask or (lambda text: text)
    field = ReformField.objects.filter(campaign=reading.entry.campaign_id, code=revision.main_field)
    field_name = field.values_list("name_as_printed", flat=True).first() or ""
    number = number_of(reading, blind=blind)
    crumb = _("Số %s") % number if blind else _("Mã %s") % number
    return Document(
        crumb=f"{crumb} · {field_name}" if field_name else crumb,
        title=clean(revision.title),
        by="" if blind else unit_name,
        parts=tuple(_parts(revision, clean)),
        figures=tuple(replace(each, what=clean(each.what)) for each in figures_of(revision)),
        evidence=[] if blind else evidence_of(reading.entry),
        original=None if blind else original_of(reading, revision),
        is_blind=blind,
    )


def original_of(reading: Reading, revision: Revision) -> SubmissionItem | None:
    """The sending with which this text came as a file. One statement."""
    rows = SubmissionItem.objects.filter(entry=reading.entry_id, revision=revision, submission__file__isnull=False)
    return rows.select_related("submission__file__blob").order_by("-pk").first()


def mask_of(read: Iterable[tuple[Reading, Revision]]) -> dict[int, Mask]:
    """Reading → what hides its unit, who did it together with it, and its authors. Three statements for all."""
    pairs = list(read)
    together = CoImplementer.objects.filter(initiative__in=[each.entry.initiative_id for each, _revision in pairs])
    partners: dict[int, list[tuple[int | None, str]]] = {}
    for initiative, unit, name in together.values_list("initiative", "unit", "name"):
        partners.setdefault(initiative, []).append((unit, name))
    authors: dict[int, list[str]] = {}
    named = Authorship.objects.filter(revision__in=[revision.pk for _each, revision in pairs])
    for revision_id, name, account in named.values_list("revision", "name", "user__name"):
        authors.setdefault(revision_id, []).append(name or account or "")
    units = {each.entry.implementer_id for each, _revision in pairs}
    units |= {unit for told in partners.values() for unit, _name in told if unit}
    called: dict[int, list[str]] = {}
    for unit, name in UnitVersion.objects.filter(unit__in=units).values_list("unit", "name"):
        called.setdefault(unit, []).append(name)
    masks = {}
    for each, revision in pairs:
        names = [*called.get(each.entry.implementer_id, ()), *authors.get(revision.pk, ())]
        for partner, name in partners.get(each.entry.initiative_id, ()):
            names += called.get(partner or 0, []) + ([name] if name else [])
        masks[each.pk] = Mask(names)
    return masks


def _parts(revision: Revision, clean: Any) -> Iterable[Told]:
    """The four always, the others where something is told."""
    for part, text in revision.texts.items():
        if part == Part.TITLE or (part not in _ALWAYS and not text):
            continue
        yield Told(str(part.label), tuple(clean(line.strip()) for line in text.splitlines() if line.strip()))

"""What an entry says: one version, or two with what changed between them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext as _

from sangkien.campaigns.window import VIETNAM
from sangkien.desk.entry.reading import Sheet
from sangkien.initiatives.figures import FigureShown, figures_of
from sangkien.initiatives.models import Part, Revision
from sangkien.ui.differences import Difference, between

ALWAYS: Final = (Part.SITUATION, Part.CONTENT, Part.EFFECTIVENESS, Part.NOVELTY)


@dataclass(frozen=True, slots=True)
class Choice:
    """A version that can be looked at: "Bản 2, 10/9"."""

    number: int
    label: str


@dataclass(frozen=True, slots=True)
class Told:
    """One part: its paragraphs, and how it differs from the earlier version when two are looked at."""

    label: str
    paragraphs: tuple[str, ...]
    difference: Difference | None = None

    @property
    def remark(self) -> str:
        """ "thêm mới", "sửa 2 chỗ"; empty where nothing changed."""
        if self.difference is None or self.difference.is_same:
            return ""
        if self.difference.is_new:
            return _("thêm mới")
        return _("bỏ cả phần") if self.difference.is_gone else _("sửa %d chỗ") % self.difference.places


@dataclass(frozen=True, slots=True)
class Shown:
    """What the page shows of an entry's text. ``earlier`` is set when two versions are compared."""

    revision: Revision
    earlier: Revision | None
    title: Told
    parts: tuple[Told, ...]
    figures: tuple[FigureShown, ...]
    choices: tuple[Choice, ...]

    @property
    def is_compared(self) -> bool:
        return self.earlier is not None


def chosen(sheet: Sheet, wanted: str, against: str, *, compare: bool) -> Shown | None:
    """The version ``wanted`` (the last one when it is none), beside ``against`` when two are asked for.

    ``compare``: without a wish, the last two. ``None`` for an entry without any text. One statement, for the figures
    of a draft; those of a frozen version stand in it.
    """
    revisions = sheet.revisions
    if not revisions:
        return None
    by_number = {str(each.number): each for each in revisions}
    revision = by_number.get(wanted, revisions[-1])
    earlier = by_number.get(against)
    if earlier is None and not wanted and compare and len(revisions) > 1:
        earlier = revisions[-2]
    if earlier is not None and earlier.number >= revision.number:
        earlier = None
    return Shown(
        revision, earlier, _told(Part.TITLE, revision, earlier), tuple(_parts(revision, earlier)),
        tuple(figures_of(revision)), tuple(_choices(sheet, revisions)),
    )  # fmt: skip


def _parts(revision: Revision, earlier: Revision | None) -> list[Told]:
    """The four always, the others where something is told."""
    said = revision.texts
    before = earlier.texts if earlier is not None else {}
    parts = [each for each in Part if each in ALWAYS or (each != Part.TITLE and (said[each] or before.get(each)))]
    return [_told(each, revision, earlier) for each in parts]


def _told(part: Part, revision: Revision, earlier: Revision | None) -> Told:
    text = revision.texts[part]
    paragraphs = tuple(line.strip() for line in text.splitlines() if line.strip())
    return Told(str(part.label), paragraphs, between(earlier.texts[part], text) if earlier is not None else None)


def _choices(sheet: Sheet, revisions: Sequence[Revision]) -> list[Choice]:
    sent = {item.revision_id: item.submission.recorded_at for item in sheet.sendings}
    return [Choice(each.number, _label(each, sent.get(each.pk))) for each in revisions]


def _label(revision: Revision, sent_at: Any) -> str:
    if sent_at is None:
        return _("Bản %d, đang soạn") % revision.number
    day = sent_at.astimezone(VIETNAM)
    return _("Bản %(number)d, %(day)s") % {"number": revision.number, "day": f"{day.day}/{day.month}"}

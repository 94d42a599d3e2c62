"""A frozen revision as who judges it reads it, with its evidence and what was asked and answered beside it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Prefetch, Subquery
from django.utils.translation import gettext as _

from sangkien.appraisal.models import SupplementFile, SupplementRequest, SupportRequest
from sangkien.attachments.models import Attachment
from sangkien.campaigns.models import Participant, ReformField
from sangkien.initiatives.models import CoImplementer, Figure, Part, Revision
from sangkien.intake.models import Entry, Evidence, SubmissionItem
from sangkien.units.queries import name_then


@dataclass(frozen=True, slots=True)
class PartRead:
    """One part of the report."""

    label: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FileRead:
    """A file that can be opened."""

    name: str
    caption: str
    size: int
    url: str


@dataclass(frozen=True, slots=True)
class Answered:
    """What was asked during appraisal, and the answer."""

    question: str
    answer: str
    files: tuple[FileRead, ...] = ()


@dataclass(frozen=True)
class Document:
    """Everything on the left side of a desk. ``guided``: names of the offices that helped while it was written."""

    entry: Entry
    revision: Revision
    parts: tuple[PartRead, ...]
    figures: tuple[Figure, ...]
    evidence: tuple[FileRead, ...]
    supplements: tuple[Answered, ...]
    guided: tuple[str, ...]
    partners: tuple[str, ...]
    original_url: str = ""
    names: dict[str, str] = field(default_factory=dict)

    @property
    def code(self) -> str:
        return self.entry.code

    @property
    def title(self) -> str:
        return self.revision.title

    @property
    def unit_name(self) -> str:
        return self.names["unit"]

    @property
    def field_name(self) -> str:
        return self.names["field"]

    @property
    def first_applied_date(self) -> date | None:
        return self.entry.initiative.first_applied_date


FileUrl = Callable[[UUID], str]


def with_names(entries: Any) -> Any:
    """``unit_name`` and ``field_name`` as the plan prints them, without a statement of their own."""
    asked = Participant.objects.filter(campaign=OuterRef("campaign"), unit=OuterRef("implementer"))
    fields = ReformField.objects.filter(campaign=OuterRef("campaign"), code=OuterRef("revision__main_field"))
    return entries.annotate(
        unit_name=Subquery(asked.values("unit_version__name")[:1]),
        field_name=Subquery(fields.values("name_as_printed")[:1]),
    )


def document_of(entry: Entry, revision: Revision, *, evidence_url: FileUrl, original_url: str) -> Document:
    """Seven statements, nine at most. ``entry`` needs ``initiative`` and ``campaign`` at hand.

    ``evidence_url`` answers the address of a file by the uid of its link; each page serves by its own permission.
    """
    named = with_names(Entry.objects.filter(pk=entry.pk)).values_list("unit_name", "field_name").first()
    unit_name, field_name = named or ("", "")
    return Document(
        entry,
        revision,
        tuple(_parts(revision)),
        tuple(Figure.objects.filter(revision=revision).order_by("position")),
        tuple(_file(each.attachment, each.caption, evidence_url(each.uid)) for each in evidence_of(entry)),
        tuple(_answered(entry, evidence_url)),
        tuple(guided_by(entry)),
        tuple(_partners(entry)),
        original_url if original_of(entry, revision) is not None else "",
        {"unit": unit_name or _("đơn vị ngoài danh sách"), "field": field_name or ""},
    )


def _parts(revision: Revision) -> list[PartRead]:
    texts = [(part, text) for part, text in revision.texts.items() if part is not Part.TITLE and text]
    return [PartRead(str(part.label), tuple(filter(None, text.split("\n")))) for part, text in texts]


def evidence_of(entry: Entry) -> list[Evidence]:
    """As it went with what was sent. One statement."""
    rows = Evidence.objects.as_sent().filter(entry=entry).select_related("attachment__blob")
    return list(rows.order_by("added_at", "pk"))


def original_of(entry: Entry, revision: Revision) -> Attachment | None:
    """The file in which it came, if it did: as it was read, or as the lead unit received it. At most one statement."""
    if revision.read_from_id is not None:
        return revision.read_from
    rows = SubmissionItem.objects.filter(entry=entry, revision=revision, submission__file__isnull=False)
    item = rows.select_related("submission__file__blob").first()
    return item.submission.file if item else None


def _answered(entry: Entry, url: FileUrl) -> list[Answered]:
    """One statement, one more where something was answered."""
    links = Prefetch("files", SupplementFile.objects.select_related("attachment__blob").order_by("pk"))
    rows = SupplementRequest.objects.filter(assignment__entry=entry, answered_at__isnull=False)
    return [
        Answered(
            each.question, each.answer,
            tuple(_file(link.attachment, "", url(link.uid)) for link in each.files.all()),
        )
        for each in rows.order_by("answered_at", "pk").prefetch_related(links)
    ]  # fmt: skip


def guided_by(entry: Entry) -> list[str]:
    """Names of the offices that answered the unit about this one. One statement."""
    asked = SupportRequest.objects.filter(entry=entry, first_answered_at__isnull=False)
    named = asked.annotate(office_name=name_then("office", entry.campaign.closes_date)).order_by("asked_at", "pk")
    names = named.values_list("office_name", flat=True)
    return [each for each in dict.fromkeys(names) if each]


def _partners(entry: Entry) -> list[str]:
    rows = CoImplementer.objects.filter(initiative=entry.initiative_id).order_by("pk")
    named = rows.annotate(unit_name=name_then("unit", entry.campaign.closes_date))
    return [each.name or str(each.unit_name or _("đơn vị đã thôi hoạt động")) for each in named]


def _file(attachment: Attachment, caption: str, url: str) -> FileRead:
    return FileRead(attachment.original_name, caption, attachment.blob.size, url)

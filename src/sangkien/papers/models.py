"""Paper, its files, the legal bases it cites and whom it goes to."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length
from django.db.models.lookups import Exact
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from sangkien.attachments.models import Attachment
from sangkien.documents.wording import written_number
from sangkien.papers.kinds import Kind
from sangkien.units.models import Unit, UnitVersion

LONGEST_NOTATION, LONGEST_CAPACITY, LONGEST_SIGNER, LONGEST_RECIPIENT = 50, 200, 100, 300


class State(models.TextChoices):
    """How far a paper has come."""

    DRAFT = "draft", _("dự thảo")
    READY = "ready", _("chờ ký")
    ISSUED = "issued", _("đã ban hành")
    REPLACED = "replaced", _("đã được thay")
    VOID = "void", _("đã hủy")

    @classmethod
    def of_the_issued(cls) -> frozenset["State"]:
        """Those that have, or once had, effect: they carry a number."""
        return frozenset({cls.ISSUED, cls.REPLACED, cls.VOID})


MOVES = frozenset(
    {
        (State.DRAFT, State.READY),
        (State.READY, State.DRAFT),
        (State.READY, State.ISSUED),
        (State.ISSUED, State.REPLACED),
        (State.ISSUED, State.VOID),
    }
)


class Channel(models.TextChoices):
    """How a paper came to us."""

    MAIL = "mail", _("thư điện tử")
    DOCUMENT_SYSTEM = "document_system", _("trục liên thông văn bản")
    PAPER = "paper", _("bản giấy")
    WEB = "web", _("nộp trên chương trình")


class PaperQuerySet(models.QuerySet["Paper"]):
    """Sets of papers."""

    def numbered(self, unit: Unit, year: int, key: str, number: int) -> "PaperQuerySet":
        """The one that holds this number in the unit's register of the year; a void one holds none."""
        return self.filter(issuer_unit=unit, year=year, notation_key=key, number=number).exclude(state=State.VOID)


class Paper(models.Model):
    """A document. From ``READY`` on its blocks are frozen, from ``ISSUED`` on all of it.

    ``blocks`` is what ``documents.serial`` wrote; empty for a paper that was not written here. ``issuer`` is the
    version of the day on which it was issued; before that, of the day on which it was drafted.
    """

    uid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=20, choices=Kind)
    issuer = models.ForeignKey(UnitVersion, models.PROTECT, related_name="papers")
    issuer_unit = models.ForeignKey(Unit, models.PROTECT, related_name="papers", db_index=False)
    number = models.PositiveIntegerField(null=True, blank=True)
    notation = models.CharField(max_length=LONGEST_NOTATION, blank=True)
    notation_key = models.CharField(max_length=LONGEST_NOTATION, blank=True, editable=False)
    issued_date = models.DateField(null=True, blank=True)
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    summary = models.TextField()
    signer_capacity = models.CharField(max_length=LONGEST_CAPACITY, blank=True)
    signer_name = models.CharField(max_length=LONGEST_SIGNER, blank=True)
    blocks = models.TextField(blank=True)
    blocks_sha256 = models.CharField(max_length=64, blank=True)
    template_version = models.CharField(max_length=40, blank=True)
    supersedes = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="superseded_by")
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    arrived_date = models.DateField(null=True, blank=True)
    channel = models.CharField(max_length=20, choices=Channel, blank=True)
    created_at = models.DateTimeField()

    objects = PaperQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="paper_number_once",
                fields=["issuer_unit", "year", "notation_key", "number"],
                condition=Q(number__isnull=False) & ~Q(state="void"),
            ),
            models.UniqueConstraint(
                name="paper_replaced_once",
                fields=["supersedes"],
                condition=Q(supersedes__isnull=False, state__in=["issued", "replaced"]),
            ),
            models.CheckConstraint(name="paper_kind_known", condition=Q(kind__in=Kind.values)),
            models.CheckConstraint(name="paper_state_known", condition=Q(state__in=State.values)),
            models.CheckConstraint(name="paper_channel_known", condition=Q(channel__in=["", *Channel.values])),
            models.CheckConstraint(
                name="paper_number_and_date_together",
                condition=Q(number__isnull=True, issued_date__isnull=True, year__isnull=True)
                | Q(number__gte=1, issued_date__isnull=False, year__isnull=False),
            ),
            models.CheckConstraint(
                name="paper_year_of_its_date",
                condition=Q(issued_date__isnull=True) | Q(issued_date__year=F("year")),
            ),
            models.CheckConstraint(
                name="paper_issued_has_number",
                condition=Q(state__in=["draft", "ready"], number__isnull=True)
                | Q(state__in=["issued", "replaced", "void"], number__isnull=False),
            ),
            models.CheckConstraint(
                name="paper_arrival_with_channel",
                condition=Q(arrived_date__isnull=True, channel="") | (Q(arrived_date__isnull=False) & ~Q(channel="")),
            ),
            models.CheckConstraint(
                name="paper_blocks_with_hash",
                condition=Q(blocks="", blocks_sha256="") | (~Q(blocks="") & Q(Exact(Length("blocks_sha256"), 64))),
            ),
            models.CheckConstraint(
                name="paper_not_its_own_successor", condition=Q(supersedes__isnull=True) | ~Q(supersedes=F("pk"))
            ),
        ]

    def __str__(self) -> str:
        kind = str(Kind(self.kind).label)
        if self.number is None or self.issued_date is None:
            return f"{kind} “{self.summary}” ({State(self.state).label})"
        return f"{kind} {self.symbol} ngày {date_format(self.issued_date, 'd/m/Y')}"

    @property
    def symbol(self) -> str:
        """Số, ký hiệu: "số 05/QĐ-UBND"; empty before it has a number."""
        if self.number is None:
            return ""
        number = written_number(self.number)
        return f"số {number}/{self.notation}" if self.notation else f"số {number}"

    @property
    def is_frozen(self) -> bool:
        """Whether its text may no longer change."""
        return self.state != State.DRAFT


class Form(models.TextChoices):
    """What a file of a paper is."""

    DOCX = "docx", _("bản Word")
    PDF = "pdf", _("bản PDF trình ký")
    SIGNED_PDF = "signed_pdf", _("bản PDF đã ký số")
    SCAN = "scan", _("bản quét, bản chụp")

    @classmethod
    def made_here(cls) -> frozenset["Form"]:
        """What this program writes from blocks; a Word file may also have come from outside."""
        return frozenset({cls.DOCX, cls.PDF})


class PaperFile(models.Model):
    """A file of a paper. Those made here, and only those, say of which text (``blocks_sha256``) and volume they are."""

    paper = models.ForeignKey(Paper, models.PROTECT, related_name="files", db_index=False)
    attachment = models.ForeignKey(Attachment, models.PROTECT, related_name="paper_files")
    form = models.CharField(max_length=12, choices=Form)
    blocks_sha256 = models.CharField(max_length=64, blank=True)
    volume = models.PositiveSmallIntegerField(default=1)
    signature_report = models.TextField(blank=True)
    covers_pdf = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="covered_by")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="paperfile_attachment_once", fields=["paper", "attachment"]),
            models.UniqueConstraint(
                name="paperfile_made_once",
                fields=["paper", "form", "blocks_sha256", "volume"],
                condition=~Q(blocks_sha256=""),
            ),
            models.CheckConstraint(name="paperfile_form_known", condition=Q(form__in=Form.values)),
            models.CheckConstraint(
                name="paperfile_made_of_blocks", condition=Q(blocks_sha256="") | Q(form__in=["docx", "pdf"])
            ),
            models.CheckConstraint(
                name="paperfile_only_signed_covers", condition=Q(covers_pdf__isnull=True) | Q(form="signed_pdf")
            ),
            models.CheckConstraint(name="paperfile_volume_from_one", condition=Q(volume__gte=1)),
        ]

    def __str__(self) -> str:
        return f"{self.attachment} ({Form(self.form).label})"


class LegalBasis(models.Model):
    """A text that papers cite, as it is printed; what its citation should be is told beside it, never put in place."""

    citation_as_printed = models.TextField()
    citation_normalised = models.TextField(blank=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="basis_has_citation", condition=~Q(citation_as_printed="")),
            models.CheckConstraint(
                name="basis_dates_in_order",
                condition=Q(valid_from__isnull=True) | Q(valid_to__isnull=True) | Q(valid_from__lt=F("valid_to")),
            ),
        ]

    def __str__(self) -> str:
        return self.citation_as_printed


class PaperBasis(models.Model):
    """Căn cứ: the paper cites the basis, in this place."""

    paper = models.ForeignKey(Paper, models.PROTECT, related_name="bases", db_index=False)
    basis = models.ForeignKey(LegalBasis, models.PROTECT, related_name="cited_in")
    position = models.PositiveSmallIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="paperbasis_place_once", fields=["paper", "position"]),
            models.UniqueConstraint(name="paperbasis_once", fields=["paper", "basis"]),
            models.CheckConstraint(name="paperbasis_from_one", condition=Q(position__gte=1)),
        ]

    def __str__(self) -> str:
        return f"{self.position}. {self.basis}"


class Part(models.TextChoices):
    """Where a recipient is named."""

    ADDRESSEE = "addressee", _("Kính gửi")
    DISTRIBUTION = "distribution", _("Nơi nhận")


class Recipient(models.Model):
    """Whom a paper goes to, as printed; ``unit`` where it is one of ours."""

    paper = models.ForeignKey(Paper, models.PROTECT, related_name="recipients", db_index=False)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="papers_received")
    name_as_printed = models.CharField(max_length=LONGEST_RECIPIENT)
    part = models.CharField(max_length=12, choices=Part)
    position = models.PositiveSmallIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="recipient_place_once", fields=["paper", "part", "position"]),
            models.CheckConstraint(name="recipient_part_known", condition=Q(part__in=Part.values)),
            models.CheckConstraint(name="recipient_has_name", condition=~Q(name_as_printed="")),
            models.CheckConstraint(name="recipient_from_one", condition=Q(position__gte=1)),
        ]

    def __str__(self) -> str:
        return f"{self.position}. {self.name_as_printed}"

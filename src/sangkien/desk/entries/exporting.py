"""Exactly the rows of a list as a file: the columns of the form, in the order of the plan, numbered from 1.

Rows stream from the database into the file; memory does not grow with their number.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

from django.db.models import F, OuterRef, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from sangkien.appendix.fields import BY_CODE
from sangkien.appendix.model import ReadInitiative
from sangkien.appendix.writing import FORM_COLUMNS, appendix_row
from sangkien.campaigns.models import Campaign, Participant
from sangkien.consolidation.writing import Heading
from sangkien.desk.clocks import short
from sangkien.desk.entries import steps
from sangkien.desk.entries.listing import Listing
from sangkien.desk.entries.rows import field_names
from sangkien.documents import blocks, papers
from sangkien.documents.docx import write_docx
from sangkien.documents.pdf import write_pdf
from sangkien.intake import finding
from sangkien.intake.models import Entry
from sangkien.spreadsheets import Column, Sheet, csv_chunks, write_xlsx
from sangkien.vietnamese import slug

Progress = Callable[[int], None]
_CHUNK: Final = 500
_WIDTHS: Final = (6, 26, 34, 26, 90, 20, 10, 18, 14, 12)


class Form(StrEnum):
    """The ending of the file."""

    DOCX = "docx"
    XLSX = "xlsx"
    PDF = "pdf"
    CSV = "csv"


@dataclass(frozen=True, slots=True)
class Export:
    """A list on its way into a file."""

    listing: Listing
    progress: Progress = lambda done: None

    @property
    def campaign(self) -> Campaign | None:
        """Whose order and names it has."""
        return self.listing.campaign

    @property
    def is_consolidated(self) -> bool:
        """Whether these are all the admitted entries of one campaign, and so its consolidated appendix."""
        asked = self.listing.asked
        whole = not (asked.text or asked.clock or asked.field or asked.unit)
        return self.campaign is not None and whole and asked.step == steps.ADMITTED

    @property
    def title(self) -> str:
        """In sentence case; the decree's form prints it in capitals."""
        if self.campaign is not None and self.is_consolidated:
            return Heading(year=self.campaign.year).title
        return _("Danh sách mô hình, sáng kiến, giải pháp, cách làm hay trong công tác cải cách hành chính")

    def name(self, form: Form) -> str:
        """Of the file, without what some system could refuse."""
        what = "phu-luc-tong-hop" if self.is_consolidated else "danh-sach-giai-phap"
        year = f"-{self.campaign.year}" if self.campaign is not None else ""
        narrowed = f"-{slug(self.listing.asked.text, 30)}" if self.listing.asked.text else ""
        return f"{what}{year}{narrowed}.{form}"

    def count(self) -> int:
        """How many rows, exactly. One statement."""
        return self._entries().count()

    def csv(self) -> Iterator[bytes]:
        """Piece by piece."""
        return csv_chunks(_columns(), self._rows(beside=True))

    def write(self, form: Form, folder: Path) -> list[Path]:
        """Into the folder; several volumes of a long PDF. Raises what the writers raise."""
        target = folder / self.name(form)
        match form:
            case Form.CSV:
                with target.open("wb") as file:
                    file.writelines(self.csv())
            case Form.XLSX:
                title = (self.title,)
                write_xlsx(target, [Sheet(_("Danh sách"), _columns(), self._rows(beside=True), title=title)])
            case Form.DOCX:
                write_docx(self._paper(), target)
            case Form.PDF:
                return write_pdf(self._paper(), target)
        return [target]

    def _paper(self) -> blocks.Paper:
        heading = blocks.AppendixHeading(title=self.title, attached_to=self._attached())
        return papers.appendix(heading=heading, rows=self._rows(), made_at=timezone.now())

    def _attached(self) -> str | None:
        if self.campaign is None or not self.is_consolidated:
            return None
        version = self.campaign.organiser.on(self.listing.actor.on)
        return Heading(year=self.campaign.year, issuer=version.name if version else "").attached or None

    def _entries(self) -> "QuerySet[Entry]":
        found, listing = self.listing.found, self.listing
        entries = listing.ordered() if found is None else listing.picked.filter(pk__in=found.ids)
        if self.campaign is None or listing.asked.sort:
            return entries.order_by("-pk")
        asked = Participant.objects.filter(campaign=self.campaign, unit=OuterRef("implementer"))
        return entries.alias(place=Subquery(asked.values("position")[:1])).order_by("place", "pk")

    def _rows(self, *, beside: bool = False) -> Iterator[tuple[str, ...]]:
        """Numbered rows of the form; ``beside``: with what a spreadsheet adds."""
        fields = _Fields()
        for number, facts in enumerate(_facts(self._entries()).iterator(chunk_size=_CHUNK), start=1):
            row = appendix_row(number, _told(facts, fields))
            yield (*row, *self._beside(facts)) if beside else row
            self.progress(number)

    def _beside(self, facts: Mapping[str, Any]) -> tuple[str, ...]:
        arrived_at, today = facts["arrived_at"], self.listing.actor.on
        campaigns = {each.pk: each for each in self.listing.campaigns}
        campaign = campaigns.get(facts["campaign_id"])
        is_late = campaign is not None and arrived_at is not None and campaign.is_late(arrived_at)
        arrived = "" if arrived_at is None else short(timezone.localdate(arrived_at), today.replace(year=1))
        return facts["code"], str(self.listing.shown_stage(facts).label), arrived, _("muộn") if is_late else ""


def _columns() -> list[Column]:
    names = (*FORM_COLUMNS, _("Số"), _("Đang ở bước"), _("Ngày đến"), _("Hạn"))
    return [Column(name, width) for name, width in zip(names, _WIDTHS, strict=True)]


def _facts(entries: "QuerySet[Entry]") -> "QuerySet[Entry, Any]":
    return entries.values(
        "code", "stage", "arrived_at", "campaign_id", title=F("revision__title"), unit_name=finding.unit_name(),
        main_field=F("revision__main_field"), further_fields=F("revision__further_fields"), note=F("revision__note"),
        situation=F("revision__situation"), content=F("revision__content"), novelty=F("revision__novelty"),
        effectiveness=F("revision__effectiveness"),
    )  # fmt: skip


def _told(facts: Mapping[str, Any], fields: "_Fields") -> ReadInitiative:
    codes = [each for each in (facts["main_field"], *(facts["further_fields"] or "").split()) if each]
    return ReadInitiative(
        unit=facts["unit_name"],
        title=facts["title"],
        field_raw="; ".join(fields.name(facts["campaign_id"], code) for code in codes),
        situation=facts["situation"],
        content=facts["content"],
        effectiveness=facts["effectiveness"],
        novelty=facts["novelty"],
        note=facts["note"],
    )


class _Fields:
    """Names of fields as the plan of each campaign prints them. One statement a campaign."""

    def __init__(self) -> None:
        self._names: dict[tuple[int, str], str] = {}
        self._known: set[int] = set()

    def name(self, campaign_id: int, code: str) -> str:
        """As printed; else as the eight fields are called; else the code."""
        if campaign_id not in self._known:
            self._known.add(campaign_id)
            self._names |= field_names({campaign_id})
        return self._names.get((campaign_id, code)) or (BY_CODE[code].name if code in BY_CODE else code)

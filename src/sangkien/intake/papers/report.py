"""Báo cáo của đơn vị: the letter with Form 1 and Form 2."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from sangkien.campaigns.models import Campaign, FormKind
from sangkien.documents import blocks as documents
from sangkien.documents import papers
from sangkien.documents.blocks import (
    AppendixHeading,
    Block,
    Column,
    Dashes,
    Heading,
    KindAndSummary,
    Paragraph,
    Run,
    Section,
    Table,
)
from sangkien.documents.wording import attached_line
from sangkien.initiatives.models import Figure, Part, Revision
from sangkien.intake.models import Entry
from sangkien.intake.papers.naming import day, initials, place_of, printed_on, signature
from sangkien.intake.papers.rows import consolidated_title, form_rows
from sangkien.papers.kinds import Kind
from sangkien.papers.names import header, printed_name, proposed_notation
from sangkien.units.models import Unit, UnitVersion

_NARRATIVE = (Part.RESULTS, Part.LIMITATIONS, Part.COST, Part.REPLICATION_CONDITIONS)
_FIGURE_COLUMNS = (
    Column("Chỉ số", 65), Column("Đơn vị tính", 25, "center"), Column("Trước", 25, "center"),
    Column("Sau", 25, "center"), Column("Từ ngày", 25, "center"),
)  # fmt: skip


def unit_report(
    campaign: Campaign, unit: Unit, entries: Sequence[Entry], *, on: date, notation: str = ""
) -> documents.Paper:
    """The letter of a unit with Form 1 and, where something is told there, Form 2; ready for its head to sign."""
    version = printed_on(unit, on)
    lead = printed_on(campaign.lead_unit, on)
    summary = _(
        "Kết quả thực hiện mô hình, sáng kiến, giải pháp, cách làm hay trong công tác cải cách hành chính năm %d"
    )
    top = header(
        version, on, notation=notation or proposed_notation(Kind.REPORT, initials(version)),
        place=place_of(version, on),
    )  # fmt: skip
    body: list[Block] = [
        Paragraph(
            _("Thực hiện %(plan)s, %(unit)s báo cáo %(count)d giải pháp đã áp dụng tại đơn vị như sau:")
            % {"plan": campaign.plan or campaign.title, "unit": printed_name(version), "count": len(entries)}
        ),
        Dashes(tuple(each.revision.title for each in entries if each.revision)),
        Paragraph(_("Nội dung từng giải pháp ở phụ lục kèm theo. %s kính báo cáo.") % printed_name(version)),
    ]
    letter = Section(
        (
            top,
            KindAndSummary("Báo cáo", summary % campaign.year),
            documents.Recipients((printed_name(lead),)),
            *papers.closed(body),
            signature(version, (_("Như trên"), _("Lưu: VT"))),
        )
    )
    sections = [letter, *_forms(campaign, entries, version, on)]
    return documents.Paper(title=summary % campaign.year, sections=tuple(sections), author=printed_name(version))


def _forms(campaign: Campaign, entries: Sequence[Entry], version: UnitVersion, on: date) -> Iterator[Section]:
    attached = attached_line("Báo cáo", year=on.year, issuer=printed_name(version))
    titles = {form.kind: form.title for form in campaign.forms.exclude(kind=FormKind.NOMINATION).order_by("-number")}
    told = [each for each in entries if each.revision and any(getattr(each.revision, part) for part in _NARRATIVE)]
    first = AppendixHeading(
        title=titles.get(FormKind.TABLE, consolidated_title(campaign)), attached_to=attached, number=1 if told else None
    )
    yield papers.appendix_section(
        heading=first, rows=list(form_rows(campaign, entries, on, unit=printed_name(version)))
    )
    if told:
        second = AppendixHeading(
            title=titles.get(FormKind.NARRATIVE, _("Báo cáo thuyết minh giải pháp")), attached_to=attached, number=2
        )
        blocks = [block for each in told if each.revision for block in _narrative(each.revision)]
        yield Section((second, *blocks))


def _narrative(revision: Revision) -> Iterator[Block]:
    yield Heading(revision.title)
    if revision.initiative.first_applied_date is not None:
        yield Paragraph(_("Áp dụng từ ngày %s.") % day(revision.initiative.first_applied_date))
    for part in _NARRATIVE:
        text = getattr(revision, part)
        if text:
            yield Paragraph((Run(f"{part.label}: ", bold=True), Run(text.replace("\n", " "))))
    figures = list(revision.figures.order_by("position"))
    if figures:
        yield Paragraph(_("Số liệu trước và sau khi áp dụng:"))
        yield Table(_FIGURE_COLUMNS, [_row(each) for each in figures])


def _row(figure: Figure) -> tuple[str, ...]:
    since = day(figure.since) if figure.since else ""
    return (figure.what, figure.unit_of_measure, _number(figure.before), _number(figure.after), since)


def _number(value: Decimal | None) -> str:
    return "" if value is None else number_format(f"{value.normalize():f}")

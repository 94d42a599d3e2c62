"""Entries as rows of Form 1, and the consolidated appendix made of them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime

from django.utils.translation import gettext as _

from sangkien.appendix.model import ReadInitiative
from sangkien.appendix.writing import appendix_row
from sangkien.campaigns.models import Campaign
from sangkien.documents import blocks as documents
from sangkien.documents import papers
from sangkien.documents.blocks import AppendixHeading, Note
from sangkien.documents.wording import attached_line
from sangkien.initiatives.models import CoImplementer, Revision
from sangkien.intake.models import Entry
from sangkien.intake.papers.naming import day, names_of, printed_on
from sangkien.papers.names import printed_name


def field_names(campaign: Campaign) -> dict[str, str]:
    """Code → name as this plan prints it. One statement."""
    return dict(campaign.fields.values_list("code", "name_as_printed"))


def told_on_form(
    revision: Revision, *, unit: str, fields: Mapping[str, str], together: Iterable[str] = ()
) -> ReadInitiative:
    """A revision as a row of Form 1 tells it; those who did it together stand behind the unit's name."""
    others = list(together)
    named = "; ".join(fields.get(code, code) for code in revision.fields)
    return ReadInitiative(
        unit=f"{unit} ({_('phối hợp: %s') % ', '.join(others)})" if others else unit,
        title=revision.title,
        field_raw=named,
        situation=revision.situation,
        content=revision.content,
        effectiveness=revision.effectiveness,
        novelty=revision.novelty,
        limitations=revision.limitations,
        note=revision.note,
    )


def together_in(entries: Sequence[Entry], on: date) -> dict[int, list[str]]:
    """Initiative → names of those who did it together, on this day. Three statements."""
    bodies = list(CoImplementer.objects.filter(initiative__in=[each.initiative_id for each in entries]).order_by("pk"))
    called = names_of({each.unit_id for each in bodies if each.unit_id}, on)
    named: dict[int, list[str]] = {}
    for each in bodies:
        named.setdefault(each.initiative_id, []).append(called[each.unit_id] if each.unit_id else each.name)
    return named


def form_rows(campaign: Campaign, entries: Sequence[Entry], on: date, *, unit: str = "") -> Iterator[tuple[str, ...]]:
    """Rows of Form 1, numbered from 1. ``unit``: the name for all; else each unit's own on this day."""
    fields, together = field_names(campaign), together_in(entries, on)
    called = {} if unit else names_of({each.implementer_id for each in entries}, on)
    for number, entry in enumerate(entries, 1):
        if entry.revision is None:
            continue
        told = told_on_form(
            entry.revision, unit=unit or called[entry.implementer_id], fields=fields,
            together=together.get(entry.initiative_id, ()),
        )  # fmt: skip
        yield appendix_row(number, told)


def consolidated_title(campaign: Campaign) -> str:
    """The title of the appendix, in sentence case."""
    return _(
        "Tổng hợp kết quả thực hiện mô hình, sáng kiến, giải pháp, cách làm hay "
        "trong công tác cải cách hành chính năm %d"
    ) % campaign.year  # fmt: skip


def consolidated_appendix(
    campaign: Campaign, entries: Sequence[Entry], *, number: int, on: date, made_at: datetime | None = None
) -> documents.Paper:
    """Landscape, one table, STT from 1; ``entries`` as ``queries.consolidated`` answers them."""
    issuer = printed_on(campaign.lead_unit, on)
    heading = AppendixHeading(
        title=consolidated_title(campaign),
        attached_to=attached_line("Báo cáo", year=on.year, issuer=printed_name(issuer)),
    )
    end = (Note(_("Bảng tổng hợp số %(number)d, chốt ngày %(day)s.") % {"number": number, "day": day(on)}),)
    rows = list(form_rows(campaign, entries, on))
    return papers.appendix(heading=heading, rows=rows, end=end, author=printed_name(issuer), made_at=made_at)

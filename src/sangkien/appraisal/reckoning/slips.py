"""Every slip of one entry, read for its dossier: who appraised it, what they said, where it was heard, what it got.

The caller has asked whether the reader may know of the entry at all. What also speaks of other entries (the conclusion
of a visit, an order among equals) is read only where the reader may know of all of those.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q

from sangkien.accounts.actor import Actor
from sangkien.appraisal.meetings import seen_entries
from sangkien.appraisal.models import (
    Assignment,
    Opinion,
    Referral,
    ScoreSheet,
    SessionItem,
    SupplementRequest,
    TieBreak,
    VisitCheck,
    VisitEntry,
    VisitNote,
)
from sangkien.appraisal.reckoning.board import Board, Line, board
from sangkien.appraisal.reckoning.outcome import Outcome
from sangkien.campaigns.models import CriteriaSet
from sangkien.initiatives.models import CoImplementer, Figure
from sangkien.intake.models import Entry
from sangkien.intake.papers.naming import names_of
from sangkien.scoring.official.sheets import sheet_total
from sangkien.scoring.report.sentences import explained


@dataclass(frozen=True, slots=True)
class VisitSlip:
    """A visit as far as it was about this entry. ``tells_all``: the reader may read what was concluded altogether."""

    visit: VisitEntry
    checks: tuple[VisitCheck, ...]
    notes: tuple[VisitNote, ...]
    tells_all: bool


@dataclass(frozen=True, slots=True)
class Slips:
    """``names``: what units (by key) are called that day. ``line`` and ``band``: what the page of results says of it.

    ``sheets`` stand as the judges sit where the reader may know who they are, else from low to high; ``totals`` (by key
    of a sheet) are the rule's, ``None`` where a mark is missing.
    """

    entry: Entry
    criteria: CriteriaSet
    names: dict[int, str]
    field: str
    together: tuple[str, ...]
    figures: tuple[Figure, ...]
    assignments: tuple[Assignment, ...]
    referrals: tuple[Referral, ...]
    opinions: dict[int, Opinion]
    questions: tuple[SupplementRequest, ...]
    visits: tuple[VisitSlip, ...]
    heard: tuple[SessionItem, ...]
    sheets: tuple[ScoreSheet, ...]
    totals: dict[int, Decimal | None]
    orders: tuple[TieBreak, ...]
    steps: tuple[str, ...]
    line: Line
    band: str
    advice: str
    names_judges: bool


def slips(outcome: Outcome, code: str, *, actor: Actor, on: date, names_judges: bool) -> Slips:
    """A constant number of statements, however many slips. ``KeyError`` for an entry that is not in ``outcome``."""
    gathered = outcome.gathered
    entry = gathered.entries[code]
    assignments = tuple(Assignment.objects.filter(entry=entry).order_by("assigned_at", "pk"))
    questions = SupplementRequest.objects.filter(assignment__in=assignments, withdrawn_at__isnull=True)
    bodies = tuple(CoImplementer.objects.filter(initiative=entry.initiative_id).order_by("pk"))
    units = {entry.implementer_id, *(each.office_id or 0 for each in assignments)}
    names = names_of(units | {each.unit_id or 0 for each in bodies}, on)
    line, band, advice = _placed(board(outcome, names), code)
    revision, named = entry.revision, dict(entry.campaign.fields.values_list("code", "name_as_printed"))
    sheets, totals = _sheets(outcome, entry, names_judges=names_judges)
    return Slips(
        entry=entry,
        criteria=gathered.criteria,
        names=names,
        field="; ".join(named.get(each, each) for each in (revision.fields if revision else ())),
        together=tuple(names.get(each.unit_id or 0, each.name) for each in bodies),
        figures=tuple(revision.figures.order_by("position")) if revision else (),
        assignments=assignments,
        referrals=tuple(Referral.objects.filter(entry=entry, withdrawn_at__isnull=True).order_by("pk")),
        opinions={each.assignment_id: each for each in Opinion.objects.filed().filter(assignment__in=assignments)},
        questions=tuple(questions.order_by("asked_at", "pk")),
        visits=tuple(_visits(entry, actor)),
        heard=tuple(_heard(entry)),
        sheets=tuple(sheets),
        totals=totals,
        orders=tuple(_orders(outcome, entry)),
        steps=tuple(explained(outcome.result.of(code), gathered.given.rule)),
        line=line,
        band=band,
        advice=advice,
        names_judges=names_judges,
    )


def _placed(shown: Board, code: str) -> tuple[Line, str, str]:
    """The line of an entry with title and advice of the side on which it stands."""
    for band in shown.bands:
        for line in band.lines:
            if line.entry.code == code:
                return line, band.title, band.advice
    raise KeyError(code)


def _visits(entry: Entry, actor: Actor) -> Iterable[VisitSlip]:
    rows = VisitEntry.objects.filter(entry=entry, visit__cancelled_at__isnull=True, visit__ended_at__isnull=False)
    items = list(rows.select_related("visit").order_by("visit__starts_at", "pk"))
    visits = [each.visit_id for each in items]
    about = list(VisitEntry.objects.filter(visit__in=visits).values_list("visit", "entry"))
    seen = seen_entries(actor, {each for _visit, each in about})
    kept_from = {visit for visit, each in about if each not in seen}
    checks = list(VisitCheck.objects.filter(visit__in=visits, entry=entry).order_by("position"))
    notes = list(
        VisitNote.objects.filter(visit__in=visits, entry=entry, removed_at__isnull=True).order_by("noted_at", "pk")
    )
    for item in items:
        yield VisitSlip(
            visit=item,
            checks=tuple(each for each in checks if each.visit_id == item.visit_id),
            notes=tuple(each for each in notes if each.visit_id == item.visit_id),
            tells_all=item.visit_id not in kept_from,
        )


def _heard(entry: Entry) -> Iterable[SessionItem]:
    """Where it was presented or voted on and is over."""
    rows = SessionItem.objects.filter(entry=entry, session__cancelled_at__isnull=True)
    over = rows.filter(Q(ended_at__isnull=False) | Q(counted_at__isnull=False))
    return over.select_related("session").order_by("session__starts_at", "pk")


def _sheets(
    outcome: Outcome, entry: Entry, *, names_judges: bool
) -> tuple[list[ScoreSheet], dict[int, Decimal | None]]:
    """Those that went into the result, with their totals; nameless ones in an order that tells not whose they are."""
    given = outcome.gathered.given
    of_judge = {each.judge: sheet_total(given.rule, each) for each in given.sheets if each.entry == entry.code}
    filed = ScoreSheet.objects.filed().filter(
        entry=entry, criteria_set=outcome.gathered.criteria, member__uid__in=of_judge
    )
    rows = list(filed.select_related("member").prefetch_related("marks__criterion").order_by("member__position", "pk"))
    totals = {each.pk: of_judge[str(each.member.uid)] for each in rows}
    if not names_judges:
        rows.sort(key=lambda each: (totals[each.pk] or Decimal(-1), each.sha256))
    return rows, totals


def _orders(outcome: Outcome, entry: Entry) -> Iterable[TieBreak]:
    """Said by a person about this entry and one of which the reader may know, too."""
    known = outcome.gathered.entries.values()
    rows = TieBreak.objects.filter(Q(first=entry, then__in=known) | Q(then=entry, first__in=known))
    return rows.filter(lifted_at__isnull=True).select_related("first", "then").order_by("pk")

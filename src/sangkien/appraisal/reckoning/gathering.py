"""Everything that a result depends on, out of the tables: the entries, the sheets that count, the votes, the orders."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from sangkien.appraisal.actions.meetings.votes import counted_of, vote_count
from sangkien.appraisal.models import (
    Mark,
    PanelMember,
    Reading,
    ReadingReason,
    Recusal,
    ResultSet,
    ScoreSheet,
)
from sangkien.appraisal.models import TieBreak as TieBreakRow
from sangkien.campaigns.actions.criteria import criteria_of
from sangkien.campaigns.models import Campaign, CriteriaSet
from sangkien.campaigns.scoring_rule import rule_of
from sangkien.intake.lifecycle import Stage
from sangkien.intake.models import Entry
from sangkien.scoring import model
from sangkien.scoring.reading import read_input

# What has all its opinions; those still with an office wait for the next closing.
RECKONED: Final = frozenset({Stage.APPRAISED, Stage.ASSESSED})


@dataclass(frozen=True, slots=True)
class Gathered:
    """``given`` names entries by code and judges by the uid of their membership; here are the rows behind the names."""

    given: model.Input
    criteria: CriteriaSet
    entries: Mapping[str, Entry]
    members: Mapping[str, PanelMember]

    def without(self, hidden: Collection[int]) -> "Gathered":
        """As if these entries (by key) were not there: nothing of what remains tells anything of them."""
        if not hidden:
            return self
        entries = {code: each for code, each in self.entries.items() if each.pk not in hidden}
        sheets = tuple(each for each in self.given.sheets if each.entry in entries)
        judges = {each.judge for each in sheets}
        given = replace(
            self.given,
            entries=tuple(each for each in self.given.entries if each.code in entries),
            sheets=sheets,
            judges=tuple(each for each in self.given.judges if each.code in judges),
            votes=tuple(each for each in self.given.votes if each.entry in entries),
            tie_breaks=tuple(each for each in self.given.tie_breaks if entries.keys() >= set(each.order)),
        )
        members = {uid: each for uid, each in self.members.items() if uid in judges}
        return replace(self, given=given, entries=entries, members=members)


def frozen(results: ResultSet) -> Gathered:
    """As it went into this closing; the rows behind the names are those of today. Three statements."""
    given = read_input(results.inputs)
    codes = [each.code for each in given.entries]
    rows = Entry.objects.filter(campaign=results.campaign_id, code__in=codes)
    entries = {each.code: each for each in rows.select_related("revision", "implementer")}
    members = PanelMember.objects.filter(uid__in=[each.code for each in given.judges]).select_related("panel")
    return Gathered(given, results.criteria_set, entries, {str(each.uid): each for each in members})


def gather(campaign: Campaign, criteria: CriteriaSet) -> Gathered:
    """As it stands now. A constant number of statements, however many sheets."""
    entries = {each.code: each for each in reckoned(campaign)}
    by_pk = {each.pk: each.code for each in entries.values()}
    sheets = list(_sheets(criteria, by_pk))
    members = {str(each.member.uid): each.member for each in sheets}
    given = model.Input(
        rule=rule_of(criteria_of(criteria), version=str(criteria.version)),
        entries=tuple(model.Entry(each.code, _field(each)) for each in entries.values()),
        sheets=tuple(_told(sheets, by_pk)),
        judges=tuple(model.Judge(uid, str(each.panel.uid)) for uid, each in sorted(members.items())),
        votes=tuple(_votes(entries)),
        tie_breaks=tuple(_orders(campaign, by_pk)),
    )
    return Gathered(given, criteria, entries, members)


def reckoned(campaign: Campaign) -> Iterable[Entry]:
    """The entries that results speak of, by code."""
    rows = Entry.objects.filter(campaign=campaign, stage__in=RECKONED)
    return rows.select_related("revision", "implementer").order_by("code")


def _field(entry: Entry) -> str:
    return entry.revision.main_field if entry.revision else ""


def _sheets(criteria: CriteriaSet, by_pk: Mapping[int, str]) -> Iterable[ScoreSheet]:
    filed = ScoreSheet.objects.filed().filter(criteria_set=criteria, entry__in=by_pk)
    return filed.select_related("member__panel").order_by("entry", "member")


def _told(sheets: list[ScoreSheet], by_pk: Mapping[int, str]) -> Iterable[model.Sheet]:
    marks: defaultdict[int, list[tuple[str, Decimal | None, str]]] = defaultdict(list)
    rows = Mark.objects.filter(sheet__in=[each.pk for each in sheets])
    for sheet, code, value, missing in rows.values_list("sheet", "criterion__code", "value", "missing_reason"):
        marks[sheet].append((code, value, missing))
    anchors = _anchors(by_pk)
    kept_out = _kept_out(by_pk)
    for each in sheets:
        pair = (each.member_id, each.entry_id)
        yield model.Sheet(
            judge=str(each.member.uid),
            entry=by_pk[each.entry_id],
            marks={code: value for code, value, _missing in marks[each.pk]},
            missing={code: missing for code, _value, missing in marks[each.pk] if missing},
            anchor=pair in anchors,
            set_aside=kept_out.get(pair, ""),
        )


def _anchors(by_pk: Mapping[int, str]) -> set[tuple[int, int]]:
    rows = Reading.objects.current().filter(entry__in=by_pk, reason=ReadingReason.ANCHOR)
    return set(rows.values_list("member", "entry"))


def _kept_out(by_pk: Mapping[int, str]) -> dict[tuple[int, int], str]:
    """(member, entry) → why: a sheet of somebody who turned out to have to keep out does not count."""
    rows = Recusal.objects.filter(entry__in=by_pk, member__isnull=False, lifted_at__isnull=True)
    return {(member, entry): why for member, entry, why in rows.values_list("member", "entry", "reason") if member}


def _votes(entries: Mapping[str, Entry]) -> Iterable[model.VoteCount]:
    """The vote that stands of each entry that a council voted on."""
    counted = counted_of(list(entries.values()))
    for code, entry in entries.items():
        if entry.pk in counted:
            yield vote_count(counted[entry.pk], code)


def _orders(campaign: Campaign, by_pk: Mapping[int, str]) -> Iterable[model.TieBreak]:
    for each in TieBreakRow.objects.filter(campaign=campaign, lifted_at__isnull=True).order_by("pk"):
        if each.first_id in by_pk and each.then_id in by_pk:
            yield model.TieBreak((by_pk[each.first_id], by_pk[each.then_id]), each.reason, each.made_by)

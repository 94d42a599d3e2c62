"""Who is to read what: what is asked of ``scoring.assigning``, and its answer with the rows behind the names.

What stands is kept: a reading that was shared out or set by hand is a fixed pair, so that sharing out once more only
fills what is lacking.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from sangkien.appraisal.conflicts import members_kept_out
from sangkien.appraisal.models import Assignment, Panel, PanelKind, PanelMember, Reading, ReadingReason
from sangkien.appraisal.rules.judging import SCORED_BY_COUNCIL, SCORED_BY_OFFICE, straight_to_council
from sangkien.campaigns.models import Campaign
from sangkien.intake.lifecycle import Stage
from sangkien.intake.models import Entry
from sangkien.ledger.canonical import canonical, sha256
from sangkien.scoring.assigning import model
from sangkien.scoring.assigning.assigning import assign
from sangkien.scoring.assigning.wording import Names, sentence

_NO_LIMIT: Final = 1_000_000
_REASONS: Final = {
    model.Kind.PANEL: ReadingReason.SHARED_OUT,
    model.Kind.ANCHOR: ReadingReason.ANCHOR,
    model.Kind.FIXED: ReadingReason.CHOSEN,
}


@dataclass(frozen=True, slots=True)
class New:
    """A reading that would be made."""

    member: PanelMember
    entry: Entry
    reason: ReadingReason


@dataclass(frozen=True)
class Plan:
    """What sharing out would do. ``refusals``: why it cannot be done; then ``new`` is empty.

    ``loads``: member → entries before; ``parts``: into how many parts judges and entries fall without a common entry.
    """

    panels: Sequence[Panel]
    members: Sequence[PanelMember]
    entries: Sequence[Entry]
    kept: Sequence[Reading]
    new: Sequence[New] = ()
    refusals: Sequence[str] = ()
    parts: int = 1
    wants_anchors: bool = False
    ties: bool = field(default=True)

    @property
    def digest(self) -> str:
        """Names the answer, so that what is done is what was seen."""
        return sha256(
            canonical(sorted([str(each.member.uid), str(each.entry.uid), each.reason.value] for each in self.new))
        )


def scored_entries(panel: Panel) -> QuerySet[Entry]:
    """What this panel scores: its office's assignments, or for a council what is appraised or goes straight to it."""
    rows = Entry.objects.filter(campaign=panel.campaign_id)
    if panel.kind == PanelKind.OFFICE:
        assigned = Assignment.objects.current().filter(office=panel.office_id, entry__campaign=panel.campaign_id)
        return rows.filter(pk__in=assigned.values("entry"), stage__in=SCORED_BY_OFFICE)
    straight = Q(stage=Stage.IN_APPRAISAL, pk__in=straight_to_council(panel.campaign))
    return rows.filter(Q(stage__in=SCORED_BY_COUNCIL) | straight)


def plan(campaign: Campaign, panels: Sequence[Panel], on: date) -> Plan:
    """Nothing is changed. A constant number of statements for each panel."""
    members = _members(panels)
    pairs = _pairs(panels)
    entries = {entry.pk: entry for entry, _panel in pairs}
    kept = list(Reading.objects.current().filter(member__in=members, entry__in=entries).select_related("member"))
    held = Plan(panels, members, list(entries.values()), kept)
    if not pairs:
        return Plan(panels, members, [], kept, refusals=[_("Chưa có hồ sơ nào để chia cho tổ chấm này.")])
    request = _request(campaign, members, pairs, kept, on)
    answer = assign(request)
    by_key = {_entry_key(entry, panel): entry for entry, panel in pairs}
    by_member = {each.pk: each for each in members}
    if isinstance(answer, model.Impossible):
        return _refused(held, answer, by_key, by_member)
    there = {(each.member_id, each.entry_id) for each in kept}
    new = [
        New(by_member[int(read.judge)], by_key[str(read.entry)], _REASONS[read.kind])
        for read in answer.reads
        if (int(read.judge), by_key[str(read.entry)].pk) not in there
    ]
    ties = answer.joined or bool(answer.anchors) or any(each.reason == ReadingReason.ANCHOR for each in kept)
    return Plan(panels, members, list(entries.values()), kept, new, (), answer.components, request.anchors > 0, ties)


def _members(panels: Sequence[Panel]) -> list[PanelMember]:
    rows = PanelMember.objects.current().filter(panel__in=panels, scores=True).select_related("user", "panel", "unit")
    return list(rows.order_by("panel", "position"))


def _pairs(panels: Sequence[Panel]) -> list[tuple[Entry, Panel]]:
    """Each entry with each panel that reads it: an entry of education may be read by two offices."""
    together = ("revision", "implementer", "initiative", "campaign")
    return [
        (entry, panel)
        for panel in panels
        for entry in scored_entries(panel).select_related(*together).order_by("implementer", "code")
    ]


def _entry_key(entry: Entry, panel: Panel) -> str:
    return f"{entry.pk}@{panel.pk}"


def _field_key(entry: Entry, panel: Panel) -> str:
    return f"{panel.pk}:{entry.revision.main_field if entry.revision else ''}"


def _request(
    campaign: Campaign, members: Sequence[PanelMember], pairs: Sequence[tuple[Entry, Panel]],
    kept: Sequence[Reading], on: date,
) -> model.Request:  # fmt: skip
    fields: defaultdict[int, set[model.Key]] = defaultdict(set)
    for entry, panel in pairs:
        fields[panel.pk].add(_field_key(entry, panel))
    readers = {panel.pk: panel.readers for _entry, panel in pairs}
    fixed, beside = _fixed(pairs, kept)
    limits = {panel.pk: panel.most_entries for _entry, panel in pairs}
    judges = tuple(
        model.Judge(each.pk, frozenset(fields[each.panel_id]), limits[each.panel_id])
        for each in members
        if each.panel_id in fields  # a panel without entries has nothing to read
    )
    has_anchors = any(each.reason == ReadingReason.ANCHOR for each in kept)
    wanted = max(panel.anchors for _entry, panel in pairs)
    return model.Request(
        entries=tuple(model.Entry(_entry_key(entry, panel), _field_key(entry, panel)) for entry, panel in pairs),
        judges=judges,
        readers=1,
        limit=_NO_LIMIT,
        fixed=frozenset(pair for pair in fixed if pair.judge in {each.id for each in judges}),
        forbidden=_forbidden(members, pairs, on),
        readers_of={
            key: readers[panel.pk] + beside[key] for entry, panel in pairs for key in [_entry_key(entry, panel)]
        },
        anchors=0 if has_anchors else wanted,
        seed=str(campaign.uid),
    )


def _fixed(pairs: Sequence[tuple[Entry, Panel]], kept: Sequence[Reading]) -> tuple[set[model.Pair], Counter[model.Key]]:
    """What stands, and for each entry how many of that are anchors, which do not fill its panel's need."""
    panels_of: defaultdict[int, list[Panel]] = defaultdict(list)
    for entry, panel in pairs:
        panels_of[entry.pk].append(panel)
    fixed: set[model.Pair] = set()
    beside: Counter[model.Key] = Counter()
    for each in kept:
        reading = panels_of[each.entry_id]
        own = next((panel for panel in reading if panel.pk == each.member.panel_id), None)
        key = f"{each.entry_id}@{(own or reading[0]).pk}"
        fixed.add(model.Pair(key, each.member_id))
        beside[key] += own is None
    return fixed, beside


def _forbidden(members: Sequence[PanelMember], pairs: Sequence[tuple[Entry, Panel]], on: date) -> frozenset[model.Pair]:
    """Conflicts; and that a judge of one of two panels reads the entry for the other one, too."""
    entries = {entry.pk: entry for entry, _panel in pairs}
    kept_out = members_kept_out(members, list(entries.values()), on)
    keys: defaultdict[int, list[tuple[str, int]]] = defaultdict(list)
    for entry, panel in pairs:
        keys[entry.pk].append((_entry_key(entry, panel), panel.pk))
    found = {model.Pair(key, member) for member, entry_pk in kept_out for key, _panel in keys[entry_pk]}
    for told in keys.values():
        for key, panel_pk in told:
            others = {other for _key, other in told} - {panel_pk}
            found |= {model.Pair(key, each.pk) for each in members if each.panel_id in others}
    return frozenset(found)


def _refused(
    held: Plan, answer: model.Impossible, by_key: Mapping[str, Entry], by_member: Mapping[int, PanelMember]
) -> Plan:
    panels = {panel.pk: panel.name for panel in held.panels}
    names = Names(
        entry=lambda key: by_key[str(key)].code,
        judge=lambda key: by_member[int(key)].name,
        field=lambda key: panels.get(int(str(key).partition(":")[0]), ""),
    )
    refusals = [sentence(each, names) for each in answer.reasons]
    return Plan(held.panels, held.members, held.entries, held.kept, refusals=refusals)


def loads(readings: Iterable[tuple[int, int]], hidden: Collection[int] = ()) -> Counter[int]:
    """Member → how many entries; ``hidden`` entries are not counted for who must not know of them."""
    return Counter(member for member, entry in readings if entry not in hidden)

"""In what order a judge reads, and how far that judge has come. Least read first; the same order at each look."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from sangkien.accounts.actor import Actor
from sangkien.appraisal.judging.document import mask_of, title_of
from sangkien.appraisal.judging.redaction import Mask
from sangkien.appraisal.judging.seats import readings_of, with_unit_name
from sangkien.appraisal.models import PanelMember, Reading, ScoreSheet
from sangkien.campaigns.models import CriteriaSet
from sangkien.scoring.assigning.assigning import reading_order


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of the queue. ``read_by``: how many other judges have handed in a sheet; never what they gave."""

    reading: Reading
    title: str
    unit_name: str
    read_by: int
    is_filed: bool
    is_begun: bool


@dataclass(frozen=True, slots=True)
class Queue:
    """What one judge reads in one panel; ``waiting`` in the order of reading, then what is ``done``.

    ``masks``: reading → what hides its names; empty where names are read.
    """

    member: PanelMember
    waiting: Sequence[Item]
    done: Sequence[Item]
    masks: Mapping[int, Mask]

    @property
    def total(self) -> int:
        return len(self.waiting) + len(self.done)

    @property
    def due_date(self) -> date | None:
        return self.member.panel.due_date

    def after(self, reading: Reading) -> Reading | None:
        """What is read next; the one at hand is left out."""
        return next((each.reading for each in self.waiting if each.reading.pk != reading.pk), None)


def queues(actor: Actor, criteria: CriteriaSet | None, *, of: PanelMember | None = None) -> list[Queue]:
    """Per panel of the person (``of``: of one only). Two statements, three more where names are hidden."""
    rows = with_progress(readings_of(actor), criteria)
    if of is not None:
        rows = rows.filter(member=of)
    readings = list(with_unit_name(rows).order_by("pk"))
    blind = bool(criteria and criteria.blind_names)
    masks = mask_of((each, each.entry.revision) for each in readings if each.entry.revision) if blind else {}
    items = [_item(each, title_of(each, masks.get(each.pk)), blind=blind) for each in readings]
    by_member: dict[int, list[Item]] = {}
    for item in items:
        by_member.setdefault(item.reading.member_id, []).append(item)
    return [_queue(held, masks) for held in by_member.values()]


def with_progress(readings: "QuerySet[Reading]", criteria: CriteriaSet | None) -> "QuerySet[Reading]":
    """``is_filed``, ``is_begun`` by this judge, ``read_by`` so many others, by these criteria."""
    sheets = ScoreSheet.objects.standing().filter(criteria_set=criteria, entry=OuterRef("entry"))
    mine = sheets.filter(member=OuterRef("member"))
    others = sheets.filter(filed_at__isnull=False).exclude(member=OuterRef("member")).order_by().values("entry")
    counted = Subquery(others.annotate(count=Count("pk")).values("count"), output_field=IntegerField())
    return readings.annotate(
        is_filed=Exists(mine.filter(filed_at__isnull=False)), is_begun=Exists(mine), read_by=Coalesce(counted, 0)
    )


def _item(reading: Reading, title: str, *, blind: bool) -> Item:
    told = vars(reading)  # annotated above
    unit_name = "" if blind else told["unit_name"] or ""
    return Item(reading, title, unit_name, told["read_by"], told["is_filed"], told["is_begun"])


def _queue(items: Sequence[Item], masks: Mapping[int, Mask]) -> Queue:
    member = items[0].reading.member
    seed = str(member.panel.campaign.uid)
    by_key = {str(each.reading.entry.uid): each for each in items}
    order = reading_order(str(member.uid), by_key, {key: each.read_by for key, each in by_key.items()}, seed)
    waiting = [by_key[str(key)] for key in order if not by_key[str(key)].is_filed]
    return Queue(member, waiting, [each for each in items if each.is_filed], masks)

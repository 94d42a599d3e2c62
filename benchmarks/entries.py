"""A campaign with very many entries, written in bulk. For benchmarks only: the rows say what the actions would have
written, but nothing of them stands in the ledger.

``python -m benchmarks.entries COUNT`` fills the database of ``DATABASE_URL``, which must be empty.
"""

import sys
from datetime import UTC, date, datetime, timedelta
from itertools import islice

import django

django.setup()

from django.db import transaction
from tests.factories import campaigns, district3
from tests.factories.units import AT, OFFICER, new, unit

from benchmarks.entry_texts import Text, texts
from sangkien.campaigns.models import Campaign, Participant, ReceiptCounter
from sangkien.initiatives.models import Initiative, Revision
from sangkien.intake import finding
from sangkien.intake.lifecycle import Stage
from sangkien.intake.models import Channel, Entry, EntryCounter, Receipt, Submission, SubmissionItem
from sangkien.units import actions
from sangkien.units.models import Kind, Level, Unit

UNITS = 168
WITHOUT = 24  # the last units of the plan have no entry yet: they send while it is measured
_BATCH = 1_000
_OPENS = datetime(2024, 7, 16, 1, tzinfo=UTC)
# how an archive of a campaign at its height is spread over the stages
_STAGES = (
    (Stage.SUBMITTED, 0.30), (Stage.ADMITTED, 0.55), (Stage.CHANGES_REQUESTED, 0.06), (Stage.DRAFT, 0.04),
    (Stage.WITHDRAWN, 0.02), (Stage.DEFERRED, 0.02), (Stage.REJECTED, 0.01),
)  # fmt: skip
_LATE_EVERY = 40


def world() -> Campaign:
    """A district with 168 units, its plan issued by the actions."""
    city = unit("Thành phố B", kind=Kind.PROVINCE_PC, level=Level.PROVINCE)
    district = unit("Quận 3", parent=city, kind=Kind.DISTRICT_PC, level=Level.DISTRICT)
    department = {"kind": Kind.DEPARTMENT, "level": Level.DISTRICT, "parent": district}
    offices = [new(name, **department) for name in district3.OFFICES]
    wards = [new(f"Phường {number:03}", parent=district) for number in range(1, UNITS + 1)]
    made = actions.establish_all(news=[*offices, *wards], on=date(2021, 2, 4), by=OFFICER, at=AT)
    named: dict[str, Unit] = dict(zip([*district3.OFFICES, *(each.name for each in wards)], made, strict=True))
    return campaigns.issued(district3.District3(city, district, named, named))


def fill(campaign: Campaign, count: int) -> None:
    """``count`` entries spread over all units but the last, each found by the search."""
    asked = Participant.objects.filter(campaign=campaign).order_by("position")
    units = list(asked.values_list("unit", "position"))[:-WITHOUT]
    source, numbers = texts(), dict.fromkeys(units, 0)
    for first in range(0, count, _BATCH):
        batch = list(islice(source, min(_BATCH, count - first)))
        with transaction.atomic():
            _write(campaign, first, batch, units, numbers)
        print(f"\r{first + len(batch)} / {count}", end="", file=sys.stderr, flush=True)
    EntryCounter.objects.bulk_create(
        EntryCounter(campaign=campaign, unit_id=unit_id, last=last) for (unit_id, _place), last in numbers.items()
    )
    given = Receipt.objects.filter(campaign=campaign).count()
    ReceiptCounter.objects.filter(campaign=campaign).update(last=given)
    print(file=sys.stderr)


def _write(
    campaign: Campaign, first: int, batch: list[Text], units: list[tuple[int, int]], numbers: dict[tuple[int, int], int]
) -> None:
    places = [units[(first + index) * 7 % len(units)] for index in range(len(batch))]
    initiatives = Initiative.objects.bulk_create(Initiative(implementer_id=one, created_at=AT) for one, _ in places)
    stages = [_stage(first + index) for index in range(len(batch))]
    told = zip(initiatives, batch, stages, strict=True)
    revisions = Revision.objects.bulk_create(_revision(initiative, text, stage) for initiative, text, stage in told)
    entries = []
    for index, (revision, place, stage) in enumerate(zip(revisions, places, stages, strict=True)):
        numbers[place] += 1
        entries.append(_entry(campaign, revision, place, stage, numbers[place], first + index))
    Entry.objects.bulk_create(entries)
    _send(campaign, first, [each for each in entries if each.stage != Stage.DRAFT])
    finding.make_findable(entries)


def _stage(index: int) -> Stage:
    """By the golden ratio, so that every stretch holds every stage in its share."""
    place = index * 0.6180339887 % 1
    for stage, share in _STAGES:
        if place < share:
            return stage
        place -= share
    return Stage.SUBMITTED


def _revision(initiative: Initiative, text: Text, stage: Stage) -> Revision:
    sent = stage != Stage.DRAFT
    return Revision(
        initiative=initiative, number=1, title=text.title, main_field=text.field, situation=text.situation,
        content=text.content, effectiveness=text.effectiveness, novelty=text.novelty, edited_at=AT, edited_by="user:1",
        frozen_at=AT if sent else None, facts="{}" if sent else "", sha256="0" * 64 if sent else "",
    )  # fmt: skip


def _entry(
    campaign: Campaign, revision: Revision, place: tuple[int, int], stage: Stage, number: int, index: int
) -> Entry:
    unit_id, position = place
    late = timedelta(days=75) if index % _LATE_EVERY == 0 else timedelta()
    at = _OPENS + timedelta(seconds=index * 37 % (58 * 86_400)) + late
    sent = stage != Stage.DRAFT
    return Entry(
        initiative=revision.initiative, campaign=campaign, organiser_id=campaign.organiser_id, implementer_id=unit_id,
        code=f"{position:03}.{number:03}", stage=stage, stage_at=at, revision=revision, created_at=at,
        arrived_at=at if sent else None, submitted_at=at if sent else None,
    )  # fmt: skip


def _send(campaign: Campaign, first: int, entries: list[Entry]) -> None:
    """Each entry by a sending of its own, with its receipt."""
    sendings = Submission.objects.bulk_create(
        Submission(
            campaign=campaign, unit_id=each.implementer_id, sent_by="user:1", channel=Channel.WEB,
            arrived_at=each.arrived_at, recorded_at=each.submitted_at, key=f"bench:{each.uid}",
        )
        for each in entries
    )  # fmt: skip
    SubmissionItem.objects.bulk_create(
        SubmissionItem(submission=sending, entry=each, revision=each.revision)
        for sending, each in zip(sendings, entries, strict=True)
    )
    given = Receipt.objects.filter(campaign=campaign).count()
    Receipt.objects.bulk_create(
        Receipt(campaign=campaign, number=given + number, submission=sending, given_at=sending.recorded_at)
        for number, sending in enumerate(sendings, start=1)
    )


if __name__ == "__main__":
    fill(world(), int(sys.argv[1]))

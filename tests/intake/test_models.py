"""What the tables of this room refuse, whoever writes."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, models, transaction

from sangkien.attachments.models import Attachment
from sangkien.campaigns.models import Campaign
from sangkien.intake.lifecycle import Stage
from sangkien.intake.models import (
    AdmissionItem,
    Consolidation,
    ConsolidationRow,
    Entry,
    Evidence,
    Gap,
    Receipt,
    Return,
    Submission,
    SubmissionItem,
)
from tests.factories import attachments, intake
from tests.factories import papers as paper_factory
from tests.factories.district3 import District3
from tests.factories.intake import DUE, IN_TIME

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(db: None) -> Attachment:
    return attachments.attachment()


@pytest.fixture
def papers(told: District3) -> list[Any]:
    return [paper_factory.ready(told.district) for _number in range(3)]


def _refused(write: Callable[[], object]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        write()


@pytest.mark.parametrize(
    "facts",
    [
        {"stage": "lost"},
        {"stage": Stage.MERGED},
        {"stage": Stage.DRAFT},  # a draft was not sent
        {"submitted_at": None},
        {"arrived_at": None},
        {"revision": None},
        {"code": ""},
    ],
)
def test_an_entry_that_would_lie_is_refused(entry: Entry, facts: dict[str, Any]) -> None:
    _refused(lambda: Entry.objects.filter(pk=entry.pk).update(**facts))


def test_an_entry_is_merged_into_another_exactly_when_it_says_so(told: District3, entry: Entry) -> None:
    other = intake.submitted(entry.campaign, told.wards["Phường 05"])
    _refused(lambda: Entry.objects.filter(pk=entry.pk).update(stage=Stage.MERGED, merged_into=entry))
    _refused(lambda: Entry.objects.filter(pk=entry.pk).update(merged_into=other))


def test_one_entry_a_campaign_one_code_one_successor(told: District3, entry: Entry) -> None:
    draft = intake.draft(entry.campaign, told.wards["Phường 05"])
    third = intake.draft(entry.campaign, told.wards["Phường 05"])
    rows = Entry.objects.filter(pk=draft.pk)
    _refused(lambda: rows.update(initiative=entry.initiative))
    _refused(lambda: rows.update(code=entry.code))
    _refused(lambda: rows.update(deferred_from=draft))
    rows.update(deferred_from=entry)
    _refused(lambda: Entry.objects.filter(pk=third.pk).update(deferred_from=entry))


@pytest.mark.parametrize(
    "facts",
    [
        {"sent_by": ""},  # neither sent nor recorded
        {"recorded_by": "user:3"},  # both
        {"sent_by": "", "recorded_by": "user:3"},  # recorded from nothing
        {"channel": "pigeon"},
        {"arrived_at": IN_TIME + timedelta(seconds=1)},  # after it was recorded
        {"key": ""},
    ],
)
def test_a_sending_that_would_lie_is_refused(entry: Entry, facts: dict[str, Any]) -> None:
    _refused(lambda: Submission.objects.update(**facts))


def test_a_recorded_sending_names_its_letter_or_file(file: Attachment, entry: Entry) -> None:
    assert Submission.objects.update(sent_by="", recorded_by="user:3", file=file) == 1


def test_a_receipt_has_a_number_once_and_a_sending_or_a_reason(entry: Entry) -> None:
    receipt = Receipt.objects.get()
    given = {"campaign": entry.campaign, "given_at": IN_TIME}
    _refused(lambda: Receipt.objects.create(number=1, void_reason="Mất", **given))
    _refused(lambda: Receipt.objects.create(number=2, **given))
    _refused(lambda: Receipt.objects.create(number=0, void_reason="Mất", **given))
    _refused(lambda: Receipt.objects.create(number=2, submission=receipt.submission, **given))
    _refused(lambda: Receipt.objects.filter(pk=receipt.pk).update(void_reason="Mất"))
    Receipt.objects.create(number=2, void_reason="Mất", **given)


def test_one_current_item_return_and_admission_of_an_entry(told: District3, entry: Entry) -> None:
    item = SubmissionItem.objects.get()
    other = Submission.objects.create(
        campaign=entry.campaign, unit=entry.implementer, sent_by="user:2", channel="web", arrived_at=IN_TIME,
        recorded_at=IN_TIME, key="khác",
    )  # fmt: skip
    _refused(lambda: SubmissionItem.objects.create(submission=other, entry=entry, revision=item.revision))
    back = intake.returned(entry)
    _refused(
        lambda: Return.objects.create(
            entry=entry, revision=item.revision, due_date=DUE, returned_at=IN_TIME, returned_by="user:3"
        )
    )
    _refused(lambda: Return.objects.filter(pk=back.pk).update(answered_by=other))  # answered, and not ended
    for facts in ({"position": 1}, {"position": 0}, {"position": 2, "text": ""}):
        _refused(lambda facts=facts: Gap.objects.create(**{"returned": back, "text": "Thiếu", **facts}))  # type: ignore[misc]  # bound per turn
    second = intake.submitted(entry.campaign, told.wards["Phường 05"])
    admission = intake.admitted(second)
    _refused(lambda: AdmissionItem.objects.create(admission=admission, entry=second))


def test_a_consolidation_has_each_number_entry_and_place_once(
    told: District3, papers: list[Any], campaign: Campaign, entry: Entry
) -> None:
    facts = {"campaign": campaign, "frozen_at": IN_TIME, "sha256": "0" * 64}
    made = Consolidation.objects.create(number=1, paper=papers[0], **facts)
    _refused(lambda: Consolidation.objects.create(number=1, paper=papers[1], **facts))
    _refused(lambda: Consolidation.objects.create(number=2, paper=papers[0], **facts))
    row = {"consolidation": made, "revision": entry.revision}
    ConsolidationRow.objects.create(entry=entry, position=1, **row)
    _refused(lambda: ConsolidationRow.objects.create(entry=entry, position=2, **row))
    other = intake.submitted(campaign, told.wards["Phường 05"])
    _refused(lambda: ConsolidationRow.objects.create(entry=other, position=1, **row))
    _refused(lambda: ConsolidationRow.objects.create(entry=other, position=0, **row))


def test_the_same_file_is_evidence_of_an_entry_once(file: Attachment, entry: Entry) -> None:
    facts = {"entry": entry, "attachment": file, "added_at": IN_TIME}
    Evidence.objects.create(**facts)
    _refused(lambda: Evidence.objects.create(**facts))


def test_rows_name_themselves(entry: Entry) -> None:
    back = intake.returned(entry)
    rows: list[models.Model] = [entry, back, back.gaps.get(), Receipt.objects.get(), Submission.objects.get()]
    assert all(str(row) for row in rows)

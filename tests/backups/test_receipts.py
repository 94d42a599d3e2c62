"""Receipt numbers given after the backup: void, never given twice, whoever tells of them."""

from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from sangkien.accounts.refusal import Refused
from sangkien.backups import receipts, restoring
from sangkien.backups.models import Place
from sangkien.backups.places import here
from sangkien.backups.reading import check
from sangkien.backups.restoring import LastReceiptUnknown, Restored, Wanted
from sangkien.campaigns.models import Campaign, ReceiptCounter
from sangkien.intake import verifying as intake
from sangkien.intake.models import EntryCounter, Receipt
from sangkien.ledger.models import Act
from sangkien.ledger.verifying import verify
from tests.factories.backups import BY, NOW, PASSPHRASE, World, made, quiet, receipt, world

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def old(shared_database: None, tmp_path: Path) -> tuple[World, Path]:
    """A world whose backup knows receipts 1 and 2; number 3 was given since."""
    told = world()
    made(tmp_path / "bản")
    receipt(told.units, told.campaign, at=NOW)
    return told, tmp_path / "bản"


def put_back(path: Path, last: dict[UUID, int], **facts: Any) -> Restored:
    wanted = Wanted(**{"replace": True, "last_receipts": last, **facts})
    return restoring.restore(path, passphrase=PASSPHRASE, wanted=wanted, by=BY, at=NOW, progress=quiet)


def numbers() -> list[tuple[int, bool]]:
    """Number, and whether it is void."""
    return [(each.number, each.submission_id is None) for each in Receipt.objects.order_by("number")]


def test_numbers_given_since_are_void_and_the_next_one_follows(old: tuple[World, Path]) -> None:
    told, path = old
    restored = put_back(path, {told.campaign.uid: 5})
    assert restored.voided == {str(told.campaign.uid): 3}
    assert numbers() == [(1, False), (2, False), (3, True), (4, True), (5, True)]
    assert ReceiptCounter.objects.get().last == 5
    assert all(each.void_reason for each in Receipt.objects.filter(submission=None))
    assert list(Act.objects.order_by("-seq").values_list("verb", flat=True)[:2]) == [
        "backup.restored",
        "campaign.receipts_voided",
    ]
    assert verify() == []
    assert list(intake.verify()) == []


def test_codes_of_entries_are_left_out_as_well(old: tuple[World, Path]) -> None:
    told, path = old
    put_back(path, {told.campaign.uid: 3})
    asked = told.campaign.participants.count()
    assert asked > 0
    counters = EntryCounter.objects.filter(campaign__uid=told.campaign.uid)
    assert sorted(counters.values_list("last", flat=True)) == [100] * (asked - 1) + [102]


def test_nothing_is_void_when_nothing_was_given_since(old: tuple[World, Path]) -> None:
    told, path = old
    assert put_back(path, {told.campaign.uid: 2}).voided == {}
    assert numbers() == [(1, False), (2, False)]
    assert EntryCounter.objects.get().last == 2


def test_nobody_guesses(old: tuple[World, Path]) -> None:
    _told, path = old
    with pytest.raises(LastReceiptUnknown) as unknown:
        put_back(path, {})
    assert [each.last for each in unknown.value.campaigns] == [2]
    assert numbers() == [(1, False), (2, False), (3, False)]


def test_a_campaign_at_its_end_gives_no_more(shared_database: None, tmp_path: Path) -> None:
    told = world()
    Campaign.objects.filter(pk=told.campaign.pk).update(state="archived")
    made(tmp_path / "bản")
    assert put_back(tmp_path / "bản", {}).voided == {}


def test_a_slip_of_the_finger_is_told_and_undoes_all(old: tuple[World, Path]) -> None:
    told, path = old
    with pytest.raises(Refused, match="xem lại số"):
        put_back(path, {told.campaign.uid: 2_000_000})
    assert numbers()[-1] == (3, False)


def test_a_newer_backup_tells_what_was_given(old: tuple[World, Path]) -> None:
    told, path = old
    uid = told.campaign.uid
    made(here() / "sao-luu-moi.sangkien", place=Place.HERE, at=NOW + timedelta(days=1))
    (here() / "sao-luu-hong.sangkien").write_bytes(b"sangkien backup\nhong")
    head = check(path, PASSPHRASE).head
    assert receipts.told_by_newer(head, PASSPHRASE) == {uid: 3}
    assert receipts.told_by_newer(head, "một cụm mật khẩu khác") == {}
    newest = check(here() / "sao-luu-moi.sangkien", PASSPHRASE).head
    assert receipts.told_by_newer(newest, PASSPHRASE) == {}

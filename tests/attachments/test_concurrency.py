"""Several people hand over the same file at once, and somebody sweeps."""

from pathlib import Path

import pytest
from django.utils import timezone

from sangkien.attachments.keeping import receive
from sangkien.attachments.metadata import without_metadata
from sangkien.attachments.models import Attachment, Blob, path_of
from sangkien.attachments.refusal import Refused
from sangkien.attachments.verifying import sweep, verify
from sangkien.ledger.verifying import verify as verify_ledger
from tests.factories.attachments import AT, OFFICER, attachment, file
from tests.factories.pictures import photograph
from tests.stores import age, files_in
from tests.together import shared_database, together

__all__ = ["shared_database"]
pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def test_the_same_file_by_eight_people_is_one_blob(shared_database: None, own_store: Path) -> None:
    assert together(8, lambda number: attachment(name=f"{number}.pdf") and None) == []
    assert (Blob.objects.count(), Attachment.objects.count(), len(files_in(own_store))) == (1, 8, 1)
    assert list(verify()) == verify_ledger() == []


def test_a_picture_is_cleaned_once(shared_database: None) -> None:
    kept = attachment(photograph(), "ảnh.jpg")
    assert together(4, lambda _number: without_metadata(kept, by=OFFICER, at=AT) and None) == []
    assert Attachment.objects.count() == 2


def test_sweeping_while_the_same_bytes_are_handed_over_leaves_no_row_without_a_file(
    shared_database: None, own_store: Path
) -> None:
    for _round in range(5):
        left = receive(file(), "a.pdf", by=OFFICER, at=AT)
        age(path_of(left.sha256), to=AT.timestamp())

        assert {type(error) for error in together(4, _sweep_or_attach)} <= {Refused}
        assert list(verify()) == []
        Attachment.objects.all().delete()
        Blob.objects.all().delete()


def _sweep_or_attach(number: int) -> None:
    if number % 2:
        sweep(timezone.now())
    else:
        attachment()

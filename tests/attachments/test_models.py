"""What the database itself refuses, and how a row names itself."""

from collections.abc import Callable

import pytest
from django.db import IntegrityError, models, transaction
from django.db.models.deletion import ProtectedError

from sangkien.attachments.models import Attachment, Blob
from tests.factories.attachments import attachment, bare_attachment, blob

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "row",
    [
        lambda kept: blob(sha256="abc"),
        lambda kept: blob(b"other", size=0),
        lambda kept: blob(b"other", media_type=""),
        lambda kept: bare_attachment(kept.blob, original_name=""),
        lambda kept: bare_attachment(kept.blob, uid=kept.uid),
        lambda kept: bare_attachment(kept.blob, metadata_removed_of=_cleaned(kept)),
        lambda kept: bare_attachment(kept.blob, pk=kept.pk + 1, metadata_removed_of_id=kept.pk + 1),
    ],
)
def test_the_database_refuses(row: Callable[[Attachment], models.Model]) -> None:
    kept = attachment()
    with pytest.raises(IntegrityError), transaction.atomic():
        row(kept).save(force_insert=True)


def _cleaned(kept: Attachment) -> Attachment:
    """The attachment, of which there is a cleaned one already."""
    bare_attachment(kept.blob, metadata_removed_of=kept).save()
    return kept


def test_the_same_hash_twice_is_refused() -> None:
    attachment()
    with pytest.raises(IntegrityError), transaction.atomic():
        blob().save(force_insert=True)


def test_bytes_that_an_attachment_speaks_of_are_not_deleted() -> None:
    kept = attachment()
    with pytest.raises(ProtectedError):
        kept.blob.delete()


def test_every_row_names_itself() -> None:
    kept = attachment(name="báo cáo.pdf")
    assert str(kept) == "báo cáo.pdf"
    assert str(Blob.objects.get()) == f"{kept.blob_id[:12]}… (application/pdf)"

"""Blob (bytes under their hash) and Attachment (a blob as somebody handed it over). Neither ever changes."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length
from django.db.models.lookups import Exact

LONGEST_NAME = 200


class Blob(models.Model):
    """The bytes, once, however often they were handed over."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    size = models.BigIntegerField()
    media_type = models.CharField(max_length=100)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="blob_whole_hash", condition=Exact(Length("sha256"), 64)),
            models.CheckConstraint(name="blob_not_empty", condition=Q(size__gte=1)),
            models.CheckConstraint(name="blob_has_type", condition=~Q(media_type="")),
        ]

    def __str__(self) -> str:
        return f"{self.sha256[:12]}… ({self.media_type})"

    @property
    def path(self) -> str:
        """Its name in the storage."""
        return path_of(self.sha256)


def path_of(sha256: str) -> str:
    """Where bytes with this hash lie: 256 folders, so that none holds too many files."""
    return f"{sha256[:2]}/{sha256}"


class Attachment(models.Model):
    """A file as it came, under the name it came with. ``metadata_removed_of`` is the one it was made from."""

    uid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    blob = models.ForeignKey(Blob, models.PROTECT, related_name="attachments")
    original_name = models.CharField(max_length=LONGEST_NAME)
    metadata_removed_of = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="derived")
    created_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="attachment_cleaned_once",
                fields=["metadata_removed_of"],
                condition=Q(metadata_removed_of__isnull=False),
            ),
            models.CheckConstraint(name="attachment_has_name", condition=~Q(original_name="")),
            models.CheckConstraint(
                name="attachment_not_of_itself",
                condition=Q(metadata_removed_of__isnull=True) | ~Q(metadata_removed_of=F("pk")),
            ),
        ]

    def __str__(self) -> str:
        return self.original_name

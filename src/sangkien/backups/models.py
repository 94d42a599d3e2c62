"""``Backup``: a backup file that was written to its end and read again. A half one has no row."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Length
from django.db.models.lookups import Exact
from django.utils.translation import gettext_lazy as _

from sangkien.ledger.verifying import Anchor


class Place(models.TextChoices):
    """Where the file lies. No path stands in a row: a folder may come back under another name."""

    HERE = "here", _("thư mục dữ liệu")
    SECOND = "second", _("nơi thứ hai")
    ELSEWHERE = "elsewhere", _("chỗ người quản trị tự chọn")


class Why(models.TextChoices):
    """What made it."""

    DAILY = "daily", _("tự động hằng ngày")
    BY_HAND = "by_hand", _("người quản trị bấm")
    BEFORE_RESTORE = "before_restore", _("trước khi khôi phục")


class BackupQuerySet(models.QuerySet["Backup"]):
    """Sets of backups."""

    def good(self) -> "BackupQuerySet":
        """Still there, as far as we know, and with every file that belonged in it."""
        return self.filter(removed_at__isnull=True, missing=0)


class Backup(models.Model):
    """``taken_at`` is the moment that it shows, ``checked_at`` when it was read again after writing.

    ``missing`` counts files of the store that were lost or changed already, so that they could not be kept.
    """

    uid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=255)
    place = models.CharField(max_length=10, choices=Place)
    why = models.CharField(max_length=20, choices=Why)
    sealed = models.BooleanField()
    taken_at = models.DateTimeField()
    checked_at = models.DateTimeField()
    size = models.BigIntegerField()
    sha256 = models.CharField(max_length=64)
    rows = models.BigIntegerField()
    files = models.BigIntegerField()
    missing = models.BigIntegerField(default=0)
    anchor = models.CharField(max_length=90)
    removed_at = models.DateTimeField(null=True, blank=True)

    objects = BackupQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["-taken_at", "-id"], name="backup_newest"),  # the page, and every administrator's note
        ]
        constraints: ClassVar = [
            models.CheckConstraint(name="backup_place_known", condition=Q(place__in=Place.values)),
            models.CheckConstraint(name="backup_why_known", condition=Q(why__in=Why.values)),
            models.CheckConstraint(name="backup_whole_hash", condition=Exact(Length("sha256"), 64)),
            models.CheckConstraint(name="backup_plain_only_here", condition=Q(sealed=True) | Q(place="here")),
        ]

    def __str__(self) -> str:
        return f"{self.name} · {self.place}"

    @property
    def head(self) -> Anchor:
        """The last act that it holds."""
        return Anchor.parse(self.anchor)

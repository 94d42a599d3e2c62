"""The chain (``Act``) and its last link (``Head``)."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, ClassVar, NoReturn
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from sangkien.ledger.canonical import dump, moment, sha256

GENESIS = "0" * 64  # what the first act names as the one before it
CLOCK_PUT_RIGHT = "ledger.clock_put_right"  # the one verb whose act may be dated before the act before it


class NeverChanged(RuntimeError):
    """Code tried to change, delete or write an act past ``record()``."""


class SeenBy(models.TextChoices):
    """Whose eyes an act is for. ``SEALED`` is seen by nobody before the decision, then as the decision says."""

    UNIT = "unit", _("đơn vị có liên quan")
    LEAD = "lead", _("đơn vị đầu mối")
    PANEL = "panel", _("hội đồng")
    PUBLIC = "public", _("mọi người")
    SEALED = "sealed", _("niêm phong")


class ActQuerySet(models.QuerySet["Act"]):
    """Reads, and one way to write: ``append``."""

    def append(self, acts: list["Act"]) -> None:
        """Only ``acting()`` calls this, holding the head."""
        super().bulk_create(acts)

    def about(self, subject_uid: UUID) -> "ActQuerySet":
        """The history of one thing, oldest first."""
        return self.filter(subject_uid=subject_uid).order_by("seq")

    def update(self, **_: Any) -> NoReturn:
        _refuse("update")

    def delete(self) -> NoReturn:
        _refuse("delete")

    def bulk_create(self, *_: Any, **__: Any) -> NoReturn:
        _refuse("bulk_create")

    def bulk_update(self, *_: Any, **__: Any) -> NoReturn:
        _refuse("bulk_update")


def _refuse(what: str) -> NoReturn:
    raise NeverChanged(f"{what}: acts are written by record() inside acting(), and never changed or deleted")


class Act(models.Model):
    """One act: who, in whose name, what, on what, when. ``actor`` and the uids are ids; no name of a person is here."""

    seq = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    actor = models.CharField(max_length=100)
    acting_unit = models.UUIDField(null=True, blank=True)
    verb = models.CharField(max_length=60)
    subject_kind = models.CharField(max_length=40)
    subject_uid = models.UUIDField()
    seen_by = models.CharField(max_length=10, choices=SeenBy)
    payload = models.TextField()
    previous = models.CharField(max_length=64, unique=True)
    hash = models.CharField(max_length=64, unique=True)

    objects = ActQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["subject_uid", "seq"], name="act_of_subject"),  # the history on every page of a thing
        ]
        constraints: ClassVar = [
            models.CheckConstraint(name="act_seq_from_one", condition=models.Q(seq__gte=1)),
            models.CheckConstraint(name="act_seen_by_known", condition=models.Q(seen_by__in=SeenBy.values)),
        ]

    def __str__(self) -> str:
        return f"{self.seq} · {self.verb} · {self.subject_kind} {self.subject_uid}"

    def save(self, *_: Any, **__: Any) -> NoReturn:
        _refuse("save")

    def delete(self, *_: Any, **__: Any) -> NoReturn:
        _refuse("delete")

    def digest(self) -> str:
        """The hash that this content must have. ``seq`` stands outside: the chain itself is the order."""
        return sha256(
            dump(
                {
                    "at": moment(self.at),
                    "actor": self.actor,
                    "acting_unit": self.acting_unit and str(self.acting_unit),
                    "verb": self.verb,
                    "subject_kind": self.subject_kind,
                    "subject_uid": str(self.subject_uid),
                    "seen_by": self.seen_by,
                    "payload": self.payload,
                    "previous": self.previous,
                }
            )
        )


class Head(models.Model):
    """The one row that every writer locks: the last act's number, moment and hash."""

    THE_ONE: ClassVar = 1

    id = models.PositiveSmallIntegerField(primary_key=True, default=THE_ONE)
    seq = models.BigIntegerField(default=0)
    hash = models.CharField(max_length=64, default=GENESIS)
    at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="head_only_one", condition=models.Q(id=1)),
            models.CheckConstraint(
                name="head_at_with_first_act",
                condition=models.Q(seq=0, at__isnull=True) | models.Q(seq__gte=1, at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.seq} · {self.hash}"

    def follow(self, acts: Iterable[Act]) -> None:
        """Number, date and chain the acts after this head, in their order; the head then stands at the last one."""
        for act in acts:
            self.seq += 1
            act.seq = self.seq
            if act.verb != CLOCK_PUT_RIGHT:
                act.at = self._not_before(act.at)
            act.previous = self.hash
            act.hash = act.digest()
            self.at, self.hash = act.at, act.hash

    def _not_before(self, at: datetime) -> datetime:
        return at if self.at is None or at > self.at else self.at

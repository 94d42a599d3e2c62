"""``Message``, one notice; ``Delivery``, its way to one mailbox."""

import uuid
from datetime import datetime
from typing import ClassVar, Final

from django.db import models
from django.db.models import Q

from sangkien.accounts.models import Invitation, User
from sangkien.units.models import Unit

OF_REPORTS: Final = "intake."  # kinds of notices about a unit's reports begin so: who may not follow them is not told


class Message(models.Model):
    """What a unit or a person is told of one thing (``subject_uid``), in two lines and an address of this site.

    ``folded``: title and text without marks, for the search. ``scope_uid``: the campaign it is about, which decides
    whose memberships and invitations it reaches. ``sent_at`` and ``error`` are of its mails all together; without mail
    both stay empty.
    """

    uid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    to_unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="notices", db_index=False)
    to_user = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="notices", db_index=False)
    scope_uid = models.UUIDField(null=True, blank=True)
    kind = models.CharField(max_length=60)
    subject_uid = models.UUIDField()
    title = models.CharField(max_length=150)
    text = models.CharField(max_length=500)
    folded = models.TextField(default="", editable=False)
    path = models.CharField(max_length=300)
    key = models.CharField(max_length=200, unique=True)
    made_at = models.DateTimeField()
    addressed_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["to_unit", "made_at"], name="notice_of_unit", condition=Q(to_unit__isnull=False)),
            models.Index(fields=["to_user", "made_at"], name="notice_of_user", condition=Q(to_user__isnull=False)),
            # what the units of a campaign were told, the newest first: the lead unit's list
            models.Index(fields=["scope_uid", "id"], name="notice_of_scope", condition=Q(to_unit__isnull=False)),
            models.Index(fields=["subject_uid", "made_at"], name="notice_of_subject"),  # what was told of one thing
            models.Index(fields=["made_at", "id"], name="notice_to_address", condition=Q(addressed_at__isnull=True)),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="message_to_exactly_one",
                condition=Q(to_unit__isnull=False, to_user__isnull=True)
                | Q(to_unit__isnull=True, to_user__isnull=False),
            ),
            models.CheckConstraint(
                name="message_sent_after_addressed", condition=Q(sent_at__isnull=True) | Q(addressed_at__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} · {self.subject_uid} · {self.key}"


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    """Sets of deliveries."""

    def open(self) -> "DeliveryQuerySet":
        """Neither sent nor given up."""
        return self.filter(ended_at__isnull=True)

    def free(self, claimed_before: datetime) -> "DeliveryQuerySet":
        """Open, and in the hands of no living sender."""
        return self.open().filter(Q(claimed_at__isnull=True) | Q(claimed_at__lt=claimed_before))


class Delivery(models.Model):
    """A message on its way to a person, or to the mailbox of a unit's invitation. The address is read when it leaves.

    ``error`` is a sentence without an address. ``ended_at`` without ``error``: sent; with it: given up.
    """

    message = models.ForeignKey(Message, models.PROTECT, related_name="deliveries")
    to_user = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    to_invitation = models.ForeignKey(
        Invitation, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    due_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    claim = models.UUIDField(null=True, blank=True)
    claimed_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=300, blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["due_at", "id"], name="delivery_open", condition=Q(ended_at__isnull=True)),
            models.Index(fields=["claim"], name="delivery_of_claim", condition=Q(ended_at__isnull=True)),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="delivery_once_to_user", fields=["message", "to_user"], condition=Q(to_user__isnull=False)
            ),
            models.UniqueConstraint(
                name="delivery_once_to_invitation",
                fields=["message", "to_invitation"],
                condition=Q(to_invitation__isnull=False),
            ),
            models.CheckConstraint(
                name="delivery_to_exactly_one",
                condition=Q(to_user__isnull=False, to_invitation__isnull=True)
                | Q(to_user__isnull=True, to_invitation__isnull=False),
            ),
            models.CheckConstraint(
                name="delivery_claim_with_moment",
                condition=Q(claim__isnull=True, claimed_at__isnull=True)
                | Q(claim__isnull=False, claimed_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.message_id} → {self.to_user_id or self.to_invitation_id} · {self.tries}"

"""``Job``, a piece of long work; ``Duty``, when a duty of the clock was last done."""

import json
import uuid
from datetime import datetime
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

MOST_MESSAGES = 200  # kept in the row; of more only the number


class State(models.TextChoices):
    """Where a job stands."""

    WAITING = "waiting", gettext_lazy("đang chờ")
    RUNNING = "running", gettext_lazy("đang làm")
    DONE = "done", gettext_lazy("đã xong")
    FAILED = "failed", gettext_lazy("đã dừng vì lỗi")
    CANCELLED = "cancelled", gettext_lazy("đã dừng theo yêu cầu")


OPEN = (State.WAITING.value, State.RUNNING.value)


class JobQuerySet(models.QuerySet["Job"]):
    """Sets of jobs."""

    def open(self) -> "JobQuerySet":
        """Not yet at their end."""
        return self.filter(ended_at__isnull=True)

    def due(self, at: datetime, *, silent_since: datetime) -> "JobQuerySet":
        """What a worker may take, oldest first: waiting ones, and running ones whose worker has gone silent."""
        waiting = Q(state=State.WAITING, ready_at__lte=at)
        left = Q(state=State.RUNNING, heartbeat_at__lt=silent_since)
        return self.open().filter(waiting | left).order_by("ready_at", "pk")


class Job(models.Model):
    """Work of one ``kind``, done step by step.

    ``arguments``, ``cursor`` and ``messages`` are canonical JSON; ``cursor`` is where the next step begins, in words
    of the kind. ``by`` is the ledger's id of who started it. ``claim`` names the run that holds it: a run that lost
    its claim can commit nothing. ``attempts`` counts takes since the last step that was committed. ``title``,
    ``doing`` and ``link`` are for its page: what it is, "Đang đọc tệp", and where its result is seen.
    """

    uid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=60)
    key = models.CharField(max_length=200, unique=True)
    arguments = models.TextField()
    by = models.CharField(max_length=100)
    by_unit = models.UUIDField(null=True, blank=True)
    title = models.CharField(max_length=200)
    doing = models.CharField(max_length=100)
    link = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    done_count = models.PositiveIntegerField(default=0)
    total_count = models.PositiveIntegerField(null=True, blank=True)
    cursor = models.TextField(default="null")
    messages = models.TextField(default="[]")
    unsaid_count = models.PositiveIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(default=0)
    made_at = models.DateTimeField()
    ready_at = models.DateTimeField()
    heartbeat_at = models.DateTimeField(null=True, blank=True)
    cancel_asked_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    claim = models.UUIDField(null=True, blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            # every look of a worker for work; ended jobs are not in it. By IS NULL, because SQLite does not recognise
            # a partial index by values that a statement gets as parameters
            models.Index(fields=["ready_at", "id"], name="job_open_by_age", condition=Q(ended_at__isnull=True)),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(name="job_state_known", condition=Q(state__in=State.values)),
            models.CheckConstraint(
                name="job_done_within_total",
                condition=Q(total_count__isnull=True) | Q(done_count__lte=F("total_count")),
            ),
            models.CheckConstraint(
                name="job_running_has_heartbeat",
                condition=Q(state=State.RUNNING, claim__isnull=False, heartbeat_at__isnull=False)
                | (~Q(state=State.RUNNING) & Q(claim__isnull=True)),
            ),
            models.CheckConstraint(
                name="job_ended_with_moment",
                condition=Q(state__in=OPEN, ended_at__isnull=True) | (~Q(state__in=OPEN) & Q(ended_at__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} · {self.key} · {self.state} {self.done_count}/{self.total_count}"

    def get_absolute_url(self) -> str:
        return reverse("jobs:job", args=[self.uid])

    @property
    def is_open(self) -> bool:
        """Whether it is still waiting or running."""
        return self.state in OPEN

    @property
    def progress(self) -> str:
        """ "Đang đọc tệp 37 trên 120"."""
        facts = {"doing": self.doing, "done": self.done_count, "total": self.total_count}
        if self.total_count is None:
            return _("%(doing)s %(done)s") % facts
        return _("%(doing)s %(done)s trên %(total)s") % facts

    @property
    def standing(self) -> str:
        """Changes with all that the page shows: one who has seen this standing has seen the page."""
        stopping = "stopping" if self.cancel_asked_at else "going"
        return f"{self.state}-{stopping}-{self.done_count}-{self.total_count}-{len(self.messages)}-{self.unsaid_count}"

    @property
    def said(self) -> list[dict[str, str]]:
        """What went wrong with which item: ``{"item", "sentence"}``, in the order in which it happened."""
        said: list[dict[str, str]] = json.loads(self.messages)
        return said

    def facts(self) -> Any:
        """The arguments as they were given."""
        return json.loads(self.arguments)


class Duty(models.Model):
    """One row for each duty of the clock. Who holds its lock does the duty; every other node passes by."""

    name = models.CharField(max_length=60, primary_key=True)
    done_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.name} · {self.done_at or '–'}"

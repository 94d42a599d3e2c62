"""What people and other rooms do with a job: start it, ask it to stop, let it go on."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import Value
from django.db.models.functions import Coalesce
from django.utils.http import url_has_allowed_host_and_scheme

from sangkien.jobs.models import Job, State
from sangkien.ledger.canonical import canonical
from sangkien.ledger.recording import Actor


def start(
    kind: str,
    *,
    key: str,
    arguments: Mapping[str, object],
    by: Actor,
    at: datetime,
    title: str,
    doing: str,
    total: int | None = None,
    link: str = "",
) -> Job:
    """The job of this key: made now, or the one that an earlier start has made (a second click, a second tick).

    ``arguments`` take what ``canonical()`` takes. ``title``, ``doing``, ``link``: see ``Job``. Must stand in the
    transaction of its cause, so that neither is there without the other (``RuntimeError``). A key that belongs to
    another kind, or a link that leaves this site: ``ValueError``.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError(f"start({kind!r}) outside the transaction of its cause")
    if link and not url_has_allowed_host_and_scheme(link, allowed_hosts=None):
        raise ValueError(f"start: {link} leaves this site")
    job = Job(
        kind=kind, key=key, arguments=canonical(arguments), by=by.id, by_unit=by.unit, title=title, doing=doing,
        total_count=total, link=link, made_at=at, ready_at=at,
    )  # fmt: skip
    job.clean_fields(exclude=["cursor", "messages"])
    Job.objects.bulk_create([job], ignore_conflicts=True)  # waits for another start of the same key
    job = Job.objects.get(key=key)
    if job.kind != kind:
        raise ValueError(f"start: the key {key!r} belongs to a job of kind {job.kind!r}")
    return job


def cancel(job: Job, *, at: datetime) -> None:
    """A waiting job ends at once; a running one after the step it is in, whose work is kept. Twice is as once."""
    this = Job.objects.filter(pk=job.pk)
    ended = this.filter(state=State.WAITING).update(state=State.CANCELLED, ended_at=at, cancel_asked_at=at)
    if not ended:
        asked = Coalesce("cancel_asked_at", Value(at))
        this.filter(state=State.RUNNING).update(cancel_asked_at=asked)
    job.refresh_from_db()


def resume(job: Job, *, at: datetime) -> None:
    """A job that failed or was cancelled goes on where it stopped. One that is open or done stays as it is."""
    Job.objects.filter(pk=job.pk, state__in=[State.FAILED, State.CANCELLED]).update(
        state=State.WAITING, ready_at=at, ended_at=None, cancel_asked_at=None, attempts=0
    )
    job.refresh_from_db()

"""Entries against what the ledger kept of them: stages replayed, receipts without gaps, consolidations as frozen."""

import json
from collections.abc import Iterator, Sequence

from django.db.models import Count, Max, Min
from django.utils.translation import gettext as _

from sangkien.campaigns.models import Campaign, ReceiptCounter
from sangkien.intake.actions.consolidating import digest_of
from sangkien.intake.lifecycle import MOVES, Move, Stage
from sangkien.intake.models import Consolidation, ConsolidationRow, Entry, Receipt, Submission
from sangkien.ledger.canonical import moment
from sangkien.ledger.models import Act

_PAGE = 200
_OVER = {f"entry.{move.value}": move for move in Move}


def verify() -> Iterator[str]:
    """A sentence for everything that was changed behind the program's back. A few statements for each 200 rows."""
    yield from _stages()
    yield from _receipts()
    yield from _sendings()
    yield from _consolidations()


def _stages() -> Iterator[str]:
    """Every entry stands where its acts lead."""
    last = 0
    while True:
        page = list(Entry.objects.filter(pk__gt=last).order_by("pk")[:_PAGE])
        if not page:
            return
        acts: dict[object, list[str]] = {}
        rows = Act.objects.filter(subject_uid__in=[each.uid for each in page], verb__in=_OVER).order_by("seq")
        for uid, verb in rows.values_list("subject_uid", "verb"):
            acts.setdefault(uid, []).append(verb)
        for each in page:
            if _replayed(acts.get(each.uid, ())) != each.stage:
                yield _("Trạng thái của giải pháp %s khác với các việc sổ cái đã ghi.") % each.code
        last = page[-1].pk


def _replayed(verbs: Sequence[str]) -> Stage | None:
    """Where the acts lead; ``None`` where they go over no arrow."""
    stage: Stage | None = Stage.DRAFT
    for verb in verbs:
        if stage is not None:
            stage = MOVES.get((stage, _OVER[verb]))
    return stage


def _receipts() -> Iterator[str]:
    """1, 2, 3 … up to the counter, in every campaign."""
    counters = dict(ReceiptCounter.objects.values_list("campaign", "last"))
    spans = Receipt.objects.values("campaign").annotate(count=Count("pk"), first=Min("number"), last=Max("number"))
    given = {row["campaign"]: row for row in spans.order_by()}
    for campaign in Campaign.objects.filter(pk__in=counters).order_by("pk").iterator():
        row, last = given.get(campaign.pk), counters[campaign.pk]
        whole = (row["count"], row["first"], row["last"]) == (last, 1, last) if row else last == 0
        if not whole:
            yield _("Số phiếu tiếp nhận của đợt “%s” không liền nhau.") % campaign.title


def _sendings() -> Iterator[str]:
    """Unit, arrival, receipt and revisions of every sending as the ledger has them."""
    last = 0
    while True:
        page = list(
            Submission.objects.filter(pk__gt=last).order_by("pk").select_related("unit", "receipt")
            .prefetch_related("items__entry__evidence__attachment", "items__revision")[:_PAGE]
        )  # fmt: skip
        if not page:
            return
        acts = Act.objects.filter(
            subject_uid__in=[each.uid for each in page], verb__in=["submission.sent", "submission.recorded"]
        )
        told = {uid: json.loads(payload) for uid, payload in acts.values_list("subject_uid", "payload")}
        for each in page:
            kept = told.get(each.uid)
            if kept is None or not _as_told(each, kept):
                yield _("Phiếu tiếp nhận số %s khác với điều sổ cái đã ghi.") % getattr(each, "receipt", "?")
        last = page[-1].pk


def _as_told(submission: Submission, kept: dict[str, object]) -> bool:
    receipt = getattr(submission, "receipt", None)
    entries = {str(item.entry.uid): item.revision.sha256 for item in submission.items.all()}
    return (
        receipt is not None
        and kept["receipt"] == receipt.number
        and kept["unit"] == str(submission.unit.uid)
        and kept["entries"] == entries
        and kept["evidence"] == _evidence(submission)
        and kept["arrived_at"] == moment(submission.arrived_at)
        and kept["recorded"] == submission.is_recorded
    )


def _evidence(submission: Submission) -> dict[str, list[str]]:
    """The files that were there when it was sent; a second act of the same moment came after it."""
    at = submission.recorded_at
    sent = {
        str(item.entry.uid): sorted(
            each.attachment.blob_id
            for each in item.entry.evidence.all()
            if each.added_at <= at and (each.removed_at is None or each.removed_at > at)
        )
        for item in submission.items.all()
    }
    return {uid: files for uid, files in sent.items() if files}


def _consolidations() -> Iterator[str]:
    """The rows of every frozen consolidation are those that were frozen."""
    told: dict[str, str] = {}
    for payload in Act.objects.filter(verb="campaign.consolidated").values_list("payload", flat=True):
        content = json.loads(payload)
        told[content["consolidation"]] = content["sha256"]
    for each in Consolidation.objects.order_by("pk").iterator():
        rows = ConsolidationRow.objects.filter(consolidation=each).select_related("entry", "revision")
        entries = []
        for row in rows.order_by("position"):
            row.entry.revision = row.revision
            entries.append(row.entry)
        if not each.sha256 == told.get(str(each.uid)) == digest_of(entries):
            yield _("Bảng tổng hợp số %d khác với lúc chốt.") % each.number

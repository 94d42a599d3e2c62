"""Frozen revisions against their hashes and against what the ledger kept of them."""

import json
from collections.abc import Iterator
from uuid import UUID

from django.utils.translation import gettext as _

from sangkien.initiatives.freezing import FROZEN, digest_of, rows_differ
from sangkien.initiatives.models import Initiative, Revision
from sangkien.ledger.models import Act

_PAGE = 200


def verify() -> Iterator[str]:
    """A sentence for every revision that was changed behind the program's back. Five statements for each 200."""
    last = 0
    while True:
        page = list(
            Initiative.objects.filter(pk__gt=last)
            .order_by("pk")
            .prefetch_related("revisions__figures", "revisions__authors", "co_implementers__unit")[:_PAGE]
        )
        if not page:
            return
        told = _told([each.uid for each in page])
        for each in page:
            yield from _wrong(each, told.get(str(each.uid), {}))
        last = page[-1].pk


def _told(uids: list[UUID]) -> dict[str, dict[int, str]]:
    """Initiative → number of the revision → its hash."""
    kept: dict[str, dict[int, str]] = {}
    acts = Act.objects.filter(subject_uid__in=uids, verb=FROZEN).order_by("seq")
    for uid, payload in acts.values_list("subject_uid", "payload"):
        content = json.loads(payload)
        kept.setdefault(str(uid), {})[content["number"]] = content["sha256"]
    return kept


def _wrong(initiative: Initiative, told: dict[int, str]) -> Iterator[str]:
    frozen = {each.number: each for each in initiative.revisions.all() if each.is_frozen}
    for number in sorted({*frozen, *told}):
        revision = frozen.get(number)
        if revision is None:
            yield _("Một bản đã gửi (bản %(number)d) của giải pháp %(uid)s không còn.") % {
                "number": number, "uid": initiative.uid,
            }  # fmt: skip
        elif _is_changed(revision, told.get(number)):
            yield _("Bản đã gửi “%(title)s” (bản %(number)d) khác với điều sổ cái đã ghi.") % {
                "title": revision.title, "number": number,
            }  # fmt: skip


def _is_changed(revision: Revision, told: str | None) -> bool:
    return not revision.sha256 == told == digest_of(revision) or rows_differ(revision)

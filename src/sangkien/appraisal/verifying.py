"""Appraisal against what the ledger kept of it: who was to appraise which text, and what each of them said."""

import json
from collections.abc import Iterator

from django.utils.translation import gettext as _

from sangkien.appraisal.actions.opinions import digest_of
from sangkien.appraisal.actions.routing import facts_of
from sangkien.appraisal.models import Assignment, Opinion
from sangkien.ledger.models import Act

_PAGE = 200


def verify() -> Iterator[str]:
    """A sentence for everything that was changed behind the program's back. A few statements for each 200 rows."""
    yield from _assignments()
    yield from _opinions()


def _assignments() -> Iterator[str]:
    """Every assignment is the one that was made: its office, its reason, and the text as it was frozen."""
    last = 0
    while True:
        rows = Assignment.objects.filter(pk__gt=last).order_by("pk").select_related("entry", "revision", "routing")
        page = list(rows[:_PAGE])
        if not page:
            return
        acts = Act.objects.filter(subject_uid__in={each.routing.uid for each in page}, verb="routing.made")
        told: dict[str, object] = {}
        for payload in acts.values_list("payload", flat=True):
            told |= json.loads(payload)["assignments"]
        for each in page:
            facts = {**facts_of(each), "entry": str(each.entry.uid)}
            if told.get(str(each.uid)) != facts:
                yield _("Việc giao thẩm định giải pháp %s khác với điều sổ cái đã ghi.") % each.entry.code
        last = page[-1].pk


def _opinions() -> Iterator[str]:
    """Every opinion that was handed in says what it said then."""
    last = 0
    while True:
        rows = Opinion.objects.filter(pk__gt=last, filed_at__isnull=False).order_by("pk")
        page = list(rows.select_related("assignment__entry", "assignment__revision", "agrees_with")[:_PAGE])
        if not page:
            return
        acts = Act.objects.filter(
            subject_uid__in={each.assignment.entry.uid for each in page},
            verb__in=["entry.opinion_filed", "entry.opinion_corrected"],
        )
        told = {}
        for payload in acts.values_list("payload", flat=True):
            content = json.loads(payload)
            told[content["opinion"]] = content["sha256"]
        for each in page:
            if not each.sha256 == told.get(str(each.uid)) == digest_of(each, each.assignment):
                yield _("Một ý kiến thẩm định giải pháp %s khác với lúc gửi.") % each.assignment.entry.code
        last = page[-1].pk

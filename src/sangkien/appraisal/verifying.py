"""Appraisal against what the ledger kept of it: who was to appraise which text, what each said, and what each gave."""

import json
from collections.abc import Iterator

from django.utils.translation import gettext as _

from sangkien.appraisal.actions.opinions import digest_of
from sangkien.appraisal.actions.routing import facts_of
from sangkien.appraisal.judging import digest as sheet_text
from sangkien.appraisal.judging.told import MarkTold
from sangkien.appraisal.models import Assignment, Mark, Opinion, ScoreSheet
from sangkien.ledger.models import Act

_PAGE = 200


def verify() -> Iterator[str]:
    """A sentence for everything that was changed behind the program's back. A few statements for each 200 rows."""
    yield from _assignments()
    yield from _opinions()
    yield from _sheets()


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


def _sheets() -> Iterator[str]:
    """Every sheet that was handed in, replaced or not, has the marks that it had then. No mark is told."""
    last = 0
    while True:
        rows = ScoreSheet.objects.filter(pk__gt=last, filed_at__isnull=False).order_by("pk")
        page = list(rows.select_related("member__panel", "entry", "revision", "criteria_set")[:_PAGE])
        if not page:
            return
        told, marks = _sheets_told(page), _marks(page)
        for each in page:
            if not each.sha256 == told.get(str(each.uid)) == sheet_text.digest_of(each, marks.get(each.pk, {})):
                yield _("Phiếu chấm %(sheet)s, giải pháp %(code)s, khác với lúc nộp.") % {
                    "sheet": each.uid, "code": each.entry.code,
                }  # fmt: skip
        last = page[-1].pk


def _sheets_told(page: list[ScoreSheet]) -> dict[str, str]:
    """Sheet → hash, as the ledger kept it."""
    acts = Act.objects.filter(
        subject_uid__in={each.member.panel.uid for each in page},
        verb__in=["panel.sheet_filed", "panel.sheet_corrected", "panel.sheet_entered"],
    )
    contents = (json.loads(payload) for payload in acts.values_list("payload", flat=True).iterator())
    return {each["sheet"]: each["sha256"] for each in contents}


def _marks(page: list[ScoreSheet]) -> dict[int, dict[str, MarkTold]]:
    found: dict[int, dict[str, MarkTold]] = {}
    rows = Mark.objects.filter(sheet__in=page)
    for pk, code, value, why, said in rows.values_list(
        "sheet", "criterion__code", "value", "missing_reason", "comment"
    ):
        found.setdefault(pk, {})[code] = MarkTold(value, why, said)
    return found

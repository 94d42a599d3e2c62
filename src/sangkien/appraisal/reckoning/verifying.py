"""Closed results against the ledger, and reckoned again from what was frozen with them."""

import json
from collections.abc import Iterator

from django.utils.translation import gettext as _

from sangkien.appraisal.models import ResultSet
from sangkien.ledger.models import Act
from sangkien.scoring.model import RULE_ENGINE_VERSION
from sangkien.scoring.nodes import Unreadable
from sangkien.scoring.official.model import Result
from sangkien.scoring.official.reckoning import reckon
from sangkien.scoring.reading import read_input
from sangkien.scoring.writing import sha256


def verify() -> Iterator[str]:
    """A sentence for every closing that was changed behind the program's back, or does not come out the same."""
    told = {
        uid: json.loads(payload)
        for uid, payload in Act.objects.filter(verb="results.closed").values_list("subject_uid", "payload")
    }
    for each in ResultSet.objects.select_related("campaign").order_by("pk").iterator():
        names = {"n": each.number, "title": each.campaign.title}
        if not _as_told(each, told.get(each.uid)):
            yield _("Kết quả chấm lần %(n)d của đợt “%(title)s” khác với lúc chốt.") % names
        elif not _comes_out(each):
            yield _("Tính lại kết quả chấm lần %(n)d của đợt “%(title)s” không ra như đã chốt.") % names


def _as_told(results: ResultSet, kept: dict[str, object] | None) -> bool:
    hashes = (sha256(results.inputs), sha256(results.report))
    return (
        kept is not None
        and hashes == (results.inputs_sha256, results.report_sha256)
        and hashes == (kept["inputs"], kept["report"])
    )


def _comes_out(results: ResultSet) -> bool:
    """The rows, and the report where it was reckoned by the rules of today's program."""
    try:
        again = reckon(read_input(results.inputs))
    except Unreadable:
        return False
    report = json.loads(results.report)
    if report["engine_version"] != RULE_ENGINE_VERSION:
        return True
    frozen = {each["entry"]: (each["score"], each["rank"], each["passed"]) for each in report["entries"]}
    return frozen == _told(again) and _rows(results) == {
        code: (None if score is None else float(score), rank, passed) for code, (score, rank, passed) in frozen.items()
    }


def _told(result: Result) -> dict[str, tuple[str | None, int | None, bool | None]]:
    return {
        each.entry: (None if each.score is None else format(each.score, "f"), each.rank, each.passed)
        for each in result.reckonings
    }


def _rows(results: ResultSet) -> dict[str, tuple[float | None, int | None, bool | None]]:
    rows = results.rows.values_list("entry__code", "value", "rank", "passed")
    return {code: (None if value is None else float(value), rank, passed) for code, value, rank, passed in rows}

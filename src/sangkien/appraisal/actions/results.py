"""Results are closed, opened again with a reason, and ties put in order by a person (design, 5.3)."""

from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError
from django.db.models import Max
from django.utils.translation import gettext as _

from sangkien import __version__
from sangkien.accounts.refusal import Refused
from sangkien.appraisal.models import ResultSet, ScoreResult, TieBreak
from sangkien.appraisal.reckoning.gathering import Gathered, gather, reckoned
from sangkien.appraisal.reckoning.outcome import Outcome, outcome_of
from sangkien.campaigns.locking import hold as hold_campaign
from sangkien.campaigns.models import Campaign, CriteriaSet
from sangkien.intake.actions.common import reason_told, running
from sangkien.intake.lifecycle import Move, Stage
from sangkien.intake.models import Entry
from sangkien.intake.moving import hold, move_all
from sangkien.ledger.models import SeenBy
from sangkien.ledger.recording import Actor, acting, record
from sangkien.scoring.official.model import Reckoning, Standing
from sangkien.scoring.writing import sha256

DONE = frozenset({Standing.COUNTED, Standing.KNOCKED_OUT})


def close(criteria: CriteriaSet, *, by: Actor, at: datetime, key: str = "") -> ResultSet:
    """Freeze everything that the results depend on, and the results. Whoever has a result goes on to ``ASSESSED``.

    Entries that lack sheets stay where they are. The second click of the same ``key`` answers the first one's. Raises
    ``Refused`` when results by these criteria are closed already, or nothing has a result.
    """
    try:
        return _close(criteria, by, at, key)
    except IntegrityError:  # the first click of the same key was on its way
        first = _made_by(key)
        if first is None:
            raise
        return first


def _made_by(key: str) -> ResultSet | None:
    return ResultSet.objects.filter(key=key).first() if key else None


def _close(criteria: CriteriaSet, by: Actor, at: datetime, key: str) -> ResultSet:
    with acting():
        campaign = running(hold_campaign(criteria.campaign))
        first = _made_by(key)
        if first is not None:
            return first
        if current(criteria) is not None:
            raise Refused(_("Kết quả đã được chốt. Muốn chốt lại, bạn mở lại kết quả và ghi lý do."))
        gathered = _held(campaign, criteria)
        outcome = outcome_of(gathered)
        done = _done(outcome)
        made = _freeze(campaign, outcome, by, at, key)
        appraised = [each for each in done if each.stage == Stage.APPRAISED]
        move_all(appraised, Move.ASSESS, by=by, at=at, seen_by=SeenBy.LEAD, facts={"results": made.uid})
        _note(made, "closed", by, at, number=made.number, inputs=made.inputs_sha256, report=made.report_sha256)
    return made


def _held(campaign: Campaign, criteria: CriteriaSet) -> Gathered:
    """What there is, with the entries locked: no sheet is handed in and no entry moves meanwhile."""
    hold(list(reckoned(campaign)))
    return gather(campaign, criteria)


def _done(outcome: Outcome) -> list[Entry]:
    codes = [each.entry for each in outcome.result.reckonings if _has_result(each)]
    if not codes:
        raise Refused(_("Chưa giải pháp nào đủ phiếu nên chưa chốt được kết quả. Bạn xem còn thiếu phiếu của ai."))
    return [outcome.gathered.entries[code] for code in codes]


def _has_result(reckoning: Reckoning) -> bool:
    return reckoning.standing in DONE or reckoning.passed is not None


def _freeze(campaign: Campaign, outcome: Outcome, by: Actor, at: datetime, key: str) -> ResultSet:
    last = ResultSet.objects.filter(campaign=campaign).aggregate(last=Max("number"))["last"] or 0
    inputs, report = outcome.inputs, outcome.report
    made = ResultSet.objects.create(
        campaign=campaign, criteria_set=outcome.gathered.criteria, number=last + 1, software_version=__version__,
        inputs=inputs, inputs_sha256=sha256(inputs), report=report, report_sha256=sha256(report), closed_at=at,
        closed_by=by.id, key=key,
    )  # fmt: skip
    entries = outcome.gathered.entries
    ScoreResult.objects.bulk_create(
        ScoreResult(
            result_set=made, entry=entries[each.entry], value=each.score, rank=each.rank, band=each.band or "",
            passed=each.passed,
        )
        for each in outcome.result.reckonings
    )  # fmt: skip
    return made


def current(criteria: CriteriaSet) -> ResultSet | None:
    """The closing that holds."""
    return ResultSet.objects.filter(criteria_set=criteria, superseded_at__isnull=True).first()


def reopen(results: ResultSet, *, reason: str, by: Actor, at: datetime) -> ResultSet:
    """Marks may be corrected again; what was closed is kept. The second click changes nothing.

    Raises ``Refused`` without a reason, and once an entry of it was proposed or decided.
    """
    why = reason_told(reason, _("Bạn ghi lý do mở lại kết quả. Lý do được lưu cùng kết quả cũ."))
    with acting():
        running(hold_campaign(results.campaign))
        held = ResultSet.objects.select_for_update(of=("self",)).get(pk=results.pk)
        if held.superseded_at is not None:
            return held
        entries = hold(list(Entry.objects.filter(results__result_set=held)))
        _refuse_later(entries)
        assessed = [each for each in entries if each.stage == Stage.ASSESSED]
        move_all(assessed, Move.REOPEN_ASSESSMENT, by=by, at=at, seen_by=SeenBy.LEAD, reason=why)
        held.superseded_at, held.reopened_by, held.reopened_reason = at, by.id, why
        held.save(update_fields=["superseded_at", "reopened_by", "reopened_reason"])
        _note(held, "reopened", by, at, number=held.number, reason=why)
    return held


def _refuse_later(entries: Sequence[Entry]) -> None:
    open_ones = {Stage.IN_APPRAISAL, Stage.APPRAISED, Stage.ASSESSED}
    later = [each.code for each in entries if each.stage not in open_ones]
    if later:
        raise Refused(_("Giải pháp %s đã được trình hoặc quyết định nên không mở lại kết quả được.") % ", ".join(later))


def _note(results: ResultSet, verb: str, by: Actor, at: datetime, **facts: object) -> None:
    record(
        by=by, at=at, verb=f"results.{verb}", subject_kind="results", subject_uid=results.uid, seen_by=SeenBy.LEAD,
        payload=facts,
    )  # fmt: skip


def put_first(first: Entry, then: Entry, *, criteria: CriteriaSet, reason: str, by: Actor, at: datetime) -> TieBreak:
    """Of two that are equal the first goes before the other. Raises ``Refused`` unless they are tied and not closed."""
    why = reason_told(reason, _("Bạn ghi lý do xếp trước. Lý do được in cùng kết quả."))
    with acting():
        campaign = running(hold_campaign(criteria.campaign))
        hold([first, then])
        if current(criteria) is not None:
            raise Refused(_("Kết quả đã được chốt. Muốn đổi thứ tự, bạn mở lại kết quả và ghi lý do."))
        reckoning = outcome_of(gather(campaign, criteria)).result.of(first.code)
        if then.code not in reckoning.tied_with:
            raise Refused(_("Hai giải pháp này không bằng điểm nên thứ tự theo điểm. Bạn xem lại bảng kết quả."))
        made = TieBreak.objects.create(
            campaign=campaign, first=first, then=then, reason=why, made_at=at, made_by=by.id
        )  # fmt: skip
        record(
            by=by, at=at, verb="results.tie_broken", subject_kind="entry", subject_uid=first.uid, seen_by=SeenBy.LEAD,
            payload={"then": then.uid, "reason": why},
        )  # fmt: skip
    return made


def lift(tie_break: TieBreak, *, by: Actor, at: datetime) -> TieBreak:
    """The two are equal again; what was said is kept. The second click changes nothing."""
    with acting():
        running(hold_campaign(tie_break.campaign))
        held = TieBreak.objects.select_for_update(of=("self",)).select_related("first", "then").get(pk=tie_break.pk)
        if held.lifted_at is not None:
            return held
        closed = ResultSet.objects.filter(campaign=held.campaign, superseded_at__isnull=True, rows__entry=held.first)
        if closed.exists():
            raise Refused(_("Kết quả đã được chốt. Muốn đổi thứ tự, bạn mở lại kết quả và ghi lý do."))
        held.lifted_at = at
        held.save(update_fields=["lifted_at"])
        record(
            by=by, at=at, verb="results.tie_restored", subject_kind="entry", subject_uid=held.first.uid,
            seen_by=SeenBy.LEAD, payload={"then": held.then.uid},
        )  # fmt: skip
    return held

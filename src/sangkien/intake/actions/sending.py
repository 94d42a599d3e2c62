"""One sending of a unit: several entries, one letter, one receipt. By the unit, or recorded for it by the lead unit."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeAlias
from uuid import UUID

from django.db import IntegrityError
from django.db.models import BigIntegerField, Case, Func, OuterRef, Subquery, TextField, Value, When
from django.utils.translation import gettext as _

from sangkien.accounts.refusal import Refused
from sangkien.attachments.models import Attachment
from sangkien.campaigns.actions.answering import take_back_nil
from sangkien.campaigns.locking import share
from sangkien.campaigns.models import Answer, Campaign
from sangkien.initiatives.freezing import freeze, saying_what_is_there
from sangkien.initiatives.models import CoImplementer, Revision
from sangkien.intake import finding, receipts, telling
from sangkien.intake.actions.common import participant_of, running
from sangkien.intake.completeness import asked_by, completeness, required
from sangkien.intake.lifecycle import Move, Stage
from sangkien.intake.models import Channel, Entry, Evidence, Receipt, Return, Submission, SubmissionItem
from sangkien.intake.moving import hold, hold_ticked, move_all, refuse_no_arrow
from sangkien.ledger.models import SeenBy
from sangkien.ledger.recording import Actor, acting, record
from sangkien.papers.models import Paper
from sangkien.papers.models import State as PaperState
from sangkien.units.models import Unit

Holding: TypeAlias = Callable[[], list[Entry]]  # the entries under their locks, in the transaction of the sending
_OVER = {
    Stage.DRAFT: Move.SUBMIT,
    Stage.SUBMITTED: Move.SEND_AGAIN,
    Stage.CHANGES_REQUESTED: Move.RESUBMIT,
}


class Incomplete(Refused):
    """Something that the form requires is not there, and the gaps were not accepted."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Whose sending it is and how it came."""

    by: Actor
    channel: Channel
    arrived_at: datetime
    is_recorded: bool
    letter: Paper | None = None
    file: Attachment | None = None


def submit(
    campaign: Campaign, unit: Unit, entries: Collection[Entry], *, by: Actor, at: datetime, key: str,
    letter: Paper | None = None, accept_gaps: bool = False,
) -> Receipt:  # fmt: skip
    """The unit sends: drafts, supplements that were asked for, and before the deadline newer versions.

    Late is marked, never refused. An incomplete report is refused with what is missing, unless ``accept_gaps``. A nil
    answer is taken back. The second click of the same ``key`` answers the first receipt.
    """
    origin = Origin(by, Channel.WEB, at, is_recorded=False, letter=letter)
    return _sent(campaign, unit, lambda: hold(entries), origin, at, key, accept_gaps)


def submit_ticked(
    campaign: Campaign, unit: Unit, ticked: Collection[UUID], *, by: Actor, at: datetime, key: str,
    letter: Paper | None = None, accept_gaps: bool = False,
) -> Receipt:  # fmt: skip
    """``submit`` of what was ticked on a page: the entries are read once, under their locks. What is not this unit's in
    this campaign is passed over."""
    origin = Origin(by, Channel.WEB, at, is_recorded=False, letter=letter)
    return _sent(campaign, unit, lambda: hold_ticked(ticked, campaign, unit), origin, at, key, accept_gaps)


def record_sending(
    campaign: Campaign, unit: Unit, entries: Collection[Entry], *, arrived_at: datetime, channel: Channel, by: Actor,
    at: datetime, key: str, letter: Paper | None = None, file: Attachment | None = None, accept_gaps: bool = True,
) -> Receipt:  # fmt: skip
    """The lead unit enters what the unit sent outside the program; shown as such beside the acts of units.

    ``letter``: recorded with number, date and scan by ``papers.issuing.record`` (``Arrival``); ``file``: the report
    file itself; at least one. Lateness goes by ``arrived_at``. Raises and answers as ``submit``.
    """
    if letter is None and file is None:
        raise Refused(_("Ghi nhận thay cần văn bản hoặc tệp báo cáo của đơn vị. Bạn thêm một trong hai."))
    if arrived_at > at:
        raise Refused(_("Ngày đến muộn hơn bây giờ. Bạn xem lại ngày đến của báo cáo."))
    origin = Origin(by, channel, arrived_at, is_recorded=True, letter=letter, file=file)
    return _sent(campaign, unit, lambda: hold(entries), origin, at, key, accept_gaps)


def _sent(
    campaign: Campaign, unit: Unit, holding: Holding, origin: Origin, at: datetime, key: str, accept_gaps: bool
) -> Receipt:
    if not key:
        raise ValueError("a sending needs the key of its click")
    try:
        return _write(campaign, unit, holding, origin, at, key, accept_gaps)
    except (IntegrityError, Refused):  # sent already by the first click of the same key
        first = given(key, campaign, unit)
        if first is None:
            raise
        return first


def given(key: str, campaign: Campaign, unit: Unit) -> Receipt | None:
    """The receipt of this click, if it has sent already. One statement."""
    receipts_given = Receipt.objects.filter(submission__key=key, submission__campaign=campaign, submission__unit=unit)
    return receipts_given.select_related("submission", "campaign").first()


def _write(
    campaign: Campaign, unit: Unit, holding: Holding, origin: Origin, at: datetime, key: str, accept_gaps: bool
) -> Receipt:
    with acting():
        share(campaign)
        held = holding()
        if not held:
            raise Refused(_("Bạn chưa chọn giải pháp nào để gửi."))
        now = _campaign_of(held, campaign, unit)
        _refuse_unsendable(now, unit, held, origin)
        participant = participant_of(now, unit)
        drafts = _drafts(held)
        _refuse_incomplete(now, held, drafts, accept_gaps)
        freeze([drafts[each.pk] for each in held], by=origin.by, at=at)
        submission = _create(now, unit, origin, at, key)
        _move(held, drafts, submission, origin, at)
        _write_items(held, submission, at, again=any(each.number > 1 for each in drafts.values()))
        if participant.answer == Answer.NIL:
            take_back_nil(participant, by=origin.by, at=at)
        receipt = receipts.give(submission, at=at)
        _note(submission, receipt, held, _evidence_of(held, drafts), origin, at)
        telling.received(submission, receipt, held, at)
        finding.make_sent_findable(held, participant.unit_version.name, _together(drafts))
    return receipt


def _campaign_of(held: list[Entry], campaign: Campaign, unit: Unit) -> Campaign:
    """As it was read under its lock, with the entries. Raises ``Refused`` where it is not theirs, or does not run."""
    if any(each.campaign_id != campaign.pk or each.implementer_id != unit.pk for each in held):
        raise Refused(_("Có giải pháp không phải của đơn vị này trong đợt này. Bạn mở lại trang để chọn lại."))
    return running(held[0].campaign)


def _refuse_unsendable(campaign: Campaign, unit: Unit, held: list[Entry], origin: Origin) -> None:
    _refuse_letter(origin, unit)
    _refuse_early(campaign, origin)
    for each in held:
        each.campaign = campaign
        over = _OVER.get(Stage(each.stage))
        if over is None:
            refuse_no_arrow(each, Move.SUBMIT)
        elif over is Move.SEND_AGAIN and campaign.is_late(origin.arrived_at):
            raise Refused(
                _("Giải pháp %s đã gửi và đã hết hạn nhận báo cáo. Nếu cần sửa, đơn vị đầu mối trả lại trước.")
                % each.code
            )


def _refuse_letter(origin: Origin, unit: Unit) -> None:
    letter = origin.letter
    if letter is None:
        return
    if letter.issuer_unit_id != unit.pk and not origin.is_recorded:  # an office may send on for its schools
        raise Refused(_("Văn bản này không phải của đơn vị gửi báo cáo. Bạn chọn lại văn bản."))
    if letter.state != PaperState.ISSUED:
        raise Refused(_("Văn bản này chưa có số, ngày và bản ký. Bạn hoàn thành văn bản rồi gửi."))


def _refuse_early(campaign: Campaign, origin: Origin) -> None:
    """A unit sends in the window or after it; what came on paper before it is recorded as it came."""
    if not origin.is_recorded and origin.arrived_at < campaign.window.opens_at:
        raise Refused(
            _("Đợt nhận báo cáo từ ngày %s. Bản nháp đã lưu; bạn gửi từ ngày ấy.") % telling.day(campaign.opens_date)
        )


def _drafts(held: Sequence[Entry]) -> dict[int, Revision]:
    """The draft of each entry by the entry's id. One statement. Raises ``Refused`` where nothing new is to be sent.

    ``evidence``: the hashes of the files that stand with it. Whoever changes them holds the entry, as we do.
    """
    ours = [each.pk for each in held]
    files = Evidence.objects.standing().filter(entry__in=ours, entry__initiative=OuterRef("initiative"))
    hashes = files.order_by().values(joined=_Joined("attachment__blob"))
    rows = saying_what_is_there(Revision.objects.draft()).annotate(evidence=Subquery(hashes))
    found = (
        rows.select_for_update(of=("self",)).filter(initiative__in=[each.initiative_id for each in held]).order_by("pk")
    )
    by_initiative = {each.initiative_id: each for each in found}
    drafts = {}
    for each in held:
        draft = by_initiative.get(each.initiative_id)
        if draft is None:
            raise Refused(_("Giải pháp %s chưa có gì mới để gửi. Bạn sửa nội dung rồi gửi lại.") % each.code)
        draft.initiative = each.initiative
        drafts[each.pk] = draft
    return drafts


class _Joined(Func):
    """Hashes in one text, as either database puts it together."""

    function = "GROUP_CONCAT"
    arity = 1
    output_field = TextField()

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        """With a comma, as SQLite does by itself."""
        return self.as_sql(compiler, connection, template="STRING_AGG(%(expressions)s, ',')", **context)


def _evidence_of(held: Sequence[Entry], drafts: dict[int, Revision]) -> dict[str, list[str]]:
    """Uid of the entry → hashes of the files that go with it, for the ledger; entries without files are not in it."""
    told = [(each, getattr(drafts[each.pk], "evidence", None)) for each in held]
    return {str(each.uid): sorted(hashes.split(",")) for each, hashes in told if hashes}


def _together(drafts: dict[int, Revision]) -> list[CoImplementer]:
    """Who did them with the unit, as ``freeze`` has read them."""
    there = [each.initiative for each in drafts.values() if getattr(each, "has_co_implementers", True)]
    return [body for initiative in there for body in initiative.co_implementers.all()]


def _refuse_incomplete(
    campaign: Campaign, held: Sequence[Entry], drafts: dict[int, Revision], accept_gaps: bool
) -> None:
    if accept_gaps:
        return
    asked = asked_by(campaign)
    lacking = [(each, required(completeness(drafts[each.pk], asked))) for each in held]
    sentences = [f"{each.code}: {gap.sentence}" for each, gaps in lacking for gap in gaps]
    if sentences:
        raise Incomplete(_("Báo cáo chưa đủ nội dung. %s") % " ".join(sentences))


def _create(campaign: Campaign, unit: Unit, origin: Origin, at: datetime, key: str) -> Submission:
    return Submission.objects.create(
        campaign=campaign, unit=unit, channel=origin.channel, arrived_at=origin.arrived_at, recorded_at=at, key=key,
        sent_by="" if origin.is_recorded else origin.by.id, recorded_by=origin.by.id if origin.is_recorded else "",
        letter=origin.letter, file=origin.file,
    )  # fmt: skip


def _move(
    held: Sequence[Entry], drafts: dict[int, Revision], submission: Submission, origin: Origin, at: datetime
) -> None:
    """A supplement that was asked for keeps the first arrival: the unit was in time, or was not."""
    by_stage = {stage: [each for each in held if each.stage == stage] for stage in _OVER}
    for stage, over in _OVER.items():
        those = by_stage[stage]
        if not those:
            continue
        columns: dict[str, object] = {"submitted_at": at}
        if over is not Move.SUBMIT:  # a draft stands in its entry already
            columns["revision"] = _revision_of(those, drafts)
        if over is not Move.RESUBMIT:
            columns["arrived_at"] = origin.arrived_at
        move_all(those, over, by=origin.by, at=at, facts={"submission": submission.uid}, columns=columns)
        if over is Move.RESUBMIT:
            opened = Return.objects.filter(entry__in=those, ended_at__isnull=True)
            opened.update(answered_by=submission, ended_at=at)
        for each in those:
            each.revision = drafts[each.pk]


def _revision_of(those: Sequence[Entry], drafts: dict[int, Revision]) -> Case:
    return Case(*(When(pk=each.pk, then=Value(drafts[each.pk].pk)) for each in those), output_field=BigIntegerField())


def _write_items(held: Sequence[Entry], submission: Submission, at: datetime, *, again: bool) -> None:
    """``again``: one of them was sent before, perhaps in another campaign."""
    if again:
        SubmissionItem.objects.filter(entry__in=held, superseded_at__isnull=True).update(superseded_at=at)
    SubmissionItem.objects.bulk_create(
        [SubmissionItem(submission=submission, entry=each, revision=each.revision) for each in held]
    )


def _note(
    submission: Submission, receipt: Receipt, held: Sequence[Entry], evidence: dict[str, list[str]], origin: Origin,
    at: datetime,
) -> None:  # fmt: skip
    revisions = [(each, each.revision) for each in held]
    payload = {
        "campaign": submission.campaign.uid,
        "unit": submission.unit.uid,
        "receipt": receipt.number,
        "arrived_at": submission.arrived_at,
        "channel": submission.channel,
        "recorded": submission.is_recorded,
        "late": submission.campaign.is_late(submission.arrived_at),
        "letter": origin.letter and origin.letter.uid,
        "file": origin.file and origin.file.uid,
        "entries": {str(each.uid): revision.sha256 for each, revision in revisions if revision},
        "evidence": evidence,
    }
    record(
        by=origin.by, at=at, verb="submission.recorded" if origin.is_recorded else "submission.sent",
        subject_kind="submission", subject_uid=submission.uid, seen_by=SeenBy.UNIT, payload=payload,
    )  # fmt: skip

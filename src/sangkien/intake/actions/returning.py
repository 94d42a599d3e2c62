"""The lead unit asks for a supplement; after the day a person decides what becomes of an entry without answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from sangkien.accounts.refusal import Refused
from sangkien.initiatives import texts
from sangkien.intake import telling
from sangkien.intake.actions.common import holding, local_date, reason_told, revision_of
from sangkien.intake.completeness import Missing
from sangkien.intake.lifecycle import Move, Stage
from sangkien.intake.models import Entry, Gap, Return
from sangkien.intake.models.returns import LONGEST_PART
from sangkien.intake.moving import move, note, refuse_no_arrow
from sangkien.ledger.models import SeenBy
from sangkien.ledger.recording import Actor
from sangkien.papers.models import Paper
from sangkien.papers.models import State as PaperState

_MOST_GAPS = 40


@dataclass(frozen=True, slots=True)
class GapTold:
    """What is missing, in which part (a code of the form's columns; empty for the whole report)."""

    text: str
    part: str = ""

    @classmethod
    def of(cls, missing: Missing) -> "GapTold":
        """A gap that the program itself found."""
        return cls(missing.sentence, missing.part)


def send_back(
    entry: Entry, *, gaps: Sequence[GapTold], due_date: date, by: Actor, at: datetime, key: str = "", remark: str = "",
    letter: Paper | None = None,
) -> Return:  # fmt: skip
    """With the gaps and a day, the last one included. The second click of the same ``key`` answers the first return.

    Raises ``Refused`` without a gap, for a day that is past, and when somebody admitted it meanwhile.
    """
    told = _told(gaps)
    with holding(entry) as (now,):
        made = Return.objects.filter(entry=now, key=key).first() if key else None
        if made is not None:
            return made
        refuse_no_arrow(now, Move.SEND_BACK)
        if due_date < local_date(at):
            raise Refused(_("Hạn bổ sung (%s) đã qua. Bạn chọn ngày muộn hơn.") % telling.day(due_date))
        back = Return.objects.create(
            entry=now, revision=revision_of(now), due_date=due_date, note=texts.lines(remark, _("Lời nhắn"), 5_000),
            returned_at=at, returned_by=by.id, letter=letter, key=key,
        )  # fmt: skip
        Gap.objects.bulk_create(
            [Gap(returned=back, position=place, part=each.part, text=each.text) for place, each in enumerate(told, 1)]
        )
        facts: dict[str, object] = {
            "return": back.uid,
            "due_date": due_date,
            "gaps": [[each.part, each.text] for each in told],
        }
        move(now, Move.SEND_BACK, by=by, at=at, facts=facts)
        telling.returned(now, back, [each.text for each in told], at)
    return back


def _told(gaps: Sequence[GapTold]) -> list[GapTold]:
    told = [GapTold(texts.lines(each.text, _("Nội dung cần bổ sung"), 2_000), each.part) for each in gaps]
    told = [each for each in told if each.text]
    if not told:
        raise Refused(_("Bạn ghi ít nhất một nội dung cần bổ sung để đơn vị biết phải làm gì."))
    if len(told) > _MOST_GAPS or any(len(each.part) > LONGEST_PART for each in told):
        raise Refused(_("Có quá nhiều nội dung cần bổ sung. Bạn gộp bớt rồi trả lại."))
    return told


def extend(back: Return, *, due_date: date, by: Actor, at: datetime) -> Return:
    """A later day for the supplement. Raises ``Refused`` when it is answered already, or not later."""
    with holding(back.entry) as (now,):
        row = Return.objects.get(pk=back.pk)
        if row.ended_at is not None:
            raise Refused(_("Lần trả lại này đã xong nên không đổi hạn được."))
        if due_date <= row.due_date:
            raise Refused(_("Hạn mới phải sau hạn đang có (%s). Bạn chọn ngày muộn hơn.") % telling.day(row.due_date))
        facts: dict[str, object] = {"return": row.uid, "old": row.due_date, "new": due_date}
        row.due_date = due_date
        row.save(update_fields=["due_date"])
        note(now, "return_extended", by=by, at=at, seen_by=SeenBy.UNIT, facts=facts)
    return row


def reject(entry: Entry, *, reason: str, by: Actor, at: datetime) -> Entry:
    """No supplement came until the day: it is not taken, for this reason."""
    why = reason_told(reason, _("Không tiếp nhận cần có lý do. Bạn ghi lý do để đơn vị biết."))
    with holding(entry) as (now,):
        refuse_no_arrow(now, Move.REJECT)
        _refuse_before_the_day(now, at)
        _end_return(now, at)
        move(now, Move.REJECT, by=by, at=at, reason=why)
        telling.ended(now, "rejected", _("Giải pháp %s không được tiếp nhận trong đợt này") % now.code, why, at)
    return now


def defer(entry: Entry, *, reason: str, by: Actor, at: datetime) -> Entry:
    """Into the pool for the next campaign: one that came late, or whose supplement did not come."""
    why = reason_told(reason, _("Chuyển sang đợt sau cần có lý do. Bạn ghi lý do để đơn vị biết."))
    with holding(entry) as (now,):
        refuse_no_arrow(now, Move.DEFER)
        if now.stage == Stage.CHANGES_REQUESTED:
            _refuse_before_the_day(now, at)
            _end_return(now, at)
        elif not now.is_late:
            raise Refused(
                _("Giải pháp %s đến trong hạn nên được xem xét trong đợt này, không chuyển đợt sau.") % now.code
            )
        move(now, Move.DEFER, by=by, at=at, reason=why)
        telling.ended(now, "deferred", _("Giải pháp %s được chuyển sang đợt sau") % now.code, why, at)
    return now


def _refuse_before_the_day(entry: Entry, at: datetime) -> None:
    back = Return.objects.filter(entry=entry, ended_at__isnull=True).first()
    if back is not None and local_date(at) <= back.due_date:
        raise Refused(
            _("Đơn vị còn thời gian bổ sung giải pháp %(code)s đến hết ngày %(due)s. Bạn chờ đến sau ngày ấy.")
            % {"code": entry.code, "due": telling.day(back.due_date)}
        )


def _end_return(entry: Entry, at: datetime) -> None:
    Return.objects.filter(entry=entry, ended_at__isnull=True).update(ended_at=at)


def attach_letter(backs: Sequence[Return], *, letter: Paper, by: Actor, at: datetime) -> list[Return]:
    """The request went out as a công văn, issued after the unit was told: it is named beside the returns from then on.

    Raises ``Refused`` for a paper without effect, or of another unit than the one that leads or issues.
    """
    with holding(*(each.entry for each in backs)) as rows:
        campaign = rows[0].campaign
        if letter.state != PaperState.ISSUED:
            raise Refused(_("Công văn này chưa có số, ngày và bản ký. Bạn hoàn thành công văn rồi ghi lại."))
        if letter.issuer_unit_id not in (campaign.lead_unit_id, campaign.organiser_id):
            raise Refused(_("Công văn này không phải của đơn vị đầu mối. Bạn chọn lại văn bản."))
        Return.objects.filter(pk__in=[each.pk for each in backs]).update(letter=letter)
        for each in rows:
            note(each, "return_letter", by=by, at=at, seen_by=SeenBy.UNIT, facts={"letter": letter.uid})
    for back in backs:
        back.letter = letter
    return list(backs)

"""What an office says of an entry: drafted, filed, corrected by a new one, or recorded from its paper."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from sangkien.accounts.refusal import Refused
from sangkien.appraisal.actions.common import finish_where_done, holding_assignment
from sangkien.appraisal.conflicts import keeps_out
from sangkien.appraisal.models import Assignment, Opinion, Verdict
from sangkien.initiatives import texts
from sangkien.intake.lifecycle import Stage
from sangkien.intake.models import Entry
from sangkien.intake.moving import note
from sangkien.ledger.canonical import canonical, sha256
from sangkien.ledger.models import Act, SeenBy
from sangkien.ledger.recording import Actor, record
from sangkien.papers.models import Paper

LONGEST_REASONS = 20_000
OPEN = (Stage.IN_APPRAISAL, Stage.APPRAISED)  # until then an opinion may be corrected
SHOWN = "assignment.others_shown"


@dataclass(frozen=True, slots=True)
class Said:
    """What a person wrote. ``agrees_with``: the opinion of another office to which this is a light second."""

    verdict: Verdict | None = None
    reasons: str = ""
    agrees_with: Opinion | None = None


class OpinionConflict(Refused):
    """A colleague changed the draft meanwhile: nothing was overwritten; ``theirs`` stands there now, ``mine`` was not
    stored."""

    def __init__(self, theirs: Opinion, mine: Said) -> None:
        super().__init__(_("Đồng nghiệp vừa sửa phiếu này nên phần bạn viết chưa lưu. Bạn xem cả hai bản rồi chọn."))
        self.theirs, self.mine = theirs, mine


def mark_opened(assignment: Assignment, *, at: datetime) -> bool:
    """Somebody of the office looks at it: from now on the routing cannot be taken back. One statement."""
    there = Assignment.objects.current().filter(pk=assignment.pk, opened_at__isnull=True)
    return bool(there.update(opened_at=at))


def save_draft(assignment: Assignment, said: Said, *, edit_version: int, by: Actor, at: datetime) -> Opinion:
    """Keep what was written so far; the same again changes nothing. Leaves no act: a draft is nobody's but theirs.

    Raises ``OpinionConflict``, and ``Refused`` once the entry has gone on.
    """
    with holding_assignment(assignment, OPEN) as (_entry, row):
        mark_opened(row, at=at)
        return _stored(row, said, edit_version, by, at)


def _stored(row: Assignment, said: Said, edit_version: int, by: Actor, at: datetime) -> Opinion:
    facts = _tidied(row, said)
    draft = Opinion.objects.select_for_update().filter(assignment=row, filed_at__isnull=True).first()
    if draft is None:
        return Opinion.objects.create(assignment=row, drafted_by=by.id, edited_at=at, edit_version=1, **facts)
    changed = {name: value for name, value in facts.items() if value != getattr(draft, name)}
    if not changed:
        return draft
    if draft.edit_version != edit_version:
        raise OpinionConflict(draft, said)
    for name, value in changed.items():
        setattr(draft, name, value)
    draft.drafted_by, draft.edited_at, draft.edit_version = by.id, at, edit_version + 1
    draft.save()
    return draft


def _tidied(row: Assignment, said: Said) -> dict[str, object]:
    """As the columns store it. Raises ``Refused``."""
    other = said.agrees_with
    if other is not None:
        _refuse_no_second(row, other)
    return {
        "verdict": said.verdict.value if said.verdict else "",
        "reasons": texts.lines(said.reasons, _("Lý do"), LONGEST_REASONS),
        "agrees_with_id": other.pk if other else None,
    }


def _refuse_no_second(row: Assignment, other: Opinion) -> None:
    same = Opinion.objects.filed().filter(pk=other.pk, assignment__entry=row.entry_id, assignment__round=row.round)
    if not same.exclude(assignment=row).exists():
        raise Refused(_("Ý kiến bạn muốn đồng ý không còn ở đó. Bạn mở lại trang để xem."))


def file(
    assignment: Assignment, said: Said, *, edit_version: int, by: Actor, at: datetime, paper: Paper | None = None,
    key: str = "",
) -> Opinion:  # fmt: skip
    """Hand it in. One that is there already is replaced by this one, and both are kept; the last one in ends the
    appraisal. ``paper``: from which the lead unit recorded it. The second click of the same ``key`` answers the first.

    Raises ``Refused`` without verdict or reasons, for an office in conflict, and once the entry has gone on.
    """
    with holding_assignment(assignment, OPEN) as (entry, row):
        first = Opinion.objects.filter(key=key, assignment=row, filed_at__isnull=False).first() if key else None
        if first is not None:
            return first
        _refuse_conflict(row, entry, at)
        if paper is None:
            mark_opened(row, at=at)
        opinion = _stored(row, _seconded(said), edit_version, by, at) if paper is None else _recorded(row, said, by, at)
        _refuse_gaps(opinion)
        before = Opinion.objects.filed().filter(assignment=row).first()
        if before is not None:
            Opinion.objects.filter(pk=before.pk).update(superseded_at=at)
        opinion.filed_at, opinion.filed_by, opinion.recorded_from, opinion.key = at, by.id, paper, key
        opinion.sha256 = digest_of(opinion, row)
        opinion.save()
        note(
            entry, "opinion_corrected" if before else "opinion_filed", by=by, at=at, seen_by=SeenBy.PANEL,
            facts={
                "assignment": row.uid, "opinion": opinion.uid, "sha256": opinion.sha256,
                "recorded": paper is not None,
            },
        )  # fmt: skip
        finish_where_done([entry], by=by, at=at)
    return opinion


def _refuse_conflict(row: Assignment, entry: Entry, at: datetime) -> None:
    if row.office is not None and keeps_out(row.office, entry, timezone.localdate(at)):
        raise Refused(_("Đơn vị này không được thẩm định giải pháp %s. Đơn vị đầu mối chọn nơi khác.") % entry.code)


def _seconded(said: Said) -> Said:
    """Who agrees with another opinion says the same; reasons of one's own may be added."""
    other = said.agrees_with
    if other is None:
        return said
    reasons = said.reasons.strip() or _("Đồng ý với ý kiến của đơn vị cùng thẩm định.")
    return Said(Verdict(other.verdict), reasons, other)


def _recorded(row: Assignment, said: Said, by: Actor, at: datetime) -> Opinion:
    """Beside a draft of the office, which stays what it is: the paper counts."""
    return Opinion(assignment=row, drafted_by=by.id, edited_at=at, edit_version=1, **_tidied(row, said))


def _refuse_gaps(opinion: Opinion) -> None:
    if not opinion.verdict:
        raise Refused(_("Bạn chọn một kết luận rồi gửi."))
    if not opinion.reasons:
        raise Refused(_("Bạn ghi lý do, một vài câu là đủ, rồi gửi."))


def digest_of(opinion: Opinion, row: Assignment) -> str:
    """What stands for the opinion in the ledger. ``row`` needs ``entry`` and ``revision`` at hand."""
    return sha256(
        canonical(
            {
                "assignment": row.uid,
                "entry": row.entry.uid,
                "revision": row.revision.sha256,
                "round": row.round,
                "verdict": opinion.verdict,
                "reasons": opinion.reasons,
                "agrees_with": opinion.agrees_with.uid if opinion.agrees_with else None,
            }
        )
    )


def show_others(assignment: Assignment, *, by: Actor, at: datetime) -> None:
    """The office asks to read what others said before it has said anything itself; that it did is kept."""
    with holding_assignment(assignment, OPEN) as (_entry, row):
        if others_shown(row):
            return
        mark_opened(row, at=at)
        record(
            by=by, at=at, verb=SHOWN, subject_kind="assignment", subject_uid=row.uid, seen_by=SeenBy.PANEL, payload={}
        )


def others_shown(assignment: Assignment) -> bool:
    """Whether the office read the others' opinions before its own. One statement."""
    return Act.objects.filter(subject_uid=assignment.uid, verb=SHOWN).exists()

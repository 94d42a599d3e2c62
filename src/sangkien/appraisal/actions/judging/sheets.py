"""A sheet is filled in, saves itself, and is handed in; then it never changes, a correction is a new one."""

from collections.abc import Mapping
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from sangkien.accounts.refusal import Refused
from sangkien.appraisal.actions.judging.common import note, refuse_closed
from sangkien.appraisal.judging.criteria import Asked, asked_by
from sangkien.appraisal.judging.digest import digest_of
from sangkien.appraisal.judging.told import MarkTold, SheetTold, gaps, problems, tidied, told_by
from sangkien.appraisal.models import Mark, PanelMember, Reading, Recusal, ScoreSheet
from sangkien.appraisal.rules.judging import is_scored_now
from sangkien.campaigns.actions.criteria import lock_criteria
from sangkien.campaigns.models import Criterion
from sangkien.initiatives.models import Revision
from sangkien.intake.actions.common import in_running, reason_told
from sangkien.intake.models import Entry
from sangkien.intake.moving import hold_one
from sangkien.ledger.recording import Actor, acting


class SheetConflict(Exception):
    """The sheet was saved elsewhere since this page was shown; ``sheet`` is as it stands now."""

    def __init__(self, sheet: ScoreSheet) -> None:
        super().__init__(sheet.pk)
        self.sheet = sheet


class Unfinished(Refused):
    """The sheet cannot be handed in yet; ``wrong``: criterion code → sentence. What could be stored is stored."""

    def __init__(self, wrong: Mapping[str, str]) -> None:
        super().__init__(_("Phiếu chưa đủ để nộp. Bạn xem các chỗ có dấu đỏ."))
        self.wrong = wrong


def standing_sheet(reading: Reading, asked: Asked) -> ScoreSheet | None:
    """Draft or handed in, by these criteria. One statement."""
    rows = ScoreSheet.objects.standing().filter(
        member=reading.member_id, entry=reading.entry_id, criteria_set=asked.row.pk
    )
    return rows.select_related("revision", "criteria_set", "member", "entry").first()


def save(
    reading: Reading, *, told: SheetTold, edit_version: int, by: Actor, at: datetime
) -> tuple[ScoreSheet, dict[str, str]]:
    """Keep the draft as seen at ``edit_version`` (0: no sheet yet); answers it and what could not be stored, by code.

    The same again changes nothing. Leaves no act: until it is handed in a sheet is nobody's but the judge's. Raises
    ``SheetConflict``, and ``Refused`` once it is handed in or the reading is gone.
    """
    said = tidied(told)
    with acting():
        _refuse_gone(reading)
        asked = asked_of(reading)
        sheet = held(reading, asked) or begun(reading, asked, at)
        return _kept(sheet, asked, said, edit_version, at)


def file(reading: Reading, *, told: SheetTold, edit_version: int, by: Actor, at: datetime) -> ScoreSheet:
    """Hand the sheet in, whole; the first one locks the criteria. The second click answers the first.

    Raises ``Unfinished`` (what could be stored is stored then), ``SheetConflict``, ``Refused``.
    """
    said = tidied(told)
    with in_running(reading.member.panel.campaign):
        hold_reading(reading)
        asked = asked_of(reading)
        sheet = held(reading, asked) or begun(reading, asked, at)
        if sheet.filed_at is not None and told_by(sheet).marks == _plain(said.marks):
            return sheet
        sheet, wrong = _kept(sheet, asked, said, edit_version, at)
        wrong = gaps(asked, said) | wrong
        if not wrong:
            hand_in(sheet, asked, by=by, at=at)
    if wrong:
        raise Unfinished(wrong)
    return sheet


def correct(
    reading: Reading, *, told: SheetTold, reason: str, edit_version: int, by: Actor, at: datetime
) -> ScoreSheet:
    """A new sheet in the place of the one that was handed in, with the reason; the old one stays as it was.

    Raises ``Unfinished``, ``SheetConflict`` and ``Refused``; nothing is changed then.
    """
    said = tidied(told)
    why = reason_told(reason, _("Bạn ghi vì sao sửa phiếu đã nộp."))
    with in_running(reading.member.panel.campaign):
        hold_reading(reading)
        asked = asked_of(reading)
        old = held(reading, asked)
        if old is None or old.filed_at is None:
            raise Refused(_("Phiếu này chưa nộp nên không cần sửa bằng phiếu mới. Bạn mở lại trang để xem."))
        if old.edit_version != edit_version:
            raise SheetConflict(old)
        wrong = gaps(asked, said) | problems(asked, said)
        if wrong:
            raise Unfinished(wrong)
        supersede(old, reason=why, at=at)
        new = begun(reading, asked, at)
        new.edit_version = old.edit_version
        new, _wrong = _kept(new, asked, said, new.edit_version, at)
        hand_in(new, asked, by=by, at=at, replaces=old)
    return new


def supersede(sheet: ScoreSheet, *, reason: str, at: datetime) -> None:
    """The end mark of a sheet, inside the transaction of its successor."""
    sheet.superseded_at, sheet.superseded_reason = at, reason
    sheet.save(update_fields=["superseded_at", "superseded_reason"])


def hand_in(sheet: ScoreSheet, asked: Asked, *, by: Actor, at: datetime, replaces: ScoreSheet | None = None) -> None:
    """From now on it counts and never changes. Inside the transaction, under the locks of campaign and entry."""
    sheet.filed_at = at
    sheet.sha256 = digest_of(sheet, told_by(sheet).marks)
    sheet.save(update_fields=["filed_at", "sha256"])
    lock_criteria(asked.row, at)
    facts: dict[str, object] = {"sheet": sheet.uid, "sha256": sheet.sha256, "criteria_version": asked.row.version}
    if replaces is not None:
        facts |= {"replaces": replaces.uid, "reason": replaces.superseded_reason}
    verb = "sheet_entered" if sheet.entered_by else "sheet_corrected" if replaces else "sheet_filed"
    note(sheet.member.panel, verb, by=by, at=at, facts=facts)


# -- under the locks


def hold_reading(reading: Reading) -> None:
    """The entry FOR UPDATE, so that nobody is kept out meanwhile. Raises ``Refused`` where nothing is scored now."""
    entry = hold_one(reading.entry)
    _refuse_gone(reading)
    campaign = reading.member.panel.campaign
    refuse_closed(campaign)
    verdict = is_scored_now(reading.member.panel, entry)
    if not verdict:
        raise Refused(verdict.reason)


def _refuse_gone(reading: Reading) -> None:
    here = Reading.objects.current().filter(pk=reading.pk, member__left_at__isnull=True)
    kept_out = Recusal.objects.filter(member=reading.member_id, entry=reading.entry_id, lifted_at__isnull=True)
    if not here.exists() or kept_out.exists():
        raise Refused(_("Hồ sơ này không còn ở phần chấm của bạn. Bạn mở lại danh sách để xem."))


def asked_of(reading: Reading) -> Asked:
    """By what is scored. Raises ``Refused`` where nothing is in force."""
    asked = asked_by(reading.member.panel.campaign)
    if asked is None:
        raise Refused(_("Đợt này chưa có bộ tiêu chí nào được ban hành nên chưa chấm được."))
    return asked


def held(reading: Reading, asked: Asked) -> ScoreSheet | None:
    """Draft or handed in, FOR UPDATE."""
    rows = ScoreSheet.objects.standing().select_for_update(of=("self",))
    rows = rows.filter(member=reading.member_id, entry=reading.entry_id, criteria_set=asked.row.pk)
    return rows.select_related("revision", "criteria_set", "member__panel", "entry").first()


def begun(reading: Reading, asked: Asked, at: datetime) -> ScoreSheet:
    """A new draft; where the judge's other window was a moment earlier, that one."""
    try:
        with transaction.atomic():
            return begin(reading.member, reading.entry, asked, at)
    except IntegrityError:
        sheet = held(reading, asked)
        if sheet is None:
            raise
        return sheet


def begin(member: PanelMember, entry: Entry, asked: Asked, at: datetime) -> ScoreSheet:
    """An empty draft on the frozen text that stands in the entry. Raises ``Refused`` where there is none."""
    revision = Revision.objects.frozen().filter(pk=entry.revision_id or 0).first()
    if revision is None:
        raise Refused(_("Hồ sơ này chưa có bản nội dung nào được chốt nên chưa chấm được."))
    return ScoreSheet.objects.create(
        member=member, entry=entry, revision=revision, criteria_set=asked.row, started_at=at, edited_at=at
    )


def _kept(
    sheet: ScoreSheet, asked: Asked, said: SheetTold, edit_version: int, at: datetime
) -> tuple[ScoreSheet, dict[str, str]]:
    wrong = problems(asked, said)
    now = told_by(sheet)
    good = {code: each for code, each in _plain(said.marks).items() if code in asked.by_code and code not in wrong}
    good = {code: each for code, each in good.items() if each.is_told}
    kept = {code: now.marks[code] for code in wrong if code in now.marks}  # what cannot be read does not wipe a mark
    same = {**good, **kept} == now.marks and (said.comment, said.private_note) == (now.comment, now.private_note)
    if same:
        return sheet, wrong
    if sheet.filed_at is not None:
        raise Refused(_("Phiếu này đã nộp. Muốn đổi, bạn bấm “Sửa phiếu đã nộp” và ghi lý do."))
    if sheet.edit_version != edit_version:
        raise SheetConflict(sheet)
    write(sheet, asked, {**good, **kept})
    sheet.comment, sheet.private_note = said.comment, said.private_note
    sheet.edit_version, sheet.edited_at = sheet.edit_version + 1, at
    sheet.save(update_fields=["comment", "private_note", "edit_version", "edited_at"])
    return sheet, wrong


def write(sheet: ScoreSheet, asked: Asked, marks: Mapping[str, MarkTold]) -> None:
    """These marks in the place of the earlier ones of a draft."""
    Mark.objects.filter(sheet=sheet).delete()
    keys = dict(Criterion.objects.filter(set=asked.row).values_list("code", "pk"))
    Mark.objects.bulk_create(
        Mark(
            sheet=sheet, criterion_id=keys[code], value=told.value, missing_reason=told.missing_reason,
            comment=told.comment,
        )
        for code, told in marks.items()
        if told.is_told
    )  # fmt: skip


def _plain(marks: Mapping[str, MarkTold]) -> dict[str, MarkTold]:
    """Without the bands that were chosen, which are not stored, and without criteria of which nothing is told."""
    told = {code: MarkTold(each.value, each.missing_reason, each.comment) for code, each in marks.items()}
    return {code: each for code, each in told.items() if each.is_told}

"""A sheet that was filled in on paper is typed in, and counts once another person has compared it."""

from dataclasses import replace
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from sangkien.accounts.refusal import Refused
from sangkien.appraisal.actions.judging.common import note, refuse_closed
from sangkien.appraisal.actions.judging.sheets import (
    Unfinished,
    asked_of,
    begun,
    hand_in,
    held,
    hold_reading,
    supersede,
    write,
)
from sangkien.appraisal.conflicts import members_kept_out
from sangkien.appraisal.judging.told import SheetTold, gaps, problems, tidied, told_by
from sangkien.appraisal.models import Reading, ScoreSheet
from sangkien.intake.actions.common import in_running, reason_told
from sangkien.intake.moving import hold_one
from sangkien.ledger.recording import Actor


def enter(reading: Reading, *, told: SheetTold, reason: str = "", by: Actor, at: datetime) -> ScoreSheet:
    """Hand in what the judge wrote on paper; it waits to be compared. The second click answers the first.

    ``reason``: why, where it takes the place of a sheet that was typed in before. Raises ``Unfinished`` and
    ``Refused``; nothing is changed then.
    """
    said = replace(tidied(told), private_note="")
    with in_running(reading.member.panel.campaign):
        hold_reading(reading)
        _refuse_kept_out(reading, at)
        asked = asked_of(reading)
        old = held(reading, asked)
        if old is not None and old.entered_by and _says(old, said):
            return old
        wrong = gaps(asked, said) | problems(asked, said)
        if wrong:
            raise Unfinished(wrong)
        if old is not None:
            _give_way(old, reason, at)
        new = begun(reading, asked, at)
        new.entered_by, new.comment = by.id, said.comment
        new.save(update_fields=["entered_by", "comment"])
        write(new, asked, said.marks)
        hand_in(new, asked, by=by, at=at, replaces=old)
    return new


def check(sheet: ScoreSheet, *, by: Actor, at: datetime) -> ScoreSheet:
    """Another person found it to say what the paper says: from now on it counts. Raises ``Refused``."""
    with in_running(sheet.member.panel.campaign):
        now = _waiting(sheet, by)
        if now.checked_at is not None:
            return now
        now.checked_by, now.checked_at = by.id, at
        now.save(update_fields=["checked_by", "checked_at"])
        note(now.member.panel, "sheet_checked", by=by, at=at, facts={"sheet": now.uid, "sha256": now.sha256})
    return now


def give_back(sheet: ScoreSheet, *, reason: str, by: Actor, at: datetime) -> ScoreSheet:
    """It does not say what the paper says: it ends, and is to be typed in again. Raises ``Refused``."""
    why = reason_told(reason, _("Bạn ghi chỗ khác với bản giấy, để người nhập sửa."))
    with in_running(sheet.member.panel.campaign):
        now = _waiting(sheet, by)
        if now.checked_at is not None:
            raise Refused(_("Phiếu này đã được đối chiếu xong. Bạn mở lại danh sách để xem."))
        supersede(now, reason=why, at=at)
        note(now.member.panel, "sheet_refused", by=by, at=at, facts={"sheet": now.uid, "reason": why})
    return now


# -- under the locks


def _refuse_kept_out(reading: Reading, at: datetime) -> None:
    if members_kept_out([reading.member], [reading.entry], timezone.localdate(at)):
        raise Refused(_("Người này không chấm hồ sơ này nên không nhập phiếu được."))


def _says(sheet: ScoreSheet, said: SheetTold) -> bool:
    now = told_by(sheet)
    return sheet.filed_at is not None and (now.marks, now.comment) == (
        {code: each for code, each in said.marks.items() if each.is_told},
        said.comment,
    )


def _give_way(old: ScoreSheet, reason: str, at: datetime) -> None:
    """The sheet that stands ends, where it came from paper too. Raises ``Refused``."""
    if old.filed_at is None:
        raise Refused(_("Người này đang chấm hồ sơ này trên máy nên không nhập phiếu giấy được."))
    if not old.entered_by:
        raise Refused(_("Người này đã nộp phiếu trên máy. Muốn đổi, người ấy tự sửa phiếu đã nộp."))
    supersede(old, reason=reason_told(reason, _("Bạn ghi vì sao nhập lại phiếu này.")), at=at)


def _waiting(sheet: ScoreSheet, by: Actor) -> ScoreSheet:
    """As it stands, FOR UPDATE; already compared only for who compared it. Raises ``Refused``."""
    hold_one(sheet.entry)
    refuse_closed(sheet.member.panel.campaign)
    rows = ScoreSheet.objects.standing().select_for_update(of=("self",)).select_related("member__panel")
    now = rows.filter(pk=sheet.pk, filed_at__isnull=False).exclude(entered_by="").first()
    if now is None or (now.checked_at is not None and now.checked_by != by.id):
        raise Refused(_("Phiếu này không còn chờ đối chiếu. Bạn mở lại danh sách để xem."))
    if now.entered_by == by.id:
        raise Refused(_("Bạn nhập phiếu này nên cần người khác đối chiếu với bản giấy."))
    return now

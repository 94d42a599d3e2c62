"""What the actions of meetings share: locks, texts, acts."""

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from sangkien.accounts.models import User
from sangkien.accounts.refusal import Refused
from sangkien.appraisal.models import PresentationSession, SiteVisit
from sangkien.campaigns.models import Campaign
from sangkien.initiatives import texts
from sangkien.intake.actions.common import in_running
from sangkien.intake.lifecycle import Stage
from sangkien.intake.models import Entry
from sangkien.ledger.models import SeenBy
from sangkien.ledger.recording import Actor, record
from sangkien.units.models import Unit

LONGEST_NOTE: Final = 10_000
# What is looked at on a visit or in a session: admitted, and not decided yet.
TALKED_ABOUT: Final = frozenset({Stage.ADMITTED, Stage.IN_APPRAISAL, Stage.APPRAISED, Stage.ASSESSED, Stage.PROPOSED})


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who takes part, with an account or by name only."""

    name: str
    title: str = ""
    user: User | None = None
    unit: Unit | None = None
    is_host: bool = False
    is_head: bool = False
    keeps_minutes: bool = False


@contextmanager
def holding_visit(visit: SiteVisit, *, ended: bool = False) -> Iterator[SiteVisit]:
    """The visit FOR UPDATE after its campaign; refused when called off, and, unless ``ended``, when it is over."""
    with in_running(visit.campaign) as campaign:
        locked = SiteVisit.objects.select_for_update(of=("self",)).select_related("host", "office")
        row = locked.get(pk=visit.pk)
        row.campaign = campaign
        if row.cancelled_at is not None:
            raise Refused(_("Buổi khảo sát này đã hủy. Bạn mở lại lịch để xem."))
        if row.ended_at is not None and not ended:
            raise Refused(_("Buổi khảo sát này đã kết thúc nên không sửa được nữa."))
        yield row


@contextmanager
def holding_session(session: PresentationSession, *, ended: bool = False) -> Iterator[PresentationSession]:
    """The session FOR UPDATE after its campaign; as above."""
    with in_running(session.campaign) as campaign:
        yield locked_session(session, campaign, ended=ended)


def locked_session(session: PresentationSession, campaign: Campaign, *, ended: bool = False) -> PresentationSession:
    """The row as it is now, in the transaction of the caller, who holds the campaign (and entries) already."""
    locked = PresentationSession.objects.select_for_update(of=("self",)).select_related("panel")
    row = locked.get(pk=session.pk)
    row.campaign = campaign
    if row.cancelled_at is not None:
        raise Refused(_("Phiên này đã hủy. Bạn mở lại lịch để xem."))
    if row.ended_at is not None and not ended:
        raise Refused(_("Phiên này đã kết thúc nên không sửa được nữa."))
    return row


def chosen_entries(campaign: Campaign, entries: Collection[Entry]) -> list[Entry]:
    """The entries as they are now, in the given order. Raises ``Refused`` for none, a stranger, a decided one."""
    if not entries:
        raise Refused(_("Bạn chưa chọn giải pháp nào. Bạn chọn ít nhất một giải pháp."))
    rows = {each.pk: each for each in Entry.objects.filter(pk__in=[e.pk for e in entries], campaign=campaign)}
    if any(each.pk not in rows for each in entries):
        raise Refused(_("Có giải pháp không thuộc đợt này. Bạn mở lại trang rồi chọn lại."))
    for each in entries:
        now = rows[each.pk]
        if now.stage not in TALKED_ABOUT:
            raise Refused(
                _("Giải pháp %(code)s %(stage)s nên không đưa vào được. Bạn bỏ giải pháp này rồi lưu lại.")
                % {"code": now.code, "stage": Stage(now.stage).label}
            )
    return [rows[key] for key in dict.fromkeys(each.pk for each in entries)]


def required(text: str, longest: int, what: str) -> str:
    """One line that must be there. Raises ``Refused``."""
    told = texts.line(text, longest, what)
    if not told:
        raise Refused(_("Bạn ghi “%s” rồi lưu lại.") % what)
    return told


def note_visit(
    visit: SiteVisit, verb: str, *, by: Actor, at: datetime, seen_by: SeenBy, facts: Mapping[str, object]
) -> None:
    """An act on a visit: ids, moments, hashes and reasons; no name of a person and no text of a note."""
    record(
        by=by, at=at, verb=f"visit.{verb}", subject_kind="visit", subject_uid=visit.uid, seen_by=seen_by, payload=facts
    )


def note_session(
    session: PresentationSession, verb: str, *, by: Actor, at: datetime, seen_by: SeenBy, facts: Mapping[str, object]
) -> None:
    """An act on a session: as above; what is said of votes is sealed."""
    record(
        by=by, at=at, verb=f"session.{verb}", subject_kind="session", subject_uid=session.uid, seen_by=seen_by,
        payload=facts,
    )  # fmt: skip


def moment_words(at: datetime) -> str:
    """ "08:30 ngày 12/9/2024"."""
    local = timezone.localtime(at)
    return _("%(time)s ngày %(day)s") % {"time": date_format(local, "H:i"), "day": date_format(local, "j/n/Y")}

"""What units are told of visits and sessions: when, where, which of their own entries; never a finding or a count."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from sangkien.appraisal.actions.meetings.common import moment_words
from sangkien.appraisal.models import PresentationSession, SessionItem, SiteVisit
from sangkien.intake.models import Entry
from sangkien.notices.actions import tell
from sangkien.units.models import Unit

# Kinds begin as those about reports do: only who follows the reports of the unit is told.
_VISIT: Final = "intake.visit"
_SESSION: Final = "intake.session"
_LONGEST_TEXT: Final = 500


def visit_planned(visit: SiteVisit, entries: Iterable[Entry], at: datetime) -> None:
    """The host hears when and where, and which of its entries are looked at."""
    codes = ", ".join(each.code for each in entries)
    _of_visit(
        visit, "planned", at, _("Khảo sát thực tế lúc %s") % moment_words(visit.starts_at),
        _("Địa điểm: %(place)s. Giải pháp: %(codes)s. Đơn vị chuẩn bị tài liệu và người báo cáo.")
        % {"place": visit.place, "codes": codes},
    )  # fmt: skip


def visit_moved(visit: SiteVisit, reason: str, at: datetime) -> None:
    """Another day or place."""
    _of_visit(
        visit, "moved", at, _("Buổi khảo sát dời sang %s") % moment_words(visit.starts_at),
        _("Địa điểm: %(place)s. Lý do: %(reason)s") % {"place": visit.place, "reason": reason},
    )  # fmt: skip


def visit_cancelled(visit: SiteVisit, reason: str, at: datetime) -> None:
    """It does not take place."""
    _of_visit(
        visit, "cancelled", at, _("Không tổ chức buổi khảo sát %s") % moment_words(visit.starts_at),
        _("Lý do: %s") % reason,
    )  # fmt: skip


def _of_visit(visit: SiteVisit, what: str, at: datetime, title: str, text: str) -> None:
    tell(
        visit.host, kind=f"{_VISIT}_{what}", subject_uid=visit.uid, scope=visit.campaign.uid, title=title,
        text=_short(text), path=reverse("appraisal:visit_received", args=[visit.uid]),
        key=f"{_VISIT}_{what}:{visit.uid}:{at.isoformat()}", at=at,
    )  # fmt: skip


def planned_at(session: PresentationSession, position: int) -> datetime:
    """When the entry in this place is expected to begin."""
    return session.starts_at + timedelta(minutes=session.minutes_each * (position - 1))


def session_told(session: PresentationSession, items: Iterable[SessionItem], at: datetime) -> None:
    """Each unit hears when its own entries are expected; nothing of others."""
    for unit, own in _by_unit(items).items():
        times = ", ".join(f"{each.entry.code} ({_clock(planned_at(session, each.position))})" for each in own)
        _of_session(
            session, unit, "told", at, _("Trình bày giải pháp lúc %s") % moment_words(session.starts_at),
            _("Địa điểm: %(place)s. Dự kiến: %(times)s, mỗi giải pháp %(minutes)d phút.")
            % {"place": session.place, "times": times, "minutes": session.minutes_each},
        )  # fmt: skip


def session_cancelled(session: PresentationSession, items: Iterable[SessionItem], reason: str, at: datetime) -> None:
    """It does not take place."""
    for unit in _by_unit(items):
        _of_session(
            session, unit, "cancelled", at, _("Không tổ chức phiên %s") % moment_words(session.starts_at),
            _("Lý do: %s") % reason,
        )  # fmt: skip


def _of_session(session: PresentationSession, unit: Unit, what: str, at: datetime, title: str, text: str) -> None:
    tell(
        unit, kind=f"{_SESSION}_{what}", subject_uid=session.uid, scope=session.campaign.uid, title=title,
        text=_short(text), path=reverse("appraisal:session_presented", args=[session.uid]),
        key=f"{_SESSION}_{what}:{session.uid}:{unit.pk}:{at.isoformat()}", at=at,
    )  # fmt: skip


def _by_unit(items: Iterable[SessionItem]) -> dict[Unit, list[SessionItem]]:
    units: dict[Unit, list[SessionItem]] = {}
    for each in sorted(items, key=lambda item: item.position):
        units.setdefault(each.entry.implementer, []).append(each)
    return units


def _clock(at: datetime) -> str:
    return date_format(timezone.localtime(at), "H:i")


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST_TEXT else line[: _LONGEST_TEXT - 1].rpartition(" ")[0] + "…"

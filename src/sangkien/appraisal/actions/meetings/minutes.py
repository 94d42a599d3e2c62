"""The papers of a meeting: invitation and minutes written here, signed outside, handed in again; or only on paper."""

from collections.abc import Mapping
from datetime import date, datetime

from django.core.files import File
from django.utils import timezone
from django.utils.translation import gettext as _

from sangkien.accounts.refusal import Refused
from sangkien.appraisal.actions.meetings.common import holding_session, holding_visit, note_session, note_visit
from sangkien.appraisal.meetings import VisitRoom, whole_room
from sangkien.appraisal.models import PresentationSession, SessionItem, SiteVisit
from sangkien.appraisal.papers.meeting_invitations import (
    session_invitation,
    session_summary,
    visit_invitation,
    visit_summary,
)
from sangkien.appraisal.papers.meeting_minutes import minutes_summary, session_minutes, visit_minutes
from sangkien.appraisal.papers.meeting_words import TEMPLATE_VERSION
from sangkien.documents import blocks as documents
from sangkien.intake.papers.naming import initials, printed_on
from sangkien.ledger.models import SeenBy
from sangkien.ledger.recording import Actor, acting
from sangkien.papers import drafting, issuing
from sangkien.papers.issuing import Issued
from sangkien.papers.kinds import Kind, notation_key
from sangkien.papers.models import Form, Paper, PaperFile, State
from sangkien.papers.names import capacities, proposed_notation
from sangkien.papers.refusal import Refused as PaperRefused
from sangkien.papers.rendering import render
from sangkien.units.models import Unit

Meeting = SiteVisit | PresentationSession
_INVITATION, _MINUTES = "invitation", "minutes"


def issuer_of(meeting: Meeting) -> Unit:
    """Who issues the papers unless a person chooses otherwise: the office that arranged it, else the lead unit."""
    if isinstance(meeting, SiteVisit):
        return meeting.office or meeting.campaign.lead_unit
    return meeting.campaign.lead_unit


def write_invitation(
    meeting: Meeting, *, issuer: Unit, by: Actor, at: datetime, capacity: str = "head", signed_by: str = ""
) -> Paper:
    """The giấy mời, ready for signing, with its files. Written again it replaces a text not yet numbered."""
    on = timezone.localdate(at)
    with acting():
        row = _held(meeting, ended=False)
        if isinstance(row, SiteVisit):
            items = list(row.items.select_related("entry__revision").order_by("position"))
            text = visit_invitation(row, items, issuer=issuer, on=on, capacity=capacity, signed_by=signed_by)
            summary = visit_summary(row, on)
        else:
            told = list(row.items.select_related("entry__revision", "entry__implementer").order_by("position"))
            text = session_invitation(row, told, issuer=issuer, on=on, capacity=capacity, signed_by=signed_by)
            summary = session_summary(row)
        lines = "\n".join(capacities(printed_on(issuer, on))[capacity])
        paper = _written(
            row, _INVITATION, Kind.INVITATION, issuer=issuer, on=on, summary=summary, text=text, capacity=lines,
            signed_by=signed_by, by=by, at=at,
        )  # fmt: skip
    _render(paper, by=by, at=at)
    return paper


def write_minutes(meeting: Meeting, *, issuer: Unit, by: Actor, at: datetime) -> Paper:
    """The biên bản out of what was noted, as above. Raises ``Refused`` before the meeting has ended.

    Only for who may see all of it: the caller asks.
    """
    on = timezone.localdate(meeting.ended_at or at)
    with acting():
        row = _held(meeting, ended=True)
        if row.ended_at is None:
            raise Refused(_("Biên bản lập sau khi kết thúc. Bạn ghi kết luận và kết thúc trước."))
        if isinstance(row, SiteVisit):
            text, summary = _of_visit(row, issuer, on), visit_summary(row, on)
        else:
            room = whole_room(row)
            text, summary = session_minutes(room, issuer=issuer, on=on), minutes_summary(room)
        paper = _written(
            row, _MINUTES, Kind.MINUTES, issuer=issuer, on=on, summary=summary, text=text, capacity="", signed_by="",
            by=by, at=at,
        )  # fmt: skip
    _render(paper, by=by, at=at)
    return paper


def _of_visit(visit: SiteVisit, issuer: Unit, on: date) -> documents.Paper:
    items = tuple(visit.items.select_related("entry__revision", "entry__implementer").order_by("position"))
    room = VisitRoom(visit, tuple(visit.people.order_by("position")), items, frozenset())
    checks = list(visit.checks.order_by("position"))
    notes = list(visit.notes.filter(removed_at__isnull=True).order_by("noted_at", "pk"))
    return visit_minutes(room, checks, notes, issuer=issuer, on=on)


def _held(meeting: Meeting, *, ended: bool) -> Meeting:
    """Held in the transaction of the caller; the campaign must still run."""
    if isinstance(meeting, SiteVisit):
        with holding_visit(meeting, ended=ended) as visit:
            return visit
    with holding_session(meeting, ended=ended) as session:
        return session


def _written(
    meeting: Meeting, role: str, kind: Kind, *, issuer: Unit, on: date, summary: str, text: documents.Paper,
    capacity: str, signed_by: str, by: Actor, at: datetime,
) -> Paper:  # fmt: skip
    old: Paper | None = getattr(meeting, role)
    if old is not None and old.state in State.of_the_issued():
        raise Refused(_("Văn bản này đã ký, đã vào số nên không lập lại được."))
    notation = proposed_notation(kind, initials(printed_on(issuer, on)))
    if old is not None and old.issuer_unit_id == issuer.pk:
        if old.state == State.READY:
            drafting.take_back(old, by=by, at=at, reason=_("lập lại văn bản"))
        drafting.revise(
            old,
            on=on,
            summary=summary,
            notation=notation,
            signer_capacity=capacity,
            signer_name=signed_by,
            by=by,
            at=at,
        )
        paper = old
    else:
        paper = drafting.draft(
            kind=kind, issuer=issuer, on=on, summary=summary, notation=notation, signer_capacity=capacity,
            signer_name=signed_by, template_version=TEMPLATE_VERSION, by=by, at=at,
        )  # fmt: skip
        _point(meeting, role, paper)
    drafting.write(paper, text=text, by=by, at=at)
    drafting.make_ready(paper, by=by, at=at)
    facts = {"paper": paper.uid, "blocks_sha256": paper.blocks_sha256}
    _note(meeting, "invitation_written" if role == _INVITATION else "minutes_written", by=by, at=at, facts=facts)
    return paper


def _note(meeting: Meeting, verb: str, *, by: Actor, at: datetime, facts: Mapping[str, object]) -> None:
    if isinstance(meeting, SiteVisit):
        note_visit(meeting, verb, by=by, at=at, seen_by=SeenBy.LEAD, facts=facts)
    else:
        note_session(meeting, verb, by=by, at=at, seen_by=SeenBy.LEAD, facts=facts)


def _point(meeting: Meeting, role: str, paper: Paper) -> None:
    setattr(meeting, role, paper)
    meeting.save(update_fields=[role])


def _render(paper: Paper, *, by: Actor, at: datetime) -> None:
    for form in (Form.DOCX, Form.PDF):
        render(paper, form, by=by, at=at)


def hand_in(
    meeting: Meeting, role: str, *, number: int, notation: str, issued_date: date, file: "File[bytes]", by: Actor,
    at: datetime,
) -> Issued:  # fmt: skip
    """The signed copy of an invitation or of minutes that were written here, with its number and day."""
    paper: Paper | None = getattr(meeting, role)
    if paper is None:
        raise Refused(_("Chưa có văn bản nào để nộp bản đã ký. Bạn lập văn bản trước."))
    try:
        issued = issuing.issue(
            paper,
            number=number,
            notation=notation,
            issued_date=issued_date,
            file=file,
            by=by,
            at=at,
            seen_by=SeenBy.LEAD,
        )
    except PaperRefused as refusal:
        raise Refused(str(refusal)) from refusal
    with acting():
        facts = {"paper": paper.uid}
        _note(meeting, "invitation_signed" if role == _INVITATION else "minutes_signed", by=by, at=at, facts=facts)
    return issued


def record_minutes(
    meeting: Meeting, *, number: int, notation: str, issued_date: date, file: "File[bytes]", by: Actor, at: datetime,
    conclusion: str = "",
) -> Paper:  # fmt: skip
    """The meeting was held on paper: its minutes are handed in, and it counts as held then.

    A session is open after that for attendance and counts as the minutes tell them, and closed by ``end_session``; a
    visit has ended. The same paper again is found, not entered twice. Raises ``Refused``.
    """
    paper = _recorded(meeting, number=number, notation=notation, issued_date=issued_date, file=file, by=by, at=at)
    with acting():
        row = _held(meeting, ended=True)
        if row.minutes is not None and row.minutes.pk != paper.pk:
            raise Refused(_("Buổi này đã có biên bản. Bạn mở biên bản ấy để xem."))
        row.minutes = paper
        held_at = min(row.starts_at, at)
        row.started_at = row.started_at or held_at
        if isinstance(row, SiteVisit):
            row.ended_at = row.ended_at or max(held_at, row.started_at)
            row.conclusion = row.conclusion or conclusion.strip()
            row.save(update_fields=["minutes", "started_at", "ended_at", "conclusion"])
        else:
            row.recorded_from = paper
            row.save(update_fields=["minutes", "recorded_from", "started_at"])
            _as_held(row, row.started_at)
        facts = {"paper": paper.uid}
        _note(row, "minutes_recorded", by=by, at=at, facts=facts)
    return paper


def _as_held(session: PresentationSession, at: datetime) -> None:
    """Every entry was dealt with; the paper says when, the rows say that."""
    SessionItem.objects.filter(session=session, started_at__isnull=True).update(started_at=at, ended_at=at)
    SessionItem.objects.filter(session=session, ended_at__isnull=True).update(ended_at=at)


def _recorded(
    meeting: Meeting, *, number: int, notation: str, issued_date: date, file: "File[bytes]", by: Actor, at: datetime
) -> Paper:  # fmt: skip
    issuer = issuer_of(meeting)
    key = notation_key(notation)
    there = Paper.objects.numbered(issuer, issued_date.year, key, number).filter(kind=Kind.MINUTES).first()
    if there is not None and (there.pk == meeting.minutes_id or not _is_used(there)):
        return there
    on = printed_on(issuer, issued_date)
    summary = (
        visit_summary(meeting, issued_date) if isinstance(meeting, SiteVisit) else minutes_summary(whole_room(meeting))
    )
    named = notation or proposed_notation(Kind.MINUTES, initials(on))
    try:
        return issuing.record(
            kind=Kind.MINUTES, issuer=issuer, number=number, notation=named,
            issued_date=issued_date, summary=summary, files=[file], by=by, at=at, seen_by=SeenBy.LEAD,
        )  # fmt: skip
    except PaperRefused as refusal:
        raise Refused(str(refusal)) from refusal


def _is_used(paper: Paper) -> bool:
    return (
        SiteVisit.objects.filter(minutes=paper).exists() or PresentationSession.objects.filter(minutes=paper).exists()
    )


def files_of(*papers: Paper | None) -> dict[int, list[PaperFile]]:
    """Paper → what can be opened of it: of a written one the newest text, of a signed one the signed copy too."""
    there = {each.pk: each for each in papers if each is not None}
    rows: dict[int, list[PaperFile]] = {}
    for each in PaperFile.objects.filter(paper__in=there).select_related("attachment__blob").order_by("pk"):
        if each.blocks_sha256 in ("", there[each.paper_id].blocks_sha256):
            rows.setdefault(each.paper_id, []).append(each)
    return rows

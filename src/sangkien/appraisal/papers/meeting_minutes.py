"""Biên bản (Mẫu 1.9) of a site visit, a presentation session and a council meeting with its votes."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from django.utils import timezone

from sangkien.appraisal.meetings import SessionRoom, VisitRoom
from sangkien.appraisal.models import (
    Capacity,
    Finding,
    PanelMember,
    SessionItem,
    SessionKind,
    VisitCheck,
    VisitNote,
    VoteMethod,
)
from sangkien.appraisal.papers.meeting_invitations import visit_summary
from sangkien.appraisal.papers.meeting_words import (
    clock_words,
    fact,
    implementers,
    member_line,
    minutes_header,
    moment_words,
    title_of,
    visitor_line,
)
from sangkien.documents.blocks import (
    Block,
    Column,
    Dashes,
    DistributionList,
    Heading,
    KindAndSummary,
    Paper,
    Paragraph,
    Run,
    Section,
    SignatureBlock,
    Signatures,
    Table,
)
from sangkien.documents.papers import closed
from sangkien.documents.wording import date_words
from sangkien.intake.papers.naming import names_of, printed_on
from sangkien.papers.names import printed_name
from sangkien.units.models import Unit

_CHECK_COLUMNS = (
    Column("STT", 11, "center"), Column("Nội dung khảo sát", 72), Column("Kết quả", 32, "center"),
    Column("Ghi chú", 50),
)  # fmt: skip
_VOTE_COLUMNS = (
    Column("STT", 11, "center"), Column("Giải pháp, đơn vị thực hiện", 52), Column("Được biểu quyết", 17, "center"),
    Column("Có mặt", 14, "center"), Column("Đồng ý", 14, "center"), Column("Không đồng ý", 17, "center"),
    Column("Không có ý kiến", 17, "center"), Column("Kết quả", 23, "center"),
)  # fmt: skip


def visit_minutes(
    room: VisitRoom, checks: Sequence[VisitCheck], notes: Sequence[VisitNote], *, issuer: Unit, on: date
) -> Paper:
    """What was found at the place, entry by entry; the conclusion; what the host says to it."""
    visit, version = room.visit, printed_on(issuer, on)
    units = names_of({each.unit_id for each in room.people if each.unit_id}, on)
    host = printed_name(printed_on(visit.host, on))
    summary = visit_summary(visit, on)
    body: list[Block] = [
        Paragraph(
            f"Hôm nay, vào lúc {moment_words(visit.started_at or visit.starts_at)}, tại {visit.place}, chúng tôi gồm:"
        ),
        Heading("Đoàn khảo sát"),
        Dashes(tuple(visitor_line(each, units) for each in room.people if not each.is_host) or ("…",)),
        Heading(f"Đơn vị được khảo sát: {host}"),
        Dashes(tuple(visitor_line(each, units) for each in room.people if each.is_host) or ("Đại diện đơn vị: …",)),
    ]
    for number, item in enumerate(room.items, 1):
        body += _looked_at(number, item.entry_id, title_of(item.entry), checks, notes)
    general = [each for each in notes if each.entry_id is None and each.text]
    if general:
        body += [Heading("Ghi nhận chung"), Dashes(tuple(_flat(each.text) for each in general))]
    body += [Heading("Kết luận"), Paragraph(visit.conclusion or "…")]
    body += [
        Heading("Ý kiến của đơn vị được khảo sát"),
        Paragraph(visit.host_opinion or "Đơn vị không có ý kiến khác."),
    ]
    body.append(_end("Buổi khảo sát", visit.ended_at))
    parties = Signatures((
        SignatureBlock(("Đại diện đơn vị",), ""),
        SignatureBlock(("Người ghi biên bản",), _name(room, keeps=True)),
        SignatureBlock(("Trưởng đoàn",), _name(room, keeps=False)),
    ))  # fmt: skip
    blocks = (
        minutes_header(version, on), KindAndSummary("Biên bản", summary), *closed(body), parties,
        DistributionList((host, "Thành viên đoàn khảo sát", "Lưu: VT")),
    )  # fmt: skip
    return Paper(title=summary, sections=(Section(blocks),), author=printed_name(version))


def _name(room: VisitRoom, *, keeps: bool) -> str:
    chosen = [each for each in room.people if not each.is_host and (each.keeps_minutes if keeps else each.is_head)]
    return chosen[0].name if chosen else ""


def _looked_at(
    number: int, entry: int, title: str, checks: Sequence[VisitCheck], notes: Sequence[VisitNote]
) -> Iterator[Block]:
    yield Heading(f"{number}. Giải pháp {title}")
    rows = [
        (str(place), each.question, str(Finding(each.finding).label) if each.finding else "chưa xem", _flat(each.note))
        for place, each in enumerate((c for c in checks if c.entry_id == entry), 1)
    ]
    if rows:
        yield Table(_CHECK_COLUMNS, rows)
    own = [each for each in notes if each.entry_id == entry]
    if any(each.text for each in own):
        yield Paragraph("Ghi nhận tại chỗ:")
        yield Dashes(tuple(_flat(each.text) for each in own if each.text))
    photos = sum(each.photo_id is not None for each in own)
    if photos:
        yield Paragraph(f"Kèm theo {photos} ảnh chụp tại chỗ, lưu cùng hồ sơ.")


def minutes_summary(room: SessionRoom) -> str:
    """What the minutes are about."""
    session = room.session
    begin = "Họp" if session.kind == SessionKind.COUNCIL else "Buổi trình bày"
    of = f" {session.panel.name}" if session.panel is not None and session.kind == SessionKind.COUNCIL else ""
    return f"{begin}{of}: {session.title}"


def session_minutes(room: SessionRoom, *, issuer: Unit, on: date) -> Paper:
    """Who was there, what was said about each entry, who was out of the room; a council's votes as a table."""
    session, version = room.session, printed_on(issuer, on)
    units = names_of({each.unit_id for each in room.members}, on)
    named = implementers([each.entry for each in room.items], on)
    chair, secretary = _holder(room, Capacity.CHAIR, Capacity.VICE_CHAIR), _holder(room, Capacity.SECRETARY)
    body: list[Block] = [
        fact("Thời gian bắt đầu", moment_words(session.started_at or session.starts_at)),
        fact("Địa điểm", session.place),
        *_attendance(room, units),
        fact("Chủ trì", member_line(chair, units) if chair else "…"),
        fact("Thư ký", member_line(secretary, units) if secretary else "…"),
        Heading("Nội dung, diễn biến"),
    ]
    for item in room.items:
        body += _dealt_with(room, item, named)
    if session.kind == SessionKind.COUNCIL and any(each.counted_at for each in room.items):
        body += [Heading("Kết quả biểu quyết"), Table(_VOTE_COLUMNS, [_vote_row(each, named) for each in room.items])]
    if session.conclusion:
        body += [Heading("Kết luận"), Paragraph(session.conclusion)]
    body.append(_end("Phiên họp" if session.kind == SessionKind.COUNCIL else "Buổi trình bày", session.ended_at))
    summary = minutes_summary(room)
    parties = Signatures(
        (
            SignatureBlock(("Thư ký",), secretary.name if secretary else ""),
            SignatureBlock(("Chủ tọa",), chair.name if chair else ""),
        )
    )
    blocks = (
        minutes_header(version, on), KindAndSummary("Biên bản", summary), *closed(body), parties,
        DistributionList(("Thành viên dự họp", "Lưu: VT, hồ sơ")),
    )  # fmt: skip
    return Paper(title=summary, sections=(Section(blocks),), author=printed_name(version))


def _holder(room: SessionRoom, *capacities: Capacity) -> PanelMember | None:
    """Who of these was there, in the order of the capacities; a chair who is away is stood in for by a deputy."""
    for capacity in capacities:
        for each in room.members:
            if each.capacity == capacity and (room.is_there(each) or not room.attendance):
                return each
    return None


def _attendance(room: SessionRoom, units: dict[int, str]) -> Iterator[Block]:
    if not room.members:
        return
    there = [each for each in room.members if room.is_there(each)]
    yield Heading(f"Thành phần tham dự: {len(there)}/{len(room.members)} thành viên")
    if there:
        yield Dashes(tuple(member_line(each, units) for each in there))
    away = [each for each in room.members if not room.is_there(each)]
    if away:
        yield Paragraph("Vắng mặt:")
        yield Dashes(tuple(_away_line(room, each, units) for each in away))


def _away_line(room: SessionRoom, member: PanelMember, units: dict[int, str]) -> str:
    row = room.attendance.get(member.pk)
    reason = f" ({row.reason})" if row is not None and row.reason else ""
    return f"{member_line(member, units)}{reason}"


def _dealt_with(room: SessionRoom, item: SessionItem, named: dict[int, str]) -> Iterator[Block]:
    yield Paragraph(
        (
            Run(f"{item.position}. {title_of(item.entry)}", bold=True),
            Run(f", {named.get(item.entry.implementer_id, '')}."),
        )
    )
    when = (
        f"Từ {clock_words(item.started_at)} đến {clock_words(item.ended_at)}."
        if item.started_at and item.ended_at
        else ""
    )
    by = f" Người trình bày: {item.presenter}." if item.presenter else ""
    if when or by:
        yield Paragraph(f"{when}{by}".strip())
    if item.note:
        yield Paragraph(item.note)
    for each in room.absences.get(item.pk, ()):
        back = f", trở lại lúc {clock_words(each.back_at)}" if each.back_at else ""
        yield Paragraph(
            f"{each.member.name} rời phòng lúc {clock_words(each.left_at)}{back}. Lý do: {_small(each.reason)}."
        )
    if room.session.kind == SessionKind.COUNCIL and item.counted_at is None:
        yield Paragraph("Chưa biểu quyết.")


def _vote_row(item: SessionItem, named: dict[int, str]) -> tuple[str, ...]:
    title = item.entry.revision.title if item.entry.revision else item.entry.code
    who = f"{title}\n{named.get(item.entry.implementer_id, '')}"
    if item.counted_at is None:
        return (str(item.position), who, "", "", "", "", "", "chưa biểu quyết")
    method = str(VoteMethod(item.vote_method).label)
    counts = (item.entitled, item.present, item.yes, item.no, item.blank)
    result = "Thông qua" if item.passed else "Không thông qua"
    return (str(item.position), who, *(str(each) for each in counts), f"{result}\n({method})")


def _end(what: str, ended_at: datetime | None) -> Paragraph:
    if ended_at is None:
        return Paragraph(f"{what} kết thúc vào …… giờ …… phút cùng ngày")
    when = f"{clock_words(ended_at)}, {date_words(timezone.localdate(ended_at))}"
    return Paragraph(f"{what} kết thúc vào {when}. Biên bản đã được đọc lại, mọi người thống nhất và ký tên")


def _flat(text: str) -> str:
    return " ".join(text.split())


def _small(text: str) -> str:
    return (text[:1].lower() + text[1:]).rstrip(". ")

"""Giấy mời (Mẫu 1.7): to a unit that is visited, and to the units that present in a session."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.utils import timezone
from django.utils.formats import date_format

from sangkien.appraisal.models import SessionItem, SessionKind, SiteVisit, VisitEntry
from sangkien.appraisal.models.sessions import PresentationSession
from sangkien.appraisal.papers.meeting_words import (
    facts,
    implementers,
    invitation_header,
    moment_words,
    signer,
    title_of,
)
from sangkien.documents.blocks import (
    AppendixHeading,
    Block,
    Column,
    Dashes,
    KindAndSummary,
    Paper,
    Paragraph,
    Run,
    Section,
    Table,
)
from sangkien.documents.papers import closed
from sangkien.documents.wording import attached_line
from sangkien.intake.papers.naming import names_of, printed_on
from sangkien.papers.names import printed_name
from sangkien.units.models import Unit

_FEW = 4  # more units than these stand in an appendix
_COLUMNS = (
    Column("STT", 12, "center"),
    Column("Thời gian dự kiến", 35, "center"),
    Column("Đơn vị trình bày", 83),
    Column("Mã giải pháp", 35, "center"),
)


def visit_summary(visit: SiteVisit, on: date) -> str:
    """What the paper is about."""
    return f"Khảo sát thực tế giải pháp cải cách hành chính tại {printed_name(printed_on(visit.host, on))}"


def visit_invitation(
    visit: SiteVisit, items: Sequence[VisitEntry], *, issuer: Unit, on: date, capacity: str = "head",
    signed_by: str = "",
) -> Paper:  # fmt: skip
    """To the host: when, where, which of its own solutions, what to have ready."""
    version, host = printed_on(issuer, on), printed_name(printed_on(visit.host, on))
    head = next((each for each in visit.people.order_by("position") if each.is_head), None)
    chair = ", ".join(filter(None, (head.name, head.title))) if head else ""
    summary = visit_summary(visit, on)
    body: list[Block] = [
        _invites(printed_name(version), (host,)),
        Paragraph(f"Tới dự và làm việc với đoàn {summary[0].lower()}{summary[1:]}."),
        *facts(
            (
                ("Chủ trì", chair),
                ("Thời gian", moment_words(visit.starts_at)),
                ("Địa điểm", visit.place),
                ("Mục đích", visit.purpose.replace("\n", " ")),
            )
        ),
        Paragraph("Các giải pháp được khảo sát:"),
        Dashes(tuple(title_of(each.entry) for each in items)),
        Paragraph(
            "Đề nghị đơn vị chuẩn bị tài liệu kiểm chứng, nơi áp dụng giải pháp và cử người nắm nội dung cùng làm việc"
        ),
    ]
    blocks = (
        invitation_header(version, on), KindAndSummary("Giấy mời", summary), *closed(body),
        signer(version, capacity, signed_by, ("Như trên", "Thành viên đoàn khảo sát", "Lưu: VT")),
    )  # fmt: skip
    return Paper(title=summary, sections=(Section(blocks),), author=printed_name(version))


def session_summary(session: PresentationSession) -> str:
    """What the paper is about."""
    what = "Họp hội đồng đánh giá" if session.kind == SessionKind.COUNCIL else "Trình bày"
    return f"{what} giải pháp cải cách hành chính năm {session.campaign.year}"


def session_invitation(
    session: PresentationSession, items: Sequence[SessionItem], *, issuer: Unit, on: date, capacity: str = "head",
    signed_by: str = "",
) -> Paper:  # fmt: skip
    """To the units that present, each with its time; it names no title of another unit's solution."""
    version = printed_on(issuer, on)
    named = implementers([each.entry for each in items], on)
    units = list(dict.fromkeys(printed_name(printed_on(each.entry.implementer, on)) for each in items))
    many = len(units) > _FEW
    to = ("Các cơ quan, đơn vị theo danh sách kèm theo",) if many else tuple(units)
    summary = session_summary(session)
    chair = next((each for each in _members(session) if each.capacity == "chair"), None)
    body: list[Block] = [
        _invites(printed_name(version), to),
        Paragraph(f"Tới dự: {session.title}."),
        *facts(
            (
                ("Chủ trì", ", ".join(filter(None, (chair.name, chair.title))) if chair else ""),
                ("Thời gian", moment_words(session.starts_at)),
                ("Địa điểm", session.place),
                ("Thời lượng", f"mỗi giải pháp trình bày {session.minutes_each} phút"),
            )
        ),
        Paragraph("Đề nghị các đơn vị cử người trình bày, có mặt trước giờ dự kiến 15 phút"),
    ]
    programme = Section(
        (
            AppendixHeading(
                title="Thời gian trình bày dự kiến",
                attached_to=attached_line("Giấy mời", year=on.year, issuer=printed_name(version)),
            ),
            Table(_COLUMNS, _rows(session, items, named)),
        )
    )
    blocks = (
        invitation_header(version, on), KindAndSummary("Giấy mời", summary), *closed(body),
        signer(version, capacity, signed_by, ("Như trên", "Thành viên dự họp", "Lưu: VT")),
    )  # fmt: skip
    return Paper(title=summary, sections=(Section(blocks), programme), author=printed_name(version))


def _members(session: PresentationSession) -> list:  # type: ignore[type-arg]  # members of the panel, where there is one
    return list(session.panel.members.filter(left_at__isnull=True)) if session.panel is not None else []


def _invites(issuer: str, units: Sequence[str]) -> Paragraph:
    begin = f"{issuer} trân trọng kính mời: "
    return Paragraph((Run(begin), Run("; ".join(units), bold=True), Run(".")))


def _rows(
    session: PresentationSession, items: Sequence[SessionItem], named: dict[int, str]
) -> list[tuple[str, str, str, str]]:
    each_lasts = timedelta(minutes=session.minutes_each)
    rows = []
    for place, item in enumerate(items):
        begins = timezone.localtime(session.starts_at + place * each_lasts)
        rows.append(
            (str(place + 1), date_format(begins, "H:i"), named.get(item.entry.implementer_id, ""), item.entry.code)
        )
    return rows


def names_for(items: Sequence[SessionItem], on: date) -> dict[int, str]:
    """Unit → name on this day."""
    return names_of({each.entry.implementer_id for each in items}, on)

"""Invitations and minutes as the decree has them, in District 3 in 2024 and in a ward since July 2025."""

import os
from datetime import UTC, date, datetime
from pathlib import Path

import pypdfium2
import pytest

from sangkien.appraisal.actions.meetings import minutes, noting, sessions, visits, votes
from sangkien.appraisal.actions.meetings.votes import Counts
from sangkien.appraisal.meetings import whole_room
from sangkien.appraisal.models import VoteMethod
from sangkien.appraisal.papers.meeting_invitations import session_invitation, visit_invitation
from sangkien.appraisal.papers.meeting_minutes import session_minutes
from sangkien.appraisal.papers.meeting_words import minutes_header, signer
from sangkien.documents.blocks import Header, KindAndSummary, Paper, SignatureBlock, Signatures, Table
from sangkien.documents.pdf import write_pdf
from sangkien.intake.papers.naming import printed_on
from sangkien.papers.kinds import Kind
from sangkien.papers.models import State
from sangkien.units.models import Kind as UnitKind
from sangkien.units.models import Level
from tests.appraisal.meetings.world import Council, later
from tests.desk.world import NOW
from tests.factories.attachments import file
from tests.factories.papers import SIGNED
from tests.factories.units import unit

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

ON = date(2024, 9, 12)
PICTURES = os.environ.get("SANGKIEN_PICTURES", "")  # a folder, for who wants to look


def text_of(paper: Paper, tmp_path: Path, name: str) -> str:
    """The text of its PDF, page by page."""
    (written,) = write_pdf(paper, tmp_path / f"{name}.pdf")
    document = pypdfium2.PdfDocument(written)
    pages = [page.get_textpage().get_text_range() for page in document]
    if PICTURES:
        for number, page in enumerate(document, 1):
            page.render(scale=1.4).to_pil().save(Path(PICTURES) / f"{name}-{number}.png")
    document.close()
    return " ".join(" ".join(pages).split())


def held(council: Council) -> tuple[Paper, list[str]]:
    """A council's meeting of three entries, two of them voted on; its minutes."""
    session = council.open(away=("Phường 11",))
    for entry, counts in ((council.entries[0], Counts(3, 1)), (council.entries[2], Counts(2, 2, 1))):
        item = council.on(session, entry)
        sessions.write_note(session, item.uid, text="Đề nghị làm rõ số liệu.", presenter="Hoàng Văn Mai", **council.who)
        votes.count(session, item.uid, method=VoteMethod.BALLOT, counts=counts, **council.who)
    sessions.end_session(session, conclusion="Hội đồng thống nhất kết quả nêu trên.", by=council.secretary, at=NOW)
    session.refresh_from_db()
    paper = session_minutes(whole_room(session), issuer=council.campaign.lead_unit, on=ON)
    return paper, [each.name for each in council.members.values()]


def test_the_minutes_of_a_council_say_who_was_there_who_was_out_and_every_vote(
    council: Council, tmp_path: Path
) -> None:
    paper, names = held(council)
    said = text_of(paper, tmp_path, "bien-ban-hoi-dong")
    assert "Thành phần tham dự: 6/7 thành viên" in said
    assert all(name in said for name in names)
    assert "Đinh Thị Bòng rời phòng lúc" in said
    (table,) = [each for each in paper.sections[0].blocks if isinstance(each, Table)]
    rows = {row[1].splitlines()[1]: row[2:] for row in table.rows}
    assert rows["Phường 04"] == ("5", "4", "3", "1", "0", "Thông qua\n(bỏ phiếu kín)")
    assert rows["Phường 12"] == ("6", "5", "2", "2", "1", "Không thông qua\n(bỏ phiếu kín)")
    assert rows["Phường 05"][-1] == "chưa biểu quyết"


def test_minutes_have_no_place_and_are_signed_by_secretary_and_chair(council: Council) -> None:
    paper, _names = held(council)
    blocks = paper.sections[0].blocks
    header, kind = blocks[0], blocks[1]
    assert isinstance(header, Header)
    assert isinstance(kind, KindAndSummary)
    assert (header.place, header.notation.symbol if header.notation else "", kind.kind) == (None, "BB-PNV", "Biên bản")
    (parties,) = [each for each in blocks if isinstance(each, Signatures)]
    assert [(each.office, each.name) for each in parties.parties] == [
        (("Thư ký",), "Kiều Văn Lê"), (("Chủ tọa",), "Chu Thị Táo"),
    ]  # fmt: skip


def test_the_minutes_of_a_visit_say_what_was_found(council: Council, tmp_path: Path) -> None:
    visit, who = council.visit(), {"by": council.by(council.world.officer), "at": NOW}
    check = visit.checks.order_by("position")[0]
    noting.answer_check(visit, check.uid, finding="partly", remark="Còn sổ giấy.", edit_version=0, key="a", **who)
    noting.add_note(visit, key="b", text="Có bảng hướng dẫn ở cửa.", entry=council.entries[0].uid, **who)
    visits.end_visit(visit, conclusion="Giải pháp đang được áp dụng.", host_opinion="Đơn vị sẽ bỏ sổ giấy.", **who)
    visit.refresh_from_db()
    made = minutes.write_minutes(visit, issuer=council.world.lead, **who)
    assert (made.kind, made.state) == (Kind.MINUTES, State.READY)
    said = text_of(minutes._of_visit(visit, council.world.lead, ON), tmp_path, "bien-ban-khao-sat")
    for words in ("đúng một phần", "Còn sổ giấy.", "Có bảng hướng dẫn ở cửa", "chưa xem", "Đơn vị sẽ bỏ sổ giấy",
                  "TRƯỞNG ĐOÀN", "Lê Thị Sen"):  # fmt: skip
        assert words in said, words


def test_the_invitation_to_a_visit(council: Council, tmp_path: Path) -> None:
    visit = council.visit()
    items = list(visit.items.select_related("entry__revision"))
    said = text_of(visit_invitation(visit, items, issuer=council.world.lead, on=ON), tmp_path, "giay-moi-khao-sat")
    for words in ("GIẤY MỜI", "trân trọng kính mời: Ủy ban nhân dân Phường 04", "8 giờ 30 phút, ngày 12 tháng 9 năm",
                  "TRƯỞNG PHÒNG", "/GM-PNV"):  # fmt: skip
        assert words in said, words


def test_the_invitation_to_a_session_names_times_and_no_title(council: Council, tmp_path: Path) -> None:
    session = council.planned()
    items = list(session.items.select_related("entry__revision", "entry__implementer").order_by("position"))
    paper = session_invitation(session, items, issuer=council.world.told.district, on=ON, capacity="deputy")
    said = text_of(paper, tmp_path, "giay-moi-hop")
    assert "08:40" in said
    assert "KT. CHỦ TỊCH PHÓ CHỦ TỊCH" in said
    assert "TM." not in said  # a district of the City was under the regime of its head in 2024
    for entry in council.entries:
        assert entry.code in said
        assert entry.revision is not None
        assert entry.revision.title not in said


def test_a_ward_of_today_signs_in_its_own_name(db: None) -> None:
    ward = unit("Phường Bàn Cờ", kind=UnitKind.WARD_PC, level=Level.COMMUNE)
    office = unit("Phòng Văn hóa - Xã hội", parent=ward, kind=UnitKind.DEPARTMENT, level=Level.COMMUNE)
    on = date(2025, 10, 1)
    signed = signer(printed_on(ward, on), "deputy", "", ())
    assert isinstance(signed, SignatureBlock)
    assert signed.office[-2:] == ("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH")
    assert signer(printed_on(office, on), "head", "", ()).office == ("TRƯỞNG PHÒNG",)
    header = minutes_header(printed_on(office, on), on)
    assert header.superior == ("Ủy ban nhân dân", "Phường Bàn Cờ")


def test_the_signed_copy_comes_back_and_the_minutes_stand(council: Council) -> None:
    session = council.open()
    sessions.end_session(session, conclusion="", by=council.secretary, at=NOW)
    session.refresh_from_db()
    minutes.write_minutes(session, issuer=council.campaign.lead_unit, **council.who)
    minutes.write_minutes(session, issuer=council.campaign.lead_unit, **council.who)  # again: the same paper
    session.refresh_from_db()
    facts = {"number": 7, "notation": "BB-HĐ", "issued_date": NOW.date(), "file": file(SIGNED)}
    minutes.hand_in(session, "minutes", by=council.secretary, at=later(hours=1), **facts)
    session.refresh_from_db()
    assert session.minutes is not None
    assert (session.minutes.number, session.minutes.state) == (7, State.ISSUED)


def test_moments_of_night_stay_on_their_day_in_vietnam(council: Council) -> None:
    session = council.planned(starts_at=datetime(2024, 9, 12, 18, tzinfo=UTC))  # one o'clock on the 13th
    items = list(session.items.select_related("entry__revision", "entry__implementer").order_by("position"))
    paper = session_invitation(session, items, issuer=council.world.lead, on=ON)
    assert "ngày 13 tháng 9 năm 2024" in str(paper.sections[0].blocks)

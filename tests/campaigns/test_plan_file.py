"""What is read of a plan's Word file: an invented one in the shape of Plan 230, Plan 230 itself, any file."""

import re
from datetime import date, time
from pathlib import Path

import docx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sangkien.appendix.model import Outcome
from sangkien.campaigns.actions import parts
from sangkien.campaigns.actions.common import Facts, facts_of
from sangkien.campaigns.finding import offices_under
from sangkien.campaigns.plan_file import PlanReading, bases_from, facts_from, offices_from, read_plan
from tests.factories import campaigns as make
from tests.factories import district3
from tests.factories.attachments import word

PLAN_230 = Path(__file__).parents[3] / "shared" / "ke-hoach-230-KH-UBND.md"
BODY = [
    "KẾ HOẠCH",
    "Thực hiện mô hình sáng kiến, giải pháp, cách làm hay trong công tác cải cách hành chính",
    "trên địa bàn huyện Sao Mai năm 2023",
    "Căn cứ Kế hoạch số 15/KH-UBND ngày 03 tháng 02 năm 2023 của Sở Nội vụ về cải cách hành chính;",
    "Căn cứ Kế hoạch số 20/KH-UBND ngày 10 tháng 02 năm 2023 của Ủy ban nhân dân huyện Sao Mai.",
    "Ủy ban nhân dân huyện Sao Mai ban hành Kế hoạch như sau:",
    "I. MỤC ĐÍCH, YÊU CẦU",
    "II. NỘI DUNG",
    "1. Thời gian",
    "Các đơn vị gửi báo cáo từ ngày 01/8/2023 đến hết 16 giờ 30 ngày 30/9/2023.",
    "2. Nội dung",
    (
        "Các lĩnh vực gồm: (1) Công tác chỉ đạo, điều hành cải cách hành chính; (2) Cải cách thể chế; "
        "(3) Cải cách thủ tục hành chính; (4) Cải cách tài chính công. Trên cơ sở đó các đơn vị báo cáo."
    ),
    "III. TỔ CHỨC THỰC HIỆN",
    "1. Phòng Nội vụ huyện",
    "- Hỗ trợ các đơn vị trên các lĩnh vực: Công tác chỉ đạo, điều hành cải cách hành chính.",
    "2. Văn phòng, Phòng Tư pháp, Phòng Tài chính",
    "- Văn phòng huyện phụ trách lĩnh vực: Cải cách thủ tục hành chính.",
    "- Phòng Tư pháp huyện phụ trách lĩnh vực: Cải cách thể chế.",
    "3. Phòng Giáo dục và Đào tạo huyện",
    "Tham gia thẩm định các giải pháp ngành giáo dục thuộc phạm vi quản lý.",
    "Mọi chi tiết liên hệ ông Trần Văn Mẫu, số điện thoại 0900 000 000 để được hỗ trợ.",
]


def plan(path: Path, body: list[str] = BODY, number: str = "Số: 41/KH-UBND") -> Path:
    """A plan as Word users make it: the letterhead a table without lines."""
    document = docx.Document()
    table = document.add_table(rows=2, cols=2)
    table.cell(0, 0).text = "ỦY BAN NHÂN DÂN\nHUYỆN SAO MAI"
    table.cell(0, 1).text = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"
    table.cell(1, 0).text = number
    table.cell(1, 1).text = "Sao Mai, ngày 05 tháng 7 năm 2023"
    for line in body:
        document.add_paragraph(line)
    document.save(str(path))
    return path


@pytest.fixture
def read(tmp_path: Path) -> PlanReading:
    return read_plan(plan(tmp_path / "kế hoạch.docx"))


def test_number_date_issuer_and_title_are_read_with_their_passages(read: PlanReading) -> None:
    assert read.outcome is Outcome.PARSED
    assert read.number is not None
    assert (read.number.value, read.number.passage) == (41, "Số: 41/KH-UBND")
    assert read.notation is not None
    assert read.notation.value == "KH-UBND"
    assert read.issued_date is not None
    assert (read.issued_date.value, read.issued_date.passage) == (date(2023, 7, 5), "Sao Mai, ngày 05 tháng 7 năm 2023")
    assert read.issuer is not None
    assert read.issuer.value == "ỦY BAN NHÂN DÂN HUYỆN SAO MAI"
    assert read.title is not None
    assert read.title.value == f"{BODY[1]} {BODY[2]}"
    assert read.year is not None
    assert read.year.value == 2023


def test_the_window_is_read_with_its_minutes(read: PlanReading) -> None:
    assert read.opens_date is not None
    assert read.closes_date is not None
    assert read.closes_time is not None
    assert (read.opens_date.value, read.closes_date.value) == (date(2023, 8, 1), date(2023, 9, 30))
    assert (read.closes_time.value, read.closes_time.passage) == (time(16, 30), BODY[9])


def test_bases_stand_as_printed_and_a_strange_one_is_asked_about(read: PlanReading) -> None:
    assert [each.value for each in read.bases] == [BODY[3].rstrip(";"), BODY[4].rstrip(".")]
    asked = [each for each in read.questions if "Căn cứ" in each]
    assert len(asked) == 1
    assert asked[0].startswith("Căn cứ ghi ký hiệu của Ủy ban nhân dân nhưng văn bản là của Sở Nội vụ")


def test_fields_and_their_owners_are_read(read: PlanReading) -> None:
    assert [(each.number, each.code) for each in read.fields] == [
        (1, "steering"),
        (2, "institutions"),
        (3, "procedures"),
        (4, "public_finance"),
    ]
    assert [(each.office, each.fields, each.sectors) for each in read.owners] == [
        ("Phòng Nội vụ huyện", ("steering",), ()),
        ("Văn phòng huyện", ("procedures",), ()),
        ("Phòng Tư pháp huyện", ("institutions",), ()),
        ("Phòng Giáo dục và Đào tạo huyện", (), ("giáo dục",)),
    ]
    assert "Chưa thấy đơn vị phụ trách “Cải cách tài chính công” trong kế hoạch. Bạn chọn đơn vị." in read.questions


def test_a_person_is_left_out_of_everything(read: PlanReading) -> None:
    assert read.contact is None
    assert [each for each in read.questions if each.startswith("Phần liên hệ của kế hoạch có tên")] != []
    assert "Mẫu" not in str(read)
    assert "0900" not in str(read)


def test_a_role_is_kept(tmp_path: Path) -> None:
    line = "Mọi vướng mắc liên hệ công chức phụ trách cải cách hành chính Phòng Nội vụ để được hướng dẫn."
    read = read_plan(plan(tmp_path / "a.docx", [*BODY[:-1], line]))
    assert read.contact is not None
    assert read.contact.value == "công chức phụ trách cải cách hành chính Phòng Nội vụ"


def test_a_draft_without_a_number_is_asked_for_it(tmp_path: Path) -> None:
    read = read_plan(plan(tmp_path / "a.docx", number="Số:        /KH-UBND"))
    assert read.number is None
    assert read.notation is not None
    assert "Kế hoạch chưa có số. Bạn ghi số, ký hiệu khi ban hành." in read.questions


@pytest.mark.parametrize(
    ("line", "opens", "closes", "asks"),
    [
        ("báo cáo từ 15/7 đến 15/9/2023", date(2023, 7, 15), date(2023, 9, 15), ""),
        ("báo cáo từ ngày 15 tháng 7 đến ngày 15 tháng 9 năm 2023", date(2023, 7, 15), date(2023, 9, 15), ""),
        ("gửi báo cáo trước ngày 15/9/2023", None, date(2023, 9, 15), "Hết ngày 15/09/2023 có còn nhận không?"),
        ("gửi báo cáo chậm nhất là ngày 15/9", None, date(2023, 9, 15), "chỉ ghi hạn cuối"),
        ("báo cáo từ ngày 31/2/2023 đến ngày 15/9/2023", None, None, "Không thấy thời gian nhận báo cáo"),
        ("báo cáo sớm", None, None, "Không thấy thời gian nhận báo cáo"),
    ],
)
def test_windows_as_people_write_them(
    line: str, opens: date | None, closes: date | None, asks: str, tmp_path: Path
) -> None:
    read = read_plan(plan(tmp_path / "a.docx", [*BODY[:9], line, *BODY[10:]]))
    assert (read.opens_date and read.opens_date.value, read.closes_date and read.closes_date.value) == (opens, closes)
    assert asks in " ".join(read.questions)


def test_a_name_that_is_printed_twice_is_put_right_told_and_kept(tmp_path: Path) -> None:
    eight = (
        "Gồm: (1) Công tác chỉ đạo, điều hành cải cách hành chính; (2) Cải cách thủ tục hành chính; "
        "(3) Cải cách thủ tục hành chính; (4) Cải cách tổ chức bộ máy hành chính nhà nước; "
        "(5) Cải cách chế độ công vụ; (6) Cải cách tài chính công; (7) Xây dựng chính quyền điện tử, chính quyền số; "
        "(8) Công tác thông tin, tuyên truyền về cải cách hành chính."
    )
    read = read_plan(plan(tmp_path / "a.docx", [*BODY[:11], eight, *BODY[12:]]))
    assert [each.code for each in read.fields][:3] == ["steering", "institutions", "procedures"]
    assert read.fields[1].name_as_printed == "Cải cách thủ tục hành chính"
    (erratum,) = read.errata
    assert erratum.as_printed == "(2) Cải cách thủ tục hành chính; (3) Cải cách thủ tục hành chính"
    assert erratum.read_as == "(2) Cải cách thể chế; (3) Cải cách thủ tục hành chính"
    assert any(each.startswith("Kế hoạch in hai lần “Cải cách thủ tục hành chính”") for each in read.questions)


@pytest.mark.skipif(not PLAN_230.exists(), reason="the text of Plan 230 is not beside the project")
def test_plan_230_itself(tmp_path: Path) -> None:
    text = PLAN_230.read_text(encoding="utf-8")
    path = tmp_path / "230.docx"
    path.write_bytes(word(*(re.sub(r"[*]|<[^>]+>", "", line) for line in text.splitlines())))
    read = read_plan(path)
    assert read.number is not None
    assert read.issued_date is not None
    assert read.opens_date is not None
    assert read.closes_date is not None
    assert read.issuer is not None
    assert (read.number.value, read.issued_date.value) == (230, date(2024, 7, 9))
    assert (read.opens_date.value, read.closes_date.value) == (date(2024, 7, 15), date(2024, 9, 15))
    assert read.issuer.value == "Ủy ban nhân dân Quận 3"
    assert read.year is not None
    assert read.year.value == 2024
    assert len(read.bases) == 2
    assert [each.code for each in read.fields] == [
        "steering", "institutions", "procedures", "apparatus", "civil_service", "public_finance", "digital_government",
        "communication",
    ]  # fmt: skip
    assert {each.office: (each.fields, each.sectors) for each in read.owners} == {
        "Phòng Nội vụ quận": (("steering", "apparatus", "civil_service"), ()),
        "Văn phòng UBND quận": (("procedures", "digital_government"), ()),
        "Phòng Tư pháp quận": (("institutions",), ()),
        "Phòng Tài chính – Kế hoạch": (("public_finance",), ()),
        "Phòng Văn hóa và Thông tin quận": (("communication",), ()),
        "Phòng Giáo dục và Đào tạo quận": ((), ("giáo dục",)),
    }
    assert len(read.errata) == 1
    assert read.contact is None


def test_what_was_read_begins_a_draft(tmp_path: Path, told: district3.District3) -> None:
    body = [line.replace("huyện", "quận").replace(" 2023", " 2024").replace("/2023", "/2024") for line in BODY]
    read = read_plan(plan(tmp_path / "a.docx", body))
    default = facts_of(make.campaign(told.district))
    facts = facts_from(read, default)
    assert (facts.opens_date, facts.closes_date, facts.closes_time) == (
        date(2024, 8, 1),
        date(2024, 9, 30),
        time(16, 30),
    )
    campaign = make.drafted(told, facts=facts).campaign
    assert (campaign.title, campaign.year) == (f"{body[1]} {body[2]}", 2024)
    parts.set_bases(campaign, bases=bases_from(read), **make.WHO)
    assert campaign.bases.count() == 2
    offices = offices_from(read, offices_under(told.district, make.OPENS))
    assert {code: [each.name for each in found] for code, found in offices.items()} == {
        "steering": ["Phòng Nội vụ"],
        "procedures": [],
        "institutions": ["Phòng Tư pháp"],
    }


def test_nothing_read_leaves_the_default(tmp_path: Path) -> None:
    read = read_plan(tmp_path / "không có.docx")
    default = Facts(title="Kế hoạch", year=2024, opens_date=make.OPENS, closes_date=make.CLOSES)
    assert facts_from(read, default) == default
    assert bases_from(read) == []
    assert offices_from(read, []) == {}


def test_what_is_no_plan_is_told_so(tmp_path: Path) -> None:
    path = tmp_path / "công văn.docx"
    path.write_bytes(word("Kính gửi: Phòng Nội vụ", "Đơn vị báo cáo như sau."))
    read = read_plan(path)
    assert read.outcome is not Outcome.PARSED
    assert read.message.startswith("Không thấy chữ “Kế hoạch” trong tệp.")


def test_a_file_that_is_not_there_is_told_under_the_name_people_know(tmp_path: Path) -> None:
    read = read_plan(tmp_path / "xyz.tmp", "kế hoạch.docx")
    assert (read.file, read.outcome) == ("kế hoạch.docx", Outcome.CORRUPT)
    assert read.message != ""


@pytest.mark.slow
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.one_of(st.binary(max_size=400), st.binary(max_size=200).map(lambda junk: b"PK\x03\x04" + junk)))
def test_no_file_makes_it_raise(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(data)
    read = read_plan(path)
    assert read.outcome is Outcome.PARSED or read.message


PIECES = ["KẾ HOẠCH", "Số: 12/KH-UBND", "ngày 31 tháng 02 năm 2023", "(1) a; (2) b; (3) c", "từ 1/1 đến 99/99/2023",
          "kèm theo kế hoạch số 0/X ngày 00 tháng 00 năm 0000 của A)", "1. Phòng A", "phụ trách lĩnh vực: ;;",
          "liên hệ", "Căn cứ", "báo cáo trước 99 giờ 99 ngày 1/1/2023", "năm 2024", "((((", "1" * 3000,
          "(1) " * 900]  # fmt: skip


@pytest.mark.slow
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.lists(st.sampled_from(PIECES), min_size=1, max_size=3).map(" ".join), max_size=12))
def test_no_words_make_it_raise(tmp_path: Path, lines: list[str]) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(word("KẾ HOẠCH", *lines))
    assert read_plan(path).outcome is Outcome.PARSED

"""The plan, the forms and the reminder as papers; a form that is filled in reads back whole."""

from datetime import date, time
from pathlib import Path
from typing import Any

import pytest

from sangkien.appendix.model import Outcome
from sangkien.appendix.reading import read
from sangkien.campaigns.models import Campaign, FormKind
from sangkien.campaigns.queries import participants
from sangkien.campaigns.writing.forms import unit_form
from sangkien.campaigns.writing.plan import plan_paper
from sangkien.campaigns.writing.reminder import reminder_paper
from sangkien.campaigns.writing.told import Told, tell
from sangkien.campaigns.writing.words import window_words
from sangkien.documents import blocks, serial
from sangkien.documents.docx import write_docx
from sangkien.documents.pdf import write_pdf
from tests.factories import campaigns as make
from tests.factories import district3

pytestmark = pytest.mark.django_db
ON = date(2024, 7, 9)
OFFICE = ("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH")


@pytest.fixture
def campaign(told: district3.District3) -> Campaign:
    return make.issued(told)


@pytest.fixture
def said(campaign: Campaign) -> Told:
    return tell(campaign, ON)


def words(paper: blocks.Paper) -> str:
    return serial.dumps(paper)


def test_the_plan_names_units_fields_offices_and_window_and_leaves_the_number_open(said: Told) -> None:
    text = words(plan_paper(said, notation="KH-UBND", office=OFFICE))
    for name in ("Phường Võ Thị Sáu", "Cải cách thể chế", "Phòng Tư pháp", "từ ngày 15/7/2024 đến hết ngày 15/9/2024"):
        assert name in text, name
    assert '"number":null' in text
    assert text.count("AppendixHeading") == 2


def test_minutes_of_the_window_are_printed(campaign: Campaign) -> None:
    campaign.closes_time = time(17)
    assert window_words(campaign) == "từ ngày 15/7/2024 đến 17 giờ 00 ngày 15/9/2024"


def test_the_plan_is_written_as_word_and_pdf(said: Told, tmp_path: Path) -> None:
    paper = plan_paper(said, notation="KH-UBND", office=OFFICE, signer="")
    write_docx(paper, tmp_path / "ke-hoach.docx")
    assert len(write_pdf(paper, tmp_path / "ke-hoach.pdf")) == 1


FILLED: list[dict[str, str]] = [
    {
        "title": "Phiếu hẹn bằng tin nhắn", "field": "Cải cách thể chế", "situation": "Dân phải gọi hỏi.",
        "content": "Gửi tin nhắn.\nCó đường dẫn tra cứu.", "effectiveness": "Bớt 30 cuộc gọi mỗi ngày.",
        "novelty": "Trước đây không có.", "note": "Áp dụng từ tháng 3",
    },
    {
        "title": "Tổ lưu động", "field": "Cải cách thủ tục hành chính", "situation": "Người già đi lại khó.",
        "content": "Đến nhà nhận hồ sơ.", "effectiveness": "96 hồ sơ.", "novelty": "Làm ngoài giờ.", "note": "",
    },
]  # fmt: skip


def test_form_1_filled_in_reads_back_whole(campaign: Campaign, said: Told, tmp_path: Path) -> None:
    form = campaign.forms.get(kind=FormKind.TABLE)
    unit = participants(campaign)[8].unit_version
    path = tmp_path / "mau-1.docx"
    write_docx(unit_form(form, said, unit, rows=FILLED), path)
    reading = read(path)
    assert reading.outcome == Outcome.PARSED, reading.message
    got = reading.initiatives[:2]
    assert [each.unit for each in got] == [unit.name, unit.name]
    for row, each in zip(FILLED, got, strict=True):
        whole: dict[str, Any] = {
            "title": each.title, "situation": each.situation, "content": each.content,
            "effectiveness": each.effectiveness, "novelty": each.novelty, "note": each.note or "",
        }  # fmt: skip
        assert whole == {name: row[name] for name in whole}
    assert [each.fields for each in got] == [("institutions",), ("procedures",)]


def test_the_empty_rows_of_form_1_are_no_solutions(campaign: Campaign, said: Told, tmp_path: Path) -> None:
    form = campaign.forms.get(kind=FormKind.TABLE)
    unit = participants(campaign)[8].unit_version
    path = tmp_path / "mau-1.docx"
    write_docx(unit_form(form, said, unit, rows=FILLED), path)
    assert len(read(path).initiatives) == 2
    write_docx(unit_form(form, said, unit), path)
    assert read(path).initiatives == ()


def test_form_2_filled_in_keeps_every_part(campaign: Campaign, said: Told, tmp_path: Path) -> None:
    form = campaign.forms.get(kind=FormKind.NARRATIVE)
    unit = participants(campaign)[8].unit_version
    path = tmp_path / "mau-2.docx"
    told = {"title": "Tổ lưu động", "results": "96 hồ sơ", "limitations": "Thiếu xe", "cost": "12 triệu đồng"}
    write_docx(unit_form(form, said, unit, rows=[told]), path)
    text = read(path).text
    assert [part for part in (*told.values(), unit.name) if part not in text] == []


def test_the_reminder_goes_to_each_unit_by_name_or_to_a_list(campaign: Campaign, said: Told, tmp_path: Path) -> None:
    rows = list(participants(campaign))
    few = reminder_paper(said, rows[:3], is_over=False, notation="UBND-NV", office=OFFICE)
    assert rows[0].unit_version.name in words(few)
    assert "Danh sách" not in words(few)
    many = reminder_paper(said, rows, is_over=True, notation="UBND-NV", office=OFFICE)
    assert "theo danh sách kèm theo" in words(many)
    assert "đã kết thúc" in words(many)
    assert len(write_pdf(many, tmp_path / "don-doc.pdf")) == 1

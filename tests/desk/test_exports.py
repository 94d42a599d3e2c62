"""The list as a file: exactly the rows that are shown, in the order of the plan, numbered from 1."""

import csv
import io
import zipfile
from datetime import timedelta
from http import HTTPStatus
from pathlib import Path
from typing import Any
from uuid import uuid4

import openpyxl
import pypdfium2
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from sangkien.accounts.roles import Role
from sangkien.campaigns.models import Campaign
from sangkien.config.work import kinds
from sangkien.desk.entries import files
from sangkien.desk.views import exports
from sangkien.intake.lifecycle import Stage
from sangkien.jobs.models import Job, State
from sangkien.jobs.worker import Worker
from tests.accounts.signing_in import text
from tests.campaigns.conftest import own_store, told, twin
from tests.factories import accounts, campaigns
from tests.factories.district3 import District3
from tests.factories.entries import entry

__all__ = ["own_store", "told", "twin"]
pytestmark = pytest.mark.django_db
EXPORT = "/giai-phap/xuat."


@pytest.fixture(autouse=True)
def own_home(settings: Any, tmp_path: Path) -> None:
    settings.SANGKIEN_HOME = tmp_path


@pytest.fixture
def campaign(told: District3) -> Campaign:
    made = campaigns.issued(told)
    wards = told.wards
    entry(made, wards["Phường 05"], "Thứ ba", stage=Stage.ADMITTED)
    entry(made, wards["Phường 01"], "Thứ nhất", stage=Stage.ADMITTED, further_fields=" communication ")
    entry(made, wards["Phường 02"], "=1+1", stage=Stage.RECOGNISED, content='@cmd|"/c calc"')
    entry(made, wards["Phường 05"], "Mới gửi")
    entry(made, wards["Phường 05"], "Nháp", stage=Stage.DRAFT)
    return made


@pytest.fixture
def lead(client: Client, told: District3, campaign: Campaign) -> Client:
    client.force_login(accounts.member(told.offices["Phòng Nội vụ"], Role.ORGANISER))
    return client


def body(answer: Any) -> bytes:
    return b"".join(answer.streaming_content)


def table(client: Client, query: str = "") -> list[list[str]]:
    """The rows of the .csv without its heading."""
    answer = client.get(f"{EXPORT}csv{query}")
    return list(csv.reader(io.StringIO(body(answer).decode("utf-8-sig"))))[1:]


def test_the_admitted_in_the_order_of_the_plan_numbered_from_one(lead: Client) -> None:
    rows = table(lead, "?buoc=da-tiep-nhan")
    assert [(row[0], row[1], row[2]) for row in rows] == [
        ("1", "Phường 01", "Thứ nhất"), ("2", "Phường 02", "'=1+1"), ("3", "Phường 05", "Thứ ba"),
    ]  # fmt: skip
    assert rows[0][3] == "Cải cách thủ tục hành chính; Công tác thông tin, tuyên truyền về cải cách hành chính"
    assert rows[0][4].startswith("'- Thực trạng: Người dân đi lại nhiều lần.\n- Nội dung: ")
    assert rows[0][6:] == ["07.1", "đã tiếp nhận", "1/8/2024", ""]


def test_a_text_never_becomes_a_formula(lead: Client) -> None:
    answer = lead.get(f"{EXPORT}xlsx?buoc=da-tiep-nhan")
    book = openpyxl.load_workbook(io.BytesIO(body(answer)))
    cells = [cell for row in book.worksheets[0].iter_rows() for cell in row if cell.value == "=1+1"]
    assert [cell.data_type for cell in cells] == ["s"]
    assert not any(row[2].startswith("=") or "\n@" in row[4] for row in table(lead))


@pytest.mark.parametrize(
    "query", ["", "?buoc=da-tiep-nhan", "?q=thu", "?xep=moi", "?dot=moi-dot", "?han=muon", "?q=zzz"]
)
def test_exactly_what_is_shown(lead: Client, query: str) -> None:
    shown = {row.title for row in lead.get(f"/giai-phap/{query}").context["rows"]}
    assert {row[2].removeprefix("'") for row in table(lead, query)} == shown


def test_as_word_with_the_title_of_the_appendix(lead: Client) -> None:
    answer = lead.get(f"{EXPORT}docx?buoc=da-tiep-nhan")
    assert 'filename="phu-luc-tong-hop-2024.docx"' in answer["Content-Disposition"]
    document = zipfile.ZipFile(io.BytesIO(body(answer))).read("word/document.xml").decode()
    assert "TỔNG HỢP KẾT QUẢ THỰC HIỆN MÔ HÌNH" in document.upper()
    assert document.count("Thứ nhất") == 1


@pytest.mark.slow
def test_as_pdf(lead: Client) -> None:
    answer = lead.get(f"{EXPORT}pdf?q=thu+nhat")
    pages = pypdfium2.PdfDocument(body(answer))
    assert "Thứ nhất" in pages[0].get_textpage().get_text_bounded()


def test_nothing_of_the_twin(lead: Client, twin: District3) -> None:
    other = campaigns.issued(twin)
    entry(other, twin.wards["Phường 01"], "Của nơi khác", stage=Stage.ADMITTED)
    for query in ("", "?dot=moi-dot", f"?dot={other.uid}", "?q=noi+khac", "?dot=moi-dot&q=noi+khac"):
        assert not any("nơi khác" in row[2] for row in table(lead, query))


def test_statements_do_not_grow_with_rows(lead: Client, campaign: Campaign, told: District3) -> None:
    counts = []
    for _round in range(2):
        with CaptureQueriesContext(connection) as seen:
            table(lead)
        counts.append(len(seen))
        for number in range(3):
            entry(campaign, told.wards["Phường 04"], f"Thêm {number}")
    assert counts[0] == counts[1] <= 12


def test_an_unknown_kind_of_file_is_not_found(lead: Client) -> None:
    assert lead.get(f"{EXPORT}exe").status_code == HTTPStatus.NOT_FOUND


class TestLong:
    @pytest.fixture(autouse=True)
    def short(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(exports, "AT_ONCE", dict.fromkeys(exports.Form, 1))

    def _start(self, lead: Client, form: str = "xlsx") -> Job:
        page = lead.get(f"{EXPORT}{form}?buoc=da-tiep-nhan")
        assert "Danh sách có 3 dòng" in text(page)
        assert not Job.objects.exists(), "a GET acts"
        for _click in range(2):
            answer = lead.post(f"{EXPORT}{form}?buoc=da-tiep-nhan", {"khoa": page.context["token"]})
        job = Job.objects.get()
        assert answer["Location"] == job.get_absolute_url()
        return job

    def test_is_asked_for_once_made_by_a_job_and_fetched(self, lead: Client) -> None:
        job = self._start(lead)
        assert "Tệp chưa lập xong" in text(lead.get(job.link))
        assert Worker(kinds()).run_one()
        job.refresh_from_db()
        assert (job.state, job.done_count, job.total_count) == (State.DONE, 3, 3)
        page = lead.get(job.link)
        assert "phu-luc-tong-hop-2024.xlsx" in text(page)
        book = openpyxl.load_workbook(io.BytesIO(body(lead.get(f"{job.link}phu-luc-tong-hop-2024.xlsx"))))
        assert [row[0].value for row in book.worksheets[0].iter_rows()][-3:] == ["1", "2", "3"]

    def test_once_more_does_no_harm(self, lead: Client) -> None:
        job = self._start(lead, "docx")
        for _again in range(2):
            Job.objects.filter(pk=job.pk).update(state=State.WAITING, ended_at=None)
            Worker(kinds()).run_one()
        assert [path.name for path in files.files_of(exports.token_of(job.facts()["token"]))] == [
            "phu-luc-tong-hop-2024.docx"
        ]

    def test_only_who_asked_gets_it(self, lead: Client, told: District3) -> None:
        job = self._start(lead)
        Worker(kinds()).run_one()
        colleague = Client()
        colleague.force_login(accounts.member(told.offices["Phòng Nội vụ"], Role.ORGANISER, "Trần Văn Đồng"))
        for url in (job.link, f"{job.link}phu-luc-tong-hop-2024.xlsx"):
            assert colleague.get(url).status_code == HTTPStatus.NOT_FOUND
            assert Client().get(url)["Location"].startswith("/dang-nhap/")

    @pytest.mark.parametrize("name", ["../../sangkien.sqlite3", "khac.xlsx", "%2e%2e%2fsecret.key"])
    def test_no_other_file(self, lead: Client, name: str) -> None:
        job = self._start(lead)
        Worker(kinds()).run_one()
        assert lead.get(f"{job.link}{name}").status_code == HTTPStatus.NOT_FOUND

    def test_rights_are_those_of_the_moment_of_making(self, lead: Client) -> None:
        job = self._start(lead)
        accounts.Membership.objects.update(ends_date=timezone.localdate() - timedelta(days=1))
        Worker(kinds()).run_one()
        job.refresh_from_db()
        assert job.done_count == 0

    def test_of_a_closed_account_nothing_is_made(self, lead: Client) -> None:
        job = self._start(lead)
        accounts.User.objects.update(is_active=False, closed_at=timezone.now(), closed_why="by_hand")
        Worker(kinds()).run_one()
        job.refresh_from_db()
        assert job.state == State.FAILED
        assert "không còn tài khoản" in job.said[0]["sentence"]

    def test_goes_after_a_week(self, lead: Client) -> None:
        job = self._start(lead)
        Worker(kinds()).run_one()
        files.sweep(timezone.now() + timedelta(days=6))
        assert "phu-luc-tong-hop" in text(lead.get(job.link))
        files.sweep(timezone.now() + timedelta(days=8))
        assert "quá bảy ngày" in text(lead.get(job.link))


def test_the_csv_of_a_long_list_streams(lead: Client) -> None:
    answer = lead.get(f"{EXPORT}csv")
    assert answer.streaming
    assert answer["Cache-Control"] == "private, no-store"


def test_a_strange_key_is_a_new_one() -> None:
    token = uuid4()
    assert exports.token_of(str(token)) == token
    assert exports.token_of("x") != exports.token_of("x")

"""The consolidated appendix is frozen from the page, and stays what it was."""

import io
import zipfile
from http import HTTPStatus
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from sangkien.accounts.roles import Role
from sangkien.campaigns.models import Campaign
from sangkien.config.work import kinds
from sangkien.desk.entries.exporting import Form
from sangkien.desk.views import consolidations
from sangkien.intake.models import Consolidation
from sangkien.jobs.models import Job
from sangkien.jobs.worker import Worker
from tests.accounts.signing_in import text
from tests.campaigns.conftest import own_store, told, twin
from tests.factories import accounts, campaigns
from tests.factories import intake as make
from tests.factories.district3 import District3

__all__ = ["own_store", "told", "twin"]
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_home(settings: Any, tmp_path: Path) -> None:
    settings.SANGKIEN_HOME = tmp_path


@pytest.fixture
def lead(client: Client, told: District3) -> Client:
    client.force_login(accounts.member(told.offices["Phòng Nội vụ"], Role.ORGANISER))
    return client


def address(campaign: Campaign) -> str:
    return f"/dot/{campaign.uid}/phu-luc/"


def document(answer: Any) -> str:
    """The text of a Word file."""
    return zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))).read("word/document.xml").decode()


def admitted(campaign: Campaign, told: District3, ward: str, title: str) -> None:
    make.admitted(make.submitted(campaign, told.wards[ward], title=title, at=timezone.now()), at=timezone.now(),
                  late_reason="Bão số 3")  # fmt: skip


def test_is_frozen_once_a_click_and_stays(lead: Client, campaign: Campaign, told: District3) -> None:
    admitted(campaign, told, "Phường 05", "Tủ trả kết quả")
    admitted(campaign, told, "Phường 01", "Phiếu hẹn có mã")
    page = lead.get(address(campaign))
    assert "Đã tiếp nhận 2 giải pháp của 2 đơn vị" in text(page)
    for _click in range(2):
        lead.post(address(campaign), {"khoa": page.context["token"]})
    assert Consolidation.objects.get().number == 1
    admitted(campaign, told, "Phường 02", "Lịch trực ngoài giờ")
    page = text(lead.get(address(campaign)))
    assert "Chốt phụ lục lần 2" in page
    first = document(lead.get(f"{address(campaign)}1.docx"))
    assert "Lịch trực ngoài giờ" not in first
    assert first.index("Phiếu hẹn có mã") < first.index("Tủ trả kết quả")


def test_nothing_admitted_says_so(lead: Client, campaign: Campaign) -> None:
    answer = lead.post(address(campaign))
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "Chưa có giải pháp nào được tiếp nhận" in text(answer)


def test_one_without_a_change_since_is_told(lead: Client, campaign: Campaign, told: District3) -> None:
    admitted(campaign, told, "Phường 01", "Phiếu hẹn có mã")
    lead.post(address(campaign))
    assert "chưa có gì thay đổi" in text(lead.get(address(campaign)))


@pytest.mark.slow
def test_a_long_pdf_is_made_by_a_job(
    lead: Client, campaign: Campaign, told: District3, monkeypatch: pytest.MonkeyPatch
) -> None:
    admitted(campaign, told, "Phường 01", "Phiếu hẹn có mã")
    lead.post(address(campaign))
    assert b"".join(lead.get(f"{address(campaign)}1.pdf").streaming_content)[:5] == b"%PDF-"  # type: ignore[attr-defined]  # a file
    monkeypatch.setattr(consolidations, "AT_ONCE", {Form.PDF: 0})
    asked = lead.get(f"{address(campaign)}1.pdf")
    lead.post(asked.context["action"], {"khoa": asked.context["token"]})
    Worker(kinds()).run_one()
    assert "phu-luc-tong-hop-lan-1.pdf" in text(lead.get(Job.objects.get().link))


@pytest.mark.parametrize(
    ("unit", "role", "status"),
    [
        ("Phòng Nội vụ", Role.ORGANISER, HTTPStatus.OK),
        ("Phòng Nội vụ", Role.REPORTER, HTTPStatus.NOT_FOUND),
        ("Phòng Tư pháp", Role.FIELD_HEAD, HTTPStatus.NOT_FOUND),
        ("Phường 01", Role.UNIT_HEAD, HTTPStatus.NOT_FOUND),
    ],
)
def test_who_sees_it(
    client: Client, campaign: Campaign, told: District3, unit: str, role: Role, status: HTTPStatus
) -> None:
    client.force_login(accounts.member({**told.offices, **told.wards}[unit], role))
    assert client.get(address(campaign)).status_code == status


def test_a_decider_sees_it_and_is_told_who_freezes(client: Client, campaign: Campaign, told: District3) -> None:
    client.force_login(accounts.member(told.district, Role.DECIDER))
    assert "Việc này của" in text(client.get(address(campaign)))
    assert client.post(address(campaign)).status_code == HTTPStatus.NOT_FOUND


def test_the_twins_is_not_found(lead: Client, twin: District3) -> None:
    other = campaigns.issued(twin)
    assert lead.get(address(other)).status_code == HTTPStatus.NOT_FOUND
    assert lead.get(f"{address(other)}1.docx").status_code == HTTPStatus.NOT_FOUND

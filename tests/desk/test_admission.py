"""Many rows are admitted at once: seen before, in one act, taken back."""

from http import HTTPStatus
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from sangkien.accounts.roles import Role
from sangkien.campaigns.models import Campaign
from sangkien.intake.lifecycle import Stage
from sangkien.intake.models import Admission, Entry
from tests.accounts.signing_in import text
from tests.campaigns.conftest import own_store, told, twin
from tests.factories import accounts, campaigns
from tests.factories import intake as make
from tests.factories.district3 import District3

__all__ = ["own_store", "told", "twin"]
pytestmark = pytest.mark.django_db
ADMIT = "/giai-phap/tiep-nhan/"


@pytest.fixture
def rows(campaign: Campaign, told: District3) -> list[Entry]:
    return [make.submitted(campaign, told.wards[name]) for name in ("Phường 01", "Phường 02", "Phường 03")]


@pytest.fixture
def lead(client: Client, told: District3) -> Client:
    client.force_login(accounts.member(told.offices["Phòng Nội vụ"], Role.ORGANISER))
    return client


def asked(campaign: Campaign, rows: list[Entry], **facts: Any) -> dict[str, Any]:
    return {"dot": str(campaign.uid), "so": [each.code for each in rows], **facts}


def stages(rows: list[Entry]) -> list[str]:
    return [Entry.objects.get(pk=each.pk).stage for each in rows]


def test_ticks_stand_where_something_waits_for_who_admits(
    lead: Client, campaign: Campaign, rows: list[Entry], told: District3
) -> None:
    assert "Xem trước khi tiếp nhận" in text(lead.get("/giai-phap/?buoc=cho-tiep-nhan"))
    assert "Xem trước khi tiếp nhận" not in text(lead.get("/giai-phap/"))
    other = Client()
    other.force_login(accounts.member(told.wards["Phường 01"], Role.UNIT_HEAD, "Trần Văn Đồng"))
    assert "Xem trước khi tiếp nhận" not in text(other.get("/giai-phap/?buoc=cho-tiep-nhan"))


def test_seen_before_admitted_together_taken_back(lead: Client, campaign: Campaign, rows: list[Entry]) -> None:
    page = lead.get(ADMIT, asked(campaign, rows[:2]))
    assert "Tiếp nhận 2 giải pháp" in text(page)
    assert stages(rows) == [Stage.SUBMITTED] * 3
    for _click in range(2):
        lead.post(ADMIT, asked(campaign, rows[:2], khoa=str(page.context["token"])))
    assert stages(rows) == [Stage.ADMITTED, Stage.ADMITTED, Stage.SUBMITTED]
    done = Admission.objects.get()
    shown = text(lead.get("/giai-phap/?buoc=cho-tiep-nhan"))
    assert "Đã tiếp nhận 2 giải pháp" in shown
    assert f"{ADMIT}{done.uid}/hoan-lai/" in shown
    for _click in range(2):
        lead.post(f"{ADMIT}{done.uid}/hoan-lai/")
    assert stages(rows) == [Stage.SUBMITTED] * 3


def test_what_cannot_be_admitted_is_left_out_and_said(lead: Client, campaign: Campaign, rows: list[Entry]) -> None:
    make.returned(rows[0])
    page = text(lead.get(ADMIT, asked(campaign, rows)))
    assert "Để lại 1 giải pháp" in page
    assert "Tiếp nhận 2 giải pháp" in page


def test_somebody_was_faster(lead: Client, campaign: Campaign, rows: list[Entry]) -> None:
    make.returned(rows[0])
    answer = lead.post(ADMIT, asked(campaign, rows))
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "Chưa tiếp nhận được" in text(answer)
    assert stages(rows) == [Stage.CHANGES_REQUESTED, Stage.SUBMITTED, Stage.SUBMITTED]


def test_a_late_one_needs_a_reason(lead: Client, campaign: Campaign, told: District3) -> None:
    late = make.submitted(campaign, told.wards["Phường 04"], at=make.LATE)
    assert "Lý do tiếp nhận" in text(lead.get(ADMIT, asked(campaign, [late])))
    assert lead.post(ADMIT, asked(campaign, [late])).status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    lead.post(ADMIT, asked(campaign, [late], **{"ly-do": "Bão số 3"}))
    assert stages([late]) == [Stage.ADMITTED]


def test_without_a_tick_it_says_what_to_do(lead: Client, campaign: Campaign) -> None:
    assert "Chưa chọn giải pháp nào" in text(lead.get(ADMIT, asked(campaign, []), follow=True))


@pytest.mark.parametrize("role", [Role.REPORTER, Role.UNIT_HEAD, Role.FIELD_REVIEWER, Role.AUDITOR])
def test_others_find_no_such_page(
    client: Client, campaign: Campaign, rows: list[Entry], told: District3, role: Role
) -> None:
    client.force_login(accounts.member(told.offices["Phòng Nội vụ"], role))
    for answer in (client.get(ADMIT, asked(campaign, rows)), client.post(ADMIT, asked(campaign, rows))):
        assert answer.status_code == HTTPStatus.NOT_FOUND
    assert stages(rows) == [Stage.SUBMITTED] * 3


def test_the_twins_rows_are_not_reached(lead: Client, campaign: Campaign, told: District3, twin: District3) -> None:
    other = campaigns.issued(twin)
    theirs, own = (make.submitted(one, where.wards["Phường 01"]) for one, where in ((other, twin), (campaign, told)))
    assert theirs.code == own.code
    assert lead.post(ADMIT, asked(other, [theirs])).status_code == HTTPStatus.NOT_FOUND
    lead.post(ADMIT, asked(campaign, [theirs]))  # the same code: it is the own one that is meant
    assert stages([theirs, own]) == [Stage.SUBMITTED, Stage.ADMITTED]
    done = make.admitted(theirs, at=timezone.now())
    assert lead.post(f"{ADMIT}{done.uid}/hoan-lai/").status_code == HTTPStatus.NOT_FOUND
    assert lead.get(ADMIT, {"dot": "x"}).status_code == HTTPStatus.NOT_FOUND

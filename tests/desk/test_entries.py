"""*Giải pháp*: who sees which rows, how they are found, filtered, counted, paged."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from sangkien.accounts.roles import Role
from sangkien.campaigns.models import Campaign
from sangkien.desk.entries import listing
from sangkien.intake.lifecycle import Stage
from sangkien.intake.models import Entry, Return
from tests.accounts.signing_in import text
from tests.campaigns.conftest import own_store, told, twin
from tests.factories import accounts, campaigns
from tests.factories.district3 import District3
from tests.factories.entries import LATE, entry

__all__ = ["own_store", "told", "twin"]
pytestmark = pytest.mark.django_db
LIST = "/giai-phap/"


@pytest.fixture
def lead(client: Client, told: District3) -> Client:
    """The lead officer, signed in."""
    client.force_login(accounts.member(told.offices["Phòng Nội vụ"], Role.ORGANISER))
    return client


def titles(client: Client, query: str = "") -> list[str]:
    """The titles of the rows, in their order."""
    return [row.title for row in client.get(LIST + query).context["rows"]]


def chips(client: Client, query: str = "") -> dict[str, str]:
    return {chip.label: chip.count for chip in client.get(LIST + query).context["steps"]}


def test_the_lead_unit_sees_what_was_sent_in_the_order_of_the_plan(
    lead: Client, campaign: Campaign, told: District3
) -> None:
    entry(campaign, told.wards["Phường 05"], "Hai")
    entry(campaign, told.wards["Phường 01"], "Một")
    entry(campaign, told.wards["Phường 05"], "Ba")
    entry(campaign, told.wards["Phường 05"], "Nháp", stage=Stage.DRAFT)
    assert titles(lead) == ["Một", "Hai", "Ba"]
    assert titles(lead, "?xep=moi") == ["Ba", "Một", "Hai"]


def test_a_unit_sees_its_own_with_drafts(client: Client, campaign: Campaign, told: District3) -> None:
    client.force_login(accounts.member(told.wards["Phường 05"], Role.REPORTER))
    entry(campaign, told.wards["Phường 05"], "Của mình")
    entry(campaign, told.wards["Phường 05"], "Nháp của mình", stage=Stage.DRAFT)
    entry(campaign, told.wards["Phường 04"], "Của phường khác")
    for query in ("", "?dot=moi-dot"):
        assert sorted(titles(client, query)) == ["Của mình", "Nháp của mình"]
    assert titles(client, "?q=cua") == ["Của mình", "Nháp của mình"]


def test_nothing_of_the_twin_leaks_into_rows_counts_or_search(
    lead: Client, campaign: Campaign, told: District3, twin: District3
) -> None:
    entry(campaign, told.wards["Phường 04"], "Nhắc hẹn")
    other = campaigns.issued(twin)
    for _number in range(3):
        entry(other, twin.wards["Phường 04"], "Nhắc hẹn của nơi khác", arrived_at=LATE, submitted_at=LATE)
    for query in ("", "?q=nhac+hen", "?dot=moi-dot", "?dot=moi-dot&q=nhac+hen", f"?dot={other.uid}", "?xep=moi"):
        assert titles(lead, query) == ["Nhắc hẹn"], query
        assert chips(lead, query) == {"Tất cả": "1", "Chờ tiếp nhận": "1"}, query
        assert "của nơi khác" not in text(lead.get(LIST + query))


def test_a_stranger_is_led_to_the_door(client: Client) -> None:
    assert client.get(LIST)["Location"].startswith("/dang-nhap/")


class TestFilters:
    @pytest.fixture(autouse=True)
    def rows(self, campaign: Campaign, told: District3) -> None:
        wards = told.wards
        entry(campaign, wards["Phường 01"], "Trả hồ sơ", main_field="institutions")
        entry(campaign, wards["Phường 02"], "Nhận hồ sơ", stage=Stage.ADMITTED)
        entry(campaign, wards["Phường 02"], "Hẹn giờ", arrived_at=LATE, submitted_at=LATE)
        entry(campaign, wards["Phường 03"], "Số hóa", stage=Stage.RECOGNISED, further_fields=" institutions ")
        back = entry(campaign, wards["Phường 04"], "Tiếp dân", stage=Stage.CHANGES_REQUESTED)
        Return.objects.create(
            entry=back, revision=back.revision, due_date=timezone.localdate() - timedelta(days=1),
            returned_at=timezone.now(), returned_by="user:1",
        )  # fmt: skip

    @pytest.mark.parametrize(
        ("query", "expected"),
        [
            ("?buoc=da-tiep-nhan", ["Nhận hồ sơ", "Số hóa"]),
            ("?buoc=cho-bo-sung", ["Tiếp dân"]),
            ("?han=muon", ["Hẹn giờ"]),
            ("?han=qua-han", ["Tiếp dân"]),
            ("?han=muon&buoc=cho-tiep-nhan", ["Hẹn giờ"]),
            ("?han=muon&buoc=da-tiep-nhan", []),
            ("?linhvuc=institutions", ["Trả hồ sơ", "Số hóa"]),
            ("?q=ho+so", ["Trả hồ sơ", "Nhận hồ sơ"]),
            ("?q=hồ+sơ&buoc=da-tiep-nhan", ["Nhận hồ sơ"]),
            ("?q=phuong+2", ["Nhận hồ sơ", "Hẹn giờ"]),
            ("?buoc=khong-co&linhvuc=%27&donvi=x&dot=y&xep=z&sau=%00", ["*"]),
        ],
    )
    def test_what_the_address_asks(self, lead: Client, query: str, expected: list[str]) -> None:
        everything = ["Trả hồ sơ", "Nhận hồ sơ", "Hẹn giờ", "Số hóa", "Tiếp dân"]
        assert sorted(titles(lead, query)) == sorted(everything if expected == ["*"] else expected)

    def test_by_unit_with_its_name_on_the_chip(self, lead: Client, told: District3) -> None:
        query = f"?donvi={told.wards['Phường 02'].uid}"
        assert titles(lead, query) == ["Nhận hồ sơ", "Hẹn giờ"]
        assert "Đơn vị: Phường 02" in text(lead.get(LIST + query))

    def test_counts_stand_on_the_chips(self, lead: Client) -> None:
        assert chips(lead) == {
            "Tất cả": "5", "Chờ tiếp nhận": "2", "Chờ bổ sung": "1", "Đã tiếp nhận": "2", "Gửi muộn": "1",
            "Quá hạn bổ sung": "1",
        }  # fmt: skip
        assert chips(lead, "?q=ho+so&buoc=da-tiep-nhan") == {"Tất cả": "2", "Chờ tiếp nhận": "1", "Đã tiếp nhận": "1"}

    def test_counts_stop(self, lead: Client, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(listing, "MOST_COUNTED", 3)
        monkeypatch.setattr("sangkien.desk.entries.rows.MOST_COUNTED", 3)
        assert chips(lead)["Tất cả"] == "hơn 3"
        assert titles(lead, "?buoc=da-tiep-nhan") == ["Nhận hồ sơ", "Số hóa"]

    def test_so_many_in_a_step_are_read_along_the_order(self, lead: Client, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(listing, "MOST_COUNTED", 1)
        assert titles(lead, "?buoc=da-tiep-nhan") == ["Nhận hồ sơ", "Số hóa"]

    def test_zero_results_say_what_to_let_go_of(self, lead: Client) -> None:
        query = "?q=khongcogi&buoc=da-tiep-nhan&linhvuc=institutions"
        shown = text(lead.get(LIST + query))
        for sentence in ("Bạn thử bớt một điều kiện", "Bỏ: Có chữ “khongcogi”", "Bỏ: Lĩnh vực: "):
            assert sentence in shown
        assert "Ở mọi bước <b>5</b>" in text(lead.get(LIST + "?buoc=da-rut"))

    def test_near_results_are_told_apart(self, lead: Client) -> None:
        assert "Không có giải pháp nào có đủ các chữ đã gõ" in text(lead.get(LIST + "?q=xo+hoa"))
        assert titles(lead, "?q=xo+hoa") == ["Số hóa"]

    def test_typing_finds_beginnings(self, lead: Client) -> None:
        answer = lead.get(LIST + "?q=tiep+d", headers={"HX-Request": "true", "HX-Trigger-Name": "q"})
        assert "Tiếp dân" in text(answer)
        assert "gần giống" not in text(answer)
        assert b"<html" not in answer.content


def test_pages_by_key_hold_each_row_once(
    lead: Client, campaign: Campaign, told: District3, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "A_PAGE", 2)
    for number in range(5):
        entry(campaign, told.wards["Phường 04"], f"Giải pháp {number}")
    for start in ("", "?xep=moi", "?q=giai+phap", "?dot=moi-dot"):
        seen: list[str] = []
        url = start
        while url or not seen:
            answer = lead.get(LIST + url)
            seen += [row.title for row in answer.context["rows"]]
            url = answer.context["next_url"]
        assert sorted(seen) == [f"Giải pháp {number}" for number in range(5)]


@pytest.mark.parametrize("query", ["", "?q=giai+phap", "?dot=moi-dot", "?buoc=cho-tiep-nhan", "?loc=1"])
def test_statements_do_not_grow(lead: Client, campaign: Campaign, told: District3, query: str) -> None:
    counts = []
    for more in (1, 2):
        for number in range(more):
            entry(campaign, told.wards["Phường 04"], f"Giải pháp {more} {number}")
        lead.get(LIST + query)
        with CaptureQueriesContext(connection) as seen:
            lead.get(LIST + query)
        counts.append(len(seen))
    assert counts[0] == counts[1]
    assert counts[0] <= (14 if "q=" in query else 12)


def test_an_empty_list_says_what_will_stand_there(lead: Client, campaign: Campaign) -> None:
    assert "Chưa có giải pháp nào ở đây" in text(lead.get(LIST))


def test_a_title_is_only_text(lead: Client, campaign: Campaign, told: District3) -> None:
    entry(campaign, told.wards["Phường 04"], "<script>alert(1)</script>")
    assert b"<script>alert" not in lead.get(LIST + "?q=%3Cscript%3Ealert").content


def test_who_reports_and_leads_sees_both(client: Client, campaign: Campaign, told: District3) -> None:
    office = told.offices["Phòng Nội vụ"]
    person = accounts.member(office, Role.ORGANISER)
    accounts.membership(person, office, Role.REPORTER)
    client.force_login(person)
    entry(campaign, office, "Nháp của phòng", stage=Stage.DRAFT)
    entry(campaign, told.wards["Phường 04"], "Nháp của phường", stage=Stage.DRAFT)
    entry(campaign, told.wards["Phường 04"], "Đã gửi")
    for query in ("", "?dot=moi-dot"):
        assert sorted(titles(client, query)) == ["Nháp của phòng", "Đã gửi"]
    assert Entry.objects.count() == 3


@pytest.mark.parametrize("stage", [Stage.APPRAISED, Stage.ASSESSED, Stage.PROPOSED])
def test_what_the_lead_unit_does_inside_is_one_word_outside(
    client: Client, campaign: Campaign, told: District3, stage: Stage
) -> None:
    entry(campaign, told.wards["Phường 04"], "Nhắc hẹn", stage=stage)
    for unit, role, word in (
        (told.wards["Phường 04"], Role.UNIT_HEAD, "đang thẩm định<"),
        (told.offices["Phòng Nội vụ"], Role.ORGANISER, f"{stage.label} 9/7/2024<"),
    ):
        client.force_login(accounts.member(unit, role, f"Người của {unit.pk}"))
        assert word in text(client.get(LIST))
        exported = b"".join(client.get("/giai-phap/xuat.csv").streaming_content).decode()  # type: ignore[attr-defined]  # it streams
        assert word.split("<")[0].removesuffix(" 9/7/2024") in exported

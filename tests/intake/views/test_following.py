"""What a unit sees of its reports, and what it does with them afterwards."""

from collections.abc import Callable
from datetime import timedelta
from http import HTTPStatus
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from sangkien.campaigns.models import Answer, Participant
from sangkien.intake.actions import closing, drafting, withdrawing
from sangkien.intake.lifecycle import Stage
from sangkien.intake.models import Entry, SendingRule
from sangkien.ledger.models import Act
from tests.accounts.signing_in import text
from tests.factories import campaigns, district3
from tests.factories import intake as make
from tests.factories.intake import HEAD, IN_TIME
from tests.intake.views.conftest import Clock, World

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
HOME = "/bao-cao/"


def page(entry: Entry, rest: str = "") -> str:
    return f"/bao-cao/giai-phap/{entry.uid}/{rest}"


def unit(world: World, rest: str = "") -> str:
    return f"/bao-cao/dot/{world.campaign.uid}/{world.ward.uid}/{rest}"


# -- home


def test_home_tells_what_waits_and_nothing_of_the_twin(world: World) -> None:
    make.draft(world.campaign, world.ward, title="Bản nháp của phường")
    returned = make.submitted(world.campaign, world.ward, title="Giải pháp bị trả lại")
    make.returned(returned)
    make.submitted(world.twin_campaign, world.twin_ward, title="Của phường cùng tên ở nơi khác")
    make.draft(world.campaign, world.other_ward, title="Nháp của phường bên cạnh")
    shown = text(world.client("invited").get(HOME))
    assert "Nhận báo cáo đến hết ngày 15/09/2024, còn 45 ngày. 1 giải pháp chờ bổ sung. Đã gửi 1 giải pháp." in shown
    assert [shown.index(each) for each in ("Giải pháp bị trả lại", "Bản nháp của phường")] == sorted(
        shown.index(each) for each in ("Giải pháp bị trả lại", "Bản nháp của phường")
    )
    assert "nơi khác" not in shown
    assert "phường bên cạnh" not in shown
    assert "Công chức phụ trách cải cách hành chính" in shown
    assert shown.count("btn-primary") == 1


@pytest.mark.parametrize("who", ["head", "invited"])
def test_home_costs_the_same_for_one_and_for_three(world: World, who: str) -> None:
    client = world.client(who)

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(HOME).status_code == HTTPStatus.OK
        return len(queries)

    make.draft(world.campaign, world.ward)
    make.returned(make.submitted(world.campaign, world.ward))
    one = cost()
    for _ in range(2):
        make.draft(world.campaign, world.ward)
        make.returned(make.submitted(world.campaign, world.ward))
    assert cost() == one


def test_home_costs_the_same_with_a_second_campaign(world: World, told: district3.District3) -> None:
    client = world.client("officer")

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(HOME)
        assert answer.status_code == HTTPStatus.OK
        return len(queries)

    one = cost()
    second = campaigns.drafted(told, at=IN_TIME).campaign
    paper = campaigns.papers.ready(told.district, at=IN_TIME)
    campaigns.papers.issue(paper, number=231, at=IN_TIME)
    campaigns.issuing.issue(second, plan=paper, by=HEAD, at=IN_TIME)
    assert cost() == one
    assert len(client.get(HOME).context["desks"]) == 2


@pytest.mark.parametrize("rest", ["gui/", "xem-truoc/"])
def test_pages_of_a_sending_cost_the_same_for_one_and_for_three(world: World, rest: str) -> None:
    client = world.client("head")

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(unit(world, rest)).status_code == HTTPStatus.OK
        return len(queries)

    make.draft(world.campaign, world.ward)
    one = cost()
    make.draft(world.campaign, world.ward)
    make.draft(world.campaign, world.ward)
    assert cost() == one


@pytest.mark.parametrize("who", ["clerk", "lead", "twin_lead"])
def test_who_reports_for_no_unit_has_no_such_home(world: World, who: str) -> None:
    assert world.client(who).get(HOME).status_code == HTTPStatus.NOT_FOUND


def test_the_rail_of_an_invitation_leads_nowhere_else(world: World) -> None:
    rail = world.client("invited").get(HOME).context["rail"]
    assert [link.name for link in rail] == ["intake:home"]
    named = [link.name for link in world.client("head").get(HOME).context["rail"]]
    assert "intake:home" in named


def test_no_page_of_an_unit_writes_anything(world: World) -> None:
    draft, sent = make.draft(world.campaign, world.ward), make.submitted(world.campaign, world.ward)
    pages = [HOME, *(unit(world, each) for each in ("", "bat-dau/", "khong-co/", "gui/", "xem-truoc/"))]
    pages += [page(draft, each) for each in ("", "soan/", "bo/")] + [page(sent, each) for each in ("", "rut/", "?so")]
    pages += [f"/bao-cao/don-vi/{world.ward.uid}/ai-gui/", f"/bao-cao/bien-nhan/{_sending(sent)}/"]
    client = world.client("head")
    for address in pages:
        before = Act.objects.count()
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == HTTPStatus.OK, address
        assert [each["sql"] for each in queries if each["sql"].startswith(("INSERT", "DELETE"))] == [], address
        assert Act.objects.count() == before, address


def _sending(entry: Entry) -> str:
    return str(entry.sendings.get().submission.uid)


# -- an entry


def test_the_stages_inside_are_one_word_outside(world: World) -> None:
    entry = make.submitted(world.campaign, world.ward)
    make.admitted(entry)
    for stage in (Stage.IN_APPRAISAL, Stage.APPRAISED, Stage.ASSESSED, Stage.PROPOSED):
        Entry.objects.filter(pk=entry.pk).update(stage=stage)
        for address in (page(entry), HOME):
            shown = text(world.client("head").get(address))
            assert "Đang thẩm định" in shown
            assert str(stage.label) not in shown.lower() or stage is Stage.IN_APPRAISAL


def test_what_was_asked_for_stands_at_its_part_and_the_answer_shows_what_changed(world: World) -> None:
    entry, client = make.submitted(world.campaign, world.ward), world.client("invited")
    make.returned(entry)
    shown = text(client.get(page(entry)))
    assert "Đơn vị đầu mối trả lại để bổ sung, hạn 20/08/2024." in shown
    assert client.post(page(entry, "ban-moi/"))["Location"] == page(entry, "soan/")
    form = client.get(page(entry, "soan/"))
    assert [each.gaps for each in form.context["four_parts"] if each.gaps] == [("Đề nghị nêu số liệu trước và sau.",)]
    drafting.edit(entry, told={"effectiveness": "Số lượt giảm từ 21% còn 6%."}, edit_version=1, by=HEAD, at=IN_TIME)
    make.sent(entry)
    compared = text(client.get(page(entry, "?so")))
    assert "<ins>" in compared
    assert "<del>" in compared
    assert "Phiếu trả lại để bổ sung" in compared
    assert "Đã gửi" in compared


def test_a_new_version_is_begun_once_however_often_it_is_pressed(world: World) -> None:
    entry, client = make.submitted(world.campaign, world.ward), world.client("head")
    for _ in range(2):
        assert client.post(page(entry, "ban-moi/"))["Location"] == page(entry, "soan/")
    assert entry.initiative.revisions.count() == 2


def test_after_the_deadline_no_new_version_is_begun_and_the_page_says_why(world: World, clock: Clock) -> None:
    entry = make.submitted(world.campaign, world.ward)
    clock.on(days=60)
    client = world.client("head")
    assert "Đã hết hạn nhận báo cáo nên không gửi bản mới được." in text(client.get(page(entry)))
    assert client.post(page(entry, "ban-moi/"))["Location"] == page(entry)
    assert "Đã hết hạn nhận báo cáo nên không gửi lại bản mới được." in text(client.get(page(entry)))


def test_withdrawing_needs_a_reason_and_can_be_taken_up_again(world: World) -> None:
    entry, client = make.submitted(world.campaign, world.ward), world.client("officer")
    refused = client.post(page(entry, "rut/"), {"reason": "  "})
    assert refused.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "Ghi lý do, một câu là đủ." in text(refused)
    assert client.post(page(entry, "rut/"), {"reason": "Số liệu cần kiểm tra lại."})["Location"] == page(entry)
    assert "Số liệu cần kiểm tra lại." in text(client.get(page(entry)))
    assert client.post(page(entry, "soan-lai/"))["Location"] == page(entry, "soan/")
    entry.refresh_from_db()
    assert entry.stage == Stage.DRAFT
    assert client.post(page(entry, "soan-lai/"))["Location"] == page(entry)


def test_an_invitation_takes_back_what_its_unit_sent_and_nothing_else(world: World) -> None:
    entry, invited = make.submitted(world.campaign, world.ward), world.client("invited")
    assert "Rút giải pháp này" in text(invited.get(page(entry)))
    assert invited.post(page(entry, "rut/"), {"reason": "Gửi nhầm bản cũ."})["Location"] == page(entry)
    entry.refresh_from_db()
    assert entry.stage == Stage.WITHDRAWN
    assert "Soạn lại" in text(invited.get(page(entry)))


ACTS: dict[str, Callable[[World, Entry], tuple[str, dict[str, Any]]]] = {
    "new version": lambda _world, sent: (page(sent, "ban-moi/"), {}),
    "withdraw": lambda _world, sent: (page(sent, "rut/"), {"reason": "Không phải của tôi"}),
    "take up": lambda _world, sent: (page(sent, "soan-lai/"), {}),
    "start": lambda world, _sent: (unit(world, "bat-dau/"), {"key": "x"}),
    "nil": lambda world, _sent: (unit(world, "khong-co/"), {"answer": "nil"}),
    "officer": lambda world, _sent: (f"/bao-cao/don-vi/{world.ward.uid}/ai-gui/", {"officer": "yes"}),
}


@pytest.mark.parametrize("who", ["clerk", "other", "lead", "twin", "twin_lead", "invited_other", "invited_elsewhere"])
def test_strangers_do_nothing_and_find_nothing(world: World, who: str) -> None:
    sent = make.submitted(world.campaign, world.ward)
    before = Act.objects.exclude(verb="enter_by_invitation").count()
    client = world.client(who)
    for name, act in ACTS.items():
        address, told = act(world, sent)
        assert client.post(address, told).status_code == HTTPStatus.NOT_FOUND, name
    assert Act.objects.exclude(verb="enter_by_invitation").count() == before


@pytest.mark.parametrize("name", ["new version", "take up"])
def test_acts_are_posts(world: World, name: str) -> None:
    address, _told = ACTS[name](world, make.submitted(world.campaign, world.ward))
    assert world.client("head").get(address).status_code == HTTPStatus.METHOD_NOT_ALLOWED


# -- no solution, who sends, what comes over


def _answer(world: World) -> str:
    return str(Participant.objects.get(campaign=world.campaign, unit=world.ward).answer)


def test_a_nil_answer_is_confirmed_first_and_taken_back(world: World) -> None:
    client = world.client("invited")
    assert _answer(world) == Answer.NONE
    assert client.post(unit(world, "khong-co/"), {"answer": "nil"})["Location"] == HOME
    assert _answer(world) == Answer.NIL
    assert "Không có giải pháp" in text(client.get(HOME))
    twice = client.post(unit(world, "khong-co/"), {"answer": "nil"})
    assert twice.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert client.post(unit(world, "khong-co/"), {"answer": "none"})["Location"] == HOME
    assert _answer(world) == Answer.NONE


def test_who_has_sent_cannot_say_that_there_is_nothing(world: World) -> None:
    make.submitted(world.campaign, world.ward)
    answer = world.client("head").post(unit(world, "khong-co/"), {"answer": "nil"})
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "Đơn vị đã gửi giải pháp trong đợt này." in text(answer)
    assert _answer(world) == Answer.NONE


@pytest.mark.parametrize(("who", "status"), [("head", 302), ("officer", 422), ("invited", 404)])
def test_the_switch_is_the_heads(world: World, who: str, status: int) -> None:
    answer = world.client(who).post(f"/bao-cao/don-vi/{world.ward.uid}/ai-gui/", {"officer": "yes"})
    assert answer.status_code == status
    assert SendingRule.objects.filter(unit=world.ward, officer_may_send=True).exists() == (who == "head")


def test_what_came_late_comes_over_when_the_unit_confirms(
    world: World, told: district3.District3, clock: Clock
) -> None:
    late = make.submitted(world.campaign, world.ward, at=make.LATE, title="Giải pháp đến muộn")
    closing.defer_late(world.campaign, by=HEAD, at=make.LATE)
    clock.at = make.LATE + timedelta(days=300)
    following = campaigns.drafted(told, year=2025, at=clock.at).campaign
    paper = campaigns.papers.ready(told.district, at=clock.at)
    campaigns.papers.issue(paper, number=231, issued_date=clock.at.date(), at=clock.at)
    campaigns.issuing.issue(following, plan=paper, by=HEAD, at=clock.at)
    client = world.client("head")
    assert "Giải pháp đến muộn" in text(client.get(HOME))
    address = f"/bao-cao/dot/{following.uid}/van-ap-dung/{late.uid}/"
    assert client.get(address).status_code == HTTPStatus.OK
    assert world.client("other").post(address).status_code == HTTPStatus.NOT_FOUND
    first, again = client.post(address), client.post(address)
    made = Entry.objects.get(campaign=following)
    assert first["Location"] == again["Location"] == page(made, "soan/")
    assert made.deferred_from == late


def test_a_withdrawn_one_is_no_answer_of_the_unit(world: World) -> None:
    entry = make.submitted(world.campaign, world.ward)
    withdrawing.withdraw(entry, reason="Nhầm", by=HEAD, at=IN_TIME)
    assert "Chưa trả lời" in text(world.client("head").get(HOME))


# -- on paper


def test_the_report_is_read_before_it_goes_out(world: World) -> None:
    make.draft(world.campaign, world.ward)
    client = world.client("invited")
    assert "Trả kết quả hồ sơ chứng thực tại nhà" in text(client.get(unit(world, "xem-truoc/")))
    for form, start in {"docx": b"PK", "pdf": b"%PDF"}.items():
        answer = client.get(unit(world, f"bao-cao.{form}"))
        assert answer.content.startswith(start)
        assert answer["Content-Disposition"].startswith("attachment")
    assert client.get(unit(world, "bao-cao.exe")).status_code == HTTPStatus.NOT_FOUND
    assert world.client("other").get(unit(world, "bao-cao.docx")).status_code == HTTPStatus.NOT_FOUND


def test_the_slip_and_the_words_to_copy_name_the_receipt_and_no_person(world: World) -> None:
    entry, client = make.submitted(world.campaign, world.ward), world.client("invited")
    address = f"/bao-cao/bien-nhan/{_sending(entry)}/"
    shown = client.get(address)
    assert shown.context["message"].split("\n")[1] == "Phiếu tiếp nhận số 01, lúc 09:00, 01/08/2024"
    assert shown.context["message"].split("\n")[2] == f"http://testserver{address}"
    assert "Lê Thị Sen" not in text(shown)
    assert client.get(f"{address}giay-nhan.pdf").content.startswith(b"%PDF")
    assert world.client("lead").get(address).status_code == HTTPStatus.OK
    assert world.client("twin_lead").get(f"{address}giay-nhan.pdf").status_code == HTTPStatus.NOT_FOUND


def test_the_form_of_the_plan_comes_with_the_units_name(world: World) -> None:
    answer = world.client("invited").get(unit(world, "mau-1.docx"))
    assert answer.content.startswith(b"PK")
    assert "phuong-04-mau-1.docx" in answer["Content-Disposition"]
    assert world.client("invited").get(unit(world, "mau-9.docx")).status_code == HTTPStatus.NOT_FOUND


def test_nobody_is_led_to_the_door_and_back(world: World) -> None:
    nobody: Client = world.client("nobody")
    assert nobody.get(HOME)["Location"] == f"/dang-nhap/?next={HOME}"
    entry = make.draft(world.campaign, world.ward)
    assert nobody.post(page(entry, "soan/"), {})["Location"] == f"/dang-nhap/?next={HOME}"

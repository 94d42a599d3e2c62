"""Every page for who may see it, a colleague, a stranger of the twin authority, and nobody; constant statements."""

from collections.abc import Callable
from datetime import date, timedelta
from http import HTTPStatus
from typing import Any

import pytest
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from sangkien.accounts.actor import actor_of
from sangkien.accounts.models import Membership, User
from sangkien.accounts.roles import Role
from sangkien.accounts.views.memberships import hand_over
from sangkien.ledger.models import Act
from sangkien.ledger.recording import acting
from sangkien.ledger.verifying import verify
from sangkien.units.models import Unit
from tests.accounts.signing_in import sign_in, text
from tests.factories import accounts as make
from tests.factories.ledger import note
from tests.factories.units import START, unit

pytestmark = pytest.mark.django_db
PEOPLE, ADD = "/quan-tri/nguoi-dung/", "/quan-tri/nguoi-dung/them/"


class World:
    """A ward with administrator, officer and colleague; its twin of the same names; one who administers everything."""

    def __init__(self) -> None:
        self.district, other = unit("Quận 3"), unit("Quận 8")
        self.ward, self.twin_ward = unit("Phường 4", parent=self.district), unit("Phường 4", parent=other)
        self.everything = make.administrator()
        self.local = make.member(self.district, Role.ADMINISTRATOR, "Đỗ Mai", email="mai@quan3.example")
        self.sen = make.member(self.ward, Role.UNIT_HEAD, email="sen@quan3.example")
        self.colleague = make.member(self.ward, Role.REPORTER, "Vũ Thu Hà", email="ha@quan3.example")
        self.twin = make.member(other, Role.ADMINISTRATOR, "Đỗ Mai", email="mai@quan8.example")
        self.twin_sen = make.member(self.twin_ward, Role.UNIT_HEAD, email="sen@quan8.example")

    def membership(self) -> Membership:
        return self.sen.memberships.get()


@pytest.fixture
def world() -> World:
    return World()


def person(world: World) -> str:
    return f"{PEOPLE}{world.sen.uid}/"


OF_EVERYBODY = ["/tai-khoan/", "/ai-lam-gi/", "/tai-khoan/mat-khau/", "/tai-khoan/buoc-hai/"]
OF_ADMINISTRATORS: dict[str, Callable[[World], str]] = {
    "people": lambda _world: PEOPLE,
    "add": lambda _world: ADD,
    "person": person,
    "forget": lambda world: f"{person(world)}xoa-thong-tin/",
    "correct": lambda world: f"{person(world)}sua/",
    "end": lambda world: f"/quan-tri/phan-viec/{world.membership().uid}/thoi/",
    "hand over": lambda world: f"/quan-tri/phan-viec/{world.membership().uid}/ban-giao/",
}
OF_A_PERSON = [name for name in OF_ADMINISTRATORS if name not in ("people", "add")]
POSTS = ["phan-viec", "dong", "mo-lai", "mat-khau", "buoc-hai", "xoa-thong-tin"]


@pytest.mark.parametrize("address", OF_EVERYBODY)
def test_own_pages_open_for_who_is_signed_in_and_lead_others_to_the_door(
    client: Client, world: World, address: str
) -> None:
    assert client.get(address)["Location"] == f"/dang-nhap/?next={address}"
    client.force_login(world.sen)
    assert client.get(address).status_code == HTTPStatus.OK


@pytest.mark.parametrize("name", OF_ADMINISTRATORS)
def test_pages_of_people_are_for_their_administrators(client: Client, world: World, name: str) -> None:
    address = OF_ADMINISTRATORS[name](world)
    assert client.get(address)["Location"] == f"/dang-nhap/?next={address}"
    for who in (world.sen, world.colleague, world.twin_sen):
        client.force_login(who)
        assert client.get(address).status_code == HTTPStatus.NOT_FOUND, who
    for who in (world.local, world.everything):
        client.force_login(who)
        assert client.get(address).status_code == HTTPStatus.OK, who


@pytest.mark.parametrize("name", OF_A_PERSON)
def test_the_administrator_of_the_twin_finds_none_of_our_people(client: Client, world: World, name: str) -> None:
    client.force_login(world.twin)
    assert client.get(OF_ADMINISTRATORS[name](world)).status_code == HTTPStatus.NOT_FOUND


@pytest.mark.parametrize("verb", POSTS)
def test_acts_on_a_person_are_posts_and_not_for_strangers(client: Client, world: World, verb: str) -> None:
    address = f"{person(world)}{verb}/"
    before = User.objects.get(pk=world.sen.pk).__dict__ | {"_state": None}
    assert client.post(address).status_code == HTTPStatus.FOUND
    for who in (world.sen, world.colleague, world.twin):
        client.force_login(who)
        assert client.post(address).status_code == HTTPStatus.NOT_FOUND, who
    assert User.objects.get(pk=world.sen.pk).__dict__ | {"_state": None} == before
    if verb != "xoa-thong-tin":
        client.force_login(world.local)
        assert client.get(address).status_code == HTTPStatus.METHOD_NOT_ALLOWED


def test_the_list_of_people_shows_ours_and_not_the_twins(client: Client, world: World) -> None:
    client.force_login(world.local)
    page = text(client.get(PEOPLE))
    assert "3 người." in page
    assert [mail for mail in ("sen@quan3", "ha@quan3", "mai@quan3") if mail not in page] == []
    assert "quan8.example" not in page


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?q=vu+thu", ["ha"]),
        ("?q=V%C5%A9", ["ha"]),
        ("?q=SEN%40", ["sen"]),
        ("?q=%00ha%40", ["ha"]),
        ("?tinhtrang=dong", []),
        ("?tinhtrang=mo&q=do+mai", ["mai"]),
    ],
)
def test_people_are_searched_with_and_without_marks(client: Client, world: World, query: str, found: list[str]) -> None:
    client.force_login(world.local)
    page = text(client.get(PEOPLE + query))
    assert [name for name in ("ha", "mai", "sen") if f"{name}@quan3.example" in page.split("<table")[-1]] == found
    assert ("Không có ai khớp." in page) == (not found)


def test_members_see_who_does_what_in_their_unit_and_nowhere_else(client: Client, world: World) -> None:
    client.force_login(world.colleague)
    page = text(client.get("/ai-lam-gi/"))
    assert "Lê Thị Sen" in page
    assert "Trần Văn Quản" in page
    assert "Đỗ Mai" not in page
    assert "Gửi báo cáo thay mặt đơn vị và chịu trách nhiệm về báo cáo." in page


# -- the acts


def give(role: Role, at: Unit | None, **facts: str) -> dict[str, str]:
    return {"unit": str(at.pk) if at else "*", "role": role, "starts_date": "2026-07-09", **facts}


def new(world: World, at: Unit | None, role: Role = Role.REPORTER) -> dict[str, str]:
    return give(role, at, email="moi@quan3.example", name="Bùi Văn Mới")


@pytest.mark.slow
def test_a_new_person_is_added_with_a_role_and_signs_in_with_the_password_shown(client: Client, world: World) -> None:
    client.force_login(world.local)
    answer = client.post(ADD, new(world, world.ward))
    password = text(answer).split('<p class="secret my-4"><code>')[1].split("</code>")[0]
    assert answer["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"
    added = User.objects.get(email="moi@quan3.example")
    assert [(each.unit, each.role) for each in added.memberships.all()] == [(world.ward, Role.REPORTER)]
    assert "Chọn mật khẩu của bạn" in text(sign_in(Client(), added, password))
    again = client.post(ADD, new(world, world.ward))
    assert "Thư công vụ này đã có tài khoản." in text(again)
    assert User.objects.filter(email="moi@quan3.example").count() == 1
    assert verify() == []


@pytest.mark.parametrize("where", ["twin_ward", None])
def test_a_local_administrator_gives_roles_only_in_own_units(client: Client, world: World, where: str | None) -> None:
    client.force_login(world.local)
    at = getattr(world, where) if where else None
    answer = client.post(ADD, new(world, at, Role.ADMINISTRATOR))
    assert "Đơn vị này không thuộc phạm vi quản trị của bạn." in text(answer)
    assert not User.objects.filter(email="moi@quan3.example").exists()
    answer = client.post(f"{person(world)}phan-viec/", give(Role.ADMINISTRATOR, at))
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert world.sen.memberships.count() == 1


def test_a_bad_form_says_what_to_do_and_keeps_what_was_typed(client: Client, world: World) -> None:
    client.force_login(world.local)
    answer = client.post(
        ADD, {"email": "không phải thư", "name": "Bùi Văn Mới", "unit": "", "role": "", "starts_date": "31/6/2026"}
    )
    page = text(answer)
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    sentences = ("Địa chỉ thư chưa đúng.", "Hãy chọn đơn vị.", "Hãy chọn phần việc.", "Ngày này không có.")
    assert [sentence for sentence in sentences if sentence not in page] == []
    assert 'value="Bùi Văn Mới"' in page


def test_one_more_role_is_given_and_a_second_time_refused(client: Client, world: World) -> None:
    client.force_login(world.local)
    given = give(Role.COMMUNICATOR, world.district)
    page = text(client.post(f"{person(world)}phan-viec/", given, follow=True))
    assert "Đã giao phần việc Cán bộ truyền thông." in page
    again = client.post(f"{person(world)}phan-viec/", given)
    assert "Người này đang có phần việc đó ở đơn vị này." in text(again)


def test_a_role_is_ended_from_a_day(client: Client, world: World) -> None:
    client.force_login(world.local)
    address = OF_ADMINISTRATORS["end"](world)
    early = client.post(address, {"ends_date": "2020-01-01"})
    assert f"sớm hơn ngày bắt đầu ({START:%d/%m/%Y})" in text(early)
    client.post(address, {"ends_date": "9/7/2026"})
    assert world.membership().ends_date == date(2026, 7, 9)
    assert client.get(address).status_code == HTTPStatus.NOT_FOUND


def test_a_role_is_handed_over_with_minutes(client: Client, world: World) -> None:
    client.force_login(world.local)
    address = OF_ADMINISTRATORS["hand over"](world)
    today = timezone.localdate().isoformat()
    unknown = client.post(address, {"to": "ai.do@quan3.example", "on": today})
    assert "Chưa có ai dùng thư này." in text(unknown)
    given = {"to": "HA@quan3.example", "on": today, "note": "Giao cả sổ theo dõi"}
    page = text(client.post(address, given, follow=True))
    parts = ("Biên bản bàn giao", "Thủ trưởng đơn vị", "Phường 4", "Lê Thị Sen", "Vũ Thu Hà", "Giao cả sổ theo dõi")
    assert [part for part in parts if part not in page] == []
    assert [
        each.user for each in Membership.objects.on(timezone.localdate()).filter(role=Role.UNIT_HEAD, unit=world.ward)
    ] == [world.colleague]


def test_accounts_are_closed_opened_and_forgotten_from_the_page(client: Client, world: World) -> None:
    client.force_login(world.local)
    assert "Đã đóng tài khoản." in text(client.post(f"{person(world)}dong/", follow=True))
    assert "Mở lại tài khoản" in text(client.get(person(world)))
    assert "Đã mở lại tài khoản" in text(client.post(f"{person(world)}mo-lai/", follow=True))
    assert "Đã bỏ bước xác nhận thứ hai" in text(client.post(f"{person(world)}buoc-hai/", follow=True))
    assert "Đã xóa tên và thư" in text(client.post(f"{person(world)}xoa-thong-tin/", follow=True))
    assert "Lê Thị Sen" not in text(client.get(PEOPLE))
    assert list(Act.objects.filter(subject_uid=world.sen.uid).order_by("seq").values_list("verb", flat=True)) == [
        "close_account",
        "reopen_account",
        "remove_second_factors",
        "forget_person",
    ]


def test_mail_and_name_are_corrected_but_not_to_somebody_elses(client: Client, world: World) -> None:
    client.force_login(world.local)
    address = f"{person(world)}sua/"
    taken = client.post(address, {"email": "HA@quan3.example", "name": "Lê Thị Sen"})
    assert "Thư công vụ này đã có người khác dùng." in text(taken)
    assert "sen@quan3.example" in text(client.get(person(world)))
    page = text(client.post(address, {"email": "sen.le@quan3.example", "name": "Lê Sen"}, follow=True))
    assert "Đã sửa tên và thư công vụ." in page
    assert "sen.le@quan3.example" in page
    assert list(User.objects.get_queryset().matching("le sen")) == [world.sen]


def test_a_local_administrator_does_not_touch_accounts_that_reach_further(client: Client, world: World) -> None:
    make.membership(world.everything, world.ward, Role.REPORTER)
    client.force_login(world.local)
    address = f"{PEOPLE}{world.everything.uid}/"
    assert "Người này còn phần việc ở nơi bạn không quản trị." in text(client.get(address))
    for verb in ("dong", "mat-khau", "buoc-hai", "xoa-thong-tin", "sua"):
        assert client.post(f"{address}{verb}/").status_code == HTTPStatus.NOT_FOUND, verb
    row = world.everything.memberships.get(unit=None)
    assert client.get(f"/quan-tri/phan-viec/{row.uid}/ban-giao/").status_code == HTTPStatus.NOT_FOUND


def test_the_last_administrator_is_told_why_not(client: Client, world: World) -> None:
    client.force_login(world.everything)
    page = text(client.post(f"{PEOPLE}{world.everything.uid}/dong/", follow=True))
    assert "Đây là người quản trị cuối cùng." in page


def test_the_sealed_code_is_made_by_administrators_of_the_instance(client: Client, world: World) -> None:
    client.force_login(world.local)
    assert client.get("/quan-tri/ma-niem-phong/").status_code == HTTPStatus.NOT_FOUND
    client.force_login(world.everything)
    assert "Làm mã niêm phong mới" in text(client.get("/quan-tri/ma-niem-phong/"))
    assert world.everything.sealed_codes.count() == 0
    page = text(client.post("/quan-tri/ma-niem-phong/"))
    assert "Nó chỉ hiện lần này." in page
    assert world.everything.sealed_codes.count() == 1


def test_a_higher_room_lists_the_open_work_before_and_in_the_minutes(rf: RequestFactory, world: World) -> None:
    address = OF_ADMINISTRATORS["hand over"](world)
    given = {"to": "ha@quan3.example", "on": timezone.localdate().isoformat()}
    for request in (rf.get(address), rf.post(address, given)):
        request.actor = actor_of(world.local, on=timezone.localdate())  # type: ignore[attr-defined]  # the middleware
        page = text(hand_over(request, world.membership().uid, open_work=lambda _row: ["Trả lời Phòng Nội vụ"]))
        assert "Trả lời Phòng Nội vụ" in page


# -- what holds for all pages


def statements(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == HTTPStatus.OK
    return len(queries)


@pytest.mark.parametrize(("address", "count"), [(PEOPLE, 6), ("/ai-lam-gi/", 5), ("/tai-khoan/", 3)])
def test_a_page_costs_the_same_for_one_and_for_many(client: Client, address: str, count: int) -> None:
    ward = unit("Phường 4")
    admin = make.administrator()
    make.membership(admin, ward, Role.REPORTER)
    client.force_login(admin)
    assert statements(client, address) == count
    for number in range(3):
        someone = make.member(ward, Role.REPORTER, f"Người {number}")
        make.membership(someone, unit(f"Phường 1{number}"), Role.UNIT_HEAD)
        make.membership(admin, unit(f"Phường 2{number}"), Role.UNIT_HEAD)
    assert statements(client, address) == count


def test_pages_for_everybody_ask_the_database_nothing_about_people(client: Client) -> None:
    client.get("/tong-hop-nhanh/")
    with CaptureQueriesContext(connection) as queries:
        client.get("/tong-hop-nhanh/")
    assert [query["sql"] for query in queries if "accounts_" in query["sql"]] == []


@pytest.mark.parametrize("address", ["/dang-nhap/", "/tai-khoan/", ADD, "/tai-khoan/buoc-hai/"])
def test_no_page_carries_script_or_style_of_its_own(client: Client, world: World, address: str) -> None:
    if address != "/dang-nhap/":
        client.force_login(world.everything)
    page = text(client.get(address))
    assert "unsafe" not in client.get(address)["Content-Security-Policy"]
    assert [part for part in (" style=", "<style", "onclick=", "<script>", "javascript:") if part in page] == []


@pytest.mark.parametrize("address", [*OF_EVERYBODY, PEOPLE, ADD])
def test_the_next_one_at_a_shared_machine_sees_nothing_by_pressing_back(
    client: Client, world: World, address: str
) -> None:
    client.force_login(world.everything)
    assert "no-store" in client.get(address)["Cache-Control"]


def test_a_wrong_clock_is_told_and_nothing_is_done(client: Client, world: World) -> None:
    with acting():
        note(at=timezone.now() + timedelta(hours=2))
    client.force_login(world.local)
    answer = client.post(f"{person(world)}dong/")
    assert answer.status_code == HTTPStatus.SERVICE_UNAVAILABLE
    assert "Bạn chỉnh lại ngày giờ của máy chạy chương trình rồi làm lại." in text(answer)
    assert User.objects.get(pk=world.sen.pk).is_active


def test_htmx_is_led_to_the_door_as_a_whole_page(client: Client) -> None:
    answer = client.get(PEOPLE, headers={"HX-Request": "true"})
    assert answer["HX-Redirect"] == "/dang-nhap/"


def test_htmx_gets_the_list_alone(client: Client, world: World) -> None:
    client.force_login(world.local)
    answer: Any = client.get(PEOPLE, headers={"HX-Request": "true"})
    assert text(answer).lstrip().startswith('<div id="list">')

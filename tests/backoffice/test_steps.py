"""The first steps: each computed from what is there, each done on its own page, for the whole instance only."""

from http import HTTPStatus

import pytest
from django.test import Client

from sangkien.accounts.actions import first
from sangkien.accounts.models import Membership, User
from sangkien.accounts.roles import Role
from sangkien.units.models import Kind, Level, UnitVersion
from tests.accounts.signing_in import sign_in
from tests.backoffice.test_importing import carried
from tests.backoffice.world import AT, OFFICER, World, statements, text
from tests.factories import accounts as make

pytestmark = pytest.mark.django_db
START = "/quan-tri/bat-dau/"
OWN = "bốn con sếu bay qua sông"


@pytest.fixture
def admin() -> User:
    return make.administrator("Quản trị", email=first.FIRST_MAILBOX)


@pytest.mark.slow
def test_from_the_printed_password_to_who_runs_the_first_plan(client: Client) -> None:
    made = first.offer_first_account(by=OFFICER, at=AT)
    assert made is not None
    assert "Chọn mật khẩu của bạn" in text(sign_in(client, made.person, made.password))
    assert client.get(START)["Location"] == "/tai-khoan/mat-khau/"
    chosen = {"oldpassword": made.password, "password1": OWN, "password2": OWN}
    client.post("/tai-khoan/mat-khau/", chosen)
    page = text(client.get(START))
    assert "Chào bạn, còn năm bước nữa là nhận được báo cáo" in page

    mine = {"email": "vy@phuong.example", "name": "Nguyễn Tường Vy"}
    page = text(client.post(f"{START}ten/", mine, follow=True))
    assert "Chào Vy, còn bốn bước nữa" in page
    assert "Ghi đơn vị ban hành" in page

    issuer = {"name": "UBND phường Bến Đò Cổ", "on": "2025-07-01"}
    page = text(client.post(f"{START}don-vi-ban-hanh/", issuer, follow=True))
    ward = UnitVersion.objects.get()
    assert (ward.name, ward.kind, ward.level, ward.signing_regime) == (
        "Phường Bến Đò Cổ", Kind.WARD_PC, Level.COMMUNE, "tm",
    )  # fmt: skip
    assert "còn ba bước nữa" in page

    page = text(client.get(f"{START}don-vi/"))
    assert "Phòng Văn hóa - Xã hội\n" in page
    names = page.split('spellcheck="false">')[1].split("</textarea>")[0]
    proposed = {"text": names, "parent": ward.name, "on": "2025-07-01", "tu": "bat-dau"}
    preview = text(client.post("/quan-tri/don-vi/nhap/", proposed))
    page = text(client.post("/quan-tri/don-vi/nhap/ghi/", carried(preview), follow=True))
    assert "4 đơn vị trực thuộc." in page
    assert "còn hai bước nữa" in page

    page = text(client.get(f"{START}nguoi/"))
    assert page.index("Phòng Văn hóa - Xã hội") < page.index("Phòng Kinh tế")
    lead = UnitVersion.objects.get(name="Phòng Văn hóa - Xã hội")
    given = {"lead": str(lead.unit.uid), "who": "me", "role": Role.ORGANISER_HEAD}
    page = text(client.post(f"{START}nguoi/", given, follow=True))
    assert "còn một bước nữa" in page
    held = Membership.objects.get(role=Role.ORGANISER_HEAD)
    assert (held.user.name, held.unit) == ("Nguyễn Tường Vy", lead.unit)
    assert Membership.objects.count() == 2


def test_another_person_runs_the_campaigns_with_a_password_shown_once(client: Client, admin: User) -> None:
    client.force_login(admin)
    client.post(f"{START}don-vi-ban-hanh/", {"name": "Phường Bến Đò", "on": "2025-07-01"})
    ward = UnitVersion.objects.get()
    given = {"lead": str(ward.unit.uid), "who": "other", "role": Role.ORGANISER}
    refused = client.post(f"{START}nguoi/", given)
    assert refused.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "Bạn ghi thư công vụ của người đó." in text(refused)
    answer = client.post(f"{START}nguoi/", {**given, "email": "ha@phuong.example", "name": "Vũ Thu Hà"})
    password = text(answer).split("<code>")[1].split("</code>")[0]
    assert User.objects.get(email="ha@phuong.example").check_password(password)
    assert "no-store" in answer["Cache-Control"]
    assert "Việc này của người lo các đợt: Vũ Thu Hà." in text(client.get(START))
    twice = client.post(f"{START}nguoi/", {**given, "email": "ha@phuong.example", "name": "Vũ Thu Hà"})
    assert "Thư công vụ này đã có tài khoản." in text(twice)


@pytest.mark.parametrize(
    ("name", "kind", "told"),
    [
        ("Phòng Nội vụ", "", "Kế hoạch do ủy ban nhân dân ban hành."),
        ("", "", "trường này"),
    ],
)
def test_what_issues_no_plan_is_refused(client: Client, admin: User, name: str, kind: str, told: str) -> None:
    client.force_login(admin)
    answer = client.post(f"{START}don-vi-ban-hanh/", {"name": name, "kind": kind, "on": "2025-07-01"})
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert UnitVersion.objects.count() == 0


@pytest.mark.parametrize(
    ("name", "kind", "level"),
    [
        ("Ủy ban nhân dân Quận Sao", Kind.DISTRICT_PC, Level.DISTRICT),
        ("ubnd xã Đồng Dừa", Kind.COMMUNE_PC, Level.COMMUNE),
        ("Thành phố Sông Trăng", Kind.PROVINCE_PC, Level.PROVINCE),
        ("Uỷ ban nhân dân tỉnh Bến Đò", Kind.PROVINCE_PC, Level.PROVINCE),
    ],
)
def test_kind_and_level_are_guessed(client: Client, admin: User, name: str, kind: Kind, level: Level) -> None:
    client.force_login(admin)
    client.post(f"{START}don-vi-ban-hanh/", {"name": name, "on": "2021-02-04"})
    made = UnitVersion.objects.get()
    assert (made.kind, made.level) == (kind, level)
    assert made.name.split()[0] in ("Quận", "Xã", "Thành", "Tỉnh")


def test_the_steps_are_for_who_administers_the_whole_instance(client: Client) -> None:
    world = World()
    pages = [START, *(START + each for each in ("ten/", "don-vi-ban-hanh/", "don-vi/", "nguoi/"))]
    for who in (world.local, world.auditor, world.officer):
        client.force_login(who)
        assert {client.get(address).status_code for address in pages} == {HTTPStatus.NOT_FOUND}
    client.force_login(world.everything)
    assert client.get(START).status_code == HTTPStatus.OK


def test_the_page_costs_the_same_for_few_and_for_many_units(client: Client) -> None:
    world = World()
    client.force_login(world.everything)
    count = statements(client, START)
    make.member(world.city, Role.ORGANISER, "Bùi Văn Hai", email="hai@thanhpho.example")
    assert statements(client, START) == count
    assert count <= 12

"""Acts on units from the page: District 3 from twelve wards to three, previews that touch nothing, refusals."""

from datetime import date
from http import HTTPStatus
from typing import Any

import pytest
from django.test import Client

from sangkien.accounts.models import User
from sangkien.accounts.roles import Role
from sangkien.backoffice.changes import CHANGES
from sangkien.ledger.models import Act
from sangkien.ledger.verifying import verify
from sangkien.units.models import Kind, Level, Succession, Unit, UnitPath, UnitVersion
from tests.backoffice.world import AT, OFFICER, World, text
from tests.factories import accounts as make
from tests.factories import district3
from tests.factories.units import unit

pytestmark = pytest.mark.django_db
UNITS = "/quan-tri/don-vi/"
JANUARY, JULY = "2025-01-01", "2025-07-01"


@pytest.fixture
def told() -> district3.District3:
    return district3.twelve_wards(by=OFFICER, at=AT)


@pytest.fixture
def admin() -> User:
    return make.administrator()


def act(client: Client, one: Unit, slug: str, **data: Any) -> Any:
    """The form, then the button of the preview."""
    address = f"{UNITS}{one.uid}/{slug}/"
    preview = client.post(address, data)
    assert preview.status_code == HTTPStatus.OK, text(preview)
    return client.post(address, {**data, "lam": "1"}, follow=True)


def counts() -> tuple[int, ...]:
    return tuple(model.objects.count() for model in (Unit, UnitVersion, UnitPath, Succession, Act))


def merged(*wards: str, into: str, **more: str) -> dict[str, str]:
    return {
        "others": "\n".join(wards),
        "into": "new",
        "name": into,
        "on": JULY,
        "parent": "Thành phố Hồ Chí Minh",
        **more,
    }


@pytest.mark.slow
def test_district_3_goes_through_its_three_periods_by_what_the_screen_offers(
    client: Client, told: district3.District3, admin: User
) -> None:
    client.force_login(admin)
    wards = told.wards
    act(client, wards["Phường 09"], "sap-nhap", beside=[str(wards["Phường 10"].uid)], into="stays", name="Phường 9",
        on=JANUARY, basis="Nghị quyết 1278/NQ-UBTVQH15")  # fmt: skip
    act(client, wards["Phường 12"], "sap-nhap", others="p13", into="stays", name="Phường 12", on=JANUARY)
    for number in (1, 2, 3, 4, 5):
        act(client, wards[f"Phường 0{number}"], "doi-ten", name=f"Phường {number}", on=JANUARY)
    assert UnitVersion.objects.as_of(date(2025, 5, 1)).filter(kind=Kind.WARD_PC).count() == 10
    act(client, wards["Phường 01"], "sap-nhap", **merged("Phường 2", "phuong 3", "P.5", into="Phường Bàn Cờ"))
    act(client, wards["Phường Võ Thị Sáu"], "sap-nhap", **merged(into="Phường Xuân Hòa"))
    act(
        client, wards["Phường 09"], "sap-nhap", **merged("Phường 11", "Phường 12", "Phường 14", into="Phường Nhiêu Lộc")
    )
    act(client, wards["Phường 04"], "chia-tach", whole="all", there="Phường Bàn Cờ\nPhường Xuân Hòa", on=JULY)
    for office in told.offices.values():
        act(client, office, "giai-the", on=JULY)
    act(client, told.district, "giai-the", on=JULY)
    today = UnitVersion.objects.as_of(date(2025, 7, 1))
    assert sorted(today.values_list("name", flat=True)) == [
        "Phường Bàn Cờ", "Phường Nhiêu Lộc", "Phường Xuân Hòa", "Thành phố Hồ Chí Minh",
    ]  # fmt: skip
    assert set(today.exclude(unit=told.city).values_list("parent", flat=True)) == {told.city.pk}
    assert verify() == []


@pytest.mark.parametrize("slug", [change.slug for change in CHANGES if not change.of_ended])
def test_neither_a_form_nor_its_preview_changes_anything(
    client: Client, told: district3.District3, admin: User, slug: str
) -> None:
    client.force_login(admin)
    before = counts()
    address = f"{UNITS}{told.wards['Phường 04'].uid}/{slug}/"
    assert client.get(address).status_code == HTTPStatus.OK
    data = {
        "name": "Phường Mới", "kind": "ward_pc", "level": "commune", "parent": "Thành phố Hồ Chí Minh", "code": "1",
        "signing_regime": "tm", "others": "Phường 05", "into": "new", "whole": "all", "new": "Phường A\nPhường B",
        "to": "Phường 05", "on": JULY, "reason": "Ghi nhầm", "e_id": "",
    }  # fmt: skip
    if slug == "dinh-chinh":
        data["on"] = "2021-02-04"
    answer = client.post(address, data)
    assert "Chưa có gì được ghi." in text(answer)
    assert counts() == before


def test_the_preview_tells_what_begins_what_ends_and_what_is_left_open(
    client: Client, told: district3.District3, admin: User
) -> None:
    make.member(told.wards["Phường 05"], Role.REPORTER, "Vũ Thu Hà", email="ha@p5.example")
    client.force_login(admin)
    address = f"{UNITS}{told.wards['Phường 04'].uid}/sap-nhap/"
    page = text(client.post(address, merged("Phường 05", into="Phường Bàn Cờ")))
    parts = (
        "Phường Bàn Cờ", "không còn từ ngày 01/07/2025", "Phường 05 → Phường Bàn Cờ (toàn bộ)",
        "Vũ Thu Hà · Cán bộ báo cáo", "Các việc này không tự chuyển.",
    )  # fmt: skip
    assert [part for part in parts if part not in page] == []
    page = text(client.post(f"{UNITS}{told.wards['Phường 04'].uid}/doi-ten/", {"name": "Phường 4", "on": JANUARY}))
    assert "Đang ghi" in page
    assert ">Phường 04</td>" in page


@pytest.mark.parametrize(
    ("slug", "data", "told_so"),
    [
        ("doi-ten", {"name": "Phường 05", "on": JULY}, "Đã có “Phường 05” trực thuộc cùng đơn vị cấp trên."),
        ("doi-ten", {"name": "Phường 4", "on": "1/1/2020"}, "có thông tin từ ngày 04/02/2021"),
        ("doi-ten", {"name": "", "on": "31/6/2025"}, "Ngày này không có."),
        ("sap-nhap", merged("Phường 99", into="X"), "Chưa thấy đơn vị “Phường 99” vào ngày 01/07/2025."),
        ("sap-nhap", {"into": "stays", "name": "X", "on": JULY}, "Bạn chọn hoặc ghi ít nhất một đơn vị"),
        ("chia-tach", {"whole": "all", "there": "Phường 05", "on": JULY}, "cần ít nhất hai đơn vị nhận"),
        ("doi-cap-tren", {"parent": "Phường 04", "level": "commune", "on": JULY}, "đang trực thuộc chính đơn vị này"),
        ("dinh-chinh", {"name": "Phường 04", "kind": "ward_pc", "level": "commune", "code": "27148",
                        "signing_regime": "head", "basis": "Nghị quyết 1111/NQ-UBTVQH14", "on": "2021-02-04",
                        "reason": "x"}, "Bạn chưa sửa gì."),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_with_what_to_do(
    client: Client, told: district3.District3, admin: User, slug: str, data: dict[str, str], told_so: str
) -> None:
    client.force_login(admin)
    before = counts()
    answer = client.post(f"{UNITS}{told.wards['Phường 04'].uid}/{slug}/", {**data, "lam": "1"})
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert told_so in text(answer)
    assert counts() == before


def test_a_second_click_is_refused_and_changes_nothing_twice(
    client: Client, told: district3.District3, admin: User
) -> None:
    client.force_login(admin)
    data = {"name": "Phường 4", "on": JANUARY}
    act(client, told.wards["Phường 04"], "doi-ten", **data)
    before = counts()
    again = client.post(f"{UNITS}{told.wards['Phường 04'].uid}/doi-ten/", {**data, "lam": "1"})
    assert "Thông tin này đã được ghi như vậy rồi" in text(again)
    assert counts() == before


def test_an_ended_unit_is_offered_other_acts(client: Client) -> None:
    world = World()
    client.force_login(world.everything)
    office = world.told.offices["Phòng Nội vụ"]
    page = text(client.get(f"{UNITS}{office.uid}/"))
    assert "Chuyển việc còn dở" in page
    assert "Ghi đơn vị kế tục" in page
    assert "/sap-nhap/" not in page
    assert client.get(f"{UNITS}{office.uid}/doi-ten/").status_code == HTTPStatus.NOT_FOUND
    assert client.get(f"{UNITS}{world.ward('Phường Xuân Hòa').uid}/ke-tuc/").status_code == HTTPStatus.NOT_FOUND
    act(client, office, "ke-tuc", to="Phường Xuân Hòa, Thành phố Hồ Chí Minh", whole="all")
    assert Succession.objects.filter(from_unit=office, to_unit=world.ward("Phường Xuân Hòa"), whole=True).exists()


def test_a_unit_is_established_with_kind_and_level_guessed(
    client: Client, told: district3.District3, admin: User
) -> None:
    client.force_login(admin)
    form = text(client.get(f"{UNITS}them/?cha={told.district.uid}"))
    assert 'value="Quận 3"' in form
    data = {"name": "Trường Tiểu học Hoa Sen", "parent": "Quận 3", "on": JANUARY, "taking_over": ""}
    client.post(f"{UNITS}them/", {**data, "lam": "1"})
    made = UnitVersion.objects.get(name="Trường Tiểu học Hoa Sen")
    assert (made.kind, made.level, made.parent, made.signing_regime) == (
        Kind.PUBLIC_SERVICE_UNIT, Level.DISTRICT, told.district, "head",
    )  # fmt: skip


def test_a_local_administrator_reaches_own_units_and_no_names_of_others(client: Client) -> None:
    world = World()
    unit("Phường Sao Mai", parent=world.other_city)
    ward = world.ward("Phường Xuân Hòa")
    client.force_login(world.local)
    before = counts()
    for name, sentence in (("Phường Sao Mai", "Chưa thấy đơn vị"), ("", "Bạn ghi đơn vị cấp trên")):
        answer = client.post(
            f"{UNITS}{ward.uid}/doi-cap-tren/", {"parent": name, "level": "commune", "on": "2026-01-01", "lam": "1"}
        )
        assert sentence in text(answer)
    assert "Chưa thấy đơn vị" in text(
        client.post(f"{UNITS}{ward.uid}/sap-nhap/", merged("Phường Sao Mai", into="X", on="2026-01-01", lam="1"))
    )
    for who in (world.twin, world.officer, world.auditor):
        client.force_login(who)
        for slug in ("doi-ten", "sap-nhap", "viec-do"):
            assert client.get(f"{UNITS}{ward.uid}/{slug}/").status_code == HTTPStatus.NOT_FOUND
            assert client.post(f"{UNITS}{ward.uid}/{slug}/", {"lam": "1"}).status_code == HTTPStatus.NOT_FOUND
    assert counts() == before

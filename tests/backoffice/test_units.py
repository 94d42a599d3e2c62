"""The list of units on a day and the page of one unit: whose they are, what they show, what they cost."""

from http import HTTPStatus

import pytest
from django.test import Client

from sangkien.backoffice.queries import units as queries
from sangkien.units.models import Unit
from tests.backoffice.world import World, statements, text
from tests.factories.units import unit

pytestmark = pytest.mark.django_db
UNITS = "/quan-tri/don-vi/"


@pytest.fixture
def world() -> World:
    return World()


def page_of(one: Unit) -> str:
    return f"{UNITS}{one.uid}/"


def test_the_pages_are_for_administrators_of_units_alone(client: Client, world: World) -> None:
    for address in ("/quan-tri/", UNITS, page_of(world.ward("Phường Xuân Hòa")), "/quan-tri/ngay-nghi/2026/"):
        assert client.get(address)["Location"] == f"/dang-nhap/?next={address}"
        client.force_login(world.officer)
        assert client.get(address).status_code == HTTPStatus.NOT_FOUND, address
        for who in (world.local, world.everything):
            client.force_login(who)
            assert client.get(address).status_code == HTTPStatus.OK, (address, who)
        client.logout()


def test_the_list_is_that_of_the_day(client: Client, world: World) -> None:
    client.force_login(world.local)
    today, then, may = (text(client.get(UNITS + query)) for query in ("", "?ngay=2024-07-09", "?ngay=01/05/2025"))
    assert [name for name in ("Phường Bàn Cờ", "Phường Xuân Hòa", "Phường Nhiêu Lộc") if name not in today] == []
    assert "Quận 3" not in today
    assert "Phường 09" in then
    assert "Phường 10" in then
    assert "Phường Bàn Cờ" not in then
    assert "Phường 9<" in may
    assert "Phường 10" not in may


def test_another_authority_shows_neither_in_the_list_nor_by_address(client: Client, world: World) -> None:
    client.force_login(world.local)
    listed = text(client.get(UNITS + "?q=xuan hoa"))
    assert "1 đơn vị" in listed
    assert str(world.twin_ward.uid) not in listed
    assert client.get(page_of(world.twin_ward)).status_code == HTTPStatus.NOT_FOUND
    client.force_login(world.twin)
    for name in ("Phường Xuân Hòa", "Phường 04"):
        assert client.get(page_of(world.ward(name))).status_code == HTTPStatus.NOT_FOUND
    assert str(world.ward("Phường Xuân Hòa").uid) not in text(client.get(UNITS + f"?cha={world.city.uid}"))


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?q=nhieu loc", ["Phường Nhiêu Lộc"]),
        ("?q=Nhiêu+Lộc", ["Phường Nhiêu Lộc"]),
        ("?q=27139&ngay=2024-07-09", ["Phường Võ Thị Sáu"]),
        ("?q=p.4&ngay=2024-07-09", ["Phường 04"]),
        ("?loai=ward_pc", ["Phường Bàn Cờ", "Phường Nhiêu Lộc", "Phường Xuân Hòa"]),
        ("?q=khong co dau", []),
        ("?q=%00", ["Phường Bàn Cờ"]),
    ],
)
def test_units_are_searched_with_and_without_marks(client: Client, world: World, query: str, found: list[str]) -> None:
    client.force_login(world.local)
    page = text(client.get(UNITS + query))
    table = page.split("<table")[-1] if "<table" in page else ""
    assert [name for name in found if f">{name}</a>" not in table] == []
    assert ("Không có đơn vị nào khớp" in page) == (not found)


def test_a_large_list_is_shown_level_by_level_and_page_by_page(
    client: Client, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "LARGEST_TREE", 2)
    monkeypatch.setattr(queries, "A_PAGE", 2)
    client.force_login(world.local)
    top = text(client.get(UNITS))
    assert "Thành phố Hồ Chí Minh" in top
    assert "Phường Bàn Cờ" not in top
    assert f"?cha={world.city.uid}" in top
    first = text(client.get(f"{UNITS}?cha={world.city.uid}"))
    assert ("Phường Bàn Cờ" in first, "Phường Nhiêu Lộc" in first, "Phường Xuân Hòa" in first) == (True, True, False)
    after = world.ward("Phường Nhiêu Lộc").uid
    assert f"sau={after}" in first
    rest = text(client.get(f"{UNITS}?cha={world.city.uid}&sau={after}"))
    assert ("Phường Bàn Cờ" in rest, "Phường Xuân Hòa" in rest) == (False, True)


def test_the_page_of_a_unit_tells_its_names_and_what_became_of_it(client: Client, world: World) -> None:
    client.force_login(world.local)
    page = text(client.get(page_of(world.ward("Phường 04"))))
    parts = ("Phường 04", "Phường 4", "Kết thúc từ ngày 01/07/2025", "Phường Bàn Cờ", "chia tách, một phần", "27148")
    assert [part for part in parts if part not in page] == []
    page = text(client.get(page_of(world.ward("Phường Nhiêu Lộc"))))
    assert [name for name in ("Phường 10", "Phường 13", "Phường 14") if name not in page] == []
    assert page.count("<circle") == 7
    assert "Vũ Thu Hà" in text(client.get(page_of(world.ward("Phường Xuân Hòa"))))


def test_the_pages_cost_the_same_for_few_and_for_many(
    client: Client, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.force_login(world.local)
    addresses = [UNITS, f"{UNITS}?q=phuong", page_of(world.city)]
    counts = {address: statements(client, address) for address in addresses}
    for number in range(20):
        unit(f"Phường Mới {number}", parent=world.city)
    assert {address: statements(client, address) for address in addresses} == counts
    assert max(counts.values()) <= 13, counts

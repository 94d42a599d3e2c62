"""Days off and worked: read by administrators, set by those of the whole instance, bad lines are told."""

from http import HTTPStatus

import pytest
from django.test import Client

from sangkien.campaigns.models import Holiday
from sangkien.ledger.models import Act
from tests.backoffice.world import World, text

pytestmark = pytest.mark.django_db
YEAR = "/quan-tri/ngay-nghi/2026/"


@pytest.fixture
def world() -> World:
    return World()


def test_the_days_of_a_year_are_set_as_a_whole(client: Client, world: World) -> None:
    client.force_login(world.everything)
    days = "1/1/2026 nghỉ Tết Dương lịch\n\n02/09/2026  Nghỉ: Quốc khánh\n22/8/2026 làm bù Bù ngày 31/8"
    page = text(client.post(YEAR, {"days": days}, follow=True))
    assert "Đã ghi các ngày nghỉ, ngày làm bù của năm 2026." in page
    assert list(Holiday.objects.order_by("date").values_list("date__month", "kind", "name")) == [
        (1, "off", "Tết Dương lịch"),
        (8, "working", "Bù ngày 31/8"),
        (9, "off", "Quốc khánh"),
    ]
    assert "02/09/2026 nghỉ Quốc khánh" in page
    client.post(YEAR, {"days": "1/1/2026 nghỉ Tết Dương lịch"})
    assert Holiday.objects.count() == 1


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("mồng một Tết", "Dòng 1 “mồng một Tết” chưa rõ."),
        ("31/6/2026 nghỉ Hè", "Dòng 1 “31/6/2026 nghỉ Hè” chưa rõ."),
        ("1/1/2025 nghỉ Tết", "Ngày 01/01/2025 không thuộc năm 2026."),
        ("1/1/2026 nghỉ", "Ngày 01/01/2026 chưa có tên."),
        ("3/1/2026 nghỉ Thứ bảy", "ngày nghỉ phải là ngày thường trong tuần"),
    ],
)
def test_a_bad_line_is_told_and_nothing_is_set(client: Client, world: World, line: str, told: str) -> None:
    client.force_login(world.everything)
    answer = client.post(YEAR, {"days": line})
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert told in text(answer)
    assert line in text(answer)
    assert Holiday.objects.count() == 0


def test_an_administrator_of_a_unit_reads_but_does_not_set(client: Client, world: World) -> None:
    acts = Act.objects.count()
    client.force_login(world.local)
    assert "Người quản trị cả hệ thống ghi các ngày này" in text(client.get(YEAR))
    assert client.post(YEAR, {"days": ""}).status_code == HTTPStatus.NOT_FOUND
    assert client.get("/quan-tri/ngay-nghi/1900/").status_code == HTTPStatus.NOT_FOUND
    assert Act.objects.count() == acts

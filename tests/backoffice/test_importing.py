"""A list of units pasted or out of a file: shown first, entered whole or not at all, never beyond one's reach."""

from datetime import date
from http import HTTPStatus
from io import BytesIO
from typing import Any

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from sangkien.units.models import Unit, UnitVersion
from tests.backoffice.world import World, text

pytestmark = pytest.mark.django_db
READ, ENTER = "/quan-tri/don-vi/nhap/", "/quan-tri/don-vi/nhap/ghi/"
ON = "2026-01-01"


@pytest.fixture
def world() -> World:
    return World()


def excel(*rows: tuple[str, ...]) -> SimpleUploadedFile:
    target = BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return SimpleUploadedFile("danh sách.xlsx", target.getvalue())


def carried(page: str) -> dict[str, str]:
    """What the preview carries to its button."""
    names = ("on", "parent", "lines", "tu")
    found = {}
    for name in names:
        start = f'<input type="hidden" name="{name}" value="'
        if start in page:
            found[name] = page.split(start)[1].split('">')[0].replace("&quot;", '"').replace("&amp;", "&")
    return found


def enter(client: Client, data: dict[str, Any], **decided: str) -> str:
    page = text(client.post(READ, data))
    return text(client.post(ENTER, {**carried(page), **decided}, follow=True))


def test_a_pasted_list_is_shown_and_then_entered(client: Client, world: World) -> None:
    client.force_login(world.local)
    before = Unit.objects.count()
    data = {"text": "1. Trường Tiểu học Hoa Sen\n2. Trạm Y tế phường", "on": ON, "parent": "Phường Xuân Hòa"}
    page = text(client.post(READ, data))
    assert "2 đơn vị mới" in page
    assert "Loại đoán theo tên" in page
    assert Unit.objects.count() == before
    assert "Đã ghi 2 đơn vị mới." in enter(client, data)
    made = UnitVersion.objects.filter(parent=world.ward("Phường Xuân Hòa")).order_by("pk")
    assert [(each.name, each.valid_from) for each in made] == [
        ("Trường Tiểu học Hoa Sen", date(2026, 1, 1)),
        ("Trạm Y tế phường", date(2026, 1, 1)),
    ]
    assert "Đã ghi 0 đơn vị mới." in enter(client, data)


def test_a_file_is_read_with_its_columns_and_its_errors_by_line(client: Client, world: World) -> None:
    client.force_login(world.everything)
    rows = [("STT", "Tên đơn vị", "Trực thuộc", "Hiệu lực từ"), ("1", "Phòng Mới", "Phường Xuân Hòa, x", "01/01/2026"),
            ("2", "", "", ""), ("3", "Tổ Hai", "", "31/6/2026")]  # fmt: skip
    page = text(client.post(READ, {"file": excel(*rows), "on": ON}))
    assert "Chưa có đơn vị cấp trên “Phường Xuân Hòa, x” vào ngày 01/01/2026." in page
    assert "Ngày “31/6/2026” chưa rõ." in page
    assert "Còn 2 dòng có lỗi nên chưa ghi được." in page
    assert "Ghi 0 đơn vị mới" not in page
    before = Unit.objects.count()
    assert "Còn 2 dòng có lỗi nên chưa ghi được." in text(client.post(ENTER, carried(page)))
    assert Unit.objects.count() == before


def test_a_doubtful_line_is_decided_by_a_person(client: Client, world: World) -> None:
    client.force_login(world.local)
    data = {"text": "Tên đơn vị\tMã\tTrực thuộc\nPhường Xuân Hoà Mới\t27139\tThành phố Hồ Chí Minh", "on": ON}
    data["parent"] = "Thành phố Hồ Chí Minh"
    assert "Cần bạn chọn" in text(client.post(READ, data))
    assert "Đã ghi 0 đơn vị mới." in enter(client, data)
    page = enter(client, data, **{"y-dòng 2": "ten"})
    assert "1 tên mới" in page
    latest = UnitVersion.objects.current().get(unit=world.ward("Phường Xuân Hòa"), valid_to=None)
    assert latest.name == "Phường Xuân Hoà Mới"


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ({"text": "  ", "on": ON}, "Bạn dán danh sách vào đây, hoặc chọn một tệp."),
        ({"text": "A", "on": "hôm qua"}, "Ngày này không có."),
        ({"text": "A", "on": ON, "parent": "Phường Không Có"}, "Chưa thấy đơn vị “Phường Không Có”"),
        ({"file": SimpleUploadedFile("x.xlsx", b"PK\x03\x04hong"), "on": ON}, "Tệp"),
        ({"file": SimpleUploadedFile("x.xlsx", b""), "on": ON}, "Tệp này trống."),
    ],
)
def test_what_gives_no_list_is_told(client: Client, world: World, data: dict[str, Any], told: str) -> None:
    client.force_login(world.everything)
    answer = client.post(READ, {"parent": "", **data})
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert told in text(answer)


def test_a_list_that_was_tampered_with_is_refused(client: Client, world: World) -> None:
    client.force_login(world.everything)
    for lines in ("{", "[1]", '[{"khong": "co"}]'):
        page = text(client.post(ENTER, {"lines": lines, "on": ON, "parent": ""}, follow=True))
        assert "Danh sách không còn nguyên." in page


def test_a_local_administrator_enters_only_below_own_units(client: Client, world: World) -> None:
    client.force_login(world.local)
    before = Unit.objects.count()
    data = {"text": "Tên đơn vị\tTrực thuộc\nPhòng Một\tThành phố Bên Kia", "on": ON, "parent": "Phường Xuân Hòa"}
    page = text(client.post(READ, data))
    assert "ngoài phạm vi quản trị của bạn" in page
    assert "ngoài phạm vi quản trị của bạn" in text(client.post(ENTER, carried(page)))
    assert Unit.objects.count() == before
    alone = text(client.post(READ, {"text": "Phòng Một", "on": ON, "parent": ""}))
    assert "Bạn ghi đơn vị cấp trên" in alone
    for who in (world.officer, world.auditor):
        client.force_login(who)
        assert client.get(READ).status_code == HTTPStatus.NOT_FOUND
        assert client.post(ENTER, data).status_code == HTTPStatus.NOT_FOUND
    client.force_login(world.twin)
    theirs = text(client.post(READ, {**data, "parent": "Phường Xuân Hòa", "text": "Phường Xuân Hòa"}))
    assert str(world.ward("Phường Xuân Hòa").uid) not in theirs

"""District 3 told through its three periods, its twin of the same names, and the people of both."""

from datetime import UTC, date, datetime
from http import HTTPStatus

from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from sangkien.accounts.models import User
from sangkien.accounts.roles import Role
from sangkien.ledger.recording import Actor
from sangkien.units.models import Kind, Level, Unit
from tests.factories import accounts as make
from tests.factories import district3
from tests.factories.units import unit

OFFICER = Actor("user:1")
AT = datetime(2024, 7, 9, 1, 30, tzinfo=UTC)
IN_2024, IN_MAY_2025 = date(2024, 7, 9), date(2025, 5, 1)


class World:
    """Today the three wards stand under the City. ``twin`` administers another city with wards of the same names."""

    def __init__(self) -> None:
        self.told = district3.all_three_periods(by=OFFICER, at=AT)
        self.city, self.wards = self.told.city, self.told.wards
        self.other_city = unit(
            "Thành phố Bên Kia", kind=Kind.PROVINCE_PC, level=Level.PROVINCE, on=district3.TWELVE_WARDS
        )
        self.twin_ward = unit("Phường Xuân Hòa", parent=self.other_city)
        self.everything = make.administrator(email="quan@sangkien.example")
        self.local = self._member(self.city, Role.ADMINISTRATOR, "Đỗ Mai", "mai@thanhpho.example")
        self.twin = self._member(self.other_city, Role.ADMINISTRATOR, "Đỗ Mai", "mai@benkia.example")
        self.auditor = self._member(self.city, Role.AUDITOR, "Lý Kiểm", "kiem@thanhpho.example")
        self.officer = self._member(self.ward("Phường Xuân Hòa"), Role.ORGANISER, "Vũ Thu Hà", "ha@xuanhoa.example")

    def ward(self, name: str) -> Unit:
        return self.wards[name]

    def _member(self, at: Unit, role: Role, name: str, email: str) -> User:
        return make.member(at, role, name, email=email)


def text(answer: HttpResponse) -> str:
    """The page as text."""
    return answer.content.decode()


def statements(client: Client, address: str) -> int:
    """How many statements a page costs."""
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == HTTPStatus.OK
    return len(queries)

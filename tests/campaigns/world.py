"""District 3 with its plan, the people around it, and the twin authority of the same names."""

from datetime import UTC, datetime
from typing import Any

from sangkien.accounts.models import User
from sangkien.accounts.roles import Role
from sangkien.campaigns.models import Campaign
from tests.factories import accounts as make
from tests.factories import campaigns, district3

NOW = datetime(2024, 8, 1, 2, tzinfo=UTC)


class World:
    """People by what they are; ``twin`` is the lead officer of the twin authority."""

    def __init__(self, told: district3.District3, twin: district3.District3) -> None:
        self.told, self.twin_told = told, twin
        lead, office = told.offices["Phòng Nội vụ"], told.offices["Phòng Tư pháp"]
        self.organiser = make.member(lead, Role.ORGANISER, "Lê Thị Sen", email="sen@quan3.example")
        self.head = make.member(lead, Role.ORGANISER_HEAD, "Đỗ Mai", email="mai@quan3.example")
        self.decider = make.member(told.district, Role.DECIDER, "Vũ Trúc", email="truc@quan3.example")
        self.reviewer = make.member(office, Role.FIELD_REVIEWER, "Ngô Lan", email="lan@quan3.example")
        self.reporter = make.member(told.wards["Phường 04"], Role.REPORTER, "Hồ Cúc", email="cuc@p4.example")
        self.auditor = make.member(told.city, Role.AUDITOR, "Tạ Kiểm", email="kiem@thanhpho.example")
        self.administrator = make.administrator()
        self.twin = make.member(twin.offices["Phòng Nội vụ"], Role.ORGANISER_HEAD, "Lê Thị Sen", email="sen@b.example")
        self.twin_reporter = make.member(twin.wards["Phường 04"], Role.REPORTER, "Hồ Cúc", email="cuc@b.example")

    def draft(self, **facts: Any) -> Campaign:
        return campaigns.drafted(self.told, **facts).campaign

    def issued(self, **facts: Any) -> Campaign:
        return campaigns.issued(self.told, **facts)

    @property
    def people(self) -> dict[str, User]:
        return {name: each for name, each in vars(self).items() if isinstance(each, User)}

"""A ward of today that goes to look at a school and holds its council: run before the server starts.

    SANGKIEN_HOME=… python -m tests.journeys.meetings_world

Prints one JSON object: the visit, the session, the campaign, and a session key for each person.
"""

import json
import os
import sys
from datetime import UTC, datetime, timedelta

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sangkien.config.settings")
django.setup()

from django.core.management import call_command
from django.db import transaction

from sangkien.accounts.models import User
from sangkien.accounts.roles import Role
from sangkien.appraisal.actions.meetings import sessions, visits
from sangkien.appraisal.actions.meetings.common import Person
from sangkien.appraisal.models import Capacity, SessionKind
from sangkien.intake.lifecycle import Stage
from sangkien.intake.models import Entry
from sangkien.ledger.recording import Actor
from sangkien.units.models import Kind, Level, Unit
from tests.factories import accounts, appraisal, entries
from tests.factories.units import START, unit
from tests.journeys.reporting_world import OFFICES, SCHOOL, WARD, _campaign
from tests.journeys.sessions import session_of

TITLES = (
    "Sổ tay điện tử hướng dẫn phụ huynh làm hồ sơ tuyển sinh đầu cấp không giấy, có video từng bước",
    "Tủ tài liệu chung của các tổ chuyên môn",
    "Lịch tiếp dân đặt trước qua mã QR ở từng tổ dân phố",
)


def main() -> None:
    call_command("migrate", verbosity=0)
    now = datetime.now(UTC)
    ward = unit(WARD, kind=Kind.WARD_PC, level=Level.COMMUNE)
    offices = [unit(name, parent=ward, kind=Kind.DEPARTMENT, level=Level.COMMUNE) for name in OFFICES]
    school = unit(SCHOOL, parent=ward, kind=Kind.PUBLIC_SERVICE_UNIT, level=Level.COMMUNE)
    campaign = _campaign(ward, now)
    with transaction.atomic():
        made = [
            entries.entry(campaign, of, title, stage=Stage.APPRAISED)
            for of, title in ((school, TITLES[0]), (school, TITLES[1]), (offices[2], TITLES[2]))
        ]
    lead = _person(campaign.lead_unit, Role.ORGANISER, "Nguyễn Thị Hoa Sen", "sen@phuong.example")
    people = {
        "lead": lead,
        "secretary": _person(offices[1], Role.COUNCIL_SECRETARY, "Trịnh Thị Ổi", "oi@phuong.example"),
        "member": _person(offices[0], Role.COUNCIL_MEMBER, "Tôn Nữ Thị Thanh Thảo Nguyên", "nguyen@phuong.example"),
        "school": _person(school, Role.UNIT_HEAD, "Hoàng Văn Mai", "mai@truong.example"),
        "sitting": _person(school, Role.COUNCIL_MEMBER, "Vũ Thị Mận", "man@truong.example"),
    }
    visit = visits.plan_visit(
        campaign, host=school, place="Phòng Văn thư, tầng 1, điểm trường chính", starts_at=now + timedelta(hours=2),
        entries=made[:2], by=_by(lead), at=now, purpose="Đối chiếu nội dung báo cáo với thực tế áp dụng.",
        own_questions=["Phụ huynh dùng được trên điện thoại không?"],
        people=[
            Person(lead.name, "Chuyên viên", user=lead, unit=campaign.lead_unit, is_head=True, keeps_minutes=True),
            Person("Hoàng Văn Mai", "Hiệu trưởng", unit=school, is_host=True),
        ],
    )  # fmt: skip
    session = _session(campaign, offices, school, people, made, now)
    keys = {name: session_of(person) for name, person in people.items()}
    told = {"visit": str(visit.uid), "session": session, "campaign": str(campaign.uid), "keys": keys}
    sys.stdout.write(f"{json.dumps(told)}\n")


def _session(
    campaign: object, offices: list[Unit], school: Unit, people: dict[str, User], made: list[Entry], now: datetime
) -> str:
    panel = appraisal.panel(campaign, name="Hội đồng sáng kiến phường", formed_at=now)  # type: ignore[arg-type]  # a campaign
    seats = (
        (offices[0], None, "Mai Thị Cam", Capacity.CHAIR, True),
        (offices[1], people["secretary"], "", Capacity.SECRETARY, False),
        (offices[0], people["member"], "", Capacity.MEMBER, True),
        (school, people["sitting"], "", Capacity.MEMBER, True),
        (offices[2], None, "Lý Văn Quýt", Capacity.MEMBER, True),
    )
    for of, person, name, capacity, votes in seats:
        facts = {} if person else {"name": name}
        appraisal.panel_member(panel, of, person, capacity=capacity, votes=votes, scores=votes, joined_at=now, **facts)
    session = sessions.plan_session(
        made[0].campaign, kind=SessionKind.COUNCIL, title="Phiên họp đánh giá lần thứ nhất",
        place="Hội trường lầu 2, trụ sở Ủy ban nhân dân phường", starts_at=now + timedelta(minutes=5), minutes_each=10,
        entries=made, panel=panel, by=_by(people["lead"]), at=now,
    )  # fmt: skip
    return str(session.uid)


def _by(person: User) -> Actor:
    return Actor(f"user:{person.pk}")


def _person(of: Unit, role: Role, name: str, email: str) -> User:
    made: User = accounts.person(name, email, opened_at=datetime.now(UTC))
    accounts.membership(made, of, role, starts_date=START)
    return made


if __name__ == "__main__":
    main()

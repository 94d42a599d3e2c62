"""A ward of today with a plan that takes reports now: run as a program against a data folder, before the server starts.

    SANGKIEN_HOME=… python -m tests.journeys.reporting_world

Prints one JSON object: the token of the invitation, the mail of the head, the officer, the lead unit's officer.
"""

import json
import os
import sys
from datetime import UTC, datetime, timedelta

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sangkien.config.settings")
django.setup()

from django.core.management import call_command
from django.utils import timezone

from sangkien.accounts.actions import invitations
from sangkien.accounts.models import User
from sangkien.accounts.roles import Role
from sangkien.campaigns.actions import drafting, issuing
from sangkien.campaigns.actions.common import Facts
from sangkien.campaigns.models import Campaign
from sangkien.campaigns.presets import PLANS
from sangkien.units.models import Kind, Level, Unit
from tests.factories import accounts, papers
from tests.factories.units import OFFICER, START, unit

WARD = "Phường Nguyễn Thượng Hiền Đông"
OFFICES = ("Phòng Văn hóa - Xã hội", "Văn phòng HĐND và UBND", "Phòng Kinh tế, Hạ tầng và Đô thị")
SCHOOL = "Trường Trung học cơ sở Nguyễn Thị Bích Phượng và Huỳnh Khương Ninh"


def main() -> None:
    call_command("migrate", verbosity=0)
    now = datetime.now(UTC)
    ward = unit(WARD, kind=Kind.WARD_PC, level=Level.COMMUNE)
    offices = [unit(name, parent=ward, kind=Kind.DEPARTMENT, level=Level.COMMUNE) for name in OFFICES]
    school = unit(SCHOOL, parent=ward, kind=Kind.PUBLIC_SERVICE_UNIT, level=Level.COMMUNE)
    campaign = _campaign(ward, now)
    invited = invitations.invite(
        unit=school, scope_uid=campaign.uid, purpose=campaign.title[:300], by=OFFICER, at=now,
        expires_at=now + timedelta(days=60),
    )  # fmt: skip
    people = {
        "head": _person(school, Role.UNIT_HEAD, "Nguyễn Phúc Bảo Ngọc Tường Vy", "hieutruong@truong.example"),
        "officer": _person(school, Role.REPORTER, "Tôn Nữ Thị Thanh Thảo Nguyên", "canbo@truong.example"),
        "lead": _person(offices[0], Role.ORGANISER, "Lê Trần Thị Hồng Diễm Phương", "daumoi@phuong.example"),
    }
    told = {"token": invited.token, "campaign": str(campaign.uid), "unit": str(school.uid), **people}
    sys.stdout.write(f"{json.dumps(told)}\n")


def _campaign(ward: Unit, now: datetime) -> Campaign:
    today = timezone.localdate(now)
    title = PLANS["phuong-2025"].title.format(unit=WARD, year=today.year)
    facts = Facts(
        title=title, year=today.year, opens_date=today - timedelta(days=20), closes_date=today + timedelta(days=4)
    )
    who = {"by": OFFICER, "at": now}
    paper = papers.ready(ward)  # written long ago, as the factories do
    made = drafting.draft_campaign(preset=PLANS["phuong-2025"], organiser=ward, year=today.year, facts=facts, **who)
    papers.issue(paper, issued_date=today - timedelta(days=25), at=now)
    return issuing.issue(made.campaign, plan=paper, **who)


def _person(of: Unit, role: Role, name: str, email: str) -> str:
    made: User = accounts.person(name, email, opened_at=datetime.now(UTC))
    accounts.membership(made, of, role, starts_date=START)
    return made.email


if __name__ == "__main__":
    main()

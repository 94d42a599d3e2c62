"""District 3 while Plan 230 takes reports; its twin with the same names and the same plan; who opens the pages."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.utils import timezone

from sangkien.accounts import tokens
from sangkien.accounts.models import Invitation, User
from sangkien.accounts.roles import Role
from sangkien.campaigns.models import Campaign
from sangkien.units.models import Unit
from tests.factories import accounts, campaigns, district3
from tests.factories.intake import IN_TIME
from tests.pages import static_files

__all__ = ["static_files"]

WARD, OTHER_WARD, LEAD = "Phường 04", "Phường 05", "Phòng Nội vụ"


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> "Clock":
    """The hour of every page: 1 August 2024, while reports are taken."""
    made = Clock()
    monkeypatch.setattr(timezone, "now", lambda: made.at)
    return made


@dataclass
class Clock:
    """What time it is."""

    at: datetime = IN_TIME

    def on(self, **span: float) -> None:
        self.at = IN_TIME + timedelta(**span)


@dataclass
class World:
    """Two districts alike, each with an issued plan; people of Phường 4 and others who must not see its reports."""

    campaign: Campaign
    twin_campaign: Campaign
    ward: Unit
    other_ward: Unit
    twin_ward: Unit
    people: dict[str, User] = field(default_factory=dict)
    invitations: dict[str, Invitation] = field(default_factory=dict)

    def client(self, who: str) -> Client:
        """Signed in, or come by the invitation of this name; "nobody" is neither."""
        made = Client()
        if who in self.people:
            made.force_login(self.people[who])
        elif who in self.invitations:
            entered = made.post(f"/moi/{who}/vao/")
            assert entered["Location"] == "/bao-cao/", entered.status_code
        return made


@pytest.fixture
def world(told: district3.District3, twin: district3.District3) -> World:
    campaign, twin_campaign = campaigns.issued(told), campaigns.issued(twin)
    made = World(campaign, twin_campaign, told.wards[WARD], told.wards[OTHER_WARD], twin.wards[WARD])
    people: dict[str, tuple[Unit, Role]] = {
        "head": (made.ward, Role.UNIT_HEAD),
        "officer": (made.ward, Role.REPORTER),
        "clerk": (made.ward, Role.RECORDS_CLERK),
        "other": (made.other_ward, Role.UNIT_HEAD),
        "lead": (told.offices[LEAD], Role.ORGANISER),
        "twin": (made.twin_ward, Role.UNIT_HEAD),
        "twin_lead": (twin.offices[LEAD], Role.ORGANISER),
    }
    for who, (unit, role) in people.items():
        made.people[who] = accounts.member(unit, role, "Lê Thị Sen", email=f"{who}@quan.example")
    made.invitations = {
        "invited": _invitation("invited", made.ward, campaign.uid),
        "invited_other": _invitation("invited_other", made.other_ward, campaign.uid),
        "invited_elsewhere": _invitation("invited_elsewhere", made.ward, accounts.CAMPAIGN),
        "invited_twin": _invitation("invited_twin", made.twin_ward, twin_campaign.uid),
    }
    return made


def _invitation(token: str, unit: Unit, scope: UUID) -> Invitation:
    facts: dict[str, Any] = {"made_at": IN_TIME - timedelta(days=1), "expires_at": IN_TIME + timedelta(days=90)}
    return accounts.invitation(unit, token, scope_uid=scope, token_sha256=tokens.digest(token), **facts)

"""Who sits in the council, what it talks about, and short ways to plan, open and run a session or a visit."""

from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import transaction

from sangkien.accounts.actor import Actor, actor_of
from sangkien.accounts.models import User
from sangkien.accounts.roles import Role
from sangkien.appraisal.actions.meetings import sessions, visits
from sangkien.appraisal.actions.meetings.common import Person
from sangkien.appraisal.models import (
    Capacity,
    Panel,
    PanelMember,
    PresentationSession,
    SessionItem,
    SessionKind,
    SiteVisit,
)
from sangkien.campaigns.models import CriteriaSet
from sangkien.campaigns.queries import current_criteria
from sangkien.intake.lifecycle import Stage
from sangkien.intake.models import Entry
from sangkien.ledger import recording
from sangkien.units.models import Unit
from tests.desk.world import NOW, World
from tests.factories import accounts as make
from tests.factories import appraisal as rows
from tests.factories import entries

TOMORROW = datetime(2024, 9, 12, 1, 30, tzinfo=UTC)
_SEATS = (
    ("Phòng Nội vụ", "Chu Thị Táo", Capacity.CHAIR, True),
    ("Phòng Tư pháp", "Kiều Văn Lê", Capacity.SECRETARY, False),
    ("Phường 04", "Đinh Thị Bòng", Capacity.MEMBER, True),
    ("Phường 05", "Tô Văn Vải", Capacity.MEMBER, True),
    ("Phường 09", "La Thị Nhãn", Capacity.MEMBER, True),
    ("Phường 10", "Hà Văn Xoài", Capacity.MEMBER, True),
    ("Phường 11", "Bế Thị Mít", Capacity.MEMBER, True),
)


class Council:
    """Six of its seven members vote; the entries are of Phường 04, Phường 05 and Phường 12, of which nobody is."""

    def __init__(self, world: World) -> None:
        self.world, self.campaign = world, world.campaign
        told = world.told
        self.panel: Panel = rows.panel(self.campaign)
        self.members: dict[str, PanelMember] = {}
        self.users: dict[str, User] = {}
        for number, (unit_name, name, capacity, votes) in enumerate(_SEATS):
            unit = told.offices.get(unit_name) or told.wards[unit_name]
            role = {Capacity.CHAIR: Role.COUNCIL_CHAIR, Capacity.SECRETARY: Role.COUNCIL_SECRETARY}.get(
                capacity, Role.COUNCIL_MEMBER
            )
            user = make.member(unit, role, name, email=f"hoi-dong-{number}@quan3.example")
            self.users[unit_name] = user
            self.members[unit_name] = rows.panel_member(
                self.panel, unit, user, capacity=capacity, votes=votes, scores=votes, title="Ủy viên"
            )
        self.entries = [self.entry(told.wards[name]) for name in ("Phường 04", "Phường 05", "Phường 12")]

    def entry(self, unit: Unit, **facts: Any) -> Entry:
        with transaction.atomic():
            return entries.entry(self.campaign, unit, **{"stage": Stage.APPRAISED, **facts})

    @property
    def criteria(self) -> CriteriaSet:
        found = current_criteria(self.campaign)
        assert found is not None
        return found

    @property
    def secretary(self) -> recording.Actor:
        return self.by(self.users["Phòng Tư pháp"])

    @staticmethod
    def by(user: User) -> recording.Actor:
        return recording.Actor(f"user:{user.pk}")

    @staticmethod
    def actor(user: User) -> Actor:
        return actor_of(user, on=NOW.date())

    @property
    def who(self) -> dict[str, Any]:
        return {"by": self.secretary, "at": NOW}

    def planned(self, **facts: Any) -> PresentationSession:
        return sessions.plan_session(
            self.campaign,
            **{
                "kind": SessionKind.COUNCIL, "title": "Phiên họp thứ nhất", "place": "Phòng họp số 2, trụ sở Quận 3",
                "starts_at": TOMORROW, "minutes_each": 10, "entries": self.entries, "panel": self.panel, **self.who,
                **facts,
            },
        )  # fmt: skip

    def open(self, *, away: tuple[str, ...] = (), **facts: Any) -> PresentationSession:
        """Begun, with everybody there but these."""
        session = self.planned(**facts)
        self.attendance(session, away=away)
        return sessions.begin(session, **self.who)

    def attendance(self, session: PresentationSession, *, away: tuple[str, ...] = ()) -> None:
        present = {each.uid: name not in away for name, each in self.members.items()}
        sessions.take_attendance(session, present=present, reasons={}, **self.who)

    def on(self, session: PresentationSession, entry: Entry) -> SessionItem:
        """The entry is what runs now."""
        running = session.items.filter(started_at__isnull=False, ended_at__isnull=True).first()
        item = session.items.get(entry=entry)
        sessions.go_on(session, after=running.uid if running else None, to=item.uid, **self.who)
        item.refresh_from_db()
        return item

    def visit(self, **facts: Any) -> SiteVisit:
        """To Phường 04, with the officer of the lead unit as head and a colleague who keeps the minutes."""
        world = self.world
        people = [
            Person("Lê Thị Sen", "Phó Trưởng phòng", user=world.officer, unit=world.lead, is_head=True),
            Person("Đỗ Văn Bưởi", "Chuyên viên", user=world.colleague, unit=world.lead, keeps_minutes=True),
            Person("Hoàng Văn Mai", "Chủ tịch", unit=world.ward, is_host=True),
        ]
        return visits.plan_visit(
            self.campaign,
            **{
                "host": world.ward, "place": "Trụ sở Ủy ban nhân dân Phường 04", "starts_at": TOMORROW,
                "entries": [self.entries[0]], "people": people, "by": world.by(world.officer, world.lead), "at": NOW,
                **facts,
            },
        )  # fmt: skip


def later(**span: float) -> datetime:
    return NOW + timedelta(**span)

"""Plan 230 on 11 September 2024, four days before its deadline, people on every side; and a twin of the same names."""

from datetime import UTC, datetime
from typing import Any

from django.test import Client

from sangkien.accounts.models import User
from sangkien.accounts.roles import Role
from sangkien.campaigns.actions import drafting as plans
from sangkien.campaigns.actions import issuing
from sangkien.campaigns.models import Campaign
from sangkien.intake.actions import drafting
from sangkien.intake.models import Entry
from sangkien.ledger.recording import Actor
from sangkien.units.models import Unit
from tests.factories import accounts as make
from tests.factories import campaigns, intake, papers
from tests.factories.district3 import District3
from tests.factories.units import OFFICER

NOW = datetime(2024, 9, 11, 3, tzinfo=UTC)
AUGUST = datetime(2024, 8, 1, 2, tzinfo=UTC)


class World:
    """The lead unit is Phòng Nội vụ; Phường 04 reports, Phường 05 is a neighbour; ``other`` is the twin's campaign."""

    def __init__(self, told: District3, twin: District3) -> None:
        self.told, self.twin = told, twin
        self.campaign: Campaign = campaigns.issued(told)
        self.lead, self.ward, self.neighbour = (
            self.campaign.lead_unit, told.wards["Phường 04"], told.wards["Phường 05"],
        )  # fmt: skip
        self.officer = self._member(self.lead, Role.ORGANISER, "Lê Thị Sen", "sen@quan3.example")
        self.colleague = self._member(self.lead, Role.ORGANISER, "Đỗ Văn Bưởi", "buoi@quan3.example")
        self.leader = self._member(self.lead, Role.ORGANISER_HEAD, "Trịnh Thị Ổi", "oi@quan3.example")
        self.reporter = self._member(self.ward, Role.REPORTER, "Vũ Thu Hà", "ha@phuong4.example")
        self.head = self._member(self.ward, Role.UNIT_HEAD, "Hoàng Văn Mai", "mai@phuong4.example")
        self.stranger = self._member(self.neighbour, Role.UNIT_HEAD, "Phan Thị Lựu", "luu@phuong5.example")
        self.administrator = make.administrator()
        self.auditor = self._member(told.district, Role.AUDITOR, "Ngô Văn Đào", "dao@quan3.example")
        self.decider = self._member(told.district, Role.DECIDER, "Mai Thị Cam", "cam@quan3.example")
        self.reviewer = self._member(
            told.offices["Phòng Tư pháp"], Role.FIELD_REVIEWER, "Lý Văn Quýt", "quyt@quan3.example"
        )
        self.outsider = self._member(twin.offices["Phòng Nội vụ"], Role.ORGANISER, "Lê Thị Sen", "sen@quan-kia.example")
        self.namesake = self._member(twin.wards["Phường 04"], Role.UNIT_HEAD, "Hoàng Văn Mai", "mai@quan-kia.example")

    @staticmethod
    def _member(unit: Unit, role: Role, name: str, email: str) -> User:
        return make.member(unit, role, name, email=email)

    def of_twin(self) -> Campaign:
        """The same plan of the twin."""
        return campaigns.issued(self.twin)

    def next_year(self) -> Campaign:
        """Plan 230 goes on in 2025."""
        at = datetime(2025, 7, 1, 2, tzinfo=UTC)
        drafted = plans.draft_from(self.campaign, year=2025, by=OFFICER, at=at).campaign
        paper = papers.ready(self.told.district, on=at.date(), at=at)
        papers.issue(paper, number=99, issued_date=at.date(), at=at)
        return issuing.issue(drafted, plan=paper, by=OFFICER, at=at)

    def by(self, person: User, unit: Unit | None = None) -> Actor:
        """How the ledger names this person."""
        return Actor(f"user:{person.pk}", unit.uid if unit else None)

    def draft(self, **facts: Any) -> Entry:
        return intake.draft(self.campaign, facts.pop("unit", self.ward), by=self.by(self.reporter, self.ward), **facts)

    def sent(self, at: datetime = AUGUST, **facts: Any) -> Entry:
        unit = facts.pop("unit", self.ward)
        entry = intake.draft(self.campaign, unit, at=at, by=self.by(self.head, unit), **facts)
        intake.sent(entry, at=at, by=self.by(self.head, unit))
        return entry

    def returned(self, **facts: Any) -> Entry:
        entry = facts.pop("entry", None) or self.sent()
        intake.returned(entry, **{"by": self.by(self.officer, self.lead), "at": AUGUST, **facts})
        return entry

    def supplemented(self, entry: Entry, **told: Any) -> Entry:
        """The unit sends its answer to a return."""
        who: dict[str, Any] = {"by": self.by(self.head, self.ward), "at": AUGUST}
        drafting.begin_revision(entry, **who)
        draft = drafting.draft_of(entry)
        if draft is not None and told:
            drafting.edit(entry, told=told, edit_version=draft.edit_version, **who)  # type: ignore[arg-type]  # a part of it
        intake.sent(entry, **who)
        return entry

    def admitted(self, *entries: Entry) -> Entry:
        chosen = entries or (self.sent(),)
        intake.admitted(*chosen)
        return chosen[0]


def signed_in(person: User) -> Client:
    """A browser of its own for this person."""
    client = Client()
    client.force_login(person)
    return client


def address(entry: Entry, rest: str = "") -> str:
    """The page of an entry, or of an act under it."""
    return f"/giai-phap/{entry.uid}/{rest}"

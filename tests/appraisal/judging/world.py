"""A council of the lead unit with three judges; entries of wards that are appraised; criteria of 100 points."""

from decimal import Decimal
from typing import Any

from django.test import Client

from sangkien.accounts.actor import Actor, actor_of
from sangkien.accounts.models import User
from sangkien.accounts.roles import Role
from sangkien.appraisal.judging.criteria import Asked, asked_by
from sangkien.appraisal.judging.told import MarkTold, SheetTold
from sangkien.appraisal.models import Panel, PanelMember, Reading
from sangkien.intake.lifecycle import Stage
from sangkien.intake.models import Entry
from sangkien.ledger.recording import Actor as Signature
from tests.desk.world import NOW, World, signed_in
from tests.factories import accounts, appraisal, sheets
from tests.factories import entries as rows


class Judging:
    """``judges`` sit by offices that did none of the ``entries``; ``own`` is an entry of the first judge's office."""

    def __init__(self, world: World, preset: str = "p2", **facts: Any) -> None:
        self.world, self.campaign = world, world.campaign
        self.criteria = sheets.criteria(world.campaign, preset, **facts)
        self.panel: Panel = appraisal.panel(world.campaign, readers=2)
        offices = [office for office in world.told.offices.values() if office != world.lead][:3]
        self.people: list[User] = []
        self.judges: list[PanelMember] = []
        for number, office in enumerate(offices, start=1):
            person = accounts.member(
                office, Role.COUNCIL_MEMBER, f"Người chấm {number}", email=f"cham{number}@quan3.example"
            )
            self.people.append(person)
            self.judges.append(appraisal.panel_member(self.panel, office, person))
        self.entries = [
            self.entry(world.ward, "Trả kết quả tại nhà"),
            self.entry(world.neighbour, "Hẹn giờ qua điện thoại"),
        ]
        self.own = self.entry(offices[0], "Sổ tay hỏi đáp nội bộ")

    def entry(self, unit: Any, title: str, **facts: Any) -> Entry:
        return rows.entry(self.campaign, unit, title, **{"stage": Stage.APPRAISED, **facts})

    @property
    def asked(self) -> Asked:
        asked = asked_by(self.campaign)
        assert asked is not None
        return asked

    def reading(self, judge: int = 0, entry: int | Entry = 0) -> Reading:
        chosen = self.entries[entry] if isinstance(entry, int) else entry
        made = appraisal.reading(self.judges[judge], chosen)
        return Reading.objects.select_related("member__panel__campaign", "entry__campaign").get(pk=made.pk)

    def told(self, share: str = "0.5", **facts: Any) -> SheetTold:
        """Every criterion with this share of its maximum; ``facts`` over it."""
        marks = {
            code: MarkTold((each.max * Decimal(share)).to_integral_value()) for code, each in self.asked.by_code.items()
        }
        return SheetTold(**{"marks": marks, **facts})

    def form(self, share: str = "0.5", **facts: str) -> dict[str, str]:
        """The same as the page sends it."""
        marks = {f"mark-{code}": str(each.value) for code, each in self.told(share).marks.items()}
        return {**marks, "edit_version": "0", **facts}

    def by(self, judge: int = 0) -> Signature:
        return Signature(f"user:{self.people[judge].pk}", self.judges[judge].unit.uid)

    def actor(self, person: User) -> Actor:
        return actor_of(person, on=NOW.date())

    def browser(self, judge: int = 0) -> Client:
        return signed_in(self.people[judge])


def address(reading: Reading, rest: str = "") -> str:
    """The desk of a reading, or a page under it."""
    return f"/tham-dinh/cham/{reading.uid}/{rest}"

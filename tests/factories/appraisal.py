"""Appraisal as rows, for what only reads them: assignments, panels, readings; the actions have tests of their own."""

from datetime import date
from itertools import count
from typing import Any

from sangkien.accounts.models import User
from sangkien.appraisal.models import Assignment, Capacity, Panel, PanelKind, PanelMember, Reading, Reason, Routing
from sangkien.campaigns.models import Campaign
from sangkien.intake.models import Entry
from sangkien.units.models import Unit
from tests.factories.campaigns import IN_TIME
from tests.factories.units import OFFICER

DUE = date(2024, 10, 15)
_places = count(1)


def routing(campaign: Campaign, **facts: Any) -> Routing:
    """A saved act of passing on."""
    return Routing.objects.create(**{"campaign": campaign, "made_at": IN_TIME, "made_by": OFFICER.id, **facts})


def assignment(entry: Entry, office: Unit | None = None, **facts: Any) -> Assignment:
    """A saved assignment of an office; of a person with ``person``."""
    return Assignment.objects.create(
        **{
            "entry": entry, "office": office, "implementer": entry.implementer, "reason": Reason.FIELD,
            "revision": entry.revision, "due_date": DUE, "assigned_at": IN_TIME, "assigned_by": OFFICER.id,
            "routing": facts.pop("routing", None) or routing(entry.campaign), **facts,
        }
    )  # fmt: skip


def panel(campaign: Campaign, **facts: Any) -> Panel:
    """A saved council."""
    return Panel.objects.create(
        **{
            "campaign": campaign, "kind": PanelKind.COUNCIL, "name": "Hội đồng sáng kiến", "formed_at": IN_TIME,
            "formed_by": OFFICER.id, **facts,
        }
    )  # fmt: skip


def panel_member(of: Panel, unit: Unit, user: User | None = None, **facts: Any) -> PanelMember:
    """A saved member, with or without an account."""
    return PanelMember.objects.create(
        **{
            "panel": of, "unit": unit, "user": user, "name": user.name if user else "Ủy viên",
            "position": next(_places), "capacity": Capacity.MEMBER, "joined_at": IN_TIME, **facts,
        }
    )  # fmt: skip


def reading(member: PanelMember, entry: Entry, **facts: Any) -> Reading:
    """A saved reading."""
    return Reading.objects.create(
        **{"member": member, "entry": entry, "reason": "shared_out", "assigned_at": IN_TIME, **facts}
    )

"""Where things of the rooms below are seen: one place for the names of addresses."""

from typing import Final
from uuid import UUID

from django.urls import reverse

from sangkien.desk.entries.asked import Asked
from sangkien.desk.entries.steps import LATE

WAITING: Final = "cho-tiep-nhan"


def entry(uid: UUID) -> str:
    """The page of an entry."""
    return reverse("desk:entry", args=[uid])


def act(name: str, uid: UUID) -> str:
    """The page of an act on an entry: ``send_back``, ``merge`` …"""
    return reverse(f"desk:{name}", args=[uid])


def waiting(campaign: UUID, *, late: bool = False) -> str:
    """The list of a campaign's entries that wait to be admitted, where they are ticked and admitted together."""
    return reverse("desk:entries") + Asked(campaign=str(campaign), step=WAITING, clock=LATE if late else "").address()


def campaign(uid: UUID) -> str:
    """How the campaign goes: who has answered, who has not."""
    return reverse("desk:campaign", args=[uid])


def reporting(campaign_uid: UUID, unit_uid: UUID) -> str:
    """Where a unit reports in a campaign."""
    return reverse("intake:unit", args=[campaign_uid, unit_uid])


def recording(campaign_uid: UUID, unit_uid: UUID) -> str:
    """Where the lead unit records for a unit what came on paper."""
    return reverse("desk:recording", args=[campaign_uid, unit_uid])

"""Addresses that notices, lists and papers name."""

from typing import Final
from uuid import UUID

from django.urls import reverse

JUST_SENT: Final = "vua-gui"


def of_entry(uid: UUID) -> str:
    """The page of an entry for those who work with all of them; it stands in a room above."""
    return f"/giai-phap/{uid}/"


def of_entry_for_unit(uid: UUID) -> str:
    """The page of an entry for its unit, with or without an account."""
    return reverse("intake:entry", args=[uid])


def of_receipt(uid: UUID) -> str:
    """The receipt of a sending."""
    return reverse("intake:receipt", args=[uid])


def of_receipt_now(uid: UUID) -> str:
    """The same, saying that it has just been received: kept in the address, where it costs no writing of a session."""
    return f"{of_receipt(uid)}?{JUST_SENT}=1"


def of_unit_in_campaign(campaign: UUID, unit: UUID) -> str:
    """Where a unit answers a campaign."""
    return reverse("intake:unit", args=[campaign, unit])

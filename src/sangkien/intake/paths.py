"""Addresses of this room that notices and papers name; the pages stand in ``urls.py``."""

from uuid import UUID


def of_entry(uid: UUID) -> str:
    """The page of an entry, which only shows."""
    return f"/giai-phap/{uid}/"


def of_receipt(uid: UUID) -> str:
    """The page of a sending with its receipt."""
    return f"/bao-cao/bien-nhan/{uid}/"


def of_campaign(uid: UUID) -> str:
    """The page of a campaign."""
    return f"/dot/{uid}/"

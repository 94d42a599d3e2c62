"""The campaign's row is the first lock of all (data model, "How to write")."""

from django.db import connection

from sangkien.campaigns.models import Campaign


def hold(campaign: Campaign) -> Campaign:
    """The row as it is now, FOR UPDATE: for acts that change, close or decide the campaign. In a transaction only."""
    return Campaign.objects.select_for_update().get(pk=campaign.pk)


def hold_shared(campaign: Campaign) -> Campaign:
    """The row as it is now, FOR SHARE: many send at once, and nobody closes the campaign meanwhile.

    Django knows only FOR UPDATE. On SQLite the transaction began IMMEDIATE and holds every lock already.
    """
    share(campaign)
    return Campaign.objects.get(pk=campaign.pk)


def share(campaign: Campaign) -> None:
    """The lock of ``hold_shared`` alone, for who reads the row with the next statement anyway."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM campaigns_campaign WHERE id = %s FOR SHARE", [campaign.pk])

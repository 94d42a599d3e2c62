"""Phrases that the papers of a campaign share."""

from collections.abc import Sequence
from datetime import date, time

from django.utils.formats import date_format

from sangkien.campaigns.models import Campaign


def day_words(on: date) -> str:
    """ "15/9/2024", as plans write it in the text."""
    return date_format(on, "j/n/Y")


def window_words(campaign: Campaign) -> str:
    """ "từ ngày 15/7/2024 đến hết ngày 15/9/2024", with minutes where the plan has them."""
    opens = f"{_clock(campaign.opens_time)}ngày {day_words(campaign.opens_date)}"
    return f"từ {opens} đến {deadline_words(campaign)}"


def deadline_words(campaign: Campaign) -> str:
    """ "hết ngày 15/9/2024", or "17 giờ 00 ngày 15/9/2024"."""
    if campaign.closes_time is None:
        return f"hết ngày {day_words(campaign.closes_date)}"
    return f"{_clock(campaign.closes_time)}ngày {day_words(campaign.closes_date)}"


def _clock(at: time | None) -> str:
    return f"{at.hour} giờ {at.minute:02} " if at else ""


def listed(names: Sequence[str]) -> str:
    """ "A, B và C"."""
    *first, last = names
    return f"{', '.join(first)} và {last}" if first else last

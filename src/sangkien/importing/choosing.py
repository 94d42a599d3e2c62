"""To which of the running campaigns a mail belongs: what its address or its subject names, else the latest."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Final

from sangkien.campaigns.lifecycle import State
from sangkien.campaigns.models import Campaign
from sangkien.importing.mail import Mail
from sangkien.papers.kinds import notation_key
from sangkien.vietnamese import fold

_YEAR: Final = re.compile(r"\b(?:19|20)\d\d\b")
_TAG: Final = re.compile(r"\+([^@+]+)@")
_SYMBOL: Final = re.compile(r"\b0*(\d{1,6})\s*/\s*([\w\-]+)")


def running() -> list[Campaign]:
    """The campaigns to which mails may belong, the latest first. One statement."""
    rows = Campaign.objects.filter(state__in=State.of_the_running()).select_related("lead_unit", "plan")
    return list(rows.order_by("-opens_date", "-pk"))


def campaign_of(mail: Mail | None, among: Sequence[Campaign]) -> Campaign:
    """Of these, the latest first, the one that the mail names. A name that fits several tells nothing.

    Named by the plan's number ("230/KH-UBND" in the subject, "bao-cao+230@…" as address), by the plan's title, or by
    the year, where only one of them has it.
    """
    if mail is None or len(among) == 1:
        return among[0]
    tags = {tag for address in mail.addressed_to for tag in _TAG.findall(address)}
    symbols = {(int(number), notation_key(notation)) for number, notation in _SYMBOL.findall(mail.subject)}
    subject = fold(mail.subject)
    years = set(_YEAR.findall(mail.subject))
    for named in (
        [each for each in among if each.plan and str(each.plan.number) in tags],
        [each for each in among if each.plan and (each.plan.number, each.plan.notation_key) in symbols],
        [each for each in among if fold(each.title) in subject],
        [each for each in among if str(each.year) in years | tags],
    ):
        if len(named) == 1:
            return named[0]
    return among[0]


def first_day(among: Sequence[Campaign]) -> date:
    """On which the earliest of them opens."""
    return min(each.opens_date for each in among)

"""What the parts of the appraisal share: the campaign, who acts, and the working days after the closing."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from sangkien.accounts.models import User
from sangkien.campaigns.models import Campaign
from sangkien.demo.telling import moment
from sangkien.intake.models import Entry
from sangkien.ledger.recording import Actor
from sangkien.units.models import Unit

DAYS = 22  # from the closing to the day of telling: fourteen working days and a weekend to spare
_FRIDAY = 4


@dataclass(frozen=True)
class Course:
    """``reviewers``: office → who writes its opinions; ``heads``: unit → who answers for it; ``seed``: of the marks."""

    campaign: Campaign
    units: Mapping[str, Unit]
    lead: Actor
    reviewers: Mapping[int, Actor]
    heads: Mapping[int, Actor]
    cast: Mapping[str, User] = field(repr=False)
    seed: int = 0

    def day(self, number: int) -> date:
        """The working day of this number after the window has closed."""
        on = self.campaign.closes_date
        while number:
            on += timedelta(1)
            number -= on.weekday() <= _FRIDAY
        return on

    def at(self, number: int, hour: float) -> datetime:
        """An hour of that day."""
        return moment(self.day(number), hour)

    def entry(self, title: str) -> Entry:
        """As it stands now."""
        rows = Entry.objects.select_related("campaign", "initiative", "revision", "implementer")
        return rows.get(campaign=self.campaign, revision__title=title)

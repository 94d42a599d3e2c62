"""The intake of today with more reports, then its appraisal, in the order of time; the results stay open."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from sangkien.accounts.models import User
from sangkien.campaigns.actions import ending
from sangkien.campaigns.models import Campaign
from sangkien.demo.appraising import judging, meeting, offices
from sangkien.demo.appraising.course import Course
from sangkien.demo.content import ward_more, ward_today
from sangkien.demo.telling import Telling, moment
from sangkien.intake.actions import admitting, consolidating
from sangkien.intake.lifecycle import Stage
from sangkien.intake.models import Entry
from sangkien.ledger.recording import Actor
from sangkien.units.models import Unit

_REVIEWERS = {
    "Văn phòng HĐND và UBND": "office reviewer",
    "Phòng Văn hóa - Xã hội": "culture reviewer",
    "Phòng Kinh tế, Hạ tầng và Đô thị": "economy reviewer",
}


def tell(
    campaign: Campaign, units: Mapping[str, Unit], cast: Mapping[str, User], *, lead: Actor,
    heads: Mapping[str, Actor], now: datetime, seed: int,
) -> Campaign:  # fmt: skip
    """From the invitations to the session that the council will hold tomorrow."""
    reviewers = {name: _actor(cast[key], units[name]) for name, key in _REVIEWERS.items()}
    reports = (*ward_today.REPORTS, *ward_more.REPORTS)
    until = moment(campaign.closes_date, 18)
    telling = Telling(campaign, units, lead, reports, ward_today.NIL, until, heads=heads)
    offices.ask_before_sending(
        telling, unit="Trường Mầm non Sân Nắng", office="Phòng Văn hóa - Xã hội",
        reviewer=reviewers["Phòng Văn hóa - Xã hội"],
    )  # fmt: skip
    telling.tell()
    course = Course(
        campaign, units, lead, reviewers={units[name].pk: each for name, each in reviewers.items()},
        heads={units[each.unit].pk: telling.head_of(each.unit) for each in reports}, cast=cast, seed=seed,
    )  # fmt: skip
    _appraise(course, now)
    return Campaign.objects.get(pk=campaign.pk)


def _appraise(course: Course, now: datetime) -> None:
    _complete(course)
    offices.give_out(course)
    meeting.visit(course)
    offices.say(course)
    judging.judge(course)
    secretary = _actor(course.cast["secretary"], course.units["Phòng Văn hóa - Xã hội"])
    meeting.meet(course, secretary, now)


def _complete(course: Course) -> None:
    """What still waits is taken, and the table of all is made, on the morning after the closing."""
    at = course.at(1, 9)
    waiting = Entry.objects.filter(campaign=course.campaign, stage=Stage.SUBMITTED).select_related("campaign")
    admitting.admit(list(waiting.order_by("pk")), by=course.lead, at=at)
    ending.begin_assessment(course.campaign, by=course.lead, at=at + timedelta(minutes=20))
    consolidating.consolidate(course.campaign, by=course.lead, at=at + timedelta(hours=1))


def _actor(person: User, unit: Unit) -> Actor:
    return Actor(f"user:{person.pk}", unit.uid)

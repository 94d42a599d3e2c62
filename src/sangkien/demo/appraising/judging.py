"""Nine judges in the panels of two offices: seats, sharing out, one who steps back, sheets; two are still out."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from random import Random
from typing import Final

from sangkien.appraisal.actions.judging import distributing, recusing, sheets
from sangkien.appraisal.actions.judging.panels import MemberTold, PanelTold, form_panel
from sangkien.appraisal.judging.criteria import Asked, asked_by
from sangkien.appraisal.judging.plan import plan
from sangkien.appraisal.judging.told import MarkTold, SheetTold
from sangkien.appraisal.models import Distribution, Panel, PanelMember, Reading, ReadingReason
from sangkien.demo.appraising.course import Course
from sangkien.demo.content.appraised import ABSTAINED, APPRAISED
from sangkien.demo.people import JUDGES, Judge
from sangkien.ledger.recording import Actor

READERS, ANCHORS = 3, 2
OPEN = 2  # sheets that the judge on the sign-in page has not handed in
_CHANCE, _OF_A_CRITERION = 3.0, 0.4  # how far one judge strays, in points of 100 and of a criterion
_SHEETS_A_DAY, _FIRST_DAY, _HOURS = 3, 8, 2.5
_NAMES = {
    "Văn phòng HĐND và UBND": "Tổ chấm thủ tục hành chính và chính quyền số",
    "Phòng Văn hóa - Xã hội": "Tổ chấm chỉ đạo, bộ máy, truyền thông và giáo dục",
}
_APPRAISED: Final = {each.title: each for each in APPRAISED}


def judge(course: Course) -> None:
    """From the seventh working day on."""
    panels = [_form(course, place, office) for place, office in enumerate(_NAMES)]
    _share_out(course, panels, course.at(7, 9.5))
    _step_back(course)
    _share_out(course, panels, course.at(7, 16))
    _fill_in(course)


def _form(course: Course, place: int, office: str) -> Panel:
    told = PanelTold(name=_NAMES[office], readers=READERS, anchors=ANCHORS, due_date=course.day(13))
    members = [
        MemberTold(unit=course.units[each.part.unit or ""], user=course.cast[each.part.key], title=each.title)
        for each in JUDGES
        if each.panel == office
    ]
    at = course.at(7, 8.5 + place * 0.25)
    return form_panel(course.campaign, office=course.units[office], told=told, members=members, by=course.lead, at=at)


def _share_out(course: Course, panels: Sequence[Panel], at: datetime) -> Distribution:
    """As on the page: looked at first, then done."""
    seen = plan(course.campaign, panels, course.day(7))
    return distributing.distribute(course.campaign, panels, digest=seen.digest, by=course.lead, at=at)


def _readings(course: Course) -> list[Reading]:
    rows = Reading.objects.current().filter(member__panel__campaign=course.campaign)
    together = ("member__panel__campaign", "member__user", "member__unit", "entry__revision", "entry__campaign")
    return list(rows.select_related(*together).order_by("member", "entry__code"))


def _step_back(course: Course) -> None:
    """A brother teaches at the school that reports: the judge says so the same afternoon, and another reads it."""
    may_step_back = {course.cast[each.part.key].pk for each in JUDGES if each.may_step_back}
    reading = next(
        each
        for each in _readings(course)
        if each.member.user_id in may_step_back
        and each.reason == ReadingReason.SHARED_OUT
        and each.entry.revision is not None
        and each.entry.revision.sector
    )
    recusing.abstain(reading, reason=ABSTAINED, by=_actor(reading.member), at=course.at(7, 15))


@dataclass(frozen=True, slots=True)
class _Sheet:
    """One judge, one entry, when; ``remark``: which of the remarks on the entry is this judge's."""

    at: datetime
    reading: Reading
    judge: Judge
    remark: str


def _fill_in(course: Course) -> None:
    asked = asked_by(course.campaign)
    if asked is None:
        raise ValueError("the campaign of today scores by points")
    for each in sorted(_sheets(course), key=lambda sheet: (sheet.at, sheet.reading.pk)):
        marks = marks_of(asked, course.seed, each.judge, _title(each.reading))
        told = SheetTold({code: MarkTold(mark) for code, mark in marks.items()}, comment=each.remark)
        sheets.file(each.reading, told=told, edit_version=0, by=_actor(each.reading.member), at=each.at)


def _sheets(course: Course) -> Iterator[_Sheet]:
    """Each judge in the order of the codes; the first ones to read an entry write the remarks."""
    by_judge: defaultdict[int, list[Reading]] = defaultdict(list)
    for reading in _readings(course):
        by_judge[reading.member.user_id or 0].append(reading)
    remarks = {title: list(told.remarks) for title, told in _APPRAISED.items()}
    for place, judge in enumerate(JUDGES):
        mine = by_judge[course.cast[judge.part.key].pk]
        for number, reading in enumerate(mine[: len(mine) - OPEN * judge.is_slow]):
            day, turn = divmod(number, _SHEETS_A_DAY)
            at = course.at(_FIRST_DAY + min(day, 5), 8 + place * 0.2 + turn * _HOURS + day // 6)
            left = remarks[_title(reading)]
            yield _Sheet(at, reading, judge, left.pop(0) if left else "")


def marks_of(asked: Asked, seed: int, judge: Judge, title: str) -> dict[str, Decimal]:
    """What a judge gives: the merit, as severely as the judge is, and chance that hangs on the seed alone."""
    chance = Random(f"{seed}:{judge.part.key}:{title}")  # noqa: S311 - a story, no secret
    points = _APPRAISED[title].merit - judge.severity + chance.gauss(0, _CHANCE)
    return {each.code: _mark(points / 100 * float(each.max), float(each.max), chance) for each in asked.shape.criteria}


def _mark(value: float, most: float, chance: Random) -> Decimal:
    """In steps of half a point."""
    strayed = round((value + chance.gauss(0, _OF_A_CRITERION)) * 2) / 2
    return Decimal(str(min(max(strayed, 0.0), most)))


def _title(reading: Reading) -> str:
    return reading.entry.revision.title if reading.entry.revision else ""


def _actor(member: PanelMember) -> Actor:
    return Actor(f"user:{member.user_id}", member.unit.uid)

"""The offices: asked before a report is sent, given the entries, a supplement, opinions."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial

from sangkien.appraisal.actions import guidance, opinions, supplements
from sangkien.appraisal.actions.opinions import Said
from sangkien.appraisal.actions.routing import Sent, route
from sangkien.appraisal.models import Assignment, Opinion, SupplementRequest, SupportRequest
from sangkien.appraisal.routing.proposing import facts_of, propose
from sangkien.campaigns.actions.standing_in import appoint_stand_in
from sangkien.demo.appraising.course import Course
from sangkien.demo.content.appraised import (
    APPRAISED,
    QUESTION,
    QUESTION_ANSWERED,
    QUESTION_ASKED,
    SUPPLEMENT_ANSWERED,
    SUPPLEMENT_ASKED,
    Appraised,
)
from sangkien.demo.telling import Telling
from sangkien.intake.lifecycle import Stage
from sangkien.intake.models import Entry
from sangkien.ledger.recording import Actor

STAND_INS = (
    ("Phòng Văn hóa - Xã hội", "Văn phòng HĐND và UBND"),
    ("Văn phòng HĐND và UBND", "Phòng Văn hóa - Xã hội"),
    ("Phòng Kinh tế, Hạ tầng và Đô thị", "Văn phòng HĐND và UBND"),
)
ASKED = "Sổ thuốc cả tháng cho người bệnh mạn tính"
_DAYS_TO_APPRAISE, _DAY_DUE = 30, 7

Timed = tuple[datetime, Callable[[datetime], None]]
Assignments = Mapping[str, Sequence[Assignment]]


def ask_before_sending(telling: Telling, *, unit: str, office: str, reviewer: Actor) -> None:
    """A unit asks the office in charge while it writes, and reads the answer two days later."""

    def ask(at: datetime) -> None:
        where, whom, by = telling.units[unit], telling.units[office], telling.head_of(unit)
        guidance.ask(telling.campaign, where, whom, title=QUESTION, text=QUESTION_ASKED, by=by, at=at)

    def answer(at: datetime) -> None:
        request = SupportRequest.objects.get(campaign=telling.campaign)
        guidance.write(request, from_office=True, text=QUESTION_ANSWERED, by=reviewer, at=at)

    telling.further += [(18, 9.0, ask), (20, 9.5, answer)]


def give_out(course: Course) -> None:
    """On the first working day; who stands in where an office reports itself was said an hour before."""
    for place, (unit, office) in enumerate(STAND_INS):
        at = course.at(1, 13.5) + timedelta(minutes=place)
        appoint_stand_in(
            course.campaign, unit_in_conflict=course.units[unit], office=course.units[office], by=course.lead, at=at
        )
    at = course.at(1, 14.5)
    rows = Entry.objects.filter(campaign=course.campaign, stage=Stage.ADMITTED)
    entries = list(rows.select_related("campaign", "revision", "implementer", "initiative").order_by("code"))
    facts = facts_of(course.campaign, course.day(1))
    sent = [Sent(each.entry, each.choice.places) for each in propose(course.campaign, entries, facts, course.day(1))]
    due = course.campaign.closes_date + timedelta(_DAYS_TO_APPRAISE)
    route(course.campaign, sent, due_date=due, by=course.lead, at=at)


def say(course: Course) -> None:
    """Opinions from the third to the sixth working day; one is still owed."""
    assignments = _assignments(course)
    said = [each for each in APPRAISED if each.verdict is not None]
    acts = [each for place, told in enumerate(said) for each in _opinions(course, place, told, assignments)]
    acts += _supplement(course, assignments)
    for at, act in sorted(acts, key=lambda pair: pair[0]):
        act(at)


def _assignments(course: Course) -> dict[str, list[Assignment]]:
    found = defaultdict(list)
    rows = Assignment.objects.current().filter(entry__campaign=course.campaign).order_by("entry__code", "pk")
    for row in rows.select_related("entry__revision", "office"):
        found[row.revision.title].append(row)
    return dict(found)


def _opinions(course: Course, place: int, told: Appraised, assignments: Assignments) -> Iterator[Timed]:
    """The first office on its day; the second half an hour later, which reads it and agrees, or says its own."""
    day, hour = (6, 15.0) if told.title == ASKED else (3 + place // 5, 8.5 + place % 5 * 1.5)
    first, *others = assignments[told.title]
    yield course.at(day, hour), partial(_file, course, first, Said(told.verdict, told.reasons))
    for other in others:
        yield course.at(day, hour + 0.5), partial(_second, course, first, other, told)


def _second(course: Course, first: Assignment, own: Assignment, told: Appraised, at: datetime) -> None:
    if told.second:
        _file(course, own, Said(told.verdict, told.second), at)
        return
    opinions.show_others(own, by=course.reviewers[own.office_id or 0], at=at)
    said = Said(agrees_with=Opinion.objects.filed().get(assignment=first))
    _file(course, own, said, at + timedelta(minutes=6))


def _file(course: Course, assignment: Assignment, said: Said, at: datetime) -> None:
    opinions.file(assignment, said, edit_version=0, by=course.reviewers[assignment.office_id or 0], at=at)


def _supplement(course: Course, assignments: Assignments) -> Iterator[Timed]:
    (assignment,) = assignments[ASKED]
    due = course.day(_DAY_DUE)

    def ask(at: datetime) -> None:
        by = course.reviewers[assignment.office_id or 0]
        supplements.ask(assignment, question=SUPPLEMENT_ASKED, due_date=due, by=by, at=at)

    def answer(at: datetime) -> None:
        request = SupplementRequest.objects.get(assignment=assignment)
        supplements.answer(request, text=SUPPLEMENT_ANSWERED, by=course.heads[assignment.entry.implementer_id], at=at)

    yield course.at(3, 16.2), ask
    yield course.at(5, 16.2), answer

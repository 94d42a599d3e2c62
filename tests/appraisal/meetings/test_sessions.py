"""The programme, who is there, and one entry after another, also when two people press at once."""

import pytest

from sangkien.accounts.refusal import Refused
from sangkien.appraisal.actions.meetings import sessions
from sangkien.appraisal.models import Absence, PresentationSession, SessionKind
from sangkien.intake.lifecycle import Stage
from sangkien.notices.models import Message
from tests.appraisal.meetings.world import Council, later
from tests.factories import appraisal as rows
from tests.factories import entries
from tests.together import shared_database, together

__all__ = ["shared_database"]

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def order(session: PresentationSession) -> list[int]:
    return list(session.items.order_by("position").values_list("entry", flat=True))


def test_entries_of_the_same_ward_stand_together(council: Council) -> None:
    again = council.entry(council.world.told.wards["Phường 04"])
    session = council.planned(entries=[*council.entries, again])
    places = order(session)
    assert abs(places.index(council.entries[0].pk) - places.index(again.pk)) == 1


def test_a_second_click_plans_nothing_more(council: Council) -> None:
    assert council.planned(key="một").pk == council.planned(key="một").pk
    assert PresentationSession.objects.count() == 1


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"panel": None}, "cần một hội đồng"),
        ({"entries": []}, "chưa chọn giải pháp"),
        ({"title": "  "}, "Tên phiên"),
        ({"minutes_each": 0}, "từ 1 đến"),
    ],
)
def test_what_is_missing_is_said(council: Council, facts: dict[str, object], sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        council.planned(**facts)


def test_a_decided_entry_and_one_of_the_twin_are_refused(council: Council) -> None:
    done = council.entry(council.world.told.wards["Phường 12"], stage=Stage.RECOGNISED)
    twin = entries.entry(council.world.of_twin(), council.world.twin.wards["Phường 04"], stage=Stage.APPRAISED)
    for entry in (done, twin):
        with pytest.raises(Refused):
            council.planned(entries=[entry])


def test_a_council_of_another_campaign_or_a_panel_of_an_office_holds_no_meeting(council: Council) -> None:
    world = council.world
    other = rows.panel(world.of_twin())
    office = rows.panel(council.campaign, kind="office", office=world.told.offices["Phòng Tư pháp"], name="Tổ chấm")
    for panel in (other, office):
        with pytest.raises(Refused):
            council.planned(panel=panel)
    assert council.planned(panel=office, kind=SessionKind.PRESENTATION).panel == office


def test_the_order_is_changed_by_hand_and_proposed_anew(council: Council) -> None:
    session = council.planned()
    proposed = order(session)
    by_pk = {each.pk: each for each in council.entries}
    sessions.set_programme(session, entries=[by_pk[each] for each in reversed(proposed)], **council.who)
    assert order(session) == proposed[::-1]
    sessions.order_anew(session, **council.who)
    assert order(session) == proposed


def test_the_programme_stands_once_it_has_begun(council: Council) -> None:
    session = council.open()
    with pytest.raises(Refused, match="không đổi chương trình"):
        sessions.set_programme(session, entries=council.entries[:1], **council.who)


def test_who_keeps_out_leaves_when_the_entry_begins_and_comes_back_with_its_end(council: Council) -> None:
    session = council.open()
    item = council.on(session, council.entries[0])
    gone = Absence.objects.get(item=item)
    assert (gone.member, gone.back_at) == (council.members["Phường 04"], None)
    with pytest.raises(Refused, match="khi giải pháp kết thúc"):
        sessions.come_back(session, item.uid, member=gone.member.uid, **council.who)
    sessions.go_on(session, after=item.uid, **council.who)
    gone.refresh_from_db()
    assert gone.back_at is not None


def test_only_who_pressed_first_moves_on(council: Council) -> None:
    session = council.open()
    sessions.go_on(session, after=None, **council.who)
    with pytest.raises(Refused, match="Có người vừa chuyển"):
        sessions.go_on(session, after=None, **council.who)


@pytest.mark.django_db(transaction=True)
def test_two_secretaries_press_next_at_once_and_it_moves_once(shared_database: None, council: Council) -> None:
    session = council.open()
    sessions.go_on(session, after=None, **council.who)
    running = session.items.get(started_at__isnull=False)

    def press(_number: int) -> None:
        sessions.go_on(session, after=running.uid, **council.who)

    raised = together(2, press)
    assert [type(each) for each in raised] == [Refused]
    begun = session.items.filter(started_at__isnull=False).order_by("position")
    assert [each.ended_at is None for each in begun] == [False, True]


def test_after_the_last_one_nothing_runs(council: Council) -> None:
    session = council.open(entries=council.entries[:1])
    sessions.go_on(session, after=None, **council.who)
    sessions.go_on(session, after=session.items.get().uid, **council.who)
    assert session.items.filter(ended_at__isnull=True).count() == 0


def test_a_session_ends_once_and_what_runs_ends_with_it(council: Council) -> None:
    session = council.open()
    council.on(session, council.entries[2])
    sessions.end_session(session, conclusion="Đã xem đủ.", by=council.secretary, at=later(hours=1))
    assert session.items.filter(started_at__isnull=False, ended_at__isnull=True).count() == 0
    with pytest.raises(Refused, match="đã kết thúc"):
        sessions.end_session(session, conclusion="Lần nữa.", **council.who)


def test_units_are_told_their_own_times_only(council: Council) -> None:
    session = council.planned()
    sessions.announce(session, **council.who)
    told = {each.to_unit: f"{each.title} {each.text}" for each in Message.objects.filter(subject_uid=session.uid)}
    assert len(told) == 3
    for entry in council.entries:
        assert entry.code in told[entry.implementer]
        assert all(entry.code not in text for unit, text in told.items() if unit != entry.implementer)

"""Every page of a meeting, for whom, in how many statements; and that nobody learns what is not for them."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sangkien.appraisal.actions.meetings import noting, sessions, visits, votes
from sangkien.appraisal.actions.meetings.votes import Counts
from sangkien.appraisal.models import (
    Choice,
    PresentationSession,
    Recusal,
    SessionKind,
    SiteVisit,
    VisitNote,
    Vote,
    VoteMethod,
)
from tests.appraisal.meetings.world import TOMORROW, Council, later
from tests.desk.world import NOW, signed_in
from tests.factories import appraisal as rows
from tests.factories.pictures import photograph

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

MOST = 15
SECRET = "Chỉ tiêu này chưa thấy sổ theo dõi"
SAID = "Thành viên đề nghị làm rõ kinh phí"


def at(name: str, *keys: object) -> str:
    return reverse(f"appraisal:{name}", args=keys)


def text(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def statements(client: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


def a_visit(council: Council) -> SiteVisit:
    visit, who = council.visit(), {"by": council.by(council.world.officer), "at": NOW}
    noting.add_note(visit, key="k", text=SECRET, entry=council.entries[0].uid, **who)
    return visit


def a_session(council: Council) -> PresentationSession:
    session = council.open()
    item = council.on(session, council.entries[0])
    sessions.write_note(session, item.uid, text=SAID, presenter="", **council.who)
    votes.count(session, item.uid, method=VoteMethod.BALLOT, counts=Counts(4, 1), **council.who)
    return session


def test_everyone_of_a_visit_finds_its_pages_and_no_page_asks_much(council: Council) -> None:
    world = council.world
    visit = a_visit(council)
    officer = signed_in(world.officer)
    for path in (
        at("calendar", council.campaign.uid), at("visit_new", council.campaign.uid),
        f"{at('visit_new', council.campaign.uid)}?don-vi={world.ward.uid}", at("visit", visit.uid),
        at("visit_spot", visit.uid), at("visit_people", visit.uid), at("visit_move", visit.uid),
        at("visit_cancel", visit.uid), at("visit_end", visit.uid), at("visit_invitation", visit.uid),
        at("visit_minutes", visit.uid),
    ):  # fmt: skip
        assert statements(officer, path) <= MOST, path
    assert SECRET in text(officer, at("visit", visit.uid))


def test_everyone_of_a_session_finds_its_pages_and_no_page_asks_much(council: Council) -> None:
    session = a_session(council)
    item = session.items.get(entry=council.entries[0])
    secretary = signed_in(council.users["Phòng Tư pháp"])
    for name in (
        "session",
        "session_live",
        "session_programme",
        "session_attendance",
        "session_end",
        "session_minutes",
    ):
        assert statements(secretary, at(name, session.uid)) <= MOST, name
    for name in ("session_item", "session_count"):
        assert statements(secretary, at(name, session.uid, item.uid)) <= MOST + 1, name
    officer = signed_in(council.world.officer)
    for path in (at("session_new", council.campaign.uid), at("session", session.uid), at("session_live", session.uid)):
        assert statements(officer, path) <= MOST, path
    assert SAID in text(secretary, at("session", session.uid))


def test_a_session_of_many_asks_no_more(council: Council) -> None:
    ward = council.world.told.wards["Phường 12"]
    few = council.open(entries=council.entries[2:])
    many = council.open(entries=[council.entry(ward) for _number in range(6)], title="Phiên đông")
    client = signed_in(council.users["Phòng Tư pháp"])
    for name in ("session", "session_live"):
        assert statements(client, at(name, few.uid)) == statements(client, at(name, many.uid))


@pytest.mark.parametrize("who", ["reporter", "head", "stranger", "administrator", "outsider", "namesake"])
def test_others_find_no_meeting(council: Council, who: str) -> None:
    visit, session = a_visit(council), a_session(council)
    client = signed_in(getattr(council.world, who))
    for path in (
        at("visit", visit.uid), at("visit_spot", visit.uid), at("visit_minutes", visit.uid), at("session", session.uid),
        at("session_live", session.uid), at("session_minutes", session.uid),
        at("visit_photo", visit.uid, VisitNote.objects.get().uid),
    ):  # fmt: skip
        assert client.get(path).status_code == 404, path


def test_the_host_sees_when_and_who_comes_and_nothing_that_is_found(council: Council) -> None:
    visit = a_visit(council)
    shown = text(signed_in(council.world.head), at("visit_received", visit.uid))
    assert "Trụ sở Ủy ban nhân dân Phường 04" in shown
    assert "Lê Thị Sen" in shown
    assert SECRET not in shown
    for other in (council.world.stranger, council.world.namesake):
        assert signed_in(other).get(at("visit_received", visit.uid)).status_code == 404


def test_a_member_in_conflict_meets_a_blank_line(council: Council) -> None:
    session = a_session(council)
    item, title = session.items.get(entry=council.entries[0]), council.entries[0].revision
    assert title is not None
    mine, other = signed_in(council.users["Phường 04"]), signed_in(council.users["Phường 05"])
    for name in ("session", "session_live"):
        shown = text(mine, at(name, session.uid))
        assert council.entries[0].code not in shown, name
        assert SAID not in shown, name
        assert "4/5" not in shown, name
        assert "Bạn không tham gia phần này" in shown, name
    assert council.entries[0].code in text(other, at("session", session.uid))
    for name in ("session_item", "session_count"):
        assert mine.get(at(name, session.uid, item.uid)).status_code == 404
    answer = mine.post(at("session_vote", session.uid, item.uid), {"choice": "yes"})
    assert answer.status_code == 404
    assert Vote.objects.count() == 0


def test_a_recused_member_meets_the_same_blank_line(council: Council) -> None:
    session = a_session(council)
    before = text(signed_in(council.users["Phường 09"]), at("session", session.uid))
    assert SAID in before
    Recusal.objects.create(
        entry=council.entries[0], member=council.members["Phường 09"], kind="recuse", reason="Người nhà.",
        made_at=council.who["at"], made_by="user:1",
    )  # fmt: skip
    after = text(signed_in(council.users["Phường 09"]), at("session", session.uid))
    assert SAID not in after
    assert "Người nhà" not in after


def test_nobody_sees_votes_or_how_they_stand_before_the_count(council: Council) -> None:
    session = council.open()
    item = council.on(session, council.entries[2])

    def pages() -> list[str]:
        return [
            _without_tokens(text(signed_in(council.users[name]), at(page, session.uid)))
            for name in ("Phường 05", "Phường 09")
            for page in ("session", "session_live")
        ]

    def vote(choice: Choice) -> None:
        votes.cast(session, item.uid, choice=choice, member=council.members["Phường 10"], **council.who)

    vote(Choice.YES)
    if_yes = pages()
    vote(Choice.NO)
    assert pages() == if_yes


def _without_tokens(page: str) -> str:
    return "\n".join(line for line in page.splitlines() if "csrfmiddlewaretoken" not in line and "data-now" not in line)


def test_who_keeps_out_of_one_entry_reads_no_paper_of_the_whole_session(council: Council) -> None:
    session = a_session(council)
    sessions.end_session(session, conclusion="Đạt.", **council.who)
    secretary, member = signed_in(council.users["Phòng Tư pháp"]), signed_in(council.users["Phường 04"])
    answer = secretary.post(
        at("session_minutes", session.uid), {"write": "1", "issuer": str(council.campaign.lead_unit_id)}
    )
    assert answer.status_code == 302, answer.content.decode()
    session.refresh_from_db()
    assert session.minutes is not None
    key = session.minutes.files.order_by("pk")[0].pk
    given = secretary.get(at("session_file", session.uid, key))
    assert b"".join(given.streaming_content)  # type: ignore[arg-type]  # as the server would
    assert member.get(at("session_file", session.uid, key)).status_code == 404
    assert "Đạt." not in text(member, at("session", session.uid))


def test_the_spot_page_takes_the_same_thing_once_from_script_and_from_plain_forms(council: Council) -> None:
    visit = council.visit()
    client, path = signed_in(council.world.officer), at("visit_send", visit.uid)
    entry = str(council.entries[0].uid)
    for _again in range(2):
        answer = client.post(path, {"entry": entry, "key": "k1", "text": "Có bảng."}, headers={"X-Spot": "1"})
        assert answer.status_code == 200
    photo = SimpleUploadedFile("IMG.jpg", photograph(), "image/jpeg")
    assert client.post(path, {"entry": entry, "key": "k2", "text": "", "photo": photo}).status_code == 302
    check = visit.checks.order_by("position")[0]
    told = {"check": str(check.uid), "finding": "partly", "remark": "", "edit_version": "0", "key": "k3"}
    assert client.post(path, told, headers={"X-Spot": "1"}).json()["edit_version"] == 1
    assert VisitNote.objects.count() == 2
    note = VisitNote.objects.get(key="k2")
    shown = client.get(at("visit_photo", visit.uid, note.uid))
    assert b"".join(shown.streaming_content)  # type: ignore[arg-type]  # as the server would
    assert (shown.status_code, shown["Content-Type"]) == (200, "image/jpeg")


def test_what_will_never_be_taken_is_told_apart_from_what_waits(council: Council) -> None:
    visit = council.visit()
    client, path = signed_in(council.world.officer), at("visit_send", visit.uid)
    other = str(council.entries[1].uid)
    script: dict[str, Any] = {"headers": {"X-Spot": "1"}}
    assert client.post(path, {"entry": other, "key": "k", "text": "Nhầm."}, **script).status_code == 422
    assert client.post(path, {"check": "không", "finding": "yes", "key": "k"}, **script).status_code == 422
    who = {"by": council.by(council.world.officer), "at": later(hours=1)}
    visits.end_visit(visit, conclusion="Xong.", host_opinion="", **who)
    assert client.post(path, {"key": "k", "text": "Muộn."}, **script).status_code == 409


def test_a_visit_and_a_session_are_planned_on_their_pages(council: Council) -> None:
    world, client = council.world, signed_in(council.world.officer)
    told = {
        "key": "một", "entries": [str(council.entries[0].uid)], "day": "2024-09-20", "hour": "14:00",
        "place": "Bộ phận Một cửa", "purpose": "", "people": [str(world.officer.uid)], "head": str(world.officer.uid),
        "keeper": "", "others": "* Nguyễn Thị Đào, Phó Chánh Văn phòng", "hosts": "Hoàng Văn Mai, Chủ tịch",
        "questions": "",
    }  # fmt: skip
    path = f"{at('visit_new', council.campaign.uid)}?don-vi={world.ward.uid}"
    assert "một trưởng đoàn" in client.post(path, told).content.decode()
    told["others"] = "Nguyễn Thị Đào, Phó Chánh Văn phòng"
    assert client.post(path, told).status_code == 302
    visit = SiteVisit.objects.get()
    assert [each.name for each in visit.people.order_by("position")] == [
        "Lê Thị Sen",
        "Nguyễn Thị Đào",
        "Hoàng Văn Mai",
    ]
    plan = {
        "key": "hai", "kind": SessionKind.COUNCIL, "panel": str(council.panel.uid), "title": "Phiên họp",
        "day": "2024-09-25",
        "hour": "8:00", "place": "Hội trường", "minutes_each": "10",
        "entries": [str(each.uid) for each in council.entries],
    }  # fmt: skip
    assert client.post(at("session_new", council.campaign.uid), plan).status_code == 302
    session = PresentationSession.objects.get()
    listed = text(client, at("calendar", council.campaign.uid))
    assert "Phiên họp" in listed
    assert "Bộ phận Một cửa" in listed
    first = session.items.order_by("position")[0]
    client.post(at("session_programme", session.uid), {"down": str(first.entry.uid)})
    first.refresh_from_db()
    assert first.position == 2


def test_a_session_is_run_from_its_page(council: Council) -> None:
    session = council.planned()
    client = signed_in(council.users["Phòng Tư pháp"])
    there = [str(each.uid) for each in council.members.values()]
    client.post(at("session_attendance", session.uid), {"there": there})
    client.post(at("session_begin", session.uid))
    client.post(at("session_next", session.uid), {"after": ""})
    running = session.items.get(started_at__isnull=False)
    again = client.post(at("session_next", session.uid), {"after": ""}, follow=True)
    assert "Có người vừa chuyển" in again.content.decode()
    voter = next(name for name in ("Phường 10", "Phường 11"))
    voted = signed_in(council.users[voter]).post(at("session_vote", session.uid, running.uid), {"choice": "yes"})
    assert voted.status_code == 302
    client.post(at("session_count", session.uid, running.uid), {"telephones": "1"})
    running.refresh_from_db()
    assert running.counted_at is not None
    client.post(at("session_end", session.uid), {"conclusion": "Xong."})
    session.refresh_from_db()
    assert session.ended_at is not None


def test_a_member_does_not_run_the_session(council: Council) -> None:
    session = council.planned()
    member = signed_in(council.users["Phường 10"])
    for name in ("session_begin", "session_next", "session_announce"):
        assert member.post(at(name, session.uid)).status_code == 404
    session.refresh_from_db()
    assert session.started_at is None


def test_a_session_held_on_paper_is_recorded_whole(council: Council) -> None:
    session = council.planned(starts_at=later(days=-2))
    client = signed_in(council.world.officer)
    scan = SimpleUploadedFile("bb.pdf", b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF\n", "application/pdf")
    told = {
        "record": "1", "record-number": "3", "record-notation": "BB-HĐ", "record-issued_date": "2024-09-10",
        "record-file": scan,
    }  # fmt: skip
    answer = client.post(at("session_minutes", session.uid), told)
    assert answer.status_code == 302, answer.content.decode()[:3000]
    there = [str(each.uid) for each in council.members.values()]
    client.post(at("session_attendance", session.uid), {"there": there})
    item = session.items.get(entry=council.entries[2])
    counted = {"method": "ballot", "yes": "5", "no": "1", "blank": "0"}
    assert client.post(at("session_count", session.uid, item.uid), counted).status_code == 302
    again = {**counted, "yes": "6", "no": "0", "reason": "Gõ nhầm so với biên bản"}
    assert client.post(at("session_count", session.uid, item.uid), again).status_code == 302
    item.refresh_from_db()
    assert (item.yes, item.passed) == (6, True)


def test_units_follow_their_place_and_nothing_of_others(council: Council) -> None:
    session = council.open()
    council.on(session, council.entries[1])
    shown = text(signed_in(council.world.head), at("session_presented", session.uid))
    assert council.entries[0].code in shown
    assert council.entries[1].code not in shown
    assert signed_in(council.world.namesake).get(at("session_presented", session.uid)).status_code == 404


def test_moments_are_those_of_vietnam(council: Council) -> None:
    visit = council.visit(starts_at=TOMORROW)
    assert "08:30, 12/9/2024" in text(signed_in(council.world.officer), at("visit", visit.uid))


def test_a_judge_comes_from_the_live_page_to_the_own_sheet(council: Council) -> None:
    session = council.open()
    council.on(session, council.entries[2])
    reading = rows.reading(council.members["Phường 10"], council.entries[2])
    link = at("judge", reading.uid)
    assert link in text(signed_in(council.users["Phường 10"]), at("session_live", session.uid))
    assert link not in text(signed_in(council.users["Phường 09"]), at("session_live", session.uid))

"""The slips of appraisal on the page of an entry: each reader sees what the rules of appraisal give, no word more."""

from datetime import timedelta
from http import HTTPStatus

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from sangkien.accounts.models import User
from sangkien.accounts.roles import Role
from sangkien.appraisal.actions import assigning, guidance, results, supplements
from sangkien.appraisal.actions.meetings import sessions, visits
from sangkien.appraisal.models import Assignment, Recusal, SessionKind
from sangkien.campaigns.models import FieldOwner
from sangkien.intake.models import Entry
from tests.accounts.signing_in import text
from tests.appraisal import course
from tests.appraisal.results.world import Scored
from tests.desk.world import NOW, World, address, signed_in
from tests.factories import accounts as make
from tests.factories import appraisal as rows

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

OPINION = "Số liệu rõ, có minh chứng kèm theo."
QUESTION = "Số lượt người dùng mỗi tháng là bao nhiêu?"
ANSWER = "Khoảng ba trăm lượt mỗi tháng."
GUIDANCE = "Có cần văn bản đồng ý của người dân không"
PLACE, TITLE = "Trụ sở Phường 04, tầng hai", "Buổi trình bày thứ nhất"
# what tells of each kind of slip
SIGNS = {
    "assignment": "Phiếu chuyển thẩm định",
    "opinion": OPINION,
    "question": QUESTION,
    "answer": ANSWER,
    "support": GUIDANCE,
    "visit": PLACE,
    "session": TITLE,
}
LEAD_ALL = set(SIGNS)
OWN = {"question", "answer", "support", "visit", "session"}


def judged(world: World, unit: object = None) -> tuple[Entry, Assignment, Assignment]:
    """With everything that appraisal attaches: two offices, of which one has spoken and asked."""
    unit = unit or world.ward
    entry = course.admitted(world.campaign, unit)  # type: ignore[arg-type]  # a unit of this world
    first, second = (world.told.offices[name] for name in ("Phòng Tư pháp", "Phòng Tài chính - Kế hoạch"))
    one, two = course.routed_to(entry, first, second)
    asked = supplements.ask(
        one, question=QUESTION, due_date=course.DUE, by=course.REVIEWER, at=course.ROUTED + timedelta(hours=1)
    )
    course.filed(one, reasons=OPINION)
    supplements.answer(asked, text=ANSWER, by=world.by(world.head, world.ward), at=NOW)
    owner = FieldOwner.objects.current().filter(field__campaign=world.campaign).exclude(office=unit).first()  # type: ignore[misc]  # as above
    assert owner is not None
    guidance.ask(
        world.campaign, entry.implementer, owner.office, title=GUIDANCE, text="Chúng tôi hỏi trước.", entry=entry,
        by=world.by(world.head, world.ward), at=NOW,
    )  # fmt: skip
    who = {"by": world.by(world.officer, world.lead), "at": NOW}
    visits.plan_visit(
        world.campaign, host=entry.implementer, place=PLACE, starts_at=NOW + timedelta(days=1), entries=[entry],
        people=[], **who,
    )  # type: ignore[arg-type]  # who and when  # fmt: skip
    sessions.plan_session(
        world.campaign, kind=SessionKind.PRESENTATION, title=TITLE, place="Hội trường", minutes_each=10,
        starts_at=NOW + timedelta(days=2), entries=[entry], panel=rows.panel(world.campaign), **who,
    )  # type: ignore[arg-type]  # as above  # fmt: skip
    entry.refresh_from_db()
    return entry, one, two


def told(person: User, entry: Entry) -> set[str]:
    answer = signed_in(person).get(address(entry))
    assert answer.status_code == HTTPStatus.OK
    shown = text(answer)
    return {kind for kind, sign in SIGNS.items() if sign in shown}


def test_each_reader_sees_the_slips_that_are_for_them(world: World) -> None:
    entry, _one, _two = judged(world)
    for who in ("officer", "colleague", "leader", "decider", "auditor"):
        assert told(getattr(world, who), entry) == LEAD_ALL, who
    for who in ("reporter", "head"):
        assert told(getattr(world, who), entry) == OWN, who
    for who in ("stranger", "reviewer", "administrator", "outsider", "namesake"):
        assert signed_in(getattr(world, who)).get(address(entry)).status_code == HTTPStatus.NOT_FOUND, who


def test_the_unit_hears_neither_who_judges_nor_what_was_said(world: World) -> None:
    entry, _one, _two = judged(world)
    slips = text(signed_in(world.head).get(address(entry))).split('id="slips"')[1].split('id="history"')[0]
    for word in ("Phòng Tư pháp", "Phòng Tài chính - Kế hoạch", "đề nghị ghi nhận", "Biên bản", "biên bản"):
        assert word not in slips.split("Hỏi khi soạn báo cáo")[0], word
    assert "Nơi thẩm định" in slips


def test_every_link_of_a_slip_opens_for_its_reader(world: World) -> None:
    entry, _one, _two = judged(world)
    for person in (world.officer, world.head):
        client = signed_in(person)
        slips = text(client.get(address(entry))).split('id="slips"')[1].split('id="history"')[0]
        links = [part.split('"')[0] for part in slips.split('<a href="')[1:]]
        assert len(links) >= 4
        assert {link: client.get(link).status_code for link in links} == dict.fromkeys(links, HTTPStatus.OK)


def test_who_owes_an_opinion_reads_no_other_before(world: World) -> None:
    entry, _one, two = judged(world)
    make.membership(world.colleague, two.office, Role.FIELD_REVIEWER)
    assert told(world.colleague, entry) == {"assignment", "question", "answer", "support"}
    course.filed(two, reasons="Cách làm gọn, nơi khác làm theo được.", at=NOW)
    assert told(world.colleague, entry) == LEAD_ALL


def test_the_lead_unit_reads_no_judgement_on_its_own_entry(world: World) -> None:
    entry, _one, _two = judged(world, world.lead)
    assert told(world.officer, entry) & {"opinion", "visit", "session"} == set()
    assert "opinion" in told(world.decider, entry)
    slips = text(signed_in(world.officer).get(address(entry))).split('id="slips"')[1]
    assert "Nơi thẩm định" in slips


def test_a_recused_reader_hears_nothing_of_judging(world: World) -> None:
    entry, _one, _two = judged(world)
    Recusal.objects.create(
        entry=entry, office=world.lead, kind="recuse", reason="Người nhà.", made_at=NOW, made_by="user:3"
    )
    assert told(world.officer, entry) & {"opinion", "visit", "session"} == set()


def test_what_was_given_to_another_place_is_told_with_its_end(world: World) -> None:
    entry, _one, two = judged(world)
    assigning.withdraw(two, reason="Chuyển nhầm.", by=course.LEAD, at=NOW)
    shown = text(signed_in(world.officer).get(address(entry)))
    assert "Phòng Tài chính - Kế hoạch, đơn vị đầu mối chỉ định. Thôi giao từ ngày 11/09/2024." in shown
    assert "Phòng Tư pháp, đơn vị đầu mối chỉ định. Hạn cho ý kiến: 15/10/2024." in shown


def test_a_closed_result_is_told_to_who_looks_after_results(world: World) -> None:
    scored = Scored(world)
    scored.all_read()
    first, own = scored.entries[0], scored.entries[3]
    before = text(signed_in(world.officer).get(address(first)))
    assert "Kết quả chấm đã chốt" not in before
    results.close(scored.criteria, by=world.by(world.officer), at=NOW)
    shown = text(signed_in(world.officer).get(address(first)))
    assert "Điểm: 87,33." in shown
    assert "Thứ hạng: 1." in shown
    assert "Điểm: 87,33." in text(signed_in(world.decider).get(address(first)))
    for person, entry in ((world.head, first), (world.auditor, first), (world.officer, own)):
        page = text(signed_in(person).get(address(entry)))
        assert "Kết quả chấm đã chốt" not in page
        assert "Thứ hạng" not in page


def test_a_result_that_was_opened_again_is_told_no_more(world: World) -> None:
    scored = Scored(world)
    scored.all_read()
    made = results.close(scored.criteria, by=world.by(world.officer), at=NOW)
    results.reopen(made, reason="Có phiếu đến muộn.", by=world.by(world.officer), at=NOW)
    assert "Kết quả chấm đã chốt" not in text(signed_in(world.officer).get(address(scored.entries[0])))


@pytest.mark.parametrize(("who", "most"), [("officer", 15), ("auditor", 15), ("head", 12)])
def test_the_page_asks_the_same_however_much_was_attached(
    world: World, who: str, most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    entry, one, _two = judged(world)
    client = signed_in(getattr(world, who))
    counts = []
    for number in range(3):
        client.get(address(entry))
        with CaptureQueriesContext(connection) as seen:
            client.get(address(entry))
        counts.append(len(seen))
        supplements.ask(one, question=f"Câu hỏi {number}?", due_date=course.DUE, by=course.REVIEWER, at=NOW)
    assert len(set(counts)) == 1
    assert counts[0] <= most


def test_nothing_is_asked_before_appraisal(world: World) -> None:
    entry = world.admitted()
    with CaptureQueriesContext(connection) as seen:
        signed_in(world.officer).get(address(entry))
    assert not [each["sql"] for each in seen if "appraisal_supplementrequest" in each["sql"]]

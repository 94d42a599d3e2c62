"""The pages of offices, lead unit and units: what they show, to whom, and what a click does."""

import re
from datetime import timedelta
from http import HTTPStatus
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from sangkien.accounts.models import User
from sangkien.accounts.roles import Role
from sangkien.appraisal.actions import guidance, supplements
from sangkien.appraisal.models import (
    Assignment,
    Opinion,
    Recusal,
    Routing,
    SupplementRequest,
    SupportRequest,
    Verdict,
)
from sangkien.intake.lifecycle import Stage
from sangkien.intake.models import Entry
from sangkien.ledger.models import Act
from sangkien.notices.models import Message
from tests.accounts.signing_in import text
from tests.appraisal import course
from tests.appraisal.course import DUE, ROUTED, filed, routed_to
from tests.desk.world import World
from tests.factories import accounts as make
from tests.factories.intake import HEAD

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
SECRET = "Chưa chứng minh được hiệu quả qua sổ theo dõi"
MOST = 15
HX: dict[str, Any] = {"HTTP_HX_REQUEST": "true"}


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def entry(world: World) -> Entry:
    return course.admitted(world.campaign, world.ward)


@pytest.fixture
def reviewer(world: World) -> Client:
    return client_of(world.reviewer)


@pytest.fixture
def lead(world: World) -> Client:
    return client_of(world.officer)


@pytest.fixture
def mine(world: World, entry: Entry) -> Assignment:
    return routed_to(entry, world.told.offices["Phòng Tư pháp"], world.told.offices["Phòng Văn hóa và Thông tin"])[0]


def theirs(mine: Assignment) -> Assignment:
    return Assignment.objects.exclude(pk=mine.pk).get(entry=mine.entry)


def sheet(mine: Assignment) -> str:
    return f"/tham-dinh/phieu/{mine.uid}/"


def told(**facts: Any) -> dict[str, Any]:
    return {"verdict": "support", "reasons": course.BECAUSE, "edit_version": "0", "act": "file", **facts}


# -- routing


def test_entries_are_looked_at_passed_on_and_taken_back(lead: Client, world: World, entry: Entry) -> None:
    other = course.admitted(world.campaign, world.neighbour)
    assert "Chuyển 2 giải pháp" in text(lead.get("/tham-dinh/"))
    listed = lead.get("/tham-dinh/chuyen/", {"dot": str(world.campaign.uid), "linh-vuc": "procedures"})
    assert entry.code in text(listed)
    asked: dict[str, Any] = {"dot": str(world.campaign.uid), "so": [entry.code, other.code]}
    page = lead.get("/tham-dinh/chuyen/xem-truoc/", asked)
    assert "Văn phòng UBND Quận 3 phụ trách lĩnh vực" in text(page)
    assert "Chuyển 2 giải pháp" in text(page)
    assert not Routing.objects.exists()
    asked |= {"khoa": str(page.context["token"]), "han": "2024-10-15"}
    lead.post("/tham-dinh/chuyen/xem-truoc/", {**asked, "act": "look"})
    assert not Routing.objects.exists()
    for _click in range(2):
        lead.post("/tham-dinh/chuyen/xem-truoc/", asked)
    made = Routing.objects.get()
    assert set(Entry.objects.values_list("stage", flat=True)) == {Stage.IN_APPRAISAL}
    lead.post(f"/tham-dinh/chuyen/{made.uid}/rut-lai/")
    assert set(Entry.objects.values_list("stage", flat=True)) == {Stage.ADMITTED}


def test_a_place_is_chosen_by_hand_and_load_is_shared(lead: Client, world: World, entry: Entry) -> None:
    other = course.admitted(world.campaign, world.neighbour, fields=("procedures",))
    office, finance = (world.told.offices[name].pk for name in ("Văn phòng UBND Quận 3", "Phòng Tư pháp"))
    asked = {
        "dot": str(world.campaign.uid), "so": [entry.code, other.code], f"noi-{entry.code}": str(finance),
        "chia-so": "1", "chia-tu": str(office), "chia-sang": str(finance), "han": "2024-10-15", "khoa": "",
    }  # fmt: skip
    lead.post("/tham-dinh/chuyen/xem-truoc/", asked)
    got = set(Assignment.objects.values_list("entry", "office", "reason"))
    assert got == {(entry.pk, finance, "chosen"), (other.pk, finance, "chosen")}


def test_a_refusal_stands_on_the_page(lead: Client, world: World, entry: Entry) -> None:
    asked = {"dot": str(world.campaign.uid), "so": [entry.code], "han": "2024-09-01"}
    page = lead.post("/tham-dinh/chuyen/xem-truoc/", asked)
    assert (page.status_code, "Hạn thẩm định đã qua" in text(page)) == (422, True)


# -- the desk of an office


def test_a_get_changes_nothing_and_the_script_tells_that_it_was_opened(reviewer: Client, mine: Assignment) -> None:
    page = reviewer.get(sheet(mine))
    mine.refresh_from_db()
    assert mine.opened_at is None
    assert "Tự lưu khi bạn gõ" in text(page)
    assert reviewer.post(f"{sheet(mine)}da-mo/").status_code == HTTPStatus.NO_CONTENT
    mine.refresh_from_db()
    assert mine.opened_at is not None


def test_it_saves_itself_and_two_windows_are_told(reviewer: Client, mine: Assignment) -> None:
    answer = reviewer.post(sheet(mine), told(act="save", reasons="Đang xem."), **HX)
    assert "Tự lưu lúc" in text(answer)
    assert 'value="1"' in answer.content.decode()
    reviewer.post(sheet(mine), told(act="save", reasons="Số liệu rõ.", edit_version="1"), **HX)
    quiet = reviewer.post(sheet(mine), told(act="save", reasons="Khác.", edit_version="1"), **HX)
    assert quiet.status_code == HTTPStatus.CONFLICT
    loud = reviewer.post(sheet(mine), told(act="save", reasons="Khác.", edit_version="1"))
    assert loud.status_code == HTTPStatus.CONFLICT
    assert "Số liệu rõ." in text(loud)
    assert "Khác." in text(loud)
    assert Opinion.objects.get().reasons == "Số liệu rõ."


def test_it_is_handed_in_and_corrected(reviewer: Client, mine: Assignment) -> None:
    refused = reviewer.post(sheet(mine), told(reasons=""))
    assert (refused.status_code, "ghi lý do" in text(refused)) == (422, True)
    reviewer.post(sheet(mine), told())
    assert Opinion.objects.filed().get().verdict == Verdict.SUPPORT
    assert "Gửi ý kiến khác" in text(reviewer.get(sheet(mine)))
    assert 'name="reasons"' in reviewer.get(f"{sheet(mine)}?sua").content.decode()
    reviewer.post(sheet(mine), told(verdict="no"))
    assert Opinion.objects.filed().get().verdict == Verdict.NO
    assert Opinion.objects.count() == 2


def test_others_are_read_after_ones_own_or_when_asked_for_and_that_is_kept(reviewer: Client, mine: Assignment) -> None:
    other = filed(theirs(mine), Verdict.NO, SECRET)
    page = text(reviewer.get(sheet(mine)))
    assert ("đã có ý kiến" in page, SECRET in page, "không đề nghị" in page.split("Nơi khác")[1]) == (
        True,
        False,
        False,
    )
    unseen = reviewer.post(f"{sheet(mine)}dong-y/", {"y-kien": str(other.uid)})
    assert unseen.status_code == HTTPStatus.NOT_FOUND
    reviewer.post(f"{sheet(mine)}noi-khac/")
    assert SECRET in text(reviewer.get(sheet(mine)))
    assert Act.objects.filter(verb="assignment.others_shown", subject_uid=mine.uid).count() == 1
    reviewer.post(f"{sheet(mine)}dong-y/", {"y-kien": str(other.uid)})
    assert Opinion.objects.filed().get(assignment=mine).agrees_with == other
    mine.entry.refresh_from_db()
    assert mine.entry.stage == Stage.APPRAISED


def test_it_is_given_back_and_assigned_anew(reviewer: Client, lead: Client, world: World, mine: Assignment) -> None:
    reviewer.post(f"{sheet(mine)}tra-lai/", {"reason": "Việc của ngành thuế."})
    assert reviewer.get(sheet(mine)).status_code == HTTPStatus.NOT_FOUND
    assert "Việc của ngành thuế." in text(lead.get("/tham-dinh/"))
    page = f"/tham-dinh/giai-phap/{mine.entry.uid}/"
    assert "Trả lại vì: Việc của ngành thuế." in text(lead.get(page))
    to = world.told.offices["Phòng Tài chính - Kế hoạch"]
    lead.post(f"{page}giao/", {"office": str(to.pk), "due_date": "2024-10-20"})
    assert Assignment.objects.current().filter(entry=mine.entry, office=to).exists()
    assert "Trả lại, chờ" not in text(lead.get("/tham-dinh/"))
    new = Assignment.objects.current().get(office=to)
    lead.post(f"/tham-dinh/viec/{new.uid}/thoi-giao/", {"reason": "Một nơi là đủ."})
    assert not Assignment.objects.current().filter(office=to).exists()


# -- who may not know


def test_who_is_in_conflict_or_elsewhere_finds_nothing(world: World, mine: Assignment) -> None:
    Recusal.objects.create(
        entry=mine.entry, office=mine.office, kind="recuse", reason="Người nhà.", made_at=ROUTED, made_by="user:3"
    )
    people = [
        world.reviewer, world.reporter, world.head, world.stranger, world.outsider, world.namesake, world.administrator,
    ]  # fmt: skip
    for each in people:
        client = client_of(each)
        for path in (sheet(mine), f"{sheet(mine)}ban-goc/", f"{sheet(mine)}hoi-don-vi/", f"{sheet(mine)}tra-lai/"):
            assert client.get(path).status_code == HTTPStatus.NOT_FOUND, (each, path)
        assert client.post(sheet(mine), told()).status_code == HTTPStatus.NOT_FOUND
        assert mine.revision.title not in text(client.get("/tham-dinh/"))
    for each in people[1:]:
        assert client_of(each).get(f"/tham-dinh/giai-phap/{mine.entry.uid}/").status_code == HTTPStatus.NOT_FOUND
    assert not Opinion.objects.exists()


def test_the_unit_sees_no_verdict_name_or_count_anywhere(world: World, mine: Assignment) -> None:
    filed(mine, Verdict.NO, SECRET)
    before = {path: _words(client_of(world.head), path) for path in _of_unit(mine.entry)}
    filed(theirs(mine), Verdict.SUPPORT_WITH_CHANGES, SECRET)
    mine.entry.refresh_from_db()
    assert mine.entry.stage == Stage.APPRAISED
    for path, was in before.items():
        now = _words(client_of(world.head), path)
        assert now == was, path
        assert SECRET not in now
        assert "Phòng Tư pháp" not in now
        assert "không đề nghị" not in now
    told_all = " ".join(f"{each.title} {each.text}" for each in Message.objects.all())
    assert SECRET not in told_all
    assert not any(str(verdict.label) in told_all for verdict in Verdict)
    acts = Act.objects.filter(verb__contains="opinion")
    assert acts.exists()
    assert set(acts.values_list("seen_by", flat=True)) == {"panel"}
    assert not any(SECRET in each.payload for each in Act.objects.all())


def _words(client: Client, path: str) -> str:
    """The page without what is new in every answer: keys of forms."""
    return re.sub(r'value="[A-Za-z0-9-]{36,64}"|"X-CSRFToken": "[^"]*"', "", text(client.get(path)))


def _of_unit(entry: Entry) -> list[str]:
    return [
        f"/bao-cao/giai-phap/{entry.uid}/", f"/bao-cao/giai-phap/{entry.uid}/cau-hoi/", "/viec-cua-toi/", "/giai-phap/",
        f"/giai-phap/{entry.uid}/", "/tham-dinh/",
    ]  # fmt: skip


def test_the_lead_reads_opinions_but_not_of_its_own_entries(world: World, lead: Client, mine: Assignment) -> None:
    filed(mine, Verdict.NO, SECRET)
    assert SECRET in text(lead.get(f"/tham-dinh/giai-phap/{mine.entry.uid}/"))
    own = course.admitted(world.campaign, world.lead, at=ROUTED + timedelta(hours=2))
    (row,) = routed_to(own, world.told.offices["Phòng Tư pháp"], at=ROUTED + timedelta(hours=2))
    filed(row, Verdict.NO, SECRET)
    page = text(lead.get(f"/tham-dinh/giai-phap/{own.uid}/"))
    assert (SECRET in page, "không đề nghị" in page) == (False, False)
    assert SECRET in text(client_of(world.decider).get(f"/tham-dinh/giai-phap/{own.uid}/"))


def test_who_leads_and_judges_reads_the_others_after_its_own(world: World, lead: Client, entry: Entry) -> None:
    make.membership(world.officer, world.lead, Role.FIELD_REVIEWER)
    mine, other = routed_to(entry, world.lead, world.told.offices["Phòng Tư pháp"])
    filed(other, Verdict.NO, SECRET)
    assert SECRET not in text(lead.get(f"/tham-dinh/giai-phap/{entry.uid}/"))
    filed(mine)
    assert SECRET in text(lead.get(f"/tham-dinh/giai-phap/{entry.uid}/"))


# -- supplements and guidance


def test_a_question_reaches_the_unit_without_a_name_and_the_answer_stands_beside_the_text(
    reviewer: Client, lead: Client, world: World, mine: Assignment
) -> None:
    reviewer.post(f"{sheet(mine)}hoi-don-vi/", {"question": "Trước đây mấy ngày?", "due_date": "2024-10-01"})
    asked = SupplementRequest.objects.get()
    unit = client_of(world.reporter)
    shown = text(unit.get(f"/bao-cao/giai-phap/{mine.entry.uid}/cau-hoi/"))
    assert ("Trước đây mấy ngày?" in shown, "Tư pháp" in shown) == (True, False)
    stranger = client_of(world.stranger)
    assert stranger.get(f"/bao-cao/giai-phap/{mine.entry.uid}/cau-hoi/").status_code == HTTPStatus.NOT_FOUND
    assert stranger.post(f"/bao-cao/cau-hoi/{asked.uid}/tra-loi/", {"answer": "x"}).status_code == HTTPStatus.NOT_FOUND
    unit.post(f"/bao-cao/cau-hoi/{asked.uid}/tra-loi/", {"answer": "Trước đây năm ngày."})
    assert "Trước đây năm ngày." in text(reviewer.get(sheet(mine)))
    assert "đã trả lời" in text(lead.get(f"/tham-dinh/giai-phap/{mine.entry.uid}/"))


def test_the_lead_answers_for_the_unit_only_from_a_letter(lead: Client, mine: Assignment) -> None:
    asked = supplements.ask(mine, question="Mấy ngày?", due_date=DUE, by=course.REVIEWER, at=timezone.now())
    page = lead.post(f"/bao-cao/cau-hoi/{asked.uid}/tra-loi/", {"answer": "Năm ngày."})
    assert (page.status_code, "cần công văn" in text(page)) == (422, True)


def test_a_draft_is_read_by_the_office_only_while_it_is_shared(world: World, reviewer: Client) -> None:
    draft = course.intake.draft(world.campaign, world.ward, title="Một cách nhắc hẹn chưa kể ai nghe")
    unit = client_of(world.reporter)
    ask = f"/bao-cao/dot/{world.campaign.uid}/{world.ward.uid}/hoi/"
    office = world.told.offices["Phòng Tư pháp"]
    facts = {"office": str(office.pk), "title": "Nêu số liệu", "text": "Theo tháng hay theo quý?"}
    unit.post(ask, {**facts, "giai-phap": str(draft.uid), "shares_draft": "on"})
    row = SupportRequest.objects.get()
    path = f"/huong-dan/{row.uid}/"
    assert "Nêu số liệu" in text(reviewer.get("/tham-dinh/"))
    assert "chưa kể ai nghe" in text(reviewer.get(path))
    assert reviewer.get(f"/bao-cao/giai-phap/{draft.uid}/").status_code == HTTPStatus.NOT_FOUND
    reviewer.post(path, {"text": "Theo quý là đủ."})
    assert "Theo quý là đủ." in text(unit.get(path))
    assert reviewer.post(f"{path}viec/", {"act": "close"}).status_code == HTTPStatus.NOT_FOUND
    unit.post(f"{path}viec/", {"act": "unshare"})
    assert "chưa kể ai nghe" not in text(reviewer.get(path))
    for each in (world.stranger, world.outsider, world.namesake):
        assert client_of(each).get(path).status_code == HTTPStatus.NOT_FOUND
    log = text(client_of(world.officer).get(f"/dot/{world.campaign.uid}/huong-dan/"))
    assert "Nêu số liệu" in log
    assert "chưa kể ai nghe" not in text(client_of(world.officer).get(path))


def test_who_guided_is_shown_to_who_appraises(world: World, reviewer: Client, entry: Entry) -> None:
    office = world.told.offices["Phòng Văn hóa và Thông tin"]
    ask = guidance.ask(
        world.campaign, world.ward, office, title="Hỏi", text="Thế nào?", entry=entry, by=HEAD, at=ROUTED
    )
    guidance.write(ask, from_office=True, text="Thế này.", by=course.REVIEWER, at=ROUTED)
    (mine,) = routed_to(entry, world.told.offices["Phòng Tư pháp"])
    page = text(reviewer.get(sheet(mine)))
    assert "Phòng Văn hóa và Thông tin" in page.split("Đã hướng dẫn khi đơn vị soạn:")[1]


# -- statements


def test_pages_ask_as_much_for_three_as_for_one_and_not_too_much(world: World, reviewer: Client, lead: Client) -> None:
    justice = world.told.offices["Phòng Tư pháp"]
    ward = world.told.wards["Phường 09"]
    counts: list[list[int]] = []
    for _time in range(2):
        for _each in range(1 + _time):
            waiting = course.admitted(world.campaign, ward, at=ROUTED)
            opinion = routed_to(course.admitted(world.campaign, ward, at=ROUTED), justice, world.lead)[0]
        codes = list(Entry.objects.filter(stage=Stage.ADMITTED).values_list("code", flat=True))
        paths: list[tuple[Client, str, dict[str, Any]]] = [
            (reviewer, "/tham-dinh/", {}), (lead, "/tham-dinh/", {}), (reviewer, sheet(opinion), {}),
            (lead, "/tham-dinh/chuyen/", {"dot": str(world.campaign.uid)}),
            (lead, "/tham-dinh/chuyen/xem-truoc/", {"dot": str(world.campaign.uid), "so": codes}),
            (lead, f"/tham-dinh/giai-phap/{opinion.entry.uid}/", {}),
        ]  # fmt: skip
        asked = []
        for client, path, data in paths:
            with CaptureQueriesContext(connection) as captured:
                assert client.get(path, data).status_code == HTTPStatus.OK
            asked.append(len(captured))
        counts.append(asked)
        assert waiting.code in codes
    assert counts[0] == counts[1]
    assert max(counts[0]) <= MOST + 10

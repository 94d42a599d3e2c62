"""The history of acts: every verb has a sentence, readers see what their reach and ``seen_by`` allow, filters hold."""

from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from uuid import uuid4

import pytest
from django.test import Client

from sangkien.accounts.actions import memberships, people
from sangkien.accounts.roles import Role
from sangkien.appraisal.models import PresentationSession, SiteVisit, SupportRequest
from sangkien.backoffice.queries import history
from sangkien.backoffice.sentences import KINDS, SENTENCES
from sangkien.ledger.models import Act, SeenBy
from sangkien.ledger.recording import LEDGER, Actor, acting, record
from sangkien.units import actions
from sangkien.units.models import Unit
from tests.backoffice.verbs import recorded_verbs
from tests.backoffice.world import World, statements, text
from tests.factories import accounts as make
from tests.factories import appraisal, campaigns, district3, entries, intake

HISTORY = "/quan-tri/lich-su/"
NOW = datetime(2025, 8, 1, 1, 30, tzinfo=UTC)


def test_every_verb_of_the_code_has_a_sentence() -> None:
    found = recorded_verbs()
    assert found.unread == []
    assert sorted(found.verbs - SENTENCES.keys()) == []


def test_a_sentence_names_its_thing_once_at_most() -> None:
    assert [verb for verb, sentence in SENTENCES.items() if str(sentence).count("{") > 1] == []
    assert [verb for verb, sentence in SENTENCES.items() if "{" in str(sentence).replace("{subject}", "")] == []


@pytest.fixture
def world() -> World:
    return World()


def note(subject: Unit, verb: str, seen_by: SeenBy, *, by: Actor, kind: str = "unit", **facts: object) -> None:
    with acting():
        record(by=by, at=NOW, verb=verb, subject_kind=kind, subject_uid=subject.uid, seen_by=seen_by, payload=facts)


pytestmark = pytest.mark.django_db


def test_acts_are_read_as_sentences_with_names_and_links(client: Client, world: World) -> None:
    by = Actor(f"user:{world.local.pk}")
    ward = world.ward("Phường Xuân Hòa")
    actions.rename(ward, name="Phường Xuân Hòa Mới", on=NOW.date(), by=by, at=NOW, basis="Nghị quyết 9")
    opened = people.add_person(email="moi@xuanhoa.example", name="Bùi Văn Mới", by=by, at=NOW)
    memberships.open_membership(
        person=opened.person, unit=ward, role=Role.REPORTER, starts_date=NOW.date(), by=by, at=NOW
    )
    client.force_login(world.everything)
    page = " ".join(text(client.get(HISTORY)).split())
    parts = (
        f'<b>Đỗ Mai</b> đổi tên đơn vị <a href="/quan-tri/don-vi/{ward.uid}/">Phường Xuân Hòa Mới</a>.',
        "trước: Phường Xuân Hòa · nay: Phường Xuân Hòa Mới · từ ngày: 01/08/2025 · căn cứ: Nghị quyết 9",
        "mở tài khoản cho <a", "phần việc Cán bộ báo cáo của Bùi Văn Mới", "08:30, 01/08/2025",
    )  # fmt: skip
    assert [part for part in parts if part not in page] == []


def test_a_forgotten_person_has_no_name_here(client: Client, world: World) -> None:
    by = Actor(f"user:{world.everything.pk}")
    people.forget_person(person=world.officer, by=by, at=NOW)
    client.force_login(world.everything)
    page = text(client.get(HISTORY))
    assert "Vũ Thu Hà" not in page
    assert f"Người dùng {world.officer.pk}" in page


@pytest.mark.parametrize(("seen_by", "shown"), [("public", 1), ("unit", 1), ("lead", 1), ("panel", 0), ("sealed", 0)])
def test_what_is_for_panels_or_sealed_is_shown_to_nobody_here(
    client: Client, world: World, seen_by: str, shown: int
) -> None:
    note(world.city, "unit.renamed", SeenBy(seen_by), by=Actor("user:1"), reason="một lý do rất riêng")
    client.force_login(world.everything)
    assert text(client.get(HISTORY)).count("một lý do rất riêng") == shown


def test_a_local_reader_sees_own_units_and_nothing_of_the_twins(client: Client, world: World) -> None:
    note(world.ward("Phường Xuân Hòa"), "unit.renamed", SeenBy.UNIT, by=Actor("user:1"), reason="của ta")
    note(world.twin_ward, "unit.renamed", SeenBy.UNIT, by=Actor("user:1"), reason="của bên kia")
    note(world.ward("Phường Xuân Hòa"), "unit.renamed", SeenBy.LEAD, by=Actor("user:1"), reason="của đầu mối")
    for who, seen in ((world.local, True), (world.auditor, True), (world.twin, False)):
        client.force_login(who)
        for query in ("", "?donvi=xuan+hoa", "?loai=unit"):
            page = text(client.get(HISTORY + query))
            assert ("của ta" in page, "của bên kia" in page) == (seen, not seen), (who, query)
            assert "của đầu mối" not in page
    client.force_login(world.officer)
    assert client.get(HISTORY).status_code == HTTPStatus.NOT_FOUND
    client.logout()
    assert client.get(HISTORY)["Location"] == f"/dang-nhap/?next={HISTORY}"


def test_the_lead_units_own_acts_are_read_where_the_lead_is_in_reach(client: Client) -> None:
    told = district3.twelve_wards(by=Actor("user:1"), at=NOW - timedelta(days=900))
    campaign = campaigns.issued(told)
    with acting():
        record(
            by=Actor("user:1"), at=NOW, verb="campaign.criteria_set", subject_kind="campaign",
            subject_uid=campaign.uid, seen_by=SeenBy.LEAD, payload={"reason": "chỉ đầu mối biết"},
        )  # fmt: skip
    district = make.member(told.district, Role.ADMINISTRATOR, "Đỗ Mai", email="mai@quan3.example")
    ward = make.member(told.wards["Phường 05"], Role.ADMINISTRATOR, "Lý Năm", email="nam@p5.example")
    client.force_login(district)
    assert "chỉ đầu mối biết" in text(client.get(HISTORY))
    client.force_login(ward)
    assert "chỉ đầu mối biết" not in text(client.get(HISTORY))


def test_titles_and_links_are_for_who_may_open_what_is_behind_them(client: Client) -> None:
    told = district3.twelve_wards(by=Actor("user:1"), at=NOW - timedelta(days=900))
    campaign = campaigns.issued(told)
    intake.submitted(campaign, told.wards["Phường 05"], title="Trả hồ sơ tại nhà cho người già")
    administrator = make.administrator()
    auditor = make.member(told.district, Role.AUDITOR, "Lý Kiểm", email="kiem@quan3.example")
    client.force_login(administrator)
    page = text(client.get(HISTORY))
    assert "gửi giải pháp " in page
    assert "Trả hồ sơ tại nhà" not in page
    assert "/giai-phap/" not in page.split("<main")[1]
    client.force_login(auditor)
    page = text(client.get(HISTORY)).split("<main")[1]
    assert "Trả hồ sơ tại nhà" in page
    assert "/giai-phap/" in page
    assert "/quan-tri/don-vi/" not in page


def test_things_of_appraisal_are_named_to_all_and_opened_only_to_who_may(client: Client) -> None:
    told = district3.twelve_wards(by=Actor("user:1"), at=NOW - timedelta(days=900))
    campaign = campaigns.issued(told)
    ward, office = told.wards["Phường 05"], told.offices["Phòng Tư pháp"]
    entry = entries.entry(campaign, ward, stage="in_appraisal")
    planned = {"starts_at": NOW, "planned_at": NOW, "planned_by": "user:1", "place": "Nơi chỉ người đi mới biết"}
    panel = appraisal.panel(campaign, name="Hội đồng thứ nhất")
    things = {
        "visit": SiteVisit.objects.create(campaign=campaign, host=ward, **planned),
        "session": PresentationSession.objects.create(
            campaign=campaign, panel=panel, kind="council", title="Tên chỉ người họp mới biết", **planned
        ),
        "panel": panel,
        "assignment": appraisal.assignment(entry, office),
        "support_request": SupportRequest.objects.create(
            campaign=campaign, unit=ward, office=office, title="Điều phường hỏi riêng", asked_at=NOW, asked_by="user:1"
        ),
    }
    with acting():
        for kind, thing in things.items():
            record(
                by=Actor("user:1"), at=NOW, verb="khong.co", subject_kind=kind, subject_uid=thing.uid,
                seen_by=SeenBy.LEAD, payload={},
            )  # fmt: skip
    administrator = make.administrator()
    client.force_login(administrator)
    page = text(client.get(HISTORY)).split("<main")[1]
    names = (
        "buổi khảo sát ngày 01/08/2025", "phiên họp hội đồng ngày 01/08/2025", "“Hội đồng thứ nhất”",
        f"việc thẩm định giải pháp {entry.code}", "một câu hỏi khi soạn báo cáo",
    )  # fmt: skip
    assert [name for name in names if name not in page] == []
    hidden = ("chỉ người đi mới biết", "chỉ người họp mới biết", "phường hỏi riêng", 'href="/tham-dinh/')
    assert [word for word in hidden if word in page] == []
    make.membership(administrator, campaign.lead_unit, Role.ORGANISER)
    page = text(client.get(HISTORY)).split("<main")[1]
    assert "“Điều phường hỏi riêng”" in page
    found = [part.split('"')[0] for part in page.split('<a href="')[1:]]
    links = [link for link in found if link.startswith(("/tham-dinh/", "/huong-dan/")) and link != "/tham-dinh/"]
    assert len(links) == len(things)
    assert {link: client.get(link).status_code for link in links} == dict.fromkeys(links, HTTPStatus.OK)


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("?nguoi=do+mai", 1), ("?nguoi=mai@thanhpho", 1), ("?nguoi=khong+ai", 0), ("?donvi=xuân+hoà", 1),
        ("?donvi=phuong+99", 0), ("?loai=unit", 1), ("?loai=user", 0), ("?tu=2025-08-01&den=01/08/2025", 1),
        ("?tu=2025-08-02", 0), ("?den=2025-07-31", 0), ("?tu=hom+qua", 1), ("?loai=khac", 1), ("?truoc=x", 1),
        ("?truoc=99999999999999999999999", 1), ("?nguoi=%00", 1),
    ],
)  # fmt: skip
def test_the_address_narrows(client: Client, world: World, query: str, count: int) -> None:
    by = Actor(f"user:{world.local.pk}")
    note(world.ward("Phường Xuân Hòa"), "unit.renamed", SeenBy.PUBLIC, by=by, reason="lý do này")
    client.force_login(world.everything)
    assert text(client.get(HISTORY + query)).count("lý do này") == count


def test_pages_follow_one_another_by_key(client: Client, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(history, "A_PAGE", 2)
    monkeypatch.setattr("sangkien.backoffice.views.history.A_PAGE", 2)
    client.force_login(world.everything)
    seen, address = [], HISTORY
    last = Act.objects.latest("seq").seq
    for _step in range(3):
        page = text(client.get(address))
        seen.append(page.count("<time "))
        if "truoc=" not in page:
            break
        address = HISTORY + "?truoc=" + page.split("truoc=")[-1].split('"')[0]
    assert seen == [2, 2, 2]
    assert address.endswith(f"={last - 5}")


def test_the_page_costs_the_same_for_few_and_for_many(client: Client, world: World) -> None:
    client.force_login(world.everything)
    count = statements(client, HISTORY)
    for number in range(12):
        note(world.city, "unit.renamed", SeenBy.PUBLIC, by=Actor(f"user:{world.local.pk}"), reason=str(number))
    assert statements(client, HISTORY) == count
    assert count <= 12


@pytest.mark.parametrize("reader", ["everything", "local"])
def test_a_page_with_every_kind_of_thing_and_of_actor_costs_fifteen_at_most(
    client: Client, world: World, reader: str
) -> None:
    for kind in KINDS:
        for by in (f"user:{world.local.pk}", f"invitation:{uuid4()}", "command:tick"):
            note(world.city, "unit.renamed", SeenBy.PUBLIC, by=Actor(by), kind=kind, unit=str(world.city.uid))
    client.force_login(getattr(world, reader))
    assert statements(client, f"{HISTORY}?nguoi=a&donvi=a") <= 15
    assert statements(client, HISTORY) <= 15


def test_an_act_of_an_unknown_verb_or_a_thing_that_is_gone_is_still_told(client: Client, world: World) -> None:
    with acting():
        for kind in (*KINDS, "khac"):
            record(
                by=Actor("command:la"), at=NOW, verb="khong.co", subject_kind=kind, subject_uid=uuid4(),
                seen_by=SeenBy.LEAD, payload={"old": True, "number": 3, "x": None, "on": "2025-13-45"},
            )  # fmt: skip
        record(
            by=Actor("user:999"), at=NOW, verb="calendar.set", subject_kind="calendar", subject_uid=LEDGER,
            seen_by=SeenBy.PUBLIC, payload={"year": 2026},
        )  # fmt: skip
    client.force_login(world.everything)
    page = text(client.get(HISTORY))
    assert page.count("làm một việc chưa có tên (khong.co)") == len(KINDS) + 1
    assert "ghi các ngày nghỉ, ngày làm bù" in page
    assert "năm: 2026" in page

"""Criteria on pages: begun, worked on part by part, looked at, put into force; for whom and in which state."""

from decimal import Decimal
from http import HTTPStatus
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from sangkien.accounts.refusal import Refused
from sangkien.campaigns.actions import criteria, issuing
from sangkien.campaigns.models import Campaign, CriteriaSet, InputKind
from sangkien.campaigns.presets import CRITERIA
from sangkien.campaigns.sound_criteria import why_unsound
from tests.accounts.signing_in import text
from tests.campaigns.test_pages import STATES, in_state
from tests.campaigns.world import World
from tests.factories import campaigns as make
from tests.factories import district3
from tests.factories.units import AT, OFFICER

pytestmark = pytest.mark.django_db
PARTS = ("bat-dau/", "ten/", "cach-tinh/", "nhom/", "muc/", "muc/economic/")
ISSUERS = {"head", "decider"}
RULE = {
    "pass_by": "score", "pass_line": "50", "vote_of": "present", "vote_tie": "fails", "minimum_sheets": "2",
    "decimals": "2", "rounding": "half_up", "nguong-TOTAL_FORMS": "0", "nguong-INITIAL_FORMS": "0",
}  # fmt: skip
NEW = {"name": "Chi phí", "group": "scope", "kind": "number", "min": "0", "max": "10", "step": "0,5"}


@pytest.fixture
def world(told: district3.District3, twin: district3.District3) -> World:
    return World(told, twin)


@pytest.fixture
def draft(world: World, client: Client) -> Campaign:
    """With P2, and the officer who leads it signed in."""
    campaign = world.draft()
    criteria.set_criteria(campaign, to=CRITERIA["p2"], **make.WHO)
    client.force_login(world.organiser)
    return campaign


def at(campaign: Campaign, rest: str = "") -> str:
    return f"/dot/{campaign.uid}/ke-hoach/tieu-chi/{rest}"


def rows(prefix: str, *told: dict[str, str]) -> dict[str, str]:
    management = {f"{prefix}-TOTAL_FORMS": str(len(told)), f"{prefix}-INITIAL_FORMS": "0"}
    return management | {f"{prefix}-{n}-{name}": value for n, row in enumerate(told) for name, value in row.items()}


def shape_of(campaign: Campaign) -> Any:
    row = CriteriaSet.objects.filter(campaign=campaign).order_by("-version").first()
    assert row is not None
    return criteria.criteria_of(row)


# -- who


@pytest.mark.parametrize("state", STATES)
def test_the_page_is_seen_with_the_plan_and_worked_on_by_whom_the_state_lets(
    client: Client, world: World, state: str
) -> None:
    campaign = in_state(world, state)
    seers = {"organiser", "head", "decider", "auditor"} | (set() if state == "draft" else {"reviewer", "reporter"})
    workers = {"draft": {"organiser", "head"}, "issued": ISSUERS, "in_assessment": ISSUERS}.get(state, set())
    for name, person in world.people.items():
        client.force_login(person)
        assert (client.get(at(campaign)).status_code == HTTPStatus.OK) is (name in seers), name
        assert (client.get(at(campaign, "phieu/1/")).status_code == HTTPStatus.OK) is (name in seers), name
        assert (client.get(at(campaign, "bat-dau/")).status_code == HTTPStatus.OK) is (name in workers), name
        if name not in workers:
            for rest in ("bo/", "muc/novelty/bo/"):
                assert client.post(at(campaign, rest)).status_code == HTTPStatus.NOT_FOUND, name
            assert client.post(at(campaign, "bat-dau/"), {"begin": "p2"}).status_code == HTTPStatus.NOT_FOUND, name
    assert campaign.criteria_sets.count() == 1


@pytest.mark.parametrize("rest", ["", *PARTS, "ap-dung/", "phieu/1/"])
def test_who_is_not_signed_in_is_led_to_the_door(client: Client, world: World, rest: str) -> None:
    address = at(world.draft(), rest)
    assert client.get(address)["Location"] == f"/dang-nhap/?next={address}"


def test_the_next_version_is_seen_by_those_alone_who_work_on_it(client: Client, world: World) -> None:
    campaign = world.issued()
    criteria.begin_criteria(campaign, of=CRITERIA["p2"], **make.WHO)
    client.force_login(world.reporter)
    assert "Bốn nhóm" not in text(client.get(at(campaign)))
    assert client.get(at(campaign, "phieu/2/")).status_code == HTTPStatus.NOT_FOUND
    client.force_login(world.head)
    assert "Bốn nhóm" in text(client.get(at(campaign)))
    assert client.get(at(campaign, "phieu/2/")).status_code == HTTPStatus.OK


# -- working on it


@pytest.mark.parametrize("rest", ["", *PARTS, "phieu/1/"])
def test_every_page_of_it_costs_little(client: Client, draft: Campaign, rest: str) -> None:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(at(draft, rest)).status_code == HTTPStatus.OK
    assert len([each for each in captured if "SAVEPOINT" not in each["sql"]]) <= 15


@pytest.mark.parametrize("code", [*CRITERIA, "trong"])
def test_a_set_begins_with_each_of_those_there_are(client: Client, draft: Campaign, code: str) -> None:
    assert client.post(at(draft, "bat-dau/"), {"begin": code})["Location"] == at(draft)
    assert len(shape_of(draft).criteria) == (len(CRITERIA[code].criteria) if code in CRITERIA else 0)
    answer = client.get(at(draft))
    assert ("Chưa có tiêu chí nào" in text(answer)) is (code == "trong")
    assert client.get(at(draft, "phieu/1/")).status_code == HTTPStatus.OK


def test_a_set_that_does_not_exist_is_refused(client: Client, draft: Campaign) -> None:
    answer = client.post(at(draft, "bat-dau/"), {"begin": "p9"})
    assert (answer.status_code, "không có" in text(answer)) == (422, True)
    assert client.post(at(draft, "bat-dau/"), {}).status_code == 422


def test_name_and_source_change(client: Client, draft: Campaign) -> None:
    client.post(at(draft, "ten/"), {"name": "Bộ của quận", "source": "Quyết định 12", "note": "Chấm trong tháng 9"})
    shape = shape_of(draft)
    assert (shape.name, shape.source, shape.note) == ("Bộ của quận", "Quyết định 12", "Chấm trong tháng 9")
    assert len(shape.criteria) == 7


def test_the_rule_is_typed_whole(client: Client, draft: Campaign) -> None:
    typed = {
        **RULE, "pass_by": "both", "pass_line": "62,5", "vote": "khac", "vote_part": "3", "vote_whole": "5",
        "vote_more": "on", "quorum": "hai-phan-ba", "decimals": "1", "drop_extremes": "on", "blind_names": "on",
        **rows("nguong", {"at_least": "80", "name": "Tốt"}, {"at_least": "0", "name": "Chưa"}),
    }  # fmt: skip
    assert client.post(at(draft, "cach-tinh/"), typed).status_code == HTTPStatus.FOUND
    shape = shape_of(draft)
    assert shape.bands == ((Decimal(0), "Chưa"), (Decimal(80), "Tốt"))
    rule = shape.rule
    assert (rule.pass_line, rule.vote.numerator, rule.vote.denominator, rule.vote.more_than) == (62.5, 3, 5, True)
    assert (rule.quorum.numerator, rule.decimals, rule.drop_extremes, rule.anchors_count) == (2, 1, True, False)
    page = client.get(at(draft, "cach-tinh/")).content.decode()
    assert 'value="62,5"' in page
    assert "quá 60%" in text(client.get(at(draft))) or "quá 3/5" in text(client.get(at(draft)))


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"pass_line": "năm mươi"}, "Điểm là một số"),
        ({"pass_by": "both", "pass_line": "", "vote": "qua-nua", "quorum": "hai-phan-ba"}, "chưa có điểm đạt"),
        ({"pass_by": "vote"}, "chưa có tỷ lệ phiếu"),
        ({"pass_by": "vote", "vote": "qua-nua"}, "phải có mặt"),
        ({"vote": "khac", "vote_part": "2"}, "cần cả tử số và mẫu số"),
        ({"vote": "khac", "vote_part": "4", "vote_whole": "3"}, "không hợp lý"),
        ({"vote": "khac", "vote_part": "-1", "vote_whole": "3"}, "số nguyên từ 1"),
        ({"minimum_sheets": "0"}, "số nguyên từ 1"),
        ({"decimals": "9"}, ""),
        (rows("nguong", {"at_least": "10", "name": "Chưa"}), "bắt đầu từ 0"),
        (rows("nguong", {"at_least": "10", "name": ""}), "cả điểm và tên"),
        (rows("nguong", {"at_least": "", "name": "Tốt"}), "cả điểm và tên"),
    ],
)
def test_a_rule_that_cannot_be_is_refused_and_nothing_changes(
    client: Client, draft: Campaign, change: dict[str, str], sentence: str
) -> None:
    before = shape_of(draft)
    answer = client.post(at(draft, "cach-tinh/"), {**RULE, **change})
    assert (answer.status_code, sentence in text(answer)) == (422, True)
    assert shape_of(draft) == before


def test_groups_make_a_hundred_or_are_refused(client: Client, draft: Campaign) -> None:
    told = [{"code": each.code, "name": each.name, "weight": "25"} for each in CRITERIA["p2"].groups]
    assert client.post(at(draft, "nhom/"), rows("nhom", *told)).status_code == HTTPStatus.FOUND
    assert [int(each.weight) for each in shape_of(draft).groups] == [25] * 4
    assert "có 25 điểm" in why_unsound(shape_of(draft))
    answer = client.post(at(draft, "nhom/"), rows("nhom", *told[:3]))
    assert (answer.status_code, "là 75, cần đúng 100" in text(answer)) == (422, True)
    assert "Chưa dùng được" in text(client.get(at(draft))) or "chưa dùng được" in text(client.get(at(draft)))


def test_a_group_that_goes_leaves_its_criteria(client: Client, draft: Campaign) -> None:
    client.post(at(draft, "nhom/"), rows("nhom", {"name": "Chung", "weight": "100"}))
    shape = shape_of(draft)
    assert ([each.code for each in shape.groups], {each.group for each in shape.criteria}) == (["chung"], {""})
    client.post(at(draft, "nhom/"), rows("nhom", {"name": "", "weight": ""}))
    assert (shape_of(draft).groups, why_unsound(shape_of(draft))) == ((), "")


@pytest.mark.parametrize(
    ("typed", "facts"),
    [
        ({}, {"kind": InputKind.NUMBER, "max": 10, "step": Decimal("0.5"), "knock_out_below": None}),
        ({"knock_out_below": "5", "comment_below": "4"}, {"knock_out_below": 5, "comment_below": 4}),
        ({"kind": "yes_no", "must_pass": "on"}, {"max": 1, "step": 1, "knock_out_below": 1, "comment_below": None}),
        ({"kind": "yes_no", "must_explain": "on", "max": "7"}, {"max": 1, "knock_out_below": None, "comment_below": 1}),
        (
            {"kind": "levels", **rows("muc", {"label": "Rõ", "low": "8"}, {"label": "Ít", "low": "2,5"}, {})},
            {"min": Decimal("2.5"), "max": 8, "knock_out_below": None},
        ),
        (
            {
                "kind": "banded", "step": "1",
                **rows("muc", {"label": "Khá", "low": "6", "high": "10"}, {"label": "Kém", "low": "0", "high": "5"}),
            },
            {"min": 0, "max": 10, "step": 1},
        ),
    ],
)  # fmt: skip
def test_criteria_of_every_kind_are_added(
    client: Client, draft: Campaign, typed: dict[str, str], facts: dict[str, Any]
) -> None:
    management = {} if "muc-TOTAL_FORMS" in typed else rows("muc")
    texts = {"hint": "So trước và sau", "evidence_expected": "Sổ theo dõi", "legal_basis": "Điều 3"}
    answer = client.post(at(draft, "muc/"), {**NEW, **management, **texts, **typed})
    assert answer.status_code == HTTPStatus.FOUND
    made = shape_of(draft).criteria[-1]
    assert made.code == "chi-phi"
    assert {name: getattr(made, name) for name in facts} == facts
    assert (made.hint, made.evidence_expected, made.legal_basis) == tuple(texts.values())
    again = client.get(at(draft, "muc/chi-phi/"))
    assert 'value="Chi phí"' in again.content.decode()


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"name": ""}, "còn trống"),
        ({"max": ""}, "chưa có điểm cao nhất"),
        ({"max": "0"}, "không khớp nhau"),
        ({"step": "11"}, "không khớp nhau"),
        ({"max": "1e9"}, "Điểm là một số"),
        ({"max": "NaN"}, "Điểm là một số"),
        ({"max": "٧"}, "Điểm là một số"),
        ({"kind": "stars"}, ""),
        ({"group": "nowhere"}, ""),
        ({"comment_below": "11"}, "không khớp nhau"),
        ({"knock_out_below": "11"}, "không khớp nhau"),
        ({"kind": "levels", **rows("muc", {"label": "Một", "low": "3"})}, "từ hai trở lên"),
        ({"kind": "levels", **rows("muc", {"label": "", "low": "3"})}, "cả tên và điểm"),
        (
            {"kind": "banded", "step": "1", **rows("muc", {"label": "A", "low": "0", "high": "4"},
                                                   {"label": "B", "low": "6", "high": "10"})},
            "hở điểm",
        ),
        (
            {"kind": "banded", "step": "1", **rows("muc", {"label": "A", "low": "0", "high": "6"},
                                                   {"label": "B", "low": "6", "high": "10"})},
            "không chồng nhau",
        ),
        (
            {"kind": "banded", "step": "1", **rows("muc", {"label": "A", "low": "1", "high": "5"},
                                                   {"label": "B", "low": "6", "high": "10"})},
            "đi từ 0 đến 10",
        ),
    ],
)  # fmt: skip
def test_a_criterion_that_cannot_be_is_refused_and_nothing_changes(
    client: Client, draft: Campaign, typed: dict[str, str], sentence: str
) -> None:
    before = shape_of(draft)
    management = {} if "muc-TOTAL_FORMS" in typed else rows("muc")
    answer = client.post(at(draft, "muc/"), {**NEW, **management, **typed})
    assert (answer.status_code, sentence in text(answer)) == (422, True)
    assert shape_of(draft) == before


def test_a_criterion_keeps_its_code_when_it_is_renamed(client: Client, draft: Campaign) -> None:
    typed = {"name": "Lợi ích kinh tế", "group": "effectiveness", "kind": "number", "max": "15", "step": "1"}
    client.post(at(draft, "muc/economic/"), {**typed, **rows("muc")})
    changed = next(each for each in shape_of(draft).criteria if each.code == "economic")
    assert (changed.name, changed.step) == ("Lợi ích kinh tế", 1)
    assert client.get(at(draft, "muc/nothing/")).status_code == HTTPStatus.NOT_FOUND


def test_criteria_change_places_within_their_group_and_go(client: Client, draft: Campaign) -> None:
    def order() -> list[str]:
        return [each.code for each in shape_of(draft).criteria]

    before = order()
    client.post(at(draft, "muc/social/len/"))
    assert order().index("social") < order().index("economic")
    client.post(at(draft, "muc/social/len/"))  # the first of its group stays
    client.post(at(draft, "muc/social/xuong/"))
    assert order() == before
    client.post(at(draft, "muc/social/bo/"))
    assert order() == [code for code in before if code != "social"]
    client.post(at(draft, "muc/nothing/bo/"))
    assert client.post(at(draft, "muc/economic/xoay/")).status_code == HTTPStatus.NOT_FOUND


def test_a_set_that_is_not_whole_hinders_the_issue(client: Client, draft: Campaign) -> None:
    plan = make.plan_of(draft.organiser)
    client.post(at(draft, "muc/social/bo/"))
    page = text(client.get(f"/dot/{draft.uid}/ke-hoach/"))
    assert "các tiêu chí của nhóm cộng lại 15" in page
    with pytest.raises(Refused, match="cộng lại 15"):
        issuing.issue(draft, plan=plan, by=OFFICER, at=timezone.now())


# -- the sheet


@pytest.mark.parametrize("code", CRITERIA)
def test_the_sheet_shows_an_example_with_its_total(client: Client, draft: Campaign, code: str) -> None:
    criteria.set_criteria(draft, to=CRITERIA[code], **make.WHO)
    page = client.get(at(draft, "phieu/1/")).content.decode()
    assert all(f'name="mark-{each.code}"' in page for each in CRITERIA[code].criteria)
    assert "data-total>" in page


def test_the_total_of_a_sheet_is_tried_by_the_rule(client: Client, draft: Campaign) -> None:
    marks = {f"mark-{each.code}": "7,5" for each in CRITERIA["p2"].criteria}
    page = client.get(at(draft, "phieu/1/"), marks).content.decode()
    assert "52,50" in page
    assert "Đề nghị ghi nhận cấp cơ sở" in page
    assert shape_of(draft).criteria == CRITERIA["p2"].criteria  # nothing that was typed is kept


@pytest.mark.parametrize("typed", ["", "99", "-1", "<b>", "1e5", "NaN", "7,3", "x" * 500])
def test_what_cannot_be_a_mark_is_said_on_the_sheet(client: Client, draft: Campaign, typed: str) -> None:
    marks = {f"mark-{each.code}": "7,5" for each in CRITERIA["p2"].criteria} | {"mark-scope": typed}
    answer = client.get(at(draft, "phieu/1/"), marks)
    page = answer.content.decode()
    assert (answer.status_code, 'id="wrong-scope"' in page, "data-total" in page) == (HTTPStatus.OK, True, False)
    assert "<b>" not in page.split('name="mark-scope"')[1][:40]


# -- after issue


def test_a_next_version_comes_into_force_with_a_reason(client: Client, world: World) -> None:
    campaign = world.issued()
    client.force_login(world.head)
    client.post(at(campaign, "bat-dau/"), {"begin": "dang-dung"})
    assert campaign.criteria_sets.get(version=2).frozen_at is None
    typed = {"name": "Chi phí", "kind": "yes_no", **rows("muc")}
    client.post(at(campaign, "muc/"), typed)
    assert client.post(at(campaign, "ap-dung/"), {"reason": ""}).status_code == 422
    assert client.post(at(campaign, "ap-dung/"), {"reason": "Theo góp ý"})["Location"] == at(campaign)
    first, second = campaign.criteria_sets.order_by("version")
    assert (first.criteria.count(), second.criteria.count()) == (4, 5)
    assert second.frozen_at is not None
    assert "Theo góp ý" in text(client.get(f"/dot/{campaign.uid}/ke-hoach/sua-doi/"))
    assert client.get(at(campaign, "phieu/1/")).status_code == HTTPStatus.OK


def test_a_next_version_is_begun_once_and_may_be_dropped(client: Client, world: World) -> None:
    campaign = world.issued()
    client.force_login(world.head)
    assert client.get(at(campaign, "ap-dung/")).status_code == HTTPStatus.NOT_FOUND
    client.post(at(campaign, "bat-dau/"), {"begin": "p2"})
    assert "sửa dở" in text(client.post(at(campaign, "bat-dau/"), {"begin": "p3"}))
    assert client.get(at(campaign, "ap-dung/")).status_code == HTTPStatus.OK
    client.post(at(campaign, "bo/"))
    assert campaign.criteria_sets.count() == 1
    assert "Không có bản tiêu chí" in text(client.post(at(campaign, "bo/"), follow=True))


def test_once_a_sheet_is_in_a_new_version_is_for_later_sheets(client: Client, world: World) -> None:
    campaign = world.issued()
    criteria.lock_criteria(campaign.criteria_sets.get(), AT)
    client.force_login(world.head)
    client.post(at(campaign, "bat-dau/"), {"begin": "p2"})
    answer = client.post(at(campaign, "ap-dung/"), {"reason": "Theo góp ý"})
    assert (answer.status_code, "Đã có phiếu chấm" in text(answer)) == (422, True)
    client.post(at(campaign, "ap-dung/"), {"reason": "Theo góp ý", "for_later_sheets": "on"})
    assert "<ins>Bốn nhóm, 100 điểm" in text(client.get(f"/dot/{campaign.uid}/ke-hoach/sua-doi/"))
    assert [row.frozen_at is not None for row in campaign.criteria_sets.order_by("version")] == [True, True]


def test_a_frozen_set_is_not_worked_on(client: Client, world: World) -> None:
    campaign = world.issued()
    client.force_login(world.head)
    before = shape_of(campaign)
    for rest in ("ten/", "cach-tinh/", "nhom/", "muc/"):
        assert client.get(at(campaign, rest))["Location"] == at(campaign)
    client.post(at(campaign, "muc/novelty/bo/"))
    assert shape_of(campaign) == before

"""Issued, amended, answered: what is fixed, what changes, what is kept."""

import json
from datetime import UTC, date, datetime, time
from typing import Any

import pytest

from sangkien.accounts.refusal import Refused
from sangkien.campaigns import queries
from sangkien.campaigns.actions import amending, answering, criteria, ending, issuing, parts
from sangkien.campaigns.actions.amending import NewOwners
from sangkien.campaigns.models import Campaign, CriteriaSet, Participant
from sangkien.campaigns.presets import CRITERIA
from sangkien.campaigns.window import VIETNAM
from sangkien.ledger.models import Act
from sangkien.ledger.verifying import verify
from sangkien.papers import issuing as papers_issuing
from sangkien.papers.kinds import Kind
from sangkien.units import actions as units
from tests.factories import campaigns as make
from tests.factories import district3, papers
from tests.factories.campaigns import WHO
from tests.factories.units import AT, OFFICER, unit

AUGUST = datetime(2024, 8, 1, 2, tzinfo=UTC)
LATER: dict[str, Any] = {"by": OFFICER, "at": AUGUST}


@pytest.fixture
def campaign(told: district3.District3) -> Campaign:
    return make.issued(told)


# -- issue


def test_participants_are_fixed_as_they_were_called_on_the_date_of_the_plan(told: district3.District3) -> None:
    draft = make.drafted(told).campaign
    units.rename(told.wards["Phường 04"], name="Phường Bốn", on=date(2024, 7, 9), **WHO)
    units.rename(told.wards["Phường 05"], name="Phường Năm", on=date(2024, 7, 10), **WHO)
    issued = issuing.issue(draft, plan=make.plan_of(told.district), **WHO)
    names = [each.unit_version.name for each in queries.participants(issued)]
    assert "Phường Bốn" in names
    assert "Phường 05" in names
    units.rename(told.wards["Phường 04"], name="Phường Tư", on=date(2024, 8, 1), **WHO)
    assert [each.unit_version.name for each in queries.participants(issued)] == names


def test_issue_freezes_the_criteria_and_opens_the_counter(campaign: Campaign) -> None:
    assert campaign.criteria_sets.get().frozen_at == AT
    assert campaign.receipt_counter.last == 0
    assert campaign.plan is not None
    assert str(campaign.plan) == "Kế hoạch số 230/KH-UBND ngày 09/07/2024"
    act = Act.objects.get(verb="campaign.issued")
    assert (act.seen_by, json.loads(act.payload)["participants"]) == ("unit", 18)
    assert verify() == []


@pytest.mark.parametrize("count", [1, 12])
def test_issue_costs_the_same_however_many_units(
    count: int, told: district3.District3, django_assert_num_queries: Any
) -> None:
    draft, plan = make.drafted(told).campaign, make.plan_of(told.district)
    parts.set_participants(draft, units=list(told.wards.values())[:count], **WHO)
    with django_assert_num_queries(19):
        issuing.issue(draft, plan=plan, **WHO)


def test_only_the_signed_plan_of_the_organiser_issues(told: district3.District3, twin: district3.District3) -> None:
    draft = make.drafted(told).campaign
    void = make.plan_of(told.district, number=9)
    papers_issuing.void(void, reason="Nhầm", **WHO)
    letter = papers.recorded(told.district)
    assert letter.kind != Kind.PLAN
    for plan, sentence in (
        (papers.ready(told.district), "chưa ban hành hoặc không còn hiệu lực"),
        (void, "chưa ban hành hoặc không còn hiệu lực"),
        (letter, "không phải kế hoạch"),
        (make.plan_of(twin.district), "của đơn vị khác"),
    ):
        with pytest.raises(Refused, match=sentence):
            issuing.issue(draft, plan=plan, **WHO)
    kept = Campaign.objects.get()
    assert (kept.state, kept.plan) == ("draft", None)
    assert CriteriaSet.objects.get().frozen_at is None


def test_a_plan_issues_one_campaign(campaign: Campaign, told: district3.District3) -> None:
    assert campaign.plan is not None
    second = make.drafted(told).campaign
    with pytest.raises(Refused, match="đã thuộc một đợt khác"):
        issuing.issue(second, plan=campaign.plan, **WHO)


def test_a_plan_that_asks_nobody_is_not_issued(told: district3.District3) -> None:
    draft, plan = make.drafted(told).campaign, make.plan_of(told.district)
    parts.set_participants(draft, units=[], **WHO)
    with pytest.raises(Refused, match="chưa có đơn vị nào thuộc đối tượng"):
        issuing.issue(draft, plan=plan, **WHO)


def test_a_unit_that_is_not_there_on_the_date_of_the_plan_stops_the_issue(told: district3.District3) -> None:
    draft, plan = make.drafted(told).campaign, make.plan_of(told.district)
    later = unit("Phường Sau", on=date(2024, 7, 20))
    parts.set_participants(draft, units=[later], on=date(2024, 8, 1), **WHO)
    with pytest.raises(Refused, match="Ngày 09/07/2024 chưa có hoặc không còn: Phường Sau"):
        issuing.issue(draft, plan=plan, **WHO)


def test_criteria_after_issue_are_a_new_version(campaign: Campaign) -> None:
    frozen = criteria.criteria_of(campaign.criteria_sets.get())
    assert criteria.write_criteria(campaign, CRITERIA["p2"]).version == 2
    assert criteria.criteria_of(campaign.criteria_sets.get(version=1)) == frozen


# -- the clock


def test_open_and_late_are_asked_of_the_clock(campaign: Campaign) -> None:
    last = datetime(2024, 9, 15, 23, 59, 59, tzinfo=VIETNAM)
    after = datetime(2024, 9, 16, tzinfo=VIETNAM)
    assert (campaign.is_open(last), campaign.is_late(last)) == (True, False)
    assert (campaign.is_open(after), campaign.is_late(after)) == (False, True)
    assert queries.open_at(Campaign.objects.all(), last) == [campaign]
    assert queries.open_at(Campaign.objects.all(), after) == []


@pytest.mark.parametrize("state", ["draft", "concluded", "archived", "cancelled"])
def test_what_is_not_running_is_not_open(state: str) -> None:
    row = Campaign(state=state, opens_date=make.OPENS, closes_date=make.CLOSES)
    assert not row.is_open(AUGUST)


def test_appraisal_that_has_begun_closes_nothing(campaign: Campaign) -> None:
    assert ending.begin_assessment(campaign, **WHO).is_open(AUGUST)


# -- amend


def test_an_extension_keeps_both_dates_and_undoes_lateness(campaign: Campaign, told: district3.District3) -> None:
    arrived = datetime(2024, 9, 20, 2, tzinfo=UTC)
    assert campaign.is_late(arrived)
    paper = papers.ready(told.district)
    papers.issue(paper, number=260)
    row = amending.extend_deadline(campaign, closes_date=date(2024, 9, 30), reason="Mưa bão", paper=paper, **LATER)
    campaign.refresh_from_db()
    assert not campaign.is_late(arrived)
    assert json.loads(row.changes) == {"closes_date": {"old": "2024-09-15", "new": "2024-09-30"}}
    assert (row.number, row.reason, row.paper, row.made_at) == (1, "Mưa bão", paper, AUGUST)
    act = Act.objects.latest("seq")
    assert (act.verb, json.loads(act.payload)["sha256"]) == ("campaign.amended", row.changes_sha256)


@pytest.mark.parametrize("closes", [date(2024, 9, 15), date(2024, 9, 14), date(2024, 7, 1)])
def test_an_extension_is_later(closes: date, campaign: Campaign) -> None:
    with pytest.raises(Refused, match=r"Hạn mới phải sau hạn đang có \(15/09/2024\)"):
        amending.extend_deadline(campaign, closes_date=closes, reason="Mưa bão", **LATER)


def test_a_draft_is_edited_and_what_has_ended_is_left(told: district3.District3) -> None:
    draft = make.drafted(told).campaign
    change: dict[str, Any] = {"reason": "Mưa bão", "change": {"title": "Khác"}}
    with pytest.raises(Refused, match="sửa thẳng trong bản soạn"):
        amending.amend(draft, **change, **WHO)
    cancelled = ending.cancel(draft, reason="Thôi", **WHO)
    with pytest.raises(Refused, match="Đợt này đã hủy nên không sửa đổi"):
        amending.amend(cancelled, **change, **WHO)


def test_an_amendment_needs_a_reason_and_a_change(campaign: Campaign, told: district3.District3) -> None:
    with pytest.raises(Refused, match="cần có lý do"):
        amending.amend(campaign, reason=" ", change={"title": "Khác"}, **LATER)
    with pytest.raises(Refused, match="đã được ghi như vậy rồi"):
        amending.amend(campaign, reason="Sửa", change={"title": campaign.title}, **LATER)
    field = campaign.fields.get(code="institutions")
    same = NewOwners(field, (told.offices["Phòng Tư pháp"],))
    with pytest.raises(Refused, match="đã được ghi như vậy rồi"):
        amending.amend(campaign, reason="Sửa", owners=[same], **LATER)
    with pytest.raises(Refused, match="sớm hơn ngày mở"):
        amending.amend(campaign, reason="Sửa", change={"opens_date": date(2025, 1, 1)}, **LATER)
    assert not campaign.amendments.exists()


def test_facts_owners_and_participants_change_in_one_amendment(campaign: Campaign, told: district3.District3) -> None:
    field, office = campaign.fields.get(code="institutions"), told.offices["Phòng Nội vụ"]
    police = unit("Công an quận", parent=told.district)
    row = amending.amend(
        campaign, reason="Sắp xếp lại", change={"closes_time": time(17), "upper_deadline": date(2024, 10, 1)},
        owners=[NewOwners(field, (office,))], added=[police], **LATER,
    )  # fmt: skip
    assert json.loads(row.changes) == {
        "closes_time": {"old": None, "new": "17:00"},
        "upper_deadline": {"old": None, "new": "2024-10-01"},
        "owners of field institutions": {"old": [str(told.offices["Phòng Tư pháp"].uid)], "new": [str(office.uid)]},
        "participants": {"old": [], "new": [str(police.uid)]},
    }
    assert queries.owners(campaign)["field:institutions"] == [office.pk]
    assert field.owners.exclude(superseded_at=None).get().office == told.offices["Phòng Tư pháp"]
    assert queries.participants(campaign).last().unit == police  # type: ignore[union-attr]  # there are 19
    with pytest.raises(Refused, match="đã nằm trong danh sách"):
        amending.amend(campaign, reason="Thêm", added=[police], **LATER)


def test_the_paper_of_an_amendment_comes_from_the_organiser(campaign: Campaign, twin: district3.District3) -> None:
    with pytest.raises(Refused, match="của đơn vị khác"):
        amending.extend_deadline(
            campaign, closes_date=date(2024, 9, 30), reason="Mưa", paper=make.plan_of(twin.district), **LATER
        )


# -- nil


def _first(campaign: Campaign) -> Participant:
    return campaign.participants.get(position=7)


def test_a_unit_that_has_nothing_says_so_once(campaign: Campaign) -> None:
    row = answering.answer_nil(_first(campaign), **LATER)
    assert (row.answer, row.nil_at, row.nil_by, row.nil_letter) == ("nil", AUGUST, "user:1", None)
    with pytest.raises(Refused, match="đã trả lời là không có giải pháp rồi"):
        answering.answer_nil(_first(campaign), **LATER)
    assert answering.take_back_nil(row, **LATER).answer == "none"
    with pytest.raises(Refused, match="không có gì để rút lại"):
        answering.take_back_nil(row, **LATER)


def test_an_answer_from_a_letter_counts_from_its_arrival(campaign: Campaign) -> None:
    participant = _first(campaign)
    letter = papers.recorded(participant.unit)
    at = datetime(2024, 9, 20, 2, tzinfo=UTC)
    arrived = datetime(2024, 9, 15, 9, tzinfo=UTC)
    row = answering.answer_nil(participant, by=OFFICER, at=at, arrived_at=arrived, letter=letter)
    assert (row.nil_at, row.nil_letter) == (arrived, letter)
    act = Act.objects.latest("seq")
    assert (act.verb, act.seen_by, json.loads(act.payload)["late"]) == ("campaign.answered_nil", "lead", False)
    with pytest.raises(Refused, match="muộn hơn bây giờ"):
        answering.answer_nil(participant, by=OFFICER, at=arrived, arrived_at=at)


def test_nobody_answers_a_draft_or_what_has_ended(told: district3.District3) -> None:
    draft = make.drafted(told).campaign
    with pytest.raises(Refused, match="Đợt này đang soạn nên không nhận trả lời"):
        answering.answer_nil(_first(draft), **LATER)
    ending.cancel(draft, reason="Thôi", **WHO)
    with pytest.raises(Refused, match="Đợt này đã hủy nên không nhận trả lời"):
        answering.answer_nil(_first(draft), **LATER)

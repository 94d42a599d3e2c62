"""Several people issue, extend and answer at once."""

from datetime import date, timedelta

import pytest
from django.db import transaction

from sangkien.accounts.refusal import Refused
from sangkien.campaigns.actions import amending, answering, ending, issuing
from sangkien.campaigns.locking import hold_shared
from sangkien.campaigns.models import Amendment, Campaign, Participant, ReceiptCounter
from sangkien.ledger.models import Act
from sangkien.ledger.verifying import verify
from tests.factories import campaigns as make
from tests.factories import district3, papers
from tests.factories.campaigns import WHO
from tests.factories.units import AT, OFFICER
from tests.together import shared_database, together

__all__ = ["shared_database"]

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
WRITERS = 8


@pytest.fixture
def world(shared_database: None) -> district3.District3:
    return district3.twelve_wards(by=OFFICER, at=AT)


def test_a_plan_issued_by_eight_at_once_is_issued_once(world: district3.District3) -> None:
    campaign, plan = make.drafted(world).campaign, make.plan_of(world.district)
    raised = together(WRITERS, lambda _number: issuing.issue(campaign, plan=plan, **WHO) and None)
    assert [type(error) for error in raised] == [Refused] * (WRITERS - 1)
    assert Act.objects.filter(verb="campaign.issued").count() == ReceiptCounter.objects.count() == 1
    assert verify() == []


def test_one_paper_given_to_two_campaigns_at_once_issues_one(world: district3.District3) -> None:
    campaigns = [make.drafted(world).campaign for _number in range(2)]
    plan = make.plan_of(world.district)
    raised = together(2, lambda number: issuing.issue(campaigns[number], plan=plan, **WHO) and None)
    assert [type(error) for error in raised] == [Refused]
    assert Campaign.objects.filter(state="issued").count() == 1


def test_extensions_at_once_are_numbered_without_a_gap_and_only_grow(world: district3.District3) -> None:
    campaign = make.issued(world)

    def extend(number: int) -> None:
        amending.extend_deadline(
            campaign, closes_date=date(2024, 9, 16) + timedelta(days=number), reason=f"Lý do {number}", **WHO
        )

    raised = together(WRITERS, extend)
    rows = list(Amendment.objects.order_by("number"))
    assert [type(error) for error in raised] == [Refused] * (WRITERS - len(rows))
    assert [row.number for row in rows] == list(range(1, len(rows) + 1))
    assert Campaign.objects.get().closes_date == date(2024, 9, 15) + timedelta(days=WRITERS)
    assert verify() == []


def test_a_title_and_a_deadline_changed_at_once_are_both_changed(world: district3.District3) -> None:
    campaign = make.issued(world)
    changes: list[amending.Change] = [{"title": "Tên mới"}, {"closes_date": date(2024, 9, 30)}]
    assert (
        together(2, lambda number: amending.amend(campaign, reason="Sửa", change=changes[number], **WHO) and None) == []
    )
    kept = Campaign.objects.get()
    assert (kept.title, kept.closes_date) == ("Tên mới", date(2024, 9, 30))


def test_a_double_click_answers_once_and_many_units_answer_together(world: district3.District3) -> None:
    campaign = make.issued(world)
    rows = list(Participant.objects.filter(campaign=campaign).order_by("position")[: WRITERS // 2])
    raised = together(WRITERS, lambda number: answering.answer_nil(rows[number // 2], **WHO) and None)
    assert [type(error) for error in raised] == [Refused] * (WRITERS // 2)
    assert Participant.objects.filter(answer="nil").count() == Act.objects.filter(verb="campaign.answered_nil").count()
    assert Participant.objects.filter(answer="nil").count() == WRITERS // 2


def test_a_campaign_that_is_cancelled_while_units_answer_takes_no_answer_after_it(world: district3.District3) -> None:
    campaign = make.issued(world)
    rows = list(Participant.objects.filter(campaign=campaign).order_by("position")[:WRITERS])

    def act(number: int) -> None:
        if number == 0:
            ending.cancel(campaign, reason="Thôi", **WHO)
        else:
            answering.answer_nil(rows[number], **WHO)

    raised = together(WRITERS, act)
    assert {type(error) for error in raised} <= {Refused}
    verbs = list(Act.objects.filter(subject_uid=campaign.uid).order_by("seq").values_list("verb", flat=True))
    assert verbs[-1 - verbs[::-1].index("campaign.cancel") :] == ["campaign.cancel"]
    assert Participant.objects.filter(answer="nil").count() == verbs.count("campaign.answered_nil")


def test_sendings_hold_the_campaign_together(world: district3.District3) -> None:
    campaign = make.issued(world)

    def send(_number: int) -> None:
        with transaction.atomic():
            assert hold_shared(campaign).is_running()

    assert together(WRITERS, send) == []


def test_a_paper_that_is_voided_at_the_same_moment_issues_nothing_or_was_issued_before(
    world: district3.District3,
) -> None:
    campaign, plan = make.drafted(world).campaign, make.plan_of(world.district)

    def act(number: int) -> None:
        if number:
            issuing.issue(campaign, plan=plan, **WHO)
        else:
            papers.issuing.void(plan.__class__.objects.get(pk=plan.pk), reason="Nhầm", **WHO)

    raised = together(2, act)
    assert {type(error) for error in raised} <= {Refused}
    verbs = list(Act.objects.order_by("seq").values_list("verb", flat=True))
    if "campaign.issued" in verbs:
        assert verbs.index("campaign.issued") < verbs.index("paper.voided")

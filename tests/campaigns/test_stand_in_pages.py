"""Who judges in the place of an office that also reports: proposed in order, named, withdrawn; by whom and when."""

from http import HTTPStatus
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from sangkien.accounts.actor import actor_of
from sangkien.accounts.refusal import Refused
from sangkien.accounts.roles import Role
from sangkien.campaigns import queries
from sangkien.campaigns.actions import parts, standing_in
from sangkien.campaigns.models import Campaign, StandIn
from sangkien.campaigns.stand_ins import conflicts
from sangkien.papers.models import Paper
from tests.accounts.signing_in import text
from tests.campaigns.test_pages import STATES, in_state
from tests.campaigns.test_plan_pages import signed
from tests.campaigns.world import World
from tests.factories import accounts, district3
from tests.factories import campaigns as make
from tests.factories.units import AT

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(told: district3.District3, twin: district3.District3) -> World:
    return World(told, twin)


@pytest.fixture
def draft(world: World, client: Client) -> Campaign:
    client.force_login(world.organiser)
    return world.draft()


def at(campaign: Campaign, rest: str = "") -> str:
    return f"/dot/{campaign.uid}/ke-hoach/lam-thay/{rest}"


def office(world: World, name: str) -> int:
    return world.told.offices[name].pk


@pytest.mark.parametrize("state", STATES)
def test_they_are_seen_and_named_by_whom_the_state_lets(client: Client, world: World, state: str) -> None:
    campaign = in_state(world, state)
    seers, namers = {"organiser", "head", "decider", "auditor"}, {"organiser", "head", "decider"}
    if state == "draft":
        namers = {"organiser", "head", "decider"}
    if state in ("concluded", "cancelled"):
        namers = set()
    justice, lead = office(world, "Phòng Tư pháp"), office(world, "Phòng Nội vụ")
    for name, person in world.people.items():
        client.force_login(person)
        assert (client.get(at(campaign)).status_code == HTTPStatus.OK) is (name in seers), name
        answer = client.post(at(campaign, f"{justice}/"), {"who": f"office:{lead}"})
        assert (answer.status_code == HTTPStatus.FOUND) is (name in namers), name
        row = campaign.stand_ins.filter(withdrawn_at=None).first()
        assert (row is not None) is (name in namers), name
        if row is not None:
            client.post(at(campaign, f"thoi/{row.pk}/"))


def test_another_owner_of_the_field_is_proposed_first_then_the_next_in_the_ring(world: World, draft: Campaign) -> None:
    field = draft.fields.get(code="institutions")
    offices = [world.told.offices[name] for name in ("Phòng Tư pháp", "Phòng Giáo dục và Đào tạo")]
    parts.set_owners(draft, thing=field, offices=offices, **make.WHO)
    told = {each.name: each for each in conflicts(draft, make.OPENS)}
    assert told["Phòng Tư pháp"].proposed == f"office:{offices[1].pk}"
    ring = list(told)
    alone = next(name for name in ring if not told[name].sharing)
    following = ring[(ring.index(alone) + 1) % len(ring)]
    assert told[alone].proposed == f"office:{told[following].unit}"


def test_nobody_stands_in_for_the_own_office(world: World, draft: Campaign) -> None:
    for each in conflicts(draft, make.OPENS):
        keys = {one.key for one in (*each.sharing, *each.offices)}
        assert f"office:{each.unit}" not in keys
        own = {f"person:{one.user_id}" for one in world.told.offices["Phòng Tư pháp"].memberships.all()}
        if each.name == "Phòng Tư pháp":
            assert not own & {one.key for one in each.people}


def test_an_office_without_a_stand_in_is_said_to_go_to_the_council(client: Client, draft: Campaign) -> None:
    assert "lên thẳng hội đồng" in text(client.get(at(draft)))


def test_one_is_named_with_the_paper_and_withdrawn(client: Client, world: World) -> None:
    campaign = world.issued()
    client.force_login(world.head)
    justice, lead = world.told.offices["Phòng Tư pháp"], world.told.offices["Phòng Nội vụ"]
    paper = {"number": "15", "notation": "QĐ-UBND", "issued_date": "2024-07-20", "file": signed("quyết định.pdf")}
    answer = client.post(at(campaign, f"{justice.pk}/"), {"who": f"office:{lead.pk}", **paper})
    assert answer["Location"] == at(campaign), text(answer)
    (row,) = queries.stand_ins(campaign, justice)
    assert (row.office_id, row.appointed_by and row.appointed_by.number) == (lead.pk, 15)
    assert "15/QĐ-UBND" in text(client.get(at(campaign)))
    client.post(at(campaign, f"thoi/{row.pk}/"))
    assert queries.stand_ins(campaign, justice) == []
    assert StandIn.objects.get().withdrawn_at is not None
    assert "đã được rút rồi" in text(client.post(at(campaign, f"thoi/{row.pk}/"), follow=True))


@pytest.mark.parametrize("who", ["", "office:0", "office:x", "person:1 OR 1", "person:999999", "unit:3"])
def test_who_is_not_in_the_list_is_refused(client: Client, world: World, draft: Campaign, who: str) -> None:
    answer = client.post(at(draft, f"{office(world, 'Phòng Tư pháp')}/"), {"who": who})
    assert (answer.status_code, StandIn.objects.exists()) == (422, False)


def test_half_a_paper_is_refused(client: Client, world: World, draft: Campaign) -> None:
    told = {"who": f"office:{office(world, 'Phòng Nội vụ')}", "number": "15"}
    answer = client.post(at(draft, f"{office(world, 'Phòng Tư pháp')}/"), told)
    assert (answer.status_code, "đủ số, ngày và tệp" in text(answer)) == (422, True)
    assert not Paper.objects.filter(number=15).exists()


def test_an_office_that_is_in_no_conflict_and_a_row_of_another_campaign_are_not_found(
    client: Client, world: World, draft: Campaign
) -> None:
    elsewhere = make.drafted(world.twin_told).campaign
    row = make.stand_in(
        elsewhere, world.twin_told.offices["Phòng Tư pháp"], office=world.twin_told.offices["Phòng Nội vụ"]
    )
    row.save()
    assert client.post(at(draft, f"thoi/{row.pk}/")).status_code == HTTPStatus.NOT_FOUND
    ward = world.told.wards["Phường 04"].pk
    assert client.post(at(draft, f"{ward}/"), {"who": "office:1"}).status_code == HTTPStatus.NOT_FOUND


def test_a_person_of_the_office_itself_is_refused(world: World, draft: Campaign) -> None:
    justice = world.told.offices["Phòng Tư pháp"]
    with pytest.raises(Refused, match="làm việc ở chính đơn vị đó"):
        standing_in.appoint_stand_in(draft, unit_in_conflict=justice, person=world.reviewer, **make.WHO)


def test_who_was_withdrawn_sees_the_campaign_no_longer(world: World) -> None:
    campaign, lan = world.issued(), accounts.member(world.twin_told.wards["Phường 04"], Role.REPORTER, "Kim")
    row = standing_in.appoint_stand_in(
        campaign, unit_in_conflict=world.told.offices["Phòng Tư pháp"], person=lan, **make.WHO
    )

    def knows() -> bool:
        return Campaign.objects.visible_to(actor_of(lan, on=make.OPENS)).filter(pk=campaign.pk).exists()

    assert knows()
    standing_in.withdraw_stand_in(row, reason="Chuyển công tác", **make.WHO)
    assert not knows()


@pytest.mark.parametrize("named", [0, 3])
def test_the_page_costs_the_same_however_many_stand_in(
    client: Client, world: World, draft: Campaign, named: int
) -> None:
    for each in conflicts(draft, make.OPENS)[:named]:
        unit = world.told.offices[each.name]
        row: Any = make.stand_in(draft, unit, person=world.decider, appointed_at=AT)
        row.save()
    with CaptureQueriesContext(connection) as captured:
        assert client.get(at(draft)).status_code == HTTPStatus.OK
    assert len([each for each in captured if "SAVEPOINT" not in each["sql"]]) <= 15

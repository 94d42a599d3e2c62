"""Entries are found by exactly those who see them, in step with what changes them."""

from datetime import date
from typing import Any

import pytest
from django.core.management import call_command

from sangkien.accounts.actor import Actor, actor_of
from sangkien.accounts.models import Membership
from sangkien.accounts.roles import Role
from sangkien.initiatives.models import CoImplementer
from sangkien.intake.finding import KIND, make_findable, make_unfindable, scopes_of
from sangkien.intake.lifecycle import Stage
from sangkien.intake.models import Entry
from sangkien.search.door import find
from sangkien.search.models import Find
from sangkien.units.models import Unit
from tests.campaigns.conftest import own_store, told, twin
from tests.factories import accounts, campaigns
from tests.factories.district3 import District3
from tests.factories.entries import entry

__all__ = ["own_store", "told", "twin"]
pytestmark = pytest.mark.django_db
ON = date(2024, 8, 1)


def actor(unit: Unit | None, role: Role, **facts: Any) -> Actor:
    """Somebody with one membership."""
    made = accounts.person(email=f"{Membership.objects.count()}@phuong.example")
    accounts.membership(made, unit, role, **facts)
    return actor_of(made, on=ON)


@pytest.fixture
def world(told: District3, twin: District3) -> dict[str, Entry]:
    """One entry of each kind in the district, and the same in its twin."""
    made = {}
    for name, where in (("own", told), ("twin", twin)):
        campaign = campaigns.issued(where)
        wards = where.wards
        made |= {
            f"{name} sent": entry(campaign, wards["Phường 04"]),
            f"{name} draft": entry(campaign, wards["Phường 04"], stage=Stage.DRAFT),
            f"{name} opened by lead": entry(campaign, wards["Phường 05"], stage=Stage.DRAFT, opened_by_lead=True),
            f"{name} together": entry(campaign, wards["Phường 05"]),
            f"{name} together in draft": entry(campaign, wards["Phường 05"], stage=Stage.DRAFT),
        }
        for each in ("together", "together in draft"):
            shared = made[f"{name} {each}"]
            CoImplementer.objects.create(initiative=shared.initiative, unit=wards["Phường 04"])
            make_findable([shared])
    return made


def _actors(told: District3) -> dict[str, Actor]:
    ward, office, uid = told.wards["Phường 04"], told.offices["Phòng Nội vụ"], campaign_uid(told)
    invited = accounts.invitation(ward, scope_uid=uid)
    return {
        "reporter": actor(ward, Role.REPORTER),
        "reporter of one campaign": actor(ward, Role.REPORTER, scope_uid=uid),
        "reporter of another campaign": actor(ward, Role.REPORTER, scope_uid=accounts.CAMPAIGN),
        "lead officer": actor(office, Role.ORGANISER),
        "issuer": actor(told.district, Role.DECIDER),
        "issuer, one campaign": actor(told.district, Role.DECIDER, scope_uid=uid),
        "auditor above": actor(told.city, Role.AUDITOR),
        "auditor of all": actor(None, Role.AUDITOR),
        "administrator": actor(None, Role.ADMINISTRATOR),
        "invited": Actor(on=ON, invitation=invited),
        "stranger": Actor(on=ON),
    }


def campaign_uid(told: District3) -> Any:
    return Entry.objects.filter(organiser=told.district).values_list("campaign__uid", flat=True)[0]


@pytest.mark.slow
def test_what_is_found_is_what_is_seen(world: dict[str, Entry], told: District3) -> None:
    """The two locks agree, for everybody."""
    names = {made.pk: name for name, made in world.items()}
    for who, each in _actors(told).items():
        seen = {names[pk] for pk in Entry.objects.visible_to(each).values_list("pk", flat=True)}
        found = {names[pk] for pk in find(KIND, "nhac hen", scopes=scopes_of(each)).ids}
        assert (who, found) == (who, seen)
        assert who in ("auditor of all", "administrator", "stranger") or not any("twin" in name for name in found)


def test_by_title_unit_and_code(told: District3) -> None:
    made = entry(campaigns.issued(told), told.wards["Phường Võ Thị Sáu"], "Tủ trả kết quả tự phục vụ")
    for text in ("tu tra ket qua", "võ thị sáu", made.code):
        assert find(KIND, text, scopes=None).ids == [made.pk]


def test_a_draft_taken_up_again_is_its_units_own(told: District3) -> None:
    made = entry(campaigns.issued(told), told.wards["Phường 04"], stage=Stage.WITHDRAWN)
    lead = scopes_of(actor(told.offices["Phòng Nội vụ"], Role.ORGANISER))
    assert find(KIND, "nhắc hẹn", scopes=lead).ids == [made.pk]
    Entry.objects.filter(pk=made.pk).update(stage=Stage.DRAFT, submitted_at=None, arrived_at=None)
    make_findable([made])
    assert find(KIND, "nhắc hẹn", scopes=lead).ids == []


def test_rebuilding_gives_the_same_rows(world: dict[str, Entry], capsys: pytest.CaptureFixture[str]) -> None:
    before = list(Find.objects.order_by("object_id").values_list("object_id", "scope", "tokens", "title"))
    Find.objects.filter(object_id=world["own sent"].pk).delete()
    Find.objects.update(tokens="x")
    call_command("rebuild_search")
    assert list(Find.objects.order_by("object_id").values_list("object_id", "scope", "tokens", "title")) == before
    assert "Đã ghi lại 10 hồ sơ" in capsys.readouterr().out


def test_three_statements_however_many(told: District3, django_assert_num_queries: Any) -> None:
    campaign = campaigns.issued(told)
    made = [entry(campaign, told.wards["Phường 04"]) for _number in range(3)]
    for some in (made[:1], made):
        with django_assert_num_queries(3):
            make_findable(some)


def test_a_thrown_away_draft_is_gone(told: District3) -> None:
    made = entry(campaigns.issued(told), told.wards["Phường 04"], stage=Stage.DRAFT)
    make_unfindable([made])
    assert find(KIND, "nhắc hẹn", scopes=None).ids == []

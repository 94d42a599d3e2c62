"""What acts and questions cost: the same statements for one and for three, and never a scan of the whole table."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext

from sangkien.accounts.actor import Actor, actor_of
from sangkien.accounts.roles import Role
from sangkien.campaigns.models import Campaign
from sangkien.intake import queries
from sangkien.intake.actions import admitting, closing, consolidating
from sangkien.intake.actions.sending import submit
from sangkien.intake.models import Entry
from tests.factories import accounts, intake
from tests.factories.district3 import District3
from tests.factories.intake import IN_TIME, LATE, LEAD

pytestmark = pytest.mark.django_db
MOST_FOR_A_SENDING = 16  # with the forms; one less on SQLite, where nothing is asked to hold the plan


def _statements(act: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as captured:
        act()
    return sum(1 for each in captured if not re.match(r"(RELEASE )?SAVEPOINT|BEGIN|COMMIT", each["sql"]))


def test_a_sending_of_one_and_of_three_entries(told: District3, campaign: Campaign) -> None:
    ward = told.wards["Phường 04"]
    one, three = [intake.draft(campaign, ward)], [intake.draft(campaign, ward) for _number in range(3)]
    for entries in (one, three):
        cost = _statements(
            lambda entries=entries: submit(campaign, ward, entries, by=intake.HEAD, at=IN_TIME, key=intake.click())
        )
        assert cost <= MOST_FOR_A_SENDING


@pytest.mark.parametrize("count", [1, 3])
def test_questions_cost_the_same_for_one_and_for_three(told: District3, campaign: Campaign, count: int) -> None:
    made = [intake.submitted(campaign, told.wards[name]) for name in list(told.wards)[:count]]
    assert _statements(lambda: queries.answers(campaign)) == 2
    assert _statements(lambda: queries.intake_per_day(campaign)) == 1
    assert _statements(lambda: queries.by_stage(campaign)) == 1
    assert _statements(lambda: queries.by_main_field(campaign)) == 1
    assert _statements(lambda: admitting.preview(campaign, made)) == 2
    assert _statements(lambda: closing.hindrances(campaign)) == 2
    intake.admitted(*made)
    assert _statements(lambda: list(queries.consolidated(campaign))) == 1


def test_freezing_a_consolidation_costs_the_same_for_one_and_for_three(told: District3, campaign: Campaign) -> None:
    costs = []
    for names in (["Phường 01"], ["Phường 02", "Phường 03"]):
        intake.admitted(*[intake.submitted(campaign, told.wards[name]) for name in names])
        costs.append(_statements(lambda: consolidating.consolidate(campaign, by=LEAD, at=IN_TIME)))
    assert costs[0] == costs[1]


def test_deferring_costs_a_fixed_part_and_the_notices(told: District3, campaign: Campaign) -> None:
    for name in ("Phường 01", "Phường 02", "Phường 03"):
        intake.submitted(campaign, told.wards[name], at=LATE)
    assert _statements(lambda: closing.defer_late(campaign, by=LEAD, at=LATE)) <= 13 + 2 * 3


@pytest.mark.parametrize("role", [Role.UNIT_HEAD, Role.ORGANISER])
def test_who_sees_what_is_asked_along_indexes(told: District3, campaign: Campaign, role: Role) -> None:
    unit = told.wards["Phường 04"] if role is Role.UNIT_HEAD else told.district
    for name in list(told.wards)[:6]:
        intake.submitted(campaign, told.wards[name])
    actor = actor_of(accounts.member(unit, role), on=date(2024, 8, 1))
    seen = Entry.objects.visible_to(actor).order_by("-submitted_at", "-pk")[:50]
    assert {each.implementer_id == unit.pk or role is Role.ORGANISER for each in seen} == {True}
    assert _scanned(seen) == []


def test_nobody_in_particular_sees_nothing(campaign: Campaign, told: District3) -> None:
    intake.submitted(campaign, told.wards["Phường 04"])
    assert not Entry.objects.visible_to(Actor(on=date(2024, 8, 1))).exists()


def _scanned(rows: "QuerySet[Any]") -> list[str]:
    """Lines of the plan that read every entry; small tables are scanned by PostgreSQL, so there it is told not to."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
        return [line for line in rows.explain().split("\n") if "Seq Scan on intake_entry" in line]
    return [line for line in rows.explain().split("\n") if re.search(r"SCAN intake_entry\b", line)]

"""``may()``: role x permission on unsaved rows; units, campaigns, days, invitations; every refusal has its reason."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from sangkien.accounts.actor import Actor
from sangkien.accounts.models import Invitation, User
from sangkien.accounts.permissions import may
from sangkien.accounts.roles import INVITED, PERMISSIONS, Permission, Role
from sangkien.units.models import Unit
from tests.factories.accounts import CAMPAIGN, unsaved_membership
from tests.factories.units import unit

DAY = date(2026, 7, 9)
HERE, TWIN = Unit(pk=4), Unit(pk=104)  # two wards of one name in two authorities
OTHER_CAMPAIGN = UUID("00000000-0000-0000-0000-000000000001")
MATRIX = [(role, permission) for role in Role.granted() for permission in Permission]


def holder(role: Role, at: Unit | None = HERE, **facts: object) -> Actor:
    return Actor(on=DAY, user=User(pk=1), memberships=(unsaved_membership(at, role, **facts),))


def invited() -> Actor:
    end = datetime(2026, 9, 15, tzinfo=UTC)
    return Actor(on=DAY, invitation=Invitation(unit=HERE, scope_uid=CAMPAIGN, expires_at=end))


@pytest.mark.parametrize(("role", "permission"), MATRIX)
def test_the_holder_of_a_role_may_what_the_table_says(role: Role, permission: Permission) -> None:
    verdict = may(holder(role), permission, unit=HERE)
    assert bool(verdict) == (permission in PERMISSIONS[role])
    assert bool(verdict.reason) != bool(verdict)


@pytest.mark.django_db
@pytest.mark.parametrize(("role", "permission"), [each for each in MATRIX if each[1] != Permission.READ_LIBRARY])
def test_nobody_may_anything_in_the_unit_of_the_same_name_elsewhere(role: Role, permission: Permission) -> None:
    assert not may(holder(role), permission, unit=TWIN)


@pytest.mark.parametrize("permission", Permission)
def test_who_is_not_signed_in_may_only_read_the_library(permission: Permission) -> None:
    verdict = may(Actor(on=DAY), permission)
    assert bool(verdict) == (permission == Permission.READ_LIBRARY)
    assert verdict or verdict.reason.startswith("Bạn chưa đăng nhập. Việc này của ")


@pytest.mark.parametrize("permission", Permission)
def test_an_invitation_may_its_own_few_things(permission: Permission) -> None:
    assert bool(may(invited(), permission, unit=HERE, scope=CAMPAIGN)) == (permission in INVITED)


def test_an_invitation_is_of_one_unit_and_one_campaign() -> None:
    assert may(invited(), Permission.DRAFT, unit=TWIN, scope=CAMPAIGN).reason == "Giấy mời này của đơn vị khác."
    assert may(invited(), Permission.DRAFT, unit=HERE, scope=OTHER_CAMPAIGN).reason == "Giấy mời này của đợt khác."


def test_a_refusal_names_who_may_and_what_one_is() -> None:
    verdict = may(holder(Role.REPORTER), Permission.ADMIT, unit=HERE)
    assert verdict.reason == (
        "Việc này của cán bộ đầu mối, lãnh đạo đơn vị đầu mối. Phần việc của bạn: Cán bộ báo cáo."
    )


def test_the_right_role_elsewhere_is_told_so() -> None:
    verdict = may(holder(Role.ORGANISER), Permission.ADMIT, unit=TWIN)
    assert verdict.reason == "Bạn làm việc này ở đơn vị khác, không phải ở đơn vị này."


def test_a_membership_for_one_campaign_counts_only_there() -> None:
    actor = holder(Role.ORGANISER, scope_uid=CAMPAIGN)
    assert may(actor, Permission.ADMIT, unit=HERE, scope=CAMPAIGN)
    assert not may(actor, Permission.ADMIT, unit=HERE, scope=OTHER_CAMPAIGN)
    assert may(actor, Permission.ADMIT, unit=HERE).reason == "Phần việc này của bạn chỉ dành cho một đợt khác."


@pytest.mark.parametrize(
    ("on", "allowed"),
    [(DAY - timedelta(days=1), False), (DAY, True), (DAY + timedelta(days=6), True), (DAY + timedelta(days=7), False)],
)
def test_a_membership_counts_from_its_first_day_until_the_day_it_ends(on: date, allowed: bool) -> None:
    actor = holder(Role.ORGANISER, starts_date=DAY, ends_date=DAY + timedelta(days=7))
    assert bool(may(actor, Permission.ADMIT, unit=HERE, on=on)) == allowed


def test_an_administrator_of_the_instance_reaches_every_unit() -> None:
    assert may(holder(Role.ADMINISTRATOR, None), Permission.MANAGE_PEOPLE, unit=TWIN)


@pytest.mark.django_db
def test_an_administrator_of_a_unit_reaches_the_units_below_it_and_no_other() -> None:
    district = unit("Quận 3")
    below, beside = unit("Phường 4", parent=district), unit("Phường 4", parent=unit("Quận 8"))
    actor = holder(Role.ADMINISTRATOR, district)
    assert may(actor, Permission.MANAGE_PEOPLE, unit=below)
    assert not may(actor, Permission.MANAGE_PEOPLE, unit=beside)
    assert not may(holder(Role.ORGANISER, district), Permission.ADMIT, unit=below)

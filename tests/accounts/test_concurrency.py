"""Several at once: the instance keeps an administrator, a role is held once, a code opens once."""

from datetime import UTC, datetime

import pytest

from sangkien.accounts.actions import first, memberships, people
from sangkien.accounts.models import Membership, User
from sangkien.accounts.refusal import Refused
from sangkien.accounts.roles import Role
from sangkien.ledger.models import Act
from sangkien.ledger.verifying import verify
from tests.factories import accounts as make
from tests.factories.units import OFFICER, unit
from tests.together import shared_database, together

__all__ = ["shared_database"]

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
NOW = datetime(2026, 7, 9, 1, 30, tzinfo=UTC)
WRITERS = 8


def test_administrators_who_close_each_other_leave_one(shared_database: None) -> None:
    administrators = [make.administrator(f"Quản trị {number}") for number in range(WRITERS)]
    raised = together(WRITERS, lambda number: people.close_account(person=administrators[number], by=OFFICER, at=NOW))
    assert [type(error) for error in raised] == [Refused]
    assert User.objects.filter(is_active=True).count() == 1
    assert verify() == []


def test_administrators_who_end_each_others_membership_leave_one(shared_database: None) -> None:
    rows = [make.administrator(f"Quản trị {number}").memberships.get() for number in range(WRITERS)]

    def end(number: int) -> None:
        memberships.close_membership(membership=rows[number], ends_date=NOW.date(), by=OFFICER, at=NOW)

    assert [type(error) for error in together(WRITERS, end)] == [Refused]
    assert Membership.objects.filter(ends_date__isnull=True).count() == 1


def test_a_role_given_twice_at_once_is_held_once(shared_database: None) -> None:
    sen, ward = make.person(), unit()

    def give(number: int) -> None:
        memberships.open_membership(
            person=sen, unit=ward, role=Role.ORGANISER, starts_date=NOW.date(), by=OFFICER, at=NOW
        )

    assert [type(error) for error in together(WRITERS, give)] == [Refused] * (WRITERS - 1)
    assert Act.objects.filter(verb="open_membership").count() == Membership.objects.count() == 1
    assert verify() == []


def test_an_envelope_opened_twice_at_once_opens_once(shared_database: None) -> None:
    quan = make.administrator()
    make.sealed_code(quan, "ABCD-EFGH")

    def reopen(number: int) -> None:
        first.open_with_sealed_code(
            email_folded=quan.email_folded, code="ABCD-EFGH", password=f"mật khẩu dài số {number}", at=NOW
        )

    assert [type(error) for error in together(4, reopen)] == [Refused] * 3
    assert Act.objects.filter(verb="open_with_sealed_code").count() == 1

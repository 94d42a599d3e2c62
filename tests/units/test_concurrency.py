"""Several people change units at once."""

from datetime import date

import pytest

from sangkien.ledger.verifying import verify as verify_ledger
from sangkien.units import actions
from sangkien.units.changing import Refused
from sangkien.units.models import Unit, UnitVersion
from sangkien.units.verifying import verify
from tests.factories.units import AT, OFFICER, new, unit
from tests.together import shared_database, together

__all__ = ["shared_database"]

ON = date(2025, 1, 1)
pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def test_two_moves_that_together_make_a_circle_are_not_both_done(shared_database: None) -> None:
    pair = [unit("Phòng A"), unit("Phòng B")]

    def move(number: int) -> None:
        actions.change_parent(pair[number], parent=pair[1 - number], on=ON, by=OFFICER, at=AT)

    assert [type(error) for error in together(2, move)] == [Refused]
    assert UnitVersion.objects.as_of(ON).filter(parent__isnull=False).count() == 1
    assert verify() == []


def test_a_double_click_establishes_once(shared_database: None) -> None:
    def establish(_number: int) -> None:
        actions.establish(new=new("Phường 4"), on=ON, by=OFFICER, at=AT)

    assert [type(error) for error in together(8, establish)] == [Refused] * 7
    assert Unit.objects.count() == 1


def test_eight_people_at_once_leave_the_tree_and_the_ledger_whole(shared_database: None) -> None:
    district = unit("Quận 3")

    def work(number: int) -> None:
        ward = actions.establish(new=new(f"Phường {number}", parent=district), on=ON, by=OFFICER, at=AT)
        actions.rename(ward, name=f"Phường Mới {number}", on=date(2025, 7, 1), by=OFFICER, at=AT)

    assert together(8, work) == []
    assert Unit.objects.count() == 9
    assert verify() == []
    assert verify_ledger() == []

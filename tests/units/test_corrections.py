"""A correction is a new row; the wrong one keeps standing with its end mark."""

from datetime import date
from typing import Any

import pytest

from sangkien.ledger.models import Act
from sangkien.units import actions, queries
from sangkien.units.changing import Refused
from sangkien.units.corrections import correct, correct_start
from sangkien.units.models import Succession, Unit, UnitVersion
from sangkien.units.verifying import verify
from tests.factories.units import AT, OFFICER, START, new, unit

pytestmark = pytest.mark.django_db
ON, LATER = date(2025, 1, 1), date(2025, 7, 1)
WHO: dict[str, Any] = {"by": OFFICER, "at": AT, "reason": "gõ nhầm"}
DO: dict[str, Any] = {"by": OFFICER, "at": AT}


def _version(of: Unit, on: date = START) -> UnitVersion:
    version = of.on(on)
    assert version is not None
    return version


def test_a_wrong_name_is_corrected_and_the_wrong_row_stays() -> None:
    ward = unit("Phường Nhâp", code="1")
    wrong = _version(ward)
    right = correct(wrong, name="Phường Nhập", code="2", **WHO)
    assert (right.name, right.name_folded, right.code, right.valid_from) == ("Phường Nhập", "phuong nhap", "2", START)
    wrong.refresh_from_db()
    assert (wrong.name, wrong.superseded_at) == ("Phường Nhâp", AT)
    assert _version(ward) == right
    act = Act.objects.about(ward.uid).last()
    assert act is not None
    assert act.verb == "unit.corrected"
    payload = (
        '{"from":"2021-02-04","new":{"code":"2","name":"Phường Nhập"},"old":{"code":"1","name":"Phường Nhâp"},'
        '"reason":"gõ nhầm"}'
    )
    assert act.payload == payload


def test_a_wrong_parent_is_corrected_with_all_that_stand_below() -> None:
    right, wrong = unit("Quận 3"), unit("Quận 5")
    ward = unit("Phường 4", parent=wrong)
    school = unit("Trường Hoa Sen", parent=ward)
    correct(_version(ward), parent=right, **WHO)
    assert [version.unit for version in queries.ancestors(school, START)] == [ward, right]
    assert verify() == []


def test_a_wrong_first_day_is_corrected() -> None:
    ward = unit("Phường 4", on=ON)
    correct_start(_version(ward, ON), valid_from=START, **WHO)
    assert _version(ward, START).name == "Phường 4"
    assert verify() == []


def test_a_wrong_day_of_a_change_moves_the_end_before_it_and_its_succession() -> None:
    ward = unit("Phường 04")
    actions.rename(ward, name="Phường 4", on=LATER, **DO)
    correct_start(_version(ward, LATER), valid_from=ON, **WHO)
    assert [_version(ward, day).name for day in (date(2024, 12, 31), ON)] == ["Phường 04", "Phường 4"]
    assert Succession.objects.get().effective_date == ON
    assert ward.versions.exclude(superseded_at=None).count() == 2
    assert verify() == []


def test_what_may_not_be_corrected_is_refused_and_changes_nothing() -> None:
    district = unit("Quận 3")
    ward = unit("Phường 4", parent=district)
    unit("Phường 5", parent=district)
    young = unit("Quận Mới", on=LATER)
    actions.rename(ward, name="Phường Bốn", on=LATER, **DO)
    heir = actions.merge([young], into=new("Quận Sau"), on=date(2026, 1, 1), **DO)
    first, last = _version(ward), _version(ward, LATER)
    for sentence, attempt in (
        ("Đã có “Phường 5”", lambda: correct(first, name="Phường 5", **WHO)),
        ("đã được ghi như vậy rồi", lambda: correct(first, name="Phường 4", **WHO)),
        ("chỉ có từ ngày 01/07/2025", lambda: correct(first, parent=young, **WHO)),
        ("lại đang trực thuộc", lambda: correct(_version(district), parent=ward, **WHO)),
        ("phải sau ngày 04/02/2021", lambda: correct_start(last, valid_from=START, **WHO)),
        ("phải trước ngày kết thúc 01/07/2025", lambda: correct_start(first, valid_from=LATER, **WHO)),
        ("“Quận 3” chỉ có từ ngày", lambda: correct_start(first, valid_from=date(2020, 1, 1), **WHO)),
        ("Có đơn vị trực thuộc từ trước ngày", lambda: correct_start(_version(district), valid_from=ON, **WHO)),
        ("sáp nhập, chia tách", lambda: correct_start(_version(heir, date(2026, 1, 1)), valid_from=LATER, **WHO)),
    ):
        count = Act.objects.count()
        with pytest.raises(Refused, match=sentence):
            attempt()
        assert (Act.objects.count(), UnitVersion.objects.exclude(superseded_at=None).count()) == (count, 0)


def test_a_version_corrected_meanwhile_is_not_corrected_again() -> None:
    ward = unit("Phường Nhâp")
    stale = _version(ward)
    correct(stale, name="Phường Nhập", **WHO)
    with pytest.raises(Refused, match="vừa được đính chính"):
        correct(stale, name="Phường Nhấp", **WHO)


@pytest.mark.parametrize("facts", [{}, {"valid_to": ON}, {"nmae": "Phường 4"}])
def test_a_fact_that_is_none_is_a_slip(facts: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="not correctable"):
        correct(_version(unit()), **facts, **WHO)

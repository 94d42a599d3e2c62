"""Memberships opened, closed and handed over; both sides or neither."""

from datetime import UTC, date, datetime

import pytest

from sangkien.accounts.actions import memberships
from sangkien.accounts.models import Membership
from sangkien.accounts.refusal import Refused
from sangkien.accounts.roles import Role
from sangkien.ledger.models import Act
from tests.factories import accounts as make
from tests.factories.units import OFFICER, unit

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 7, 9, 1, 30, tzinfo=UTC)
TODAY = date(2026, 7, 9)


def verbs() -> list[str]:
    return list(Act.objects.filter(subject_kind="membership").order_by("seq").values_list("verb", flat=True))


def test_a_membership_is_opened_once() -> None:
    sen, ward = make.person(), unit()
    facts = {"person": sen, "unit": ward, "role": Role.ORGANISER, "starts_date": TODAY, "by": OFFICER, "at": NOW}
    memberships.open_membership(**facts)
    with pytest.raises(Refused, match="đang có phần việc đó"):
        memberships.open_membership(**facts)
    assert verbs() == ["open_membership"]


def test_a_role_of_a_unit_needs_one() -> None:
    with pytest.raises(Refused, match="Hãy chọn đơn vị"):
        memberships.open_membership(
            person=make.person(), unit=None, role=Role.ORGANISER, starts_date=TODAY, by=OFFICER, at=NOW
        )


def test_a_membership_closed_today_no_longer_counts_today() -> None:
    row = make.membership(make.person(), unit())
    memberships.close_membership(membership=row, ends_date=TODAY, by=OFFICER, at=NOW)
    assert not Membership.objects.on(TODAY).exists()
    with pytest.raises(Refused, match="đã kết thúc rồi"):
        memberships.close_membership(membership=row, ends_date=TODAY, by=OFFICER, at=NOW)
    assert verbs() == ["close_membership"]


def test_a_membership_does_not_end_before_it_began() -> None:
    row = make.membership(make.person(), unit())
    with pytest.raises(Refused, match="sớm hơn ngày bắt đầu"):
        memberships.close_membership(membership=row, ends_date=date(2020, 1, 1), by=OFFICER, at=NOW)


def test_the_instance_keeps_an_administrator() -> None:
    row = make.administrator().memberships.get()
    with pytest.raises(Refused, match="người quản trị cuối cùng"):
        memberships.close_membership(membership=row, ends_date=TODAY, by=OFFICER, at=NOW)
    memberships.hand_over(membership=row, to=make.person("Đỗ Mai"), on=TODAY, by=OFFICER, at=NOW)
    assert [each.user.name for each in Membership.objects.on(TODAY)] == ["Đỗ Mai"]


def test_a_hand_over_closes_one_opens_the_next_and_lists_the_open_work() -> None:
    row, mai = make.membership(make.person(), unit(), scope_uid=make.CAMPAIGN), make.person("Đỗ Mai")
    done = memberships.hand_over(
        membership=row, to=mai, on=TODAY, by=OFFICER, at=NOW, note="Giao cả sổ", open_work=lambda _row: ["Trả lời P.4"]
    )
    assert (done.closed.ends_date, done.opened.starts_date) == (TODAY, TODAY)
    assert (done.opened.unit, done.opened.role, done.opened.scope_uid) == (row.unit, row.role, row.scope_uid)
    assert (done.open_work, done.note) == (("Trả lời P.4",), "Giao cả sổ")
    assert [each.user for each in Membership.objects.on(TODAY)] == [mai]
    assert verbs() == ["open_membership", "close_membership", "hand_over"]


def test_a_hand_over_to_who_holds_it_already_changes_nothing() -> None:
    ward = unit()
    row, mai = make.membership(make.person(), ward), make.member(ward, name="Đỗ Mai")
    with pytest.raises(Refused, match="đang có phần việc đó"):
        memberships.hand_over(membership=row, to=mai, on=TODAY, by=OFFICER, at=NOW)
    assert Membership.objects.filter(ends_date__isnull=True).count() == 2
    assert verbs() == []


def test_nothing_is_handed_to_oneself_or_to_a_closed_account() -> None:
    row = make.membership(make.person(), unit())
    with pytest.raises(Refused, match="đang giữ phần việc này"):
        memberships.hand_over(membership=row, to=row.user, on=TODAY, by=OFFICER, at=NOW)
    closed = make.person("Đỗ Mai", is_active=False, closed_at=NOW, closed_why="idle")
    with pytest.raises(Refused, match="Hãy mở lại tài khoản đó trước"):
        memberships.hand_over(membership=row, to=closed, on=TODAY, by=OFFICER, at=NOW)


def test_a_hand_over_before_the_beginning_changes_nothing() -> None:
    row = make.membership(make.person(), unit())
    with pytest.raises(Refused, match="sớm hơn ngày bắt đầu"):
        memberships.hand_over(membership=row, to=make.person("Đỗ Mai"), on=date(2020, 1, 1), by=OFFICER, at=NOW)
    assert Membership.objects.count() == 1

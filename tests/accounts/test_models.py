"""What the database itself refuses, on SQLite and PostgreSQL alike."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from sangkien.accounts.models import Invitation, Membership, SealedCode, User
from sangkien.accounts.roles import Role
from tests.factories import accounts as make
from tests.factories.units import AT, START, unit

pytestmark = pytest.mark.django_db


def refused(make_row: Any) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        make_row()


def test_one_account_for_one_office_mail_whatever_its_case() -> None:
    make.person(email="Sen.Le@phuong.example")
    refused(lambda: make.person(email="sen.le@PHUONG.example"))
    assert User.objects.get_by_natural_key("SEN.LE@phuong.example").email == "Sen.Le@phuong.example"


def test_an_account_is_closed_with_moment_and_reason_or_open_without() -> None:
    refused(lambda: make.person("Đỗ Mai", is_active=False))
    refused(lambda: make.person("Đỗ Mai", is_active=False, closed_at=AT))
    refused(lambda: make.person("Đỗ Mai", closed_at=AT, closed_why="idle"))


def test_one_open_membership_for_person_unit_and_role() -> None:
    sen, ward = make.person(), unit()
    make.membership(sen, ward, ends_date=date(2022, 1, 1))
    make.membership(sen, ward)
    refused(lambda: make.membership(sen, ward))
    make.membership(sen, ward, Role.UNIT_HEAD)
    make.membership(sen, ward, scope_uid=make.CAMPAIGN)
    refused(lambda: make.membership(sen, ward, scope_uid=make.CAMPAIGN))


def test_one_open_membership_for_the_whole_instance() -> None:
    quan = make.administrator()
    refused(lambda: make.membership(quan, None, Role.ADMINISTRATOR))


@pytest.mark.parametrize("role", [role for role in Role.granted() if role not in Role.of_the_instance()])
def test_only_administrators_and_auditors_do_without_a_unit(role: Role) -> None:
    refused(lambda: make.membership(make.person(), None, role))


def test_a_membership_holds_a_role_of_the_table_and_days_in_order() -> None:
    sen, ward = make.person(), unit()
    refused(lambda: make.membership(sen, ward, Role.VISITOR))
    refused(lambda: make.membership(sen, ward, ends_date=date(2020, 1, 1)))


def test_nobody_stands_in_for_themselves() -> None:
    row = make.membership(make.person(), unit())
    refused(lambda: Membership.objects.filter(pk=row.pk).update(acting_for=row))


def test_an_invitation_ends_after_it_began_and_a_code_has_an_end() -> None:
    ward = unit()
    now = datetime.now(UTC)
    refused(lambda: make.invitation(ward, made_at=now, expires_at=now))
    refused(lambda: make.invitation(ward, code_sha256="a" * 64))


def test_one_unused_sealed_code_for_one_person() -> None:
    quan = make.administrator()
    make.sealed_code(quan, "A")
    refused(lambda: make.sealed_code(quan, "B"))


def test_every_row_says_which_one_it_is() -> None:
    sen, ward = make.person(), unit()
    row, invitation, sealed = make.membership(sen, ward), make.invitation(ward), make.sealed_code(sen, "A")
    assert str(sen) == "Lê Thị Sen (thi.sen@phuong.example)"
    assert str(row) == f"{sen.pk} · Cán bộ đầu mối · {ward.pk} ({START:%d/%m/%Y} – …)"
    assert str(invitation).endswith(f"{ward.pk} · {invitation.purpose}")
    assert str(sealed) == f"{sealed.uid} · {sen.pk}"
    assert [model.objects.count() for model in (User, Membership, Invitation, SealedCode)] == [1, 1, 1, 1]


def test_people_are_found_with_and_without_marks() -> None:
    sen = make.person()
    make.person("Đỗ Mai")
    for words in ("sen", "Lê Thị", "le thi", "THI.SEN@"):
        assert list(User.objects.get_queryset().matching(words)) == [sen], words
    assert User.objects.get_queryset().matching("  ").count() == 2

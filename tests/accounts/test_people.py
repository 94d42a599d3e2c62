"""Accounts: opened, closed, idle, forgotten; each act on the ledger, no name in it."""

from datetime import UTC, datetime, timedelta

import pytest
from allauth.mfa.models import Authenticator
from axes.models import AccessLog

from sangkien.accounts.actions import people
from sangkien.accounts.models import User, WhyClosed
from sangkien.accounts.refusal import Refused
from sangkien.accounts.roles import Role
from sangkien.ledger.models import Act
from tests.factories import accounts as make
from tests.factories.units import OFFICER, unit

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 7, 9, 1, 30, tzinfo=UTC)
LONG_AGO = NOW - timedelta(days=46)


def verbs() -> list[str]:
    return list(Act.objects.filter(subject_kind="user").order_by("seq").values_list("verb", flat=True))


def test_a_new_person_gets_a_password_for_one_use() -> None:
    opened = people.add_person(email="Sen@phuong.example", name="Lê Thị Sen", by=OFFICER, at=NOW)
    kept = User.objects.get()
    assert kept.check_password(opened.password)
    assert (kept.must_change_password, kept.long_password, kept.is_active) == (True, True, True)
    assert len(opened.password.replace("-", "")) == 16
    assert verbs() == ["open_account"]


def test_the_same_office_mail_is_refused_with_a_sentence_and_no_act() -> None:
    make.person(email="sen@phuong.example")
    with pytest.raises(Refused, match="đã có tài khoản"):
        people.add_person(email="SEN@phuong.example", name="Người khác", by=OFFICER, at=NOW)
    assert verbs() == []


def test_the_ledger_holds_no_name_no_mail_and_no_password() -> None:
    opened = people.add_person(email="sen@phuong.example", name="Lê Thị Sen", by=OFFICER, at=NOW)
    people.forget_person(person=opened.person, by=OFFICER, at=NOW)
    written = " ".join(f"{act.actor} {act.payload}" for act in Act.objects.all())
    assert [secret for secret in ("Sen", "sen@", opened.password) if secret in written] == []


def test_a_password_given_anew_must_be_changed() -> None:
    sen = make.person(must_change_password=False)
    opened = people.give_password(person=sen, by=OFFICER, at=NOW)
    sen.refresh_from_db()
    assert sen.check_password(opened.password)
    assert sen.must_change_password
    assert not sen.check_password(make.PASSWORD)


def test_closing_and_reopening_are_one_act_each() -> None:
    sen = make.member(unit())
    people.close_account(person=sen, by=OFFICER, at=NOW)
    people.close_account(person=sen, by=OFFICER, at=NOW)
    sen.refresh_from_db()
    assert (sen.is_active, sen.closed_at, sen.closed_why) == (False, NOW, WhyClosed.BY_HAND)
    people.reopen_account(person=sen, by=OFFICER, at=NOW)
    people.reopen_account(person=sen, by=OFFICER, at=NOW)
    sen.refresh_from_db()
    assert (sen.is_active, sen.closed_at, sen.closed_why, sen.opened_at) == (True, None, "", NOW)
    assert sen.memberships.count() == 1
    assert verbs() == ["close_account", "reopen_account"]


def test_the_last_administrator_can_be_neither_closed_nor_forgotten() -> None:
    quan = make.administrator()
    for act in (people.close_account, people.forget_person):
        with pytest.raises(Refused, match="người quản trị cuối cùng"):
            act(person=quan, by=OFFICER, at=NOW)
    make.administrator("Đỗ Mai")
    people.close_account(person=quan, by=OFFICER, at=NOW)


@pytest.mark.parametrize("role", Role.granted())
def test_only_accounts_that_do_much_close_when_idle(role: Role) -> None:
    ward = unit()
    make.administrator(last_seen_at=NOW)
    idle = make.member(ward, role, opened_at=LONG_AGO, last_seen_at=LONG_AGO)
    closed = people.close_idle_accounts(idle_days=45, by=OFFICER, at=NOW)
    assert closed == ([idle] if role in Role.closed_when_idle() else [])


@pytest.mark.parametrize(
    ("facts", "closes"),
    [
        ({"opened_at": LONG_AGO}, True),
        ({"opened_at": LONG_AGO, "last_seen_at": NOW - timedelta(days=44)}, False),
        ({"opened_at": NOW - timedelta(days=44), "last_seen_at": LONG_AGO}, False),
    ],
    ids=["never used", "used lately", "reopened lately"],
)
def test_idleness_counts_from_the_last_use_or_the_opening(facts: dict[str, datetime], closes: bool) -> None:
    idle = make.member(unit(), Role.ORGANISER, **facts)
    assert people.close_idle_accounts(idle_days=45, by=OFFICER, at=NOW) == ([idle] if closes else [])
    assert people.close_idle_accounts(idle_days=45, by=OFFICER, at=NOW) == []


def test_the_last_administrator_stays_open_however_idle() -> None:
    quan = make.administrator(opened_at=LONG_AGO)
    assert people.close_idle_accounts(idle_days=45, by=OFFICER, at=NOW) == []
    quan.refresh_from_db()
    assert quan.is_active


def test_a_forgotten_person_leaves_an_id_and_nothing_personal() -> None:
    sen = make.member(unit())
    Authenticator.objects.create(user=sen, type="totp", data={"secret": "x"})
    AccessLog.objects.create(username=sen.email_folded, ip_address="127.0.0.1")
    people.forget_person(person=sen, by=OFFICER, at=NOW)
    kept = User.objects.get()
    assert (kept.name, kept.email) == (f"Người dùng {kept.pk}", f"nguoi-{kept.pk}@khong.invalid")
    assert (kept.is_active, kept.has_usable_password(), kept.closed_why) == (False, False, WhyClosed.FORGOTTEN)
    assert kept.memberships.filter(ends_date__isnull=True).count() == Authenticator.objects.count() == 0
    assert AccessLog.objects.get().username == kept.email_folded
    with pytest.raises(Refused, match="không mở lại được"):
        people.reopen_account(person=kept, by=OFFICER, at=NOW)


@pytest.mark.parametrize(("long_password", "must_change"), [(True, False), (False, True)])
def test_without_a_second_factor_a_short_password_must_be_changed(long_password: bool, must_change: bool) -> None:
    sen = make.person(long_password=long_password)
    Authenticator.objects.create(user=sen, type="totp", data={"secret": "x"})
    people.remove_second_factors(person=sen, by=OFFICER, at=NOW)
    sen.refresh_from_db()
    assert sen.must_change_password == must_change

"""The first administrator, the envelope, and the commands that print them."""

from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command

from sangkien.accounts.actions import first
from sangkien.accounts.models import Membership, SealedCode, User
from sangkien.accounts.refusal import Refused
from sangkien.accounts.roles import Role
from sangkien.ledger.models import Act
from sangkien.ledger.verifying import verify
from tests.factories import accounts as make
from tests.factories.units import OFFICER

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 7, 9, 1, 30, tzinfo=UTC)
NEW = "năm con suối chảy về biển"


def create() -> first.FirstAccount:
    return first.create_first_administrator(email="quantri@phuong.example", name="Quản trị", by=OFFICER, at=NOW)


def reopen(made: first.FirstAccount, code: str = "", email: str = "") -> first.FirstAccount:
    return first.open_with_sealed_code(
        email_folded=email or made.person.email_folded, code=code or made.sealed_code, password=NEW, at=NOW
    )


def test_the_first_administrator_administers_the_instance_with_a_password_for_one_use() -> None:
    made = create()
    row = Membership.objects.get()
    assert (row.user, row.unit, row.role) == (made.person, None, Role.ADMINISTRATOR)
    assert made.person.must_change_password
    assert User.objects.get().check_password(made.password)
    assert made.sealed_code not in SealedCode.objects.get().code_sha256
    assert list(Act.objects.order_by("seq").values_list("verb", flat=True)) == [
        "open_account",
        "open_membership",
        "seal_code",
    ]


def test_there_is_one_first_administrator() -> None:
    create()
    with pytest.raises(Refused, match="đã có người quản trị"):
        create()
    assert User.objects.count() == 1


def test_the_embedded_run_offers_an_account_until_somebody_has_come_in() -> None:
    made = first.offer_first_account(by=OFFICER, at=NOW)
    again = first.offer_first_account(by=OFFICER, at=NOW)
    assert made is not None
    assert again is not None
    person = User.objects.get()
    assert (person.email, person.must_change_password) == ("quantri@localhost", True)
    assert (person.check_password(made.password), person.check_password(again.password)) == (False, True)
    assert SealedCode.objects.filter(used_at__isnull=True).count() == 1
    person.last_seen_at = NOW
    person.save()
    assert first.offer_first_account(by=OFFICER, at=NOW) is None
    assert User.objects.count() == 1
    assert verify() == []


def test_a_named_administrator_takes_the_place_of_the_one_made_up() -> None:
    first.offer_first_account(by=OFFICER, at=NOW)
    made = create()
    assert User.objects.get().email == "quantri@phuong.example"
    assert User.objects.get().check_password(made.password)
    assert first.offer_first_account(by=OFFICER, at=NOW) is None


def test_the_envelope_opens_a_closed_account_once_and_gives_the_next_code() -> None:
    made = create()
    Authenticator.objects.create(user=made.person, type="totp", data={"secret": "x"})
    User.objects.update(is_active=False, closed_at=NOW, closed_why="idle")
    opened = reopen(made)
    kept = User.objects.get()
    assert (kept.is_active, kept.must_change_password, kept.check_password(NEW)) == (True, False, True)
    assert Authenticator.objects.count() == 0
    with pytest.raises(Refused, match="mã đã dùng rồi"):
        reopen(made)
    assert reopen(made, opened.sealed_code).sealed_code != opened.sealed_code
    assert Act.objects.filter(verb="open_with_sealed_code").count() == 2
    assert verify() == []


def test_the_code_is_taken_as_people_type_it() -> None:
    made = create()
    assert reopen(made, f" {made.sealed_code.lower().replace('-', ' ')} ")


@pytest.mark.parametrize(("code", "email"), [("AAAA-AAAA", ""), ("", "nguoi.khac@phuong.example")])
def test_a_wrong_pair_says_the_same_whatever_is_wrong(code: str, email: str) -> None:
    made = create()
    with pytest.raises(Refused, match="chưa đúng, hoặc mã đã dùng rồi"):
        reopen(made, code, email)
    assert User.objects.get().check_password(made.password)


def test_a_new_code_makes_the_old_envelope_void() -> None:
    made = create()
    first.seal_new_code(person=made.person, by=OFFICER, at=NOW)
    with pytest.raises(Refused):
        reopen(made)


def test_the_command_prints_both_secrets_once_and_refuses_a_second_time() -> None:
    out = StringIO()
    call_command("createadmin", "quantri@phuong.example", stdout=out)
    person = User.objects.get()
    password = out.getvalue().split("Mật khẩu:")[1].split()[0]
    code = out.getvalue().split("Mã niêm phong:")[1].split()[0]
    assert person.check_password(password)
    assert first.open_with_sealed_code(email_folded=person.email_folded, code=code, password=NEW, at=datetime.now(UTC))
    with pytest.raises(CommandError, match="đã có người quản trị"):
        call_command("createadmin", "khac@phuong.example", stdout=out)


def test_the_command_wants_a_mail_address() -> None:
    with pytest.raises(CommandError, match="Địa chỉ thư chưa đúng"):
        call_command("createadmin", "quản trị")


def test_the_command_for_idle_accounts_says_how_many() -> None:
    make.administrator(last_seen_at=datetime.now(UTC))
    make.administrator("Đỗ Mai", opened_at=datetime.now(UTC) - timedelta(days=46))
    out = StringIO()
    call_command("close_idle_accounts", stdout=out)
    assert out.getvalue() == "Đã đóng 1 tài khoản không dùng quá 45 ngày.\n"

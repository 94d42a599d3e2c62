"""Writing a notice, and its text to copy."""

import pytest
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string

from sangkien.accounts.models import User
from sangkien.notices import actions
from sangkien.notices.models import Delivery, Message
from sangkien.notices.sharing import shared
from sangkien.units.models import Unit
from tests.factories import accounts as make
from tests.factories.ledger import AT
from tests.factories.notices import SUBJECT, delivery, message
from tests.factories.units import unit

pytestmark = pytest.mark.django_db
SITE = "https://sangkien.quan3.example"


@pytest.fixture
def ward() -> Unit:
    return unit("Phường 4")


@pytest.fixture
def sen(ward: Unit) -> User:
    return make.member(ward)


def test_a_second_notice_of_a_key_is_the_first(ward: Unit) -> None:
    first = message(ward, title="Đợt mở")
    assert message(ward, title="Đợt mở lại").pk == first.pk
    assert list(Message.objects.values_list("title", flat=True)) == ["Đợt mở"]


@pytest.mark.django_db(transaction=True)
def test_a_notice_stands_in_the_transaction_of_its_cause() -> None:
    ward = unit("Phường 4")
    with pytest.raises(RuntimeError, match="outside the transaction"):
        actions.tell(
            ward, kind="opened", subject_uid=SUBJECT, title="Đợt mở", text="Bạn xem.", path="/", key="a", at=AT
        )
    with transaction.atomic():
        message(ward)
        transaction.set_rollback(True)
    assert not Message.objects.exists()


@pytest.mark.parametrize("path", ["https://example.com/", "//example.com/", "dot/2024/", ""])
def test_a_notice_leads_to_this_site_only(ward: Unit, path: str) -> None:
    with pytest.raises(ValueError, match="no page of this site"):
        message(ward, path=path)


@pytest.mark.parametrize("text", ["", "hai\ndòng", "hai\rdòng", "hai\u2028dòng"])
def test_title_and_text_are_one_line_each(ward: Unit, text: str) -> None:
    for field in ("title", "text"):
        with pytest.raises(ValueError, match="one line each"):
            message(ward, **{field: text})


def test_exactly_one_is_told(ward: Unit, sen: User) -> None:
    told = message(ward)
    for facts in ({"to_user": sen}, {"to_unit": None}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Message.objects.filter(pk=told.pk).update(**facts)


def test_a_delivery_goes_to_exactly_one_and_once(ward: Unit, sen: User) -> None:
    made = delivery(message(ward), sen)
    assert str(made) == f"{made.message_id} → {sen.pk} · 0"
    with pytest.raises(IntegrityError), transaction.atomic():
        delivery(made.message, sen)
    with pytest.raises(IntegrityError), transaction.atomic():
        Delivery.objects.filter(pk=made.pk).update(to_user=None)


def test_the_text_to_copy_is_three_plain_lines_with_the_link_last(ward: Unit) -> None:
    copied = shared(message(ward), SITE)
    assert copied.text.splitlines() == [
        "Đợt 2024 đang chờ báo cáo của đơn vị bạn",
        "Hạn gửi là 23:59 ngày 15/09/2024. Bạn mở trang của đợt để soạn và gửi.",
        "https://sangkien.quan3.example/dot/2024/",
    ]
    assert copied.qr.startswith("<svg")


def test_the_component_shows_what_is_copied_and_the_qr(ward: Unit) -> None:
    copied = shared(message(ward, text="Bạn xem <b>tệp</b>."), SITE)
    html = render_to_string("ui/share.html", {"text": copied.text, "qr": copied.qr, "id": "share"})
    assert "Bạn xem &lt;b&gt;tệp&lt;/b&gt;." in html
    assert copied.qr in html

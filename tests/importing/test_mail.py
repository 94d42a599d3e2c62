"""Mails: attachments, sender and arrival are taken; nothing in a mail makes reading fail."""

from datetime import UTC, datetime
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sangkien.importing import mail as mails
from sangkien.importing.models import FileState, ImportBatch, ImportedFile, ImportedRow
from sangkien.intake.models import Channel
from tests.factories import importing as make
from tests.intake.views.conftest import World


def test_the_facts_of_a_mail() -> None:
    read = mails.read_mail(make.mail(("Báo cáo.docx", b"PK"), Subject="Báo cáo giải pháp của phường"))
    assert read.identity == "<bao-cao-1@quan3.example>"
    assert read.sender == "Phường 4 <phuong4@quan3.example>"
    assert read.subject == "Báo cáo giải pháp của phường"
    assert read.arrived_at == datetime(2024, 7, 31, 2, 5, tzinfo=UTC)  # by our server, not by the sender's clock
    assert [(part.name, part.data) for part in read.parts] == [("Báo cáo.docx", b"PK")]


def test_without_our_servers_stamp_the_senders_clock_counts() -> None:
    data = make.mail(("a.docx", b"PK")).split(b"\r\n", 1)[1]
    assert mails.read_mail(data).arrived_at == datetime(2024, 7, 31, 2, 0, tzinfo=UTC)


def test_a_mail_without_attachment_gives_its_own_words() -> None:
    (part,) = mails.read_mail(make.mail()).parts
    assert part.name == mails.BODY_NAME
    assert "phường xin gửi báo cáo" in part.data.decode()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"From: \xff\xfe\r\nDate: hom qua\r\n\r\nx",
        b"Subject: =?utf-99?b?////?=\r\nFrom: =?utf-8?q?=ZZ?=\r\nDate: Wed, 99 Foo 2024\r\n\r\n",
        b"Content-Type: multipart/mixed; boundary=\r\n\r\n--\r\n",
        b"Content-Type: text/plain; charset=khong-co\r\n\r\nxin chao",
        b"Content-Transfer-Encoding: base64\r\nContent-Type: application/x; name=a\r\n\r\n###",
        b"Content-Type: message/rfc822\r\n\r\n" * 200 + b"x",
    ],
)
def test_a_broken_mail_is_read_as_far_as_it_goes(data: bytes) -> None:
    read = mails.read_mail(data)
    assert read.identity
    assert "\0" not in read.subject + read.sender


@given(st.binary(max_size=300), st.integers(0, 400))
def test_no_bytes_make_reading_fail(noise: bytes, place: int) -> None:
    data = make.mail(("Báo cáo.docx", b"PK\x03\x04"))
    assert mails.read_mail(data[:place] + noise + data[place:]).identity
    assert mails.read_mail(noise).identity


@pytest.mark.slow
@pytest.mark.django_db
def test_a_mail_file_becomes_the_same_queue_with_its_letter_facts(world: World) -> None:
    data = make.mail(("Báo cáo phường 4.docx", make.one()), ("chu-ky.png", b"not a picture"))
    read, refused = make.read(world.campaign, None, make.upload(data, "Thư của phường.eml"))
    assert (read.state, read.name) == (FileState.READ, "Báo cáo phường 4.docx")
    assert refused.state == FileState.REFUSED
    batch = ImportBatch.objects.get()
    assert (batch.channel, batch.subject) == (Channel.MAIL, "Báo cáo giải pháp năm 2024")
    assert batch.arrived_at == datetime(2024, 7, 31, 2, 5, tzinfo=UTC)
    assert batch.mail is not None
    assert batch.mail.blob.media_type == "message/rfc822"
    assert ImportedRow.objects.get().unit == world.ward


@pytest.mark.slow
@pytest.mark.django_db
def test_the_same_mail_twice_counts_once(world: World) -> None:
    data = make.mail(("Báo cáo.docx", make.one()))
    make.read(world.campaign, None, make.upload(data, "a.eml"))
    again = make.queued(world.campaign, None, make.upload(data, "b.eml"))
    assert (again.known_mails, again.job) == (1, None)
    assert (ImportBatch.objects.count(), ImportedFile.objects.count()) == (1, 1)


@pytest.mark.slow
@pytest.mark.django_db
def test_a_mailbox_file_holds_many_mails(world: World) -> None:
    first = make.mail(("Một.docx", make.one(title="Một cửa lưu động")))
    second = make.mail(("Hai.docx", make.one(title="Tủ sách pháp luật")), **{"Message-ID": "<hai@quan3.example>"})
    make.read(world.campaign, None, make.upload(make.mailbox(first, second), "hop-thu.mbox"))
    assert ImportBatch.objects.filter(channel=Channel.MAIL).count() == 2
    titles = {row.facts()["title"] for row in ImportedRow.objects.all()}
    assert titles == {"Một cửa lưu động", "Tủ sách pháp luật"}


def test_a_picture_in_the_text_is_kept_where_it_may_be_the_report_and_small_signs_are_not() -> None:
    message = EmailMessage()
    message["Subject"] = "Báo cáo chụp lại"
    message.set_content("Xem ảnh.")
    message.add_alternative("<p>Xem ảnh.</p>", subtype="html")
    html = message.get_payload()[1]  # type: ignore[index]  # two alternatives
    html.add_related(b"\x89PNG" + bytes(mails.SMALLEST_PICTURE), "image", "png", cid="<bao-cao>")  # type: ignore[union-attr]  # as above
    html.add_related(b"\x89PNG nho", "image", "png", cid="<logo>", filename="logo.png", disposition="inline")  # type: ignore[union-attr]  # as above
    (part,) = mails.read_mail(message.as_bytes()).parts
    assert part.name.startswith("anh-trong-thu-")
    assert part.name.endswith(".png")
    assert len(part.data) > mails.SMALLEST_PICTURE

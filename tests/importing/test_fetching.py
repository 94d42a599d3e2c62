"""The watched mailbox: new mails come once, over TLS, and the mailbox stays as it was."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from sangkien.campaigns.models import Campaign
from sangkien.config.environment import Inbox
from sangkien.importing import choosing, fetching, queueing, reading
from sangkien.importing.models import FileState, ImportBatch, ImportedFile, Mailbox
from sangkien.jobs.clock import ClockDuty, tick
from sangkien.jobs.models import Job, State
from sangkien.jobs.worker import Worker
from tests.factories import importing as make
from tests.factories import intake
from tests.factories.district3 import District3
from tests.factories.intake import IN_TIME
from tests.imap_server import ImapServer, serving
from tests.intake.views.conftest import World

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
DUTIES = [ClockDuty(fetching.DUTY, fetching.start_when_due)]


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate of its own for "localhost", key and chain in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=2))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("tls") / "localhost.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(private + made.public_bytes(serialization.Encoding.PEM))
    return path


@dataclass
class Box:
    """A server with a mailbox that this instance watches."""

    server: ImapServer
    at: datetime = IN_TIME

    def pass_time(self) -> None:
        """Some minutes later the clock ticks and the worker works."""
        self.at += timedelta(minutes=6)
        tick(DUTIES, at=self.at)
        worker = Worker({fetching.KIND: fetching.step, queueing.KIND: reading.step}, now=lambda: self.at)
        while worker.run_one():
            pass


@pytest.fixture
def box(settings: Any, world: World, certificate: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Box]:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with serving(certificate) as server:
        settings.SANGKIEN_INBOX = Inbox(
            "imap+ssl", "localhost", server.port, "bao-cao@quan3.example", server.password, "INBOX"
        )
        yield Box(server)


def test_new_mails_come_into_the_queue_once(box: Box, world: World) -> None:
    box.server.mails = {
        4: make.mail(("Báo cáo.docx", make.one())),
        9: make.mail(**{"Message-ID": "<khac@quan3.example>"}),
    }
    box.pass_time()
    files = ImportedFile.objects.order_by("pk")
    assert [each.name for each in files] == ["Báo cáo.docx", "Nội dung thư.txt"]
    assert files[0].state == FileState.READ
    assert {each.campaign_id for each in files} == {choosing.running()[0].pk}
    assert Mailbox.objects.get().last_seen == 9
    box.pass_time()
    assert ImportedFile.objects.count() == 2
    box.server.mails[12] = make.mail(("Bổ sung.docx", make.one(title="Khác")), **{"Message-ID": "<ba@quan3.example>"})
    box.pass_time()
    assert ImportedFile.objects.count() == 3


def test_of_several_campaigns_that_which_the_mail_names_gets_it_and_a_person_may_say_another(
    box: Box, world: World, told: District3
) -> None:
    later = intake.second_campaign(told)
    Campaign.objects.filter(pk=world.twin_campaign.pk).update(state="concluded")  # it has a plan of the same number
    assert choosing.running()[0] == later
    box.server.mails = {
        1: make.mail(("a.docx", make.one()), Subject="Báo cáo theo Kế hoạch 230/KH-UBND"),
        2: make.mail(("b.docx", make.one(title="Khác")), **{"Message-ID": "<hai@quan3.example>"}),
    }
    box.pass_time()
    assert dict(ImportedFile.objects.values_list("name", "campaign")) == {
        "a.docx": world.campaign.pk,
        "b.docx": later.pk,
    }
    queueing.move(ImportBatch.objects.get(campaign=later), to=world.campaign, by=intake.LEAD, at=box.at)
    box.server.numbering = 8  # the server numbers anew: both come by once more
    box.pass_time()
    assert set(ImportedFile.objects.values_list("campaign", flat=True)) == {world.campaign.pk}
    assert ImportBatch.objects.count() == 2


def test_a_password_without_marks_signs_in_the_old_way(box: Box, settings: Any) -> None:
    settings.SANGKIEN_INBOX = replace(settings.SANGKIEN_INBOX, password="bon-con-seu")
    box.server.password = "bon-con-seu"
    box.server.mails = {1: make.mail(("Báo cáo.docx", make.one()))}
    box.pass_time()
    assert ImportBatch.objects.count() == 1
    assert any(each.startswith("LOGIN") for each in box.server.said)


def test_the_mailbox_stays_as_it_was(box: Box) -> None:
    box.server.mails = {1: make.mail(("Báo cáo.docx", make.one()))}
    box.pass_time()
    said = [each.upper() for each in box.server.said]
    assert any(each.startswith("EXAMINE") for each in said)
    assert not any(word in each for each in said for word in ("STORE", "EXPUNGE", "MOVE", "SELECT", "COPY"))
    assert all("PEEK" in each for each in said if "BODY" in each)


def test_when_the_server_numbers_anew_nothing_comes_twice(box: Box) -> None:
    box.server.mails = {5: make.mail(("Báo cáo.docx", make.one()))}
    box.pass_time()
    box.server.numbering, box.server.mails = 8, {1: box.server.mails[5]}
    box.pass_time()
    assert ImportBatch.objects.count() == 1
    assert (Mailbox.objects.get().numbering, Mailbox.objects.get().last_seen) == (8, 1)


def test_many_mails_come_in_several_steps(box: Box) -> None:
    count = fetching.AT_ONCE + 3
    box.server.mails = {
        n: make.mail(("a.docx", make.one(title=f"Giải pháp {n}")), **{"Message-ID": f"<{n}@quan3.example>"})
        for n in range(1, count + 1)
    }
    box.pass_time()
    assert ImportBatch.objects.count() == count
    assert set(Job.objects.values_list("state", flat=True)) == {State.DONE}


def test_a_wrong_password_is_told_and_tried_again(box: Box, settings: Any) -> None:
    told, box.server.password = box.server.password, "đã đổi"
    box.pass_time()
    trouble = Mailbox.objects.get().trouble
    assert "Chưa lấy được thư" in trouble
    assert told not in trouble
    box.server.password = told
    box.server.mails = {1: make.mail(("Báo cáo.docx", make.one()))}
    box.pass_time()
    assert Mailbox.objects.get().trouble == ""
    assert ImportBatch.objects.count() == 1


def test_a_certificate_that_is_not_trusted_ends_the_talk(box: Box, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")
    box.server.mails = {1: make.mail(("Báo cáo.docx", make.one()))}
    box.pass_time()
    assert "Chưa lấy được thư" in Mailbox.objects.get().trouble
    assert not box.server.said
    assert not ImportBatch.objects.exists()


def test_it_looks_every_few_minutes_and_one_job_at_a_time(box: Box) -> None:
    tick(DUTIES, at=box.at)
    tick(DUTIES, at=box.at + timedelta(minutes=6))
    assert Job.objects.count() == 1
    box.pass_time()
    tick(DUTIES, at=box.at + timedelta(minutes=1))
    assert not Job.objects.open().exists()


def test_without_a_running_campaign_mails_wait(box: Box, world: World) -> None:
    for campaign in (world.campaign, world.twin_campaign):
        type(campaign).objects.filter(pk=campaign.pk).update(state="concluded")
    box.server.mails = {1: make.mail(("Báo cáo.docx", make.one()))}
    box.pass_time()
    assert "Chưa có đợt nào" in Mailbox.objects.get().trouble
    assert Mailbox.objects.get().last_seen == 0

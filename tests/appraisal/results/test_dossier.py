"""All slips of one entry as one file: what it holds, for whom, and that it tells no more than its reader may know."""

import io
import zipfile
from http import HTTPStatus

import pypdfium2
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from sangkien.accounts.models import User
from sangkien.appraisal.models import (
    Assignment,
    Opinion,
    PresentationSession,
    ScoreSheet,
    SessionItem,
    TieBreak,
    Verdict,
)
from sangkien.intake.models import Entry
from tests.appraisal.results.world import Scored
from tests.desk.world import NOW
from tests.factories import appraisal

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def of(entry: Entry, form: str = "docx") -> str:
    return f"/dot/{entry.campaign.uid}/ket-qua/{entry.code}/ho-so.{form}"


def read(person: User, entry: Entry) -> str:
    client = Client()
    client.force_login(person)
    answer = client.get(of(entry))
    assert answer.status_code == HTTPStatus.OK
    with zipfile.ZipFile(io.BytesIO(answer.content)) as packed:
        return packed.read("word/document.xml").decode()


def opinion(given: Assignment, reasons: str) -> None:
    Opinion.objects.create(
        assignment=given, verdict=Verdict.SUPPORT, reasons=reasons, filed_at=NOW, filed_by="user:1",
        drafted_by="user:1", edited_at=NOW, sha256="0" * 64,
    )  # fmt: skip


@pytest.fixture
def told(scored: Scored) -> Scored:
    """The first entry has an opinion, a counted vote, sheets with comments."""
    scored.all_read()
    first = scored.entries[0]
    given = appraisal.assignment(first, scored.world.told.offices["Phòng Tư pháp"])
    opinion(given, "Đúng thẩm quyền của phường.")
    session = PresentationSession.objects.create(
        campaign=scored.campaign, panel=scored.panel, kind="council", title="Phiên họp thứ nhất", place="Phòng họp 2",
        starts_at=NOW, planned_at=NOW, planned_by="user:1",
    )  # fmt: skip
    SessionItem.objects.create(
        session=session, entry=first, position=1, started_at=NOW, ended_at=NOW, note="Hội đồng hỏi về chi phí.",
        vote_method="hands", entitled=5, present=5, yes=4, no=1, blank=0, passed=True, counted_at=NOW,
        counted_by="user:1",
    )  # fmt: skip
    ScoreSheet.objects.filter(entry=first).update(comment="Số liệu rõ.", private_note="Xem lại sau.")
    return scored


def test_it_holds_text_opinion_vote_sheets_and_every_step(told: Scored) -> None:
    said = read(told.world.decider, told.entries[0])
    for part in (
        "HỒ SƠ THẨM ĐỊNH", "Trả kết quả tại nhà", "Người dân đi lại nhiều lần.", "Phòng Tư pháp",
        "Đúng thẩm quyền của phường.", "4 đồng ý, 1 không đồng ý", "Hội đồng hỏi về chi phí.", "Số liệu rõ.", "87,33",
        "Có 3 phiếu được tính.",
    ):  # fmt: skip
        assert part in said
    assert "Xem lại sau." not in said


def test_judges_are_named_only_for_who_may_know_how_severe_each_was(told: Scored) -> None:
    assert "Người chấm 2" in read(told.world.decider, told.entries[0])
    said = read(told.world.officer, told.entries[0])
    assert "Người chấm" not in said.replace("người chấm", "")
    assert "Phiếu 3" in said


def test_what_is_hidden_has_no_dossier_and_leaves_no_trace_in_another(told: Scored) -> None:
    own, other = told.entries[3], told.entries[0]
    TieBreak.objects.create(
        campaign=told.campaign, first=other, then=own, reason="Áp dụng rộng hơn.", made_at=NOW, made_by="user:1"
    )
    client = Client()
    client.force_login(told.world.officer)
    assert client.get(of(own)).status_code == HTTPStatus.NOT_FOUND
    assert "Áp dụng rộng hơn." not in read(told.world.officer, other)
    assert "Áp dụng rộng hơn." in read(told.world.decider, other)


def test_an_order_before_a_hidden_entry_is_neither_shown_nor_lifted(told: Scored) -> None:
    own, other = told.entries[3], told.entries[0]
    order = TieBreak.objects.create(
        campaign=told.campaign, first=other, then=own, reason="Áp dụng rộng hơn.", made_at=NOW, made_by="user:1"
    )
    client = Client()
    client.force_login(told.world.officer)
    assert "Áp dụng rộng hơn." not in client.get(of(other).rpartition("ho-so")[0]).content.decode()
    lifted = client.post(f"/dot/{told.campaign.uid}/ket-qua/thu-tu/{order.uid}/bo/")
    assert lifted.status_code == HTTPStatus.NOT_FOUND
    assert TieBreak.objects.get().lifted_at is None


@pytest.mark.parametrize("name", ["reporter", "head", "stranger", "reviewer", "auditor", "outsider", "namesake"])
def test_strangers_find_no_dossier(told: Scored, name: str) -> None:
    client = Client()
    client.force_login(getattr(told.world, name))
    assert client.get(of(told.entries[0])).status_code == HTTPStatus.NOT_FOUND


def test_who_still_has_sheets_to_hand_in_waits(told: Scored) -> None:
    appraisal.reading(told.judges[0], told.entries[2])
    client = Client()
    client.force_login(told.people[0])
    assert client.get(of(told.entries[0])).status_code == HTTPStatus.NOT_FOUND


def test_as_pdf_it_says_the_same_and_no_other_form_is_made(told: Scored) -> None:
    client = Client()
    client.force_login(told.world.decider)
    answer = client.get(of(told.entries[0], "pdf"))
    said = " ".join(
        " ".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(answer.content)).split()
    )
    assert "Đúng thẩm quyền của phường." in said
    assert client.get(of(told.entries[0], "odt")).status_code == HTTPStatus.NOT_FOUND


def test_as_many_statements_for_many_slips_as_for_few(told: Scored) -> None:
    client, entry = Client(), told.entries[0]
    client.force_login(told.world.decider)
    few = statements(client, entry)
    opinion(appraisal.assignment(entry, told.judges[3].unit), "Nên nhân rộng.")
    told.read(entry, 70, 71, first=3)
    assert statements(client, entry) == few


def statements(client: Client, entry: Entry) -> int:
    client.get(of(entry))
    with CaptureQueriesContext(connection) as asked:
        client.get(of(entry))
    return len(asked)

"""Bàn giao: the open work of unit and role goes along, and the minutes come out as Word and PDF."""

from http import HTTPStatus
from io import BytesIO
from typing import Any

import docx
import pytest
from django.test import Client
from django.utils import timezone

from sangkien.accounts.models import Membership, User
from sangkien.accounts.roles import Role
from sangkien.appraisal.models import Opinion, PresentationSession, SiteVisit
from sangkien.attachments.models import Attachment
from sangkien.backoffice.duties import open_work
from sangkien.backoffice.views import minutes
from sangkien.ledger.verifying import verify
from sangkien.papers.models import Paper
from sangkien.papers.refusal import Refused
from tests.backoffice.world import AT, OFFICER, statements, text
from tests.factories import accounts as make
from tests.factories import appraisal, campaigns, district3, entries

pytestmark = pytest.mark.django_db
INDEX = "/quan-tri/bien-ban/"


class Office:
    """Plan 230 runs; the officer who leads it moves on."""

    def __init__(self) -> None:
        self.told = district3.twelve_wards(by=OFFICER, at=AT)
        self.campaign = campaigns.issued(self.told)
        self.lead = self.told.offices["Phòng Nội vụ"]
        self.admin = make.administrator()
        self.local = make.member(self.told.district, Role.ADMINISTRATOR, "Đỗ Mai", email="mai@quan3.example")
        self.giver = make.member(self.lead, Role.ORGANISER, "Lê Thị Sen", email="sen@quan3.example")
        self.taker = make.member(self.lead, Role.REPORTER, "Vũ Thu Hà", email="ha@quan3.example")
        self.twin = make.member(self.told.wards["Phường 05"], Role.ADMINISTRATOR, "Đỗ Mai", email="mai@p5.example")

    def held(self, person: User) -> Membership:
        return person.memberships.get(ends_date=None)

    def address(self) -> str:
        return f"/quan-tri/phan-viec/{self.held(self.giver).uid}/ban-giao/"

    def hand_over(self, client: Client) -> Any:
        data = {"to": "ha@quan3.example", "on": timezone.localdate().isoformat(), "note": "Giao cả sổ theo dõi giấy"}
        return client.post(self.address(), data, follow=True)


@pytest.fixture
def office() -> Office:
    return Office()


def test_the_open_work_is_that_of_unit_and_role(office: Office) -> None:
    (led,) = open_work(office.held(office.giver))
    assert "hạn 15/09/2024: 18 đơn vị chưa trả lời, 0 báo cáo chờ tiếp nhận." in led
    (asked,) = open_work(office.held(office.taker))
    assert asked.startswith("Trả lời đợt “")
    reviewer = make.member(office.told.offices["Phòng Tư pháp"], Role.FIELD_HEAD, "Trần An", email="an@quan3.example")
    (field,) = open_work(office.held(reviewer))
    assert field.startswith("Phụ trách “Cải cách thể chế” trong đợt")
    assert open_work(office.held(office.admin)) == []
    decider = make.member(office.told.district, Role.DECIDER, "Bùi Ba", email="ba@quan3.example")
    assert open_work(office.held(decider)) == []


def test_opinions_and_meetings_that_are_open_go_along(office: Office) -> None:
    justice, ward = office.told.offices["Phòng Tư pháp"], office.told.wards["Phường 05"]
    reviewer = make.member(justice, Role.FIELD_REVIEWER, "Trần An", email="an@quan3.example")
    waiting = entries.entry(office.campaign, ward, "Hẹn giờ qua điện thoại", stage="in_appraisal")
    done, elsewhere = (entries.entry(office.campaign, ward, stage="in_appraisal") for _each in range(2))
    appraisal.assignment(waiting, justice)
    appraisal.assignment(elsewhere, office.told.offices["Phòng Tài chính - Kế hoạch"])
    Opinion.objects.create(
        assignment=appraisal.assignment(done, justice), verdict="support", reasons="Rõ.", drafted_by="user:1",
        edited_at=AT, filed_at=AT, filed_by="user:1", sha256="0" * 64,
    )  # fmt: skip
    lines = [line for line in open_work(office.held(reviewer)) if line.startswith("Chờ ý kiến")]
    assert lines == [f"Chờ ý kiến thẩm định: {waiting.code} “Hẹn giờ qua điện thoại”, hạn 15/10/2024."]
    planned: dict[str, Any] = {"campaign": office.campaign, "planned_at": AT, "planned_by": "user:1", "starts_at": AT}
    SiteVisit.objects.create(host=ward, place="Trụ sở Phường 05", **planned)
    SiteVisit.objects.create(host=ward, place="Đã hủy", cancelled_at=AT, cancelled_reason="Mưa lớn.", **planned)
    PresentationSession.objects.create(kind="presentation", title="Buổi một", place="Hội trường", **planned)
    lines = [line for line in open_work(office.held(office.giver)) if "chưa có biên bản" in line]
    assert lines == [
        "Khảo sát lúc 08:30 09/07/2024, Trụ sở Phường 05: chưa có biên bản.",
        "Phiên họp lúc 08:30 09/07/2024, Hội trường: chưa có biên bản.",
    ]
    assert not [line for line in open_work(office.held(office.taker)) if "ý kiến" in line or "biên bản" in line]


def test_the_form_shows_what_goes_along_and_the_answer_leads_to_the_minutes(client: Client, office: Office) -> None:
    client.force_login(office.local)
    assert "18 đơn vị chưa trả lời" in text(client.get(office.address()))
    page = text(office.hand_over(client))
    assert "Biên bản bàn giao" in page
    paper = Paper.objects.get(template_version="ban-giao-1")
    assert (paper.issuer_unit, paper.get_kind_display()) == (office.lead, "Biên bản")
    taken = Membership.objects.filter(user=office.taker, unit=office.lead, role=Role.ORGANISER, ends_date=None)
    assert taken.exists()
    assert str(paper.uid) in text(client.get(INDEX))
    assert verify() == []


@pytest.mark.slow
def test_the_minutes_are_a_paper_in_word_and_pdf(client: Client, office: Office) -> None:
    client.force_login(office.local)
    office.hand_over(client)
    paper = Paper.objects.get(template_version="ban-giao-1")
    word = client.post(f"{INDEX}{paper.uid}/docx/")
    written = docx.Document(BytesIO(b"".join(word.streaming_content)))  # type: ignore[attr-defined]  # streams
    lines = [line.text for line in written.paragraphs]
    cells = [cell for table in written.tables for row in table.rows for cell in row.cells]
    lines += [line.text for cell in cells for line in cell.paragraphs]
    parts = (
        "PHÒNG NỘI VỤ", "BIÊN BẢN", "Bên giao: Lê Thị Sen.", "Bên nhận: Vũ Thu Hà.", "Giao cả sổ theo dõi giấy",
        "BÊN GIAO", "BÊN NHẬN",
    )  # fmt: skip
    assert [part for part in parts if not any(part in line for line in lines)] == []
    assert any("18 đơn vị chưa trả lời" in line for line in lines)
    pdf = client.post(f"{INDEX}{paper.uid}/pdf/")
    assert b"".join(pdf.streaming_content).startswith(b"%PDF-")  # type: ignore[attr-defined]  # streams
    made = Attachment.objects.count()
    assert b"".join(client.post(f"{INDEX}{paper.uid}/pdf/").streaming_content)  # type: ignore[attr-defined]  # streams
    assert Attachment.objects.count() == made


def test_minutes_are_for_those_who_administer_the_unit(client: Client, office: Office) -> None:
    client.force_login(office.admin)
    office.hand_over(client)
    paper = Paper.objects.get(template_version="ban-giao-1")
    for who in (office.twin, office.taker):
        client.force_login(who)
        assert client.get(f"{INDEX}{paper.uid}/").status_code == HTTPStatus.NOT_FOUND
        assert client.post(f"{INDEX}{paper.uid}/docx/").status_code == HTTPStatus.NOT_FOUND
    client.force_login(office.twin)
    assert str(paper.uid) not in text(client.get(INDEX))
    assert Attachment.objects.filter(original_name__startswith="bien-ban").count() == 0
    client.force_login(office.admin)
    assert client.get(f"{INDEX}{paper.uid}/docx/").status_code == HTTPStatus.METHOD_NOT_ALLOWED
    assert client.post(f"{INDEX}{paper.uid}/exe/").status_code == HTTPStatus.NOT_FOUND


def test_one_of_the_whole_instance_is_handed_over_on_a_page_of_its_own(client: Client, office: Office) -> None:
    client.force_login(office.admin)
    row = office.held(office.admin)
    data = {"to": "ha@quan3.example", "on": timezone.localdate().isoformat(), "note": ""}
    page = text(client.post(f"/quan-tri/phan-viec/{row.uid}/ban-giao/", data))
    assert "In trang này để hai bên ký." in page
    assert Paper.objects.filter(template_version="ban-giao-1").count() == 0


def test_nothing_is_handed_over_when_the_minutes_cannot_be_written(
    client: Client, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise Refused("Kho tệp đầy.")

    monkeypatch.setattr(minutes, "draft_minutes", refuse)
    client.force_login(office.admin)
    answer = office.hand_over(client)
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "Kho tệp đầy." in text(answer)
    assert office.held(office.giver).role == Role.ORGANISER


def test_the_form_costs_the_same_for_few_and_for_much_work(client: Client, office: Office) -> None:
    client.force_login(office.admin)
    count = statements(client, office.address())
    drafted = campaigns.drafted(office.told, year=2025).campaign
    assert "Kế hoạch đang soạn: " in text(client.get(office.address()))
    assert statements(client, office.address()) == count
    assert drafted.pk != office.campaign.pk
    assert count <= 15

"""The pages of the queue: whose they are, what they show, what a press does."""

import re
from http import HTTPStatus

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from sangkien.importing.models import ImportBatch, ImportedFile, ImportedRow
from sangkien.intake.lifecycle import Stage
from sangkien.intake.models import Entry, Submission
from sangkien.ledger.models import Act
from tests.accounts.signing_in import text
from tests.factories import importing as make
from tests.factories import intake
from tests.factories.district3 import District3
from tests.factories.intake import HEAD
from tests.intake.views.conftest import World
from tests.static_files import gather_static_files

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture(scope="module", autouse=True)
def _static_files() -> None:
    gather_static_files()


def lead_url(world: World) -> str:
    return f"/nhap-tep/dot/{world.campaign.uid}/"


def unit_url(world: World) -> str:
    return f"/bao-cao/dot/{world.campaign.uid}/{world.ward.uid}/nhap-tep/"


def read(world: World, *rows: tuple[str, ...], unit: bool = False) -> ImportedFile:
    data = make.report(*rows) if rows else make.one()
    (file,) = make.read(world.campaign, world.ward if unit else None, make.upload(data), by=HEAD)
    return file


def url(file: ImportedFile, *more: str) -> str:
    return f"/nhap-tep/{file.uid}/{''.join(f'{each}/' for each in more)}"


@pytest.mark.parametrize(
    ("who", "lead", "unit"),
    [
        ("nobody", HTTPStatus.FOUND, HTTPStatus.FOUND),
        ("lead", HTTPStatus.OK, HTTPStatus.NOT_FOUND),
        ("head", HTTPStatus.NOT_FOUND, HTTPStatus.OK),
        ("officer", HTTPStatus.NOT_FOUND, HTTPStatus.OK),
        ("invited", HTTPStatus.NOT_FOUND, HTTPStatus.OK),
        ("clerk", HTTPStatus.NOT_FOUND, HTTPStatus.NOT_FOUND),
        ("other", HTTPStatus.NOT_FOUND, HTTPStatus.NOT_FOUND),
        ("twin", HTTPStatus.NOT_FOUND, HTTPStatus.NOT_FOUND),
        ("twin_lead", HTTPStatus.NOT_FOUND, HTTPStatus.NOT_FOUND),
    ],
)
def test_each_queue_is_its_own_peoples(world: World, who: str, lead: HTTPStatus, unit: HTTPStatus) -> None:
    client = world.client(who)
    of_lead, of_unit = read(world), read(world, unit=True)
    for address, file, status in ((lead_url(world), of_lead, lead), (unit_url(world), of_unit, unit)):
        assert client.get(address).status_code == status
        for path in (url(file), url(file, "1"), url(file, "ban-goc")):
            answer = client.get(path)
            assert answer.status_code == status, path
            b"".join(answer)  # a file is open until it was read
        posted = HTTPStatus.FOUND if status == HTTPStatus.OK else status
        assert client.post(url(file, "them")).status_code == posted


def test_a_look_changes_nothing(world: World) -> None:
    client, file = world.client("lead"), read(world)
    acts, rows = Act.objects.count(), list(ImportedRow.objects.values())
    for path in (lead_url(world), url(file), url(file, "1"), "/nhap-tep/"):
        client.get(path)
    assert (Act.objects.count(), list(ImportedRow.objects.values())) == (acts, rows)
    for path in ("xac-nhan", "khong-lay", "them"):
        assert client.get(url(file, path)).status_code == HTTPStatus.METHOD_NOT_ALLOWED


def test_from_a_dropped_file_to_a_receipt(world: World) -> None:
    client = world.client("lead")
    token = re.search(r'name="token" value="([^"]+)"', text(client.get(lead_url(world))))
    assert token is not None
    send = {"files": [make.upload(make.one(field=make.CONTRADICTION))], "token": token[1]}
    job = client.post(lead_url(world), send)["Location"]
    assert job.startswith("/viec/")
    make.work()
    assert lead_url(world) in text(client.get(job))
    file = ImportedFile.objects.get()
    assert "Cần trả lời 1 chỗ" in text(client.get(lead_url(world)))
    page = text(client.get(url(file, "1")))
    assert "Đơn vị muốn nói lĩnh vực nào?" in page
    assert make.CONTRADICTION in page
    assert not re.search(r'name="fields" value="[^"]*" checked', page)
    client.post(url(file, "1"), {"fields": "institutions", "fields_sent": "1"})
    assert "Giải pháp trong tệp" in text(client.get(url(file)))
    answer = client.post(
        url(file, "xac-nhan"), {"so": "1", "arrived_date": "31/07/2024", "channel": "paper", "token": token[1]}
    )
    assert answer.status_code == HTTPStatus.FOUND, text(answer)
    assert Submission.objects.get().arrived_at.isoformat() == "2024-07-30T17:00:00+00:00"
    after = text(client.get(url(file)))
    assert "Phiếu tiếp nhận số 01" in after
    assert "Đã xác nhận" in after


def test_a_unit_makes_drafts_out_of_its_file(world: World) -> None:
    client, file = world.client("invited"), read(world, unit=True)
    answer = client.post(url(file, "xac-nhan"), {"so": "1"}, follow=True)
    assert "Đã thêm 1 bản nháp" in text(answer)
    entry = Entry.objects.get()
    assert entry.stage == Stage.DRAFT
    assert f"/giai-phap/{entry.uid}/" in text(answer)


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({}, "Chưa có ngày đến"),
        ({"arrived_date": "hôm qua"}, "không đọc được"),
        ({"arrived_date": "31/07/2024"}, "Chưa chọn báo cáo đến bằng cách nào"),
        ({"arrived_date": "31/07/2024", "channel": "paper", "letter_number": "5"}, "cần cả số và ngày"),
        ({"arrived_date": "31/07/2025", "channel": "paper"}, "muộn hơn bây giờ"),
        ({"arrived_date": "31/07/2024", "channel": "web"}, "không"),
    ],
)
def test_a_form_that_is_not_right_says_what_to_do(world: World, facts: dict[str, str], sentence: str) -> None:
    client, file = world.client("lead"), read(world)
    answer = client.post(url(file, "xac-nhan"), {"so": "1", **facts})
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert sentence in text(answer)
    assert not Submission.objects.exists()


def test_a_part_is_saved_alone_and_the_rest_stays(world: World) -> None:
    client, file = world.client("lead"), read(world)
    answer = client.post(url(file, "1"), {"content": "Hẹn giờ qua điện thoại."}, headers={"HX-Request": "true"})
    assert answer.status_code == HTTPStatus.OK
    assert "Tự lưu lúc" in text(answer)
    assert ImportedRow.objects.get().changes() == {"content": "Hẹn giờ qua điện thoại."}
    too_long = client.post(url(file, "1"), {"title": "x" * 2000}, headers={"HX-Request": "true"})
    assert too_long.status_code == HTTPStatus.UNPROCESSABLE_ENTITY


def test_the_original_comes_back_as_it_was(world: World) -> None:
    client, file = world.client("lead"), read(world)
    answer = client.get(url(file, "ban-goc"))
    assert b"".join(answer) == make.one()
    assert "Bao%20cao.docx" in answer["Content-Disposition"] or "Bao cao.docx" in answer["Content-Disposition"]


def test_the_origin_of_an_entry_is_linked_for_whoever_sees_the_entry(world: World) -> None:
    file = read(world)
    send = {"so": "1", "arrived_date": "31/07/2024", "channel": "paper"}
    world.client("lead").post(url(file, "xac-nhan"), send)
    entry = Entry.objects.get()
    path = f"/nhap-tep/giai-phap/{entry.uid}/tep-goc/"
    for who, status in (("lead", HTTPStatus.OK), ("head", HTTPStatus.OK), ("other", 404), ("twin_lead", 404)):
        answer = world.client(who).get(path)
        assert answer.status_code == status, who
        if status == HTTPStatus.OK:
            assert b"".join(answer) == make.one()
    assert path in text(world.client("head").get(f"/bao-cao/giai-phap/{entry.uid}/"))
    assert path in text(world.client("lead").get(f"/giai-phap/{entry.uid}/"))


def test_the_same_file_is_said_with_a_link(world: World) -> None:
    client, first = world.client("lead"), read(world)
    client.post(lead_url(world), {"files": [make.upload(make.one(), "Lần hai.docx")]})
    again = ImportedFile.objects.get(name="Lần hai.docx")
    assert f'href="{url(first)}"' in text(client.get(url(again)))


def test_a_file_that_a_unit_has_sent_already_is_pointed_out_to_the_lead_unit(world: World) -> None:
    own = read(world, unit=True)
    world.client("head").post(url(own, "xac-nhan"), {"so": "1"})
    lead, file = world.client("lead"), read(world)
    assert "đã thành giải pháp" not in text(lead.get(url(file)))  # a draft is the unit's own
    Entry.objects.update(stage=Stage.SUBMITTED, arrived_at="2024-08-01T02:00Z", submitted_at="2024-08-01T02:00Z")
    assert "đã thành giải pháp" in text(lead.get(url(file)))


def test_leaving_out_by_the_page(world: World) -> None:
    client, file = world.client("lead"), read(world)
    client.post(url(file, "khong-lay"), {"so": "1", "reason": "Gửi nhầm"})
    assert "Gửi nhầm" in text(client.get(url(file)))
    client.post(url(file, "1", "lay-lai"))
    assert ImportedRow.objects.get().decision == "open"


def test_nothing_chosen_and_nothing_sent_are_told(world: World) -> None:
    client = world.client("lead")
    assert "Chưa có tệp nào được chọn" in text(client.post(lead_url(world), follow=True))
    assert not ImportBatch.objects.exists()


def test_home_leads_to_the_one_place_or_offers_all(world: World) -> None:
    assert world.client("lead").get("/nhap-tep/")["Location"] == lead_url(world)
    assert world.client("invited").get("/nhap-tep/")["Location"] == unit_url(world)
    assert "Chưa có đợt nào" in text(world.client("clerk").get("/nhap-tep/"))


def _statements(client: Client, path: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as counted:
        assert client.get(path).status_code == HTTPStatus.OK
    return len(counted)


def test_pages_cost_the_same_with_many_rows(world: World) -> None:
    client = world.client("lead")
    few = read(world)
    single = [_statements(client, path) for path in (lead_url(world), url(few), url(few, "1"))]
    rows = [(f"UBND Phường {n:02}", f"Giải pháp {n}", make.CONTRADICTION, make.DESCRIBED) for n in (1, 2, 3, 4, 5)]
    many = read(world, *rows)
    for n in range(3):
        make.read(world.campaign, None, make.upload(make.one(title=f"Giải pháp khác {n}")))
    assert [_statements(client, path) for path in (lead_url(world), url(many), url(many, "1"))] == single
    assert max(single) <= 15


def test_the_lead_officer_puts_a_mail_into_the_queue_of_another_campaign(world: World, told: District3) -> None:
    other, foreign = intake.second_campaign(told), world.twin_campaign
    data = make.mail(("Báo cáo.docx", make.one()))
    (file,) = make.read(world.campaign, None, make.upload(data, "thu.eml"))
    client = world.client("lead")
    shown = text(client.get(url(file)))
    assert f'value="{other.uid}"' in shown
    assert str(foreign.uid) not in shown
    for wrong in ("", "x", str(foreign.uid)):
        client.post(url(file, "chuyen-dot"), {"campaign": wrong})
        assert "Bạn chọn đợt sẽ nhận." in text(client.get(url(file)))
    assert client.post(url(file, "chuyen-dot"), {"campaign": str(other.uid)})["Location"] == url(file)
    file.refresh_from_db()
    assert (file.campaign, file.batch.campaign) == (other, other)
    assert file.name not in text(client.get(lead_url(world)))
    assert Act.objects.filter(verb="import.moved").count() == 1
    for stranger in ("head", "twin_lead"):
        answer = world.client(stranger).post(url(file, "chuyen-dot"), {"campaign": str(world.campaign.uid)})
        assert answer.status_code == HTTPStatus.NOT_FOUND


def test_what_was_decided_or_is_there_already_stays(world: World, told: District3) -> None:
    other = intake.second_campaign(told)
    file, client = read(world), world.client("lead")
    make.read(other, None, make.upload(make.one()), by=HEAD)
    client.post(url(file, "chuyen-dot"), {"campaign": str(other.uid)})
    assert "Đợt kia đã có tệp giống hệt" in text(client.get(url(file)))
    client.post(url(file, "khong-lay"), {"so": ["1"], "reason": "Trùng"})
    client.post(url(file, "chuyen-dot"), {"campaign": str(other.uid)})
    assert "đã xác nhận hoặc đã bỏ" in text(client.get(url(file)))
    file.refresh_from_db()
    assert file.campaign == world.campaign

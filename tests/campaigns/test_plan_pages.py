"""A plan from its first form to its end, as a person without script works, and in place with it."""

import zipfile
from datetime import date, timedelta
from http import HTTPStatus
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from lxml import html

from sangkien.accounts.models import Invitation
from sangkien.accounts.roles import Role
from sangkien.campaigns.actions import ending
from sangkien.campaigns.models import Campaign, FieldOwner
from sangkien.campaigns.verifying import verify
from sangkien.notices.models import Message
from sangkien.papers.models import Paper, PaperFile
from sangkien.units.models import Kind, Level
from tests.accounts.signing_in import text
from tests.campaigns.world import World
from tests.factories import district3
from tests.factories.accounts import member
from tests.factories.attachments import word
from tests.factories.papers import SIGNED
from tests.factories.units import OFFICER, unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(told: district3.District3, twin: district3.District3) -> World:
    return World(told, twin)


def plan(of: Campaign, rest: str = "") -> str:
    return f"/dot/{of.uid}/ke-hoach/{rest}"


def typed(page: Any) -> dict[str, Any]:
    """What a browser would send of the first form on the page that has more than a token, nothing changed."""
    forms = html.fromstring(page.content.decode()).xpath("//main//form[@method='post']")
    form = max(forms, key=lambda each: len(each.inputs.keys()))
    return {name: value for name, value in form.form_values() if name != "csrfmiddlewaretoken"}


def signed(name: str = "kế hoạch.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, SIGNED, content_type="application/pdf")


def test_a_plan_begins_from_a_preset_and_is_led_by_the_own_office(client: Client, world: World) -> None:
    client.force_login(world.organiser)
    page = client.get("/dot/moi/")
    assert "Quận, huyện năm 2024" in text(page)
    answer = client.post("/dot/moi/", {**typed(page), "year": "2024"})
    campaign = Campaign.objects.get()
    assert answer["Location"] == plan(campaign)
    assert campaign.lead_unit == world.told.offices["Phòng Nội vụ"]
    assert campaign.participants.count() == 18
    assert "Còn" in text(client.get(plan(campaign)))


def test_in_a_ward_without_offices_the_committee_leads_itself(client: Client, db: None) -> None:
    ward = unit("Phường Sao", kind=Kind.WARD_PC, level=Level.COMMUNE)
    client.force_login(member(ward, Role.ORGANISER))
    told = typed(client.get("/dot/moi/")) | {"year": "2026"}
    assert "Chưa rõ đơn vị nào là đơn vị đầu mối" in text(client.post("/dot/moi/", told))
    client.post("/dot/moi/", told | {"lead_unit": str(ward.pk)})
    assert Campaign.objects.get().lead_unit == ward


def test_a_preset_of_another_shape_and_an_office_elsewhere_are_refused_with_a_sentence(
    client: Client, world: World
) -> None:
    client.force_login(world.organiser)
    told = typed(client.get("/dot/moi/")) | {"year": "2024"}
    wrong_office = client.post("/dot/moi/", told | {"lead_unit": str(world.told.offices["Phòng Tư pháp"].pk)})
    assert wrong_office.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "Bạn không soạn kế hoạch cho đơn vị này" in text(wrong_office)
    elsewhere = client.post("/dot/moi/", told | {"organiser": str(world.twin_told.district.pk)})
    assert "Đơn vị này không có trong danh sách" in text(elsewhere)
    assert not Campaign.objects.exists()


def test_next_years_plan_comes_out_of_this_years_in_one_act(client: Client, world: World) -> None:
    before = world.issued()
    client.force_login(world.organiser)
    answer = client.post("/dot/moi/tu-nam-truoc/", {"previous": str(before.uid), "year": "2025"})
    made = Campaign.objects.get(continues=before)
    assert answer["Location"] == plan(made)
    assert (made.year, made.opens_date) == (2025, date(2025, 7, 15))
    client.force_login(world.twin)
    refused = client.post("/dot/moi/tu-nam-truoc/", {"previous": str(before.uid), "year": "2025"})
    assert refused.status_code == HTTPStatus.UNPROCESSABLE_ENTITY


PARTS = ("thong-tin", "doi-tuong", "linh-vuc", "dinh-chinh", "tieu-chi", "mau", "can-cu", "lien-he")


@pytest.mark.parametrize("code", PARTS)
def test_a_part_saved_as_it_was_opened_changes_nothing_but_the_ledger(client: Client, world: World, code: str) -> None:
    campaign = world.draft()
    client.force_login(world.organiser)
    before = text(client.get(plan(campaign)))
    answer = client.post(plan(campaign, f"phan/{code}/"), typed(client.get(plan(campaign, f"phan/{code}/"))))
    assert answer["Location"] == plan(campaign, f"#phan-{code}")
    after = text(client.get(plan(campaign)))
    assert _without_tokens(after) == _without_tokens(before)


def _without_tokens(page: str) -> list[str]:
    return [line for line in page.splitlines() if "csrfmiddlewaretoken" not in line]


def test_with_script_a_saved_part_closes_in_its_place_and_the_list_of_gaps_comes_along(
    client: Client, world: World
) -> None:
    campaign = world.draft()
    client.force_login(world.organiser)
    opened = client.get(plan(campaign, "phan/can-cu/"), headers={"HX-Request": "true"})
    assert "<html" not in text(opened)
    assert "Chưa ghi căn cứ" in text(client.get(plan(campaign)))
    saved = client.post(
        plan(campaign, "phan/can-cu/"),
        {"bases": "Căn cứ Kế hoạch số 31/KH-UBND;\nCăn cứ Luật Tổ chức chính quyền địa phương."},
        headers={"HX-Request": "true"},
    )
    assert saved.status_code == HTTPStatus.OK
    assert 'id="phan-can-cu"' in text(saved)
    assert 'hx-swap-oob="true"' in text(saved)
    assert "Chưa ghi căn cứ" not in text(saved)
    assert campaign.bases.count() == 2


def test_dates_that_do_not_fit_are_refused_in_the_part_itself(client: Client, world: World) -> None:
    campaign = world.draft()
    client.force_login(world.organiser)
    told = typed(client.get(plan(campaign, "phan/thong-tin/")))
    backwards = client.post(plan(campaign, "phan/thong-tin/"), told | {"closes_date": "2024-07-01"})
    assert backwards.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "sớm hơn ngày mở" in text(backwards)
    no_day = client.post(plan(campaign, "phan/thong-tin/"), told | {"closes_date": "31/6/2024"})
    assert "Ngày này không có" in text(no_day)
    minutes = client.post(plan(campaign, "phan/thong-tin/"), told | {"closes_time": "17h00"})
    assert minutes.status_code == HTTPStatus.FOUND
    assert "17:00" in text(client.get(plan(campaign)))


def test_units_are_moved_taken_out_ticked_and_pasted(client: Client, world: World) -> None:
    campaign = world.draft()
    wards = world.told.wards
    client.force_login(world.organiser)
    address = plan(campaign, "phan/doi-tuong/")
    told = typed(client.get(address))
    last, out = wards["Phường Võ Thị Sáu"], world.told.offices["Phòng Tư pháp"]
    client.post(address, told | {f"thu-tu-{last.pk}": "1", f"bo-{out.pk}": "on"})
    order = list(campaign.participants.order_by("position").values_list("unit", flat=True))
    assert (order[0], out.pk in order, len(order)) == (last.pk, False, 17)
    told = typed(client.get(address))
    wrong = client.post(address, told | {"dan": "1. Phong tu phap\nPhòng Không Có"})
    assert "Chưa có đơn vị nào tên: “Phòng Không Có”" in text(wrong)
    client.post(address, told | {"dan": "1. Phong tu phap\tx\n- P.4"})
    order = list(campaign.participants.order_by("position").values_list("unit", flat=True))
    assert (order[-1], len(order)) == (out.pk, 18)


def test_a_field_gets_its_owners_a_name_and_a_new_one_its_common_code(client: Client, world: World) -> None:
    campaign = world.draft()
    client.force_login(world.organiser)
    address = plan(campaign, "phan/linh-vuc/")
    told = typed(client.get(address))
    office = world.told.offices["Phòng Tư pháp"]
    gone = told | {"linh-vuc-1-name": ""}
    assert client.post(address, gone).status_code == HTTPStatus.FOUND
    assert not campaign.fields.filter(code="institutions").exists()
    told = typed(client.get(address))
    named = told | {"linh-vuc-7-name": "Cải cách thể chế", "linh-vuc-7-owner": str(office.pk)}
    assert client.post(address, named).status_code == HTTPStatus.FOUND
    field = campaign.fields.get(code="institutions")
    assert list(FieldOwner.objects.filter(field=field).values_list("office", flat=True)) == [office.pk]


def test_the_plan_is_written_signed_and_issued_and_every_unit_is_told_once(client: Client, world: World) -> None:
    campaign = world.draft()
    client.force_login(world.head)
    assert client.post(plan(campaign, "van-ban/"), {"signed_by": "head"}).status_code == HTTPStatus.FOUND
    campaign.refresh_from_db()
    files = {each.form: each for each in PaperFile.objects.filter(paper=campaign.plan)}
    assert set(files) == {"docx", "pdf"}
    download = client.get(plan(campaign, f"tep/{files['docx'].pk}/"))
    assert b"".join(download.streaming_content)[:2] == b"PK"  # type: ignore[attr-defined]  # a file streams
    facts = {"number": "230", "notation": "KH-UBND", "issued_date": "2024-07-09", "file": signed()}
    answer = client.post(plan(campaign, "ban-hanh/"), facts)
    assert answer.status_code == HTTPStatus.FOUND, text(answer)
    campaign.refresh_from_db()
    assert (campaign.state, campaign.plan and campaign.plan.number) == ("issued", 230)
    assert Message.objects.filter(kind="campaign.opened", scope_uid=campaign.uid).count() == 18
    page = text(client.get(plan(campaign)))
    assert "Bản ký khác bản đã trình" in page
    assert list(verify()) == []
    client.force_login(world.reporter)
    signed_file = PaperFile.objects.get(paper=campaign.plan, form="signed_pdf")
    shown = client.get(plan(campaign, f"tep/{signed_file.pk}/"))
    assert shown.status_code == HTTPStatus.OK
    assert b"".join(shown.streaming_content) == SIGNED  # type: ignore[attr-defined]  # read to its end it closes itself
    assert client.get(plan(campaign, f"tep/{files['docx'].pk}/")).status_code == HTTPStatus.NOT_FOUND


def test_a_draft_that_moved_on_says_so_and_is_written_anew(client: Client, world: World) -> None:
    campaign = world.draft()
    client.force_login(world.organiser)
    client.post(plan(campaign, "van-ban/"), {"signed_by": "deputy"})
    assert "đã đổi sau khi lập văn bản" not in text(client.get(plan(campaign)))
    client.post(plan(campaign, "phan/can-cu/"), {"bases": "Căn cứ Kế hoạch số 31/KH-UBND"})
    assert "đã đổi sau khi lập văn bản" in text(client.get(plan(campaign)))
    client.post(plan(campaign, "van-ban/"), {"signed_by": "deputy"})
    assert "đã đổi sau khi lập văn bản" not in text(client.get(plan(campaign)))
    assert Paper.objects.count() == 1


def test_what_stops_the_issue_is_said_before_the_paper_takes_a_number(client: Client, world: World) -> None:
    campaign = world.draft()
    campaign.participants.all().delete()
    client.force_login(world.head)
    facts = {"number": "230", "notation": "KH-UBND", "issued_date": "2024-07-09", "file": signed()}
    refused = client.post(plan(campaign, "ban-hanh/"), facts)
    assert refused.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "chưa có đơn vị nào thuộc đối tượng" in text(refused)
    assert not Paper.objects.filter(number__isnull=False).exists()


def test_a_deadline_is_extended_with_a_reason_and_both_days_are_shown(client: Client, world: World) -> None:
    campaign = world.issued()
    client.force_login(world.head)
    address = plan(campaign, "sua-doi/gia-han/")
    assert "Chỗ này còn trống" in text(client.post(address, {"closes_date": "2024-09-30", "reason": ""}))
    early = client.post(address, {"closes_date": "2024-09-01", "reason": "Mưa bão"})
    assert "Hạn mới phải sau hạn đang có" in text(early)
    half = client.post(address, {"closes_date": "2024-09-30", "reason": "Mưa bão", "number": "12"})
    assert "cần đủ số, ngày và tệp" in text(half)
    told = {"closes_date": "2024-09-30", "reason": "Mưa bão", "number": "251", "notation": "KH-UBND"}
    done = client.post(address, {**told, "issued_date": "2024-07-20", "file": signed("sửa đổi.pdf")})
    assert done.status_code == HTTPStatus.FOUND, text(done)
    page = text(client.get(plan(campaign, "sua-doi/")))
    assert "<del>15/09/2024</del>" in page
    assert "<ins>30/09/2024</ins>" in page
    assert "Mưa bão" in page
    assert campaign.amendments.get().paper is not None


@pytest.mark.parametrize(
    ("code", "facts", "shown"),
    [
        ("thong-tin", {"title": "Tên khác", "opens_date": "2024-07-15", "budget_source": "Ngân sách"}, "Tên khác"),
        ("phu-trach", {"thing": "field:institutions", "office": "Văn phòng UBND Quận 3"}, "Văn phòng UBND Quận 3"),
        ("don-vi", {"units": "Phòng Tư pháp"}, "Phòng Tư pháp"),
    ],
)
def test_every_kind_of_amendment_shows_what_was_and_what_is(
    client: Client, world: World, code: str, facts: dict[str, str], shown: str
) -> None:
    campaign = world.draft()
    if code == "don-vi":
        campaign.participants.filter(unit=world.told.offices["Phòng Tư pháp"]).delete()
    client.force_login(world.head)
    told = {"number": "230", "notation": "KH-UBND", "issued_date": "2024-07-09", "file": signed()}
    client.post(plan(campaign, "ban-hanh/"), told)
    sent = {
        name: str(world.told.offices[value].pk) if value in world.told.offices else value
        for name, value in facts.items()
    }
    answer = client.post(plan(campaign, f"sua-doi/{code}/"), {**sent, "reason": "Theo chỉ đạo"})
    assert answer.status_code == HTTPStatus.FOUND, text(answer)
    assert f"<ins>{shown}</ins>" in text(client.get(plan(campaign, "sua-doi/")))


def test_a_campaign_is_cancelled_with_a_reason_and_its_invitations_end(client: Client, world: World) -> None:
    campaign = _running(world)
    client.force_login(world.head)
    row = campaign.participants.order_by("position").first()
    assert row is not None
    client.post(plan(campaign, "giay-moi/tao/"), {"don-vi": str(row.pk), "until": "2099-01-01"})
    assert client.post(plan(campaign, "huy/"), {"reason": " "}).status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert client.post(plan(campaign, "huy/"), {"reason": "Dừng theo chỉ đạo"}).status_code == HTTPStatus.FOUND
    assert Invitation.objects.get().revoked_at is not None
    assert "Dừng theo chỉ đạo" in text(client.get(plan(campaign)))


def _running(world: World) -> Campaign:
    campaign = world.issued()
    today = timezone.localdate()
    Campaign.objects.filter(pk=campaign.pk).update(
        opens_date=today - timedelta(days=3), closes_date=today + timedelta(days=9)
    )
    campaign.refresh_from_db()
    return campaign


def test_units_are_invited_in_bulk_and_each_link_is_shown_once(client: Client, world: World) -> None:
    campaign = _running(world)
    client.force_login(world.organiser)
    page = client.get(plan(campaign, "giay-moi/"))
    assert "0 trên 18 đơn vị" in text(page)
    rows = list(campaign.participants.order_by("position")[:3])
    sent: dict[str, Any] = {"don-vi": [str(row.pk) for row in rows], "until": "2099-01-01"}
    wrong = client.post(plan(campaign, "giay-moi/tao/"), sent | {f"thu-{rows[0].pk}": "khong phai thu"})
    assert "chưa đúng" in text(wrong)
    made = client.post(plan(campaign, "giay-moi/tao/"), sent | {f"thu-{rows[0].pk}": "vanthu@p4.example"})
    assert text(made).count("<svg") >= 3
    assert text(made).count("/moi/") >= 3
    assert Invitation.objects.filter(scope_uid=campaign.uid).count() == 3
    again = text(client.get(plan(campaign, "giay-moi/")))
    assert "3 trên 18 đơn vị" in again
    assert "cần mã gửi tới hộp thư" in again
    link = next(line for line in text(made).splitlines() if line.startswith("http")).removesuffix("</textarea>")
    token = link.split("</")[0].rstrip("/").rpartition("/")[2]
    assert token not in again
    holder = Client()
    path = f"/moi/{token}/"
    assert "Giấy mời của" in text(holder.get(path))
    client.post(plan(campaign, "giay-moi/tao/"), sent)
    assert Invitation.objects.filter(scope_uid=campaign.uid, revoked_at__isnull=True).count() == 3
    assert "đã được thu hồi" in text(holder.get(path))


def test_an_invitation_is_revoked_at_once_and_only_by_who_leads(client: Client, world: World) -> None:
    campaign = _running(world)
    row = campaign.participants.order_by("position").first()
    assert row is not None
    client.force_login(world.organiser)
    client.post(plan(campaign, "giay-moi/tao/"), {"don-vi": str(row.pk), "until": "2099-01-01"})
    for person in (world.twin, world.reporter, world.reviewer, world.auditor):
        client.force_login(person)
        assert client.post(plan(campaign, f"giay-moi/{row.pk}/thu-hoi/")).status_code == HTTPStatus.NOT_FOUND
        assert client.post(plan(campaign, "giay-moi/tao/"), {}).status_code == HTTPStatus.NOT_FOUND
    client.force_login(world.organiser)
    assert client.post(plan(campaign, f"giay-moi/{row.pk}/thu-hoi/")).status_code == HTTPStatus.FOUND
    assert Invitation.objects.get().revoked_at is not None


def test_assessment_begins_and_the_file_is_archived_by_posts(client: Client, world: World) -> None:
    campaign = world.issued()
    client.force_login(world.organiser)
    assert client.get(plan(campaign, "chuyen/tham-dinh/")).status_code == HTTPStatus.METHOD_NOT_ALLOWED
    client.post(plan(campaign, "chuyen/luu-tru/"))
    assert "nên không lưu trữ được" in text(client.get(plan(campaign)))
    client.post(plan(campaign, "chuyen/tham-dinh/"))
    campaign.refresh_from_db()
    assert campaign.state == "in_assessment"
    ending.conclude(campaign, by=OFFICER, at=timezone.now())
    client.post(plan(campaign, "chuyen/luu-tru/"))
    campaign.refresh_from_db()
    assert campaign.state == "archived"


def test_the_holder_of_an_invitation_reads_the_plan_and_takes_the_forms_of_the_own_unit(
    client: Client, world: World
) -> None:
    campaign = _running(world)
    row = campaign.participants.order_by("position").first()
    assert row is not None
    client.force_login(world.organiser)
    made = text(client.post(plan(campaign, "giay-moi/tao/"), {"don-vi": str(row.pk), "until": "2099-01-01"}))
    token = made.split("/moi/")[1].split("/")[0]
    holder = Client()
    holder.post(f"/moi/{token}/vao/")
    assert holder.get(plan(campaign)).status_code == HTTPStatus.OK
    page = text(holder.get(plan(campaign, "mau/")))
    assert f"/mau/1/{row.pk}/" in page
    assert page.count("/mau/1/") == 1
    assert holder.get(plan(campaign, f"mau/1/{row.pk}/")).content[:2] == b"PK"
    assert holder.get(plan(campaign, f"mau/1/{row.pk + 1}/")).status_code == HTTPStatus.NOT_FOUND
    for rest in ("giay-moi/", "mau/tat-ca/", "ban-hanh/"):
        assert holder.get(plan(campaign, rest)).status_code in (HTTPStatus.NOT_FOUND, HTTPStatus.FOUND), rest


def test_all_forms_come_in_one_archive_with_a_folder_a_unit(client: Client, world: World) -> None:
    campaign = world.issued()
    client.force_login(world.organiser)
    answer = client.get(plan(campaign, "mau/tat-ca/"))
    with zipfile.ZipFile(BytesIO(answer.content)) as packed:
        names = packed.namelist()
    assert len(names) == 36
    assert names[6 * 2].startswith("007-phuong-01/")


def test_the_plans_own_template_is_given_out_in_place_of_ours(client: Client, world: World) -> None:
    campaign = world.issued()
    row = campaign.participants.order_by("position").first()
    assert row is not None
    client.force_login(world.organiser)
    own = word("Mẫu của kế hoạch")
    wrong = client.post(plan(campaign, "mau/1/tep/"), {"file": SimpleUploadedFile("mẫu.pdf", SIGNED)})
    assert "tệp Word .docx" in text(wrong)
    client.post(plan(campaign, "mau/1/tep/"), {"file": SimpleUploadedFile("mẫu.docx", own)})
    assert client.get(plan(campaign, f"mau/1/{row.pk}/")).content == own
    client.post(plan(campaign, "mau/1/tep/"), {})
    assert client.get(plan(campaign, f"mau/1/{row.pk}/")).content != own

"""The open work of an ended unit: each thing listed, none moved by itself, all carried by who may."""

from datetime import UTC, date, datetime, timedelta
from http import HTTPStatus
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from sangkien.accounts.actor import actor_of
from sangkien.accounts.models import Invitation, Membership, User
from sangkien.accounts.roles import Role
from sangkien.appraisal.models import Assignment
from sangkien.backoffice.open_work import open_work_of
from sangkien.campaigns.actions import issuing
from sangkien.campaigns.models import Amendment, Campaign, FieldOwner, Participant
from sangkien.ledger.models import Act
from sangkien.ledger.verifying import verify
from sangkien.units import actions
from sangkien.units.models import Unit
from tests.appraisal import course
from tests.backoffice.world import AT, OFFICER, statements, text
from tests.factories import accounts as make
from tests.factories import campaigns, district3, intake
from tests.factories.campaigns import drafted, plan_of
from tests.factories.units import unit as make_unit

pytestmark = pytest.mark.django_db
NOW = datetime(2025, 1, 2, 1, 0, tzinfo=UTC)


class Ended:
    """Plan 230 runs; on 1 January 2025 two offices become one, with a person, an invitation and fields left behind."""

    def __init__(self) -> None:
        self.told = district3.twelve_wards(by=OFFICER, at=AT)
        self.campaign: Campaign = campaigns.issued(self.told)
        self.office = self.told.offices["Phòng Tư pháp"]
        self.taker = self.told.offices["Văn phòng UBND Quận 3"]
        self.person = make.member(self.office, Role.FIELD_REVIEWER, "Vũ Thu Hà", email="ha@quan3.example")
        self.invitation: Invitation = make.invitation(
            self.office, scope_uid=self.campaign.uid, expires_at=timezone.now() + timedelta(days=9)
        )
        self.admin: User = make.administrator()
        make.membership(self.admin, self.told.district, Role.ORGANISER_HEAD)
        self.local = make.member(self.told.district, Role.ADMINISTRATOR, "Đỗ Mai", email="mai@quan3.example")
        actions.abolish(self.office, on=date(2025, 1, 1), to=[self.taker], by=OFFICER, at=NOW)

    @property
    def address(self) -> str:
        return f"/quan-tri/don-vi/{self.office.uid}/viec-do/"

    def keys(self) -> dict[str, str]:
        return {
            "person": f"membership:{self.person.memberships.get(ends_date=None).uid}",
            "invitation": f"invitation:{self.invitation.uid}",
            "field": f"owner:{FieldOwner.objects.current().get(office=self.office).pk}",
            "asked": f"participant:{Participant.objects.get(unit=self.office).pk}",
        }

    def post(self, client: Client, *names: str, to: Unit | None = None) -> Any:
        keys = self.keys()
        data = {"viec": [keys[name] for name in names], "toi": str((to or self.taker).uid)}
        return client.post(self.address, data, follow=True)


@pytest.fixture
def ended() -> Ended:
    return Ended()


def test_each_open_thing_is_listed_and_a_look_moves_nothing(client: Client, ended: Ended) -> None:
    acts = Act.objects.count()
    client.force_login(ended.admin)
    page = text(client.get(ended.address))
    parts = ("Vũ Thu Hà · Người thẩm định", "Giấy mời", "Cải cách thể chế", "Văn phòng UBND Quận 3")
    assert [part for part in parts if part not in page] == []
    assert page.count('type="checkbox" name="viec"') == 3
    assert Act.objects.count() == acts
    assert "Phòng Tư pháp" in text(client.get("/quan-tri/don-vi/viec-do/"))


def test_what_is_ticked_goes_and_the_rest_stays(client: Client, ended: Ended) -> None:
    client.force_login(ended.admin)
    page = text(ended.post(client, "person"))
    assert "Đã chuyển 1 việc cho Văn phòng UBND Quận 3." in page
    held = Membership.objects.get(user=ended.person, ends_date=None)
    assert (held.unit, held.role) == (ended.taker, Role.FIELD_REVIEWER)
    assert FieldOwner.objects.current().filter(office=ended.office).count() == 1
    assert Invitation.objects.get(pk=ended.invitation.pk).revoked_at is None
    assert "Vũ Thu Hà" not in page


def test_fields_go_by_an_amendment_and_a_new_invitation_is_shown_once(client: Client, ended: Ended) -> None:
    client.force_login(ended.admin)
    page = text(ended.post(client, "field", "invitation"))
    assert list(FieldOwner.objects.current().filter(office=ended.taker, field__code="institutions").values("pk")) != []
    assert "kết thúc từ ngày 01/01/2025" in Amendment.objects.get().reason
    token = page.split("/moi/")[1].split("/")[0]
    entered = Client()
    assert "Phòng Tư pháp" not in text(entered.get("/dang-nhap/"))
    assert entered.get(f"/moi/{token}/").status_code == HTTPStatus.OK
    assert Invitation.objects.get(pk=ended.invitation.pk).revoked_at is not None
    assert token not in text(client.get(ended.address))
    assert verify() == []


def test_who_may_not_amend_the_plan_is_told_and_carries_the_rest(client: Client, ended: Ended) -> None:
    client.force_login(ended.local)
    page = text(client.get(ended.address))
    assert "Việc này của lãnh đạo đơn vị đầu mối" in page
    refused = ended.post(client, "person", "field")
    assert refused.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert Membership.objects.filter(user=ended.person, unit=ended.office, ends_date=None).exists()
    assert "Đã chuyển 1 việc" in text(ended.post(client, "person"))


def test_nothing_is_left_without_an_owner_when_all_is_carried(client: Client, ended: Ended) -> None:
    """Invariant 11: dissolving a unit leaves no open task without an owner."""
    client.force_login(ended.admin)
    ended.post(client, "person", "field", "invitation")
    page = text(client.get(ended.address))
    assert "Vũ Thu Hà" not in page
    assert "Cải cách thể chế" not in page
    assert Membership.objects.filter(unit=ended.office, ends_date=None).count() == 0
    assert FieldOwner.objects.current().filter(office=ended.office).count() == 0


def test_an_empty_choice_and_a_stranger_as_taker_are_refused(client: Client, ended: Ended) -> None:
    client.force_login(ended.admin)
    assert "Bạn chưa chọn việc nào." in text(client.post(ended.address, {"toi": str(ended.taker.uid)}))
    stranger = ended.told.wards["Phường 05"]
    assert "Bạn chọn đơn vị kế tục" in text(ended.post(client, "person", to=stranger))


def test_only_ended_units_have_this_page(client: Client, ended: Ended) -> None:
    client.force_login(ended.admin)
    assert client.get(f"/quan-tri/don-vi/{ended.taker.uid}/viec-do/").status_code == HTTPStatus.NOT_FOUND
    client.force_login(ended.person)
    assert client.get(ended.address).status_code == HTTPStatus.NOT_FOUND


def test_a_unit_that_is_still_asked_is_listed_until_its_successor_is_asked(client: Client) -> None:
    told = district3.twelve_wards(by=OFFICER, at=AT)
    campaign = campaigns.issued(told)
    ward = told.wards["Phường 10"]
    admin = make.administrator()
    make.membership(admin, told.district, Role.ORGANISER_HEAD)
    new = make_unit("Phường Sao Mai", parent=told.district)
    actions.abolish(ward, on=date(2025, 1, 1), to=[new], by=OFFICER, at=NOW)
    client.force_login(admin)
    assert "Phường 10" in text(client.get("/quan-tri/don-vi/viec-do/"))
    row = Participant.objects.get(campaign=campaign, unit=ward)
    data = {"viec": [f"participant:{row.pk}"], "toi": str(new.uid)}
    client.post(f"/quan-tri/don-vi/{ward.uid}/viec-do/", data)
    assert Participant.objects.get(campaign=campaign, unit=new).position == 19
    assert "Phường 10" not in text(client.get("/quan-tri/don-vi/viec-do/")).split("<main")[1]
    assert verify() == []


def test_a_successor_that_is_asked_already_ends_the_question(client: Client) -> None:
    told = district3.twelve_wards(by=OFFICER, at=AT)
    campaign = issuing.issue(drafted(told).campaign, plan=plan_of(told.district), by=OFFICER, at=AT)
    ward, taker = told.wards["Phường 10"], told.wards["Phường 09"]
    client.force_login(make.administrator())
    actions.merge([ward, taker], into=taker, on=date(2025, 1, 1), by=OFFICER, at=NOW)
    assert Participant.objects.filter(campaign=campaign, unit=taker).exists()
    assert "Đợt đang chờ đơn vị trả lời" not in text(client.get(f"/quan-tri/don-vi/{ward.uid}/viec-do/"))


def test_a_report_that_was_begun_is_finished_by_an_invitation_of_the_ended_unit(client: Client) -> None:
    told = district3.twelve_wards(by=OFFICER, at=AT)
    campaign = campaigns.issued(told)
    ward, taker = told.wards["Phường 10"], told.wards["Phường 09"]
    for number in (1, 2):
        intake.draft(campaign, ward, title=f"Hẹn giờ qua điện thoại {number}")
    back = intake.submitted(campaign, ward, title="Một giờ đọc lại hồ sơ chậm")
    intake.returned(back)
    actions.merge([ward, taker], into=taker, on=date(2025, 1, 1), by=OFFICER, at=NOW)
    client.force_login(make.administrator())
    address = f"/quan-tri/don-vi/{ward.uid}/viec-do/"
    page = text(client.get(address))
    assert "Hẹn giờ qua điện thoại 2” (đang soạn); " in page
    assert "Một giờ đọc lại hồ sơ chậm” (chờ bổ sung)" in page
    assert "Phường 10" in text(client.get("/quan-tri/don-vi/viec-do/"))
    data = {"viec": [f"entries:{ward.pk}-{campaign.pk}"], "toi": str(taker.uid)}
    token = text(client.post(address, data)).split("/moi/")[1].split("/")[0]
    made = Invitation.objects.get()
    assert (made.unit, made.scope_uid) == (ward, campaign.uid)
    holder = Client()
    holder.post(f"/moi/{token}/vao/")
    assert "Một giờ đọc lại hồ sơ chậm" in text(holder.get("/bao-cao/", follow=True))
    assert 'value="entries:' not in text(client.get(address))
    assert verify() == []


def test_whoever_follows_the_lead_unit_leads_the_campaign_and_finds_what_was_sent(client: Client) -> None:
    told = district3.twelve_wards(by=OFFICER, at=AT)
    campaign = campaigns.issued(told)
    intake.submitted(campaign, told.wards["Phường 04"], title="Hẹn giờ trả kết quả chứng thực")
    lead, taker = told.offices["Phòng Nội vụ"], told.offices["Văn phòng UBND Quận 3"]
    organiser = make.member(taker, Role.ORGANISER, "Vũ Thu Hà", email="ha@quan3.example")
    admin = make.administrator()
    make.membership(admin, told.district, Role.ORGANISER_HEAD)
    actions.abolish(lead, on=date(2025, 1, 1), to=[taker], by=OFFICER, at=NOW)
    client.force_login(organiser)
    assert "Hẹn giờ trả kết quả" not in text(client.get("/giai-phap/?q=hen+gio"))
    client.force_login(admin)
    address = f"/quan-tri/don-vi/{lead.uid}/viec-do/"
    assert "Đợt do đơn vị làm đầu mối" in text(client.get(address))
    client.post(address, {"viec": [f"lead:{campaign.pk}"], "toi": str(taker.uid)})
    campaign.refresh_from_db()
    assert campaign.lead_unit == taker
    amendments = text(client.get(f"/dot/{campaign.uid}/ke-hoach/sua-doi/"))
    assert "Đơn vị đầu mối" in amendments
    assert amendments.count("Văn phòng UBND Quận 3") > 0
    client.force_login(organiser)
    assert "Hẹn giờ trả kết quả" in text(client.get("/giai-phap/?q=hen+gio"))
    assert verify() == []


def test_the_page_costs_the_same_for_one_and_for_many(client: Client, ended: Ended) -> None:
    client.force_login(ended.admin)
    count = statements(client, ended.address)
    for number in range(3):
        make.member(ended.office, Role.REPORTER, f"Bùi Văn {number}", email=f"b{number}@quan3.example")
        make.invitation(ended.office, f"ma-khac-{number}")
    assert statements(client, ended.address) == count


def test_what_an_ended_office_has_to_judge_goes_to_who_takes_its_work() -> None:
    told = district3.twelve_wards(by=OFFICER, at=AT)
    campaign = campaigns.issued(told)
    office, taker = told.offices["Phòng Tư pháp"], told.offices["Văn phòng UBND Quận 3"]
    ward = told.wards["Phường 09"]
    owed, both, done = (course.admitted(campaign, ward, at=course.ROUTED) for _each in range(3))
    course.routed_to(owed, office)
    course.routed_to(both, office, taker)
    course.filed(course.routed_to(done, office)[0])
    actions.abolish(office, on=date(2025, 1, 1), to=[taker], by=OFFICER, at=NOW)
    admin = make.administrator()
    make.membership(admin, told.district, Role.ORGANISER_HEAD)
    things = [
        each for each in open_work_of([office], actor_of(admin, on=date(2025, 1, 2))) if "assignment:" in each.key
    ]
    assert [each.what.split()[0] for each in things] == [owed.code, both.code]
    for each in things:
        assert each.may_go
        assert each.carry is not None
        each.carry(taker, OFFICER, NOW)
    current = Assignment.objects.current().filter(entry__in=[owed, both])
    assert set(current.values_list("entry", "office")) == {(owed.pk, taker.pk), (both.pk, taker.pk)}
    assert Assignment.objects.current().get(entry=owed).due_date >= date(2025, 1, 2)
    verify()

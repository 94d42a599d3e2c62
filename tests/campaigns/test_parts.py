"""The parts of a draft: set as a whole, in their order; refused with a sentence where they do not fit."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from sangkien.accounts.refusal import Refused
from sangkien.campaigns import queries
from sangkien.campaigns.actions import criteria, holidays, issuing, parts, standing_in
from sangkien.campaigns.actions.holidays import NewHoliday
from sangkien.campaigns.actions.parts import NewBasis, NewContact
from sangkien.campaigns.models import Campaign, Holiday, HolidayKind, InputKind
from sangkien.campaigns.presets import CRITERIA
from sangkien.campaigns.presets.forms import FORM_1
from sangkien.campaigns.presets.shape import Choice, CriteriaPreset, ErratumPreset
from sangkien.ledger.models import Act
from sangkien.papers.models import LegalBasis
from sangkien.units import actions as units
from tests.factories import accounts, district3
from tests.factories import campaigns as make
from tests.factories.campaigns import WHO
from tests.factories.units import unit

P2 = CRITERIA["p2"]
P3 = CRITERIA["p3"]
CITED = "Kế hoạch số 2976/KH-UBND ngày 26 tháng 4 năm 2024 của Sở Nội vụ"


@pytest.fixture
def campaign(told: district3.District3) -> Campaign:
    return make.drafted(told).campaign


# -- participants, fields, owners


def test_participants_stand_in_the_order_given(campaign: Campaign, told: district3.District3) -> None:
    wards = [told.wards["Phường 14"], told.wards["Phường 01"]]
    parts.set_participants(campaign, units=wards, bonus=wards[:1], **WHO)
    rows = queries.participants(campaign)
    assert [(each.position, each.unit_version.name, each.bonus_eligible) for each in rows] == [
        (1, "Phường 14", True),
        (2, "Phường 01", False),
    ]


def test_a_unit_twice_or_one_that_is_not_there_is_refused(campaign: Campaign, told: district3.District3) -> None:
    ward = told.wards["Phường 14"]
    with pytest.raises(Refused, match="đứng hai lần"):
        parts.set_participants(campaign, units=[ward, ward], **WHO)
    later = unit("Phường Sau", on=date(2025, 7, 1))
    with pytest.raises(Refused, match="Ngày 09/07/2024 chưa có hoặc không còn: Phường Sau"):
        parts.set_participants(campaign, units=[ward, later], **WHO)
    assert campaign.participants.count() == 18


@pytest.mark.parametrize("count", [1, 12])
def test_setting_participants_costs_the_same(
    count: int, campaign: Campaign, told: district3.District3, django_assert_num_queries: Any
) -> None:
    wards = list(told.wards.values())[:count]
    with django_assert_num_queries(11):
        parts.set_participants(campaign, units=wards, **WHO)


def test_a_field_that_stays_keeps_its_owner(campaign: Campaign, told: district3.District3) -> None:
    parts.set_fields(campaign, fields=[("institutions", "Thể chế"), ("new", "Lĩnh vực mới")], **WHO)
    assert queries.owners(campaign) == {
        "field:institutions": [told.offices["Phòng Tư pháp"].pk],
        "sector:education": [told.offices["Phòng Giáo dục và Đào tạo"].pk],
    }


@pytest.mark.parametrize("fields", [[], [("a", "A"), ("a", "B")], [("", "A")], [("a", " ")]])
def test_fields_need_names_and_codes_of_their_own(fields: list[tuple[str, str]], campaign: Campaign) -> None:
    with pytest.raises(Refused, match="lĩnh vực"):
        parts.set_fields(campaign, fields=fields, **WHO)
    assert campaign.fields.count() == 8


def test_sectors_may_be_none(campaign: Campaign) -> None:
    assert parts.set_sectors(campaign, sectors=[], **WHO) == []
    assert [each for each in queries.owners(campaign) if each.startswith("sector")] == []


def test_a_field_may_have_two_owners_and_of_another_campaign_none(
    campaign: Campaign, told: district3.District3
) -> None:
    field = campaign.fields.get(code="procedures")
    offices = [told.offices["Phòng Tư pháp"], told.offices["Phòng Nội vụ"]]
    parts.set_owners(campaign, thing=field, offices=[*offices, offices[0]], **WHO)
    assert queries.owners(campaign)["field:procedures"] == [each.pk for each in offices]
    other = make.campaign(told.district)
    other.save()
    with pytest.raises(ValueError, match="another campaign"):
        parts.set_owners(other, thing=field, offices=offices, **WHO)


# -- forms, bases, contacts, errata


def test_a_campaign_may_have_no_form_or_one_with_other_columns(campaign: Campaign) -> None:
    assert parts.set_forms(campaign, forms=[], **WHO) == []
    parts.set_forms(campaign, forms=[FORM_1], **WHO)
    assert parts.forms_of(campaign) == [FORM_1]
    for columns in ((), (FORM_1.columns[0], FORM_1.columns[0])):
        with pytest.raises(Refused, match="cần ít nhất một cột"):
            parts.set_forms(campaign, forms=[replace(FORM_1, columns=columns)], **WHO)


def test_bases_are_kept_as_printed_and_shared(campaign: Campaign, told: district3.District3) -> None:
    bases = [NewBasis(CITED, CITED.replace("KH-UBND", "KH-SNV")), NewBasis("Kế hoạch số 31/KH-UBND")]
    parts.set_bases(campaign, bases=bases, **WHO)
    parts.set_bases(campaign, bases=bases, **WHO)
    rows = [each.legal_basis for each in campaign.bases.order_by("position")]
    assert [(each.citation_as_printed, each.citation_normalised) for each in rows] == [
        (CITED, CITED.replace("KH-UBND", "KH-SNV")),
        ("Kế hoạch số 31/KH-UBND", ""),
    ]
    assert LegalBasis.objects.count() == 2
    with pytest.raises(Refused, match="căn cứ để trống"):
        parts.set_bases(campaign, bases=[NewBasis(" ")], **WHO)


@pytest.mark.parametrize("capacity", ["", "Công chức CCHC 0900 000 000", "Công chức, cchc@quan3.example"])
def test_a_contact_is_a_role_and_not_a_person(capacity: str, campaign: Campaign, told: district3.District3) -> None:
    with pytest.raises(Refused, match="Đầu mối liên hệ"):
        parts.set_contacts(campaign, contacts=[NewContact(told.district, capacity)], **WHO)
    kept = campaign.contacts.get()
    assert (kept.unit, kept.capacity) == (told.offices["Phòng Nội vụ"], "Công chức phụ trách cải cách hành chính")


def test_a_shared_mailbox_is_kept(campaign: Campaign, told: district3.District3) -> None:
    new = NewContact(told.district, "Công chức CCHC", "cchc@quan3.example")
    parts.set_contacts(campaign, contacts=[new], **WHO)
    assert campaign.contacts.get().mailbox == "cchc@quan3.example"


def test_an_erratum_says_both(campaign: Campaign) -> None:
    parts.set_errata(campaign, errata=[ErratumPreset("II", "(2)", "(3)")], **WHO)
    assert str(campaign.errata.get()) == "II: (2) → (3)"
    with pytest.raises(Refused, match="cần cả chỗ in"):
        parts.set_errata(campaign, errata=[ErratumPreset("II", "(2)", " ")], **WHO)


CHANGES: list[Callable[[Campaign], object]] = [
    lambda campaign: parts.set_participants(campaign, units=[campaign.organiser], **WHO),
    lambda campaign: parts.set_fields(campaign, fields=[("a", "A")], **WHO),
    lambda campaign: parts.set_sectors(campaign, sectors=[], **WHO),
    lambda campaign: parts.set_owners(campaign, thing=campaign.fields.all()[0], offices=[], **WHO),
    lambda campaign: parts.set_forms(campaign, forms=[], **WHO),
    lambda campaign: parts.set_bases(campaign, bases=[], **WHO),
    lambda campaign: parts.set_contacts(campaign, contacts=[], **WHO),
    lambda campaign: parts.set_errata(campaign, errata=[], **WHO),
    lambda campaign: criteria.set_criteria(campaign, to=P2, **WHO),
]


@pytest.mark.parametrize("change", CHANGES)
def test_after_issue_no_part_is_changed_but_by_amendment(
    change: Callable[[Campaign], object], campaign: Campaign, told: district3.District3
) -> None:
    issuing.issue(campaign, plan=make.plan_of(told.district), **WHO)
    acts = Act.objects.count()
    with pytest.raises(Refused, match="chỉ thay đổi bằng văn bản sửa đổi"):
        change(campaign)
    assert Act.objects.count() == acts


# -- criteria


def _with(preset: CriteriaPreset, place: int, **facts: Any) -> CriteriaPreset:
    rows = list(preset.criteria)
    rows[place] = replace(rows[place], **facts)
    return replace(preset, criteria=tuple(rows))


@pytest.mark.parametrize(
    ("to", "sentence"),
    [
        (replace(P2, criteria=()), "Chưa có tiêu chí nào"),
        (_with(P2, 1, code="novelty_1"), "được dùng hai lần"),
        (_with(P2, 0, max=Decimal(14)), "Nhóm “Tính mới” có 30 điểm nhưng các tiêu chí của nhóm cộng lại 29"),
        (_with(P2, 0, weight=Decimal(2)), "cộng lại 45"),
        (replace(P2, groups=P2.groups[:3], criteria=P2.criteria[:6]), "Tổng điểm các nhóm là 85, cần đúng 100"),
        (_with(P2, 0, group=""), "chưa thuộc nhóm nào"),
        (_with(P2, 0, min=Decimal(15)), "không khớp nhau"),
        (_with(P2, 0, knock_out_below=Decimal(16)), "không khớp nhau"),
        (_with(CRITERIA["p1"], 0, max=Decimal(2)), "không khớp nhau"),
        (_with(P2, 0, choices=(Choice("Khá", Decimal(1), Decimal(2)),)), "không chấm bằng mức"),
        (_with(P3, 0, choices=P3.criteria[0].choices[:1]), "từ hai trở lên"),
        (_with(P3, 0, choices=P3.criteria[0].choices[::-1]), "từ thấp đến cao"),
        (_with(P3, 0, kind=InputKind.LEVELS), "từ hai trở lên"),
        (replace(P2, bands=((Decimal(50), "Cơ sở"),)), "Các ngưỡng bắt đầu từ 0 điểm"),
        (replace(P2, bands=((Decimal(0), "A"), (Decimal(0), "B"))), "Các ngưỡng bắt đầu từ 0 điểm"),
    ],
)
def test_criteria_that_do_not_fit_together_are_refused(to: CriteriaPreset, sentence: str, campaign: Campaign) -> None:
    with pytest.raises(Refused, match=sentence):
        criteria.set_criteria(campaign, to=to, **WHO)
    assert campaign.criteria_sets.get().criteria.count() == 4


def test_criteria_set_anew_replace_the_draft_ones(campaign: Campaign) -> None:
    criteria.set_criteria(campaign, to=P2, **WHO)
    made = campaign.criteria_sets.get()
    assert (made.version, made.criteria.count(), made.groups.count(), made.bands.count()) == (1, 7, 4, 3)


# -- stand-ins, holidays


def test_a_stand_in_is_an_office_or_a_person(campaign: Campaign, told: district3.District3) -> None:
    lead, justice = told.offices["Phòng Nội vụ"], told.offices["Phòng Tư pháp"]
    sen = accounts.person()
    standing_in.appoint_stand_in(campaign, unit_in_conflict=lead, person=sen, **WHO)
    standing_in.appoint_stand_in(campaign, unit_in_conflict=lead, office=justice, **WHO)
    assert [each.office_id or each.person_id for each in queries.stand_ins(campaign, lead)] == [justice.pk, sen.pk]
    with pytest.raises(Refused, match="đã được ghi rồi"):
        standing_in.appoint_stand_in(campaign, unit_in_conflict=lead, office=justice, **WHO)
    for choice in ({}, {"office": justice, "person": sen}):
        with pytest.raises(Refused, match="chọn một đơn vị hoặc một người"):
            standing_in.appoint_stand_in(campaign, unit_in_conflict=lead, **choice, **WHO)


def test_who_is_in_the_same_conflict_does_not_stand_in(campaign: Campaign, told: district3.District3) -> None:
    one, heir = told.offices["Phòng Tư pháp"], unit("Phòng Pháp chế", on=date(2024, 1, 1))
    units.split(one, parts=[heir], whole=False, on=date(2024, 1, 1), **WHO)
    for office in (one, heir):
        with pytest.raises(Refused, match="Đơn vị làm thay là chính đơn vị đó"):
            standing_in.appoint_stand_in(campaign, unit_in_conflict=one, office=office, **WHO)


@pytest.mark.django_db
def test_the_days_of_a_year_are_set_as_a_whole() -> None:
    off = NewHoliday(date(2024, 9, 2), HolidayKind.OFF, "Quốc khánh")
    worked = NewHoliday(date(2024, 8, 31), HolidayKind.WORKING, "Làm bù")
    holidays.set_holidays(2024, days=[off, worked], **WHO)
    holidays.set_holidays(2024, days=[off], **WHO)
    assert [str(each) for each in Holiday.objects.all()] == ["02/09/2024 · nghỉ · Quốc khánh"]
    for days, sentence in (
        ([off, off], "đứng hai lần"),
        ([replace(off, date=date(2025, 9, 2))], "không thuộc năm 2024"),
        ([replace(off, name=" ")], "chưa có tên"),
        ([replace(off, date=date(2024, 8, 31))], "ngày nghỉ phải là ngày thường"),
        ([replace(worked, date=date(2024, 9, 3))], "ngày nghỉ phải là ngày thường"),
    ):
        with pytest.raises(Refused, match=sentence):
            holidays.set_holidays(2024, days=days, **WHO)

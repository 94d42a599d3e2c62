"""A plan begins: three presets, and out of last year's."""

from datetime import UTC, date, datetime, time
from typing import Any

import pytest

from sangkien.accounts.refusal import Refused
from sangkien.campaigns import queries
from sangkien.campaigns.actions import drafting, parts
from sangkien.campaigns.actions.common import Facts, facts_of
from sangkien.campaigns.actions.criteria import criteria_of, set_criteria
from sangkien.campaigns.models import Campaign
from sangkien.campaigns.presets import CRITERIA, PLANS, fitting
from sangkien.campaigns.questions import questions
from sangkien.ledger.models import Act
from sangkien.units import actions as units
from sangkien.units.models import Kind, Level, Unit
from tests.factories import campaigns as make
from tests.factories import district3
from tests.factories.campaigns import WHO
from tests.factories.units import OFFICER, START, new, unit

IN_2026 = datetime(2026, 6, 1, 2, tzinfo=UTC)


def _names(campaign: Campaign) -> list[str]:
    return [each.unit_version.name for each in queries.participants(campaign)]


def _owner_names(campaign: Campaign, on: date) -> dict[str, list[str]]:
    return {
        code: [version.name for version in (Unit.objects.get(pk=pk).on(on) for pk in offices) if version]
        for code, offices in queries.owners(campaign).items()
    }


# -- the plan of 2024


def test_the_preset_of_a_district_is_plan_230(told: district3.District3) -> None:
    drafted = make.drafted(told)
    campaign = drafted.campaign
    assert campaign.title == (
        "Thực hiện mô hình sáng kiến, giải pháp, cách làm hay trong công tác cải cách hành chính và tổ chức đánh giá, "
        "nhân rộng trên địa bàn Quận 3 năm 2024"
    )
    assert (campaign.opens_date, campaign.closes_date) == (date(2024, 7, 15), date(2024, 9, 15))
    assert campaign.lead_unit == told.offices["Phòng Nội vụ"]
    assert list(campaign.fields.order_by("position").values_list("code", flat=True)) == [
        "steering", "institutions", "procedures", "apparatus", "civil_service", "public_finance", "digital_government",
        "communication",
    ]  # fmt: skip
    assert _owner_names(campaign, make.OPENS) == {
        "field:steering": ["Phòng Nội vụ"],
        "field:apparatus": ["Phòng Nội vụ"],
        "field:civil_service": ["Phòng Nội vụ"],
        "field:procedures": ["Văn phòng UBND Quận 3"],
        "field:digital_government": ["Văn phòng UBND Quận 3"],
        "field:institutions": ["Phòng Tư pháp"],
        "field:public_finance": ["Phòng Tài chính - Kế hoạch"],
        "field:communication": ["Phòng Văn hóa và Thông tin"],
        "sector:education": ["Phòng Giáo dục và Đào tạo"],
    }
    assert drafted.questions == ()


def test_departments_then_wards_are_asked_and_only_wards_may_have_bonus_points(told: district3.District3) -> None:
    campaign = make.drafted(told).campaign
    assert _names(campaign)[:3] == ["Phòng Giáo dục và Đào tạo", "Phòng Nội vụ", "Phòng Tài chính - Kế hoạch"]
    assert _names(campaign)[6:] == list(district3.CODES)
    bonus = campaign.participants.filter(bonus_eligible=True).order_by("position")
    assert [each.unit_version.name for each in bonus] == list(district3.CODES)


def test_the_contradiction_of_the_plan_is_kept_as_printed(told: district3.District3) -> None:
    erratum = make.drafted(told).campaign.errata.get(position=1)
    assert erratum.as_printed == "(2) Cải cách thủ tục hành chính; (3) Cải cách thủ tục hành chính"
    assert erratum.read_as.startswith("(2) Cải cách thể chế; (3) Cải cách thủ tục hành chính.")


def test_form_one_is_the_table_and_form_two_the_narrative(told: district3.District3) -> None:
    one, two = make.drafted(told).campaign.forms.order_by("number")
    assert (one.kind, one.required, two.kind, two.required) == ("table", True, "narrative", False)
    under = one.columns.exclude(under="").order_by("position").values_list("name_as_printed", flat=True)
    assert list(under) == ["Thực trạng", "Nội dung", "Hiệu quả", "Tính mới"]
    assert two.columns.filter(code="limitations").exists()


def test_the_criteria_of_plan_230_are_passed_or_not(told: district3.District3) -> None:
    criteria = make.drafted(told).campaign.criteria_sets.get()
    rows = criteria.criteria.order_by("position").values_list("code", "kind", "knock_out_below")
    assert [(code, kind, int(least)) for code, kind, least in rows] == [
        ("effectiveness", "yes_no", 1),
        ("practicality", "yes_no", 1),
        ("replicability", "yes_no", 1),
        ("novelty", "yes_no", 1),
    ]


def test_nobody_of_the_twin_district_is_taken(told: district3.District3, twin: district3.District3) -> None:
    mine, theirs = make.drafted(told).campaign, make.drafted(twin).campaign
    asked = {each.unit_id for each in mine.participants.all()}
    owners = {office for offices in queries.owners(mine).values() for office in offices}
    assert asked == {each.pk for each in (*told.offices.values(), *told.wards.values())}
    assert owners == {each.pk for each in told.offices.values()}
    assert asked & {each.unit_id for each in theirs.participants.all()} == set()


def test_schools_of_the_district_are_asked_and_those_of_a_ward_are_not(told: district3.District3) -> None:
    school: dict[str, Any] = {"kind": Kind.PUBLIC_SERVICE_UNIT, "level": Level.DISTRICT}
    for name, parent in (
        ("Trường THCS A", told.district),
        ("Trường THCS B", told.offices["Phòng Giáo dục và Đào tạo"]),
        ("Trạm C", told.wards["Phường 01"]),
    ):
        unit(name, parent=parent, **school)
    assert _names(make.drafted(told).campaign)[6:8] == ["Trường THCS A", "Trường THCS B"]


def test_what_is_not_found_or_found_twice_is_a_question(told: district3.District3) -> None:
    units.rename(told.offices["Phòng Tư pháp"], name="Phòng Pháp chế", on=date(2024, 1, 1), **WHO)
    unit("Văn phòng UBND khu phố", parent=told.district, kind=Kind.DEPARTMENT, level=Level.DISTRICT)
    asked = {each.key: each for each in make.drafted(told).questions}
    assert sorted(asked) == ["digital_government", "institutions", "procedures"]
    assert asked["institutions"].text == (
        "“Cải cách thể chế”: kế hoạch mẫu giao “Phòng Tư pháp”, nhưng chưa có đơn vị nào tên như vậy. "
        "Bạn chọn đơn vị phụ trách, hoặc thêm đơn vị."
    )
    assert [each.name for each in asked["procedures"].candidates] == ["Văn phòng UBND khu phố", "Văn phòng UBND Quận 3"]


def test_an_answered_question_is_asked_no_more(told: district3.District3) -> None:
    units.rename(told.offices["Phòng Tư pháp"], name="Phòng Pháp chế", on=date(2024, 1, 1), **WHO)
    campaign = make.drafted(told).campaign
    field = campaign.fields.get(code="institutions")
    parts.set_owners(campaign, thing=field, offices=[told.offices["Phòng Tư pháp"]], **WHO)
    assert questions(campaign, make.OPENS) == []


def test_an_upper_deadline_before_the_close_is_asked_about(told: district3.District3) -> None:
    campaign = make.drafted(told).campaign
    to = Facts(title="Kế hoạch", year=2024, opens_date=make.OPENS, closes_date=make.CLOSES, upper_deadline=make.CLOSES)
    drafting.edit_draft(campaign, to=to, **WHO)
    campaign.refresh_from_db()
    assert [each.text for each in questions(campaign, make.OPENS)] == [
        "Hạn gửi cấp trên (15/09/2024) không sau ngày đóng đợt (15/09/2024). Bạn xem lại hai ngày này."
    ]


@pytest.mark.parametrize(
    ("kind", "on", "codes"),
    [
        (Kind.DISTRICT_PC, date(2025, 6, 30), ["quan-2024"]),
        (Kind.DISTRICT_PC, date(2025, 7, 1), []),
        (Kind.WARD_PC, date(2025, 6, 30), []),
        (Kind.WARD_PC, date(2025, 7, 1), ["phuong-2025"]),
        (Kind.PROVINCE_PC, date(2026, 1, 1), ["thanh-pho-2025"]),
        (Kind.DEPARTMENT, date(2026, 1, 1), []),
    ],
)
def test_a_unit_is_offered_the_plans_of_its_kind_and_time(kind: Kind, on: date, codes: list[str]) -> None:
    assert [plan.code for plan in fitting(kind, on)] == codes


# -- since July 2025


@pytest.mark.django_db
def test_the_preset_of_a_ward_finds_its_three_offices() -> None:
    ward = unit("Phường Bàn Cờ", on=date(2025, 7, 1))
    office: dict[str, Any] = {"kind": Kind.DEPARTMENT, "level": Level.COMMUNE, "parent": ward, "on": date(2025, 7, 1)}
    names = ["Văn phòng HĐND và UBND", "Phòng Kinh tế, Hạ tầng và Đô thị", "Phòng Văn hóa - Xã hội"]
    for name in names:
        unit(name, **office)
    unit("Trung tâm Phục vụ hành chính công", **office | {"kind": Kind.PUBLIC_SERVICE_UNIT})
    drafted = drafting.draft_campaign(preset=PLANS["phuong-2025"], organiser=ward, year=2026, by=OFFICER, at=IN_2026)
    campaign = drafted.campaign
    assert drafted.questions == ()
    assert (campaign.opens_date, campaign.closes_date) == (date(2026, 7, 15), date(2026, 9, 15))
    owners = _owner_names(campaign, date(2026, 6, 1))
    assert owners["field:institutions"] == owners["field:digital_government"] == ["Văn phòng HĐND và UBND"]
    assert owners["field:public_finance"] == ["Phòng Kinh tế, Hạ tầng và Đô thị"]
    assert owners["field:communication"] == owners["sector:education"] == ["Phòng Văn hóa - Xã hội"]
    assert _names(campaign)[-1] == "Trung tâm Phục vụ hành chính công"
    assert len(_names(campaign)) == 4
    assert not campaign.participants.filter(bonus_eligible=True).exists()


@pytest.mark.django_db
def test_the_preset_of_the_city_asks_its_communes_and_leaves_owners_to_a_person() -> None:
    city = unit("Thành phố A", kind=Kind.PROVINCE_PC, level=Level.PROVINCE, on=START)
    unit("Sở Nội vụ", parent=city, kind=Kind.DEPARTMENT, level=Level.PROVINCE)
    kinds = (Kind.WARD_PC, Kind.COMMUNE_PC, Kind.SPECIAL_ZONE_PC)
    news = [new(f"Xã {number}", parent=city, kind=kinds[number % 3]) for number in range(9)]
    units.establish_all(news=news, on=START, **WHO)
    drafted = drafting.draft_campaign(preset=PLANS["thanh-pho-2025"], organiser=city, year=2026, by=OFFICER, at=IN_2026)
    assert drafted.campaign.participants.count() == 9
    assert [each.about for each in drafted.questions] == ["field"] * 8 + ["sector"]


@pytest.mark.parametrize("name", ["phuong-2025", "thanh-pho-2025"])
def test_a_preset_of_another_level_is_refused(name: str, told: district3.District3) -> None:
    with pytest.raises(Refused, match="không dành cho “Quận 3”"):
        make.drafted(told, preset=PLANS[name])


def test_without_a_lead_unit_nothing_begins(told: district3.District3) -> None:
    units.rename(told.offices["Phòng Nội vụ"], name="Phòng Tổ chức", on=date(2024, 1, 1), **WHO)
    with pytest.raises(Refused, match="Chưa rõ đơn vị nào là đơn vị đầu mối"):
        make.drafted(told)
    assert not Campaign.objects.exists()
    assert make.drafted(told, lead_unit=told.offices["Phòng Nội vụ"]).campaign.lead_unit_id


def test_an_organiser_that_has_ended_is_refused(told: district3.District3) -> None:
    with pytest.raises(Refused, match="không hoạt động vào ngày 03/02/2021"):
        make.drafted(told, on=date(2021, 2, 3))


# -- out of last year's


def test_a_year_later_everything_is_there_but_the_old_paper(told: district3.District3) -> None:
    previous = make.issued(told)
    parts_before = [each.code for each in previous.fields.order_by("position")]
    drafted = drafting.draft_from(previous, year=2025, by=OFFICER, at=datetime(2024, 12, 1, tzinfo=UTC))
    campaign = drafted.campaign
    assert campaign.title.endswith("trên địa bàn Quận 3 năm 2025")
    assert (campaign.opens_date, campaign.closes_date) == (date(2025, 7, 15), date(2025, 9, 15))
    assert [each.code for each in campaign.fields.order_by("position")] == parts_before
    assert queries.owners(campaign) == queries.owners(previous)
    assert _names(campaign) == _names(previous)
    assert criteria_of(campaign.criteria_sets.get()) == criteria_of(previous.criteria_sets.get())
    assert parts.forms_of(campaign) == parts.forms_of(previous)
    assert (campaign.state, campaign.continues, campaign.plan) == ("draft", previous, None)
    assert (campaign.bases.count(), campaign.errata.count()) == (0, 0)
    assert (drafted.questions, drafted.moved) == ((), ())


def test_wards_that_were_merged_are_asked_as_their_successor_and_told(told: district3.District3) -> None:
    previous = make.issued(told)
    district3.ten_wards(told, **WHO)
    drafted = drafting.draft_from(previous, year=2025, by=OFFICER, at=datetime(2025, 2, 1, tzinfo=UTC))
    assert _names(drafted.campaign)[6:] == [
        "Phường 1", "Phường 2", "Phường 3", "Phường 4", "Phường 5", "Phường 9", "Phường 11", "Phường 12", "Phường 14",
        "Phường Võ Thị Sáu",
    ]  # fmt: skip
    assert [(each.about, each.was, each.now.name) for each in drafted.moved] == [
        ("participant", "Phường 10", "Phường 9"),
        ("participant", "Phường 13", "Phường 12"),
    ]
    assert drafted.questions == ()


def test_where_a_whole_tier_has_gone_a_person_says_everything(told: district3.District3) -> None:
    previous = make.issued(told)
    district3.ten_wards(told, **WHO)
    district3.three_wards(told, **WHO)
    at = datetime(2025, 8, 1, tzinfo=UTC)
    with pytest.raises(Refused, match="Đơn vị ban hành không hoạt động vào ngày 01/08/2025"):
        drafting.draft_from(previous, year=2025, by=OFFICER, at=at)
    ward = told.wards["Phường Bàn Cờ"]
    with pytest.raises(Refused, match="Đơn vị đầu mối của đợt trước, “Phòng Nội vụ”, không còn"):
        drafting.draft_from(previous, year=2025, organiser=ward, by=OFFICER, at=at)
    office = unit("Phòng Văn hóa - Xã hội", parent=ward, kind=Kind.DEPARTMENT, on=date(2025, 7, 1))
    drafted = drafting.draft_from(previous, year=2025, organiser=ward, lead_unit=office, by=OFFICER, at=at)
    assert drafted.campaign.title.endswith("trên địa bàn phường Bàn Cờ năm 2025")
    asked = [each for each in drafted.questions if each.about in ("field", "sector")]
    assert len(asked) == 9
    assert asked[0].text == (
        "“Công tác chỉ đạo, điều hành cải cách hành chính”: đợt trước do “Phòng Nội vụ” phụ trách, "
        "đơn vị này không còn. Bạn chọn đơn vị phụ trách."
    )
    divided = next(each for each in drafted.questions if "Phường 4" in each.text)
    assert [each.name for each in divided.candidates] == ["Phường Bàn Cờ", "Phường Xuân Hòa"]
    assert _names(drafted.campaign) == []


@pytest.mark.slow
def test_questions_cost_the_same_however_many_units(told: district3.District3, django_assert_num_queries: Any) -> None:
    previous = make.issued(told)
    district3.ten_wards(told, **WHO)
    at = datetime(2025, 2, 1, tzinfo=UTC)
    small = drafting.draft_from(previous, year=2025, by=OFFICER, at=at).campaign
    small.participants.filter(position__gt=2).delete()
    small.fields.filter(position__gt=1).delete()
    large = drafting.draft_from(previous, year=2025, by=OFFICER, at=at).campaign
    for campaign in (Campaign.objects.get(pk=small.pk), Campaign.objects.get(pk=large.pk)):
        with django_assert_num_queries(12):
            questions(campaign, date(2025, 2, 1))


# -- the draft


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"title": " \u200b"}, "Kế hoạch chưa có tên"),
        ({"title": "x" * 501}, "dài quá 500 ký tự"),
        ({"year": 24}, "Năm 24 không hợp lý"),
        ({"closes_date": date(2024, 7, 14)}, r"Ngày đóng \(14/07/2024\) sớm hơn ngày mở \(15/07/2024\)"),
        ({"closes_date": make.OPENS, "opens_time": time(9), "closes_time": time(8)}, "sớm hơn ngày mở"),
    ],
)
def test_facts_that_cannot_be_are_refused(facts: dict[str, Any], sentence: str, told: district3.District3) -> None:
    campaign = make.drafted(told).campaign
    sound: dict[str, Any] = {"title": "Kế hoạch", "year": 2024, "opens_date": make.OPENS, "closes_date": make.CLOSES}
    before = facts_of(campaign)
    with pytest.raises(Refused, match=sentence):
        drafting.edit_draft(campaign, to=Facts(**sound | facts), **WHO)
    assert facts_of(Campaign.objects.get()) == before


def test_texts_are_stored_tidy(told: district3.District3) -> None:
    to = Facts(title="  Kê\u0301 hoạch\0\n mới ", year=2024, opens_date=make.OPENS, closes_date=make.CLOSES)
    assert drafting.edit_draft(make.drafted(told).campaign, to=to, **WHO).title == "Kế hoạch mới"


def test_a_draft_is_for_the_lead_unit_alone(told: district3.District3) -> None:
    make.drafted(told)
    assert set(Act.objects.filter(subject_kind="campaign").values_list("verb", "seen_by")) == {
        ("campaign.drafted", "lead")
    }


def test_the_four_sets_of_criteria_can_all_be_used_and_read_back(told: district3.District3) -> None:
    from_shape = {}
    campaign = make.drafted(told).campaign
    for code, preset in CRITERIA.items():
        from_shape[code] = criteria_of(set_criteria(campaign, to=preset, **WHO))
    assert {code: (each.name, each.groups, each.criteria, each.bands) for code, each in from_shape.items()} == {
        code: (each.name, each.groups, each.criteria, each.bands) for code, each in CRITERIA.items()
    }

"""Every action: what it changes, what it leaves, what it refuses, what stands in the ledger."""

import json
from collections.abc import Callable
from datetime import date
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sangkien.ledger.models import Act, SeenBy
from sangkien.ledger.recording import Actor
from sangkien.units import actions, names, queries
from sangkien.units.changing import Refused
from sangkien.units.models import (
    Kind,
    Level,
    SigningRegime,
    Succession,
    SuccessionKind,
    Unit,
    UnitPath,
    UnitVersion,
)
from sangkien.units.verifying import verify
from tests.factories.units import AT, OFFICER, START, new, unit

pytestmark = pytest.mark.django_db
ON = date(2025, 1, 1)
LATER = date(2025, 7, 1)
BEFORE = date(2020, 1, 1)


def _acts(of: Unit) -> list[str]:
    return [act.verb for act in Act.objects.about(of.uid)]


def _last_facts(of: Unit) -> dict[str, object]:
    facts: dict[str, object] = json.loads(Act.objects.about(of.uid).last().payload)
    return facts


def _name(of: Unit, on: date) -> str | None:
    version = of.on(on)
    return version.name if version else None


# -- establish


def test_a_unit_begins_on_its_day_with_its_facts_and_an_act() -> None:
    district = unit("Quận 3", kind=Kind.DISTRICT_PC, level=Level.DISTRICT)
    uid = uuid4()
    ward = actions.establish(
        new=new("  Phường   4 ", parent=district, code=" 27148\x00", basis="NQ\x07 1111\n", uid=uid),
        on=START,
        by=OFFICER,
        at=AT,
    )
    version = ward.on(START)
    assert version is not None
    assert (version.name, version.name_folded, version.parent, version.code) == (
        "Phường 4",
        "phuong 4",
        district,
        "27148",
    )
    assert (ward.uid, ward.on(BEFORE)) == (uid, None)
    act = Act.objects.about(uid).get()
    assert (act.verb, act.actor, act.subject_kind, act.seen_by) == ("unit.established", "user:1", "unit", SeenBy.PUBLIC)
    assert json.loads(act.payload) == {
        "name": "Phường 4", "kind": "ward_pc", "level": "commune", "parent": str(district.uid), "code": "27148",
        "e_id": "", "signing_regime": "tm", "basis": "NQ 1111", "on": "2021-02-04",
    }  # fmt: skip


def test_a_new_unit_may_take_over_work_of_others_that_go_on() -> None:
    office, city = unit("Phòng Nội vụ"), unit("Sở Nội vụ")
    heir = actions.establish(new=new("Phòng Văn hóa – Xã hội"), on=LATER, by=OFFICER, at=AT, taking_over=[office, city])
    steps = queries.predecessors(heir)
    assert [(step.from_id, step.kind, step.whole) for step in steps] == [
        (office.pk, SuccessionKind.ESTABLISH, False),
        (city.pk, SuccessionKind.ESTABLISH, False),
    ]
    assert _name(office, LATER) == "Phòng Nội vụ"


@pytest.mark.parametrize("count", [1, 3, 30])
def test_many_units_begin_in_the_same_number_of_statements(count: int) -> None:
    district = unit("Quận 3")
    with CaptureQueriesContext(connection) as asked:
        news = [new(f"Phường {number}", parent=district) for number in range(count)]
        actions.establish_all(news=news, on=START, by=OFFICER, at=AT)
    assert len(asked) == (14 if connection.vendor == "postgresql" else 13)  # there the closure is locked, too


# -- changes


def test_a_renamed_unit_keeps_its_earlier_name_for_earlier_papers() -> None:
    ward = unit("Phường 04")
    actions.rename(ward, name="Phường 4", on=ON, by=OFFICER, at=AT, basis="NQ 1278")
    assert [_name(ward, day) for day in (date(2024, 12, 31), ON)] == ["Phường 04", "Phường 4"]
    assert _acts(ward) == ["unit.established", "unit.renamed"]
    assert _last_facts(ward) == {"old": "Phường 04", "new": "Phường 4", "on": "2025-01-01", "basis": "NQ 1278"}
    row = Succession.objects.get()
    assert (row.from_unit, row.to_unit, row.kind, row.whole) == (ward, ward, SuccessionKind.RENAME, True)
    assert queries.successors(ward) == []


def test_two_changes_on_one_day_are_one_version_and_the_first_stays_as_superseded() -> None:
    commune, city = unit("Xã Tân Tiến", kind=Kind.COMMUNE_PC), unit("Thành phố A")
    actions.rename(commune, name="Tân Tiến", on=ON, by=OFFICER, at=AT)
    actions.change_kind(commune, kind=Kind.WARD_PC, name="Phường Tân Tiến", on=ON, by=OFFICER, at=AT)
    actions.change_parent(commune, parent=city, on=ON, by=OFFICER, at=AT)
    version = commune.on(ON)
    assert version is not None
    assert (version.name, version.kind, version.parent) == ("Phường Tân Tiến", Kind.WARD_PC, city)
    assert commune.versions.current().count() == 2
    assert list(commune.versions.filter(superseded_at=AT).order_by("pk").values_list("name", flat=True)) == [
        "Tân Tiến",
        "Phường Tân Tiến",
    ]
    assert [row.kind for row in Succession.objects.all()] == [SuccessionKind.CHANGE_KIND]


def test_a_unit_that_moves_takes_along_all_that_stand_under_it() -> None:
    old, city = unit("Quận 3"), unit("Thành phố A")
    ward = unit("Phường 4", parent=old)
    school = unit("Trường Hoa Sen", parent=ward)
    actions.change_parent(ward, parent=city, on=ON, by=OFFICER, at=AT)
    assert [above.name for above in queries.ancestors(school, date(2024, 12, 31))] == ["Phường 4", "Quận 3"]
    assert [above.name for above in queries.ancestors(school, ON)] == ["Phường 4", "Thành phố A"]
    assert set(queries.subtree(old, ON).values_list("name", flat=True)) == {"Quận 3"}
    assert _last_facts(ward) == {"old": str(old.uid), "new": str(city.uid), "on": "2025-01-01", "basis": ""}


def test_details_change_by_date_and_the_rest_stays() -> None:
    ward = unit("Phường 4", code="27148", e_id="000.01")
    actions.change_details(ward, code="27149", signing_regime=SigningRegime.HEAD, on=ON, by=OFFICER, at=AT)
    old, changed = ward.versions.order_by("valid_from")
    assert (old.code, old.signing_regime) == ("27148", SigningRegime.TM)
    assert (changed.code, changed.signing_regime, changed.e_id, changed.name) == (
        "27149",
        SigningRegime.HEAD,
        "000.01",
        "Phường 4",
    )


# -- merge, split, abolish


def test_units_merge_into_one_of_them_under_a_new_name() -> None:
    nine, ten = unit("Phường 09"), unit("Phường 10")
    assert actions.merge([nine, ten], into=nine, name="Phường 9", on=ON, by=OFFICER, at=AT) == nine
    assert (_name(nine, ON), _name(ten, ON), _name(ten, date(2024, 12, 31))) == ("Phường 9", None, "Phường 10")
    assert [(step.from_id, step.whole) for step in queries.predecessors(nine)] == [(ten.pk, True)]
    assert _acts(ten) == ["unit.established", "unit.merged"]
    assert _acts(nine) == ["unit.established", "unit.renamed", "unit.took_in"]
    assert _last_facts(nine)["from"] == [str(ten.uid)]


def test_units_merge_into_a_new_one_that_may_carry_the_name_of_an_old_one() -> None:
    parent = unit("Quận 3")
    first, second = unit("Phường 12", parent=parent), unit("Phường 13", parent=parent)
    heir = actions.merge([first, second], into=new("Phường 12", parent=parent), on=ON, by=OFFICER, at=AT)
    assert heir not in (first, second)
    assert [version.unit for version in names.find_by_name("P.12", ON).candidates] == [heir]
    assert {step.from_id for step in queries.predecessors(heir)} == {first.pk, second.pk}


def test_a_unit_wholly_split_ends_and_one_that_gives_a_part_goes_on() -> None:
    whole, part, taker = unit("Phường 4"), unit("Phường 5"), unit("Phường 6")
    takers = actions.split(whole, parts=[taker, new("Phường 7")], whole=True, on=ON, by=OFFICER, at=AT)
    actions.split(part, parts=[taker], whole=False, on=ON, by=OFFICER, at=AT)
    assert takers[0] == taker
    assert (_name(whole, ON), _name(part, ON)) == (None, "Phường 5")
    assert {step.from_id for step in queries.predecessors(taker)} == {whole.pk, part.pk}
    assert not Succession.objects.filter(whole=True).exists()


def test_an_abolished_unit_has_no_successor_until_a_person_names_one() -> None:
    office, heir = unit("Phòng Nội vụ"), unit("Phòng Văn hóa – Xã hội")
    actions.abolish(office, on=ON, by=OFFICER, at=AT)
    assert queries.successors(office) == []
    actions.name_successor(office, to=heir, whole=False, by=Actor("user:2"), at=AT)
    assert [(step.to_id, step.effective_date, step.whole) for step in queries.successors(office)] == [
        (heir.pk, ON, False)
    ]
    assert _acts(office) == ["unit.established", "unit.abolished", "unit.successor_named"]


def test_an_abolished_unit_may_hand_over_to_several_at_once() -> None:
    office, first, second = unit("Phòng Nội vụ"), unit("Phòng A"), unit("Phòng B")
    actions.abolish(office, to=[first, second], on=ON, by=OFFICER, at=AT)
    assert [(step.to_id, step.whole) for step in queries.successors(office)] == [(first.pk, False), (second.pk, False)]


# -- refusals: the sentence, and that nothing has changed


def _refusals() -> dict[str, tuple[str, Callable[[dict[str, Unit]], object]]]:
    who = {"by": OFFICER, "at": AT}
    return {
        "a second click on a new name": (
            "Thông tin này đã được ghi như vậy rồi",
            lambda it: actions.rename(it["ward"], name=" Phường  4", on=LATER, **who),
        ),
        "a second click on a parent": (
            "Thông tin này đã được ghi như vậy rồi",
            lambda it: actions.change_parent(it["ward"], parent=it["district"], on=LATER, **who),
        ),
        "a change of nothing": (
            "Thông tin này đã được ghi như vậy rồi",
            lambda it: actions.change_details(it["ward"], on=LATER, basis="QĐ 1", **who),
        ),
        "an ended unit changes no more": (
            "“Phường 9” đã kết thúc từ ngày 01/01/2025",
            lambda it: actions.rename(it["ended"], name="X", on=LATER, **who),
        ),
        "a change before the last one": (
            "“Phường 4” có thông tin từ ngày 04/02/2021, sau ngày 01/01/2020",
            lambda it: actions.rename(it["ward"], name="X", on=BEFORE, **who),
        ),
        "an end on the first day": (
            "“Phường 4” chỉ bắt đầu từ ngày 04/02/2021",
            lambda it: actions.abolish(it["ward"], on=START, **who),
        ),
        "an end that leaves children": (
            "Còn đơn vị trực thuộc sau ngày 01/07/2025: Phường 4, Phường 5.",
            lambda it: actions.abolish(it["district"], on=LATER, **who),
        ),
        "a merger that leaves children": (
            "Còn đơn vị trực thuộc",
            lambda it: actions.merge([it["district"]], into=it["other"], on=LATER, **who),
        ),
        "a parent that has ended": (
            "“Phường 9” kết thúc từ ngày 01/01/2025",
            lambda it: actions.change_parent(it["ward"], parent=it["ended"], on=LATER, **who),
        ),
        "a parent that begins later": (
            "“Quận 3” chỉ có từ ngày 04/02/2021, sau ngày 01/01/2020",
            lambda it: actions.establish(new=new("Phường 8", parent=it["district"]), on=BEFORE, **who),
        ),
        "a circle": (
            "lại đang trực thuộc chính đơn vị này",
            lambda it: actions.change_parent(it["district"], parent=it["ward"], on=LATER, **who),
        ),
        "a unit under itself": (
            "lại đang trực thuộc chính đơn vị này",
            lambda it: actions.change_parent(it["ward"], parent=it["ward"], on=LATER, **who),
        ),
        "a second unit of one name": (
            "Đã có “PHƯỜNG 4” trực thuộc cùng đơn vị cấp trên",
            lambda it: actions.establish(new=new("PHƯỜNG 4", parent=it["district"]), on=LATER, **who),
        ),
        "a new name that a neighbour has": (
            "Đã có “Phường 5”",
            lambda it: actions.rename(it["ward"], name="Phường 5", on=LATER, **who),
        ),
        "no name": ("Đơn vị chưa có tên", lambda it: actions.rename(it["ward"], name=" \u200b\x00", on=LATER, **who)),
        "a name too long": (
            "Tên đơn vị dài quá 300 ký tự",
            lambda it: actions.establish(new=new("x" * 301), on=LATER, **who),
        ),
        "a code too long": (
            "Mã dài nhất 20 ký tự",
            lambda it: actions.change_details(it["ward"], code="9" * 21, on=LATER, **who),
        ),
        "a merger of nobody": (
            "Chưa có đơn vị nào để nhập",
            lambda it: actions.merge([it["ward"]], into=it["ward"], on=LATER, **who),
        ),
        "a merger into a unit that has ended": (
            "“Phường 9” kết thúc",
            lambda it: actions.merge([it["ward"]], into=it["ended"], on=LATER, **who),
        ),
        "a whole split into one": (
            "Nếu chỉ có một thì đó là sáp nhập",
            lambda it: actions.split(it["ward"], parts=[it["other"]], whole=True, on=LATER, **who),
        ),
        "a split into itself": (
            "Một đơn vị không kế tục chính nó",
            lambda it: actions.split(it["ward"], parts=[it["ward"]], whole=False, on=LATER, **who),
        ),
        "the same successor twice": (
            "đã được ghi cho cùng hai đơn vị",
            lambda it: actions.split(it["ward"], parts=[it["other"], it["other"]], whole=False, on=LATER, **who),
        ),
        "a successor of a living unit": (
            "“Phường 4” còn hoạt động",
            lambda it: actions.name_successor(it["ward"], to=it["other"], whole=True, **who),
        ),
        "a successor that ended before": (
            "kết thúc trước “Phường 10”",
            lambda it: actions.name_successor(it["ended later"], to=it["ended"], whole=True, **who),
        ),
    }


@pytest.mark.parametrize("case", _refusals())
def test_what_is_refused_says_why_and_changes_nothing(case: str) -> None:
    district = unit("Quận 3")
    it = {
        "district": district,
        "ward": unit("Phường 4", parent=district),
        "neighbour": unit("Phường 5", parent=district),
        "other": unit("Quận 5"),
        "ended": unit("Phường 9"),
        "ended later": unit("Phường 10"),
    }
    actions.abolish(it["ended"], on=ON, by=OFFICER, at=AT)
    actions.abolish(it["ended later"], on=LATER, by=OFFICER, at=AT)
    before = _everything()
    sentence, attempt = _refusals()[case]
    with pytest.raises(Refused) as refused:
        attempt(it)
    assert sentence in str(refused.value)
    assert _everything() == before


def _everything() -> list[list[object]]:
    models = (Unit, UnitVersion, UnitPath, Succession, Act)
    return [list(model.objects.order_by("pk").values_list()) for model in models]


def test_nothing_is_inferred_from_codes() -> None:
    old = unit("Phường 9", code="27142")
    actions.abolish(old, on=LATER, by=OFFICER, at=AT)
    heir = unit("Phường Nhiêu Lộc", code="27142", on=LATER)
    assert queries.successors(old) == []
    assert queries.conflict_set(heir, LATER) == {heir.pk}
    assert verify() == []

"""A list is shown before it is entered, errors by line; entered twice it changes nothing."""

from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sangkien.ledger.models import Act
from sangkien.units.changing import Refused
from sangkien.units.importing import Fate, Sheet, apply, compare, read_text, read_units
from sangkien.units.models import Kind, Unit, UnitVersion
from sangkien.units.queries import ancestors, subtree
from sangkien.units.verifying import verify
from tests.factories.units import AT, OFFICER, unit
from tests.together import undone
from tests.units.importing import files

pytestmark = pytest.mark.django_db
ON = date(2020, 7, 1)
CELLS = (
    "",
    "Phường 1",
    "Phường 01",
    "P.1",
    "Quận A",
    "quan a",
    "771",
    "phường",
    "quận",
    "1/7/2020",
    "1/1/2021",
    "Phòng X",
)
_NO_PARENT = "Chưa có đơn vị cấp trên “{}” vào ngày {}. Bạn thêm một dòng cho đơn vị đó hoặc sửa tên."
_TWO_PARENTS = (
    "Vào ngày 01/07/2020 có 2 đơn vị tên “Phường 1” (Phường 1 – Quận A, Phường 1 – Quận B). "
    "Bạn ghi mã của cấp trên thay cho tên."
)


def _table(*rows: str) -> str:
    return "\n".join(["Tên đơn vị\tLoại\tMã\tTrực thuộc\tHiệu lực từ", *rows])


def _preview(*rows: str, under: Unit | None = None) -> dict[str, tuple[Fate, list[str]]]:
    preview = compare(read_text(_table(*rows)), on=ON, under=under)
    return {row.line.place: (row.fate, row.errors) for row in preview.rows}


def test_a_list_is_shown_and_changes_nothing(tmp_path: Path) -> None:
    preview = read_units(files.xlsx(tmp_path / "a.xlsx"), on=ON)
    assert str(preview) == "6 đơn vị mới, 0 đã có, 0 có thể là đổi tên, 0 dòng có lỗi."
    assert preview.errors == []
    assert preview.rows[5].notes == ["Loại đoán theo tên: đơn vị sự nghiệp công lập."]
    assert not Unit.objects.exists()


def test_a_list_is_entered_parents_first_and_a_second_time_changes_nothing(tmp_path: Path) -> None:
    path = files.xlsx(tmp_path / "a.xlsx", tuple(reversed(files.ROWS)))
    done = apply(read_units(path, on=ON), by=OFFICER, at=AT)
    assert (done.established, done.renamed, done.left) == (6, 0, 0)
    ward = UnitVersion.objects.get(name="Phường 1")
    assert [version.name for version in ancestors(ward.unit, ON)] == ["Quận Bến Đò", "Thành phố Sông Xanh"]
    office = UnitVersion.objects.get(name="Phòng Tư pháp")
    assert (office.kind, office.level, office.signing_regime) == ("department", "district", "head")
    assert Act.objects.filter(verb="unit.established").count() == 6
    again = read_units(path, on=date(2024, 7, 9))
    assert again.count(Fate.SAME) == 6
    assert apply(again, by=OFFICER, at=AT).established == 0
    assert Unit.objects.count() == Act.objects.count() == 6
    assert verify() == []


def test_pasted_names_stand_under_the_issuing_unit() -> None:
    district = unit("Quận Bến Đò", kind=Kind.DISTRICT_PC, on=ON)
    preview = compare(read_text("Phường 1\nPhường 2\nPhòng Tư pháp"), on=ON, under=district)
    apply(preview, by=OFFICER, at=AT)
    assert subtree(district, ON).count() == 4
    assert compare(preview.sheet, on=ON, under=district).count(Fate.SAME) == 3


def test_errors_are_told_by_line() -> None:
    unit("Phường 1", parent=unit("Quận A", on=ON), on=ON)
    unit("Phường 1", parent=unit("Quận B", on=ON), on=ON)
    found = _preview(
        "Phường 7\tphường\t\tQuận Chưa Có\t",
        "Tổ 1\tkhác\t\tPhường 1\t",
        "Phường 8\thành tinh\t\tQuận A\t",
        "Phường 9\tphường\t\tQuận A\t31/02/2020",
        "\tphường\t\tQuận A\t",
        "Phường 5\tphường\t\tQuận A\t",
        "PHƯỜNG 5\tphường\t\tquận a\t",
        "Phòng X\t\t\tPhòng Y\t",
        "Phòng Y\t\t\tPhòng X\t",
        "Phòng Z\t\t\tPhường 8\t",
        "Phường 6\tphường\t\tQuận A\t1/1/2019",
    )
    wrong = {place: errors for place, (fate, errors) in found.items() if fate is Fate.WRONG}
    assert wrong == {
        "dòng 2": [_NO_PARENT.format("Quận Chưa Có", "01/07/2020")],
        "dòng 3": [_TWO_PARENTS],
        "dòng 4": ["Loại “hành tinh” chưa rõ. Bạn ghi ví dụ: phường, xã, cơ quan chuyên môn, đơn vị sự nghiệp."],
        "dòng 5": ["Ngày “31/02/2020” chưa rõ. Bạn ghi ngày/tháng/năm, ví dụ 01/07/2025."],
        "dòng 6": ["Chưa có tên đơn vị. Bạn ghi tên vào cột tên."],
        "dòng 8": ["Trùng với dòng 7. Bạn bỏ một dòng, hoặc ghi rõ cấp trên nếu là hai đơn vị."],
        "dòng 9": ["Các đơn vị trực thuộc nhau thành vòng. Bạn xem lại cột cấp trên."],
        "dòng 10": ["Các đơn vị trực thuộc nhau thành vòng. Bạn xem lại cột cấp trên."],
        "dòng 11": ["Đơn vị cấp trên (dòng 4) có lỗi."],
        "dòng 12": [_NO_PARENT.format("Quận A", "01/01/2019")],
    }  # fmt: skip


def test_a_list_with_an_error_is_not_entered_at_all() -> None:
    preview = compare(read_text(_table("Phường 1\tphường\t\t\t", "Phường 2\t?\t\t\t")), on=ON)
    with pytest.raises(Refused, match=r"Chưa ghi đơn vị nào vì còn 1 lỗi\. dòng 3: Loại"):
        apply(preview, by=OFFICER, at=AT)
    assert not Unit.objects.exists()


def test_a_changed_name_is_a_question_and_waits_for_a_person() -> None:
    district = unit("Quận A", on=ON)
    ward = unit("Phường 09", parent=district, on=ON, code="11109")
    preview = compare(read_text(_table("Phường 9\tphường\t11109\tQuận A\t1/1/2025")), on=ON)
    (row,) = preview.rows
    assert (row.fate, row.unit and row.unit.unit) == (Fate.RENAME, ward)
    assert row.notes == [
        "Đang ghi là “Phường 09”. Nếu nay đổi tên thì chọn đổi tên; nếu chỉ là cách viết thì để nguyên."
    ]
    assert apply(preview, by=OFFICER, at=AT).left == 1
    assert Unit.objects.count() == 2
    assert apply(preview, by=OFFICER, at=AT, renames=["dòng 2"]).renamed == 1
    assert [ward.on(day).name for day in (date(2024, 12, 31), date(2025, 1, 1))] == ["Phường 09", "Phường 9"]
    assert compare(preview.sheet, on=ON).count(Fate.SAME) == 1


def test_the_same_code_under_another_name_is_asked_never_taken() -> None:
    city = unit("Thành phố A", on=ON)
    unit("Phường Cũ", parent=city, on=ON, code="11109")
    preview = compare(read_text(_table("Phường Mới\tphường\t11109\tThành phố A\t1/7/2025")), on=ON)
    (row,) = preview.rows
    assert row.fate is Fate.RENAME
    assert row.notes == [
        "Mã 11109 đang là của “Phường Cũ”. Đơn vị đó nay đổi tên thì chọn đổi tên; không thì chọn thêm mới."
    ]
    assert apply(preview, by=OFFICER, at=AT, as_new=["dòng 2"]).established == 1
    assert UnitVersion.objects.as_of(date(2025, 7, 1)).filter(code="11109").count() == 2


def test_a_decision_about_another_line_is_refused() -> None:
    preview = compare(read_text("Phường 1"), on=ON)
    with pytest.raises(Refused, match="dòng 1"):
        apply(preview, by=OFFICER, at=AT, renames=["dòng 1"])
    assert not Unit.objects.exists()


def test_two_spellings_of_one_name_are_the_same_unit_and_differences_are_told() -> None:
    unit("Phường Xuân Hòa", on=ON, code="1")
    (row,) = compare(read_text(_table("PHƯỜNG XUÂN HOÀ\txã\t2\t\t")), on=ON).rows
    assert (row.fate, row.notes) == (
        Fate.SAME,
        [
            "Khác loại: tệp ghi “UBND xã”, đang ghi “UBND phường”. Không đổi gì.",
            "Khác mã: tệp ghi “2”, đang ghi “1”. Không đổi gì.",
        ],
    )


def test_a_parent_may_be_named_by_its_code_and_must_live_on() -> None:
    unit("Phường 1", parent=unit("Quận A", on=ON, code="771"), on=ON)
    assert _preview("Phường 2\tphường\t\t771\t")["dòng 2"][0] is Fate.NEW
    found = _preview("Phường 1\tphường\t\t771\t1/1/2019")
    assert found["dòng 2"][0] is Fate.WRONG


@pytest.mark.parametrize(
    ("row", "kind"),
    [
        ("Thành phố Thủ Đức\t\t\tThành phố A\t", Kind.DISTRICT_PC),
        ("Thành phố Thủ Đức\tThành phố\t\tThành phố A\t", Kind.DISTRICT_PC),
        ("Thành phố B\tThành phố trực thuộc trung ương\t\tThành phố A\t", Kind.PROVINCE_PC),
        ("Thành phố B\t\t\t\t", Kind.PROVINCE_PC),
    ],
)
def test_a_city_under_a_superior_unit_is_of_the_district_level(row: str, kind: Kind) -> None:
    unit("Thành phố A", on=ON)
    assert compare(read_text(_table(row)), on=ON).rows[0].kind is kind


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.tuples(*[st.sampled_from(CELLS) | st.text(max_size=6)] * 5), min_size=1, max_size=6))
@pytest.mark.slow
def test_whatever_stands_in_the_cells_there_is_an_answer_for_every_line(rows: list[tuple[str, ...]]) -> None:
    with suppress(Refused):
        preview = compare(read_text(_table(*("\t".join(row) for row in rows))), on=ON)
        assert len(preview.rows) == len(preview.sheet.lines)
        assert all(bool(row.errors) == (row.fate is Fate.WRONG) for row in preview.rows)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["Phường 1", "Phường 01", "Phường 2", "P.1", "Quận A", "Quận B", "Phòng X"]),
            st.sampled_from(["", "phường", "quận"]),
            st.sampled_from(["", "", "771", "772"]),
            st.sampled_from(["", "", "Quận A", "quan b", "771", "Phường 1"]),
            st.sampled_from(["", "", "1/7/2020", "1/1/2021"]),
        ),
        max_size=7,
    )
)
@pytest.mark.slow
def test_a_list_without_errors_is_entered_whole_and_a_second_time_finds_itself(rows: list[tuple[str, ...]]) -> None:
    text = _table("Quận A\tquận\t\t\t", "Quận B\tquận\t771\t\t", *("\t".join(row) for row in rows))
    with undone():
        preview = compare(read_text(text), on=ON)
        right = [row.line for row in preview.rows if row.fate is Fate.NEW]
        preview = compare(Sheet(right), on=ON)
        if preview.errors:
            return  # a line left out was the parent of another
        assert apply(preview, by=OFFICER, at=AT).established == len(right)
        again = compare(preview.sheet, on=ON)
        assert [row.fate for row in again.rows] == [Fate.SAME] * len(right)
        assert verify() == []


@pytest.mark.parametrize("count", [1, 3, 40])
def test_comparing_asks_as_much_for_many_lines_as_for_one(count: int) -> None:
    for name in ("Quận A", "Quận B"):
        unit("Phường 1", parent=unit(name, on=ON), on=ON)
    sheet = read_text(_table(*(f"Tổ {number}\tkhác\t\tPhường 1\t" for number in range(count))))
    with CaptureQueriesContext(connection) as asked:
        assert compare(sheet, on=ON).count(Fate.WRONG) == count
    assert len(asked) == 2


@pytest.mark.slow
def test_the_whole_country_is_entered_in_a_bounded_number_of_statements() -> None:
    path = Path(__file__).parents[4] / "shared" / "data" / "vn-units-2025.csv"
    if not path.exists():
        pytest.skip("the public list of units is not beside the project")
    preview = read_units(path, on=date(2025, 7, 1))
    assert (preview.errors, preview.count(Fate.NEW)) == ([], 3355)
    with CaptureQueriesContext(connection) as asked:
        apply(preview, by=OFFICER, at=AT)
    assert len(asked) < 400
    assert UnitVersion.objects.filter(kind=Kind.PROVINCE_PC).count() == 34
    assert UnitVersion.objects.filter(kind__in=Kind.of_communes()).count() == 3321
    assert read_units(path, on=date(2025, 7, 2)).count(Fate.SAME) == 3355
    assert verify() == []

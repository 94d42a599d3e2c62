"""The eight fields as units write them."""

import pytest

from sangkien.appendix.fields import FIELDS, ParField, recognise

ALL = {field.number: field.code for field in FIELDS}


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.code)
def test_the_plans_own_name_and_number(field: ParField) -> None:
    for raw in (field.name, field.name.upper(), f"Lĩnh vực {field.name}", f"{field.name.lower()}."):
        assert (recognise(raw).codes, recognise(raw).warnings) == ((field.code,), ()), raw
    if field.number not in (2, 3):
        for raw in (
            f"({field.number}) {field.name}",
            f"{field.name} ({field.number})",
            f"{field.number}. {field.name}",
        ):
            assert (recognise(raw).codes, recognise(raw).warnings) == ((field.code,), ()), raw


@pytest.mark.parametrize(
    ("raw", "numbers"),
    [
        ("(7)", [7]),
        ("3", [3]),
        ("03", [3]),
        ("LV 7", [7]),
        ("Lĩnh vực số 7", [7]),
        ("Lĩnh vực (3)", [3]),
        ("(3) Cải cách thủ tục hành chính", [3]),
        ("CCTTHC", [3]),
        ("C.C.T.T.H.C", [3]),
        ("Cải cách TTHC", [3]),
        ("TTHC", [3]),
        ("CQĐT", [7]),
        ("Xây dựng CQĐT, CQS", [7]),
        ("Chính quyền số", [7]),
        ("chính quyền điện tử chính quyền số", [7]),
        ("Chính quyền điện tử; chính quyền số", [7]),
        ("CĐĐH", [1]),
        ("Chỉ đạo điều hành CCHC", [1]),
        ("Cải cách tổ chức bộ máy", [4]),
        ("Cải cách chế độ công vụ, công chức", [5]),
        ("Thông tin tuyên truyền CCHC", [8]),
        ("(3), (7)", [3, 7]),
        ("3; 7", [3, 7]),
        ("3 và 7", [3, 7]),
        ("3,7", [3, 7]),
        ("(3) Cải cách TTHC; (7) Chính quyền số", [3, 7]),
        ("Cải cách TTHC\nCải cách thể chế", [3, 2]),
        ("Cải cách TTHC, xây dựng chính quyền số", [3, 7]),
        ("1. Cải cách thể chế\n2. Cải cách tài chính công", [2, 6]),
        ("Cải cách TTHC; TTHC", [3]),
    ],
)
def test_sure_readings_need_no_warning(raw: str, numbers: list[int]) -> None:
    found = recognise(raw)
    assert (found.codes, found.warnings) == (tuple(ALL[number] for number in numbers), ())


@pytest.mark.parametrize(
    ("raw", "number"),
    [
        ("(2)", 2),
        ("2", 2),
        ("CĐS", 7),
        ("Chuyển đổi số", 7),
        ("Hiện đại hóa hành chính", 7),
        ("Ứng dụng CNTT", 7),
        ("Xây dựng và nâng cao chất lượng đội ngũ cán bộ, công chức, viên chức", 5),
        ("Cải cách thủ tụt hành chính", 3),
        ("Cải cách thể chết", 2),
        ("Cải cách tài chánh công", 6),
        ("Một cửa", 3),
        ("III", 3),
        ("Lĩnh vực (VII)", 7),
        ("Tài chính", 6),
    ],
)
def test_a_guess_is_taken_with_a_warning(raw: str, number: int) -> None:
    found = recognise(raw)
    assert found.codes == (ALL[number],)
    assert len(found.warnings) == 1


@pytest.mark.parametrize(
    "raw",
    [
        "",
        "-",
        "…",
        "Cải cách hành chính",
        "ngành giáo dục",
        "Giáo dục và Đào tạo",
        "9",
        "(12)",
        "Khác",
        "Đô thị",
        "CCHC",
        "UBND Phường 1",
    ],
)
def test_no_field_is_left_to_a_person(raw: str) -> None:
    found = recognise(raw)
    assert found.codes is None
    assert len(found.warnings) == 1


def test_the_plans_own_contradiction_is_asked() -> None:
    for raw in ("(2) Cải cách thủ tục hành chính", "2. Cải cách TTHC", "Cải cách thủ tục hành chính (2)"):
        assert recognise(raw).codes is None
        (question,) = recognise(raw).warnings
        assert question.endswith("Đơn vị muốn nói (3) Cải cách thủ tục hành chính hay (2) Cải cách thể chế?")


def test_a_number_and_a_name_that_disagree_are_left_to_a_person() -> None:
    found = recognise("(5) Cải cách tài chính công")
    assert found.codes is None
    warning = (
        "Tệp ghi “(5) Cải cách tài chính công”: số 5 là Cải cách chế độ công vụ, "
        "nhưng tên là Cải cách tài chính công. Bạn hãy chọn lĩnh vực."
    )
    assert found.warnings == (warning,)


def test_what_is_no_field_beside_one_is_pointed_out() -> None:
    found = recognise("Giáo dục; Cải cách TTHC")
    assert found.codes == ("procedures",)
    assert len(found.warnings) == 1


@pytest.mark.parametrize(
    ("raw", "codes"),
    [
        ("Cải cách TTHC\n(7)", ("procedures", "digital_government")),
        ("(3)\nCải cách thủ tục hành chính", ("procedures",)),
        ("(2)\nCải cách thủ tục hành chính", None),
        ("Cải cách thủ tục\nhành chính", ("procedures",)),
        ("Xây dựng và phát triển chính quyền điện tử,\nchính quyền số", ("digital_government",)),
        ("Công tác chỉ đạo,\nđiều hành cải cách hành chính", ("steering",)),
        ("Cải cách tài\nchính công", ("public_finance",)),
    ],
)
def test_lines_of_a_cell(raw: str, codes: tuple[str, ...] | None) -> None:
    assert recognise(raw).codes == codes

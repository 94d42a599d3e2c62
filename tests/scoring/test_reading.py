"""A file becomes an input, or one sentence."""

import json
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sangkien.scoring import reading
from sangkien.scoring.checking.inputs import problems
from sangkien.scoring.model import PassBy, Share, Tie, VoteRule
from sangkien.scoring.nodes import Unreadable
from sangkien.scoring.reading import read_file, read_input

Plain = dict[str, object]


def criterion(**more: object) -> Plain:
    """A criterion by number up to ten."""
    return {"code": "a", "name": "Tính mới", "kind": "number", "max": 10, "step": 0.1} | more


def plain(**more: object) -> Plain:
    """A file with one entry and one sheet."""
    return {
        "rule": {"version": "1", "criteria": [criterion()]},
        "entries": [{"code": "e1"}],
        "sheets": [{"judge": "j1", "entry": "e1", "marks": {"a": 7.1}}],
    } | more


def sheet(**more: object) -> Plain:
    """A file whose sheet says this too."""
    return plain(sheets=[{"judge": "j1", "entry": "e1", "marks": {"a": 7.1}} | more])


def rule(**more: object) -> Plain:
    """A file whose rule says this too."""
    return plain(rule={"version": "1", "criteria": [criterion()]} | more)


def test_numbers_are_exact_as_written() -> None:
    assert read_input(json.dumps(plain())).sheets[0].marks == {"a": Decimal("7.1")}


@pytest.mark.parametrize(("written", "mark"), [('"7.10"', "7.1"), ("7", "7"), ("7.1e0", "7.1"), ("-0.0", "0")])
def test_a_number_may_be_written_in_several_ways(written: str, mark: str) -> None:
    text = json.dumps(plain()).replace("7.1", written)
    assert read_input(text).sheets[0].marks["a"] == Decimal(mark)


def test_null_is_a_missing_mark_and_may_have_a_reason() -> None:
    (read,) = read_input(json.dumps(sheet(marks={"a": None}, missing={"a": "đi công tác"}))).sheets
    assert (read.marks, read.missing) == ({"a": None}, {"a": "đi công tác"})


def test_true_and_false_are_marks_of_yes_no_only() -> None:
    yes_no = {"version": "1", "criteria": [criterion(kind="yes_no", max=1, step=1)]}
    assert read_input(json.dumps(sheet(marks={"a": True}) | {"rule": yes_no})).sheets[0].marks == {"a": Decimal(1)}
    with pytest.raises(Unreadable, match=r"sheets\[0\].marks.a phải là số"):
        read_input(json.dumps(sheet(marks={"a": True})))


def test_one_and_true_are_told_apart_when_the_same_mark_comes_again() -> None:
    sheets = [{"judge": "j1", "entry": "e1", "marks": {"a": 1}}, {"judge": "j2", "entry": "e1", "marks": {"a": True}}]
    with pytest.raises(Unreadable, match=r"sheets\[1\]"):
        read_input(json.dumps(plain(sheets=sheets)))


def test_settings_of_the_rule() -> None:
    vote = {"share": "7/10", "of": "members", "quorum": ">1/2", "tie": "chair"}
    read = read_input(json.dumps(rule(pass_by="both", pass_line="50.5", vote=vote, yes="2/3", decimals=1))).rule
    assert (read.pass_by, read.pass_line, read.decimals, read.yes) == (PassBy.BOTH, Decimal("50.5"), 1, Share(2, 3))
    assert read.vote is not None
    assert (read.vote.share, read.vote.quorum, read.vote.tie) == (
        Share(7, 10), Share(1, 2, more_than=True), Tie.CHAIR,
    )  # fmt: skip


def test_a_vote_without_quorum_needs_none() -> None:
    assert read_input(json.dumps(rule(vote={"share": ">1/2"}))).rule.vote == VoteRule(quorum=None)


def test_text_becomes_one_spelling_of_unicode() -> None:
    decomposed = "Ti\u0301nh"
    assert read_input(json.dumps(plain(entries=[{"code": decomposed}]))).entries[0].code == "T\u00ednh"


@pytest.mark.parametrize(
    ("given_plain", "said"),
    [
        ([], "Tệp phải là một đối tượng {…}. Bạn xem lại."),
        ({"rule": {}}, "Tệp thiếu “entries”. Bạn thêm vào."),
        (plain(marks=1), "Tệp có “marks” không thuộc mẫu tệp. Bạn bỏ hoặc sửa tên."),
        (plain(format="x"), "Tệp này ghi mẫu “x” bản 1; ở đây đọc “sangkien-cham-diem” bản 1."),
        (plain(version=2), "Tệp này ghi mẫu “sangkien-cham-diem” bản 2; ở đây đọc “sangkien-cham-diem” bản 1."),
        (plain(entries={}), "entries phải là một danh sách […]. Bạn xem lại."),
        (plain(entries=["e1"]), "entries[0] phải là một đối tượng {…}. Bạn xem lại."),
        (plain(entries=[{"code": 1}]), "entries[0].code phải là chữ. Bạn xem lại."),
        (plain(entries=[{"code": "x" * 10_001}]), "entries[0].code dài quá 10000 chữ. Bạn ghi ngắn lại."),
        (rule(criteria=[criterion(kind="star")]), "rule.criteria[0].kind chỉ nhận: number, levels, yes_no, banded."),
        (rule(decimals=2.5), "rule.decimals phải là số nguyên. Bạn xem lại."),
        (rule(decimals=True), "rule.decimals phải là số nguyên. Bạn xem lại."),
        (rule(drop_extremes=1), "rule.drop_extremes phải là true hoặc false. Bạn xem lại."),
        (rule(yes="half"), "rule.yes phải viết như “2/3”"),
        (sheet(marks={"a": "7,1"}), "sheets[0].marks.a phải là số, dùng dấu chấm thập phân, ví dụ 7.5."),
        (sheet(marks={"a": ""}), "sheets[0].marks.a phải là số"),
        (sheet(marks={"a": [1]}), "sheets[0].marks.a phải là số"),
        (sheet(marks={"a": {}}), "sheets[0].marks.a phải là số"),
        (sheet(marks={"a": "١"}), "sheets[0].marks.a phải là số"),
        (sheet(marks={"a": "1e400"}), "sheets[0].marks.a phải là số"),
        (sheet(marks={"a": "9" * 99}), "sheets[0].marks.a phải là số"),
        (sheet(marks={"\u00ed": 1, "i\u0301": 1}), "hai mã tiêu chí đọc như nhau"),
        (sheet(anchor="có"), "sheets[0].anchor phải là true hoặc false"),
        (sheet(missing={"a": 1}), "sheets[0].missing.a phải là chữ"),
        (plain(votes=[{"entry": "e1", "members": "9"}]), "votes[0] thiếu"),
        (plain(tie_breaks=[{"order": "e1", "reason": "x"}]), "tie_breaks[0].order phải là một danh sách"),
    ],
)
def test_what_does_not_fit_the_form_is_said_with_its_place(given_plain: object, said: str) -> None:
    with pytest.raises(Unreadable) as refused:
        read_input(json.dumps(given_plain))
    assert said in str(refused.value)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("", "Tệp không phải JSON: sai ở dòng 1, cột 1. Bạn xem lại chỗ này."),
        ('{"rule": }', "Tệp không phải JSON: sai ở dòng 1, cột 10."),
        ("NaN", "NaN không phải là số. Điểm còn thiếu thì ghi null."),
        ("[-Infinity]", "-Infinity không phải là số."),
        ("1" * 5000, "Có số quá dài. Bạn xem lại các số."),
        ("1e999999999999999999999", "quá lớn"),
        ("[" * 200_000, "Tệp lồng quá nhiều lớp. Bạn xem lại tệp."),
        ('{"a": 1, "a": 2}', "“a” được ghi hai lần trong cùng một chỗ. Bạn để lại một."),
        ('{"\\ud800": 1, "\\ud800": 2}', "“” được ghi hai lần"),
        (b"\xff\xfe{\x00}\x00", "Tệp không phải văn bản UTF-8. Bạn lưu lại tệp với mã UTF-8."),
    ],
)
def test_what_is_no_json_is_said(written: str | bytes, said: str) -> None:
    with pytest.raises(Unreadable) as refused:
        read_input(written)
    assert said in str(refused.value)


def test_a_number_beyond_every_table_is_read_and_then_refused_as_a_mark() -> None:
    text = json.dumps(plain()).replace("7.1", "1e400")
    (problem,) = problems(read_input(text))
    assert problem.sentence == "Điểm này không phải số có tối đa bốn chữ số thập phân. Bạn nhập lại."


def test_signs_that_no_row_may_hold_are_gone() -> None:
    assert read_input(json.dumps(plain(entries=[{"code": "e\u0000\ud8001"}]))).entries[0].code == "e1"


def test_a_file_with_a_byte_order_mark_is_read(tmp_path: Path) -> None:
    path = tmp_path / "cham.json"
    path.write_text(json.dumps(plain()), encoding="utf-8-sig")
    assert read_file(path).entries[0].code == "e1"


def test_a_file_that_is_too_large_is_refused_before_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MOST_BYTES", 2**20)
    path = tmp_path / "cham.json"
    path.write_bytes(b" " * (2**20 + 1))
    with pytest.raises(Unreadable, match="lớn quá 1 MB"):
        read_file(path)


KEYS = ["rule", "entries", "sheets", "marks", "a", "code", "criteria", "version", "judge", "entry"]
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=6),
    max_leaves=20,
)  # fmt: skip


@pytest.mark.slow
@given(JSON, st.sampled_from(["rule", "entries", "judges", "sheets", "votes", "tie_breaks"]))
def test_anything_at_all_is_read_or_refused_with_a_sentence(value: object, place: str) -> None:
    try:
        problems(read_input(json.dumps(plain(**{place: value}))))
    except Unreadable as refused:
        assert str(refused).endswith(".")  # noqa: PT017 - either way is right, a refusal must be a sentence


@pytest.mark.slow
@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused_with_a_sentence(data: bytes) -> None:
    with pytest.raises(Unreadable, match=r"\.$"):
        read_input(data)

"""What does not fit is said to people; what fits is let through."""

from dataclasses import replace
from decimal import Decimal

import pytest

from sangkien.scoring.checking.inputs import problems, refuse_unsound, vote_problem
from sangkien.scoring.checking.marks import mark_problem
from sangkien.scoring.checking.problems import Unsound
from sangkien.scoring.checking.rules import rule_problems
from sangkien.scoring.model import (
    Band,
    Criterion,
    Group,
    Judge,
    Kind,
    PassBy,
    Rule,
    Share,
    Sheet,
    TieBreak,
    VoteCount,
    VoteRule,
)
from tests.factories import scoring as make

BANDED = make.chosen("n", Kind.BANDED, (0, "5.5"), (6, 10))
LEVELS = make.chosen("l", Kind.LEVELS, (0, 0), (3, 3), (5, 5))


@pytest.mark.parametrize(
    ("criterion", "mark", "chosen"),
    [
        (make.number(), "0", ""), (make.number(), "9.5", ""), (make.number(least=1, step=3), "4", ""),
        (LEVELS, "3", ""), (make.yes_no("y"), "1", ""), (BANDED, "5.5", "Mức 1"), (BANDED, "6", ""),
    ],
)  # fmt: skip
def test_a_mark_that_the_criterion_allows(criterion: Criterion, mark: str, chosen: str) -> None:
    assert mark_problem(criterion, Decimal(mark), chosen) is None


@pytest.mark.parametrize(
    ("criterion", "mark", "chosen", "sentence"),
    [
        (make.number(), "10.5", "", "Điểm 10,5 nằm ngoài khoảng 0 đến 10. Bạn nhập điểm trong khoảng này."),
        (make.number(), "-1", "", "Điểm -1 nằm ngoài khoảng 0 đến 10. Bạn nhập điểm trong khoảng này."),
        (make.number(), "7.25", "", "Điểm 7,25 không đúng bước 0,5. Hai điểm gần nhất là 7 và 7,5."),
        (make.number(step=3), "9.5", "", "Điểm 9,5 không đúng bước 3. Điểm gần nhất là 9."),
        (make.number(), "NaN", "", "Điểm này không phải số có tối đa bốn chữ số thập phân. Bạn nhập lại."),
        (make.number(), "sNaN", "", "Điểm này không phải số có tối đa bốn chữ số thập phân. Bạn nhập lại."),
        (make.number(), "1E+400", "", "Điểm này không phải số có tối đa bốn chữ số thập phân. Bạn nhập lại."),
        (make.number(), "0.00001", "", "Điểm này không phải số có tối đa bốn chữ số thập phân. Bạn nhập lại."),
        (LEVELS, "4", "", "Không có mức 4 điểm. Bạn chọn một trong các mức: Mức 1 (0); Mức 2 (3); Mức 3 (5)."),
        (make.yes_no("y"), "0.5", "", "Điểm 0,5 không đúng bước 1. Hai điểm gần nhất là 0 và 1."),
        (
            BANDED, "7", "Mức 1",
            "Điểm 7 nằm ngoài khung “Mức 1” (0 đến 5,5). Bạn chọn lại khung hoặc cho lại điểm.",
        ),
        (
            BANDED, "7", "Mức 9",
            "Không có khung “Mức 9”. Bạn chọn một trong các khung: Mức 1 (0 đến 5,5); Mức 2 (6 đến 10).",
        ),
        (
            make.chosen("n", Kind.BANDED, (0, 3), (6, 10)), "4", "",
            "Điểm 4 không thuộc khung nào. Bạn chọn khung: Mức 1 (0 đến 3); Mức 2 (6 đến 10).",
        ),
    ],
)  # fmt: skip
def test_a_mark_that_it_does_not_allow(criterion: Criterion, mark: str, chosen: str, sentence: str) -> None:
    assert mark_problem(criterion, Decimal(mark), chosen) == sentence


def test_a_comment_is_asked_below_its_level() -> None:
    criterion = replace(make.number(), comment_below=Decimal(5))
    assert [criterion.asks_comment(mark) for mark in (Decimal("4.5"), Decimal(5), None)] == [True, False, False]
    assert not make.number().asks_comment(Decimal(0))


# -- rules

GROUPS = (Group("g", "Nhóm g", Decimal(60)), Group("h", "Nhóm h", Decimal(40)))
GROUPED = make.rule(make.number("a", 60, group="g"), make.number("b", 20, group="h", weight=2), groups=GROUPS)


def test_groups_that_make_100_are_sound() -> None:
    assert rule_problems(GROUPED) == []


@pytest.mark.parametrize(
    ("unsound", "said"),
    [
        (replace(GROUPED, criteria=()), "Chưa có tiêu chí nào"),
        (make.rule(make.number("a"), make.number("a")), "Tiêu chí a: Mã này được dùng hai lần"),
        (make.rule(replace(make.number(), min=Decimal(10))), "không khớp nhau"),
        (make.rule(make.number(step=0)), "không khớp nhau"),
        (make.rule(make.number(knock_out=0)), "không khớp nhau"),
        (make.rule(make.number(knock_out=11)), "không khớp nhau"),
        (make.rule(make.number(weight=0)), "không khớp nhau"),
        (make.rule(replace(make.yes_no("y"), max=Decimal(2))), "không khớp nhau"),
        (make.rule(replace(make.number(), max=Decimal("Infinity"))), "Có số quá lớn"),
        (make.rule(replace(make.number(), max=Decimal("NaN"))), "Có số quá lớn"),
        (make.rule(replace(make.number(), weight=Decimal("0.00001"))), "Có số quá lớn"),
        (make.rule(replace(make.number(), choices=BANDED.choices)), "không chấm bằng mức"),
        (make.rule(replace(BANDED, choices=BANDED.choices[:1])), "từ hai trở lên"),
        (make.rule(make.chosen("n", Kind.BANDED, (0, 6), (6, 10))), "không chồng nhau"),
        (make.rule(make.chosen("n", Kind.LEVELS, (0, 5), (6, 10))), "không chồng nhau"),
        (replace(GROUPED, groups=(GROUPS[0], replace(GROUPS[1], weight=Decimal(30)))), "Tổng điểm các nhóm là 90"),
        (
            replace(GROUPED, groups=(replace(GROUPS[0], weight=Decimal(50)), replace(GROUPS[1], weight=Decimal(50)))),
            "Nhóm có 50 điểm nhưng các tiêu chí của nhóm cộng lại 60",
        ),
        (replace(GROUPED, groups=(GROUPS[0], GROUPS[0])), "Nhóm g: Mã này được dùng hai lần"),
        (replace(GROUPED, criteria=(*GROUPED.criteria, make.number("c"))), "chưa thuộc nhóm nào"),
        (make.rule(make.number(group="x")), "chưa thuộc nhóm nào"),
        (make.rule(bands=(Band(Decimal(5), "x"),)), "Dưới 5 điểm không có mức xếp loại nào"),
        (
            make.rule(bands=(Band(Decimal(0), "x"), Band(Decimal(5), "y"), Band(Decimal(5), "z"))),
            "cùng bắt đầu từ 5 điểm",
        ),
        (make.rule(bands=(Band(Decimal(0), ""),)), "chưa có tên"),
        (make.rule(pass_line=Decimal(11)), "Điểm đạt 11 cao hơn điểm tối đa 10"),
        (make.rule(decimals=5), "từ 0 đến 4"),
        (make.rule(minimum_sheets=0), "từ 1 đến 1.000"),
        (make.rule(yes=Share(1, 1, more_than=True)), "không thể đạt"),
        (make.rule(vote=VoteRule(share=Share(3, 2))), "không thể đạt"),
        (make.rule(vote=VoteRule(quorum=Share(0, 2))), "không thể đạt"),
        (make.rule(vote=VoteRule(quorum=Share(1, 0))), "không thể đạt"),
        (make.rule(pass_by=PassBy.VOTE), "chưa có tỉ lệ phiếu"),
        (make.rule(pass_by=PassBy.BOTH, vote=VoteRule()), "chưa có điểm đạt"),
    ],
)
def test_a_rule_that_nothing_can_be_reckoned_by(unsound: Rule, said: str) -> None:
    found = "\n".join(map(str, rule_problems(unsound)))
    assert said in found


def test_a_gap_between_bands_cannot_be_written_because_each_runs_to_the_next() -> None:
    assert rule_problems(make.rule(bands=(Band(Decimal(8), "y"), Band(Decimal(0), "x")))) == []


# -- inputs


def one_problem(*sheets: Sheet, by: Rule | None = None, **more: object) -> str:
    """The only problem of an input."""
    (found,) = problems(replace(make.given(by or make.rule(), *sheets), **more))  # type: ignore[arg-type]  # as Input
    return str(found)


def test_a_sound_input_has_no_problem() -> None:
    assert problems(make.given(make.rule(), *make.sheets("e1", 1, None, "2.5"))) == []


def test_one_judge_gives_one_sheet_for_an_entry() -> None:
    twice = one_problem(make.sheet(a=1), make.sheet(a=2))
    assert twice == "Phiếu của j1 cho e1: Có hai phiếu cho cùng một giải pháp. Bạn để lại một phiếu."


def test_a_sheet_names_entries_judges_and_criteria_that_are_there() -> None:
    assert "Không có giải pháp này" in one_problem(make.sheet(a=1), entries=())
    assert "Không có người chấm này" in one_problem(make.sheet(a=1), judges=(Judge("j2"),))
    assert "Không có tiêu chí “b”" in one_problem(make.sheet(a=1, b=2))


def test_a_mark_is_found_by_sheet_and_criterion() -> None:
    assert one_problem(make.sheet(a=11)).startswith("Phiếu của j1 cho e1, tiêu chí a: Điểm 11 nằm ngoài khoảng")


def test_the_same_wrong_mark_is_said_for_each_sheet() -> None:
    assert len(problems(make.given(make.rule(), *make.sheets("e1", 11, 11, "NaN", "NaN")))) == 4


def test_a_reason_belongs_to_a_mark_that_is_missing() -> None:
    assert "tiêu chí này không thiếu điểm" in one_problem(make.sheet(a=1, missing={"a": "quên"}))
    assert problems(make.given(make.rule(), make.sheet(a=None, missing={"a": "quên"}))) == []


def test_codes_are_given_once_and_not_empty() -> None:
    assert "Mã này có hai lần" in one_problem(judges=(Judge("j"), Judge("j")))
    assert "để trống" in one_problem(judges=(Judge(""),))


def test_under_an_unsound_rule_no_mark_is_looked_at() -> None:
    assert "từ 0 đến 4" in one_problem(make.sheet(a=99), by=make.rule(decimals=9))


def test_all_problems_are_carried_by_the_refusal() -> None:
    with pytest.raises(Unsound) as refused:
        refuse_unsound(make.given(make.rule(), make.sheet(a=11, b=1)))
    assert len(refused.value.problems) == 2
    refuse_unsound(make.given(make.rule(), make.sheet(a=10)))


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ({"yes": -1}, "không âm"),
        ({"recused": 10, "present": 0}, "hội đồng chỉ có 9 người"),
        ({"recused": 2, "present": 8}, "Có mặt 8 người nhưng chỉ 7 người được biểu quyết"),
        ({"present": 5, "yes": 4, "no": 2}, "Có 6 phiếu nhưng chỉ 5 người có mặt"),
        ({"present": 9, "yes": 10**5000}, "không âm"),
    ],
)
def test_votes_add_up(counts: dict[str, int], said: str) -> None:
    vote = VoteCount(entry="e1", **{"members": 9, "present": 9, "yes": 0, "no": 0} | counts)
    sentence = vote_problem(vote)
    assert sentence is not None
    assert said in sentence


def test_a_vote_is_counted_once_for_an_entry_that_is_there() -> None:
    vote = VoteCount(entry="e1", members=9, present=9, yes=5, no=4)
    assert problems(make.given(make.rule(), make.sheet(a=1), votes=[vote])) == []
    assert "hai lần kiểm phiếu" in one_problem(make.sheet(a=1), votes=(vote, vote))
    assert "Không có giải pháp này" in one_problem(make.sheet(a=1), votes=(replace(vote, entry="e9"),))


@pytest.mark.parametrize(
    ("order", "said"),
    [
        (TieBreak(("e1", "e2"), " "), "Chưa có lý do"),
        (TieBreak(("e1",), "x"), "ít nhất hai giải pháp"),
        (TieBreak(("e1", "e9"), "x"), "không có trong danh sách"),
        (TieBreak(("e1", "e2", "e1"), "x"), "vừa xếp trước, vừa xếp sau"),
    ],
)
def test_an_order_of_tied_entries_is_whole(order: TieBreak, said: str) -> None:
    assert said in one_problem(make.sheet(a=1), make.sheet("j1", "e2", a=1), tie_breaks=(order,))


def test_two_orders_do_not_contradict_each_other() -> None:
    orders = (TieBreak(("e1", "e2"), "x"), TieBreak(("e2", "e1"), "x"))
    assert "vừa xếp trước" in one_problem(make.sheet(a=1), make.sheet("j1", "e2", a=1), tie_breaks=orders)

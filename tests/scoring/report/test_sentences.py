"""Why, as a clerk would reckon it."""

from decimal import Decimal

from sangkien.scoring.model import (
    Band,
    Base,
    Group,
    Input,
    PassBy,
    Rounding,
    Rule,
    Share,
    Tie,
    TieBreak,
    VoteCount,
    VoteRule,
)
from sangkien.scoring.official.reckoning import reckon
from sangkien.scoring.report.sentences import explained
from tests.factories import scoring as make

NAMES = {"j1": "ông Giáp", "j2": "bà Ất", "j3": "ông Bính"}


def told(given: Input, entry: str = "e1", *, named: bool = True) -> list[str]:
    """The sentences on one entry."""
    name_of = (lambda code: NAMES.get(code, code)) if named else None
    return explained(reckon(given).of(entry), given.rule, name_of=name_of)


def test_a_plain_mean() -> None:
    by = make.rule(bands=(Band(Decimal(0), "C"), Band(Decimal(8), "B")), pass_line=Decimal(5))
    assert told(make.given(by, *make.sheets("e1", "7.5", 8, 9))) == [
        "Có 3 phiếu được tính.",
        "Tiêu chí a: (7,5 + 8 + 9) : 3 = 8,166666… (49/6).",
        "Tổng 8,166666… (49/6), làm tròn đến 2 chữ số thập phân (từ nửa trở lên thì tăng): 8,17 điểm.",
        "Với số điểm này: B.",
        "Điểm cần đạt là 5: đạt.",
        "Hạng 1.",
        "Kết quả: đạt.",
    ]


def test_weights_and_groups_of_several_criteria() -> None:
    groups = (Group("g", "Nhóm G", Decimal(60)), Group("h", "Nhóm H", Decimal(40)))
    by = make.rule(
        make.number("a", 20, weight=2, group="g"), make.number("b", 20, group="g"), make.number("c", 40, group="h"),
        groups=groups, decimals=0, rounding=Rounding.DOWN,
    )  # fmt: skip
    lines = told(make.given(by, make.sheet(a="9.5", b="10.5", c=11)))
    assert lines[1:6] == [
        "Tiêu chí a: 9,5; nhân hệ số 2 = 19.",
        "Tiêu chí b: 10,5.",
        "Tiêu chí c: 11.",
        "Cộng Nhóm G: 29,5 trên 60 điểm.",
        "Tổng 40,5, làm tròn đến số nguyên (bỏ phần lẻ): 40 điểm.",
    ]


def test_what_is_left_out_is_named_to_those_who_may_know() -> None:
    made = (
        make.sheet("j1", a=5), make.sheet("j2", a=None, b=4, missing={"a": "chưa xem hiện trường."}),
        make.sheet("j3", set_aside="cùng đơn vị", a=9, b=9),
    )  # fmt: skip
    by = make.rule(make.number("a"), make.number("b"))
    assert told(make.given(by, *made))[:5] == [
        "Có 2 phiếu được tính.",
        "Không tính phiếu của ông Bính: phiếu được để riêng (cùng đơn vị).",
        "Tiêu chí a: thiếu điểm của bà Ất (chưa xem hiện trường); chỉ chia cho các phiếu có điểm.",
        "Tiêu chí a: 5.",
        "Tiêu chí b: thiếu điểm của ông Giáp; chỉ chia cho các phiếu có điểm.",
    ]


def test_without_names_nothing_tells_who_gave_what() -> None:
    made = (
        make.sheet("j1", a=9), make.sheet("j2", a=None, b=4, missing={"a": "bà Ất ốm"}),
        make.sheet("j3", a=5, b=1), make.sheet("j4", set_aside="ông Đinh cùng đơn vị", a=1, b=1),
    )  # fmt: skip
    lines = told(make.given(make.rule(make.number("a"), make.number("b")), *made), named=False)
    assert lines[1:5] == [
        "Không tính một phiếu: phiếu được để riêng.",
        "Tiêu chí a: 1 phiếu thiếu điểm; chỉ chia cho các phiếu có điểm.",
        "Tiêu chí a: (5 + 9) : 2 = 7.",
        "Tiêu chí b: 1 phiếu thiếu điểm; chỉ chia cho các phiếu có điểm.",
    ]
    assert not any(word in " ".join(lines) for word in ("j1", "j2", "j3", "j4", "Ất", "Đinh"))


def test_a_floor_and_a_yes_no_criterion() -> None:
    by = make.rule(make.number("a", knock_out=5), make.yes_no("y"))
    lines = told(make.given(by, make.sheet("j1", a="4.5", y=1), make.sheet("j2", a=5, y=0)))
    assert lines[1:4] == [
        "Tiêu chí a: (4,5 + 5) : 2 = 4,75.",
        "Tiêu chí a được 4,75, dưới điểm liệt 5; điểm liệt xét trên điểm chưa làm tròn.",
        "Tiêu chí y: 1 trên 2 phiếu ghi đạt, cần quá 1/2: không đạt.",
    ]
    assert lines[-1] == "Kết quả: không đạt vì Tiêu chí a, Tiêu chí y dưới mức bắt buộc."


def test_too_few_sheets_and_a_criterion_without_marks() -> None:
    few = told(make.given(make.rule(minimum_sheets=3), *make.sheets("e1", 8, 9)))
    assert few[1] == "Quy tắc cần ít nhất 3 phiếu: chưa đủ phiếu."
    assert few[-2:] == ["Tổng tạm tính 8,5, chưa phải kết quả.", "Kết quả: chưa có, vì chưa đủ phiếu."]
    none = told(make.given(make.rule(make.number("a"), make.number("b")), make.sheet(a=1)))
    assert none[-2:] == [
        "Tiêu chí b: chưa phiếu nào được tính có điểm, nên chưa có tổng.",
        "Kết quả: chưa có, vì có tiêu chí chưa ai cho điểm.",
    ]


def test_dropped_sheets_and_anchors() -> None:
    made = (*make.sheets("e1", 1, 5, 5, 5, 9), make.sheet("j6", anchor=True, a=5))
    assert told(make.given(make.rule(drop_extremes=True), *made))[:4] == [
        "Có 3 phiếu được tính.",
        "Không tính phiếu của j6: phiếu đọc chéo để so các tổ chấm, quy tắc không tính phiếu này.",
        "Không tính phiếu của j5: phiếu cao nhất, quy tắc bỏ phiếu cao nhất và phiếu thấp nhất.",
        "Không tính phiếu của ông Giáp: phiếu thấp nhất, quy tắc bỏ phiếu cao nhất và phiếu thấp nhất.",
    ]


def test_ties_and_who_broke_them() -> None:
    made = [make.sheet("j1", entry, a=7) for entry in ("e1", "e2")]
    assert told(make.given(make.rule(), *made))[-2:] == [
        "Hạng 1, đồng hạng với e2. Chỉ người có thẩm quyền mới xếp trước, xếp sau, kèm lý do.",
        "Kết quả: quy tắc không đặt điểm đạt, người có thẩm quyền quyết định.",
    ]
    order = TieBreak(("e2", "e1"), "nhiều người hưởng lợi hơn.", "chủ tịch")
    assert told(make.given(make.rule(), *made, tie_breaks=[order]))[-3:-1] == [
        "Hạng 2.",
        "Bằng điểm nên được xếp theo thứ tự e2, e1: nhiều người hưởng lợi hơn, chủ tịch.",
    ]


def vote(rule: VoteRule, count: VoteCount | None) -> str:
    """The sentence on a vote."""
    by: Rule = make.rule(pass_by=PassBy.VOTE, vote=rule)
    lines = told(make.given(by, make.sheet(a=5), votes=[] if count is None else [count]))
    return lines[-3]


def counted(yes: int, no: int, *, present: int = 8, chair: bool | None = None) -> VoteCount:
    """Of nine members one is recused."""
    return VoteCount(entry="e1", members=9, recused=1, present=present, yes=yes, no=no, chair=chair)


def test_votes() -> None:
    seventy = VoteRule(share=Share(70, 100), of=Base.MEMBERS, quorum=None)
    half = VoteRule(tie=Tie.CHAIR)
    six = "Có mặt 8 trên 8 người được biểu quyết; 6 phiếu tán thành trên 8, "
    there = "Có mặt 8 trên 8 người được biểu quyết; 4 phiếu tán thành trên 8, cần quá 1/2 số người có mặt: "
    assert [
        vote(seventy, counted(6, 2)), vote(half, counted(4, 4)), vote(half, counted(4, 4, chair=True)),
        vote(half, counted(1, 0, present=3)), vote(half, None),
    ] == [
        six + "cần từ 70% số người được biểu quyết trở lên: đạt.",
        there + "số phiếu ngang nhau, chờ ý kiến của chủ tịch.",
        there + "số phiếu ngang nhau, theo ý kiến của chủ tịch: đạt.",
        "Có mặt 3 trên 8 người được biểu quyết, cần từ 2/3 trở lên: chưa đủ người để biểu quyết.",
        "Chưa biểu quyết.",
    ]  # fmt: skip

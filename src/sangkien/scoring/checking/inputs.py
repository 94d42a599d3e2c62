"""Whether an input as a whole can be reckoned: each sheet once, each mark as the rule allows, votes that add up."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Final

from sangkien.scoring.checking.marks import mark_problem
from sangkien.scoring.checking.problems import LONGEST_CODE, LONGEST_TEXT, Problem, Unsound, repeated
from sangkien.scoring.checking.rules import rule_problems
from sangkien.scoring.model import Criterion, Input, Sheet, TieBreak, VoteCount
from sangkien.scoring.official.ties import in_layers

_MARKS_KEPT: Final = 100_000


def refuse_unsound(given: Input) -> None:
    """Raises ``Unsound`` with every problem of the input."""
    if found := problems(given):
        raise Unsound(found)


def problems(given: Input) -> list[Problem]:
    """Everything that does not fit; the marks are looked at only under a sound rule."""
    unsound = rule_problems(given.rule)
    return unsound or [*_codes(given), *_sheets(given), *_votes(given), *_tie_breaks(given)]


def _codes(given: Input) -> Iterator[Problem]:
    yield from _named_once("Giải pháp", (entry.code for entry in given.entries))
    yield from _named_once("Người chấm", (judge.code for judge in given.judges))


def _named_once(what: str, codes: Iterable[str]) -> Iterator[Problem]:
    codes = list(codes)
    for code in repeated(codes):
        yield Problem(f"{what} {code}", "Mã này có hai lần. Bạn để lại một.")
    if not all(0 < len(code) <= LONGEST_CODE for code in codes):
        yield Problem(what, f"Có mã để trống hoặc dài quá {LONGEST_CODE} chữ. Bạn đặt lại mã.")


def _sheets(given: Input) -> Iterator[Problem]:
    entries = {entry.code for entry in given.entries}
    judges = {judge.code for judge in given.judges}
    looked_at = _Marks(given)
    for judge, entry in repeated((sheet.judge, sheet.entry) for sheet in given.sheets):
        yield Problem(_sheet(judge, entry), "Có hai phiếu cho cùng một giải pháp. Bạn để lại một phiếu.")
    for sheet in given.sheets:
        if sheet.entry not in entries:
            yield Problem(_sheet(sheet.judge, sheet.entry), "Không có giải pháp này. Bạn xem lại mã giải pháp.")
        if (judges and sheet.judge not in judges) or not 0 < len(sheet.judge) <= LONGEST_CODE:
            yield Problem(_sheet(sheet.judge, sheet.entry), "Không có người chấm này. Bạn xem lại mã người chấm.")
        yield from looked_at.problems(sheet)


class _Marks:
    """The marks of many sheets against one rule; the same mark of the same criterion is looked at once."""

    def __init__(self, given: Input) -> None:
        self._criteria = {criterion.code: criterion for criterion in given.rule.criteria}
        self._seen: dict[tuple[str, Decimal, str], str | None] = {}

    def problems(self, sheet: Sheet) -> Iterator[Problem]:
        for code, mark in sheet.marks.items():
            criterion = self._criteria.get(code)
            if criterion is None:
                yield Problem(_sheet(sheet.judge, sheet.entry), f"Không có tiêu chí “{code}”. Bạn xem lại mã tiêu chí.")
            elif mark is not None and (sentence := self._sentence(criterion, mark, sheet.chosen.get(code, ""))):
                yield Problem(f"{_sheet(sheet.judge, sheet.entry)}, tiêu chí {code}", sentence)
        for code, reason in sheet.missing.items():
            if code not in self._criteria or sheet.marks.get(code) is not None or len(reason) > LONGEST_TEXT:
                yield Problem(
                    _sheet(sheet.judge, sheet.entry),
                    f"Có lý do thiếu điểm cho “{code}” nhưng tiêu chí này không thiếu điểm, không có trong bộ, "
                    "hoặc lý do quá dài. Bạn xem lại.",
                )
        for code in sheet.chosen:
            if code not in self._criteria:
                yield Problem(_sheet(sheet.judge, sheet.entry), f"Không có tiêu chí “{code}”. Bạn xem lại mã tiêu chí.")

    def _sentence(self, criterion: Criterion, mark: Decimal, chosen: str) -> str | None:
        if not mark.is_finite():
            return mark_problem(criterion, mark)
        key = (criterion.code, mark, chosen)
        if key not in self._seen:
            if len(self._seen) >= _MARKS_KEPT:
                self._seen.clear()
            self._seen[key] = mark_problem(criterion, mark, chosen)
        return self._seen[key]


def _sheet(judge: str, entry: str) -> str:
    return f"Phiếu của {judge} cho {entry}"


def _votes(given: Input) -> Iterator[Problem]:
    entries = {entry.code for entry in given.entries}
    for code in repeated(vote.entry for vote in given.votes):
        yield Problem(f"Biểu quyết {code}", "Có hai lần kiểm phiếu cho cùng một giải pháp. Bạn để lại một.")
    for vote in given.votes:
        where = f"Biểu quyết {vote.entry}"
        if vote.entry not in entries:
            yield Problem(where, "Không có giải pháp này. Bạn xem lại mã giải pháp.")
        if sentence := vote_problem(vote):
            yield Problem(where, sentence)


def vote_problem(vote: VoteCount) -> str | None:
    """The sentence for counts that do not add up; ``None`` for those that do."""
    counts = (vote.members, vote.recused, vote.present, vote.yes, vote.no, vote.blank)
    if min(counts) < 0 or max(counts) > 10**6:
        return "Số người, số phiếu phải là số nguyên không âm. Bạn nhập lại."
    if vote.recused > vote.members:
        return f"Có {vote.recused} người rút nhưng hội đồng chỉ có {vote.members} người. Bạn xem lại."
    if vote.present > vote.members - vote.recused:
        return (
            f"Có mặt {vote.present} người nhưng chỉ {vote.members - vote.recused} người được biểu quyết. "
            "Bạn xem lại; người rút thì không tính là có mặt."
        )
    if vote.yes + vote.no + vote.blank > vote.present:
        return f"Có {vote.yes + vote.no + vote.blank} phiếu nhưng chỉ {vote.present} người có mặt. Bạn kiểm lại phiếu."
    return None


def _tie_breaks(given: Input) -> Iterator[Problem]:
    entries = {entry.code for entry in given.entries}
    for tie_break in given.tie_breaks:
        if sentence := _tie_break_problem(tie_break, entries):
            yield Problem(f"Xếp đồng hạng {', '.join(tie_break.order)}", sentence)
    if in_layers(given.tie_breaks) is None:
        yield Problem("Xếp đồng hạng", "Có giải pháp vừa xếp trước, vừa xếp sau giải pháp khác. Bạn bỏ bớt một.")


def _tie_break_problem(tie_break: TieBreak, entries: set[str]) -> str | None:
    if len(tie_break.order) < 2:
        return "Cần ít nhất hai giải pháp để xếp trước, xếp sau. Bạn thêm giải pháp."
    if not entries.issuperset(tie_break.order):
        return "Có giải pháp không có trong danh sách. Bạn xem lại mã giải pháp."
    if not tie_break.reason.strip():
        return "Chưa có lý do. Bạn ghi lý do xếp trước, xếp sau."
    return None if len(tie_break.reason) <= LONGEST_TEXT else "Lý do quá dài. Bạn ghi ngắn lại."

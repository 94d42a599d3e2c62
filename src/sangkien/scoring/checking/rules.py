"""Whether a rule can be reckoned by: ranges, choices, groups that make 100, bands without gap or overlap."""

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise
from typing import Final

from sangkien.scoring.checking.problems import LONGEST_CODE, Problem, fits, repeated
from sangkien.scoring.model import Criterion, Kind, PassBy, Rule, Share
from sangkien.scoring.wording import points

_HUNDRED: Final = Decimal(100)
_MOST_DECIMALS: Final = 4
_MOST_SHEETS: Final = 1_000
_RULE: Final = "Quy tắc"


def rule_problems(rule: Rule) -> list[Problem]:
    """Everything in the rule that does not fit, in the order of the rule; empty for a sound one."""
    numbers = list(_numbers(rule))
    return numbers or [*_criteria(rule), *_groups(rule), *_bands(rule), *_counts(rule), *_shares(rule)]


def _numbers(rule: Rule) -> Iterator[Problem]:
    for criterion in rule.criteria:
        given = [criterion.min, criterion.max, criterion.step, criterion.weight]
        given += [floor for floor in (criterion.knock_out_below, criterion.comment_below) if floor is not None]
        given += [end for choice in criterion.choices for end in (choice.low, choice.high)]
        if not all(map(fits, given)):
            yield Problem(f"Tiêu chí {criterion.code}", _NOT_A_NUMBER)
    for group in rule.groups:
        if not fits(group.weight):
            yield Problem(f"Nhóm {group.code}", _NOT_A_NUMBER)
    lines = [band.at_least for band in rule.bands] + ([] if rule.pass_line is None else [rule.pass_line])
    if not all(map(fits, lines)):
        yield Problem(_RULE, _NOT_A_NUMBER)


_NOT_A_NUMBER: Final = "Có số quá lớn hoặc quá bốn chữ số thập phân. Bạn xem lại các số."


def _criteria(rule: Rule) -> Iterator[Problem]:
    if not rule.criteria:
        yield Problem(_RULE, "Chưa có tiêu chí nào. Bạn thêm ít nhất một tiêu chí.")
    for code in repeated(each.code for each in rule.criteria):
        yield Problem(f"Tiêu chí {code}", "Mã này được dùng hai lần. Bạn đặt mỗi tiêu chí một mã.")
    for criterion in rule.criteria:
        where = f"Tiêu chí {criterion.code}"
        if not 0 < len(criterion.code) <= LONGEST_CODE or not criterion.name:
            yield Problem(where, "Tiêu chí thiếu mã hoặc tên, hoặc mã quá dài. Bạn đặt mã ngắn và tên.")
        if not _in_range(criterion):
            yield Problem(
                where, "Điểm tối thiểu, tối đa, bước, hệ số hoặc điểm liệt không khớp nhau. Bạn xem lại các số này."
            )
        elif sentence := _choices_problem(criterion):
            yield Problem(where, sentence)


def _in_range(criterion: Criterion) -> bool:
    low, high, floor = criterion.min, criterion.max, criterion.knock_out_below
    if criterion.kind is Kind.YES_NO and not (low == 0 and high == criterion.step == 1):
        return False
    if floor is not None and not low < floor <= high:
        return False
    return low < high and 0 < criterion.step <= high - low and criterion.weight > 0


def _choices_problem(criterion: Criterion) -> str | None:
    choices = criterion.choices
    if criterion.kind not in (Kind.LEVELS, Kind.BANDED):
        return "Tiêu chí này không chấm bằng mức nên không có mức. Bạn bỏ các mức." if choices else None
    inside = all(
        criterion.min <= each.low <= each.high <= criterion.max
        and (each.low == each.high or criterion.kind is Kind.BANDED)
        for each in choices
    )
    apart = all(one.high < other.low for one, other in pairwise(choices))
    if len(choices) < 2 or not (inside and apart and all(each.label for each in choices)):
        return "Các mức phải từ hai trở lên, có tên, từ thấp đến cao, không chồng nhau. Bạn xem lại các mức."
    return None


def _groups(rule: Rule) -> Iterator[Problem]:
    sums = {group.code: Decimal(0) for group in rule.groups}
    for code in repeated(group.code for group in rule.groups):
        yield Problem(f"Nhóm {code}", "Mã này được dùng hai lần. Bạn đặt mỗi nhóm một mã.")
    for criterion in rule.criteria:
        if criterion.group in sums:
            sums[criterion.group] += criterion.max * criterion.weight
        elif sums or criterion.group:
            yield Problem(f"Tiêu chí {criterion.code}", "Tiêu chí chưa thuộc nhóm nào. Bạn chọn nhóm cho tiêu chí này.")
    total = sum((group.weight for group in rule.groups), Decimal(0))
    if sums and total != _HUNDRED:
        yield Problem(_RULE, f"Tổng điểm các nhóm là {points(total)}, cần đúng 100. Bạn chia lại điểm.")
    for group in rule.groups:
        if sums[group.code] != group.weight:
            yield Problem(
                f"Nhóm {group.code}",
                f"Nhóm có {points(group.weight)} điểm nhưng các tiêu chí của nhóm cộng lại {points(sums[group.code])}. "
                "Bạn chia lại điểm.",
            )


def _bands(rule: Rule) -> Iterator[Problem]:
    floors = [band.at_least for band in rule.bands]
    if floors and min(floors) != 0:
        yield Problem(
            _RULE, f"Dưới {points(min(floors))} điểm không có mức xếp loại nào. Bạn thêm một mức bắt đầu từ 0 điểm."
        )
    for floor in repeated(floors):
        yield Problem(_RULE, f"Hai mức xếp loại cùng bắt đầu từ {points(floor)} điểm. Bạn đặt mỗi mức một điểm khác.")
    if not all(band.name for band in rule.bands):
        yield Problem(_RULE, "Có mức xếp loại chưa có tên. Bạn đặt tên cho từng mức.")


def _counts(rule: Rule) -> Iterator[Problem]:
    most = sum((each.weight * each.max for each in rule.criteria), Decimal(0))
    if rule.pass_line is not None and rule.pass_line > most:
        yield Problem(
            _RULE, f"Điểm đạt {points(rule.pass_line)} cao hơn điểm tối đa {points(most)}. Bạn đặt lại điểm đạt."
        )
    if not 0 <= rule.decimals <= _MOST_DECIMALS:
        yield Problem(_RULE, "Số chữ số thập phân phải từ 0 đến 4. Bạn chọn lại.")
    if not 1 <= rule.minimum_sheets <= _MOST_SHEETS:
        yield Problem(_RULE, "Số phiếu tối thiểu phải từ 1 đến 1.000. Bạn chọn lại.")


def _shares(rule: Rule) -> Iterator[Problem]:
    if rule.vote is None and rule.pass_by is not PassBy.SCORE:
        yield Problem(_RULE, "Quy tắc cần biểu quyết nhưng chưa có tỉ lệ phiếu. Bạn đặt tỉ lệ phiếu.")
    if rule.pass_line is None and rule.pass_by in (PassBy.BOTH, PassBy.EITHER):
        yield Problem(_RULE, "Quy tắc cần cả điểm và phiếu nhưng chưa có điểm đạt. Bạn đặt điểm đạt.")
    voted = () if rule.vote is None else (rule.vote.share, rule.vote.quorum)
    if not all(share is None or _can_be_reached(share) for share in (rule.yes, *voted)):
        yield Problem(_RULE, "Có tỉ lệ không thể đạt được. Bạn đặt tỉ lệ lớn hơn 0 và không quá toàn bộ.")


def _can_be_reached(share: Share) -> bool:
    if not 0 < share.denominator <= 10**6 or share.numerator <= 0:
        return False
    return share.exact < 1 or (share.exact == 1 and not share.more_than)

"""Why an entry has this result, step by step, as a clerk would reckon it on paper.

``name_of`` turns the id of a judge into what a reader may know. Without it no judge is named and the marks stand from
low to high, so that nobody learns who gave which.
"""

from collections.abc import Callable, Iterator
from decimal import Decimal
from fractions import Fraction

from sangkien.scoring.model import Base, Criterion, Kind, PassBy, Rounding, Rule, VoteRule
from sangkien.scoring.official.model import Ballot, CriterionStep, LeftOut, Reckoning, Standing, VoteStep, Why
from sangkien.scoring.wording import exactly, points, share, unrounded

NameOf = Callable[[str], str]


def explained(reckoning: Reckoning, rule: Rule, *, name_of: NameOf | None = None, sums: bool = True) -> list[str]:
    """Every step of an official result in order; each sentence stands alone.

    Without ``sums`` the plain means of criteria are left out, which a machine finds as numbers.
    """
    return [
        *_sheets(reckoning, rule, name_of),
        *(
            line
            for criterion, step in _pairs(reckoning, rule)
            if sums or step.left_out or step.knocked_out or criterion.kind is Kind.YES_NO
            for line in _criterion(criterion, step, rule, name_of)
        ),
        *_groups(reckoning, rule),
        *_total(reckoning, rule),
        *_line(reckoning, rule),
        *_vote(reckoning, rule),
        *_rank(reckoning),
        outcome(reckoning, rule),
    ]


def _pairs(reckoning: Reckoning, rule: Rule) -> Iterator[tuple[Criterion, CriterionStep]]:
    return zip(rule.criteria, reckoning.criteria, strict=True)


# -- sheets


def _sheets(reckoning: Reckoning, rule: Rule, name_of: NameOf | None) -> Iterator[str]:
    yield f"Có {len(reckoning.sheets)} phiếu được tính."
    for each in reckoning.left_out:
        yield _left_out(each, name_of)
    if reckoning.standing is Standing.TOO_FEW_SHEETS:
        yield f"Quy tắc cần ít nhất {rule.minimum_sheets} phiếu: chưa đủ phiếu."


_WHY_SHEET = {
    Why.BLANK_SHEET: "phiếu chưa có điểm nào",
    Why.ANCHOR: "phiếu đọc chéo để so các tổ chấm, quy tắc không tính phiếu này",
    Why.HIGHEST: "phiếu cao nhất, quy tắc bỏ phiếu cao nhất và phiếu thấp nhất",
    Why.LOWEST: "phiếu thấp nhất, quy tắc bỏ phiếu cao nhất và phiếu thấp nhất",
    Why.SET_ASIDE: "phiếu được để riêng",
    Why.MISSING: "thiếu điểm",
}


def _left_out(each: LeftOut, name_of: NameOf | None) -> str:
    why = _WHY_SHEET[each.why]
    if name_of is None:
        return f"Không tính một phiếu: {why}."
    note = f" ({_closed(each.note)})" if each.note else ""
    return f"Không tính phiếu của {name_of(each.judge)}: {why}{note}."


def _closed(note: str) -> str:
    return note.strip().rstrip(".")


# -- criteria and groups


def _criterion(criterion: Criterion, step: CriterionStep, rule: Rule, name_of: NameOf | None) -> Iterator[str]:
    if step.left_out and name_of is not None:
        said = [name_of(each.judge) + (f" ({_closed(each.note)})" if each.note else "") for each in step.left_out]
        yield f"{criterion.name}: thiếu điểm của {', '.join(said)}; chỉ chia cho các phiếu có điểm."
    elif step.left_out:
        yield f"{criterion.name}: {len(step.left_out)} phiếu thiếu điểm; chỉ chia cho các phiếu có điểm."
    if step.mean is None or step.value is None:
        yield f"{criterion.name}: chưa phiếu nào được tính có điểm, nên chưa có tổng."
        return
    if criterion.kind is Kind.YES_NO:
        yield _yes_no(criterion, step, rule)
    else:
        yield _mean(criterion, step, step.mean, name_of)
    floor = criterion.knock_out_below
    if step.knocked_out and floor is not None and criterion.kind is not Kind.YES_NO:
        yield (
            f"{criterion.name} được {unrounded(step.value)}, dưới điểm liệt {points(floor)}; "
            "điểm liệt xét trên điểm chưa làm tròn."
        )


def _yes_no(criterion: Criterion, step: CriterionStep, rule: Rule) -> str:
    yes = sum(1 for _judge, mark in step.marks if mark)
    met = "đạt" if step.value else "không đạt"
    return f"{criterion.name}: {yes} trên {len(step.marks)} phiếu ghi đạt, cần {share(rule.yes)}: {met}."


def _mean(criterion: Criterion, step: CriterionStep, mean: Fraction, name_of: NameOf | None) -> str:
    marks = [mark for _judge, mark in step.marks]
    shown = " + ".join(points(mark) for mark in (marks if name_of else sorted(marks)))
    if len(marks) == 1:
        said = f"{criterion.name}: {shown}"
    else:
        said = f"{criterion.name}: ({shown}) : {len(marks)} = {unrounded(mean)}"
    if criterion.weight != 1 and step.points is not None:
        said += f"; nhân hệ số {points(criterion.weight)} = {unrounded(step.points)}"
    return f"{said}."


def _groups(reckoning: Reckoning, rule: Rule) -> Iterator[str]:
    for group, step in zip(rule.groups, reckoning.groups, strict=True):
        alone = sum(1 for criterion in rule.criteria if criterion.group == group.code) == 1
        if step.points is not None and not alone:
            yield f"Cộng {group.name}: {unrounded(step.points)} trên {points(group.weight)} điểm."


# -- sum, band, line, vote, rank


_ROUNDING = {
    Rounding.HALF_UP: "từ nửa trở lên thì tăng",
    Rounding.HALF_EVEN: "đúng nửa thì lấy chữ số chẵn",
    Rounding.DOWN: "bỏ phần lẻ",
}


def _total(reckoning: Reckoning, rule: Rule) -> Iterator[str]:
    if reckoning.exact is None:
        return
    if reckoning.score is None:
        yield f"Tổng tạm tính {unrounded(reckoning.exact)}, chưa phải kết quả."
        return
    yield _rounded(reckoning.exact, reckoning.score, rule)
    if reckoning.band is not None:
        yield f"Với số điểm này: {reckoning.band}."


def _rounded(exact: Fraction, score: Decimal, rule: Rule) -> str:
    if exact == Fraction(score):
        return f"Tổng {exactly(score)} điểm."
    place = f"{rule.decimals} chữ số thập phân" if rule.decimals else "số nguyên"
    return f"Tổng {unrounded(exact)}, làm tròn đến {place} ({_ROUNDING[rule.rounding]}): {exactly(score)} điểm."


def _line(reckoning: Reckoning, rule: Rule) -> Iterator[str]:
    if reckoning.over_line is not None and rule.pass_line is not None and rule.pass_by is not PassBy.VOTE:
        reached = "đạt" if reckoning.over_line else "chưa đạt"
        yield f"Điểm cần đạt là {points(rule.pass_line)}: {reached}."


def _vote(reckoning: Reckoning, rule: Rule) -> Iterator[str]:
    if reckoning.vote is not None and rule.vote is not None and rule.pass_by is not PassBy.SCORE:
        yield vote_said(reckoning.vote, rule.vote)


def vote_said(step: VoteStep, rule: VoteRule) -> str:
    """One sentence on a vote: who was there, how many said yes, what was due, what came of it."""
    if step.outcome is Ballot.NOT_HELD:
        return "Chưa biểu quyết."
    there = f"Có mặt {step.present} trên {step.may_vote} người được biểu quyết"
    if step.outcome is Ballot.NO_QUORUM:
        due = "" if rule.quorum is None else f", cần {share(rule.quorum)}"
        return f"{there}{due}: chưa đủ người để biểu quyết."
    of = "số người có mặt" if rule.of is Base.PRESENT else "số người được biểu quyết"
    counted = f"{there}; {step.yes} phiếu tán thành trên {step.whole}, cần {share(rule.share, of)}"
    if step.outcome is Ballot.CHAIR_DUE:
        return f"{counted}: số phiếu ngang nhau, chờ ý kiến của chủ tịch."
    met = "đạt" if step.outcome is Ballot.PASSED else "không đạt"
    return f"{counted}: {'số phiếu ngang nhau, theo ý kiến của chủ tịch: ' if step.by_chair else ''}{met}."


def _rank(reckoning: Reckoning) -> Iterator[str]:
    if reckoning.rank is None:
        return
    if reckoning.tied_with:
        yield (
            f"Hạng {reckoning.rank}, đồng hạng với {', '.join(reckoning.tied_with)}. "
            "Chỉ người có thẩm quyền mới xếp trước, xếp sau, kèm lý do."
        )
    else:
        yield f"Hạng {reckoning.rank}."
    for each in reckoning.tie_breaks:
        by = f", {each.by}" if each.by else ""
        yield f"Bằng điểm nên được xếp theo thứ tự {', '.join(each.order)}: {_closed(each.reason)}{by}."


def outcome(reckoning: Reckoning, rule: Rule) -> str:
    """One sentence: what it comes to, and why not more where it does not."""
    if reckoning.standing is Standing.KNOCKED_OUT:
        names = {criterion.code: criterion.name for criterion in rule.criteria}
        return f"Kết quả: không đạt vì {', '.join(names[code] for code in reckoning.knock_outs)} dưới mức bắt buộc."
    if reckoning.passed is not None:
        return f"Kết quả: {'đạt' if reckoning.passed else 'không đạt'}."
    if reckoning.standing is Standing.TOO_FEW_SHEETS:
        return "Kết quả: chưa có, vì chưa đủ phiếu."
    if reckoning.standing is Standing.INCOMPLETE:
        return "Kết quả: chưa có, vì có tiêu chí chưa ai cho điểm."
    if rule.pass_by is PassBy.SCORE:
        return "Kết quả: quy tắc không đặt điểm đạt, người có thẩm quyền quyết định."
    return "Kết quả: chưa có, vì chưa có kết quả biểu quyết."

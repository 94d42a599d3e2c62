"""From an input to its result."""

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal, localcontext
from fractions import Fraction

from sangkien.scoring.model import Entry, Input, PassBy, Rule, Sheet, VoteCount
from sangkien.scoring.official.model import Ballot, CriterionStep, Reckoning, Result, Standing, VoteStep
from sangkien.scoring.official.ranks import ranked
from sangkien.scoring.official.rounding import rounded
from sangkien.scoring.official.sheets import EXACT, split, without_extremes
from sangkien.scoring.official.steps import criterion_step, group_steps, summed
from sangkien.scoring.official.votes import vote_step


def reckon(given: Input) -> Result:
    """The official result of an input that ``checking`` found sound; the order of sheets and of marks is nothing."""
    by_entry: defaultdict[str, list[Sheet]] = defaultdict(list)
    for sheet in given.sheets:
        by_entry[sheet.entry].append(sheet)
    votes = {vote.entry: vote for vote in given.votes}
    each = [reckon_entry(given.rule, entry, by_entry[entry.code], votes.get(entry.code)) for entry in given.entries]
    done, unused = ranked(each, given.tie_breaks)
    return Result(given.rule.version, done, unused)


def reckon_entry(rule: Rule, entry: Entry, sheets: Sequence[Sheet], vote: VoteCount | None = None) -> Reckoning:
    """One entry alone, without its rank."""
    counted, left_out = split(rule, sheets)
    kept, dropped = without_extremes(rule, counted)
    with localcontext(EXACT):
        steps = tuple([criterion_step(criterion, kept, rule.yes) for criterion in rule.criteria])
    exact = summed(steps)
    standing = _standing(rule, len(counted), steps)
    score = None
    if exact is not None and standing in (Standing.COUNTED, Standing.KNOCKED_OUT):
        score = rounded(exact, decimals=rule.decimals, how=rule.rounding)
    over_line = None if score is None or rule.pass_line is None else score >= rule.pass_line
    voted = None if rule.vote is None else vote_step(rule.vote, vote)
    return Reckoning(
        entry=entry.code,
        field=entry.field,
        standing=standing,
        sheets=tuple(sheet.judge for sheet in kept),
        left_out=(*left_out, *dropped),
        criteria=steps,
        groups=group_steps(rule, steps),
        exact=exact,
        score=score,
        band=_band(rule, score) if standing is Standing.COUNTED else None,
        over_line=over_line,
        vote=voted,
        passed=_passed(rule, standing, over_line, voted),
    )


def _standing(rule: Rule, sheet_count: int, steps: Sequence[CriterionStep]) -> Standing:
    if sheet_count < max(rule.minimum_sheets, 1):
        return Standing.TOO_FEW_SHEETS
    if any(step.value is None for step in steps):
        return Standing.INCOMPLETE
    return Standing.KNOCKED_OUT if any(step.knocked_out for step in steps) else Standing.COUNTED


def _band(rule: Rule, score: Decimal | None) -> str | None:
    if score is None:
        return None
    below = [band for band in rule.bands if band.at_least <= score]
    return max(below, key=lambda band: band.at_least).name if below else None


def _passed(rule: Rule, standing: Standing, over_line: bool | None, vote: VoteStep | None) -> bool | None:
    """A knock-out beats line and vote. ``None``: something is still to come, or the rule sets nothing to reach."""
    if standing is Standing.KNOCKED_OUT:
        return False
    said = _said(rule, over_line, vote)
    floors_open = standing is not Standing.COUNTED and any(each.knock_out_below is not None for each in rule.criteria)
    return None if said and floors_open else said


def _said(rule: Rule, over_line: bool | None, vote: VoteStep | None) -> bool | None:
    voted = None if vote is None else {Ballot.PASSED: True, Ballot.FAILED: False}.get(vote.outcome)
    if rule.pass_by is PassBy.VOTE:
        return voted
    if rule.pass_by is PassBy.SCORE:
        return _all_floors(rule) if rule.pass_line is None else over_line
    deciding = rule.pass_by is PassBy.EITHER
    if deciding in (over_line, voted):
        return deciding
    return None if None in (over_line, voted) else not deciding


def _all_floors(rule: Rule) -> bool | None:
    """Where every criterion has a floor and nothing else is to be reached, reaching them all is passing (preset P1)."""
    return True if all(criterion.knock_out_below is not None for criterion in rule.criteria) else None


def as_points(exact: Fraction, rule: Rule) -> Decimal:
    """An exact value as the rule would show it: for steps on the way, which are never reckoned on with."""
    return rounded(exact, decimals=rule.decimals, how=rule.rounding)

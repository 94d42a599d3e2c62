"""A set of criteria as the rule by which ``scoring`` reckons."""

from sangkien.campaigns.models import PassBy
from sangkien.campaigns.presets.shape import CriteriaPreset, CriterionPreset
from sangkien.scoring import model as scoring


def rule_of(shape: CriteriaPreset, *, version: str) -> scoring.Rule:
    """``version``: the campaign's own name of the set, frozen with each result.

    Where the set passes by the score alone it has no vote.
    """
    rule = shape.rule
    return scoring.Rule(
        version=version,
        criteria=tuple(criterion_of(each) for each in shape.criteria),
        groups=tuple(scoring.Group(each.code, each.name, each.weight) for each in shape.groups),
        bands=tuple(scoring.Band(least, name) for least, name in shape.bands),
        pass_line=rule.pass_line,
        decimals=rule.decimals,
        rounding=scoring.Rounding(rule.rounding.value),
        drop_extremes=rule.drop_extremes,
        minimum_sheets=rule.minimum_sheets,
        anchors_count=rule.anchors_count,
        vote=None if rule.pass_by == PassBy.SCORE else _vote(shape),
        pass_by=scoring.PassBy(rule.pass_by.value),
    )


def criterion_of(each: CriterionPreset) -> scoring.Criterion:
    """One criterion as ``scoring`` checks marks by it."""
    return scoring.Criterion(
        code=each.code, name=each.name, kind=scoring.Kind(each.kind.value), max=each.max, min=each.min, step=each.step,
        weight=each.weight, group=each.group, knock_out_below=each.knock_out_below,
        comment_below=each.comment_below,
        choices=tuple(scoring.Choice(one.label, one.low, one.high) for one in each.choices),
    )  # fmt: skip


def _vote(shape: CriteriaPreset) -> scoring.VoteRule:
    rule = shape.rule
    return scoring.VoteRule(
        share=rule.vote or scoring.SIMPLE_MAJORITY,
        of=scoring.Base(rule.vote_of.value),
        quorum=rule.quorum,
        tie=scoring.Tie(rule.vote_tie.value),
    )

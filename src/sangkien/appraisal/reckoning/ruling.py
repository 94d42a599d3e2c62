"""A set of criteria as the rule that ``scoring`` reckons by."""

from collections import defaultdict

from sangkien.campaigns.models import CriteriaSet, Criterion, CriterionChoice
from sangkien.scoring import model


def rule_of(criteria: CriteriaSet) -> model.Rule:
    """The published rule of this version, whole. Four statements."""
    vote = criteria.vote_share
    return model.Rule(
        version=str(criteria.version),
        criteria=_criteria(criteria),
        groups=tuple(model.Group(each.code, each.name, each.weight) for each in criteria.groups.order_by("position")),
        bands=tuple(model.Band(each.at_least, each.name) for each in criteria.bands.order_by("at_least")),
        pass_line=criteria.pass_line,
        decimals=criteria.decimals,
        drop_extremes=criteria.drop_extremes,
        minimum_sheets=criteria.minimum_sheets,
        anchors_count=criteria.anchors_count,
        vote=None if vote is None else model.VoteRule(share=vote, quorum=criteria.quorum_share),
        pass_by=model.PassBy(criteria.pass_by),
    )


def _criteria(criteria: CriteriaSet) -> tuple[model.Criterion, ...]:
    choices: defaultdict[int, list[CriterionChoice]] = defaultdict(list)
    for choice in CriterionChoice.objects.filter(criterion__set=criteria).order_by("criterion", "position"):
        choices[choice.criterion_id].append(choice)
    rows = criteria.criteria.select_related("group").order_by("position")
    return tuple(_criterion(each, choices[each.pk]) for each in rows)


def _criterion(row: Criterion, choices: list[CriterionChoice]) -> model.Criterion:
    return model.Criterion(
        code=row.code,
        name=row.name,
        kind=model.Kind(row.kind),
        min=row.min,
        max=row.max,
        step=row.step,
        weight=row.weight,
        group=row.group.code if row.group else "",
        knock_out_below=row.knock_out_below,
        comment_below=row.comment_below,
        choices=tuple(model.Choice(each.label, each.low, each.high) for each in choices),
    )

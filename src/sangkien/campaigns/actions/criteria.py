"""Criteria: written from a shape, read back as one, checked as a whole."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, fields
from datetime import datetime
from decimal import Decimal
from itertools import groupby, pairwise
from typing import Any

from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from sangkien.accounts.refusal import Refused
from sangkien.campaigns.actions.common import drafting, note
from sangkien.campaigns.models import (
    Band,
    Campaign,
    CriteriaSet,
    Criterion,
    CriterionChoice,
    CriterionGroup,
    InputKind,
    PassBy,
    Rounding,
    Tie,
    VoteOf,
)
from sangkien.campaigns.models.criteria import MOST_DECIMALS
from sangkien.campaigns.presets.shape import Choice, CriteriaPreset, CriterionPreset, GroupPreset, RulePreset
from sangkien.ledger.canonical import canonical, sha256
from sangkien.ledger.models import SeenBy
from sangkien.ledger.recording import Actor
from sangkien.scoring.model import Share

_HUNDRED = Decimal(100)
_WIDEST = 1000  # no body of appraisal has more members
_RULE = tuple(each.name for each in fields(RulePreset) if each.name not in ("vote", "quorum"))


def set_criteria(campaign: Campaign, *, to: CriteriaPreset, by: Actor, at: datetime) -> CriteriaSet:
    """The draft is judged by these; what stood there before goes. Raises ``Refused`` where they do not fit together."""
    refuse_unsound(to)
    with drafting(campaign) as held:
        CriteriaSet.objects.filter(campaign=held, frozen_at__isnull=True).delete()
        made = write_criteria(held, to)
        note(held, "criteria_set", by=by, at=at, seen_by=SeenBy.LEAD, facts={"name": to.name, "version": made.version})
    return made


def lock_criteria(row: CriteriaSet, at: datetime) -> None:
    """The first sheet by these criteria is in: the moment is kept once. Inside the transaction that files the sheet,
    which holds the campaign (``locking.hold_shared``). They must be frozen.
    """
    CriteriaSet.objects.filter(pk=row.pk, locked_at__isnull=True).update(locked_at=at)


def write_criteria(campaign: Campaign, to: CriteriaPreset) -> CriteriaSet:
    """Rows for a shape that was checked; a version after those that are frozen."""
    version = campaign.criteria_sets.count() + 1
    made = CriteriaSet.objects.create(
        campaign=campaign, version=version, name=to.name, source=to.source, note=to.note, **_columns(to.rule)
    )
    groups = CriterionGroup.objects.bulk_create(
        CriterionGroup(set=made, code=each.code, name=each.name, weight=each.weight, position=place)
        for place, each in enumerate(to.groups, start=1)
    )
    by_code = {group.code: group for group in groups}
    rows = Criterion.objects.bulk_create(
        Criterion(
            set=made, group=by_code.get(each.group), code=each.code, name=each.name, kind=each.kind, min=each.min,
            max=each.max, step=each.step, weight=each.weight, knock_out_below=each.knock_out_below,
            comment_below=each.comment_below, hint=each.hint, legal_basis=each.legal_basis,
            evidence_expected=each.evidence_expected, position=place,
        )
        for place, each in enumerate(to.criteria, start=1)
    )  # fmt: skip
    CriterionChoice.objects.bulk_create(
        CriterionChoice(criterion=row, position=place, label=choice.label, low=choice.low, high=choice.high)
        for row, each in zip(rows, to.criteria, strict=True)
        for place, choice in enumerate(each.choices, start=1)
    )
    Band.objects.bulk_create(Band(set=made, at_least=least, name=name) for least, name in to.bands)
    return made


def _columns(rule: RulePreset) -> dict[str, Any]:
    """A rule as the columns of a set."""
    vote, quorum = rule.vote, rule.quorum
    plain = {name: getattr(rule, name) for name in _RULE}
    return plain | {
        "vote_numerator": vote and vote.numerator,
        "vote_denominator": vote and vote.denominator,
        "vote_above": vote is not None and vote.more_than,
        "quorum_numerator": quorum and quorum.numerator,
        "quorum_denominator": quorum and quorum.denominator,
    }


def _rule(row: CriteriaSet) -> RulePreset:
    plain = {name: getattr(row, name) for name in _RULE}
    kinds = {"pass_by": PassBy, "vote_of": VoteOf, "vote_tie": Tie, "rounding": Rounding}
    plain |= {name: kind(plain[name]) for name, kind in kinds.items()}
    return RulePreset(vote=row.vote_share, quorum=row.quorum_share, **plain)


def criteria_of(row: CriteriaSet) -> CriteriaPreset:
    """The shape of a set, to be shown, changed, or carried into another campaign. Three statements."""
    return _shape(row, row.groups.order_by("position"), _with_choices(row.criteria.all()))


def latest_criteria(campaign: Campaign) -> tuple[CriteriaSet, CriteriaPreset] | tuple[None, None]:
    """The set by which the campaign judges, with its shape; it and each group has criteria. Two statements."""
    latest = campaign.criteria_sets.order_by("-version").values("pk")[:1]
    rows = list(_with_choices(Criterion.objects.filter(set=latest).select_related("set")))
    if not rows:
        return None, None
    groups = {row.group.pk: row.group for row in rows if row.group}
    return rows[0].set, _shape(rows[0].set, sorted(groups.values(), key=lambda group: group.position), rows)


def _with_choices(criteria: "QuerySet[Criterion]") -> "QuerySet[Any]":
    """A row for each choice of a criterion; one with nulls where nothing is chosen."""
    choice = {name: F(f"choices__{name}") for name in ("label", "low", "high")}
    return criteria.select_related("group").annotate(**choice).order_by("position", "choices__position")


def _shape(row: CriteriaSet, groups: Iterable[CriterionGroup], criteria: Iterable[Any]) -> CriteriaPreset:
    return CriteriaPreset(
        code="",
        name=row.name,
        source=row.source,
        note=row.note,
        groups=tuple(GroupPreset(each.code, each.name, each.weight) for each in groups),
        criteria=tuple(_criterion(list(same)) for _pk, same in groupby(criteria, key=lambda each: each.pk)),
        bands=tuple(row.bands.order_by("at_least").values_list("at_least", "name")),
        rule=_rule(row),
    )


def digest_of(row: CriteriaSet) -> str:
    """The hash that the ledger keeps of a set when it is frozen."""
    return sha256(canonical(asdict(criteria_of(row))))


def _criterion(choices: Sequence[Any]) -> CriterionPreset:
    row = choices[0]
    return CriterionPreset(
        code=row.code, name=row.name, kind=InputKind(row.kind), max=row.max, min=row.min, step=row.step,
        weight=row.weight, knock_out_below=row.knock_out_below, group=row.group.code if row.group else "",
        choices=tuple(Choice(each.label, each.low, each.high) for each in choices if each.label is not None),
        comment_below=row.comment_below, hint=row.hint, legal_basis=row.legal_basis,
        evidence_expected=row.evidence_expected,
    )  # fmt: skip


# -- refusals


def refuse_unsound(to: CriteriaPreset) -> None:
    """Criteria that no sum, no band and no choice can come out right of. Raises ``Refused``."""
    if not to.criteria:
        raise Refused(_("Chưa có tiêu chí nào. Bạn thêm ít nhất một tiêu chí."))
    _refuse_twice(each.code for each in to.criteria)
    _refuse_twice(each.code for each in to.groups)
    _refuse_weights(to)
    for criterion in to.criteria:
        _refuse_range(criterion)
        _refuse_choices(criterion)
    _refuse_bands(to)
    _refuse_rule(to)


def most_points(to: CriteriaPreset) -> Decimal:
    """The most that a sheet can give."""
    return sum((each.max * each.weight for each in to.criteria), Decimal(0))


def _refuse_twice(codes: Iterable[str]) -> None:
    twice = [code for code, count in Counter(codes).items() if count > 1]
    if twice:
        raise Refused(_("Mã “%s” được dùng hai lần. Bạn đặt mỗi tiêu chí, mỗi nhóm một mã.") % twice[0])


def _refuse_weights(to: CriteriaPreset) -> None:
    groups = {each.code: Decimal(0) for each in to.groups}
    for criterion in to.criteria:
        if criterion.group not in groups:
            if groups or criterion.group:
                raise Refused(_("Tiêu chí “%s” chưa thuộc nhóm nào. Bạn chọn nhóm cho tiêu chí này.") % criterion.name)
            continue
        groups[criterion.group] += criterion.max * criterion.weight
    total = sum((each.weight for each in to.groups), Decimal(0))
    if groups and total != _HUNDRED:
        raise Refused(_("Tổng điểm các nhóm là %s, cần đúng 100. Bạn chia lại điểm.") % shown(total))
    for group in to.groups:
        if groups[group.code] != group.weight:
            raise Refused(
                _("Nhóm “%(name)s” có %(weight)s điểm nhưng các tiêu chí của nhóm cộng lại %(sum)s. Bạn chia lại điểm.")
                % {"name": group.name, "weight": shown(group.weight), "sum": shown(groups[group.code])}
            )


def _refuse_bands(to: CriteriaPreset) -> None:
    floors = [least for least, _name in to.bands]
    if floors and (min(floors) != 0 or len(set(floors)) < len(floors)):
        raise Refused(_("Các ngưỡng bắt đầu từ 0 điểm, mỗi ngưỡng một điểm khác nhau. Bạn xem lại các ngưỡng."))
    if floors and max(floors) > most_points(to):
        raise Refused(
            _("Ngưỡng %(floor)s điểm cao hơn điểm cao nhất của phiếu (%(most)s). Bạn xem lại các ngưỡng.")
            % {"floor": shown(max(floors)), "most": shown(most_points(to))}
        )


def _refuse_rule(to: CriteriaPreset) -> None:
    rule = to.rule
    if rule.pass_by in (PassBy.BOTH, PassBy.EITHER) and rule.pass_line is None:
        raise Refused(_("Cách đạt có xét điểm nhưng chưa có điểm đạt. Bạn ghi điểm đạt."))
    if rule.pass_by != PassBy.SCORE and rule.vote is None:
        raise Refused(_("Cách đạt có xét phiếu nhưng chưa có tỷ lệ phiếu. Bạn chọn tỷ lệ phiếu."))
    if rule.pass_by != PassBy.SCORE and rule.quorum is None:
        raise Refused(_("Cách đạt có xét phiếu nhưng chưa ghi bao nhiêu người phải có mặt. Bạn ghi tỷ lệ có mặt."))
    if rule.pass_line is not None and not 0 <= rule.pass_line <= most_points(to):
        raise Refused(
            _("Điểm đạt %(line)s không nằm trong khoảng 0 đến %(most)s của phiếu. Bạn xem lại điểm đạt.")
            % {"line": shown(rule.pass_line), "most": shown(most_points(to))}
        )
    for share in (rule.vote, rule.quorum):
        top = 0 if share is None else share.denominator - share.more_than
        if share is not None and not 1 <= share.numerator <= top <= _WIDEST:
            raise Refused(_("Tỷ lệ %s không hợp lý. Bạn ghi tử số không quá mẫu số, ví dụ 2 trên 3.") % written(share))
    if not 0 <= rule.decimals <= MOST_DECIMALS or not 1 <= rule.minimum_sheets <= _WIDEST:
        raise Refused(_("Số chữ số lẻ từ 0 đến %d và số phiếu tối thiểu từ 1. Bạn xem lại hai số này.") % MOST_DECIMALS)


def written(share: Share) -> str:
    """A share as papers write it: "2/3"."""
    return f"{share.numerator}/{share.denominator}"


def _refuse_range(criterion: CriterionPreset) -> None:
    sound = criterion.min < criterion.max and 0 < criterion.step <= criterion.max - criterion.min
    knock_out = criterion.knock_out_below
    sound = sound and criterion.weight > 0 and (knock_out is None or criterion.min < knock_out <= criterion.max)
    asks = criterion.comment_below
    sound = sound and (asks is None or criterion.min < asks <= criterion.max)
    if criterion.kind == InputKind.YES_NO:
        sound = sound and criterion.min == 0 and criterion.max == 1 and criterion.step == 1
    if not sound:
        raise Refused(
            _(
                "Tiêu chí “%s” có điểm tối thiểu, tối đa, bước, điểm liệt hoặc điểm phải nhận xét không khớp nhau. "
                "Bạn xem lại."
            )
            % criterion.name
        )


def _refuse_choices(criterion: CriterionPreset) -> None:
    if criterion.kind not in (InputKind.LEVELS, InputKind.BANDED):
        if criterion.choices:
            raise Refused(_("Tiêu chí “%s” không chấm bằng mức nên không có mức. Bạn bỏ các mức.") % criterion.name)
        return
    choices = criterion.choices
    sound = len(choices) >= 2 and all(
        criterion.min <= each.low <= each.high <= criterion.max
        and (each.low == each.high or criterion.kind == InputKind.BANDED)
        for each in choices
    )
    if not sound or any(one.high >= other.low for one, other in pairwise(choices)):
        raise Refused(
            _("Các mức của tiêu chí “%s” phải từ hai trở lên, từ thấp đến cao, không chồng nhau. Bạn xem lại.")
            % criterion.name
        )


def shown(points: Decimal) -> str:
    """Points as people write them: "7,5"."""
    return format(points.normalize(), "f").replace(".", ",")

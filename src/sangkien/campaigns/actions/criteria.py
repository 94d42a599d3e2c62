"""Criteria: written from a shape, read back as one, checked as a whole."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict
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
)
from sangkien.campaigns.presets.shape import Choice, CriteriaPreset, CriterionPreset, GroupPreset
from sangkien.ledger.canonical import canonical, sha256
from sangkien.ledger.models import SeenBy
from sangkien.ledger.recording import Actor

_HUNDRED = Decimal(100)


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
    made = CriteriaSet.objects.create(campaign=campaign, version=version, name=to.name, source=to.source, note=to.note)
    groups = CriterionGroup.objects.bulk_create(
        CriterionGroup(set=made, code=each.code, name=each.name, weight=each.weight, position=place)
        for place, each in enumerate(to.groups, start=1)
    )
    by_code = {group.code: group for group in groups}
    rows = Criterion.objects.bulk_create(
        Criterion(
            set=made, group=by_code.get(each.group), code=each.code, name=each.name, kind=each.kind, min=each.min,
            max=each.max, step=each.step, weight=each.weight, knock_out_below=each.knock_out_below, position=place,
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
    floors = [least for least, _name in to.bands]
    if floors and (min(floors) != 0 or len(set(floors)) < len(floors)):
        raise Refused(_("Các ngưỡng bắt đầu từ 0 điểm, mỗi ngưỡng một điểm khác nhau. Bạn xem lại các ngưỡng."))


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
        raise Refused(_("Tổng điểm các nhóm là %s, cần đúng 100. Bạn chia lại điểm.") % _shown(total))
    for group in to.groups:
        if groups[group.code] != group.weight:
            raise Refused(
                _("Nhóm “%(name)s” có %(weight)s điểm nhưng các tiêu chí của nhóm cộng lại %(sum)s. Bạn chia lại điểm.")
                % {"name": group.name, "weight": _shown(group.weight), "sum": _shown(groups[group.code])}
            )


def _refuse_range(criterion: CriterionPreset) -> None:
    sound = criterion.min < criterion.max and 0 < criterion.step <= criterion.max - criterion.min
    knock_out = criterion.knock_out_below
    sound = sound and criterion.weight > 0 and (knock_out is None or criterion.min < knock_out <= criterion.max)
    if criterion.kind == InputKind.YES_NO:
        sound = sound and criterion.min == 0 and criterion.max == 1 and criterion.step == 1
    if not sound:
        raise Refused(
            _("Tiêu chí “%s” có điểm tối thiểu, tối đa, bước hoặc điểm liệt không khớp nhau. Bạn xem lại.")
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


def _shown(points: Decimal) -> str:
    return format(points.normalize(), "f").replace(".", ",")

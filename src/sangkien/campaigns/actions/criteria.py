"""Criteria: written from a shape, worked on, read back as one, locked (decision 0070)."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, fields
from datetime import datetime
from itertools import groupby
from typing import Any

from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from sangkien.accounts.refusal import Refused
from sangkien.campaigns.actions.common import drafting, note
from sangkien.campaigns.lifecycle import State
from sangkien.campaigns.locking import hold
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
from sangkien.campaigns.presets.shape import Choice, CriteriaPreset, CriterionPreset, GroupPreset, RulePreset
from sangkien.campaigns.sound_criteria import refuse_broken, refuse_unsound
from sangkien.ledger.canonical import canonical, sha256
from sangkien.ledger.models import SeenBy
from sangkien.ledger.recording import Actor, acting

_RULE = tuple(each.name for each in fields(RulePreset) if each.name not in ("vote", "quorum"))


def set_criteria(campaign: Campaign, *, to: CriteriaPreset, by: Actor, at: datetime) -> CriteriaSet:
    """The draft is judged by these; what stood there before goes. Raises ``Refused`` where they do not fit together."""
    refuse_unsound(to)
    with drafting(campaign) as held:
        return _rewrite(held, to, by, at)


def begin_criteria(
    campaign: Campaign, *, by: Actor, at: datetime, of: CriteriaPreset | None = None, name: str = ""
) -> CriteriaSet:
    """A set to be worked on: ``of`` a shape, else empty with this name. After issue it is the next version.

    In a draft it takes the place of the set that was there. Raises ``Refused`` where a next version is begun already.
    """
    to = of or CriteriaPreset(code="", name=name, criteria=())
    refuse_broken(to)
    with _working(campaign) as held:
        if held.state != State.DRAFT and CriteriaSet.objects.filter(campaign=held).worked_on().exists():
            raise Refused(_("Đang có một bản tiêu chí sửa dở. Bạn sửa tiếp bản đó, hoặc bỏ nó rồi bắt đầu lại."))
        return _rewrite(held, to, by, at)


def change_criteria(
    campaign: Campaign, *, change: Callable[[CriteriaPreset], CriteriaPreset], by: Actor, at: datetime
) -> CriteriaSet:
    """Change the set that is worked on; ``change`` gets it as it is now, whoever changed another part meanwhile.

    It may be unfinished: only what is broken by itself is refused. Raises ``Refused`` where none is worked on.
    """
    with _working(campaign) as held:
        row = CriteriaSet.objects.filter(campaign=held).worked_on().first()
        if row is None:
            raise Refused(_("Bản tiêu chí này không còn sửa được. Bạn mở lại trang tiêu chí."))
        to = change(criteria_of(row))
        refuse_broken(to)
        return _rewrite(held, to, by, at)


def drop_criteria(campaign: Campaign, *, by: Actor, at: datetime) -> None:
    """The next version is not wanted after all; the one in force stays. Raises ``Refused`` where none is begun."""
    with _working(campaign) as held:
        row = CriteriaSet.objects.filter(campaign=held).worked_on().first()
        if row is None:
            raise Refused(_("Không có bản tiêu chí sửa dở nào để bỏ."))
        facts = {"name": row.name, "version": row.version}
        row.delete()
        note(held, "criteria_dropped", by=by, at=at, seen_by=SeenBy.LEAD, facts=facts)


@contextmanager
def _working(campaign: Campaign) -> Iterator[Campaign]:
    """The transaction of who works on criteria: of a draft, or of the next version of a campaign that runs."""
    with acting():
        held = hold(campaign)
        if held.state != State.DRAFT and not held.is_running():
            raise Refused(_("Đợt này %s nên không sửa tiêu chí được nữa.") % State(held.state).label)
        yield held


def _rewrite(held: Campaign, to: CriteriaPreset, by: Actor, at: datetime) -> CriteriaSet:
    CriteriaSet.objects.filter(campaign=held).worked_on().delete()
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
    latest = CriteriaSet.objects.filter(campaign=campaign).in_force().values("pk")[:1]
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
    return digest(criteria_of(row))


def digest(shape: CriteriaPreset) -> str:
    """The same of what was read already."""
    return sha256(canonical(asdict(shape)))


def _criterion(choices: Sequence[Any]) -> CriterionPreset:
    row = choices[0]
    return CriterionPreset(
        code=row.code, name=row.name, kind=InputKind(row.kind), max=row.max, min=row.min, step=row.step,
        weight=row.weight, knock_out_below=row.knock_out_below, group=row.group.code if row.group else "",
        choices=tuple(Choice(each.label, each.low, each.high) for each in choices if each.label is not None),
        comment_below=row.comment_below, hint=row.hint, legal_basis=row.legal_basis,
        evidence_expected=row.evidence_expected,
    )  # fmt: skip

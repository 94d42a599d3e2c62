"""Which notices an actor may see, the newest first: to the actor, to the actor's units, in campaigns led by the actor.

One indexed look for each reason, merged here; so a page costs the same whatever lies behind it.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from heapq import merge
from itertools import islice
from typing import Final
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from sangkien.accounts.actor import Actor
from sangkien.accounts.roles import Role, follows_reports
from sangkien.notices.models import OF_REPORTS, Message
from sangkien.units.models import UnitVersion
from sangkien.units.queries import nearest
from sangkien.vietnamese import fold, unit_key

A_PAGE: Final = 30


class Side(StrEnum):
    """From which side the actor looks."""

    ALL = ""
    CAME = "den"
    WENT = "di"


@dataclass(frozen=True, slots=True)
class Line:
    """A notice as the list shows it: to whom, and whether that is the actor's own side."""

    message: Message
    to: str
    came: bool


@dataclass(frozen=True, slots=True)
class Page:
    """Lines, and where the next page begins; 0 when there is none."""

    lines: Sequence[Line]
    after: int


def page(actor: Actor, led: Collection[UUID], *, side: Side, words: str, before: int) -> Page:
    """The newest notices older than the one of key ``before`` (0: from the top). ``led``: campaigns the actor leads."""
    reasons = _reasons(actor, led if side is not Side.CAME else (), came=side is not Side.WENT)
    found = _newest([_narrowed(each, words, before) for each in reasons])
    messages = Message.objects.filter(pk__in=found[:A_PAGE]).order_by("-pk")
    return Page(lines(actor, list(messages)), found[A_PAGE - 1] if len(found) > A_PAGE else 0)


def visible(actor: Actor, led: Collection[UUID], uid: UUID) -> Message | None:
    """One notice, when the actor may see it. A statement for each reason until one holds."""
    for reason in _reasons(actor, led, came=True):
        message = reason.filter(uid=uid).first()
        if message is not None:
            return message
    return None


def lines(actor: Actor, messages: Sequence[Message]) -> list[Line]:
    """With the names that the units bore when they were told. One statement."""
    names = _names({each.to_unit_id for each in messages if each.to_unit_id})
    own = {each.unit_id for each in actor.memberships} | ({actor.invitation.unit_id} if actor.invitation else set())
    return [
        Line(
            each,
            names.name(each.to_unit_id, timezone.localdate(each.made_at)) if each.to_unit_id else _("riêng bạn"),
            came=each.to_unit_id is None or each.to_unit_id in own,
        )
        for each in messages
    ]


def _reasons(actor: Actor, led: Collection[UUID], *, came: bool) -> list[QuerySet[Message]]:
    """One set for each reason. What is told to a person stays with that person, whoever leads the campaign."""
    everyone, reasons = Message.objects.all(), []
    if came and actor.user is not None:
        reasons.append(everyone.filter(to_user=actor.user))
    if came and actor.invitation is not None:
        reasons.append(everyone.filter(to_unit=actor.invitation.unit_id, scope_uid=actor.invitation.scope_uid))
    for (scope, follows), units in _units_by_scope(actor).items() if came else ():
        here = Q() if scope is None else Q(scope_uid=scope)
        told = everyone if follows else everyone.exclude(kind__startswith=OF_REPORTS)
        reasons.append(told.filter(here, to_unit__in=units))
    if led:
        reasons.append(everyone.filter(scope_uid__in=led, to_unit__isnull=False))
    return reasons


def _units_by_scope(actor: Actor) -> dict[tuple[UUID | None, bool], list[int]]:
    """The actor's units, apart for each campaign to which the membership is narrowed, and for who follows reports."""
    parts: dict[tuple[UUID | None, bool], list[int]] = {}
    for each in actor.memberships:
        if each.unit_id is not None:
            parts.setdefault((each.scope_uid, follows_reports(Role(each.role))), []).append(each.unit_id)
    return parts


def _narrowed(messages: QuerySet[Message], words: str, before: int) -> Iterable[int]:
    """Keys, newest first, at most one more than a page."""
    if before:
        messages = messages.filter(pk__lt=before)
    key, name = fold(words).strip(), unit_key(words)
    if key:
        units = UnitVersion.objects.current().filter(name_folded__contains=name) if name else UnitVersion.objects.none()
        messages = messages.filter(Q(folded__contains=key) | Q(to_unit__in=units.values("unit")))
    return messages.order_by("-pk").values_list("pk", flat=True)[: A_PAGE + 1]


def _newest(branches: Sequence[Iterable[int]]) -> list[int]:
    """The branches as one, each key once."""
    once = dict.fromkeys(merge(*branches, reverse=True))
    return list(islice(once, A_PAGE + 1))


class _Names:
    """Versions of some units, to be asked for a day."""

    def __init__(self, versions: Iterable[UnitVersion]) -> None:
        self._versions: dict[int, list[UnitVersion]] = {}
        for version in versions:
            self._versions.setdefault(version.unit_id, []).append(version)

    def name(self, unit_id: int, on: date) -> str:
        """The name on that day; of a unit that was told before it began or after its end, the nearest one."""
        held = self._versions.get(unit_id)
        return nearest(held, on).name if held else _("đơn vị đã thôi hoạt động")


def _names(units: Collection[int]) -> _Names:
    return _Names(UnitVersion.objects.current().filter(unit__in=units).order_by("valid_from"))

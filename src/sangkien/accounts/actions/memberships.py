"""Memberships: opened, closed, handed over. Content never changes; a correction closes one and opens another."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError
from django.utils.translation import gettext as _

from sangkien.accounts.actions.administrators import refuse_last
from sangkien.accounts.models import Membership, User
from sangkien.accounts.refusal import Refused
from sangkien.accounts.roles import Role
from sangkien.ledger.models import SeenBy
from sangkien.ledger.recording import Actor, acting, record
from sangkien.units.models import Unit

ListOpenWork = Callable[[Membership], Sequence[str]]
"""Given by a higher room: the open work of a membership, one line each, oldest first."""


def nothing_open(membership: Membership) -> Sequence[str]:
    """For where no higher room has work to list."""
    return ()


def open_membership(
    *,
    person: User,
    unit: Unit | None,
    role: Role,
    starts_date: date,
    by: Actor,
    at: datetime,
    scope_uid: UUID | None = None,
    acting_for: Membership | None = None,
) -> Membership:
    """The person holds the role from that day. Raises ``Refused`` when they hold it already, or it needs a unit."""
    if unit is None and role not in Role.of_the_instance():
        raise Refused(_("Phần việc này gắn với một đơn vị. Hãy chọn đơn vị."))
    membership = Membership(
        user=person, unit=unit, role=role, starts_date=starts_date, scope_uid=scope_uid, acting_for=acting_for
    )
    try:
        with acting():
            membership.save(force_insert=True)
            _note(membership, "open_membership", by, at, starts_date=starts_date)
    except IntegrityError as error:
        raise Refused(_("Người này đang có phần việc đó ở đơn vị này.")) from error
    return membership


def close_membership(*, membership: Membership, ends_date: date, by: Actor, at: datetime) -> None:
    """Access by it ends at the beginning of that day; with today's date, at once."""
    if ends_date < membership.starts_date:
        raise Refused(
            _("Ngày thôi sớm hơn ngày bắt đầu (%s). Hãy chọn ngày muộn hơn.") % f"{membership.starts_date:%d/%m/%Y}"
        )
    with acting():
        if membership.role == Role.ADMINISTRATOR and membership.unit_id is None:
            refuse_last(membership.user)
        changed = Membership.objects.filter(pk=membership.pk, ends_date__isnull=True).update(ends_date=ends_date)
        if not changed:
            raise Refused(_("Phần việc này đã kết thúc rồi."))
        membership.ends_date = ends_date
        _note(membership, "close_membership", by, at, ends_date=ends_date)


@dataclass(frozen=True, slots=True)
class HandOver:
    """A hand-over as minutes need it: what, from whom to whom, since when, which open work goes along."""

    closed: Membership
    opened: Membership
    handed_over_date: date
    open_work: tuple[str, ...]
    note: str


def hand_over(
    *,
    membership: Membership,
    to: User,
    on: date,
    by: Actor,
    at: datetime,
    note: str = "",
    open_work: ListOpenWork = nothing_open,
) -> HandOver:
    """Close one membership and open the next on the same day, both or neither; answers the data of the minutes.

    Work belongs to unit x role, so nothing else moves. ``open_work`` only lists.
    """
    if to.pk == membership.user_id:
        raise Refused(_("Người nhận là người đang giữ phần việc này. Hãy chọn người khác."))
    if not to.is_active:
        raise Refused(_("Tài khoản của người nhận đang đóng. Hãy mở lại tài khoản đó trước."))
    work = tuple(open_work(membership))
    with acting():
        opened = open_membership(
            person=to,
            unit=membership.unit,
            role=Role(membership.role),
            starts_date=on,
            scope_uid=membership.scope_uid,
            acting_for=membership.acting_for,
            by=by,
            at=at,
        )
        close_membership(membership=membership, ends_date=on, by=by, at=at)
        _note(membership, "hand_over", by, at, to=str(opened.uid), open_work=len(work), note=note)
    return HandOver(membership, opened, on, work, note)


def _note(membership: Membership, verb: str, by: Actor, at: datetime, **facts: object) -> None:
    unit = membership.unit
    about = {
        "user": membership.user_id,
        "unit": unit and unit.uid,
        "role": str(membership.role),
        "scope": membership.scope_uid,
        **facts,
    }
    record(
        by=by,
        at=at,
        verb=verb,
        subject_kind="membership",
        subject_uid=membership.uid,
        seen_by=SeenBy.UNIT,
        payload=about,
    )

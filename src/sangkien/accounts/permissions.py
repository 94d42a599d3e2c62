"""``may()``: the table of roles applied to one actor, with a reason that a clerk understands.

What more a rule asks (stage, window, conflict of interest) is joined with ``&`` by the rooms that know it.
"""

from datetime import date
from typing import Final
from uuid import UUID

from django.utils.translation import gettext as _

from sangkien.accounts.actor import Actor
from sangkien.accounts.models import Membership
from sangkien.accounts.roles import INVITED, PERMISSIONS, Permission, Role, holders
from sangkien.accounts.verdict import Verdict
from sangkien.units.models import Unit, UnitPath, within

_FOR_ALL: Final = PERMISSIONS[Role.VISITOR]


def may(
    actor: Actor, permission: Permission, *, unit: Unit | None = None, scope: UUID | None = None, on: date | None = None
) -> Verdict:
    """Whether the actor may do this in ``unit`` (``None``: in any unit), in the campaign ``scope``, on a day.

    Without a day: the day of the request. A membership for one campaign counts only when that campaign is named. Costs
    no statement, save for an administrator or auditor of a unit above ``unit`` (one).
    """
    if permission in _FOR_ALL:
        return Verdict(True)
    if actor.invitation is not None:
        return _by_invitation(actor, permission, unit, scope)
    if not actor.is_signed_in:
        return Verdict(False, _("Bạn chưa đăng nhập. Việc này của %s.") % _named(permission))
    day = on or actor.on
    held = [each for each in actor.memberships if permission in PERMISSIONS[Role(each.role)] and each.counts_on(day)]
    if not held:
        return Verdict(False, _not_yours(actor, permission))
    here = [each for each in held if each.scope_uid is None or each.scope_uid == scope]
    if not here:
        return Verdict(False, _("Phần việc này của bạn chỉ dành cho một đợt khác."))
    return Verdict.when(
        any(_reaches(each, unit) for each in here) or _reaches_below(here, unit, day),
        _("Bạn làm việc này ở đơn vị khác, không phải ở đơn vị này."),
    )


def _by_invitation(actor: Actor, permission: Permission, unit: Unit | None, scope: UUID | None) -> Verdict:
    invitation = actor.invitation
    if invitation is None:
        raise ValueError("no invitation")
    return (
        Verdict.when(permission in INVITED, _("Giấy mời chỉ dùng để soạn, gửi, rút và theo dõi báo cáo của đơn vị."))
        & Verdict.when(unit is None or unit.pk == invitation.unit_id, _("Giấy mời này của đơn vị khác."))
        & Verdict.when(scope is None or scope == invitation.scope_uid, _("Giấy mời này của đợt khác."))
    )


def _not_yours(actor: Actor, permission: Permission) -> str:
    own = ", ".join(str(role.label) for role in actor.roles)
    if not own:
        return _("Việc này của %s. Bạn chưa có phần việc nào ở đây.") % _named(permission)
    return _("Việc này của %(holders)s. Phần việc của bạn: %(own)s.") % {"holders": _named(permission), "own": own}


def _named(permission: Permission) -> str:
    labels = [str(role.label) for role in holders(permission)]
    return ", ".join(label[0].lower() + label[1:] for label in labels)


def _reaches(membership: Membership, unit: Unit | None) -> bool:
    return unit is None or membership.unit_id is None or membership.unit_id == unit.pk


def _reaches_below(memberships: list[Membership], unit: Unit | None, day: date) -> bool:
    """Administrators and auditors of a unit are so for the units below it."""
    above = [each.unit_id for each in memberships if Role(each.role) in Role.of_the_instance()]
    return bool(above) and UnitPath.objects.filter(within(day), ancestor__in=above, unit=unit).exists()

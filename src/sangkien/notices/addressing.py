"""From a message to the mailboxes that it goes to, as memberships and invitations are when it leaves."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from sangkien.accounts.models import Invitation, Membership
from sangkien.accounts.roles import Role, follows_reports
from sangkien.notices.models import OF_REPORTS, Delivery, Message

GATHERED: Final = timedelta(minutes=15)  # what comes within this time goes in one mail
STILL_NEWS: Final = timedelta(days=3)  # older than that it is no news, say when mail has just been switched on
_AT_ONCE: Final = 200

Member = tuple[int, UUID | None, bool]  # a person, the campaign to which it is narrowed, whether reports are followed
Reached = tuple[int, UUID | None]  # a person or an invitation, and the campaign to which it is narrowed


def unaddressed(at: datetime) -> QuerySet[Message]:
    """Messages that still wait for their mailboxes, oldest first."""
    waiting = Message.objects.filter(addressed_at__isnull=True, made_at__gt=at - STILL_NEWS)
    return waiting.order_by("made_at", "pk")


def address(at: datetime) -> int:
    """Make the deliveries of the oldest messages, at most 200; answers of how many. The same statements for any number.

    Two who do it at once make each delivery once.
    """
    messages = list(unaddressed(at)[:_AT_ONCE])
    if not messages:
        return 0
    units = {each.to_unit_id for each in messages if each.to_unit_id}
    members, invitations = _members(units, at), _invitations(units, at)
    deliveries: list[Delivery] = []
    for message in messages:
        made = _deliveries(message, members, invitations)
        message.addressed_at = at
        message.error = "" if made else _("Đơn vị chưa có ai có tài khoản hoặc hộp thư nên không gửi thư được.")
        deliveries += made
    with transaction.atomic():
        Delivery.objects.bulk_create(deliveries, ignore_conflicts=True)
        Message.objects.bulk_update(messages, ["addressed_at", "error"])
    return len(messages)


def _members(units: Iterable[int], at: datetime) -> dict[int, list[Member]]:
    """Who works in these units today; those who administer or audit get no mail about the work."""
    here = Membership.objects.on(timezone.localdate(at)).filter(unit__in=units, user__is_active=True)
    rows = here.exclude(role__in=[role.value for role in Role.of_the_instance()])
    found: dict[int, list[Member]] = defaultdict(list)
    for unit, user, scope, role in rows.order_by("pk").values_list("unit", "user", "scope_uid", "role"):
        found[unit].append((user, scope, follows_reports(Role(role))))
    return found


def _invitations(units: Iterable[int], at: datetime) -> dict[int, list[Reached]]:
    """Open invitations with a mailbox: units whose people have no account."""
    rows = Invitation.objects.open(at).filter(unit__in=units).exclude(mailbox="")
    found: dict[int, list[Reached]] = defaultdict(list)
    for unit, invitation, scope in rows.order_by("pk").values_list("unit", "pk", "scope_uid"):
        found[unit].append((invitation, scope))
    return found


def _deliveries(
    message: Message, members: dict[int, list[Member]], invitations: dict[int, list[Reached]]
) -> list[Delivery]:
    due_at = message.made_at + GATHERED
    if message.to_unit_id is None:
        return [Delivery(message=message, to_user_id=message.to_user_id, due_at=due_at)]
    people = {
        who: None
        for who, scope, follows in members[message.to_unit_id]
        if scope in (None, message.scope_uid) and (follows or not message.kind.startswith(OF_REPORTS))
    }
    invited = [who for who, scope in invitations[message.to_unit_id] if scope == message.scope_uid]
    return [
        *(Delivery(message=message, to_user_id=who, due_at=due_at) for who in people),
        *(Delivery(message=message, to_invitation_id=who, due_at=due_at) for who in invited),
    ]

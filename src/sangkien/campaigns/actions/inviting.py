"""Units are invited to report: one open invitation a unit; its link is shown when it is made, and never again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from sangkien.accounts.actions.invitations import invite, revoke_invitation
from sangkien.accounts.models import Invitation
from sangkien.accounts.refusal import Refused
from sangkien.campaigns.lifecycle import State
from sangkien.campaigns.locking import hold_shared
from sangkien.campaigns.models import Campaign, Participant
from sangkien.ledger.recording import Actor, acting

MOST_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Invited:
    """A unit with the token of its new link."""

    participant: Participant
    invitation: Invitation
    token: str


def invite_units(
    campaign: Campaign, *, units: Sequence[Participant], expires_at: datetime, by: Actor, at: datetime,
    mailboxes: Mapping[int, str] | None = None,
) -> list[Invited]:  # fmt: skip
    """New links for these units; what they had before is revoked, so that one link a unit is open.

    ``mailboxes``: id of the unit → where the code goes that its holder must type. Raises ``Refused``.
    """
    if not units:
        raise Refused(_("Bạn chưa chọn đơn vị nào."))
    if len(units) > MOST_AT_ONCE:
        raise Refused(_("Mỗi lần mời nhiều nhất %d đơn vị. Bạn chọn ít hơn rồi mời tiếp lần sau.") % MOST_AT_ONCE)
    if expires_at <= at:
        raise Refused(_("Hạn dùng của giấy mời đã qua. Bạn chọn ngày muộn hơn."))
    purpose = _("Báo cáo giải pháp cải cách hành chính năm %d") % campaign.year
    with acting():
        held = hold_shared(campaign)
        if not held.is_running():
            raise Refused(_("Đợt này %s nên không mời đơn vị được.") % State(held.state).label)
        _revoke(held, {each.unit_id for each in units}, by, at)
        invited = []
        for each in units:
            made = invite(
                unit=each.unit, scope_uid=held.uid, purpose=purpose, expires_at=expires_at, by=by, at=at,
                mailbox=(mailboxes or {}).get(each.unit_id, ""),
            )  # fmt: skip
            invited.append(Invited(each, made.invitation, made.token))
    return invited


def revoke_for(campaign: Campaign, *, participant: Participant, by: Actor, at: datetime) -> int:
    """The links of this unit end; the answer is how many were open."""
    with acting():
        return _revoke(hold_shared(campaign), {participant.unit_id}, by, at)


def revoke_all(campaign: Campaign, *, by: Actor, at: datetime) -> int:
    """The campaign has ended, and every invitation with it."""
    with acting():
        return _revoke(campaign, None, by, at)


def _revoke(campaign: Campaign, units: set[int] | None, by: Actor, at: datetime) -> int:
    rows = Invitation.objects.filter(scope_uid=campaign.uid, revoked_at__isnull=True).select_related("unit")
    if units is not None:
        rows = rows.filter(unit__in=units)
    found = list(rows.order_by("pk"))
    for invitation in found:
        revoke_invitation(invitation=invitation, by=by, at=at)
    return len(found)

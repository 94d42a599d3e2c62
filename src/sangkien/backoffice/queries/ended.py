"""Ended units that still hold something open, so that none is forgotten."""

from collections.abc import Sequence

from django.db.models import Exists, OuterRef
from django.utils import timezone

from sangkien.accounts.models import Invitation, Membership
from sangkien.backoffice.reach import Reach
from sangkien.campaigns.lifecycle import State
from sangkien.campaigns.models import Answer, FieldOwner, Participant
from sangkien.intake.lifecycle import Stage
from sangkien.intake.models import Entry
from sangkien.units.models import UnitVersion

_MOST = 200


def ended_with_open_work(reach: Reach) -> Sequence[UnitVersion]:
    """The last version of each, the latest to end first. One statement."""
    held = Membership.objects.filter(unit=OuterRef("unit"), ends_date__isnull=True, user__is_active=True)
    invited = Invitation.objects.open(timezone.now()).filter(unit=OuterRef("unit"))
    owned = FieldOwner.objects.current().filter(office=OuterRef("unit"))
    running = State.of_the_running() | {State.DRAFT}
    of_field, of_sector = (
        owned.filter(field__campaign__state__in=running),
        owned.filter(sector__campaign__state__in=running),
    )
    begun = Entry.objects.filter(implementer=OuterRef("unit"), stage__in=Stage.with_the_unit())
    begun = begun.filter(campaign__state__in=running)
    sent = Entry.objects.filter(implementer=OuterRef("unit"), campaign=OuterRef("campaign")).sent()
    followed = Participant.objects.filter(
        campaign=OuterRef("campaign"), unit__successions_in__from_unit=OuterRef("unit")
    )  # fmt: skip
    asked = Participant.objects.filter(unit=OuterRef("unit"), answer=Answer.NONE, campaign__state__in=running)
    asked = asked.exclude(Exists(sent)).exclude(Exists(followed))
    later = UnitVersion.objects.current().filter(unit=OuterRef("unit"), valid_from__gt=OuterRef("valid_from"))
    ended = UnitVersion.objects.current().filter(valid_to__lte=reach.on).exclude(Exists(later))
    if not reach.everything:
        ended = ended.filter(unit__in=reach.units())
    ended = ended.filter(
        Exists(held) | Exists(invited) | Exists(of_field) | Exists(of_sector) | Exists(begun) | Exists(asked)
    )
    return list(ended.select_related("unit").order_by("-valid_to", "name_sort", "pk")[:_MOST])

"""Who may open the pages of a unit, and what every one of them shows."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, ParamSpec
from uuid import UUID

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from sangkien.accounts.actor import Actor
from sangkien.accounts.pages import View, actor_of, found, signed_in_or_invited
from sangkien.accounts.permissions import may
from sangkien.accounts.roles import Permission
from sangkien.campaigns.models import Campaign, FormKind, Participant
from sangkien.campaigns.showing import named_contacts
from sangkien.initiatives.models import Revision
from sangkien.intake.actions import drafting
from sangkien.intake.models import Entry
from sangkien.intake.rules import may_edit
from sangkien.ledger.recording import Actor as Signature
from sangkien.units.models import Unit

P = ParamSpec("P")


def for_the_unit(view: View[P, HttpResponseBase]) -> View[P, HttpResponseBase]:
    """Signed in, or come by an invitation; others are led to the door and come back here."""
    return signed_in_or_invited(view, home="intake:home")


@dataclass(frozen=True)
class Place:
    """A unit in a campaign that asks it."""

    participant: Participant

    @property
    def campaign(self) -> Campaign:
        return self.participant.campaign

    @property
    def unit(self) -> Unit:
        return self.participant.unit

    @property
    def unit_name(self) -> str:
        """As the plan prints it."""
        return self.participant.unit_version.name

    @property
    def officer_may_send(self) -> bool:
        """As the head of the unit has said. No statement where the place comes from ``place_of``."""
        return hasattr(self.unit, "sending_rule") and self.unit.sending_rule.officer_may_send


def place_of(actor: Actor, campaign: UUID, unit: UUID, permission: Permission = Permission.FOLLOW) -> Place:
    """Raises ``Http404`` for a unit that is not the actor's, in this campaign."""
    asked = Participant.objects.filter(campaign__uid=campaign, unit__uid=unit)
    rows = asked.filter(campaign__in=Campaign.objects.visible_to(actor))
    together = ("campaign__lead_unit", "campaign__organiser", "campaign__plan", "unit__sending_rule", "unit_version")
    participant = get_object_or_404(rows.select_related(*together))
    found(may(actor, permission, unit=participant.unit, scope=participant.campaign.uid))
    return Place(participant)


def entry_of(actor: Actor, uid: UUID, permission: Permission = Permission.FOLLOW) -> Entry:
    """An entry of the actor's own unit, or a draft that the lead unit enters for it. Raises ``Http404``.

    Those who did it together do not work on it here.
    """
    rows = (
        Entry.objects.filter(uid=uid)
        .visible_to(actor)
        .select_related(
            "campaign__lead_unit",
            "campaign__organiser",
            "implementer",
            "initiative",
            "revision__initiative",
            "merged_into",
        )
    )
    entry = get_object_or_404(rows)
    own = may(actor, permission, unit=entry.implementer, scope=entry.campaign.uid)
    found(own or (permission is Permission.DRAFT and may_edit(actor, entry)))
    return entry


def recording_url(actor: Actor, entry: Entry) -> str:
    """Where the lead unit records what the unit sent on paper, when it is the lead unit that drafts; else empty."""
    campaign, unit = entry.campaign, entry.implementer
    if may(actor, Permission.DRAFT, unit=unit, scope=campaign.uid):
        return ""
    return reverse("desk:recording", args=[campaign.uid, unit.uid])


def draft_shown(entry: Entry) -> Revision | None:
    """The draft as a page shows it, for an entry of ``entry_of``: what was never sent stands in it already.

    An act reads it again under its locks.
    """
    there = entry.revision
    return drafting.draft_of(entry) if there is None or there.is_frozen else there


def place_among(asked: Iterable[Participant], entry: Entry) -> Place:
    """``place_of_entry`` for who has read whom the plan asks. No statement."""
    for each in asked:
        if each.unit_id == entry.implementer_id:
            each.campaign = entry.campaign
            return Place(each)
    raise Http404


def place_of_entry(entry: Entry) -> Place:
    """One statement."""
    rows = Participant.objects.select_related("unit", "unit_version")
    participant = rows.filter(campaign=entry.campaign_id, unit=entry.implementer_id).first()
    if participant is None:
        raise Http404
    participant.campaign = entry.campaign
    return Place(participant)


def signature(request: HttpRequest, unit: Unit) -> Signature:
    """How the ledger names who acts here, in the name of the unit."""
    return actor_of(request).signature(unit)


def signature_on(request: HttpRequest, entry: Entry) -> Signature:
    """As ``signature``; who enters for the unit what came on paper acts in the name of the lead unit."""
    actor, campaign = actor_of(request), entry.campaign
    own = may(actor, Permission.DRAFT, unit=entry.implementer, scope=campaign.uid)
    return actor.signature(entry.implementer if own else campaign.lead_unit)


def frame_of(place: Place) -> dict[str, Any]:
    """What every page of a unit in a campaign shows."""
    return {"place": place, "campaign": place.campaign, "unit": place.unit, "unit_name": place.unit_name}


@dataclass(frozen=True, slots=True)
class ContactShown:
    """Whom the unit asks: a role in a unit, and its shared mailbox."""

    capacity: str
    unit_name: str
    mailbox: str


def contacts(campaign: Campaign) -> list[ContactShown]:
    """As the plan names them. One statement."""
    rows = named_contacts(campaign, timezone.localdate())
    return [ContactShown(row.capacity, unit_name, row.mailbox) for row, unit_name in rows]


def deadline(campaign: Campaign) -> str:
    """One sentence on the window, as the clock stands."""
    now = timezone.now()
    last = date_format(campaign.closes_date, "d/m/Y")
    if campaign.closes_time is not None:
        last = f"{campaign.closes_time:%H:%M}, {last}"
    if campaign.is_late(now):
        return _("Hạn nhận báo cáo là hết ngày %s. Báo cáo muộn vẫn được nhận và được ghi là muộn.") % last
    days = (campaign.closes_date - timezone.localdate(now)).days
    if campaign.window.opens_at > now:
        opens = date_format(campaign.opens_date, "d/m/Y")
        return _("Nhận báo cáo từ ngày %(opens)s đến hết ngày %(last)s.") % {"opens": opens, "last": last}
    if days == 0:
        return _("Hôm nay là ngày cuối nhận báo cáo.")
    return _("Nhận báo cáo đến hết ngày %(last)s, còn %(days)d ngày.") % {"last": last, "days": days}


def who_sends(*, officer_may: bool) -> str:
    """A sentence on who sends in the name of the unit."""
    if officer_may:
        return _("Thủ trưởng và cán bộ báo cáo của đơn vị đều gửi được. Người giữ giấy mời của đơn vị cũng gửi được.")
    return _("Thủ trưởng đơn vị gửi, cán bộ soạn sẵn. Người giữ giấy mời của đơn vị cũng gửi được.")


@dataclass(frozen=True, slots=True)
class WordLinks:
    """The two ways that begin in Word; ``form_url`` is empty where the plan has no table."""

    import_url: str
    form_url: str


def word_links(place: Place) -> WordLinks:
    """The page that reads files lies in a room above this one, so it is known here by its name only."""
    keys = [place.campaign.uid, place.unit.uid]
    table = place.campaign.forms.filter(kind=FormKind.TABLE).order_by("number").values_list("number", flat=True).first()
    return WordLinks(
        reverse("importing:unit", args=keys), reverse("intake:word_form", args=[*keys, table]) if table else ""
    )

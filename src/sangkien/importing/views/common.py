"""Which queue a page stands in, and who may open it."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from sangkien.accounts.actor import Actor
from sangkien.accounts.pages import actor_of, found
from sangkien.accounts.refusal import Refused
from sangkien.accounts.verdict import Verdict
from sangkien.campaigns.models import Campaign, Participant
from sangkien.importing.models import ImportedFile
from sangkien.importing.rules import may_import, sees_queue
from sangkien.ledger.recording import Actor as Signature
from sangkien.units.models import Unit


@dataclass(frozen=True)
class Desk:
    """A queue as a page shows it: of one unit in a campaign, or of the lead unit."""

    actor: Actor
    campaign: Campaign
    unit: Unit | None
    unit_name: str

    @property
    def url(self) -> str:
        """The list of files."""
        if self.unit is None:
            return reverse("importing:campaign", args=[self.campaign.uid])
        return reverse("importing:unit", args=[self.campaign.uid, self.unit.uid])

    @property
    def is_lead(self) -> bool:
        return self.unit is None

    @property
    def verdict(self) -> Verdict:
        """Whether files may be handed over and confirmed now, with the reason."""
        return may_import(self.actor, self.campaign, self.unit)

    def refuse(self) -> None:
        """Raises ``Refused`` with the reason where nothing may be done now."""
        if not self.verdict:
            raise Refused(self.verdict.reason)

    @property
    def signature(self) -> Signature:
        """How the ledger names who works here."""
        return self.actor.signature(self.campaign.lead_unit if self.unit is None else self.unit)

    def context(self) -> dict[str, Any]:
        """What every page of the queue shows."""
        return {"desk": self, "campaign": self.campaign, "unit_name": self.unit_name, "can": bool(self.verdict)}


def desk_of(request: HttpRequest, campaign: UUID, unit: UUID | None) -> Desk:
    """Raises ``Http404`` for a queue that is not the actor's."""
    actor = actor_of(request)
    seen = Campaign.objects.visible_to(actor).select_related("lead_unit", "organiser")
    here = get_object_or_404(seen, uid=campaign)
    if unit is None:
        found(sees_queue(actor, here, None))
        return Desk(actor, here, None, _("Đơn vị đầu mối"))
    asked = Participant.objects.filter(campaign=here, unit__uid=unit).select_related("unit", "unit_version")
    participant = get_object_or_404(asked)
    found(sees_queue(actor, here, participant.unit))
    return Desk(actor, here, participant.unit, participant.unit_version.name)


def file_of(request: HttpRequest, uid: UUID) -> tuple[Desk, ImportedFile]:
    """A file of a queue that is the actor's. Raises ``Http404``."""
    rows = ImportedFile.objects.select_related("batch__unit", "batch__mail", "attachment__blob", "again_of", "campaign")
    file = get_object_or_404(rows, uid=uid)
    unit = file.batch.unit
    return desk_of(request, file.campaign.uid, unit.uid if unit else None), file


def token_of(request: HttpRequest) -> str:
    """Of the click: the form carries one for each time the page was shown, so that a second click makes nothing."""
    try:
        return str(UUID(request.POST.get("token", "")))
    except ValueError:
        return str(uuid4())

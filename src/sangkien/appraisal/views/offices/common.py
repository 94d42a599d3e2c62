"""What the pages of the offices share: finding, signing, telling."""

from uuid import UUID, uuid4

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404

from sangkien.accounts.actor import Actor
from sangkien.accounts.pages import actor_of, found
from sangkien.accounts.permissions import may
from sangkien.accounts.roles import Permission
from sangkien.appraisal.models import Assignment
from sangkien.appraisal.rules.offices import assignments_of
from sangkien.attachments.models import Attachment
from sangkien.attachments.serving import serve
from sangkien.intake.models import Entry
from sangkien.intake.rules import in_lead
from sangkien.ledger.recording import Actor as Signature

AT_HAND = (
    "entry__campaign__lead_unit", "entry__campaign__organiser", "entry__implementer", "entry__initiative", "office",
    "person", "revision__read_from__blob", "revision__initiative", "routing",
)  # fmt: skip


def own_assignment(request: HttpRequest, uid: UUID) -> Assignment:
    """An assignment of the actor's office or of the actor; "not found" otherwise, and for who is in conflict."""
    rows = assignments_of(actor_of(request)).filter(uid=uid).select_related(*AT_HAND)
    return get_object_or_404(rows)


def led_entry(request: HttpRequest, uid: UUID, permission: Permission = Permission.SEE_CAMPAIGN) -> Entry:
    """An entry for who runs its campaign; "not found" for others."""
    actor = actor_of(request)
    rows = Entry.objects.filter(uid=uid).visible_to(actor)
    entry = get_object_or_404(
        rows.select_related("campaign__lead_unit", "campaign__organiser", "implementer", "initiative", "revision")
    )
    found(in_lead(actor, permission, entry.campaign))
    return entry


def led_assignment(request: HttpRequest, uid: UUID, permission: Permission = Permission.ROUTE) -> Assignment:
    """Any assignment of a campaign that the actor runs."""
    actor = actor_of(request)
    row = get_object_or_404(Assignment.objects.filter(uid=uid).select_related(*AT_HAND))
    found(Entry.objects.filter(pk=row.entry_id).visible_to(actor).exists())
    found(in_lead(actor, permission, row.entry.campaign))
    return row


def of_office(request: HttpRequest, assignment: Assignment) -> Signature:
    """How the ledger names who acts for the office, or as the person named."""
    return actor_of(request).signature(assignment.office)


def is_of_unit(actor: Actor, entry: Entry, permission: Permission = Permission.FOLLOW) -> bool:
    """Whether the actor belongs to the unit that reports."""
    return bool(may(actor, permission, unit=entry.implementer, scope=entry.campaign.uid))


def new_key() -> str:
    """Names a click before it is made: it stands in the form."""
    return str(uuid4())


def key_of(text: str) -> str:
    """The key that a form sent; empty for what is none."""
    try:
        return str(UUID(text))
    except ValueError:
        return ""


def opened(attachment: Attachment | None) -> HttpResponseBase:
    """Shown by the browser where it is a picture or a PDF, else downloaded; never run."""
    if attachment is None:
        raise Http404
    try:
        return serve(attachment, inline=True)
    except FileNotFoundError as lost:
        raise Http404 from lost

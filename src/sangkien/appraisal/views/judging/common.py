"""What the pages of a judge share."""

from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from sangkien.accounts.pages import actor_of
from sangkien.appraisal.judging.seats import readings_of, with_unit_name
from sangkien.appraisal.models import Reading
from sangkien.ledger.recording import Actor as Signature


def reading_at(request: HttpRequest, uid: UUID) -> Reading:
    """A reading of this person; what the person is kept out of is not found."""
    return get_object_or_404(with_unit_name(readings_of(actor_of(request))), uid=uid)


def signature(request: HttpRequest, reading: Reading) -> Signature:
    """How the ledger names the judge: in the name of the unit of the seat."""
    return actor_of(request).signature(reading.member.unit)

"""Of which unit: all that the plan asks, with what they have answered so far."""

from typing import Final
from uuid import UUID

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from sangkien.accounts.pages import actor_of, found, page
from sangkien.accounts.roles import Permission
from sangkien.campaigns.pages import campaign_of
from sangkien.desk.views.finding import known
from sangkien.intake.queries import Answered, answers
from sangkien.intake.rules import in_lead
from sangkien.vietnamese import clean, fold

_LONGEST: Final = 100


@require_safe
@known
def recordings(request: HttpRequest, uid: UUID) -> HttpResponseBase:
    """Those that have not answered stand first in the plan's order; search with and without marks."""
    campaign = campaign_of(request, uid)
    found(in_lead(actor_of(request), Permission.RECORD, campaign))
    words = clean(request.GET.get("q", ""))[:_LONGEST]
    key = fold(words).strip()
    rows = [each for each in answers(campaign) if key in each.participant.unit_version.name_folded]
    rows.sort(key=lambda each: each.answer is not Answered.NONE)
    context = {"campaign": campaign, "rows": rows, "words": words, "is_running": campaign.is_running()}
    return page(request, "desk/recordings.html", context=context)

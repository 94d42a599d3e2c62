"""*Giải pháp*: the list, with its filters in the address."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from sangkien.accounts.pages import actor_of, page, signed_in
from sangkien.desk.entries import rows
from sangkien.desk.entries.asked import ALL, Asked
from sangkien.desk.entries.listing import Listing
from sangkien.desk.entries.steps import BY_CODE
from sangkien.intake.lifecycle import Stage
from sangkien.intake.rules import may_admit_in
from sangkien.intake.visibility import sees_whole


@require_safe
@signed_in
def index(request: HttpRequest) -> HttpResponse:
    """All that this person may see, of one campaign or of all."""
    typing = request.headers.get("HX-Trigger-Name") == "q"
    listing = Listing(actor_of(request), Asked.read(request.GET), typing=typing)
    asked, shown = listing.asked, listing.page()
    context: dict[str, Any] = {
        "asked": asked,
        "campaign": listing.campaign,
        "lead": rows.lead(listing),
        "rows": rows.rows_of(shown, listing),
        "next_url": rows.next_url(asked, shown),
        "first_url": asked.address() if asked.after else "",
        "steps": list(rows.step_chips(listing)),
        "filters": list(rows.filter_chips(listing)),
        "found": listing.found,
        "ticks": _may_admit(listing),
        "query": asked.address().removeprefix("?"),
        "here": ALL if listing.campaign is None else str(listing.campaign.uid),
    }
    campaign = listing.campaign
    if campaign is not None and sees_whole(listing.actor, campaign):
        context["consolidations_url"] = reverse("desk:consolidations", args=[campaign.uid])
    if not shown.rows:
        context["loosening"] = rows.loosening_chips(listing)
    if request.GET.get("loc"):
        context["choices"] = rows.choices(listing)
    return page(request, "desk/entries.html", "#list", context)


def _may_admit(listing: Listing) -> bool:
    """Whether rows can be ticked for admission: those that wait for it, by who admits in this campaign."""
    campaign, step = listing.campaign, listing.asked.step
    if campaign is None or not step or BY_CODE[step].stages != {Stage.SUBMITTED}:
        return False
    return bool(may_admit_in(listing.actor, campaign))

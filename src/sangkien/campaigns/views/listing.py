"""The campaigns that a person may know of."""

from datetime import datetime
from typing import Final

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from sangkien.accounts.pages import actor_of, page
from sangkien.accounts.permissions import may
from sangkien.accounts.roles import Permission
from sangkien.campaigns.lifecycle import State
from sangkien.campaigns.models import Campaign
from sangkien.campaigns.pages import for_invited_too
from sangkien.units.queries import names_on
from sangkien.vietnamese import clean, fold

_A_PAGE: Final = 50
_MOST_READ: Final = 2000  # titles looked through: a campaign is a plan of a year, not an entry
_STATES: Final = {
    "": (_("Tất cả"), ()),
    "soan": (_("Đang soạn"), (State.DRAFT,)),
    "chay": (_("Đang chạy"), (State.ISSUED, State.IN_ASSESSMENT)),
    "xong": (_("Đã xong"), (State.CONCLUDED, State.ARCHIVED, State.CANCELLED)),
}


@require_safe
@for_invited_too
def index(request: HttpRequest) -> HttpResponse:
    """Latest first; found by title and year, with or without marks. A constant number of statements."""
    actor = actor_of(request)
    words, state = clean(request.GET.get("q", ""))[:100], request.GET.get("tinhtrang", "")
    known = Campaign.objects.visible_to(actor)
    if _STATES.get(state, ("", ()))[1]:
        known = known.filter(state__in=_STATES[state][1])
    if words.strip():
        titles = known.latest_first().values_list("pk", "title", "year")[:_MOST_READ]
        wanted = fold(words).split()
        fit = [pk for pk, title, year in titles if all(word in fold(f"{title} {year}") for word in wanted)]
        known = known.filter(pk__in=fit)
    pages = Paginator(known.latest_first().select_related("plan"), _A_PAGE).get_page(request.GET.get("trang"))
    names = names_on({each.organiser_id for each in pages}, actor.on)
    at = timezone.now()
    rows = [(each, names.get(each.organiser_id, ""), standing(each, at)) for each in pages]
    context = {
        "rows": rows, "pages": pages, "words": words, "state": state,
        "states": [(value, label) for value, (label, _of) in _STATES.items()],
        "may_start": may(actor, Permission.PLAN),
    }  # fmt: skip
    return page(request, "campaigns/list.html", "#list", context)


def standing(campaign: Campaign, at: datetime) -> str:
    """Where a running campaign stands by the clock: "before", "open", "over"; empty for one that does not run."""
    if not campaign.is_running():
        return ""
    window = campaign.window
    if at < window.opens_at:
        return "before"
    return "open" if at < window.closes_at else "over"

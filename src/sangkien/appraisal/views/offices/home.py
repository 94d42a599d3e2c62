"""The room's home: what waits for me here; and the whole queue of an office, page by page."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from sangkien.accounts.pages import actor_of, page, signed_in
from sangkien.appraisal.home import sections_for
from sangkien.appraisal.home.model import Section
from sangkien.appraisal.home.offices import MOST, queue_rows


@require_safe
@signed_in
def home(request: HttpRequest) -> HttpResponse:
    """Section by section; one that has nothing is left out."""
    actor, at = actor_of(request), timezone.now()
    context = {"sections": sections_for(actor, at), "today": timezone.localdate(at)}
    return page(request, "appraisal/offices/home.html", context=context)


@require_safe
@signed_in
def queue(request: HttpRequest) -> HttpResponse:
    """All that waits for the office, by day, page by key."""
    actor, at = actor_of(request), timezone.now()
    rows, following = queue_rows(actor, at, request.GET.get("sau", ""), MOST)
    context = {"section": Section("queue", "", rows), "following": following, "today": timezone.localdate(at)}
    return page(request, "appraisal/offices/queue.html", context=context)

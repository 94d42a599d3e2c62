"""*Việc của tôi*: the first page of every signed-in person."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from sangkien.accounts.pages import actor_of, frame, page, signed_in
from sangkien.desk.work.gathering import asking_for, waiting_for
from sangkien.desk.work.model import Waiting, grouped
from sangkien.desk.work.running import sentence, standings

_HOME = "desk:home"


@require_safe
@signed_in
def home(request: HttpRequest) -> HttpResponse:
    """What waits for me; it empties itself as the work is done."""
    asking = asking_for(actor_of(request), timezone.now())
    work = waiting_for(asking)
    overdue = sum(each.clock.is_overdue for each in work)
    context = {
        "campaigns": standings(asking),
        "sentences": [each for each in [sentence(asking)] if each],
        "groups": grouped(work),
        "counted": _counted(work),
        "overdue": _overdue(overdue),
        "rail": _rail(request, len(work)),
    }
    return page(request, "desk/home.html", context=context)


def _counted(work: Sequence[Waiting]) -> str:
    if not work:
        return ""
    return ngettext("Bạn có %d việc", "Bạn có %d việc", len(work)) % len(work)


def _overdue(count: int) -> str:
    return ngettext("%d việc đã quá hạn", "%d việc đã quá hạn", count) % count if count else ""


def _rail(request: HttpRequest, count: int) -> list[Any]:
    return [replace(link, count=count) if link.name == _HOME else link for link in frame(request)["rail"]]

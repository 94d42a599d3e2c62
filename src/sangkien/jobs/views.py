"""A job as the one who started it sees it. To all others there is no such page."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from sangkien import ui
from sangkien.accounts.pages import actor_of, page, signed_in
from sangkien.jobs import actions
from sangkien.jobs.models import Job


@require_safe
def job(request: HttpRequest, uid: UUID) -> HttpResponse:
    """How far it is; asks again by itself where there is script, and is answered with nothing when nothing moved.

    So a screen reader says each state once, and whoever has the stop button in focus keeps it.
    """
    if _is_nobody(request):
        return _to_the_door(request)
    mine = _own(request, uid)
    if request.headers.get("HX-Request") and request.GET.get("seen") == mine.standing:
        return HttpResponse(status=204)
    return page(request, "jobs/job.html", "#job", {"job": mine})


@require_POST
def stop(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Stop after the step it is in."""
    if _is_nobody(request):
        return _to_the_door(request)
    mine = _own(request, uid)
    actions.cancel(mine, at=timezone.now())
    return ui.redirect(request, mine)


@require_POST
def go_on(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Let it go on where it stopped."""
    if _is_nobody(request):
        return _to_the_door(request)
    mine = _own(request, uid)
    actions.resume(mine, at=timezone.now())
    return ui.redirect(request, mine)


def _is_nobody(request: HttpRequest) -> bool:
    actor = actor_of(request)
    return actor.user is None and actor.invitation is None


@signed_in
def _to_the_door(request: HttpRequest) -> HttpResponse:
    """Never reached by who is signed in: the guard leads everybody else to the door and back."""
    raise Http404


def _own(request: HttpRequest, uid: UUID) -> Job:
    return get_object_or_404(Job, uid=uid, by=actor_of(request).signature().id)

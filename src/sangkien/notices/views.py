"""What was told to whom, when and by which way; and each notice as a message to copy. Looking sends nothing."""

from collections.abc import Callable, Collection
from functools import wraps
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from sangkien.accounts.actor import Actor
from sangkien.accounts.pages import actor_of, page, signed_in
from sangkien.notices import listing
from sangkien.notices.listing import Side
from sangkien.notices.models import Delivery
from sangkien.notices.sharing import shared
from sangkien.vietnamese import clean

# Which campaigns an actor leads; a higher room knows (see ``config.urls``).
Led = Callable[[Actor], Collection[UUID]]
View = Callable[..., HttpResponse]


def for_everybody_told(view: View) -> View:
    """Signed in, or come by an invitation; others are led to the door and come back here."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        guard = view if actor_of(request).invitation is not None else signed_in(view)
        return guard(request, *args, **kwargs)

    return guarded


@require_safe
@for_everybody_told
def index(request: HttpRequest, led: Led) -> HttpResponse:
    """The newest first; search with and without marks; the side as chips in the address."""
    actor = actor_of(request)
    campaigns, words = led(actor), clean(request.GET.get("q", ""))[:100]
    side = _side(request.GET.get("phia", "")) if campaigns else Side.ALL
    before = request.GET.get("truoc", "")
    found = listing.page(
        actor, campaigns, side=side, words=words, before=int(before) if before.isascii() and before.isdigit() else 0
    )
    context = {
        "lines": found.lines, "after": found.after, "words": words, "side": side, "leads": bool(campaigns),
        "is_further": bool(before), "mails": settings.SANGKIEN_SENDS_MAIL,
    }  # fmt: skip
    return page(request, "notices/list.html", "#list", context)


@require_safe
@for_everybody_told
def notice(request: HttpRequest, uid: UUID, led: Led) -> HttpResponse:
    """One notice: to whom, by which way, and as text with link and QR for a chat group."""
    actor = actor_of(request)
    message = listing.visible(actor, led(actor), uid)
    if message is None:
        raise Http404
    (line,) = listing.lines(actor, [message])
    context = {
        "line": line, "message": message, "mails": settings.SANGKIEN_SENDS_MAIL,
        "shared": shared(message, _site(request)) if message.to_unit_id else None,
        "waiting": Delivery.objects.open().filter(message=message).exists(),
    }  # fmt: skip
    return page(request, "notices/notice.html", context=context)


def _site(request: HttpRequest) -> str:
    """What stands before the path; where nobody named the site, the address by which this page was opened."""
    named: str = settings.SANGKIEN_SITE
    return f"{request.scheme}://{request.get_host()}" if named.startswith("http://localhost") else named


def _side(word: str) -> Side:
    return Side(word) if word in list(Side) else Side.ALL

"""Lịch sử: the acts of the ledger as sentences, narrowed by what the address says, newest first, page by key."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from sangkien.accounts.pages import actor_of, page, signed_in
from sangkien.accounts.roles import Permission
from sangkien.backoffice.queries.history import A_PAGE, Asked, acts_for, tell
from sangkien.backoffice.reach import reach_of
from sangkien.backoffice.sentences import KINDS
from sangkien.units.importing.words import date_of_word
from sangkien.vietnamese import clean

_LONGEST = 100
_MOST_DIGITS = 18


@require_safe
@signed_in
def index(request: HttpRequest) -> HttpResponse:
    """Only what the reader's reach and each act's ``seen_by`` allow."""
    actor = actor_of(request)
    reach = reach_of(actor, Permission.SEE_HISTORY)
    asked = _asked(request)
    acts = list(acts_for(reach, asked)[: A_PAGE + 1])
    context = {
        "told": tell(acts[:A_PAGE], actor),
        "asked": asked,
        "kinds": KINDS.items(),
        "next": acts[A_PAGE - 1].seq if len(acts) > A_PAGE else None,
    }
    return page(request, "backoffice/history.html", "#list", context)


def _asked(request: HttpRequest) -> Asked:
    kind, before = _word(request, "loai"), _word(request, "truoc")
    return Asked(
        person=_word(request, "nguoi"),
        unit=_word(request, "donvi"),
        kind=kind if kind in KINDS else "",
        since=date_of_word(_word(request, "tu")),
        until=date_of_word(_word(request, "den")),
        before=int(before) if before.isdecimal() and len(before) <= _MOST_DIGITS else None,
    )


def _word(request: HttpRequest, name: str) -> str:
    return clean(request.GET.get(name, "")).strip()[:_LONGEST]

"""Bàn giao with its open work, and the minutes as files to print and sign."""

from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sangkien import ui
from sangkien.accounts.actions import memberships
from sangkien.accounts.actions.memberships import HandOver
from sangkien.accounts.actor import Actor
from sangkien.accounts.forms import HandOverForm
from sangkien.accounts.models import Membership
from sangkien.accounts.pages import actor_of, page, signed_in
from sangkien.accounts.queries import with_names
from sangkien.accounts.refusal import Refused
from sangkien.accounts.roles import Permission
from sangkien.accounts.views.memberships import found_membership
from sangkien.attachments.serving import serve
from sangkien.backoffice.duties import open_work
from sangkien.backoffice.minutes import TEMPLATE, draft_minutes, lines_of
from sangkien.backoffice.reach import Reach, reach_of
from sangkien.ledger.models import SeenBy
from sangkien.ledger.recording import acting
from sangkien.papers.kinds import Kind
from sangkien.papers.models import Form, Paper
from sangkien.papers.refusal import Refused as PaperRefused
from sangkien.papers.rendering import render, text_of

_SHOWN = 100
_FORMS = {"docx": Form.DOCX, "pdf": Form.PDF}


@require_http_methods(["GET", "POST"])
@signed_in
def hand_over(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One form closes one membership and opens the next; the answer is the minutes. Stands before the accounts' own."""
    actor = actor_of(request)
    membership = found_membership(actor, uid)
    form = HandOverForm(request.POST or None, initial={"on": actor.on})
    if request.method == "POST" and form.is_valid():
        try:
            done, paper = _handed_over(membership, form, actor)
        except (Refused, PaperRefused) as refusal:
            form.add_error(None, str(refusal))
        else:
            if paper is not None:
                return ui.redirect(request, "backoffice:minutes", paper.uid)
            (held,) = with_names([done.closed], actor.on)
            return page(request, "accounts/minutes.html", context={"done": done, "held": held})
    (held,) = with_names([membership], actor.on)
    context = {"held": held, "person": membership.user, "form": form, "open_work": open_work(membership)}
    return page(request, "accounts/hand_over.html", context=context, status=422 if form.errors else 200)


def _handed_over(membership: Membership, form: HandOverForm, actor: Actor) -> tuple[HandOver, Paper | None]:
    """Both or neither. No paper where no unit is there to issue it: the whole instance, or a unit that has ended."""
    at, by = timezone.now(), actor.signature()
    with acting():
        done = memberships.hand_over(membership=membership, **form.cleaned_data, open_work=open_work, by=by, at=at)
        unit = membership.unit
        if unit is None or unit.on(done.handed_over_date) is None:
            return done, None
        return done, draft_minutes(done, by=by, at=at)


@require_safe
@signed_in
def index(request: HttpRequest) -> HttpResponse:
    """The minutes of hand-overs within reach, the latest first."""
    reach = reach_of(actor_of(request), Permission.MANAGE_PEOPLE)
    papers = list(_minutes(reach).order_by("-pk")[: _SHOWN + 1])
    context = {"papers": papers[:_SHOWN], "more": len(papers) > _SHOWN}
    return page(request, "backoffice/minutes_index.html", context=context)


def _minutes(reach: Reach) -> QuerySet[Paper]:
    kept = Paper.objects.filter(kind=Kind.MINUTES, template_version=TEMPLATE).select_related("issuer")
    return kept if reach.everything else kept.filter(issuer_unit__in=reach.units())


@require_safe
@signed_in
def minutes(request: HttpRequest, uid: UUID) -> HttpResponse:
    """What to do with the paper: a Word file, a PDF; both are made on asking."""
    reach = reach_of(actor_of(request), Permission.MANAGE_PEOPLE)
    paper = get_object_or_404(_minutes(reach), uid=uid)
    return page(request, "backoffice/minutes.html", context={"paper": paper, "lines": list(lines_of(text_of(paper)))})


@require_POST
@signed_in
def download(request: HttpRequest, uid: UUID, form: str) -> HttpResponse:
    """A POST, because the file is made and kept at the first time."""
    actor = actor_of(request)
    paper = get_object_or_404(_minutes(reach_of(actor, Permission.MANAGE_PEOPLE)), uid=uid)
    if form not in _FORMS:
        raise Http404
    made = render(paper, _FORMS[form], by=actor.signature(), at=timezone.now(), seen_by=SeenBy.UNIT)
    answer: HttpResponse = serve(made[0].attachment)  # type: ignore[assignment]  # streams
    return answer

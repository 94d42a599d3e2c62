"""A session is planned, its programme put in order; it is changed or called off."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sangkien import ui
from sangkien.accounts.actor import Actor
from sangkien.accounts.pages import actor_of, found, signed_in
from sangkien.accounts.refusal import Refused
from sangkien.appraisal.actions.meetings import sessions
from sangkien.appraisal.actions.meetings.common import TALKED_ABOUT
from sangkien.appraisal.models import Panel, SessionKind
from sangkien.appraisal.rules import meetings as rules
from sangkien.appraisal.running_order import Presented, leavings
from sangkien.appraisal.views.meetings.common import (
    asked,
    did,
    hidden_words,
    new_key,
    refused,
    session_of,
    signature,
    signed,
)
from sangkien.appraisal.views.meetings.forms import ChangeForm, ReasonForm, SessionForm
from sangkien.appraisal.visibility import visible_to
from sangkien.campaigns.models import Campaign
from sangkien.campaigns.pages import campaign_of
from sangkien.intake.models import Entry

_BOTH = ["GET", "HEAD", "POST"]
_MOST = 400  # entries that one page offers; a session of more lasts for days


@require_http_methods(_BOTH)
@signed_in
def new(request: HttpRequest, uid: UUID) -> HttpResponseBase:
    """Everything on one page; the order is proposed when it is saved."""
    campaign, actor = campaign_of(request, uid), actor_of(request)
    found(rules.may_arrange(actor, campaign))
    entries, panels = _entries(campaign, actor), _panels(campaign)
    form = SessionForm(
        request.POST or None, panels=panels, entries=[(str(each.uid), _named(each)) for each in entries],
        initial=_initial(),
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            session = sessions.plan_session(
                campaign, kind=SessionKind(told["kind"]), title=told["title"], place=told["place"],
                starts_at=form.starts_at, minutes_each=told["minutes_each"],
                entries=[each for each in entries if str(each.uid) in told["entries"]],
                panel=next((each for each in panels if str(each.uid) == told["panel"]), None), key=told["key"],
                by=signature(campaign, actor), at=timezone.now(),
            )  # fmt: skip
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            ui.tell(request, _("Đã lên lịch phiên."), _("Bạn xem lại thứ tự, rồi lập giấy mời và báo các đơn vị."))
            return ui.redirect(request, "appraisal:session_programme", session.uid)
    return asked(request, "session_new.html", {"campaign": campaign, "some": bool(entries)}, form)


def _entries(campaign: Campaign, actor: Actor) -> list[Entry]:
    rows = Entry.objects.filter(campaign=campaign, stage__in=TALKED_ABOUT)
    return list(visible_to(rows, actor).select_related("revision").order_by("code", "pk")[:_MOST])


def _panels(campaign: Campaign) -> list[Panel]:
    return list(Panel.objects.filter(campaign=campaign, dissolved_at__isnull=True).order_by("kind", "name", "pk"))


def _named(entry: Entry) -> str:
    return f"{entry.code} · {entry.revision.title if entry.revision else ''}"


def _initial() -> dict[str, Any]:
    return {
        "key": new_key(), "day": timezone.localdate() + timedelta(days=7), "hour": "08:30", "minutes_each": 10,
        "kind": SessionKind.PRESENTATION,
    }  # fmt: skip


@require_http_methods(_BOTH)
@signed_in
def programme(request: HttpRequest, uid: UUID) -> HttpResponseBase:
    """The order: as proposed, moved up or down one place, or an entry taken out."""
    room, actor = session_of(request, uid), actor_of(request)
    session = room.session
    found(rules.may_run(actor, session, room.own))
    if request.method == "POST":
        return _changed(request, uid, [each.entry for each in room.items])
    order = [
        Presented(each.pk, 0, frozenset(m for m, entry in room.kept_out if entry == each.entry_id))
        for each in room.items
    ]
    rows = [
        (each, "" if each.entry_id in room.hidden else each.entry.code, room.leaving_names(each)) for each in room.items
    ]
    context = {
        "session": session, "campaign": session.campaign, "rows": rows, "leavings": leavings(order),
        "hidden_words": hidden_words(), "may": rules.may_change_plan(actor, session, room.own), "hidden": room.hidden,
    }  # fmt: skip
    return asked(request, "session_programme.html", context, ChangeForm())


def _changed(request: HttpRequest, uid: UUID, entries: Sequence[Entry]) -> HttpResponseBase:
    room, actor = session_of(request, uid), actor_of(request)
    session = room.session
    verdict = rules.may_change_plan(actor, session, room.own)
    if not verdict:
        return refused(request, verdict, "session", uid)
    who: dict[str, Any] = {"by": signed(request, session), "at": timezone.now()}
    try:
        if "propose" in request.POST:
            sessions.order_anew(session, **who)
        else:
            sessions.set_programme(session, entries=_moved(request, list(entries)), **who)
    except Refused as refusal:
        ui.tell(request, str(refusal), tone="late")
    return ui.redirect(request, "appraisal:session_programme", uid)


def _moved(request: HttpRequest, entries: list[Entry]) -> list[Entry]:
    """The entries with one of them a place up or down, or without it."""
    for verb, by in (("up", -1), ("down", 1), ("out", 0)):
        place = next((n for n, each in enumerate(entries) if str(each.uid) == request.POST.get(verb)), None)
        if place is None:
            continue
        moved = entries.pop(place)
        if verb != "out":
            entries.insert(max(place + by, 0), moved)
    return entries


@require_http_methods(_BOTH)
@signed_in
def change(request: HttpRequest, uid: UUID) -> HttpResponseBase:
    """Name, moment, place, minutes."""
    room, actor = session_of(request, uid), actor_of(request)
    session = room.session
    verdict = rules.may_change_plan(actor, session, room.own)
    if not verdict:
        return refused(request, verdict, "session", uid)
    known = {"title": session.title, "minutes_each": session.minutes_each}
    form = ChangeForm(
        request.POST or None, initial={**known, **ChangeForm.initial_of(session.starts_at, session.place)}
    )
    if request.method == "POST" and form.is_valid():
        facts: dict[str, Any] = {key: form.cleaned_data[key] for key in ("title", "place", "minutes_each")}
        who: dict[str, Any] = {"by": signed(request, session), "at": timezone.now()}
        if did(form, lambda: sessions.change_session(session, starts_at=form.starts_at, **facts, **who)):
            ui.tell(request, _("Đã đổi lịch."), _("Nếu đã báo các đơn vị thì báo lại."))
            return ui.redirect(request, "appraisal:session", uid)
    context = {"session": session, "campaign": session.campaign, "heading": _("Đổi lịch")}
    return asked(request, "session_form.html", context, form)


@require_http_methods(_BOTH)
@signed_in
def cancel(request: HttpRequest, uid: UUID) -> HttpResponseBase:
    """It does not take place."""
    room = session_of(request, uid)
    session = room.session
    verdict = rules.may_run(actor_of(request), session, room.own)
    if not verdict:
        return refused(request, verdict, "session", uid)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told: dict[str, Any] = {
            "reason": form.cleaned_data["reason"],
            "by": signed(request, session),
            "at": timezone.now(),
        }
        if did(form, lambda: sessions.cancel_session(session, **told)):
            ui.tell(request, _("Đã hủy phiên."), _("Các đơn vị được báo."), tone="plain")
            return ui.redirect(request, "appraisal:session", uid)
    context = {"session": session, "campaign": session.campaign, "heading": _("Hủy phiên")}
    return asked(request, "session_form.html", context, form)

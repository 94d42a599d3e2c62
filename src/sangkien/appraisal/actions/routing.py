"""Admitted entries go to the offices that appraise them, many at once, and back while nobody has opened one."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db import IntegrityError
from django.utils import timezone
from django.utils.translation import gettext as _

from sangkien.accounts.models import User
from sangkien.accounts.refusal import Refused
from sangkien.appraisal import telling
from sangkien.appraisal.actions.common import finish_where_done, rounds
from sangkien.appraisal.conflicts import offices_kept_out, people_kept_out
from sangkien.appraisal.models import Assignment, Reason, Referral, Routing, Target
from sangkien.appraisal.routing.choosing import Place, Why
from sangkien.campaigns import lifecycle
from sangkien.campaigns.locking import hold as hold_campaign
from sangkien.campaigns.models import Campaign
from sangkien.campaigns.moving import move as move_campaign
from sangkien.intake.actions.common import running
from sangkien.intake.lifecycle import Move, Stage
from sangkien.intake.models import Entry
from sangkien.intake.moving import hold, may_move, move_all
from sangkien.ledger.models import SeenBy
from sangkien.ledger.recording import Actor, acting, record

_REASONS: Final = {
    Why.FIELD: Reason.FIELD, Why.SECTOR: Reason.SECTOR, Why.STAND_IN: Reason.STAND_IN, Why.CHOSEN: Reason.CHOSEN,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sent:
    """One entry with where it goes: places, or without any straight to ``target`` for ``reason``."""

    entry: Entry
    places: tuple[Place, ...] = ()
    target: Target | None = None
    reason: str = ""


def route(
    campaign: Campaign, sent: Sequence[Sent], *, due_date: date, by: Actor, at: datetime, key: str = ""
) -> Routing:
    """All of them or none, in one transaction. The second click of the same ``key`` answers the first routing.

    Once the window has closed the campaign goes over to assessment with the first routing. Raises ``Refused`` when one
    is no longer merely admitted, for a judge in conflict, and for an entry with nobody to judge it.
    """
    try:
        return _route(campaign, sent, due_date, by, at, key)
    except IntegrityError:  # the first click of the same key was on its way
        first = _made_by(key)
        if first is None:
            raise
        return first


def _route(campaign: Campaign, sent: Sequence[Sent], due_date: date, by: Actor, at: datetime, key: str) -> Routing:
    if not sent:
        raise Refused(_("Bạn chưa chọn giải pháp nào."))
    refuse_past(due_date, at)
    with acting():
        now = running(hold_campaign(campaign))
        rows = {each.pk: each for each in hold([each.entry for each in sent])}
        first = _made_by(key)  # asked under the lock: the first click may just have been done
        if first is not None:
            return first
        _refuse_others(rows.values(), now)
        _begin(now, by, at)
        routing = Routing.objects.create(campaign=now, made_at=at, made_by=by.id, key=key)
        entries = list(rows.values())
        refuse_conflicts([(rows[each.entry.pk], place) for each in sent for place in each.places], at)
        number = rounds(entries)
        made = [
            assignment_of(rows[each.entry.pk], place, routing, number[each.entry.pk], due_date, by, at)
            for each in sent for place in each.places
        ]  # fmt: skip
        Assignment.objects.bulk_create(made)
        referred = [
            _referral(each, rows[each.entry.pk], routing, number[each.entry.pk], by, at)
            for each in sent
            if not each.places
        ]
        Referral.objects.bulk_create(referred)
        move_all(entries, Move.ROUTE, by=by, at=at, facts={"routing": routing.uid})
        note_made(routing, made, referred, by=by, at=at)
        finish_where_done([rows[each.entry_id] for each in referred], by=by, at=at)
        tell_all(made, routing.uid, at)
    return routing


def _made_by(key: str) -> Routing | None:
    return Routing.objects.filter(key=key).first() if key else None


def refuse_past(due_date: date, at: datetime) -> None:
    """Raises ``Refused`` for a day that has passed."""
    if due_date < timezone.localdate(at):
        raise Refused(_("Hạn thẩm định đã qua. Bạn chọn ngày muộn hơn."))


def _refuse_others(rows: Collection[Entry], campaign: Campaign) -> None:
    if any(each.campaign_id != campaign.pk for each in rows):
        raise Refused(_("Các giải pháp này thuộc nhiều đợt. Bạn làm riêng từng đợt."))
    refusals = [verdict.reason for each in rows if not (verdict := may_move(each, Move.ROUTE))]
    if refusals:
        raise Refused(" ".join(refusals))


def _begin(campaign: Campaign, by: Actor, at: datetime) -> None:
    """While the window is open units still send, so the campaign stays as it is."""
    if campaign.state != lifecycle.State.ISSUED or not campaign.is_late(at):
        return
    move_campaign(campaign, lifecycle.Move.BEGIN_ASSESSMENT, at=at)
    record(
        by=by, at=at, verb="campaign.begin_assessment", subject_kind="campaign", subject_uid=campaign.uid,
        seen_by=SeenBy.UNIT, payload={"from": lifecycle.State.ISSUED.value, "to": campaign.state, "reason": ""},
    )  # fmt: skip


def refuse_conflicts(pairs: Sequence[tuple[Entry, Place]], at: datetime) -> None:
    """Raises ``Refused`` for an office or a person that must not judge the entry. Under the lock of the entries."""
    if not pairs:
        return
    on, entries = timezone.localdate(at), [entry for entry, _place in pairs]
    offices = offices_kept_out(entries, on)
    named = {place.person for _entry, place in pairs if place.person is not None}
    people = people_kept_out(list(people_named(named)), entries, on) if named else frozenset()
    wrong = [
        entry.code for entry, place in pairs
        if place.office in offices[entry.pk] or (place.person, entry.pk) in people
    ]  # fmt: skip
    if wrong:
        raise Refused(
            _("Nơi được chọn không được thẩm định giải pháp %s. Bạn chọn nơi khác.") % ", ".join(dict.fromkeys(wrong))
        )


def people_named(keys: Collection[int]) -> list[User]:
    """The persons of these keys. One statement."""
    return list(User.objects.get_queryset().filter(pk__in=keys))


def assignment_of(
    entry: Entry, place: Place, routing: Routing, number: int, due_date: date, by: Actor, at: datetime
) -> Assignment:
    """The row of one office or person, not yet saved. Raises ``Refused`` for an entry without a text."""
    if entry.revision is None:
        raise Refused(_("Giải pháp %s chưa có nội dung nào nên không chuyển thẩm định được.") % entry.code)
    return Assignment(
        entry=entry, routing=routing, implementer=entry.implementer, office_id=place.office, person_id=place.person,
        in_place_of_id=place.instead_of if place.why is Why.STAND_IN else None, round=number,
        reason=_REASONS[place.why], revision=entry.revision, due_date=due_date, assigned_at=at, assigned_by=by.id,
    )  # fmt: skip


def _referral(sent: Sent, entry: Entry, routing: Routing, number: int, by: Actor, at: datetime) -> Referral:
    reason = sent.reason.strip()
    if sent.target is None or not reason:
        raise Refused(_("Giải pháp %s chưa có nơi thẩm định. Bạn chọn nơi thẩm định rồi chuyển lại.") % entry.code)
    return Referral(
        entry=entry, routing=routing, round=number, target=sent.target, reason=reason, made_at=at, made_by=by.id
    )


def note_made(
    routing: Routing, made: Sequence[Assignment], referred: Sequence[Referral], *, by: Actor, at: datetime
) -> None:
    """Who appraises what, on which text: one act, for the lead unit."""
    record(
        by=by, at=at, verb="routing.made", subject_kind="routing", subject_uid=routing.uid, seen_by=SeenBy.PANEL,
        payload={
            "campaign": routing.campaign.uid,
            "assignments": {str(each.uid): facts_of(each) for each in made},
            "referrals": {str(each.uid): [each.entry.uid, each.target] for each in referred},
        },
    )  # fmt: skip


def facts_of(row: Assignment) -> dict[str, object]:
    """What the ledger keeps of an assignment: ids and the hash of the text, no name of a person."""
    return {
        "entry": row.entry.uid,
        "office": row.office_id,
        "person": row.person_id,
        "reason": row.reason,
        "round": row.round,
        "revision": row.revision.sha256,
    }


def tell_all(made: Sequence[Assignment], cause: object, at: datetime) -> None:
    """Each office and person once. Two statements for those to be told, and one for each of them."""
    firsts: dict[tuple[int | None, int | None], Assignment] = {}
    for each in made:
        firsts.setdefault((each.office_id, each.person_id), each)
    for row in firsts.values():
        to = row.office or row.person
        if to is not None:
            telling.routed(to, row, cause, at)


def undo(routing: Routing, *, by: Actor, at: datetime) -> list[Entry]:
    """All entries of it are admitted again; the second click does nothing.

    Raises ``Refused`` once somebody has opened one of them, or one went on.
    """
    if routing.undone_at is not None:
        return []
    rows = Assignment.objects.filter(routing=routing).select_related("entry__campaign")
    wanted = {each.entry_id: each.entry for each in rows}
    wanted |= {each.entry_id: each.entry for each in routing.referrals.select_related("entry__campaign")}
    with acting():
        running(hold_campaign(routing.campaign))
        entries = hold(list(wanted.values()))
        if not Routing.objects.filter(pk=routing.pk, undone_at__isnull=True).update(undone_at=at):
            return []
        _refuse_begun(routing, entries, at)
        move_all(entries, Move.UNDO_ROUTING, by=by, at=at, facts={"routing": routing.uid})
        record(
            by=by, at=at, verb="routing.undone", subject_kind="routing", subject_uid=routing.uid, seen_by=SeenBy.PANEL,
            payload={"entries": [each.uid for each in entries]},
        )  # fmt: skip
    return entries


def _refuse_begun(routing: Routing, entries: Sequence[Entry], at: datetime) -> None:
    """Withdraws the assignments, all of which must stand as they were made and be unopened."""
    gone_on = [each.code for each in entries if each.stage != Stage.IN_APPRAISAL]
    made = Assignment.objects.filter(routing=routing)
    elsewhere = Assignment.objects.filter(entry__in=entries).exclude(routing=routing).filter(withdrawn_at__isnull=True)
    count = made.count()
    unopened = made.filter(opened_at__isnull=True, withdrawn_at__isnull=True)
    whole = unopened.update(withdrawn_at=at, withdrawn_reason=_("Rút lại việc chuyển thẩm định.")) == count
    if gone_on or elsewhere.exists() or not whole:
        raise Refused(
            _(
                "Đã có người mở hồ sơ hoặc phân công lại nên không rút lại cả lần chuyển được. "
                "Bạn phân công lại từng giải pháp."
            )
        )
    Referral.objects.filter(routing=routing, withdrawn_at__isnull=True).update(withdrawn_at=at)

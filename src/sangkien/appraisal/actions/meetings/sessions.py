"""A presentation session or a council meeting: its programme, who is there, what is on now (Plan 230, II.4.3)."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from sangkien.accounts.refusal import Refused
from sangkien.appraisal.actions.meetings import telling
from sangkien.appraisal.actions.meetings.common import (
    LONGEST_NOTE,
    chosen_entries,
    holding_session,
    note_session,
    required,
)
from sangkien.appraisal.conflicts import members_kept_out
from sangkien.appraisal.meetings import whole_room
from sangkien.appraisal.models import (
    Absence,
    Attendance,
    Panel,
    PanelKind,
    PanelMember,
    PresentationSession,
    SessionItem,
    SessionKind,
)
from sangkien.appraisal.models.sessions import LONGEST_NAME, LONGEST_PLACE
from sangkien.appraisal.running_order import Presented, running_order
from sangkien.campaigns.models import Campaign
from sangkien.initiatives import texts
from sangkien.intake.actions.common import LONGEST_REASON, in_running
from sangkien.intake.models import Entry
from sangkien.ledger.models import SeenBy
from sangkien.ledger.recording import Actor

_LONGEST_TALK = 240
_MOVED_AWAY = 10_000  # added to places while they are dealt out anew: no two rows hold one place meanwhile


def plan_session(
    campaign: Campaign, *, kind: SessionKind, title: str, place: str, starts_at: datetime, minutes_each: int,
    entries: Sequence[Entry], by: Actor, at: datetime, panel: Panel | None = None, key: str = "",
) -> PresentationSession:  # fmt: skip
    """With the entries in an order in which people leave the room seldom. Units are told when it is announced.

    The second click of the same ``key`` answers the first session. Raises ``Refused``.
    """
    name, where = required(title, LONGEST_NAME, _("Tên phiên")), required(place, LONGEST_PLACE, _("Địa điểm"))
    _refuse_minutes(minutes_each)
    with in_running(campaign) as now:
        made = PresentationSession.objects.filter(key=key).first() if key else None
        if made is not None:
            return made
        _refuse_panel(now, kind, panel)
        chosen = chosen_entries(now, entries)
        session = PresentationSession.objects.create(
            campaign=now, panel=panel, kind=kind, title=name, place=where, starts_at=starts_at,
            minutes_each=minutes_each, planned_at=at, planned_by=by.id, key=key,
        )  # fmt: skip
        by_key = {each.pk: each for each in chosen}
        order = [by_key[each] for each in proposed_order(session, chosen)]
        SessionItem.objects.bulk_create(
            [SessionItem(session=session, entry=each, position=number) for number, each in enumerate(order, 1)]
        )
        note_session(session, "planned", by=by, at=at, seen_by=SeenBy.LEAD, facts=_facts(session, order))
    return session


def _refuse_minutes(minutes: int) -> None:
    if not 1 <= minutes <= _LONGEST_TALK:
        raise Refused(_("Mỗi giải pháp từ 1 đến %d phút. Bạn xem lại số phút.") % _LONGEST_TALK)


def _refuse_panel(campaign: Campaign, kind: SessionKind, panel: Panel | None) -> None:
    if panel is None:
        if kind == SessionKind.COUNCIL:
            raise Refused(_("Phiên họp hội đồng cần một hội đồng. Bạn lập hội đồng trước, rồi lên lịch."))
        return
    if panel.campaign_id != campaign.pk or panel.dissolved_at is not None:
        raise Refused(_("Hội đồng, tổ chấm này không còn trong đợt. Bạn chọn lại."))
    if kind == SessionKind.COUNCIL and panel.kind != PanelKind.COUNCIL:
        raise Refused(_("Tổ chấm của một đơn vị không họp như hội đồng. Bạn chọn một hội đồng, hoặc buổi trình bày."))


def _facts(session: PresentationSession, order: Sequence[Entry]) -> Mapping[str, object]:
    return {
        "kind": session.kind,
        "panel": session.panel.uid if session.panel else None,
        "starts_at": session.starts_at,
        "entries": [each.uid for each in order],
    }


def proposed_order(session: PresentationSession, entries: Sequence[Entry]) -> list[int]:
    """Entries by primary key as ``running_order`` puts them; without a panel by the fields of the plan."""
    members = list(PanelMember.objects.filter(panel=session.panel_id, left_at__isnull=True)) if session.panel_id else []
    on = timezone.localdate(session.starts_at)
    kept = members_kept_out(members, entries, on) if members else frozenset()
    out: dict[int, set[int]] = {}
    for member, entry in kept:
        out.setdefault(entry, set()).add(member)
    places = {code: place for place, code in enumerate(_field_codes(session.campaign), 1)}
    fields = dict(Entry.objects.filter(pk__in=[e.pk for e in entries]).values_list("pk", "revision__main_field"))
    return running_order(
        [
            Presented(each.pk, places.get(fields.get(each.pk) or "", len(places) + 1), frozenset(out.get(each.pk, ())))
            for each in sorted(entries, key=lambda entry: (entry.code, entry.pk))
        ]
    )


def _field_codes(campaign: Campaign) -> list[str]:
    return list(campaign.fields.order_by("position").values_list("code", flat=True))


def change_session(
    session: PresentationSession, *, title: str, place: str, starts_at: datetime, minutes_each: int, by: Actor,
    at: datetime,
) -> PresentationSession:  # fmt: skip
    """Name, place, moment, minutes: before it begins. Units are told by announcing it anew."""
    name, where = required(title, LONGEST_NAME, _("Tên phiên")), required(place, LONGEST_PLACE, _("Địa điểm"))
    _refuse_minutes(minutes_each)
    with holding_session(session) as row:
        _refuse_begun(row)
        facts = {"old": row.starts_at, "new": starts_at}
        row.title, row.place, row.starts_at, row.minutes_each = name, where, starts_at, minutes_each
        row.save(update_fields=["title", "place", "starts_at", "minutes_each"])
        note_session(row, "changed", by=by, at=at, seen_by=SeenBy.LEAD, facts=facts)
    return row


def _refuse_begun(row: PresentationSession) -> None:
    if row.started_at is not None:
        raise Refused(_("Phiên đã bắt đầu nên không đổi chương trình được nữa."))


def set_programme(
    session: PresentationSession, *, entries: Sequence[Entry], by: Actor, at: datetime
) -> PresentationSession:  # fmt: skip
    """These entries in exactly this order; before it begins. Raises ``Refused``."""
    with holding_session(session) as row:
        _refuse_begun(row)
        chosen = chosen_entries(row.campaign, entries)
        row.items.exclude(entry__in=chosen).delete()
        there = {each.entry_id: each for each in row.items.all()}
        for each in there.values():  # out of the way first: a place is held by one row at every moment
            each.position += _MOVED_AWAY
        SessionItem.objects.bulk_update(there.values(), ["position"])
        for number, entry in enumerate(chosen, 1):
            item = there.get(entry.pk)
            if item is None:
                SessionItem.objects.create(session=row, entry=entry, position=number)
            else:
                item.position = number
                item.save(update_fields=["position"])
        facts = {"entries": [each.uid for each in chosen]}
        note_session(row, "programme_set", by=by, at=at, seen_by=SeenBy.LEAD, facts=facts)
    return row


def order_anew(session: PresentationSession, *, by: Actor, at: datetime) -> PresentationSession:
    """As the program proposes it."""
    entries = {each.entry_id: each.entry for each in session.items.select_related("entry")}
    order = proposed_order(session, list(entries.values()))
    return set_programme(session, entries=[entries[each] for each in order], by=by, at=at)


def announce(session: PresentationSession, *, by: Actor, at: datetime) -> PresentationSession:
    """Every unit that presents is told its own time."""
    with holding_session(session) as row:
        _refuse_begun(row)
        items = list(row.items.select_related("entry__implementer").order_by("position"))
        telling.session_told(row, items, at)
        note_session(row, "announced", by=by, at=at, seen_by=SeenBy.LEAD, facts={"count": len(items)})
    return row


def cancel_session(session: PresentationSession, *, reason: str, by: Actor, at: datetime) -> PresentationSession:
    """It does not take place. Raises ``Refused`` where votes of it were counted already."""
    why = required(reason, LONGEST_REASON, _("Lý do"))
    with holding_session(session) as row:
        if row.items.filter(counted_at__isnull=False).exists():
            raise Refused(_("Phiên đã kiểm phiếu nên không hủy được. Bạn kết thúc phiên."))
        row.cancelled_at, row.cancelled_reason = at, why
        row.save(update_fields=["cancelled_at", "cancelled_reason"])
        note_session(row, "cancelled", by=by, at=at, seen_by=SeenBy.LEAD, facts={"reason": why})
        telling.session_cancelled(row, row.items.select_related("entry__implementer"), why, at)
    return row


def take_attendance(
    session: PresentationSession, *, present: Mapping[UUID, bool], reasons: Mapping[UUID, str], by: Actor, at: datetime
) -> PresentationSession:  # fmt: skip
    """Who of the panel is there, and why others are not. May be put right until the session ends."""
    with holding_session(session) as row:
        members = {each.uid: each for each in PanelMember.objects.filter(panel=row.panel_id, left_at__isnull=True)}
        if not members or not present.keys() <= members.keys():
            raise Refused(_("Danh sách thành viên vừa thay đổi. Bạn mở lại trang rồi điểm danh."))
        for uid, is_there in present.items():
            why = "" if is_there else texts.line(reasons.get(uid, ""), LONGEST_NAME, _("Lý do vắng"))
            Attendance.objects.update_or_create(
                session=row, member=members[uid], defaults={"present": is_there, "reason": why}
            )
        facts = {"present": sorted(str(uid) for uid, is_there in present.items() if is_there)}
        note_session(row, "attendance_taken", by=by, at=at, seen_by=SeenBy.LEAD, facts=facts)
    return row


def begin(session: PresentationSession, *, by: Actor, at: datetime) -> PresentationSession:
    """It is opened. A second click changes nothing."""
    with holding_session(session) as row:
        if row.started_at is None:
            row.started_at = at
            row.save(update_fields=["started_at"])
            note_session(row, "begun", by=by, at=at, seen_by=SeenBy.LEAD, facts={})
    return row


def go_on(
    session: PresentationSession, *, after: UUID | None, by: Actor, at: datetime, to: UUID | None = None
) -> PresentationSession:  # fmt: skip
    """What runs ends, the next one (or ``to``) begins; who keeps out of it leaves the room.

    ``after``: what the person who pressed saw running. Two who press at once move on once: the second is told so
    (``Refused``) and nothing changes. Without a next one, only what runs ends.
    """
    with holding_session(session) as row:
        if row.started_at is None:
            raise Refused(_("Phiên chưa bắt đầu. Bạn bấm “Bắt đầu phiên” trước."))
        running = row.items.select_for_update().filter(started_at__isnull=False, ended_at__isnull=True).first()
        if (running.uid if running else None) != after:
            raise Refused(_("Có người vừa chuyển sang giải pháp khác. Bạn xem lại giải pháp đang trình bày."))
        if running is not None:
            _end_item(running, at)
        following = _following(row, to)
        if following is not None:
            following.started_at, following.ended_at = at, None
            following.save(update_fields=["started_at", "ended_at"])
            _send_out(row, following, at)
        facts = {"ended": running.uid if running else None, "began": following.uid if following else None}
        note_session(row, "went_on", by=by, at=at, seen_by=SeenBy.LEAD, facts=facts)
    return row


def _end_item(item: SessionItem, at: datetime) -> None:
    item.ended_at = at
    item.save(update_fields=["ended_at"])
    Absence.objects.filter(item=item, back_at__isnull=True).update(back_at=at)


def _following(session: PresentationSession, to: UUID | None) -> SessionItem | None:
    if to is None:
        return session.items.select_for_update().filter(started_at__isnull=True).order_by("position").first()
    chosen = session.items.select_for_update().filter(uid=to).first()
    if chosen is None or chosen.counted_at is not None:
        raise Refused(_("Giải pháp này không còn chờ trong phiên. Bạn chọn giải pháp khác."))
    return chosen


def _send_out(session: PresentationSession, item: SessionItem, at: datetime) -> None:
    """Everybody present who keeps out of the entry: the minutes say when they left; nobody is asked why."""
    room = whole_room(session)
    out = [each for each in room.leaving(item) if not Absence.objects.filter(item=item, member=each).exists()]
    Absence.objects.bulk_create(
        [Absence(item=item, member=each, left_at=at, reason=_("Không tham gia xem xét giải pháp này")) for each in out]
    )


def leave_room(
    session: PresentationSession, item: UUID, *, member: UUID, reason: str, by: Actor, at: datetime
) -> Absence:  # fmt: skip
    """Somebody left the room while an entry was on. Raises ``Refused`` for one that does not run."""
    why = required(reason, LONGEST_NAME, _("Lý do"))
    with holding_session(session) as row:
        running = row.items.filter(uid=item, started_at__isnull=False, ended_at__isnull=True).first()
        who = PanelMember.objects.filter(panel=row.panel_id, uid=member).first()
        if running is None or who is None:
            raise Refused(_("Giải pháp này không đang trình bày. Bạn mở lại trang để xem."))
        gone, _made = Absence.objects.update_or_create(
            item=running, member=who, defaults={"left_at": at, "back_at": None, "reason": why}
        )
        facts = {"item": running.uid, "member": who.uid}
        note_session(row, "left_room", by=by, at=at, seen_by=SeenBy.PANEL, facts=facts)
    return gone


def come_back(session: PresentationSession, item: UUID, *, member: UUID, by: Actor, at: datetime) -> None:
    """Back in the room, and counted again. Who keeps out of the entry does not come back before it ends."""
    with holding_session(session) as row:
        room = whole_room(row)
        there = next((each for each in room.items if each.uid == item), None)
        who = next((each for each in room.members if each.uid == member), None)
        if there is None or who is None or room.keeps_out(who, there):
            raise Refused(_("Người này vào lại khi giải pháp kết thúc."))
        Absence.objects.filter(item=there, member=who, back_at__isnull=True).update(back_at=at)
        note_session(row, "came_back", by=by, at=at, seen_by=SeenBy.PANEL, facts={"item": there.uid, "member": who.uid})


def write_note(
    session: PresentationSession, item: UUID, *, text: str, presenter: str, by: Actor, at: datetime
) -> SessionItem:  # fmt: skip
    """What was said about an entry, for the minutes; who presented it."""
    told = texts.lines(text, _("Ý kiến"), LONGEST_NOTE)
    who = texts.line(presenter, LONGEST_NAME, _("Người trình bày"))
    with holding_session(session) as row:
        there = row.items.select_for_update().filter(uid=item).first()
        if there is None:
            raise Refused(_("Giải pháp này không còn trong phiên. Bạn mở lại trang để xem."))
        if (there.note, there.presenter) != (told, who):
            there.note, there.presenter = told, who
            there.save(update_fields=["note", "presenter"])
            note_session(row, "item_noted", by=by, at=at, seen_by=SeenBy.PANEL, facts={"item": there.uid})
    return there


def end_session(session: PresentationSession, *, conclusion: str, by: Actor, at: datetime) -> PresentationSession:
    """It is closed; what runs ends with it. A council's session with votes that are cast and not counted stays open."""
    told = texts.lines(conclusion, _("Kết luận"), LONGEST_NOTE)
    with holding_session(session) as row:
        if row.started_at is None:
            raise Refused(_("Phiên chưa bắt đầu nên chưa kết thúc được. Bạn bắt đầu phiên, hoặc hủy phiên."))
        waiting = row.items.filter(cast__isnull=False, counted_at__isnull=True).select_related("entry").first()
        if waiting is not None:
            raise Refused(
                _("Giải pháp %s đã có phiếu mà chưa kiểm. Bạn kiểm phiếu rồi kết thúc phiên.") % waiting.entry.code
            )
        for running in row.items.filter(started_at__isnull=False, ended_at__isnull=True):
            _end_item(running, at)
        row.conclusion, row.ended_at = told, at
        row.save(update_fields=["conclusion", "ended_at"])
        note_session(row, "ended", by=by, at=at, seen_by=SeenBy.LEAD, facts={})
    return row

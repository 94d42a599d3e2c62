"""Panels: formed, changed, people come, leave and are replaced; dissolved while nobody has scored."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import Max, QuerySet
from django.utils.translation import gettext as _

from sangkien.accounts.models import User
from sangkien.accounts.refusal import Refused
from sangkien.appraisal.actions.judging.common import holding_panel, note
from sangkien.appraisal.conflicts import members_kept_out
from sangkien.appraisal.models import Capacity, Panel, PanelKind, PanelMember, Reading, ScoreSheet
from sangkien.campaigns.models import Campaign
from sangkien.initiatives import texts
from sangkien.intake.actions.common import in_running, local_date
from sangkien.ledger.recording import Actor
from sangkien.papers.models import Paper
from sangkien.units.models import Unit

_LONGEST_NAME = 200
_MOST_READERS, _MOST_ENTRIES, _MOST_ANCHORS = 50, 5_000, 20


@dataclass(frozen=True, slots=True, kw_only=True)
class PanelTold:
    """How a panel works: sheets per entry, highest load of one judge, anchors per field, until when."""

    name: str
    readers: int = 3
    most_entries: int | None = None
    anchors: int = 0
    due_date: date | None = None
    established_by: Paper | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberTold:
    """Who joins: a person with an account, or a name whose sheets come on paper. ``unit`` decides about conflicts."""

    unit: Unit
    user: User | None = None
    name: str = ""
    title: str = ""
    capacity: Capacity = Capacity.MEMBER
    scores: bool = True
    votes: bool = True


def form_panel(
    campaign: Campaign, *, office: Unit | None, told: PanelTold, by: Actor, at: datetime, key: str = "",
    members: Collection[MemberTold] = (),
) -> Panel:  # fmt: skip
    """A panel of an office, or (without one) a council. The second click of the same key answers the first.

    Raises ``Refused``: an office has one panel in a campaign.
    """
    facts = _tidied(told)
    with in_running(campaign) as held:
        first = Panel.objects.filter(key=key).first() if key else None
        if first is not None:
            return first
        try:
            with transaction.atomic():
                panel = Panel.objects.create(
                    campaign=held, office=office, kind=PanelKind.OFFICE if office else PanelKind.COUNCIL,
                    formed_at=at, formed_by=by.id, key=key, **facts,
                )  # fmt: skip
        except IntegrityError:
            again = Panel.objects.filter(key=key).first() if key else None
            if again is not None:
                return again
            raise Refused(_("Đơn vị này đã có tổ chấm trong đợt. Bạn mở tổ chấm ấy để thêm người.")) from None
        note(panel, "formed", by=by, at=at, facts={"kind": panel.kind, "readers": panel.readers})
        for each in members:
            _join(panel, each, by, at)
    return panel


def change_panel(panel: Panel, *, told: PanelTold, by: Actor, at: datetime) -> Panel:
    """Name, load, anchors, day; what was shared out stays as it is. The same again leaves no act."""
    facts = _tidied(told)
    with holding_panel(panel) as held:
        changed = sorted(name for name, value in facts.items() if getattr(held, name) != value)
        if changed:
            for name in changed:
                setattr(held, name, facts[name])
            held.save(update_fields=changed)
            note(held, "changed", by=by, at=at, facts={"parts": changed})
    return held


def dissolve_panel(panel: Panel, *, by: Actor, at: datetime) -> None:
    """It was a mistake. Raises ``Refused`` once a sheet was handed in; drafts and readings go."""
    with holding_panel(panel) as held:
        sheets = ScoreSheet.objects.filter(member__panel=held)
        if sheets.filter(filed_at__isnull=False).exists():
            raise Refused(_("Tổ chấm đã có phiếu nộp nên không giải thể được. Bạn thay người nếu cần."))
        sheets.delete()
        Reading.objects.current().filter(member__panel=held).update(withdrawn_at=at)
        Panel.objects.filter(pk=held.pk).update(dissolved_at=at)
        note(held, "dissolved", by=by, at=at, facts={})


def add_member(panel: Panel, *, told: MemberTold, by: Actor, at: datetime) -> PanelMember:
    """Somebody joins. Raises ``Refused`` for who sits there already, and for a second chair."""
    with holding_panel(panel) as held:
        return _join(held, told, by, at)


def change_member(
    member: PanelMember, *, capacity: Capacity, scores: bool, votes: bool, title: str, by: Actor, at: datetime
) -> None:
    """What somebody is in the panel. Raises ``Refused`` when one who scores no more has handed in sheets."""
    with holding_panel(member.panel) as panel:
        row = _held_member(member)
        if capacity == Capacity.CHAIR:
            _refuse_second_chair(panel, but=row)
        if row.scores and not scores:
            _give_back(row, at)
        row.capacity, row.scores, row.votes = capacity, scores, votes
        row.title = texts.line(title, _LONGEST_NAME, _("Chức vụ"))
        row.save(update_fields=["capacity", "scores", "votes", "title"])
        note(panel, "member_changed", by=by, at=at, facts={"member": row.uid, "capacity": capacity.value})


def leave(member: PanelMember, *, by: Actor, at: datetime) -> None:
    """Somebody leaves: sheets that were handed in stay and count, what is unread goes back to be shared out."""
    with holding_panel(member.panel) as panel:
        _leave(_held_member(member), panel, by, at)


def replace(member: PanelMember, *, told: MemberTold, by: Actor, at: datetime) -> PanelMember:
    """Another comes in the place, and takes what is unread, save what that person must keep out of."""
    with holding_panel(member.panel) as panel:
        row = _held_member(member)
        unread = list(_unread(row).select_related("entry"))
        _leave(row, panel, by, at)
        new = _join(panel, told, by, at)
        entries = [each.entry for each in unread]
        kept_out = members_kept_out([new], entries, local_date(at)) if entries and new.scores else frozenset()
        Reading.objects.bulk_create(
            Reading(member=new, entry=each.entry, distribution=each.distribution, reason=each.reason, assigned_at=at)
            for each in unread
            if new.scores and (new.pk, each.entry_id) not in kept_out
        )
    return new


# -- under the lock of the panel


def _tidied(told: PanelTold) -> dict[str, object]:
    name = texts.line(told.name, _LONGEST_NAME, _("Tên tổ chấm"))
    if not name:
        raise Refused(_("Bạn ghi tên tổ chấm, ví dụ: Tổ chấm lĩnh vực thủ tục hành chính."))
    if not 1 <= told.readers <= _MOST_READERS:
        raise Refused(_("Số phiếu mỗi hồ sơ từ 1 đến %d. Bạn xem lại số này.") % _MOST_READERS)
    if told.most_entries is not None and not 1 <= told.most_entries <= _MOST_ENTRIES:
        raise Refused(_("Số hồ sơ nhiều nhất của một người từ 1 đến %d, hoặc để trống.") % _MOST_ENTRIES)
    if not 0 <= told.anchors <= _MOST_ANCHORS:
        raise Refused(_("Số hồ sơ neo mỗi lĩnh vực từ 0 đến %d. Thường là 2 hoặc 3.") % _MOST_ANCHORS)
    return {
        "name": name, "readers": told.readers, "most_entries": told.most_entries, "anchors": told.anchors,
        "due_date": told.due_date, "established_by": told.established_by,
    }  # fmt: skip


def _join(panel: Panel, told: MemberTold, by: Actor, at: datetime) -> PanelMember:
    name = texts.name(told.name or (told.user.name if told.user else ""), _("họ tên người chấm"))
    here = PanelMember.objects.filter(panel=panel, left_at__isnull=True)
    if told.user is not None and here.filter(user=told.user).exists():
        raise Refused(_("%s đã ở trong tổ chấm này.") % name)
    if told.capacity == Capacity.CHAIR:
        _refuse_second_chair(panel)
    last = PanelMember.objects.filter(panel=panel).aggregate(last=Max("position"))["last"] or 0
    member = PanelMember.objects.create(
        panel=panel, user=told.user, name=name, title=texts.line(told.title, _LONGEST_NAME, _("Chức vụ")),
        unit=told.unit, capacity=told.capacity, scores=told.scores, votes=told.votes, position=last + 1, joined_at=at,
    )  # fmt: skip
    facts: dict[str, object] = {"member": member.uid, "capacity": told.capacity.value, "on_paper": told.user is None}
    note(panel, "member_joined", by=by, at=at, facts=facts)
    return member


def _refuse_second_chair(panel: Panel, but: PanelMember | None = None) -> None:
    chairs = PanelMember.objects.filter(panel=panel, capacity=Capacity.CHAIR, left_at__isnull=True)
    if chairs.exclude(pk=but.pk if but else 0).exists():
        raise Refused(_("Tổ chấm đã có chủ tịch. Mỗi tổ một chủ tịch; bạn chọn phó chủ tịch hoặc ủy viên."))


def _held_member(member: PanelMember) -> PanelMember:
    row = PanelMember.objects.select_for_update(of=("self",)).filter(pk=member.pk, left_at__isnull=True).first()
    if row is None:
        raise Refused(_("Người này không còn trong tổ chấm. Bạn mở lại trang để xem."))
    return row


def _leave(row: PanelMember, panel: Panel, by: Actor, at: datetime) -> None:
    _give_back(row, at)
    row.left_at = at
    row.save(update_fields=["left_at"])
    note(panel, "member_left", by=by, at=at, facts={"member": row.uid})


def _give_back(row: PanelMember, at: datetime) -> None:
    """What is unread goes, with its drafts."""
    _unread(row).update(withdrawn_at=at)
    ScoreSheet.objects.filter(member=row, filed_at__isnull=True).delete()


def _unread(row: PanelMember) -> QuerySet[Reading]:
    filed = ScoreSheet.objects.standing().filter(member=row, filed_at__isnull=False)
    return Reading.objects.current().filter(member=row).exclude(entry__in=filed.values("entry"))

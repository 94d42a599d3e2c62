"""The unit's desk in each campaign that asks it: what waits, what was sent, which receipts; few statements for all."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from sangkien.accounts.actor import Actor
from sangkien.accounts.permissions import may
from sangkien.accounts.roles import PERMISSIONS, Permission, Role
from sangkien.campaigns.lifecycle import State
from sangkien.campaigns.models import Answer, Contact, Participant
from sangkien.initiatives.models import Revision
from sangkien.intake.lifecycle import Stage
from sangkien.intake.models import Entry, Receipt, Return, SendingRule
from sangkien.intake.rules import may_allow_officer, may_draft
from sangkien.intake.views.common import ContactShown, Place, deadline, who_sends
from sangkien.units.models import Unit
from sangkien.units.queries import name_then

_INSIDE: Final = frozenset({Stage.IN_APPRAISAL, Stage.APPRAISED, Stage.ASSESSED, Stage.PROPOSED})


@dataclass(frozen=True, slots=True)
class Status:
    """Word, tone and icon."""

    word: str
    tone: str = ""
    icon: str = "circle"


@dataclass(frozen=True, slots=True)
class Row:
    """One entry: what to do with it first, then what it is, then why."""

    url: str
    verb: str
    title: str
    who: str
    status: Status
    when: str
    icon: str
    icon_css: str
    order: tuple[int, int]


@dataclass(frozen=True, slots=True)
class ReceiptShown:
    """A receipt in the list."""

    url: str
    number: str
    sentence: str
    at: str


@dataclass
class Desk:
    """All of one unit in one campaign."""

    place: Place
    actor: Actor
    entries: list[Entry]
    drafts: Mapping[int, Revision]
    returns: Mapping[int, Return]
    receipts: list[ReceiptShown]
    waiting: list["Waiting"]
    contacts: list[ContactShown]
    officer_may: bool = False
    is_first: bool = False
    rows: list[Row] = field(default_factory=list)

    @property
    def key(self) -> int:
        return self.place.participant.pk

    @property
    def plan(self) -> str:
        """ "Kế hoạch số 230/KH-UBND"."""
        plan = self.place.campaign.plan
        return _("Kế hoạch %s") % plan.symbol if plan is not None else ""

    @property
    def deadline(self) -> str:
        return deadline(self.place.campaign)

    @property
    def is_nil(self) -> bool:
        return bool(self.place.participant.answer == Answer.NIL)

    @property
    def sent(self) -> list[Entry]:
        """What stands as sent."""
        return [each for each in self.entries if Stage(each.stage) in Stage.sent()]

    @property
    def to_send(self) -> int:
        """Drafts, and new texts of what was sent already."""
        open_ = (Stage.DRAFT, Stage.CHANGES_REQUESTED, Stage.SUBMITTED)
        return sum(each.initiative_id in self.drafts and each.stage in open_ for each in self.entries)

    @property
    def answer(self) -> Status:
        """đã gửi · không có · chưa trả lời."""
        if self.sent:
            return Status(_("Đã gửi"), "done", "check-circle")
        if self.is_nil:
            return Status(_("Không có giải pháp"), "done", "check-lg")
        if not self.place.campaign.is_running():
            return Status(str(State(self.place.campaign.state).label).capitalize())
        late = self.place.campaign.is_late(timezone.now())
        return (
            Status(_("Chưa trả lời, đã quá hạn"), "late", "clock")
            if late
            else Status(_("Chưa trả lời"), "due", "clock")
        )

    @property
    def may_act(self) -> bool:
        return bool(may_draft(self.actor, self.place.campaign, self.place.unit))

    @property
    def may_answer_nil(self) -> bool:
        """Whoever drafts sees the way; the page behind it says who answers in the name of the unit."""
        return not self.sent and self.may_act

    @property
    def may_switch(self) -> bool:
        return self.actor.is_signed_in and bool(may_allow_officer(self.actor, self.place.unit))

    @property
    def who_sends(self) -> str:
        return who_sends(officer_may=self.officer_may)

    @property
    def act_title(self) -> str:
        if any(each.stage == Stage.CHANGES_REQUESTED for each in self.entries):
            return _("Đến lượt đơn vị: bổ sung rồi gửi lại")
        if self.to_send:
            return _("Đến lượt đơn vị: xem lại và gửi")
        return _("Báo cáo giải pháp") if not self.sent and not self.is_nil else _("Đơn vị đã trả lời")

    @property
    def returned_url(self) -> str:
        """The one whose supplement is due first."""
        due = [(back.due_date, each) for each in self.entries if (back := self._returned(each)) is not None]
        return reverse("intake:entry", args=[min(due, key=lambda pair: pair[0])[1].uid]) if due else ""

    @property
    def act_when(self) -> str:
        """Until when the act beside it."""
        due = [back.due_date for each in self.entries if (back := self._returned(each)) is not None]
        return _("Hạn bổ sung: hết ngày %s.") % date_format(min(due), "d/m/Y") if due else self.deadline

    def _returned(self, entry: Entry) -> Return | None:
        return self.returns.get(entry.pk) if entry.stage == Stage.CHANGES_REQUESTED else None

    @property
    def closed(self) -> str:
        if self.place.campaign.is_running():
            return _("Bạn xem được báo cáo của đơn vị; soạn và gửi là việc của cán bộ báo cáo và thủ trưởng.")
        return _("Đợt này %s nên không nhận thêm báo cáo.") % State(self.place.campaign.state).label

    @property
    def empty(self) -> str:
        if self.is_nil:
            return _("Đơn vị đã trả lời là không có giải pháp trong đợt này.")
        return _("Chưa có giải pháp nào. Bản nháp và báo cáo đã gửi sẽ hiện ở đây.")


@dataclass(frozen=True, slots=True)
class Waiting:
    """A solution that was deferred from an earlier campaign and waits for the unit's word."""

    uid: str
    title: str


def units_of(actor: Actor) -> dict[int, Unit]:
    """The units whose reports this actor follows."""
    if actor.invitation is not None:
        return {actor.invitation.unit_id: actor.invitation.unit}
    return {
        each.unit.pk: each.unit
        for each in actor.memberships
        if each.unit is not None and Permission.FOLLOW in PERMISSIONS[Role(each.role)]
    }


def participations(actor: Actor) -> list[Participant]:
    """Where these units are asked, the latest campaign first. One statement."""
    rows = Participant.objects.filter(unit__in=list(units_of(actor))).exclude(campaign__state=State.DRAFT)
    if actor.invitation is not None:
        rows = rows.filter(campaign__uid=actor.invitation.scope_uid)
    rows = rows.select_related("campaign__plan", "campaign__lead_unit", "campaign__organiser", "unit", "unit_version")
    found = rows.order_by("-campaign__opens_date", "-campaign__pk", "unit")
    return [each for each in found if may(actor, Permission.FOLLOW, unit=each.unit, scope=each.campaign.uid)]


def desks(actor: Actor, participants: Sequence[Participant]) -> list[Desk]:
    """One for each; the same few statements whatever their number."""
    places = [Place(each) for each in participants]
    entries = _entries(places)
    drafts = {
        each.initiative_id: each for each in Revision.objects.draft().filter(initiative__in=_initiatives(entries))
    }
    returns = {each.entry_id: each for each in Return.objects.filter(entry__in=entries, ended_at__isnull=True)}
    receipts, waiting = _receipts(places), _waiting(places)
    contacts = _contacts(places)
    rules = SendingRule.objects.filter(officer_may_send=True, unit__in=[place.unit for place in places])
    officers = set(rules.values_list("unit", flat=True))
    made: list[Desk] = []
    for place in places:
        key = (place.campaign.pk, place.unit.pk)
        own = [each for each in entries if (each.campaign_id, each.implementer_id) == key]
        desk = Desk(
            place, actor, own, drafts, returns, receipts.get(key, []), waiting.get(key, []),
            contacts.get(place.campaign.pk, []), officer_may=place.unit.pk in officers, is_first=not made,
        )  # fmt: skip
        desk.rows = sorted((_row(desk, each) for each in own), key=lambda row: row.order)
        made.append(desk)
    return made


def _entries(places: Sequence[Place]) -> list[Entry]:
    rows = Entry.objects.filter(
        campaign__in=[place.campaign for place in places], implementer__in=[place.unit for place in places]
    )
    return list(rows.select_related("revision", "campaign", "merged_into").order_by("-pk"))


def _initiatives(entries: Iterable[Entry]) -> list[int]:
    return [each.initiative_id for each in entries]


def _receipts(places: Sequence[Place]) -> dict[tuple[int, int], list[ReceiptShown]]:
    rows: QuerySet[Receipt] = Receipt.objects.filter(
        campaign__in=[place.campaign for place in places], submission__unit__in=[place.unit for place in places]
    )
    rows = rows.select_related("submission", "campaign").prefetch_related("submission__items__entry")
    shown: dict[tuple[int, int], list[ReceiptShown]] = {}
    for row in rows.order_by("-number"):
        if row.submission is None:
            continue
        codes = sorted(item.entry.code for item in row.submission.items.all())
        sentence = _("Giải pháp %s") % ", ".join(codes)
        if row.campaign.is_late(row.submission.arrived_at):
            sentence = _("%s, đến sau hạn") % sentence
        shown.setdefault((row.campaign_id, row.submission.unit_id), []).append(
            ReceiptShown(
                reverse("intake:receipt", args=[row.submission.uid]),
                str(row),
                sentence,
                _moment(row.submission.arrived_at),
            )
        )
    return shown


def _waiting(places: Sequence[Place]) -> dict[tuple[int, int], list[Waiting]]:
    """Deferred ones of the same organiser, for each running campaign that came after theirs. One statement."""
    running = [place for place in places if place.campaign.is_running()]
    rows = Entry.objects.filter(
        implementer__in=[place.unit for place in running],
        stage=Stage.DEFERRED,
        rolled_over_to__isnull=True,
        no_longer_applied_at__isnull=True,
    ).select_related("revision", "campaign")
    shown: dict[tuple[int, int], list[Waiting]] = {}
    for row in rows.order_by("pk"):
        for place in running:
            same = row.implementer_id == place.unit.pk and row.organiser_id == place.campaign.organiser_id
            if same and place.campaign.opens_date > row.campaign.opens_date:
                title = row.revision.title if row.revision else row.code
                shown.setdefault((place.campaign.pk, place.unit.pk), []).append(Waiting(str(row.uid), title))
    return shown


def _contacts(places: Sequence[Place]) -> dict[int, list[ContactShown]]:
    rows = Contact.objects.filter(campaign__in=[place.campaign for place in places]).order_by("position")
    shown: dict[int, list[ContactShown]] = {}
    for row in rows.annotate(unit_name=name_then("unit", timezone.localdate())):
        told = ContactShown(row.capacity, row.unit_name or "", row.mailbox)
        shown.setdefault(row.campaign_id, []).append(told)
    return shown


def stage_shown(entry: Entry) -> Stage:
    """As the unit may know it: what happens inside until a decision is one word."""
    stage = Stage(entry.stage)
    return Stage.IN_APPRAISAL if stage in _INSIDE else stage


def _row(desk: Desk, entry: Entry) -> Row:
    draft = desk.drafts.get(entry.initiative_id)
    told = draft if draft is not None and entry.stage in (Stage.DRAFT, Stage.CHANGES_REQUESTED) else entry.revision
    title = told.title if told is not None else ""
    page = reverse("intake:entry", args=[entry.uid])
    match stage_shown(entry):
        case Stage.CHANGES_REQUESTED:
            return _returned_row(desk, entry, title, page)
        case Stage.DRAFT if desk.may_act:
            url = reverse("intake:draft", args=[entry.uid])
            when = _("sửa %s") % _moment(draft.edited_at) if draft is not None else ""
            who = _("Bản nháp %s, chỉ đơn vị bạn đọc được") % entry.code
            return Row(
                url,
                _("Soạn tiếp"),
                title,
                who,
                Status(_("Bản nháp"), "", "pencil"),
                when,
                "pencil",
                "icon",
                (1, -entry.pk),
            )
        case stage:
            return Row(page, *_sent_words(desk, entry, stage, title), (2, -entry.pk))


def _returned_row(desk: Desk, entry: Entry, title: str, page: str) -> Row:
    back = desk.returns.get(entry.pk)
    due = back.due_date if back is not None else timezone.localdate()
    overdue = due < timezone.localdate()
    status = Status(_("Quá hạn bổ sung"), "late", "clock") if overdue else Status(_("Chờ bổ sung"), "due", "clock")
    css = "icon is-late" if overdue else "icon is-due"
    who = _("Giải pháp %s, đơn vị đầu mối trả lại để bổ sung") % entry.code
    when = _("hạn %s") % date_format(due, "d/m/Y")
    return Row(page, _("Bổ sung"), title, who, status, when, "arrow-return-left", css, (0, due.toordinal()))


_TONES: Final = {
    Stage.DRAFT: ("", "pencil"), Stage.SUBMITTED: ("now", "send"), Stage.ADMITTED: ("done", "check-circle"),
    Stage.IN_APPRAISAL: ("now", "clipboard-check"), Stage.RECOGNISED: ("done", "award"),
    Stage.DEFERRED: ("due", "arrow-right-square"), Stage.REJECTED: ("late", "x-circle"),
    Stage.NOT_RECOGNISED: ("", "x-circle"), Stage.REVOKED: ("late", "x-circle"),
    Stage.WITHDRAWN: ("", "arrow-counterclockwise"), Stage.MERGED: ("", "files"),
}  # fmt: skip


def status_of(entry: Entry) -> Status:
    """The stage as a word of the page."""
    stage = stage_shown(entry)
    tone, icon = _TONES.get(stage, ("", "circle"))
    word = str(stage.label)
    return Status(word[0].upper() + word[1:], tone, icon)


def _sent_words(desk: Desk, entry: Entry, stage: Stage, title: str) -> tuple[str, str, str, Status, str, str, str]:
    who = _("Giải pháp %s") % entry.code
    if entry.is_late and stage is Stage.SUBMITTED:
        who = _("Giải pháp %s, đến sau hạn") % entry.code
    if stage is Stage.SUBMITTED and entry.initiative_id in desk.drafts:
        who = _("%s, có bản mới chưa gửi") % who
    icon = _TONES.get(stage, ("", "circle"))[1]
    when = _moment(entry.submitted_at) if entry.submitted_at is not None else ""
    return _("Xem"), title, who, status_of(entry), when, icon, "icon"


def _moment(at: object) -> str:
    """ "16:20, 10/9/2024"."""
    return date_format(timezone.localtime(at), "H:i, d/m/Y")  # type: ignore[arg-type]  # a datetime of a row


def summary(made: Sequence[Desk], earlier: Sequence[Participant]) -> str:
    """One sentence with the numbers that matter."""
    if not made:
        return _("Hiện không có đợt nào đang nhận báo cáo của đơn vị.") if earlier else ""
    first = made[0]
    parts = [first.deadline]
    returned = sum(each.stage == Stage.CHANGES_REQUESTED for desk in made for each in desk.entries)
    if returned:
        parts.append(_("%d giải pháp chờ bổ sung.") % returned)
    sent = sum(len(desk.sent) for desk in made)
    if sent:
        parts.append(_("Đã gửi %d giải pháp.") % sent)
    return " ".join(parts)

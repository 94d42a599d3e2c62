"""Open work of units that have ended: what there is, who may carry it over, and how each thing is carried.

Every source is asked once for all units, in a constant number of statements. Nothing moves by itself: a person ticks.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sangkien.accounts.actions import invitations, memberships
from sangkien.accounts.actor import Actor
from sangkien.accounts.models import Invitation, Membership
from sangkien.accounts.roles import Role
from sangkien.accounts.verdict import Verdict
from sangkien.appraisal.actions import assigning
from sangkien.appraisal.models import Assignment, Opinion
from sangkien.appraisal.routing.choosing import Place, Why
from sangkien.appraisal.rules.offices import may_route_in
from sangkien.backoffice.queries.ended import asked_in_vain
from sangkien.campaigns.actions import amending, inviting, parts
from sangkien.campaigns.actions.common import local_date
from sangkien.campaigns.lifecycle import State
from sangkien.campaigns.models import Campaign, FieldOwner, Participant, ReformField, Sector
from sangkien.campaigns.rules import may_amend, may_edit
from sangkien.intake.actions.leading import hand_over_lead
from sangkien.intake.lifecycle import Stage
from sangkien.intake.models import Entry
from sangkien.ledger import recording
from sangkien.units.models import Unit, UnitVersion


@dataclass(frozen=True, slots=True)
class Carried:
    """What came of it; ``token`` is the secret of a new invitation, to be shown once."""

    said: str
    token: str = ""


Carry = Callable[[Unit, recording.Actor, datetime], Carried]


@dataclass(frozen=True, slots=True)
class OpenThing:
    """One thing: which group it stands in, what it is, and how it goes to a successor (``None``: not from here).

    ``key`` names it in a form. ``verdict`` tells whether this person may carry it, and else why not.
    """

    key: str
    group: str | Promise
    what: str
    hint: str
    unit_id: int
    verdict: Verdict
    carry: Carry | None = None

    @property
    def may_go(self) -> bool:
        """Whether this person may carry it from here. Templates ask this: they would call ``carry``."""
        return self.carry is not None and bool(self.verdict)


Source = Callable[[Sequence[Unit], Actor], Iterator[OpenThing]]

_TO_FINISH: Final = timedelta(days=30)  # for what was begun and whose deadline has passed
_RUNNING: Final = frozenset({State.DRAFT, *State.of_the_running()})


def open_work_of(units: Sequence[Unit], actor: Actor) -> list[OpenThing]:
    """All open things of these units, in the order of the sources."""
    return [thing for source in SOURCES for thing in source(units, actor)] if units else []


# -- people and invitations


def _memberships(units: Sequence[Unit], actor: Actor) -> Iterator[OpenThing]:
    held = Membership.objects.filter(unit__in=units, ends_date__isnull=True, user__is_active=True)
    for row in held.select_related("user", "unit").order_by("unit_id", "role", "pk"):
        role = Role(row.role)
        yield OpenThing(
            key=f"membership:{row.uid}", group=gettext_lazy("Phần việc"), what=f"{row.user.name} · {role.label}",
            hint=_("Thôi ở đơn vị cũ, giữ phần việc đó ở đơn vị kế tục từ hôm nay."), unit_id=row.unit_id or 0,
            verdict=Verdict(True), carry=_carry_membership(row),
        )  # fmt: skip


def _carry_membership(row: Membership) -> Carry:
    def carry(to: Unit, by: recording.Actor, at: datetime) -> Carried:
        today = local_date(at)
        with recording.acting():
            memberships.close_membership(membership=row, ends_date=max(today, row.starts_date), by=by, at=at)
            held = Membership.objects.filter(user=row.user, unit=to, role=row.role, ends_date__isnull=True)
            if not held.filter(scope_uid=row.scope_uid).exists():
                memberships.open_membership(
                    person=row.user, unit=to, role=Role(row.role), starts_date=max(today, row.starts_date),
                    scope_uid=row.scope_uid, by=by, at=at,
                )  # fmt: skip
        return Carried(_("%(name)s giữ phần việc %(role)s.") % {"name": row.user.name, "role": Role(row.role).label})

    return carry


def _invitations(units: Sequence[Unit], actor: Actor) -> Iterator[OpenThing]:
    """Those that may still be used; they let their holders finish what the campaign asked of the ended unit."""
    rows = Invitation.objects.open(timezone.now()).filter(unit__in=units)
    for row in rows.select_related("unit").order_by("unit_id", "pk"):
        until = date_format(timezone.localtime(row.expires_at), "d/m/Y")
        yield OpenThing(
            key=f"invitation:{row.uid}", group=gettext_lazy("Giấy mời"), what=row.purpose,
            hint=_("Còn hạn đến %s. Giấy cũ hết dùng được; đơn vị kế tục nhận giấy mới để làm nốt.") % until,
            unit_id=row.unit_id, verdict=Verdict(True), carry=_carry_invitation(row),
        )  # fmt: skip


def _carry_invitation(row: Invitation) -> Carry:
    def carry(to: Unit, by: recording.Actor, at: datetime) -> Carried:
        with recording.acting():
            invitations.revoke_invitation(invitation=row, by=by, at=at)
            new = invitations.invite(
                unit=row.unit, scope_uid=row.scope_uid, purpose=row.purpose, expires_at=row.expires_at, by=by, at=at,
            )  # fmt: skip
        return Carried(_("Giấy mời mới: %s") % row.purpose, new.token)

    return carry


# -- campaigns


def _led(units: Sequence[Unit], actor: Actor) -> Iterator[OpenThing]:
    """Campaigns that the ended unit leads. Where the unit that issues them has ended too, nobody is left who could
    amend them, so whoever carries work over may."""
    rows = list(
        Campaign.objects.filter(lead_unit__in=units, state__in=_RUNNING)
        .select_related("lead_unit", "organiser")
        .order_by("lead_unit", "pk")
    )
    there = UnitVersion.objects.as_of(actor.on).filter(unit__in={row.organiser_id for row in rows})
    alive = set(there.values_list("unit", flat=True)) if rows else set()
    for row in rows:
        nobody = Verdict(row.organiser_id not in alive)
        yield OpenThing(
            key=f"lead:{row.pk}", group=gettext_lazy("Đợt do đơn vị làm đầu mối"), what=row.title,
            hint=_("Đơn vị kế tục làm đầu mối của đợt. Kế hoạch đã ban hành thì ghi thành một lần sửa đổi có lý do."),
            unit_id=row.lead_unit_id, verdict=nobody or may_change(actor, row), carry=_carry_lead(row),
        )  # fmt: skip


def _carry_lead(row: Campaign) -> Carry:
    def carry(to: Unit, by: recording.Actor, at: datetime) -> Carried:
        hand_over_lead(row, to=to, reason=_reason(row.lead_unit), by=by, at=at)
        return Carried(_("Đơn vị kế tục làm đầu mối của đợt “%s”.") % row.title)

    return carry


def _asked(units: Sequence[Unit], actor: Actor) -> Iterator[OpenThing]:
    """Campaigns that wait for the ended unit's answer, where no successor is asked yet."""
    for row in asked_in_vain(Participant.objects.filter(unit__in=units)):
        campaign = row.campaign
        yield OpenThing(
            key=f"participant:{row.pk}", group=gettext_lazy("Đợt đang chờ đơn vị trả lời"), what=campaign.title,
            hint=_("Hạn %s. Đơn vị kế tục được thêm vào cuối danh sách của đợt, bằng một lần sửa đổi có lý do.")
            % date_format(campaign.closes_date, "d/m/Y"),
            unit_id=row.unit_id, verdict=may_change(actor, campaign), carry=_carry_participant(row),
        )  # fmt: skip


def may_change(actor: Actor, campaign: Campaign) -> Verdict:
    """Change who is asked and who is in charge: the draft by who plans, what was issued by who may amend it."""
    return may_edit(actor, campaign) if campaign.state == State.DRAFT else may_amend(actor, campaign)


def _carry_participant(row: Participant) -> Carry:
    def carry(to: Unit, by: recording.Actor, at: datetime) -> Carried:
        campaign = row.campaign
        if campaign.state == State.DRAFT:
            parts.replace_participant(campaign, ended=row.unit, by_unit=to, by=by, at=at)
        else:
            amending.amend(campaign, added=[to], reason=_reason(row.unit), by=by, at=at)
        return Carried(_("Đợt “%s” hỏi đơn vị kế tục.") % campaign.title)

    return carry


def _owners(units: Sequence[Unit], actor: Actor) -> Iterator[OpenThing]:
    rows = FieldOwner.objects.current().filter(office__in=units).select_related(
        "office", "field__campaign__lead_unit", "field__campaign__organiser", "sector__campaign__lead_unit",
        "sector__campaign__organiser",
    )  # fmt: skip
    for row in rows.order_by("office_id", "pk"):
        thing = row.field or row.sector
        if thing is None or thing.campaign.state not in _RUNNING:
            continue
        name = row.field.name_as_printed if row.field else str(row.sector)
        yield OpenThing(
            key=f"owner:{row.pk}", group=gettext_lazy("Lĩnh vực, ngành phụ trách"), what=name,
            hint=thing.campaign.title, unit_id=row.office_id, verdict=may_change(actor, thing.campaign),
            carry=_carry_owner(row, thing),
        )  # fmt: skip


def _carry_owner(row: FieldOwner, thing: ReformField | Sector) -> Carry:
    def carry(to: Unit, by: recording.Actor, at: datetime) -> Carried:
        offices = [each.office for each in thing.owners.current().select_related("office").order_by("pk")]
        offices = list(dict.fromkeys(to if each.pk == row.office_id else each for each in offices))
        campaign = thing.campaign
        if campaign.state == State.DRAFT:
            parts.set_owners(campaign, thing=thing, offices=offices, by=by, at=at)
        else:
            new = amending.NewOwners(thing, tuple(offices))
            amending.amend(campaign, owners=[new], reason=_reason(row.office), by=by, at=at)
        return Carried(_("Đơn vị kế tục phụ trách lĩnh vực trong đợt “%s”.") % campaign.title)

    return carry


def _reason(unit: Unit) -> str:
    last = UnitVersion.objects.current().filter(unit=unit).latest("valid_from")
    ended = date_format(last.valid_to, "d/m/Y") if last.valid_to else "…"
    return _("%(name)s đã kết thúc từ ngày %(day)s; đơn vị kế tục nhận việc.") % {"name": last.name, "day": ended}


# -- what the unit has begun


def _entries(units: Sequence[Unit], actor: Actor) -> Iterator[OpenThing]:
    """Drafts and returned ones, one thing for each campaign. Who began them stays who reports them: the successor
    finishes them in the ended unit's name, by an invitation of that unit.
    """
    rows = Entry.objects.filter(implementer__in=units, stage__in=Stage.with_the_unit())
    begun: dict[tuple[int, int], list[Entry]] = {}
    for row in rows.filter(campaign__state__in=_RUNNING).select_related("campaign", "revision").order_by("pk"):
        begun.setdefault((row.implementer_id, row.campaign_id), []).append(row)
    there = Participant.objects.filter(unit__in=units, campaign__in={campaign for _unit, campaign in begun})
    asked = {(row.unit_id, row.campaign_id): row for row in there.select_related("unit", "campaign")}
    invited = _invited(units)
    for key, entries in begun.items():
        campaign, participant = entries[0].campaign, asked.get(key)
        verdict = Verdict.when(
            participant is not None and (key[0], campaign.uid) not in invited,
            _("Làm nốt bằng giấy mời ở trên, hoặc đơn vị đầu mối ghi nhận thay từ văn bản."),
        )
        yield OpenThing(
            key=f"entries:{key[0]}-{key[1]}", group=gettext_lazy("Báo cáo đang dở"),
            what="; ".join(_called(entry) for entry in entries[:5]),
            hint=_("%(campaign)s. Đơn vị kế tục nhận giấy mời để làm nốt, vẫn đứng tên đơn vị cũ.")
            % {"campaign": campaign.title},
            unit_id=key[0], verdict=verdict, carry=_carry_entries(participant) if participant is not None else None,
        )  # fmt: skip


def _called(entry: Entry) -> str:
    title = entry.revision.title if entry.revision else ""
    return f"{entry.code} “{title}” ({Stage(entry.stage).label})" if title else entry.code


def _invited(units: Sequence[Unit]) -> set[tuple[int, UUID]]:
    """The units and campaigns for which an invitation may still be used. One statement."""
    rows = Invitation.objects.open(timezone.now()).filter(unit__in=units)
    return set(rows.values_list("unit", "scope_uid"))


def _carry_entries(participant: Participant) -> Carry:
    def carry(to: Unit, by: recording.Actor, at: datetime) -> Carried:
        campaign = participant.campaign
        until = max(campaign.window.closes_at, at + _TO_FINISH)
        (new,) = inviting.invite_units(campaign, units=[participant], expires_at=until, by=by, at=at)
        return Carried(_("Giấy mời để làm nốt báo cáo: %s") % campaign.title, new.token)

    return carry


# -- what the unit has to judge


def _assignments(units: Sequence[Unit], actor: Actor) -> Iterator[OpenThing]:
    """Opinions that the ended unit still owes. Who passes entries on gives them to the successor. One statement."""
    filed = Opinion.objects.filed().filter(assignment=OuterRef("pk"))
    owed = Assignment.objects.current().filter(~Exists(filed), office__in=units, entry__stage=Stage.IN_APPRAISAL)
    rows = owed.filter(entry__campaign__state__in=_RUNNING).select_related(
        "office", "revision", "entry__campaign__lead_unit", "entry__campaign__organiser"
    )
    for row in rows.order_by("office_id", "pk"):
        entry = row.entry
        yield OpenThing(
            key=f"assignment:{row.pk}", group=gettext_lazy("Giải pháp đang chờ ý kiến thẩm định"),
            what=f"{entry.code} “{row.revision.title}”",
            hint=_("Hạn %s. Đơn vị kế tục thẩm định thay; đơn vị đầu mối của đợt chuyển được.")
            % date_format(row.due_date, "d/m/Y"),
            unit_id=row.office_id or 0, verdict=may_route_in(actor, entry.campaign), carry=_carry_assignment(row),
        )  # fmt: skip


def _carry_assignment(row: Assignment) -> Carry:
    """A successor that judges the entry already has nothing to add: the ended unit is then asked no longer."""

    def carry(to: Unit, by: recording.Actor, at: datetime) -> Carried:
        reason = _reason(row.office) if row.office else ""
        there = Assignment.objects.current().filter(entry=row.entry, round=row.round, office=to)
        if there.exists():
            assigning.withdraw(row, reason=reason, by=by, at=at)
        else:
            due = max(row.due_date, local_date(at + _TO_FINISH))
            assigning.reassign(row, Place(Why.CHOSEN, office=to.pk), reason=reason, due_date=due, by=by, at=at)
        return Carried(_("Đơn vị kế tục thẩm định giải pháp %s.") % row.entry.code)

    return carry


SOURCES: Final[tuple[Source, ...]] = (
    _memberships, _invitations, _led, _asked, _owners, _entries, _assignments,
)  # fmt: skip

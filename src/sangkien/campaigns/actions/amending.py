"""Changes after issue: each is an amendment with a reason, and keeps what was there before."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import TypedDict

from django.db.models import Max
from django.utils.translation import gettext as _

from sangkien.accounts.refusal import Refused
from sangkien.campaigns.actions.common import checked, facts_of, lines, local_date, note, plain, refuse_paper
from sangkien.campaigns.actions.criteria import criteria_of, digest_of, write_criteria
from sangkien.campaigns.actions.parts import write_owners, write_participants
from sangkien.campaigns.lifecycle import State
from sangkien.campaigns.locking import hold
from sangkien.campaigns.models import Amendment, Campaign, CriteriaSet, FieldOwner, Participant, ReformField, Sector
from sangkien.campaigns.presets.shape import CriteriaPreset
from sangkien.campaigns.sound_criteria import refuse_unsound
from sangkien.ledger.canonical import canonical, sha256
from sangkien.ledger.models import SeenBy
from sangkien.ledger.recording import Actor, acting
from sangkien.papers.models import Paper
from sangkien.units.models import Unit


class Change(TypedDict, total=False):
    """The facts that become other ones; those not named stay as they are, whoever changed them meanwhile."""

    title: str
    opens_date: date
    closes_date: date
    opens_time: time | None
    closes_time: time | None
    upper_deadline: date | None
    budget_source: str


@dataclass(frozen=True, slots=True)
class NewOwners:
    """Who is in charge of a field or a sector from now on."""

    thing: ReformField | Sector
    offices: tuple[Unit, ...]


def amend(
    campaign: Campaign, *, reason: str, by: Actor, at: datetime, change: Change | None = None,
    owners: Sequence[NewOwners] = (), added: Sequence[Unit] = (), criteria: CriteriaPreset | None = None,
    for_later_sheets: bool = False, lead: Unit | None = None, paper: Paper | None = None,
) -> Amendment:  # fmt: skip
    """Change the plan after issue. Participants may be added at the end; nobody who was asked is struck off.
    ``lead``: the unit that leads from now on; told only by ``intake.actions.leading``, which knows what was sent.

    ``criteria`` become the next version, in force at once. Once a sheet is in they are taken only ``for_later_sheets``:
    entries of which a sheet is in go on by the version of that sheet. Raises ``Refused`` before issue, after the end,
    without a reason, and where nothing would change.
    """
    why = lines(reason)
    if not why:
        raise Refused(_("Sửa đổi cần có lý do. Bạn ghi lý do như trên văn bản sửa đổi."))
    with acting():
        held = hold(campaign)
        _refuse_state(held)
        if paper is not None:
            refuse_paper(held, paper)
        changes = _change_facts(held, change or {}) | _change_lead(held, lead)
        for each in owners:
            changes |= _change_owners(held, each, at)
        changes |= _add_participants(held, added, local_date(at))
        changes |= _change_criteria(held, criteria, at, for_later_sheets=for_later_sheets)
        if not changes:
            raise Refused(_("Thông tin này đã được ghi như vậy rồi nên bạn không cần ghi lại."))
        row = _write(held, why, changes, paper, at)
        facts = {"number": row.number, "reason": why, "sha256": row.changes_sha256, "paper": paper and paper.uid}
        note(held, "amended", by=by, at=at, seen_by=SeenBy.UNIT, facts=facts)
    return row


def extend_deadline(
    campaign: Campaign,
    *,
    closes_date: date,
    reason: str,
    by: Actor,
    at: datetime,
    closes_time: time | None = None,
    paper: Paper | None = None,
) -> Amendment:
    """A later last day for reports; what came late before it is late no longer. Raises ``Refused`` as ``amend``."""
    with acting():
        held = hold(campaign)
        _refuse_state(held)
        later = replace(held.window, closes_date=closes_date, closes_time=closes_time)
        if later.closes_at <= held.window.closes_at:
            raise Refused(
                _("Hạn mới phải sau hạn đang có (%s). Bạn chọn ngày muộn hơn.") % f"{held.closes_date:%d/%m/%Y}"
            )
        return amend(
            held,
            reason=reason,
            by=by,
            at=at,
            change={"closes_date": closes_date, "closes_time": closes_time},
            paper=paper,
        )


def _refuse_state(held: Campaign) -> None:
    if held.state == State.DRAFT:
        raise Refused(_("Kế hoạch chưa ban hành nên bạn sửa thẳng trong bản soạn, không cần văn bản sửa đổi."))
    if not held.is_running():
        raise Refused(_("Đợt này %s nên không sửa đổi kế hoạch được nữa.") % State(held.state).label)


def _change_facts(held: Campaign, change: Change) -> dict[str, object]:
    old = checked(facts_of(held))
    new = checked(replace(facts_of(held), **change))
    changed = {fact: value for fact, value in new.items() if value != old[fact]}
    if changed:
        for fact, value in changed.items():
            setattr(held, fact, value)
        held.save(update_fields=list(changed))
    return {fact: {"old": plain(old[fact]), "new": plain(value)} for fact, value in changed.items()}


def _change_lead(held: Campaign, lead: Unit | None) -> dict[str, object]:
    if lead is None or lead.pk == held.lead_unit_id:
        return {}
    old, held.lead_unit = held.lead_unit, lead
    held.save(update_fields=["lead_unit"])
    return {"lead_unit": {"old": [old.uid], "new": [lead.uid]}}


def _change_owners(held: Campaign, new: NewOwners, at: datetime) -> dict[str, object]:
    if new.thing.campaign_id != held.pk:
        raise ValueError(f"amend: {new.thing} belongs to another campaign")
    kind = "field" if isinstance(new.thing, ReformField) else "sector"
    rows = list(FieldOwner.objects.current().filter(**{kind: new.thing}).select_related("office").order_by("pk"))
    old, wanted = {row.office_id for row in rows}, {unit.pk for unit in new.offices}
    if old == wanted:
        return {}
    FieldOwner.objects.filter(pk__in=[row.pk for row in rows if row.office_id not in wanted]).update(superseded_at=at)
    write_owners(kind, {new.thing.code: (new.thing.pk, [unit.pk for unit in new.offices if unit.pk not in old])})
    return {
        f"owners of {kind} {new.thing.code}": {
            "old": [row.office.uid for row in rows],
            "new": [unit.uid for unit in new.offices],
        }
    }


def _add_participants(held: Campaign, units: Sequence[Unit], on: date) -> dict[str, object]:
    """After the last place. Raises ``Refused`` for who is asked already."""
    if not units:
        return {}
    wanted = list(dict.fromkeys(unit.pk for unit in units))
    there = Participant.objects.filter(campaign=held)
    if there.filter(unit__in=wanted).exists():
        raise Refused(_("Có đơn vị đã nằm trong danh sách của đợt. Bạn bỏ đơn vị đó ra rồi làm lại."))
    last = there.aggregate(last=Max("position"))["last"] or 0
    write_participants(held, wanted, (), on, first=last + 1)
    return {"participants": {"old": [], "new": [unit.uid for unit in units]}}


def _change_criteria(
    held: Campaign, to: CriteriaPreset | None, at: datetime, *, for_later_sheets: bool
) -> dict[str, object]:
    """A new version, frozen at once, in the place of the one that was worked on; marks by the old one stay with it."""
    if to is None:
        return {}
    refuse_unsound(to)
    versions = CriteriaSet.objects.filter(campaign=held)
    versions.worked_on().delete()
    old = versions.in_force().first()
    if old is not None and replace(criteria_of(old), code=to.code) == to:
        return {}
    if old is not None and old.locked_at is not None and not for_later_sheets:
        raise Refused(
            _(
                "Đã có phiếu chấm theo bộ tiêu chí này nên không thay được. Bạn chọn áp dụng bản mới cho những hồ sơ "
                "chưa có phiếu nào."
            )
        )
    new = write_criteria(held, to)
    versions.filter(pk=new.pk).update(frozen_at=at)
    new.refresh_from_db()  # numbers as they are stored, or the hash would not come out again
    return {
        "criteria": {
            "old": old and {"version": old.version, "sha256": digest_of(old)},
            "new": {"version": new.version, "sha256": digest_of(new)},
        }
    }


def _write(held: Campaign, reason: str, changes: dict[str, object], paper: Paper | None, at: datetime) -> Amendment:
    text = canonical(changes)
    number = held.amendments.count() + 1
    return Amendment.objects.create(
        campaign=held, number=number, paper=paper, reason=reason, changes=text, changes_sha256=sha256(text), made_at=at
    )

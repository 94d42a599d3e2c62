"""The plan is issued: the paper that was signed and numbered makes the draft binding."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import IntegrityError
from django.utils.translation import gettext as _

from sangkien.accounts.refusal import Refused
from sangkien.campaigns.actions import criteria
from sangkien.campaigns.actions.common import checked, facts_of, note, plain, refuse_paper
from sangkien.campaigns.actions.parts import refuse_missing
from sangkien.campaigns.lifecycle import Move
from sangkien.campaigns.locking import hold
from sangkien.campaigns.models import Campaign, CriteriaSet, Participant, ReceiptCounter
from sangkien.campaigns.moving import move, refuse_no_arrow
from sangkien.campaigns.sound_criteria import refuse_unsound
from sangkien.ledger.canonical import canonical, sha256
from sangkien.ledger.models import SeenBy
from sangkien.ledger.recording import Actor, acting
from sangkien.papers.kinds import Kind
from sangkien.papers.models import Paper
from sangkien.units.models import UnitVersion


def issue(campaign: Campaign, *, plan: Paper, by: Actor, at: datetime) -> Campaign:
    """From now on changes are amendments. ``plan``: issued in ``papers`` already, with its number, date and file.

    Participants are fixed as they were called on the date of the paper, criteria are frozen. Open questions (a field
    without an owner) do not hinder it: what has no owner goes to the council or the chair. Raises ``Refused``.
    """
    try:
        return _issue(campaign, plan, by, at)
    except IntegrityError as clash:  # another campaign took the paper at this moment
        raise Refused(_taken()) from clash


def _issue(campaign: Campaign, plan: Paper, by: Actor, at: datetime) -> Campaign:
    with acting():
        held = hold(campaign)
        refuse_no_arrow(held, Move.ISSUE)
        _refuse_plan(held, plan)
        participants = list(held.participants.order_by("position").select_related("unit"))
        _refuse_incomplete(held, participants)
        digests = _checked_criteria(held)
        move(held, Move.ISSUE, at=at, plan=plan)
        _fix_versions(participants, plan.issued_date or held.opens_date)
        CriteriaSet.objects.filter(campaign=held, frozen_at__isnull=True).update(frozen_at=at)
        ReceiptCounter.objects.create(campaign=held)
        note(held, "issued", by=by, at=at, seen_by=SeenBy.UNIT, facts=_facts(held, plan, participants, digests))
    return held


def _refuse_plan(held: Campaign, plan: Paper) -> None:
    if plan.kind != Kind.PLAN:
        raise Refused(_("Văn bản này không phải kế hoạch. Bạn chọn kế hoạch đã ký của đợt."))
    refuse_paper(held, plan)
    if Campaign.objects.filter(plan=plan).exclude(pk=held.pk).exists():
        raise Refused(_taken())


def _taken() -> str:
    return _("Kế hoạch này đã thuộc một đợt khác. Bạn chọn văn bản khác.")


def _refuse_incomplete(held: Campaign, participants: Sequence[Participant]) -> None:
    if not participants:
        raise Refused(_("Kế hoạch chưa có đơn vị nào thuộc đối tượng. Bạn thêm đơn vị rồi ban hành."))
    if not held.fields.exists():
        raise Refused(_("Kế hoạch cần ít nhất một lĩnh vực. Bạn thêm lĩnh vực."))


def _checked_criteria(held: Campaign) -> dict[str, str]:
    """The hash of the set that is frozen now, by its version; a plan may be without. Raises ``Refused``."""
    row = CriteriaSet.objects.filter(campaign=held).worked_on().first()
    if row is None:
        return {}
    shape = criteria.criteria_of(row)
    refuse_unsound(shape)
    return {str(row.version): criteria.digest(shape)}


def _fix_versions(participants: Sequence[Participant], on: date) -> None:
    """As they are called on the plan's date. Two statements, however many."""
    ids = [each.unit_id for each in participants]
    versions = {each.unit_id: each for each in UnitVersion.objects.as_of(on).filter(unit__in=ids)}
    refuse_missing(ids, versions, on)
    for each in participants:
        each.unit_version = versions[each.unit_id]
    Participant.objects.bulk_update(participants, ["unit_version"])


def digest_of(participants: Sequence[Participant]) -> str:
    """The hash that the ledger keeps of who was asked, under which name."""
    return sha256(
        canonical(
            [
                {"unit": each.unit.uid, "name": each.unit_version.name, "bonus": each.bonus_eligible}
                for each in participants
            ]
        )
    )


def _facts(
    held: Campaign, plan: Paper, participants: Sequence[Participant], digests: dict[str, str]
) -> dict[str, object]:
    facts = {fact: plain(value) for fact, value in checked(facts_of(held)).items()}
    return {
        "facts": facts,
        "plan": plan.uid,
        "participants": len(participants),
        "participants_sha256": digest_of(participants),
        "criteria": digests,
    }

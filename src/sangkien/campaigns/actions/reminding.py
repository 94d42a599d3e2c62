"""The units that have not answered are reminded in one act: a notice for each, and one letter for all."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import IntegrityError
from django.utils.translation import gettext as _

from sangkien.accounts.refusal import Refused
from sangkien.campaigns.actions.common import local_date, note
from sangkien.campaigns.actions.telling import tell_reminder
from sangkien.campaigns.lifecycle import State
from sangkien.campaigns.locking import hold
from sangkien.campaigns.models import Campaign, Participant, RemindedUnit, Reminder
from sangkien.campaigns.writing.reminder import TEMPLATE_VERSION, reminder_paper, subject_of
from sangkien.campaigns.writing.told import tell
from sangkien.ledger.models import SeenBy
from sangkien.ledger.recording import Actor, acting
from sangkien.papers import drafting as papers_drafting
from sangkien.papers.kinds import Kind
from sangkien.papers.models import Paper, Part
from sangkien.papers.names import capacities, printed_name, proposed_notation


def remind(
    campaign: Campaign, *, units: Sequence[Participant], with_letter: bool, on: date, key: str, by: Actor, at: datetime
) -> Reminder:
    """Who has not answered is said by the room that knows what was sent. A second click answers the first reminder.

    A unit is told once a day at most. The letter is a draft: its number comes from the registry. Raises ``Refused``.
    """
    known = Reminder.objects.filter(campaign=campaign, key=key).first()
    if known is not None:
        return known
    if not units:
        raise Refused(_("Bạn chưa chọn đơn vị nào để đôn đốc."))
    try:
        return _remind(campaign, units, with_letter, on, key, by, at)
    except IntegrityError:
        known = Reminder.objects.filter(campaign=campaign, key=key).first()  # the other click was faster
        if known is None:
            raise
        return known


def _remind(
    campaign: Campaign, units: Sequence[Participant], with_letter: bool, on: date, key: str, by: Actor, at: datetime
) -> Reminder:
    with acting():
        held = hold(campaign)
        if not held.is_running():
            raise Refused(_("Đợt này %s nên không đôn đốc được.") % State(held.state).label)
        letter = _letter(held, units, on, by, at) if with_letter else None
        number = held.reminders.count() + 1
        made = Reminder.objects.create(campaign=held, number=number, letter=letter, key=key, made_at=at)
        RemindedUnit.objects.bulk_create(RemindedUnit(reminder=made, participant=each) for each in units)
        tell_reminder(held, units, on=local_date(at), at=at)
        facts = {"number": number, "units": [each.unit.uid for each in units], "letter": letter and letter.uid}
        note(held, "reminded", by=by, at=at, seen_by=SeenBy.LEAD, facts=facts)
    return made


def _letter(held: Campaign, units: Sequence[Participant], on: date, by: Actor, at: datetime) -> Paper:
    """The letter with its text; names are those of its day."""
    told = tell(held, on)
    notation = proposed_notation(Kind.OFFICIAL_LETTER, "UBND")
    office = capacities(told.organiser)["deputy"]
    paper = papers_drafting.draft(
        kind=Kind.OFFICIAL_LETTER, issuer=held.organiser, on=on, summary=f"V/v {subject_of(told)}", notation=notation,
        signer_capacity="\n".join(office), template_version=TEMPLATE_VERSION, by=by, at=at,
    )  # fmt: skip
    text = reminder_paper(told, units, is_over=held.is_late(at), notation=notation, office=office)
    papers_drafting.write(paper, text=text, by=by, at=at)
    papers_drafting.send_to(paper, Part.ADDRESSEE, [(printed_name(each.unit_version), each.unit) for each in units])
    return paper

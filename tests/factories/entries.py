"""Entries as rows, for what only reads them: lists, search, exports; the actions have tests of their own."""

from datetime import timedelta
from typing import Any

from sangkien.campaigns.models import Campaign, Participant
from sangkien.initiatives.models import Initiative, Revision
from sangkien.intake.finding import make_findable
from sangkien.intake.lifecycle import Stage
from sangkien.intake.models import Entry
from sangkien.units.models import Unit
from tests.factories.campaigns import IN_TIME
from tests.factories.units import AT

LATE = IN_TIME + timedelta(days=90)
PARTS = {
    "situation": "Người dân đi lại nhiều lần.",
    "content": "Một phiếu hẹn có mã.",
    "effectiveness": "Giảm từ 3 lần còn 1 lần.",
    "novelty": "Chưa nơi nào làm.",
}


def entry(campaign: Campaign, unit: Unit, title: str = "Nhắc hẹn qua tin nhắn", **facts: Any) -> Entry:
    """A saved entry that can be found; sent in time, unless told otherwise."""
    stage = facts.pop("stage", Stage.SUBMITTED)
    texts = {name: facts.pop(name) for name in list(facts) if hasattr(Revision, name)}
    sent = stage != Stage.DRAFT
    initiative = Initiative.objects.create(implementer=unit, created_at=AT)
    revision = Revision.objects.create(
        **{
            "initiative": initiative, "number": 1, "title": title, "main_field": "procedures", **PARTS,
            "edited_at": AT, "edited_by": "user:1", "frozen_at": AT if sent else None, "facts": "{}" if sent else "",
            "sha256": "0" * 64 if sent else "", **texts,
        }
    )  # fmt: skip
    position = Participant.objects.filter(campaign=campaign, unit=unit).values_list("position", flat=True).first() or 0
    number = Entry.objects.filter(campaign=campaign, implementer=unit).count() + 1
    made = Entry.objects.create(
        **{
            "initiative": initiative, "campaign": campaign, "organiser": campaign.organiser, "implementer": unit,
            "code": f"{position:02}.{number}", "stage": stage, "stage_at": AT, "revision": revision, "created_at": AT,
            "submitted_at": IN_TIME if sent else None, "arrived_at": IN_TIME if sent else None, **facts,
        }
    )  # fmt: skip
    make_findable([made])
    return made

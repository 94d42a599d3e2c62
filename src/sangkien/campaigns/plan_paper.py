"""The plan as a paper: its text from the draft, prepared for signing, and whether the draft has moved on since."""

from datetime import date

from django.utils.translation import gettext as _

from sangkien.accounts.refusal import Refused
from sangkien.campaigns.models import Campaign
from sangkien.campaigns.writing import plan
from sangkien.campaigns.writing.told import tell
from sangkien.documents import blocks, serial
from sangkien.ledger.canonical import sha256
from sangkien.papers.kinds import Kind
from sangkien.papers.names import proposed_notation

NOTATION = proposed_notation(Kind.PLAN, "UBND")


def text_of(campaign: Campaign, on: date, *, capacity: str, signer: str) -> blocks.Paper:
    """The plan in words. Raises ``Refused`` where the unit that issues does not exist on the day."""
    try:
        told = tell(campaign, on)
    except ValueError as gone:
        raise Refused(_("Đơn vị ban hành không hoạt động vào ngày của kế hoạch. Bạn xem lại ngày mở đợt.")) from gone
    return plan.plan_paper(told, notation=NOTATION, office=capacity.split("\n"), signer=signer)


def is_behind(campaign: Campaign, on: date) -> bool:
    """Whether the text that was made for signing says something else than the draft does now."""
    paper = campaign.plan
    if paper is None or not paper.blocks_sha256:
        return False
    text = text_of(campaign, on, capacity=paper.signer_capacity, signer=paper.signer_name)
    return sha256(serial.dumps(text)) != paper.blocks_sha256

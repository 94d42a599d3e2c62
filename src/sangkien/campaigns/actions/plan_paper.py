"""The plan is made ready to be signed, and comes back signed."""

from datetime import date, datetime
from typing import Any, Final

from django.core.files import File
from django.utils.translation import gettext as _

from sangkien.accounts.refusal import Refused
from sangkien.campaigns import plan_paper
from sangkien.campaigns.actions import issuing
from sangkien.campaigns.actions.common import drafting, line
from sangkien.campaigns.actions.parts import refuse_missing
from sangkien.campaigns.actions.telling import tell_opening
from sangkien.campaigns.lifecycle import Move
from sangkien.campaigns.models import Campaign
from sangkien.campaigns.moving import refuse_no_arrow
from sangkien.campaigns.writing.plan import TEMPLATE_VERSION
from sangkien.ledger.recording import Actor, acting
from sangkien.papers import drafting as papers_drafting
from sangkien.papers import issuing as papers_issuing
from sangkien.papers import rendering
from sangkien.papers.kinds import Kind
from sangkien.papers.models import Form, Paper, PaperFile, State
from sangkien.papers.names import capacities
from sangkien.units.models import UnitVersion

_WITHOUT_EFFECT: Final = frozenset({State.VOID, State.REPLACED})  # voided before the campaign began: another one comes


def prepare_plan(
    campaign: Campaign, *, on: date, by: Actor, at: datetime, signed_by: str = "deputy", signer_name: str = ""
) -> Paper:
    """The text of the draft as a paper; again after a change. ``signed_by``: "head" or "deputy".

    Raises ``Refused``. The files are made by ``render_plan``, outside this transaction.
    """
    version = campaign.organiser.on(on)
    if version is None:
        raise Refused(_("Đơn vị ban hành không hoạt động vào ngày của kế hoạch. Bạn xem lại ngày mở đợt."))
    capacity = "\n".join(capacities(version)[signed_by])
    name = line(signer_name, 120)
    with drafting(campaign) as held:
        paper = _draft(held, on, capacity, name, by, at)
        text = plan_paper.text_of(held, on, capacity=capacity, signer=name)
        papers_drafting.write(paper, text=text, by=by, at=at)
    return paper


def _draft(held: Campaign, on: date, capacity: str, name: str, by: Actor, at: datetime) -> Paper:
    """The paper of this campaign as a draft with these facts around its text."""
    around: dict[str, Any] = {
        "on": on, "summary": held.title, "notation": plan_paper.NOTATION, "signer_capacity": capacity,
        "signer_name": name, "by": by, "at": at,
    }  # fmt: skip
    if held.plan is None or held.plan.state in _WITHOUT_EFFECT:
        paper = papers_drafting.draft(
            kind=Kind.PLAN, issuer=held.organiser, template_version=TEMPLATE_VERSION, **around
        )
        Campaign.objects.filter(pk=held.pk).update(plan=paper)
        return paper
    paper = held.plan
    if paper.state == State.ISSUED:
        raise Refused(_("Kế hoạch đã có số và bản ký. Bạn bấm ban hành để hoàn tất."))
    if paper.state == State.READY:
        papers_drafting.take_back(paper, by=by, at=at, reason=_("Bản soạn thay đổi"))
    papers_drafting.revise(paper, **around)
    return paper


def render_plan(paper: Paper, *, by: Actor, at: datetime) -> list[PaperFile]:
    """The Word file and the PDF of the text as it stands; made once. Not inside a transaction."""
    return [file for form in (Form.DOCX, Form.PDF) for file in rendering.render(paper, form, by=by, at=at)]


def issue_signed(
    campaign: Campaign, *, number: int, notation: str, issued_date: date, file: "File[bytes]", by: Actor, at: datetime
) -> tuple[Campaign, str]:
    """The plan came back signed, with its number and its day: it is issued, and each unit is told.

    The second answer is a sentence where a person should look at the signed file. Raises ``Refused``, also those of
    ``papers``. Halfway (the paper is issued, the campaign is not) it goes on where it stopped.
    """
    refuse_no_arrow(campaign, Move.ISSUE)
    _refuse_unready(campaign, issued_date)
    paper = campaign.plan
    if paper is None or paper.state in _WITHOUT_EFFECT:
        paper = _blank(campaign, notation, issued_date, by, at)
    remark = ""
    if paper.state == State.DRAFT:
        papers_drafting.make_ready(paper, by=by, at=at)
    if paper.state == State.READY:
        remark = papers_issuing.issue(
            paper, number=number, issued_date=issued_date, notation=notation, file=file, by=by, at=at
        ).remark
    with acting():
        issued = issuing.issue(campaign, plan=paper, by=by, at=at)
        tell_opening(issued, at=at)
    return issued, remark


def _refuse_unready(campaign: Campaign, on: date) -> None:
    """What would stop the issue is told before the paper gets its number."""
    unit_ids = list(campaign.participants.values_list("unit", flat=True))
    if not unit_ids:
        raise Refused(_("Kế hoạch chưa có đơn vị nào thuộc đối tượng. Bạn thêm đơn vị rồi ban hành."))
    if not campaign.fields.exists():
        raise Refused(_("Kế hoạch cần ít nhất một lĩnh vực. Bạn thêm lĩnh vực."))
    versions = {each.unit_id: each for each in UnitVersion.objects.as_of(on).filter(unit__in=unit_ids)}
    refuse_missing(unit_ids, versions, on)


def _blank(campaign: Campaign, notation: str, on: date, by: Actor, at: datetime) -> Paper:
    """A plan that was written elsewhere: nothing of its text is known here."""
    with drafting(campaign) as held:
        paper = papers_drafting.draft(
            kind=Kind.PLAN, issuer=held.organiser, on=on, summary=held.title, notation=notation, by=by, at=at
        )
        Campaign.objects.filter(pk=held.pk).update(plan=paper)
    campaign.plan = paper
    return paper

"""Công văn đôn đốc: the letter that reminds the units that have not answered."""

from collections.abc import Sequence
from typing import Final

from sangkien.campaigns.models import Participant
from sangkien.campaigns.writing.told import Told
from sangkien.campaigns.writing.words import deadline_words
from sangkien.documents.blocks import AppendixHeading as Heading
from sangkien.documents.blocks import Block, Column, Paper, Paragraph, Section, SignatureBlock, Table
from sangkien.documents.papers import official_letter
from sangkien.papers.names import header, printed_name

TEMPLATE_VERSION: Final = "don-doc-1"
_MOST_ADDRESSED: Final = 12  # more units than these stand in an appendix


def subject_of(told: Told) -> str:
    """What stands behind "V/v"."""
    return f"báo cáo giải pháp cải cách hành chính năm {told.campaign.year}"


def reminder_paper(
    told: Told, units: Sequence[Participant], *, is_over: bool, notation: str, office: Sequence[str], signer: str = ""
) -> Paper:
    """To ``units``. It names no other unit's answer and no count of solutions; ``is_over``: the deadline has passed."""
    names = [printed_name(row.unit_version) for row in units]
    many = len(names) > _MOST_ADDRESSED
    to = ("Các cơ quan, đơn vị theo danh sách kèm theo",) if many else tuple(names)
    attached = (_list_of(names),) if many else ()
    return official_letter(
        title=f"V/v {subject_of(told)}",
        header=header(told.organiser, told.on, notation=notation, place=told.place, subject=subject_of(told)),
        to=to,
        body=tuple(_body(told, is_over=is_over)),
        signature=SignatureBlock(tuple(office), signer, ("Như trên", "Lưu: VT")),
        attached=attached,
        made_at=told.campaign.created_at,
    )


def _body(told: Told, *, is_over: bool) -> list[Block]:
    plan = told.campaign.plan
    named = str(plan) if plan is not None and plan.number is not None else f"Kế hoạch năm {told.campaign.year}"
    until = deadline_words(told.campaign)
    when = f"Thời gian nhận báo cáo đã kết thúc ({until})" if is_over else f"Thời gian nhận báo cáo đến {until}"
    ask = "trong thời gian sớm nhất" if is_over else "đúng thời gian nêu trên"
    via = f" (qua {told.lead})" if told.lead else ""
    title = told.campaign.title[:1].lower() + told.campaign.title[1:]
    said = [
        f"{told.issuer} đã ban hành {named} về {title}.",
        f"{when}, đến nay {told.issuer} chưa nhận được trả lời của quý đơn vị.",
        f"Đề nghị quý đơn vị gửi báo cáo về {told.issuer}{via} {ask}.",
        "Đơn vị không có giải pháp thì trả lời là không có, để việc tổng hợp được đầy đủ.",
    ]
    if told.contacts:
        said.append(f"Cần hướng dẫn, liên hệ: {'; '.join(told.contacts)}.")
    said.append("Rất mong quý đơn vị quan tâm thực hiện")
    return [Paragraph(each) for each in said]


def _list_of(names: Sequence[str]) -> Section:
    rows = [(str(place), name) for place, name in enumerate(names, 1)]
    heading = Heading(title="Danh sách cơ quan, đơn vị", attached_to=None)
    return Section((heading, Table((Column("STT", 15, "center"), Column("Cơ quan, đơn vị", 150)), rows)))

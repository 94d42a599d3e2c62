"""Phiếu tiếp nhận."""

from django.utils import timezone
from django.utils.translation import gettext as _

from sangkien.documents import blocks as documents
from sangkien.documents.blocks import Block, Column, Dashes, Heading, KindAndSummary, Note, Section, Table
from sangkien.intake.models import Channel, Receipt
from sangkien.intake.papers.naming import day, moment, place_of, printed_on
from sangkien.ledger.verifying import Anchor
from sangkien.papers.names import header, printed_name

_ITEM_COLUMNS = (Column("STT", 12, "center"), Column("Mã", 20, "center"), Column("Tên giải pháp", 133))


def receipt_slip(receipt: Receipt, anchor: Anchor | None = None) -> documents.Paper:
    """Phiếu tiếp nhận: number, unit, what came, when and how; ``anchor``: the ledger as it stands when it is printed.

    The submission with its campaign, unit and items should be at hand.
    """
    submission = receipt.submission
    if submission is None:
        raise ValueError("a void number has no slip")
    campaign, given = submission.campaign, timezone.localtime(receipt.given_at)
    issuer = printed_on(campaign.lead_unit, given.date())
    sender = printed_on(submission.unit, given.date())
    items = submission.items.select_related("entry", "revision").order_by("pk")
    rows = [(str(place), each.entry.code, each.revision.title) for place, each in enumerate(items, 1)]
    top = header(
        issuer, given.date(), notation="PTN", place=place_of(issuer, given.date()), dated=given.date()
    )  # fmt: skip
    arrived = timezone.localtime(submission.arrived_at)
    lines = [
        _("Đơn vị gửi: %s") % printed_name(sender),
        _("Đợt: %s") % campaign.title,
        _("Đến lúc: %(moment)s; hình thức: %(channel)s")
        % {"moment": moment(arrived), "channel": Channel(submission.channel).label},
    ]
    if submission.letter is not None:
        lines.append(_("Văn bản kèm theo: %s") % submission.letter)
    if submission.is_recorded:
        lines.append(_("Do đơn vị đầu mối ghi nhận thay lúc %s") % moment(timezone.localtime(submission.recorded_at)))
    if campaign.is_late(submission.arrived_at):
        lines.append(_("Đến sau hạn nhận báo cáo (hết ngày %s)") % day(campaign.closes_date))
    blocks: list[Block] = [
        _numbered(top, receipt.number),
        KindAndSummary("Phiếu tiếp nhận", _("Báo cáo mô hình, sáng kiến, giải pháp cải cách hành chính")),
        Dashes(tuple(lines)),
        Heading(_("Giải pháp đã nhận")),
        Table(_ITEM_COLUMNS, rows),
    ]
    if anchor is not None:
        blocks.append(Note(_("Mốc sổ cái: %s") % anchor))
    return documents.Paper(
        title=_("Phiếu tiếp nhận số %s") % receipt, sections=(Section(tuple(blocks)),), author=printed_name(issuer),
        made_at=receipt.given_at,
    )  # fmt: skip


def _numbered(top: documents.Header, number: int) -> documents.Header:
    return documents.Header(
        body=top.body, superior=top.superior, notation=documents.Notation("PTN", number), place=top.place,
        dated=top.dated, subject=top.subject,
    )  # fmt: skip

"""Công văn đề nghị bổ sung báo cáo."""

from collections.abc import Iterator, Sequence
from datetime import date

from django.utils.translation import gettext as _

from sangkien.documents import blocks as documents
from sangkien.documents import papers
from sangkien.documents.blocks import Block, Dashes, Paragraph, Run
from sangkien.intake.models import Return
from sangkien.intake.papers.naming import day, initials, place_of, printed_on, signature
from sangkien.papers.kinds import Kind
from sangkien.papers.names import header, printed_name, proposed_notation


def request_for_supplement(returns: Sequence[Return], *, on: date, notation: str = "") -> documents.Paper:
    """Công văn to one unit: which of its reports lack what, until when. Returns of one campaign, with gaps at hand."""
    first = returns[0].entry
    campaign = first.campaign
    issuer = printed_on(campaign.lead_unit, on)
    asked = printed_on(first.implementer, on)
    due = max(each.due_date for each in returns)
    top = header(
        issuer, on, notation=notation or proposed_notation(Kind.OFFICIAL_LETTER, initials(issuer)),
        place=place_of(issuer, on),
        subject=_("bổ sung báo cáo giải pháp cải cách hành chính năm %d") % campaign.year,
    )  # fmt: skip
    body: list[Block] = [
        Paragraph(
            _("Thực hiện %(plan)s, %(issuer)s đã nhận báo cáo của %(unit)s. Qua xem xét, đề nghị đơn vị bổ sung:")
            % {
                "plan": campaign.plan or campaign.title,
                "issuer": printed_name(issuer),
                "unit": printed_name(asked),
            }
        ),
        *(block for each in returns for block in _asked(each)),
        Paragraph(
            _("Đề nghị đơn vị gửi bổ sung đến hết ngày %s. Giải pháp vẫn được tính theo ngày đến ban đầu.") % day(due)
        ),
    ]
    return papers.official_letter(
        title=_("Đề nghị bổ sung báo cáo giải pháp"), header=top, to=(printed_name(asked),), body=body,
        signature=signature(issuer, (_("Như trên"), _("Lưu: VT"))),
    )  # fmt: skip


def _asked(back: Return) -> Iterator[Block]:
    named = _("Giải pháp “%(title)s” (mã %(code)s):") % {"title": back.revision.title, "code": back.entry.code}
    yield Paragraph((Run(named, bold=True),))
    yield Dashes(tuple(each.text for each in sorted(back.gaps.all(), key=lambda gap: gap.position)))

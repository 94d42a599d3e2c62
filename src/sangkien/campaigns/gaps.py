"""What is missing before a plan can be issued, as a list that a clerk works off."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils.translation import gettext as _

from sangkien.campaigns.models import Campaign
from sangkien.campaigns.questions import Question, questions
from sangkien.campaigns.showing import Shown
from sangkien.campaigns.sound_criteria import why_unsound

_PART_OF: Final = {
    "lead": "thong-tin", "upper_deadline": "thong-tin", "field": "linh-vuc", "sector": "linh-vuc",
    "participant": "doi-tuong",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Gap:
    """A sentence, the part of the page that mends it, and whether the plan cannot be issued before."""

    text: str
    part: str
    hinders: bool = False


def gaps(campaign: Campaign, on: date, shown: Shown) -> list[Gap]:
    """What hinders first, then what may stay open. ``shown``: what the parts have read (``parts.read``)."""
    found = [*_empty_parts(shown), *(_gap(each, shown) for each in questions(campaign, on, shown))]
    return sorted(found, key=lambda gap: not gap.hinders)


def _empty_parts(shown: Shown) -> Iterator[Gap]:
    if not shown["participants"]:
        yield Gap(_("Chưa có đơn vị nào thuộc đối tượng. Bạn thêm đơn vị."), "doi-tuong", hinders=True)
    if not shown["fields"]:
        yield Gap(_("Chưa có lĩnh vực nào. Bạn thêm lĩnh vực."), "linh-vuc", hinders=True)
    if not shown["bases"]:
        yield Gap(_("Chưa ghi căn cứ. Bạn thêm căn cứ nếu kế hoạch có nêu."), "can-cu")
    if not shown["forms"]:
        yield Gap(_("Chưa có mẫu báo cáo nào. Đơn vị sẽ không có tệp mẫu để điền."), "mau")
    if not shown["criteria"]:
        yield Gap(_("Chưa có tiêu chí xem xét."), "tieu-chi")
    elif why := why_unsound(shown["criteria"]):
        yield Gap(why, "tieu-chi", hinders=True)
    if not shown["contacts"]:
        yield Gap(_("Chưa ghi đầu mối liên hệ để đơn vị hỏi."), "lien-he")


def _gap(question: Question, shown: Shown) -> Gap:
    """A unit of the list that does not exist cannot be asked; one of last year's list may stay out."""
    gone = {str(row.unit_id) for row in shown["participants"] if row.name_now is None}
    return Gap(question.text, _PART_OF[question.about], question.about == "participant" and question.key in gone)

"""What is missing before a plan can be issued, as a list that a clerk works off."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from sangkien.campaigns.models import Basis, Campaign, Contact, CriteriaSet, Form, Participant, ReformField
from sangkien.campaigns.questions import Question, questions
from sangkien.units.models import UnitVersion

_PART_OF: Final = {
    "lead": "thong-tin", "upper_deadline": "thong-tin", "field": "linh-vuc", "sector": "linh-vuc",
    "participant": "doi-tuong",
}  # fmt: skip

_PARTS: Final[tuple[Any, ...]] = (Participant, ReformField, Basis, Form, CriteriaSet, Contact)


@dataclass(frozen=True, slots=True)
class Gap:
    """A sentence, the part of the page that mends it, and whether the plan cannot be issued before."""

    text: str
    part: str
    hinders: bool = False


def gaps(campaign: Campaign, on: date) -> list[Gap]:
    """What hinders first, then what may stay open. A constant number of statements."""
    found = [*_empty_parts(campaign), *(_gap(each, campaign, on) for each in questions(campaign, on))]
    return sorted(found, key=lambda gap: not gap.hinders)


def _empty_parts(campaign: Campaign) -> Iterator[Gap]:
    """One statement."""
    has = {model: Exists(model.objects.filter(campaign=OuterRef("pk"))) for model in _PARTS}
    asked = Campaign.objects.filter(pk=campaign.pk).values_list(*has.values())
    filled = {model for model, is_there in zip(has, asked.get(), strict=True) if is_there}
    if Participant not in filled:
        yield Gap(_("Chưa có đơn vị nào thuộc đối tượng. Bạn thêm đơn vị."), "doi-tuong", hinders=True)
    if ReformField not in filled:
        yield Gap(_("Chưa có lĩnh vực nào. Bạn thêm lĩnh vực."), "linh-vuc", hinders=True)
    if Basis not in filled:
        yield Gap(_("Chưa ghi căn cứ. Bạn thêm căn cứ nếu kế hoạch có nêu."), "can-cu")
    if Form not in filled:
        yield Gap(_("Chưa có mẫu báo cáo nào. Đơn vị sẽ không có tệp mẫu để điền."), "mau")
    if CriteriaSet not in filled:
        yield Gap(_("Chưa có tiêu chí xem xét."), "tieu-chi")
    if Contact not in filled:
        yield Gap(_("Chưa ghi đầu mối liên hệ để đơn vị hỏi."), "lien-he")


def _gap(question: Question, campaign: Campaign, on: date) -> Gap:
    return Gap(question.text, _PART_OF[question.about], hinders=_is_gone(question, campaign, on))


def _is_gone(question: Question, campaign: Campaign, on: date) -> bool:
    """A unit of the list that does not exist cannot be asked; one of last year's list may stay out."""
    if question.about != "participant" or question.candidates:
        return False
    listed = campaign.participants.filter(unit=int(question.key)).exists()
    return listed and not UnitVersion.objects.as_of(on).filter(unit=int(question.key)).exists()

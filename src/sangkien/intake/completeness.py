"""What a report still lacks, as a friendly list by the parts of the campaign's forms."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from sangkien.campaigns.models import Campaign, FormColumn, FormKind
from sangkien.initiatives.models import Part, Revision

FIRST_APPLIED: Final = "first_applied_date"
FIELD: Final = "field"
_DEFAULT: Final = (Part.TITLE, Part.SITUATION, Part.CONTENT, Part.EFFECTIVENESS, Part.NOVELTY)


@dataclass(frozen=True, slots=True)
class Missing:
    """A part that is empty. ``is_required`` as the form says; the others are good to have.

    ``part``: the code of the column; ``label``: as the form prints it; ``sentence``: what is missing and what to do.
    """

    part: str
    label: str
    sentence: str
    is_required: bool = True


@dataclass(frozen=True, slots=True)
class Asked:
    """A column of a form, as far as it asks for something of a report."""

    part: str
    label: str
    help: str
    is_required: bool


def asked_by(campaign: Campaign) -> list[Asked]:
    """What the forms of the campaign ask, the table first. One statement; the plan's own parts where it has none."""
    columns = FormColumn.objects.filter(form__campaign=campaign).exclude(form__kind=FormKind.NOMINATION)
    rows = columns.order_by("form__number", "position").values_list(
        "code", "name_as_printed", "help", "required", "form__required"
    )
    asked = [
        Asked(code, label, help_text, required and of_form)
        for code, label, help_text, required, of_form in rows
        if code == FIELD or (code in Part.values and code != Part.NOTE)  # an empty note lacks nothing
    ]
    return asked or [*(Asked(part.value, str(part.label), "", True) for part in _DEFAULT), _field()]


def _field() -> Asked:
    return Asked(FIELD, _("Lĩnh vực cải cách hành chính"), "", is_required=True)


def completeness(revision: Revision, asked: Sequence[Asked]) -> list[Missing]:
    """What is missing, the required parts as the form orders them; empty when the report is complete. No statement.

    The initiative of the revision should be at hand.
    """
    missing = [_missing(each) for each in asked if not _told(revision, each.part)]
    if revision.initiative.first_applied_date is None:
        missing.append(
            Missing(
                FIRST_APPLIED,
                _("Ngày bắt đầu áp dụng"),
                _("Chưa ghi ngày bắt đầu áp dụng. Đề nghị nêu từ ngày nào, vì kế hoạch chỉ nhận giải pháp đã áp dụng."),
                is_required=False,
            )
        )
    return missing


def required(missing: Iterable[Missing]) -> list[Missing]:
    """Those without which a report is not complete."""
    return [each for each in missing if each.is_required]


def _told(revision: Revision, part: str) -> bool:
    return bool(revision.main_field) if part == FIELD else bool(getattr(revision, part))


def _missing(asked: Asked) -> Missing:
    label = asked.label.strip()
    if asked.part == FIELD:
        sentence = _("Chưa chọn lĩnh vực. Đề nghị chọn lĩnh vực chính, và lĩnh vực khác nếu có.")
    elif asked.help:
        wanted = asked.help[0].lower() + asked.help[1:]
        sentence = _("Chưa đủ nội dung: thiếu “%(part)s”. Đề nghị nêu: %(help)s") % {"part": label, "help": wanted}
    else:
        sentence = _("Chưa đủ nội dung: thiếu “%(part)s”. Đề nghị bổ sung.") % {"part": label}
    return Missing(asked.part, label, sentence, asked.is_required)

"""The chips of the list: groups of stages as people look for them, and what the clock makes of an entry."""

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sangkien.intake.lifecycle import Stage


@dataclass(frozen=True, slots=True)
class Step:
    """One chip. ``code`` stands in the address."""

    code: str
    label: "str | Promise"
    stages: frozenset[Stage]


ADMITTED: Final = "da-tiep-nhan"
DRAFTING: Final = "dang-soan"
STEPS: Final = (
    Step(DRAFTING, _("Đang soạn"), frozenset({Stage.DRAFT})),
    Step("cho-tiep-nhan", _("Chờ tiếp nhận"), frozenset({Stage.SUBMITTED})),
    Step("cho-bo-sung", _("Chờ bổ sung"), frozenset({Stage.CHANGES_REQUESTED})),
    Step(ADMITTED, _("Đã tiếp nhận"), Stage.accepted()),
    Step("da-gop", _("Đã gộp"), frozenset({Stage.MERGED})),
    Step("dot-sau", _("Chuyển đợt sau"), frozenset({Stage.DEFERRED})),
    Step("khong-tiep-nhan", _("Không tiếp nhận"), frozenset({Stage.REJECTED})),
    Step("da-rut", _("Đã rút"), frozenset({Stage.WITHDRAWN})),
)
BY_CODE: Final = {step.code: step for step in STEPS}

LATE: Final = "muon"
OVERDUE: Final = "qua-han"
CLOCKS: Final = {LATE: pgettext_lazy("hồ sơ", "Gửi muộn"), OVERDUE: _("Quá hạn bổ sung")}

# Tone and icon of a stage in a row; the word is the stage's own.
TAGS: Final = {
    Stage.DRAFT: ("", "pencil"),
    Stage.SUBMITTED: ("now", "inbox"),
    Stage.CHANGES_REQUESTED: ("due", "arrow-return-left"),
    Stage.WITHDRAWN: ("", "arrow-counterclockwise"),
    Stage.MERGED: ("", "files"),
    Stage.DEFERRED: ("", "arrow-right-square"),
    Stage.REJECTED: ("late", "x-circle"),
    Stage.ADMITTED: ("done", "check-circle"),
    Stage.IN_APPRAISAL: ("now", "clipboard-check"),
    Stage.APPRAISED: ("done", "clipboard-check"),
    Stage.ASSESSED: ("done", "clipboard-check"),
    Stage.PROPOSED: ("now", "send"),
    Stage.RECOGNISED: ("done", "award"),
    Stage.NOT_RECOGNISED: ("", "circle"),
    Stage.REVOKED: ("late", "x-circle"),
}

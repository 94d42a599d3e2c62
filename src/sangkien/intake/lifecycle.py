"""The stages of an entry and the only ways between them (domain, §7.4). Late and overdue are asked of the clock.

The moves from ``ROUTE`` on belong to the rooms of appraisal and recognition; their arrows stand here so that there is
one table.
"""

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Stage(models.TextChoices):
    """How far an entry has come in its campaign."""

    DRAFT = "draft", _("đang soạn")
    SUBMITTED = "submitted", _("đã gửi")
    CHANGES_REQUESTED = "changes_requested", _("chờ bổ sung")
    WITHDRAWN = "withdrawn", _("đã rút")
    MERGED = "merged", _("đã gộp")
    DEFERRED = "deferred", _("chuyển đợt sau")
    REJECTED = "rejected", _("không tiếp nhận")
    ADMITTED = "admitted", _("đã tiếp nhận")
    IN_APPRAISAL = "in_appraisal", _("đang thẩm định")
    APPRAISED = "appraised", _("đã thẩm định")
    ASSESSED = "assessed", _("đã đánh giá")
    PROPOSED = "proposed", _("đã trình")
    RECOGNISED = "recognised", _("được ghi nhận")
    NOT_RECOGNISED = "not_recognised", _("không được ghi nhận")
    REVOKED = "revoked", _("đã thu hồi ghi nhận")

    @classmethod
    def with_the_unit(cls) -> frozenset["Stage"]:
        """The unit has the next step."""
        return frozenset({cls.DRAFT, cls.CHANGES_REQUESTED})

    @classmethod
    def sent(cls) -> frozenset["Stage"]:
        """The unit has answered with it: all but drafts and what it took back."""
        return frozenset(cls) - {cls.DRAFT, cls.WITHDRAWN}

    @classmethod
    def accepted(cls) -> frozenset["Stage"]:
        """Admitted, and everything that follows from it: what stands in the consolidation."""
        return frozenset(
            {
                cls.ADMITTED, cls.IN_APPRAISAL, cls.APPRAISED, cls.ASSESSED, cls.PROPOSED, cls.RECOGNISED,
                cls.NOT_RECOGNISED, cls.REVOKED,
            }
        )  # fmt: skip

    @classmethod
    def ended(cls) -> frozenset["Stage"]:
        """Nothing more is expected of anybody in this campaign."""
        return frozenset(
            {cls.WITHDRAWN, cls.MERGED, cls.DEFERRED, cls.REJECTED, cls.RECOGNISED, cls.NOT_RECOGNISED, cls.REVOKED}
        )


class Move(models.TextChoices):
    """What a person does to an entry, as in "chưa rút được"."""

    SUBMIT = "submit", pgettext_lazy("việc", "gửi")
    SEND_AGAIN = "send_again", _("gửi lại bản mới")
    WITHDRAW = "withdraw", pgettext_lazy("việc", "rút")
    TAKE_UP = "take_up", _("soạn lại")
    SEND_BACK = "send_back", _("trả lại để bổ sung")
    RESUBMIT = "resubmit", _("gửi bản bổ sung")
    REJECT = "reject", _("kết luận là không tiếp nhận")
    MERGE = "merge", _("gộp vào giải pháp khác")
    UNMERGE = "unmerge", _("tách ra sau khi gộp")
    ADMIT = "admit", _("tiếp nhận")
    UNDO_ADMISSION = "undo_admission", _("hoàn lại việc tiếp nhận")
    DEFER = "defer", _("chuyển sang đợt sau")
    ROUTE = "route", _("chuyển thẩm định")
    UNDO_ROUTING = "undo_routing", _("rút lại việc chuyển thẩm định")
    APPRAISE = "appraise", _("kết thúc thẩm định")
    ASSESS = "assess", _("kết thúc đánh giá")
    REOPEN_ASSESSMENT = "reopen_assessment", _("mở lại kết quả đánh giá")
    PROPOSE = "propose", _("trình đề nghị ghi nhận")
    RECOGNISE = "recognise", _("ghi nhận")
    NOT_RECOGNISE = "not_recognise", _("kết luận là không ghi nhận")
    APPRAISE_AGAIN = "appraise_again", _("chuyển thẩm định lại")
    DECIDE_AGAIN = "decide_again", _("trình lại")
    REVOKE = "revoke", _("thu hồi ghi nhận")


# All others are refused: tests walk every pair of a stage and a move.
MOVES: Final = {
    (Stage.DRAFT, Move.SUBMIT): Stage.SUBMITTED,
    (Stage.SUBMITTED, Move.SEND_AGAIN): Stage.SUBMITTED,
    (Stage.SUBMITTED, Move.WITHDRAW): Stage.WITHDRAWN,
    (Stage.WITHDRAWN, Move.TAKE_UP): Stage.DRAFT,
    (Stage.SUBMITTED, Move.SEND_BACK): Stage.CHANGES_REQUESTED,
    (Stage.CHANGES_REQUESTED, Move.RESUBMIT): Stage.SUBMITTED,
    (Stage.CHANGES_REQUESTED, Move.REJECT): Stage.REJECTED,
    (Stage.CHANGES_REQUESTED, Move.DEFER): Stage.DEFERRED,
    (Stage.SUBMITTED, Move.MERGE): Stage.MERGED,
    (Stage.MERGED, Move.UNMERGE): Stage.SUBMITTED,
    (Stage.SUBMITTED, Move.ADMIT): Stage.ADMITTED,
    (Stage.ADMITTED, Move.UNDO_ADMISSION): Stage.SUBMITTED,
    (Stage.SUBMITTED, Move.DEFER): Stage.DEFERRED,
    (Stage.ADMITTED, Move.ROUTE): Stage.IN_APPRAISAL,
    (Stage.IN_APPRAISAL, Move.UNDO_ROUTING): Stage.ADMITTED,
    (Stage.IN_APPRAISAL, Move.APPRAISE): Stage.APPRAISED,
    (Stage.APPRAISED, Move.ASSESS): Stage.ASSESSED,
    (Stage.ASSESSED, Move.REOPEN_ASSESSMENT): Stage.APPRAISED,
    (Stage.APPRAISED, Move.PROPOSE): Stage.PROPOSED,
    (Stage.ASSESSED, Move.PROPOSE): Stage.PROPOSED,
    (Stage.PROPOSED, Move.RECOGNISE): Stage.RECOGNISED,
    (Stage.PROPOSED, Move.NOT_RECOGNISE): Stage.NOT_RECOGNISED,
    (Stage.PROPOSED, Move.APPRAISE_AGAIN): Stage.IN_APPRAISAL,
    (Stage.RECOGNISED, Move.DECIDE_AGAIN): Stage.PROPOSED,
    (Stage.NOT_RECOGNISED, Move.DECIDE_AGAIN): Stage.PROPOSED,
    (Stage.RECOGNISED, Move.REVOKE): Stage.REVOKED,
}


def origins(move: Move) -> list[Stage]:
    """The stages in which it may be done, in the order of the course."""
    return [stage for stage in Stage if (stage, move) in MOVES]

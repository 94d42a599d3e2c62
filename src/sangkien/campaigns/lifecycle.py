"""The states of a campaign and the only ways between them. Only what people do is a state; the clock is asked."""

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """How far a campaign has come."""

    DRAFT = "draft", _("đang soạn")
    ISSUED = "issued", _("đã ban hành")
    IN_ASSESSMENT = "in_assessment", _("đang thẩm định, đánh giá")
    CONCLUDED = "concluded", _("đã kết thúc")
    ARCHIVED = "archived", _("đã lưu trữ")
    CANCELLED = "cancelled", _("đã hủy")

    @classmethod
    def of_the_running(cls) -> frozenset["State"]:
        """Reports arrive, the plan is changed by amendment only."""
        return frozenset({cls.ISSUED, cls.IN_ASSESSMENT})


class Move(models.TextChoices):
    """What a person does to a campaign, as in "chưa ban hành được"."""

    ISSUE = "issue", _("ban hành")
    BEGIN_ASSESSMENT = "begin_assessment", _("chuyển sang thẩm định, đánh giá")
    CONCLUDE = "conclude", _("kết thúc")
    ARCHIVE = "archive", _("lưu trữ")
    CANCEL = "cancel", _("hủy")


# All others are refused: tests walk every pair of a state and a move.
MOVES: Final = {
    (State.DRAFT, Move.ISSUE): State.ISSUED,
    (State.ISSUED, Move.BEGIN_ASSESSMENT): State.IN_ASSESSMENT,
    (State.IN_ASSESSMENT, Move.CONCLUDE): State.CONCLUDED,
    (State.CONCLUDED, Move.ARCHIVE): State.ARCHIVED,
    (State.DRAFT, Move.CANCEL): State.CANCELLED,
    (State.ISSUED, Move.CANCEL): State.CANCELLED,
    (State.IN_ASSESSMENT, Move.CANCEL): State.CANCELLED,
}


def origins(move: Move) -> list[State]:
    """The states in which it may be done, in the order of a campaign."""
    return [state for state in State if (state, move) in MOVES]

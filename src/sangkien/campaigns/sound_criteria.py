"""Criteria checked: each part by itself while they are worked on, as a whole before anybody judges by them."""

from collections import Counter
from collections.abc import Iterable
from decimal import Decimal
from itertools import pairwise
from typing import Final

from django.utils.translation import gettext as _

from sangkien.accounts.refusal import Refused
from sangkien.campaigns.actions.common import line
from sangkien.campaigns.models import InputKind, PassBy
from sangkien.campaigns.models.criteria import MOST_DECIMALS
from sangkien.campaigns.presets.shape import CriteriaPreset, CriterionPreset
from sangkien.scoring.wording import points

_HUNDRED: Final = Decimal(100)
_WIDEST: Final = 1000  # no body of appraisal has more members


def why_unsound(to: CriteriaPreset) -> str:
    """The sentence that ``refuse_unsound`` would say; empty for criteria that can be used."""
    try:
        refuse_unsound(to)
    except Refused as refusal:
        return str(refusal)
    return ""


def refuse_unsound(to: CriteriaPreset) -> None:
    """Criteria that no sum, no band and no choice can come out right of. Raises ``Refused``."""
    if not to.criteria:
        raise Refused(_("Chưa có tiêu chí nào. Bạn thêm ít nhất một tiêu chí."))
    refuse_broken(to)
    _refuse_weights(to)
    _refuse_heights(to)


def refuse_broken(to: CriteriaPreset) -> None:
    """What cannot be written even while the set is worked on: each part by itself. Raises ``Refused``."""
    if not line(to.name, 200):
        raise Refused(_("Bộ tiêu chí chưa có tên. Bạn ghi tên."))
    _refuse_twice(each.code for each in to.criteria)
    _refuse_twice(each.code for each in to.groups)
    for criterion in to.criteria:
        _refuse_range(criterion)
        _refuse_choices(criterion)
    _refuse_bands(to)
    _refuse_rule(to)


def most_points(to: CriteriaPreset) -> Decimal:
    """The most that a sheet can give."""
    return sum((each.max * each.weight for each in to.criteria), Decimal(0))


def _refuse_twice(codes: Iterable[str]) -> None:
    twice = [code for code, count in Counter(codes).items() if count > 1]
    if twice:
        raise Refused(_("Mã “%s” được dùng hai lần. Bạn đặt mỗi tiêu chí, mỗi nhóm một mã.") % twice[0])


def _refuse_weights(to: CriteriaPreset) -> None:
    groups = {each.code: Decimal(0) for each in to.groups}
    for criterion in to.criteria:
        if criterion.group not in groups:
            if groups or criterion.group:
                raise Refused(_("Tiêu chí “%s” chưa thuộc nhóm nào. Bạn chọn nhóm cho tiêu chí này.") % criterion.name)
            continue
        groups[criterion.group] += criterion.max * criterion.weight
    total = sum((each.weight for each in to.groups), Decimal(0))
    if groups and total != _HUNDRED:
        raise Refused(_("Tổng điểm các nhóm là %s, cần đúng 100. Bạn chia lại điểm.") % points(total))
    for group in to.groups:
        if groups[group.code] != group.weight:
            raise Refused(
                _("Nhóm “%(name)s” có %(weight)s điểm nhưng các tiêu chí của nhóm cộng lại %(sum)s. Bạn chia lại điểm.")
                % {"name": group.name, "weight": points(group.weight), "sum": points(groups[group.code])}
            )


def _refuse_heights(to: CriteriaPreset) -> None:
    """What no sheet can reach."""
    most = most_points(to)
    floors = [least for least, _name in to.bands]
    if floors and max(floors) > most:
        raise Refused(
            _("Ngưỡng %(floor)s điểm cao hơn điểm cao nhất của phiếu (%(most)s). Bạn xem lại các ngưỡng.")
            % {"floor": points(max(floors)), "most": points(most)}
        )
    if to.rule.pass_line is not None and to.rule.pass_line > most:
        raise Refused(
            _("Điểm đạt %(line)s cao hơn điểm cao nhất của phiếu (%(most)s). Bạn xem lại điểm đạt.")
            % {"line": points(to.rule.pass_line), "most": points(most)}
        )


def _refuse_bands(to: CriteriaPreset) -> None:
    floors = [least for least, _name in to.bands]
    if floors and (min(floors) != 0 or len(set(floors)) < len(floors)):
        raise Refused(_("Các ngưỡng bắt đầu từ 0 điểm, mỗi ngưỡng một điểm khác nhau. Bạn xem lại các ngưỡng."))


def _refuse_rule(to: CriteriaPreset) -> None:
    rule = to.rule
    if rule.pass_by in (PassBy.BOTH, PassBy.EITHER) and rule.pass_line is None:
        raise Refused(_("Cách đạt có xét điểm nhưng chưa có điểm đạt. Bạn ghi điểm đạt."))
    if rule.pass_by != PassBy.SCORE and rule.vote is None:
        raise Refused(_("Cách đạt có xét phiếu nhưng chưa có tỷ lệ phiếu. Bạn chọn tỷ lệ phiếu."))
    if rule.pass_by != PassBy.SCORE and rule.quorum is None:
        raise Refused(_("Cách đạt có xét phiếu nhưng chưa ghi bao nhiêu người phải có mặt. Bạn ghi tỷ lệ có mặt."))
    if rule.pass_line is not None and rule.pass_line < 0:
        raise Refused(_("Điểm đạt không thể dưới 0. Bạn xem lại điểm đạt."))
    for share in (rule.vote, rule.quorum):
        top = 0 if share is None else share.denominator - share.more_than
        if share is not None and not 1 <= share.numerator <= top <= _WIDEST:
            raise Refused(
                _("Tỷ lệ %(part)d/%(whole)d không hợp lý. Bạn ghi tử số không quá mẫu số, ví dụ 2 trên 3.")
                % {"part": share.numerator, "whole": share.denominator}
            )
    if not 0 <= rule.decimals <= MOST_DECIMALS or not 1 <= rule.minimum_sheets <= _WIDEST:
        raise Refused(_("Số chữ số lẻ từ 0 đến %d và số phiếu tối thiểu từ 1. Bạn xem lại hai số này.") % MOST_DECIMALS)


def _refuse_range(criterion: CriterionPreset) -> None:
    sound = criterion.min < criterion.max and 0 < criterion.step <= criterion.max - criterion.min
    knock_out = criterion.knock_out_below
    sound = sound and criterion.weight > 0 and (knock_out is None or criterion.min < knock_out <= criterion.max)
    asks = criterion.comment_below
    sound = sound and (asks is None or criterion.min < asks <= criterion.max)
    if criterion.kind == InputKind.YES_NO:
        sound = sound and criterion.min == 0 and criterion.max == 1 and criterion.step == 1
    if not sound:
        raise Refused(
            _(
                "Tiêu chí “%s” có điểm tối thiểu, tối đa, bước, điểm liệt hoặc điểm phải nhận xét không khớp nhau. "
                "Bạn xem lại."
            )
            % criterion.name
        )


def _refuse_choices(criterion: CriterionPreset) -> None:
    if criterion.kind not in (InputKind.LEVELS, InputKind.BANDED):
        if criterion.choices:
            raise Refused(_("Tiêu chí “%s” không chấm bằng mức nên không có mức. Bạn bỏ các mức.") % criterion.name)
        return
    choices = criterion.choices
    sound = len(choices) >= 2 and all(
        criterion.min <= each.low <= each.high <= criterion.max
        and (each.low == each.high or criterion.kind == InputKind.BANDED)
        for each in choices
    )
    if not sound or any(one.high >= other.low for one, other in pairwise(choices)):
        raise Refused(
            _("Các mức của tiêu chí “%s” phải từ hai trở lên, từ thấp đến cao, không chồng nhau. Bạn xem lại.")
            % criterion.name
        )
    if criterion.kind == InputKind.BANDED:
        _refuse_holes(criterion)


def _refuse_holes(criterion: CriterionPreset) -> None:
    """Each mark that may be given lies in one band: the next begins a step after the last one ends."""
    choices = criterion.choices
    if choices[0].low != criterion.min or choices[-1].high != criterion.max:
        raise Refused(
            _(
                "Các khung của tiêu chí “%(name)s” phải đi từ %(min)s đến %(max)s điểm. "
                "Bạn xem lại khung đầu, khung cuối."
            )
            % {"name": criterion.name, "min": points(criterion.min), "max": points(criterion.max)}
        )
    for one, other in pairwise(choices):
        if other.low != one.high + criterion.step:
            raise Refused(
                _("Giữa khung “%(one)s” và khung “%(other)s” hở điểm. Khung sau bắt đầu từ %(from)s. Bạn xem lại.")
                % {"one": one.label, "other": other.label, "from": points(one.high + criterion.step)}
            )

"""A set of criteria as its page shows it: groups with their sums, criteria in a line each, the rule in sentences."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from sangkien.campaigns.models import InputKind, PassBy
from sangkien.campaigns.presets.shape import CriteriaPreset, CriterionPreset
from sangkien.campaigns.sound_criteria import most_points
from sangkien.scoring.model import Share
from sangkien.scoring.wording import points, portion


@dataclass(frozen=True, slots=True)
class Line:
    """A criterion in a line. ``most``: the points that it gives at most; ``marks``: what else holds of it."""

    code: str
    name: str
    kind: str
    most: str
    marks: list[str]
    is_first: bool
    is_last: bool


@dataclass(frozen=True, slots=True)
class LineGroup:
    """The lines of a group. ``weight`` and ``sum`` agree in a sound set; both empty where there are no groups."""

    name: str
    weight: str
    sum: str
    is_even: bool
    lines: list[Line]


@dataclass(frozen=True, slots=True)
class Outline:
    """All lines, group by group; ``total``: the most that a sheet can give; ``weights``: the sum of the groups."""

    groups: list[LineGroup]
    total: str
    weights: str


def outline(shape: CriteriaPreset) -> Outline:
    """Group by group in their order; who has no group, at the end."""
    made = []
    for group in shape.groups:
        held = [each for each in shape.criteria if each.group == group.code]
        total = sum((each.max * each.weight for each in held), Decimal(0))
        weight, summed = points(group.weight), points(total)
        made.append(LineGroup(group.name, weight, summed, total == group.weight, _lines(held)))
    codes = {group.code for group in shape.groups}
    homeless = [each for each in shape.criteria if each.group not in codes]
    if homeless:
        made.append(LineGroup(_("Chưa thuộc nhóm nào") if codes else "", "", "", not codes, _lines(homeless)))
    weights = sum((each.weight for each in shape.groups), Decimal(0))
    return Outline(made, points(most_points(shape)), points(weights))


def _lines(criteria: list[CriterionPreset]) -> list[Line]:
    last = len(criteria) - 1
    return [
        Line(
            each.code,
            each.name,
            str(InputKind(each.kind).label),
            _most(each),
            list(_marks(each)),
            place == 0,
            place == last,
        )
        for place, each in enumerate(criteria)
    ]


def _most(each: CriterionPreset) -> str:
    return "" if each.kind == InputKind.YES_NO else points(each.max * each.weight)


def _marks(each: CriterionPreset) -> list[str]:
    is_yes = each.kind == InputKind.YES_NO
    told = []
    if each.choices:
        told.append(_("%d mức") % len(each.choices))
    if each.kind in (InputKind.NUMBER, InputKind.BANDED):
        told.append(_("bước %s") % points(each.step))
    if each.knock_out_below is not None:
        told.append(_("phải đạt") if is_yes else _("điểm liệt dưới %s") % points(each.knock_out_below))
    if each.comment_below is not None:
        told.append(
            _("không đạt thì phải nhận xét") if is_yes else _("dưới %s phải nhận xét") % points(each.comment_below)
        )
    if each.weight != 1:
        told.append(_("hệ số %s") % points(each.weight))
    return told


def said_rule(shape: CriteriaPreset) -> list[str]:
    """The rule, a sentence for each thing that it says."""
    rule = shape.rule
    said = [
        _("Giải pháp %s.")
        % {
            PassBy.SCORE: _("đạt theo điểm"),
            PassBy.VOTE: _("đạt theo phiếu biểu quyết"),
            PassBy.BOTH: _("phải đạt cả điểm và phiếu biểu quyết"),
            PassBy.EITHER: _("đạt điểm hoặc đạt phiếu biểu quyết thì đạt"),
        }[rule.pass_by]
    ]
    if rule.pass_by != PassBy.VOTE:
        line = rule.pass_line
        said.append(_("Chưa đặt điểm đạt.") if line is None else _("Điểm đạt từ %s.") % points(line))
    if rule.pass_by != PassBy.SCORE and rule.vote is not None:
        told = {"share": _share(rule.vote), "of": rule.vote_of.label, "tie": rule.vote_tie.label}
        said.append(_("Phiếu tán thành %(share)s, tính trên %(of)s; phiếu chia đôi thì %(tie)s.") % told)
        if rule.quorum is not None:
            said.append(_("Thành viên có mặt %s.") % _share(rule.quorum))
    said.append(_("Mỗi giải pháp cần ít nhất %d phiếu chấm.") % rule.minimum_sheets)
    rounded = {"n": rule.decimals, "how": rule.rounding.label}
    said.append(_("Điểm có %(n)d chữ số lẻ, %(how)s.") % rounded)
    if rule.drop_extremes:
        said.append(_("Từ năm phiếu thì bỏ phiếu cao nhất và phiếu thấp nhất."))
    if rule.anchors_count:
        said.append(_("Điểm của người chấm ở lĩnh vực khác cũng tính."))
    if rule.blind_names:
        said.append(_("Người chấm không thấy tên đơn vị, tên người."))
    return said


def _share(due: Share) -> str:
    if due.exact == 1:
        return _("tất cả")
    return (_("quá %s") if due.more_than else _("từ %s trở lên")) % portion(due)

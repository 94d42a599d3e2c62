"""Results as a page shows them: above the line, to be talked about, below it; every mark, never a judge's name."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from django.utils.translation import gettext as _

from sangkien.appraisal.reckoning.outcome import Outcome
from sangkien.intake.models import Entry
from sangkien.scoring.advisory.model import EntryEstimate, Gate, GateCode, GateState
from sangkien.scoring.advisory.zones import Zone
from sangkien.scoring.official.model import Reckoning, Standing
from sangkien.scoring.official.sheets import sheet_total
from sangkien.scoring.report.gates import gate_said
from sangkien.scoring.report.joining import line_of, scale_of
from sangkien.scoring.wording import exactly, points
from sangkien.ui.score_lanes import Axis, ScoreLane, axis

_SURE: Final = 0.01  # nearer to 0 or 1 than this, a chance is said as "over 99%"
_NEAR: Final = Decimal(2)  # points about the line, drawn where no chance may be shown


@dataclass(frozen=True, slots=True)
class Line:
    """One entry. ``chance``, ``middle`` and ``span`` are empty where the advisory score is not shown."""

    entry: Entry
    unit: str
    reckoning: Reckoning
    score: str
    lane: ScoreLane | None
    said: str
    middle: str = ""
    span: str = ""
    chance: str = ""


@dataclass(frozen=True, slots=True)
class Band:
    """Lines that stand on one side of the line, with the word for it."""

    zone: str
    title: str
    advice: str
    icon: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Board:
    """The whole page. ``remarks``: why the advisory score is doubtful or not shown."""

    bands: tuple[Band, ...]
    axis: Axis | None
    line: str
    remarks: tuple[tuple[bool, str], ...]
    has_advice: bool

    @property
    def count(self) -> int:
        """Entries that have a result."""
        return sum(len(band.lines) for band in self.bands if band.zone != _WAITING)

    @property
    def discussed(self) -> tuple[Line, ...]:
        """Those that people should talk about."""
        return next((band.lines for band in self.bands if band.zone == Zone.DISCUSS.value), ())

    @property
    def tied(self) -> tuple[Line, ...]:
        """Those that share a rank with another."""
        return tuple(each for band in self.bands for each in band.lines if each.reckoning.tied_with)


_WAITING: Final = "waiting"
_FAILED: Final = "failed"
_PASSED: Final = "passed"


def board(outcome: Outcome, names: Mapping[int, str]) -> Board:
    """``names``: what each unit (by key) is called on the day of the plan."""
    rule, calibration = outcome.gathered.given.rule, outcome.advice.calibration
    estimates = {each.entry: each for each in calibration.entries} if outcome.has_points else {}
    marks = _totals(outcome)
    scale = _axis(outcome, marks, estimates.values())
    lines = [
        _line(outcome, each, marks[each.entry], estimates.get(each.entry), scale, names)
        for each in _in_order(outcome.result.reckonings)
    ]
    return Board(
        bands=tuple(_bands(lines, _zones(outcome))),
        axis=scale,
        line="" if rule.pass_line is None else points(rule.pass_line),
        remarks=tuple(_remarks(outcome)) if outcome.has_points else (),
        has_advice=outcome.has_points and calibration.shown,
    )


def _in_order(reckonings: Iterable[Reckoning]) -> list[Reckoning]:
    """By rank; those without one after them, by score, then by code."""
    return sorted(
        reckonings,
        key=lambda each: (each.rank is None, each.rank or 0, -(each.score or Decimal(-1)), each.entry),
    )


def _totals(outcome: Outcome) -> defaultdict[str, list[Decimal]]:
    """The total of every whole sheet that counts, from low to high: the order tells nothing of who gave it."""
    rule = outcome.gathered.given.rule
    counted = {each.entry: frozenset(each.sheets) for each in outcome.result.reckonings}
    found: defaultdict[str, list[Decimal]] = defaultdict(list)
    for sheet in outcome.gathered.given.sheets:
        total = sheet_total(rule, sheet) if sheet.judge in counted.get(sheet.entry, ()) else None
        if total is not None:
            found[sheet.entry].append(total)
    for each in found.values():
        each.sort()
    return found


def _axis(outcome: Outcome, marks: Mapping[str, list[Decimal]], estimates: Iterable[EntryEstimate]) -> Axis | None:
    rule = outcome.gathered.given.rule
    values: list[Decimal | float] = [mark for each in marks.values() for mark in each]
    for each in estimates:
        values += [] if each.interval90 is None else list(each.interval90)
    if not values or not outcome.has_points:
        return None
    scale = scale_of(rule)
    return axis(values, least=scale.minimum, most=scale.maximum, line=line_of(rule), near=_NEAR)


def _line(
    outcome: Outcome, reckoning: Reckoning, marks: list[Decimal], estimate: EntryEstimate | None, scale: Axis | None,
    names: Mapping[int, str],
) -> Line:  # fmt: skip
    entry = outcome.gathered.entries[reckoning.entry]
    span = None if estimate is None else estimate.interval90
    middle = None if estimate is None else estimate.value
    lane = None if scale is None else scale.lane(marks, reckoning.score, middle, span)
    score = "" if reckoning.score is None else exactly(reckoning.score)
    return Line(
        entry=entry,
        unit=names.get(entry.implementer_id, ""),
        reckoning=reckoning,
        score=score,
        lane=lane,
        said=_said(marks, score, middle, span),
        middle="" if middle is None else _short(middle),
        span="" if span is None else f"{_short(span.low)} – {_short(span.high)}",
        chance="" if estimate is None or estimate.probability is None else _chance(estimate.probability),
    )


def _said(marks: list[Decimal], score: str, middle: float | None, span: tuple[float, float] | None) -> str:
    """The picture in words, for who does not see it."""
    parts = [_("Các phiếu %s") % "; ".join(points(each) for each in marks)] if marks else [_("Chưa có phiếu")]
    if score:
        parts.append(_("chính thức %s") % score)
    if middle is not None:
        parts.append(_("tham khảo %s") % _short(middle))
    if span is not None:
        parts.append(_("từ %(low)s đến %(high)s") % {"low": _short(span[0]), "high": _short(span[1])})
    return "; ".join(parts)


def _short(value: float) -> str:
    return f"{value:.1f}".replace(".", ",")


def _chance(probability: float) -> str:
    if probability > 1 - _SURE:
        return _("trên 99%")
    return _("dưới 1%") if probability < _SURE else f"{probability * 100:.0f}%"


def _zones(outcome: Outcome) -> Mapping[str, str]:
    """Code → on which side it stands; by vote or floors where there is no line in points."""
    found = {each.entry: _plain_zone(each) for each in outcome.result.reckonings}
    counted = {each.entry for each in outcome.result.reckonings if each.standing is Standing.COUNTED}
    placed = outcome.advice.placed if outcome.has_points else ()
    return found | {str(each.entry): each.zone.value for each in placed if each.entry in counted}


def _plain_zone(reckoning: Reckoning) -> str:
    if reckoning.standing in (Standing.TOO_FEW_SHEETS, Standing.INCOMPLETE) and reckoning.passed is None:
        return _WAITING
    if reckoning.passed is None:
        return _PASSED if reckoning.rank else _FAILED
    return Zone.ABOVE.value if reckoning.passed else Zone.BELOW.value


def _bands(lines: list[Line], zone_of: Mapping[str, str]) -> Iterator[Band]:
    for zone, title, advice, icon in _words():
        here = tuple(each for each in lines if zone_of[each.reckoning.entry] == zone)
        if here:
            yield Band(zone, title, advice, icon, here)


def _words() -> tuple[tuple[str, str, str, str], ...]:
    return (
        (Zone.ABOVE.value, _("Trên vạch"), _("đủ để đề nghị ghi nhận"), "check-circle"),
        (Zone.DISCUSS.value, _("Cần bàn lại"), _("nằm sát vạch, người chấm chặt hay rộng tay là đổi kết quả"),
         "chat-square-text"),
        (_PASSED, _("Đã có điểm"), _("quy tắc của đợt không đặt vạch"), "list-ol"),
        (Zone.BELOW.value, _("Dưới vạch"), _("chưa đủ để đề nghị"), "dash-circle"),
        (_FAILED, _("Không xếp hạng"), _("dưới mức bắt buộc của một tiêu chí"), "dash-circle"),
        (_WAITING, _("Chưa đủ phiếu"), _("chưa có kết quả"), "hourglass-split"),
    )  # fmt: skip


def _remarks(outcome: Outcome) -> Iterator[tuple[bool, str]]:
    """(is it not shown, why); what closes the advisory score first."""
    gates = sorted(outcome.advice.calibration.gates, key=lambda each: each.state is not GateState.CLOSED)
    for gate in gates:
        said = gate_said(gate)
        if said is not None:
            yield gate.state is GateState.CLOSED, f"{said.rstrip('.')}{_named(outcome, gate)}."


def _named(outcome: Outcome, gate: Gate) -> str:
    """Whom it concerns: judges by name, entries by code."""
    members = outcome.gathered.members
    if gate.code is GateCode.LEFT_OUT:
        who = [members[str(each)].name for each in gate.who if str(each) in members]
    else:
        who = [str(each) for each in gate.who]
    return f" ({', '.join(who)})" if who else ""

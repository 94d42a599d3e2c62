"""The advisory result for a terminal: with every reservation before the first number."""

from collections.abc import Iterable

from sangkien.scoring.advisory.model import Calibration, EntryEstimate, Variances
from sangkien.scoring.advisory.zones import Placed, Zone
from sangkien.scoring.report.gates import WITHHELD, gate_said
from sangkien.scoring.report.joining import Advice
from sangkien.scoring.report.table import aligned
from sangkien.vietnamese import sort_key


def advisory_lines(advice: Advice) -> list[str]:
    """The advisory score with its interval, why it is shown with care or not, and how severe each judge is."""
    if not advice.has_points:
        return ["Tiêu chí chỉ có đạt, không đạt nên không có điểm hiệu chỉnh tham khảo."]
    found = advice.calibration
    lines = ["Điểm hiệu chỉnh tham khảo, không thay điểm chính thức:"]
    lines += [f"  {said}" for gate in found.gates if (said := gate_said(gate))]
    if advice.incomplete:
        lines.append(f"  {advice.incomplete} phiếu còn thiếu điểm nên không vào phép hiệu chỉnh.")
    if found.shown:
        lines += ["", *_estimates(found, advice.placed)]
    if any(each.severity is not None for each in found.judges):
        lines += ["", *_judges(found)]
    if found.variances is not None:
        lines += ["", _variances(found.variances)]
    return lines


def _estimates(found: Calibration, placed: Iterable[Placed]) -> list[str]:
    heads = ["Giải pháp", "Phiếu", "Tham khảo", "Khoảng 95%", "Khả năng trên vạch", "Ghi chú"]
    zones = {each.entry: each.zone for each in placed}
    rows = [_estimate(each, zones.get(each.entry, Zone.UNKNOWN)) for each in found.entries]
    return aligned(heads, rows, right={1, 2, 4})


_ZONE = {Zone.ABOVE: "trên vạch", Zone.DISCUSS: "cần bàn lại", Zone.BELOW: "dưới vạch", Zone.UNKNOWN: ""}


def _estimate(each: EntryEstimate, zone: Zone) -> list[str]:
    interval = each.interval95
    shown = "" if interval is None else f"{_plain(interval.low)} đến {_plain(interval.high)}"
    chance = "" if each.probability is None else chance_said(each.probability)
    note = _ZONE[zone] if each.withheld is None else WITHHELD[each.withheld]
    return [str(each.entry), str(each.marks), _plain(each.value), shown, chance, note]


def chance_said(probability: float) -> str:
    """Whole per cent, never a certainty: ``<1%``, ``37%``, ``>99%``."""
    if probability < 0.005:
        return "<1%"
    return ">99%" if probability >= 0.995 else f"{probability * 100:.0f}%"


def _judges(found: Calibration) -> list[str]:
    judged = [each for each in found.judges if each.severity is not None]
    rows = [
        [str(each.judge), str(each.marks), _signed(each.severity), _plain(each.error)]
        for each in sorted(judged, key=lambda each: sort_key(str(each.judge)))
    ]
    return [
        *aligned(["Người chấm", "Phiếu", "Độ nghiêm", "Sai số"], rows, right={1, 2, 3}),
        "Độ nghiêm +2 là cho thấp hơn người chấm trung bình 2 điểm.",
    ]


def _variances(parts: Variances) -> str:
    said = f"giải pháp {_plain(parts.entry)}, người chấm {_plain(parts.judge)}, còn lại {_plain(parts.residual)}"
    return f"Phương sai: {said}."


def _plain(value: float | None) -> str:
    return "" if value is None else f"{round(value, 2) + 0.0:.2f}".replace(".", ",")


def _signed(value: float | None) -> str:
    return "" if value is None else f"{round(value, 2) + 0.0:+.2f}".replace(".", ",")

"""A table of plain text, for a terminal: columns as wide as they must be, numbers to the right."""

from collections.abc import Sequence

from sangkien.scoring.advisory.model import EntryEstimate
from sangkien.scoring.advisory.zones import Zone
from sangkien.scoring.official.model import Reckoning, Result, Standing
from sangkien.scoring.report.gates import WITHHELD, gate_said
from sangkien.scoring.report.joining import Advice
from sangkien.scoring.wording import exactly
from sangkien.vietnamese import sort_key

_GAP = "  "
_STANDING = {
    Standing.KNOCKED_OUT: "không đạt mức bắt buộc",
    Standing.TOO_FEW_SHEETS: "chưa đủ phiếu",
    Standing.INCOMPLETE: "có tiêu chí chưa ai cho điểm",
}


def official_table(result: Result) -> list[str]:
    """Lines: who has a rank first, by rank; the others in the order given."""
    ordered = sorted(result.reckonings, key=lambda each: (each.rank is None, each.rank or 0))
    heads = ["Hạng", "Giải pháp", "Lĩnh vực", "Phiếu", "Điểm", "Thiếu điểm", "Xếp loại", "Kết quả"]
    return aligned(heads, [_row(each) for each in ordered], right={0, 3, 4, 5})


def _row(each: Reckoning) -> list[str]:
    rank = "" if each.rank is None else f"{each.rank}{'=' if each.tied_with else ''}"
    score = "" if each.score is None else exactly(each.score)
    passed = {True: "đạt", False: "không đạt", None: ""}[each.passed]
    band = each.band or _STANDING.get(each.standing, "")
    missing = str(len(each.missing)) if each.missing else ""
    return [rank, each.entry, each.field, str(len(each.sheets)), score, missing, band, passed]


def aligned(heads: Sequence[str], rows: Sequence[Sequence[str]], *, right: set[int]) -> list[str]:
    """The rows under their heads; the columns numbered in ``right`` end at one line."""
    widths = [max(map(len, column)) for column in zip(heads, *rows, strict=True)]
    return [
        _GAP.join(
            cell.rjust(width) if place in right else cell.ljust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in (heads, *rows)
    ]


def advisory_lines(advice: Advice) -> list[str]:
    """The advisory score with its interval, why it is shown with care or not, and how severe each judge is."""
    found = advice.calibration
    lines = ["Điểm hiệu chỉnh tham khảo, không thay điểm chính thức:"]
    lines += [f"  {said}" for gate in found.gates if (said := gate_said(gate))]
    if advice.incomplete:
        lines.append(f"  {advice.incomplete} phiếu còn thiếu điểm nên không vào phép hiệu chỉnh.")
    if found.shown:
        heads = ["Giải pháp", "Phiếu", "Tham khảo", "Khoảng 95%", "Khả năng trên vạch", "Ghi chú"]
        zones = {each.entry: each.zone for each in advice.placed}
        rows = [_estimate_row(each, zones.get(each.entry)) for each in found.entries]
        lines += ["", *aligned(heads, rows, right={1, 2, 4})]
    judged = sorted(
        (each for each in found.judges if each.severity is not None), key=lambda each: sort_key(str(each.judge))
    )
    if judged:
        heads = ["Người chấm", "Phiếu", "Độ nghiêm", "Sai số"]
        rows = [[str(each.judge), str(each.marks), _signed(each.severity), _plain(each.error)] for each in judged]
        lines += ["", *aligned(heads, rows, right={1, 2, 3}), "Độ nghiêm +2 là cho thấp hơn người chấm trung bình 2 điểm."]
    if found.variances is not None:
        parts = found.variances
        said = f"giải pháp {_plain(parts.entry)}, người chấm {_plain(parts.judge)}, còn lại {_plain(parts.residual)}"
        lines += ["", f"Phương sai: {said}."]
    return lines


_ZONE = {Zone.ABOVE: "trên vạch", Zone.DISCUSS: "cần bàn lại", Zone.BELOW: "dưới vạch", Zone.UNKNOWN: ""}


def _estimate_row(each: EntryEstimate, zone: Zone | None) -> list[str]:
    interval = each.interval95
    shown = "" if interval is None else f"{_plain(interval.low)} đến {_plain(interval.high)}"
    chance = "" if each.probability is None else chance_said(each.probability)
    note = WITHHELD[each.withheld] if each.withheld else _ZONE.get(zone, "") if zone else ""
    return [str(each.entry), str(each.marks), _plain(each.value), shown, chance, note]


def chance_said(probability: float) -> str:
    """Whole per cent, never a certainty: ``<1%``, ``37%``, ``>99%``."""
    if probability < 0.005:
        return "<1%"
    return ">99%" if probability >= 0.995 else f"{probability * 100:.0f}%"


def _plain(value: float | None) -> str:
    return "" if value is None else f"{value + 0.0:.2f}".replace(".", ",")


def _signed(value: float | None) -> str:
    return "" if value is None else f"{value + 0.0:+.2f}".replace(".", ",")

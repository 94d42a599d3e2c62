"""A table of plain text, for a terminal: columns as wide as they must be, numbers to the right."""

from collections.abc import Sequence

from sangkien.scoring.official.model import Reckoning, Result, Standing
from sangkien.scoring.wording import exactly

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

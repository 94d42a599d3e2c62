"""The example on the page of explanation is what the program says, to the last figure printed."""

from pathlib import Path

from sangkien.scoring.advisory.calibrating import calibrate
from sangkien.scoring.advisory.model import Entry, Mark
from tests.factories.marks import SCALE

PAGE = Path(__file__).parents[3] / "docs" / "explanation" / "diem-hieu-chinh.md"
JUDGES = "ABCDEF"


def _said(number: float, decimals: int = 1) -> str:
    return f"{number:.{decimals}f}".replace(".", ",")


def test_every_figure_of_the_example_is_computed_by_the_program() -> None:
    page = PAGE.read_text(encoding="utf-8")
    table = page.split("## Bảng điểm của ví dụ")[1].strip().splitlines()[4:]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in table]
    assert len(rows) == 30
    marks = [
        Mark(row[0], judge, int(cell)) for row in rows for judge, cell in zip(JUDGES, row[1:7], strict=True) if cell
    ]
    found = calibrate([Entry(row[0], "một lĩnh vực") for row in rows], marks, scale=SCALE, line=65)
    for row, each in zip(rows, found.entries, strict=True):
        mean = sum(mark.total for mark in marks if mark.entry == row[0]) / 3
        assert each.value is not None
        assert each.interval95 is not None
        assert each.probability is not None
        low, high = each.interval95
        shown = [_said(float(mean), 2), _said(each.value), f"{_said(low)} – {_said(high)}", f"{each.probability:.0%}"]
        assert row[7:] == shown
        if row[0] in ("24", "30"):
            assert f"| số {row[0]} | {' | '.join(shown)} |" in page
    severities = {each.judge: _said(each.severity or 0.0) for each in found.judges}
    assert f"| {' | '.join(severities[judge] for judge in JUDGES)} |" in page

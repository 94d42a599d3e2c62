"""The reference page names every stage and every move."""

from pathlib import Path

from sangkien.intake.lifecycle import MOVES, Stage

REFERENCE = Path(__file__).parents[2] / "docs/reference/ho-so.md"


def test_the_reference_is_whole() -> None:
    text = REFERENCE.read_text(encoding="utf-8")
    rows = [f"| `{stage.value}` | {stage.label} |" for stage in Stage]
    rows += [f"| `{old}` | {move.label} | `{move}` | `{new}` |" for (old, move), new in MOVES.items()]
    assert [row for row in rows if row not in text] == []

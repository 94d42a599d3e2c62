"""The reference page names every state, move, preset and kind of input."""

from pathlib import Path

from sangkien.campaigns.lifecycle import MOVES, State
from sangkien.campaigns.models import InputKind
from sangkien.campaigns.presets import CRITERIA, PLANS

REFERENCE = Path(__file__).parents[2] / "docs/reference/dot.md"


def test_the_reference_is_whole() -> None:
    text = REFERENCE.read_text(encoding="utf-8")
    rows = [f"| `{state.value}` | {state.label} |" for state in State]
    rows += [f"| `{old}` | {move.label} | `{move}` | `{new}` |" for (old, move), new in MOVES.items()]
    rows += [f"| `{code}` |" for code in (*PLANS, *CRITERIA)]
    rows += [f"`{kind}`" for kind in InputKind]
    assert [row for row in rows if row not in text] == []

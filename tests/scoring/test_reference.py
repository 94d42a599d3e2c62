"""The page that explains the official score says what the program reckons."""

import re
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

from sangkien.scoring.model import SIMPLE_MAJORITY, TWO_THIRDS, Rounding, VoteCount, VoteRule
from sangkien.scoring.official.model import Ballot
from sangkien.scoring.official.reckoning import reckon
from sangkien.scoring.official.rounding import rounded
from sangkien.scoring.official.votes import vote_step
from sangkien.scoring.wording import exactly, fraction
from tests.factories import scoring as make

PAGE = (Path(__file__).parents[2] / "docs/reference/cham-diem.md").read_text(encoding="utf-8")


def row(name: str) -> list[str]:
    """The cells of a row of the worked table."""
    found = re.search(rf"^\| {name} \|(.*)\|$", PAGE, re.MULTILINE)
    assert found is not None
    return [cell.strip() for cell in found[1].split("|")]


def test_the_worked_table() -> None:
    rows = {"a": row("Tính mới"), "b": row("Khả năng áp dụng")}
    by = make.rule(make.number("a", 30, knock_out=10), make.number("b", 70))
    sheets = [
        make.sheet(f"j{at}", **{code: None if "thiếu" in cells[at] else cells[at].replace(",", ".")
                                for code, cells in rows.items()})
        for at in range(3)
    ]  # fmt: skip
    done = reckon(make.given(by, *sheets)).of("e1")
    assert done.score is not None
    assert done.exact is not None
    assert rows["a"][3].endswith(f"= {fraction(done.criteria[0].mean or Fraction(0))}")
    assert rows["b"][3].endswith("= 49,25")
    assert done.criteria[1].mean == Fraction("49.25")
    assert row("Tổng")[3] == f"{fraction(done.exact)} = 70,41666… → **{exactly(done.score)}**"


def test_the_sum_that_loses_its_half_when_it_is_divided_early() -> None:
    thirds = sum((Fraction(part) / 3 for part in ("0.01", "0.04", "0.055")), Fraction(0))
    assert rounded(thirds, decimals=2, how=Rounding.HALF_UP) == Decimal("0.04")
    assert "0,01/3 + 0,04/3 + 0,055/3 đúng bằng 0,035" in PAGE


def test_the_vote_of_the_page() -> None:
    assert "hội đồng 9 người, 2 người rút vì cùng đơn vị, 5 người có mặt: 5/7 ≥ 2/3 nên đủ; 3 tán thành" in PAGE
    count = VoteCount(entry="e1", members=9, recused=2, present=5, yes=3, no=2)
    assert vote_step(VoteRule(share=SIMPLE_MAJORITY, quorum=TWO_THIRDS), count).outcome is Ballot.PASSED

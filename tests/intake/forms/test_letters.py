"""The number of a unit's letter as people write it."""

import pytest

from sangkien.accounts.refusal import Refused
from sangkien.intake.views.letters import read_symbol

SYMBOLS = {
    "45/BC-UBND": (45, "BC-UBND"), "số 45/BC-UBND": (45, "BC-UBND"), "Số: 05/BC-THCS": (5, "BC-THCS"),
    "12": (12, ""), "12 /UBND-VP": (12, "UBND-VP"),
}  # fmt: skip


@pytest.mark.parametrize("typed", SYMBOLS)
def test_number_and_notation_are_told_apart(typed: str) -> None:
    assert read_symbol(typed) == SYMBOLS[typed]


@pytest.mark.parametrize("typed", ["BC-UBND", "/45", "0/BC-UBND", "-"])
def test_what_has_no_number_in_front_is_refused(typed: str) -> None:
    with pytest.raises(Refused, match="Ghi số trước, ký hiệu sau"):
        read_symbol(typed)

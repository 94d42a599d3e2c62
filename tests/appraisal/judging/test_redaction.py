"""A unit's name is found however it is written, and nothing else is taken out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sangkien.appraisal.judging.redaction import MASK, Mask
from sangkien.vietnamese import fold

WARD = Mask(["Phường 04"])


@pytest.mark.parametrize(
    "written",
    [
        "Phường 04", "phường 4", "PHƯỜNG 4", "phuong 4", "P.4", "P4", "p. 04", "UBND Phường 4",
        "Ủy ban nhân dân phường 4",
    ],
)  # fmt: skip
def test_every_way_of_writing_it(written: str) -> None:
    assert WARD(f"Tại {written}, người dân") == f"Tại {MASK}, người dân"


@pytest.mark.parametrize("other", ["Phường 40", "Phường 14", "xP4", "phường Bốn", "4 phường"])
def test_what_only_looks_like_it_stays(other: str) -> None:
    assert WARD(other) == other


def test_a_name_of_words() -> None:
    mask = Mask(["Ủy ban nhân dân xã Bến Đò Cổ", "Lê Thị Sen"])
    assert mask("Xã Bến Đò Cổ và bà lê thị sen") == f"{MASK} và bà {MASK}"


@given(before=st.text(max_size=30), after=st.text(max_size=30))
def test_no_text_keeps_the_name(before: str, after: str) -> None:
    masked = Mask(["Trường Hoa Mai"])(f"{before} Trường Hoa Mai {after}")
    assert "truong hoa mai" not in fold(masked)

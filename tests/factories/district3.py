"""District 3 in its three periods, as the demonstration tells it."""

from sangkien.demo.district3 import (
    ALL_OFFICES,
    CODES,
    OFFICES,
    TEN_WARDS,
    THREE_WARDS,
    TWELVE_WARDS,
    District3,
    all_three_periods,
    ten_wards,
    three_wards,
    twelve_wards,
)

__all__ = [
    "ALL_OFFICES", "CODES", "OFFICES", "TEN_WARDS", "THREE_WARDS", "TWELVE_WARDS", "District3", "all_three_periods",
    "ten_wards", "three_wards", "twelve_wards",
]  # fmt: skip

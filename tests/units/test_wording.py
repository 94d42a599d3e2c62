"""Names of places in sentences and before the date (Decree 30/2020)."""

import pytest

from sangkien.units.wording import before_the_date, in_sentence


@pytest.mark.parametrize(
    ("name", "within", "before"),
    [
        ("Phường Bến Đò Cổ", "phường Bến Đò Cổ", "Bến Đò Cổ"),
        ("Phường 4", "Phường 4", "Phường 4"),
        ("Quận 3", "Quận 3", "Quận 3"),
        ("Phường Võ Thị Sáu", "Phường Võ Thị Sáu", "Phường Võ Thị Sáu"),
        ("Thành phố Hồ Chí Minh", "Thành phố Hồ Chí Minh", "Thành phố Hồ Chí Minh"),
        ("Thành phố Cần Thơ", "thành phố Cần Thơ", "Cần Thơ"),
        ("Thị trấn Sao Mai", "thị trấn Sao Mai", "Sao Mai"),
        ("Xã Lê Minh", "xã Lê Minh", "Lê Minh"),
        ("Phòng Nội vụ", "Phòng Nội vụ", "Phòng Nội vụ"),
        ("Ủy ban nhân dân phường Bến Đò", "Ủy ban nhân dân phường Bến Đò", "Bến Đò"),
        ("UBND Quận Sao", "UBND Quận Sao", "Sao"),
    ],
)
def test_the_common_noun_is_small_and_dropped_but_for_numbers_and_people(name: str, within: str, before: str) -> None:
    assert (in_sentence(name), before_the_date(name)) == (within, before)

"""What people write in the cells."""

from datetime import date

import pytest

from sangkien.units.importing import words
from sangkien.units.models import Kind, SigningRegime


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Phường 4", Kind.WARD_PC), ("P.4", Kind.WARD_PC), ("UBND Phường Bàn Cờ", Kind.WARD_PC),
        ("Ủy ban nhân dân phường Võ Thị Sáu", Kind.WARD_PC), ("Xã Tân Tiến", Kind.COMMUNE_PC),
        ("Thị trấn Củ Chi", Kind.TOWNSHIP_PC), ("Đặc khu Côn Đảo", Kind.SPECIAL_ZONE_PC), ("Quận 3", Kind.DISTRICT_PC),
        ("Tỉnh Cao Bằng", Kind.PROVINCE_PC), ("Phòng Tài chính – Kế hoạch", Kind.DEPARTMENT),
        ("Văn phòng HĐND và UBND", Kind.DEPARTMENT), ("Sở Nội vụ", Kind.DEPARTMENT),
        ("Trung tâm Phục vụ hành chính công", Kind.PUBLIC_SERVICE_UNIT),
        ("Trường Mầm non 4", Kind.PUBLIC_SERVICE_UNIT),
        ("Ban Quản lý dự án đầu tư xây dựng", Kind.PUBLIC_SERVICE_UNIT), ("Công an Phường 4", Kind.POLICE),
        ("Ủy ban Mặt trận Tổ quốc Việt Nam phường", Kind.FATHERLAND_FRONT), ("Bưu điện Quận 3", Kind.POST_OFFICE),
        ("Hội Chữ thập đỏ", None),
    ],
)  # fmt: skip
def test_a_name_sounds_like_a_kind(name: str, kind: Kind | None) -> None:
    assert words.kind_of_name(name) is kind


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_can_be_written_by_its_label_or_its_value(kind: Kind) -> None:
    assert words.kind_of_word(str(kind.label)) is kind
    assert words.kind_of_word(kind.value) is kind


@pytest.mark.parametrize(
    ("text", "on"),
    [
        ("01/07/2025", date(2025, 7, 1)), ("1-7-2025", date(2025, 7, 1)), ("1.7.2025", date(2025, 7, 1)),
        ("2025-07-01", date(2025, 7, 1)), ("2025-07-01 00:00:00", date(2025, 7, 1)),
        ("31/02/2025", None), ("1/7/25", None), ("07/2025", None), ("1/1/1800", None), ("hôm nay", None), ("", None),
    ],
)  # fmt: skip
def test_dates_are_day_month_year(text: str, on: date | None) -> None:
    assert words.date_of_word(text) == on


@pytest.mark.parametrize(
    ("text", "regime"), [("TM.", SigningRegime.TM), ("Thủ trưởng", SigningRegime.HEAD), ("KT", None)]
)
def test_signing_regimes(text: str, regime: SigningRegime | None) -> None:
    assert words.regime_of_word(text) is regime

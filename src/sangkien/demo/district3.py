"""District 3 of Ho Chi Minh City and its wards in their three periods, told through the actions.

Twelve wards from 4 February 2021; ten from 1 January 2025 (9 takes in 10, 12 takes in 13); from 1 July 2025 no
district, and three new wards under the City: Bàn Cờ (1, 2, 3, 5, a part of 4), Xuân Hòa (Võ Thị Sáu, a part of 4),
Nhiêu Lộc (9, 11, 12, 14). The new wards carry codes of old ones: a code alone does not tell who is meant.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sangkien.ledger.recording import Actor
from sangkien.units import actions
from sangkien.units.changing import NewUnit
from sangkien.units.models import Kind, Level, SigningRegime, Unit

TWELVE_WARDS = date(2021, 2, 4)
TEN_WARDS = date(2025, 1, 1)
THREE_WARDS = date(2025, 7, 1)

CODES = {
    "Phường 01": "27160", "Phường 02": "27157", "Phường 03": "27154", "Phường 04": "27148", "Phường 05": "27151",
    "Phường 09": "27142", "Phường 10": "27145", "Phường 11": "27133", "Phường 12": "27130", "Phường 13": "27136",
    "Phường 14": "27127", "Phường Võ Thị Sáu": "27139",
}  # fmt: skip
OFFICES = (
    "Phòng Nội vụ", "Văn phòng UBND Quận 3", "Phòng Tư pháp", "Phòng Tài chính - Kế hoạch",
    "Phòng Văn hóa và Thông tin", "Phòng Giáo dục và Đào tạo",
)  # fmt: skip
ALL_OFFICES = (
    *OFFICES, "Phòng Kinh tế", "Phòng Quản lý đô thị", "Phòng Tài nguyên và Môi trường",
    "Phòng Lao động - Thương binh và Xã hội", "Phòng Y tế", "Thanh tra Quận 3",
)  # fmt: skip


@dataclass(slots=True)
class District3:
    """The units by their names; ``wards`` hold the old and the new ones."""

    city: Unit
    district: Unit
    offices: dict[str, Unit]
    wards: dict[str, Unit]


def twelve_wards(*, by: Actor, at: datetime, offices_named: Sequence[str] = OFFICES) -> District3:
    """The City, the district with its offices (those that the plan names), and the wards as they were in July 2024."""
    on = TWELVE_WARDS
    city = actions.establish(
        new=NewUnit(
            name="Thành phố Hồ Chí Minh", kind=Kind.PROVINCE_PC, level=Level.PROVINCE, parent=None, code="79"
        ),
        on=on, by=by, at=at,
    )  # fmt: skip
    district = actions.establish(
        new=NewUnit(
            name="Quận 3", kind=Kind.DISTRICT_PC, level=Level.DISTRICT, parent=city, code="770",
            signing_regime=SigningRegime.HEAD,
        ),
        on=on, by=by, at=at,
    )  # fmt: skip
    offices = [
        NewUnit(
            name=name, kind=Kind.DEPARTMENT, level=Level.DISTRICT, parent=district, signing_regime=SigningRegime.HEAD
        )
        for name in offices_named
    ]
    wards = [
        NewUnit(
            name=name, kind=Kind.WARD_PC, level=Level.COMMUNE, parent=district, code=code,
            signing_regime=SigningRegime.HEAD, basis="Nghị quyết 1111/NQ-UBTVQH14",
        )
        for name, code in CODES.items()
    ]  # fmt: skip
    units = actions.establish_all(news=[*offices, *wards], on=on, by=by, at=at)
    names = [*offices_named, *CODES]
    made = dict(zip(names, units, strict=True))
    return District3(city, district, {name: made[name] for name in offices_named}, {name: made[name] for name in CODES})


def ten_wards(told: District3, *, by: Actor, at: datetime) -> None:
    """1 January 2025: two mergers, and the numbers lose their zero."""
    on, basis, wards = TEN_WARDS, "Nghị quyết 1278/NQ-UBTVQH15", told.wards
    for stays, ends in (("Phường 09", "Phường 10"), ("Phường 12", "Phường 13")):
        actions.merge([wards[stays], wards[ends]], into=wards[stays], on=on, by=by, at=at, basis=basis)
    for name in CODES:
        if name.startswith("Phường 0"):
            actions.rename(wards[name], name=name.replace("0", ""), on=on, by=by, at=at, basis=basis)


def three_wards(told: District3, *, by: Actor, at: datetime) -> None:
    """1 July 2025: the district and its offices end, three wards begin, Phường 4 is divided."""
    wards, basis = told.wards, "Nghị quyết 1685/NQ-UBTVQH15"
    for name, code, whole in (
        ("Phường Bàn Cờ", "27154", ("Phường 01", "Phường 02", "Phường 03", "Phường 05")),
        ("Phường Xuân Hòa", "27139", ("Phường Võ Thị Sáu",)),
        ("Phường Nhiêu Lộc", "27142", ("Phường 09", "Phường 11", "Phường 12", "Phường 14")),
    ):
        ward = NewUnit(name=name, kind=Kind.WARD_PC, level=Level.COMMUNE, parent=told.city, code=code, basis=basis)
        into = actions.merge([wards[each] for each in whole], into=ward, on=THREE_WARDS, by=by, at=at, basis=basis)
        wards[name] = into
    parts = [wards["Phường Bàn Cờ"], wards["Phường Xuân Hòa"]]
    actions.split(wards["Phường 04"], parts=parts, whole=True, on=THREE_WARDS, by=by, at=at, basis=basis)
    for office in told.offices.values():
        actions.abolish(office, on=THREE_WARDS, by=by, at=at, basis=basis)
    actions.abolish(told.district, on=THREE_WARDS, by=by, at=at, basis=basis)


def all_three_periods(*, by: Actor, at: datetime) -> District3:
    """The whole course."""
    told = twelve_wards(by=by, at=at)
    ten_wards(told, by=by, at=at)
    three_wards(told, by=by, at=at)
    return told

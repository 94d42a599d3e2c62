"""Names, header and capacity as they are on the day of the paper."""

from datetime import date

import pytest

from sangkien.documents.blocks import Header, Notation
from sangkien.papers.kinds import Kind
from sangkien.papers.names import capacities, header, printed_name, proposed_notation
from sangkien.units.models import Kind as UnitKind
from sangkien.units.models import SigningRegime, UnitVersion
from tests.factories.district3 import District3, all_three_periods
from tests.factories.papers import AT, OFFICER, ON, issue, ready
from tests.factories.units import unit, unit_version

pytestmark = pytest.mark.django_db


@pytest.fixture
def told() -> District3:
    return all_three_periods(by=OFFICER, at=AT)


def on(told: District3, name: str, day: date) -> UnitVersion:
    version = told.wards[name].on(day)
    assert version is not None
    return version


def test_a_ward_is_called_what_it_was_called_on_the_day(told: District3) -> None:
    names = [printed_name(on(told, "Phường 01", day)) for day in (ON, date(2025, 1, 1))]
    assert names == ["Ủy ban nhân dân Phường 01", "Ủy ban nhân dân Phường 1"]
    assert told.wards["Phường 01"].on(date(2025, 7, 1)) is None
    assert printed_name(on(told, "Phường Bàn Cờ", date(2025, 7, 1))) == "Ủy ban nhân dân phường Bàn Cờ"


def test_each_of_three_periods_issues_in_the_name_of_its_day(told: District3) -> None:
    """Invariant 1 through the actions: the version of the paper is the one of its date."""
    days = {"Phường 09": [ON, date(2025, 1, 1)], "Phường Nhiêu Lộc": [date(2025, 7, 1)]}
    printed = []
    for name, dates in days.items():
        for day in dates:
            at = AT.replace(year=2026)
            paper = ready(told.wards[name], on=day, at=at)
            issue(paper, issued_date=day, at=at)
            printed.append(paper.issuer.name)
    assert printed == ["Phường 09", "Phường 9", "Phường Nhiêu Lộc"]


def test_an_office_has_its_committee_above_it_and_a_committee_has_none(told: District3) -> None:
    office = told.offices["Phòng Nội vụ"].on(ON)
    assert office is not None
    assert header(office, ON, notation="PNV", place="Quận 3", dated=ON, subject="mời họp") == Header(
        body=("Phòng Nội vụ",), superior=("Ủy ban nhân dân", "Quận 3"), notation=Notation("PNV"), place="Quận 3",
        dated=ON, subject="mời họp",
    )  # fmt: skip
    ward = on(told, "Phường 01", ON)
    assert header(ward, ON) == Header(body=("Ủy ban nhân dân", "Phường 01"))
    assert header(ward, ON, superior=True).superior == ("Ủy ban nhân dân", "Quận 3")


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("Phường 4", "Ủy ban nhân dân|Phường 4"),
        ("UBND Phường 4", "Ủy ban nhân dân|Phường 4"),
        ("Uỷ ban nhân dân phường Bàn Cờ", "Ủy ban nhân dân|phường Bàn Cờ"),
    ],
)
def test_a_committee_is_named_once(name: str, lines: str) -> None:
    assert "|".join(header(unit_version(unit("Quận 1"), name), ON).body) == lines


@pytest.mark.parametrize(
    ("name", "kind", "regime", "head", "deputy"),
    [
        ("Quận 3", UnitKind.DISTRICT_PC, "head", "CHỦ TỊCH", "KT. CHỦ TỊCH|PHÓ CHỦ TỊCH"),
        (
            "Phường Bàn Cờ", UnitKind.WARD_PC, "tm", "TM. ỦY BAN NHÂN DÂN|CHỦ TỊCH",
            "TM. ỦY BAN NHÂN DÂN|KT. CHỦ TỊCH|PHÓ CHỦ TỊCH",
        ),
        ("Phòng Nội vụ", UnitKind.DEPARTMENT, "head", "TRƯỞNG PHÒNG", "KT. TRƯỞNG PHÒNG|PHÓ TRƯỞNG PHÒNG"),
        ("Phòng Nội vụ", UnitKind.DEPARTMENT, "tm", "TRƯỞNG PHÒNG", "KT. TRƯỞNG PHÒNG|PHÓ TRƯỞNG PHÒNG"),
        ("Văn phòng UBND", UnitKind.DEPARTMENT, "head", "CHÁNH VĂN PHÒNG", "KT. CHÁNH VĂN PHÒNG|PHÓ CHÁNH VĂN PHÒNG"),
        ("Sở Nội vụ", UnitKind.DEPARTMENT, "head", "GIÁM ĐỐC", "KT. GIÁM ĐỐC|PHÓ GIÁM ĐỐC"),
        ("Trường Tiểu học A", UnitKind.PUBLIC_SERVICE_UNIT, "head", "HIỆU TRƯỞNG", "KT. HIỆU TRƯỞNG|PHÓ HIỆU TRƯỞNG"),
        (
            "Ủy ban Mặt trận Tổ quốc", UnitKind.FATHERLAND_FRONT, "tm", "TM. BAN THƯỜNG TRỰC|CHỦ TỊCH",
            "TM. BAN THƯỜNG TRỰC|KT. CHỦ TỊCH|PHÓ CHỦ TỊCH",
        ),
        ("Đội Quản lý", UnitKind.OTHER, "head", "THỦ TRƯỞNG", "KT. THỦ TRƯỞNG|PHÓ THỦ TRƯỞNG"),
    ],
)  # fmt: skip
def test_the_capacity_follows_the_regime_of_the_day(
    name: str, kind: UnitKind, regime: str, head: str, deputy: str
) -> None:
    version = unit_version(unit("Quận 1"), name, kind=kind, signing_regime=SigningRegime(regime))
    assert {which: "|".join(lines) for which, lines in capacities(version).items()} == {"head": head, "deputy": deputy}


def test_a_notation_is_proposed_by_kind() -> None:
    assert proposed_notation(Kind.PLAN, "UBND") == "KH-UBND"
    assert proposed_notation(Kind.OFFICIAL_LETTER, "UBND", "NV") == "UBND-NV"
    assert proposed_notation(Kind.OFFICIAL_LETTER, "UBND") == "UBND"

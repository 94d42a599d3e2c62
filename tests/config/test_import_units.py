"""``sangkien import-units``: shown first, entered when asked."""

from pathlib import Path

import pytest

from sangkien.config.cli import main
from sangkien.ledger.models import Act
from sangkien.units.models import UnitVersion
from tests.units.importing import files

pytestmark = pytest.mark.django_db


def test_without_apply_the_list_is_only_shown(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["import-units", str(files.xlsx(tmp_path / "đơn vị.xlsx")), "--from", "1/7/2020"]) == 0
    shown = capsys.readouterr().out.splitlines()
    assert shown[0] == "! Cột không dùng đến: “Ghi chú”."
    assert shown[3] == "+ dòng 6: Phường 1 · UBND phường · Quận Bến Đò · 01/07/2020"
    assert shown[-1] == "6 đơn vị mới, 0 đã có, 0 có thể là đổi tên, 0 dòng có lỗi."
    assert not UnitVersion.objects.exists()


def test_with_apply_the_units_are_there_and_the_ledger_names_the_command(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = files.csv(tmp_path / "đơn vị.csv")
    assert main(["import-units", str(path), "--from", "1/7/2020", "--apply"]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "Đã ghi 6 đơn vị mới."
    assert set(Act.objects.values_list("actor", flat=True)) == {"command:import-units"}
    assert main(["import-units", str(path), "--from", "1/7/2020", "--apply"]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "Đã ghi 0 đơn vị mới."
    assert UnitVersion.objects.count() == 6


def test_lines_without_a_parent_come_under_the_named_unit(tmp_path: Path) -> None:
    main(["import-units", str(files.csv(tmp_path / "a.csv")), "--from", "1/7/2020", "--apply"])
    names = tmp_path / "tên.txt"
    names.write_text("Phường 3\nPhường 4\n", encoding="utf-8")
    assert main(["import-units", str(names), "--under", "Q. Bến Đò", "--from", "1/7/2020", "--apply"]) == 0
    district = UnitVersion.objects.get(name="Quận Bến Đò").unit
    assert district.child_versions.filter(name__in=["Phường 3", "Phường 4"]).count() == 2


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["--from", "hôm qua"], 2, "Ngày “hôm qua” chưa rõ."),
        (["--under", "Quận 99"], 1, "chưa có đơn vị nào tên “Quận 99”"),
    ],
)
def test_wrong_options_are_told(
    words: list[str], code: int, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["import-units", str(files.csv(tmp_path / "a.csv")), *words]) == code
    assert said in capsys.readouterr().err


def test_a_list_with_errors_is_not_entered(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.csv"
    path.write_text("Tên đơn vị;Loại\nPhường 1;phường\nPhường 2;hành tinh\n", encoding="utf-8")
    assert main(["import-units", str(path), "--apply"]) == 1
    said = capsys.readouterr()
    assert "! dòng 3: Phường 2" in said.out
    assert said.err.startswith("Chưa ghi đơn vị nào vì còn 1 lỗi.")
    assert not UnitVersion.objects.exists()

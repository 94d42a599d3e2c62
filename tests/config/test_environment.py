"""A wrong value of the environment stops the start with a sentence that says what to write."""

import os
from pathlib import Path

import pytest

from sangkien.config.environment import WrongSetting, read_environment


def test_a_bare_environment_is_an_embedded_instance(tmp_path: Path) -> None:
    home = tmp_path / "Dữ liệu phường 4"
    environment = read_environment({"SANGKIEN_HOME": str(home)})
    assert environment.embedded
    assert environment.home == home
    assert environment.database_url == f"sqlite:///{home / 'sangkien.sqlite3'}"
    assert environment.port == 8000
    assert environment.hosts == ("127.0.0.1", "localhost", "[::1]")


def test_the_secret_key_is_made_once_and_kept_private(tmp_path: Path) -> None:
    first = read_environment({"SANGKIEN_HOME": str(tmp_path)})
    second = read_environment({"SANGKIEN_HOME": str(tmp_path)})
    assert first.secret_key == second.secret_key
    assert len(first.secret_key) >= 50
    if os.name == "posix":
        assert (tmp_path / "secret.key").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SANGKIEN_PORT", "tám nghìn"),
        ("SANGKIEN_PORT", "0"),
        ("SANGKIEN_PORT", "65536"),
        ("SANGKIEN_PORT", "٨٠٠٠"),
        ("SANGKIEN_DEBUG", "yes"),
        ("SANGKIEN_IDLE_DAYS", "0"),
        ("SANGKIEN_IDLE_DAYS", "lâu"),
        ("SANGKIEN_LANGUAGE", "fr"),
        ("SANGKIEN_HOSTS", "*"),
        ("SANGKIEN_SECRET_KEY", "ngắn"),
        ("DATABASE_URL", "mysql://localhost/x"),
    ],
)
def test_a_wrong_value_is_named_with_its_variable(tmp_path: Path, name: str, value: str) -> None:
    with pytest.raises(WrongSetting, match=name):
        read_environment({"SANGKIEN_HOME": str(tmp_path), name: value})


def test_a_server_must_be_told_its_key_and_its_name(tmp_path: Path) -> None:
    values = {"SANGKIEN_HOME": str(tmp_path), "DATABASE_URL": "postgresql://127.0.0.1/sangkien"}
    with pytest.raises(WrongSetting, match="SANGKIEN_SECRET_KEY"):
        read_environment(values)
    values["SANGKIEN_SECRET_KEY"] = "x" * 50
    with pytest.raises(WrongSetting, match="SANGKIEN_HOSTS"):
        read_environment(values)
    values["SANGKIEN_HOSTS"] = "sangkien.quan3.example"
    assert not read_environment(values).embedded


def test_a_home_that_is_a_file_is_told(tmp_path: Path) -> None:
    file = tmp_path / "home"
    file.write_text("x", encoding="utf-8")
    with pytest.raises(WrongSetting, match="SANGKIEN_HOME"):
        read_environment({"SANGKIEN_HOME": str(file)})

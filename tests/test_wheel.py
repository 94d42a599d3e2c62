"""The wheel is whole: it serves pages and writes a PDF without Node and without the sources."""

import json
import os
import socket
import subprocess
import sys
import urllib.request
import zipfile
from pathlib import Path

import pytest

from tests.reports import write_report

ROOT = Path(__file__).parents[1]

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The unpacked wheel, built from a copy of the sources: a build writes beside them."""
    folder = tmp_path_factory.mktemp("Gói cài đặt")
    sources = folder / "nguồn"
    subprocess.run(["git", "clone", "-q", "--no-local", str(ROOT), str(sources)], check=True)
    (sources / "node_modules").symlink_to((ROOT / "node_modules").resolve(), target_is_directory=True)
    build = [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "--no-build-isolation", "-w", str(folder), "."]
    subprocess.run(build, cwd=sources, check=True, env={**os.environ, "PIP_DISABLE_PIP_VERSION_CHECK": "1"})
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as package:
        package.extractall(folder / "cài")
    return folder / "cài"


@pytest.fixture
def environment(installed: Path, tmp_path: Path) -> dict[str, str]:
    """Nothing but the wheel and its pins; no way to reach Node."""
    kept = {key: value for key, value in os.environ.items() if key not in ("DATABASE_URL", "DJANGO_SETTINGS_MODULE")}
    return {**kept, "PYTHONPATH": str(installed), "SANGKIEN_HOME": str(tmp_path / "Dữ liệu"), "PATH": "/usr/bin:/bin"}


def test_it_writes_a_pdf_with_the_fonts_it_carries(
    environment: dict[str, str], installed: Path, tmp_path: Path
) -> None:
    write_report(tmp_path / "a.docx", unit="UBND Phường 4", titles=["Phiếu hẹn in giờ"])
    command = [sys.executable, "-P", "-m", "sangkien.config.cli", "consolidate", "a.docx", "-o", "phụ lục.pdf"]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, encoding="utf-8")
    assert (done.returncode, done.stderr) == (0, "")
    assert b"Tinos" in (tmp_path / "phụ lục.pdf").read_bytes()
    assert "LICENSE_FONT" in {path.name for path in (installed / "sangkien/_npm/@expo-google-fonts/tinos").iterdir()}


def test_it_serves_its_first_page_with_every_file_the_page_names(environment: dict[str, str]) -> None:
    with _serving(environment) as address:
        page = urllib.request.urlopen(address).read().decode()
        named = {part.split('"')[0].split("#")[0] for part in page.split('"/static/')[1:]}
        assert named
        for name in named:
            assert urllib.request.urlopen(f"{address}static/{name}").status == 200


class _serving:  # noqa: N801 - reads as the verb it is
    def __init__(self, environment: dict[str, str]) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        command = [sys.executable, "-P", "-m", "sangkien.config.cli", "serve", "--no-browser"]
        environment = {**environment, "SANGKIEN_PORT": str(self.port)}
        self.server = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True, encoding="utf-8")

    def __enter__(self) -> str:
        assert self.server.stdout is not None
        assert self.server.stdout.readline() == f"sangkien đang chạy tại http://localhost:{self.port}/\n"
        return f"http://127.0.0.1:{self.port}/"

    def __exit__(self, *error: object) -> None:
        self.server.terminate()
        self.server.communicate()


def test_it_carries_compiled_translations_and_licences(installed: Path) -> None:
    names = {path.relative_to(installed).as_posix() for path in installed.rglob("*") if path.is_file()}
    assert "sangkien/locale/en/LC_MESSAGES/django.mo" in names
    assert {"sangkien-0.1.0.dist-info/licenses/LICENSE", "sangkien-0.1.0.dist-info/licenses/NOTICE"} <= names
    manifest = json.loads((installed / "sangkien/_static/staticfiles.json").read_text(encoding="utf-8"))
    assert {f"sangkien/_static/{name}" for name in manifest["paths"].values()} <= names

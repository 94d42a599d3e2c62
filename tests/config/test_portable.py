"""``serve``, ``read`` and ``consolidate`` on Windows: nothing Unix-only is imported, odd folder names survive."""

import json
import os
import subprocess
import sys
from pathlib import Path

import docx
import pytest

from tests.reports import write_report

ROOT = Path(__file__).parents[2]
UNIX_ONLY = ("fcntl", "grp", "posix_ipc", "pty", "pwd", "resource", "syslog", "termios", "tty")

# A meta path finder that answers as Windows would: these modules do not exist.
BLOCKING = """
import importlib.abc, os, sys
class Missing(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name in {names!r}:
            raise ModuleNotFoundError(f"No module named {{name!r}}", name=name)
        return None
for name in {names!r}:
    sys.modules.pop(name, None)
sys.meta_path.insert(0, Missing())
for gone in ("fork", "getuid", "geteuid", "chown", "mkfifo"):
    if hasattr(os, gone):
        delattr(os, gone)
"""


def _python(code: str, *arguments: str, home: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "SANGKIEN_HOME": str(home), "PYTHONPATH": str(ROOT / "src"), "PYTHONUTF8": "1"}
    environment.pop("DATABASE_URL", None)
    program = BLOCKING.format(names=UNIX_ONLY) + code
    return subprocess.run(
        [sys.executable, "-c", program, *arguments], capture_output=True, text=True, env=environment, encoding="utf-8"
    )


@pytest.mark.slow
@pytest.mark.parametrize("command", ["serve", "read", "consolidate", "import_units", "verify"])
def test_a_command_imports_nothing_unix_only(command: str, tmp_path: Path) -> None:
    done = _python(f"import sangkien.config.cli, sangkien.config.commands.{command}", home=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.slow
@pytest.mark.parametrize("command", ["read", "consolidate"])
def test_reading_needs_no_django(command: str, tmp_path: Path) -> None:
    code = (
        f"import sangkien.config.cli, sangkien.config.commands.{command}; "
        "print([m for m in sys.modules if m.startswith('django')])"
    )
    done = _python(code, home=tmp_path)
    assert done.stdout.strip() == "[]"


@pytest.mark.slow
def test_folders_with_spaces_and_vietnamese_letters_survive(tmp_path: Path) -> None:
    folder = tmp_path / "Báo cáo của Phường 4 (bản cuối)"
    folder.mkdir()
    write_report(
        folder / "Phường 4 – giải pháp năm 2024.docx",
        unit="UBND Phường 4",
        titles=["Phiếu hẹn in sẵn giờ trả kết quả"],
    )
    code = "import sangkien.config.cli as c; sys.exit(c.main(sys.argv[1:]))"
    done = _python(code, "read", "--json", str(folder), home=folder / "Dữ liệu")
    assert done.returncode == 0, done.stderr
    reading = json.loads(done.stdout.splitlines()[0])
    assert reading["file"] == "Phường 4 – giải pháp năm 2024.docx"
    assert [each["title"] for each in reading["initiatives"]] == ["Phiếu hẹn in sẵn giờ trả kết quả"]
    output = folder / "Phụ lục tổng hợp.docx"
    done = _python(code, "consolidate", str(folder), "-o", str(output), home=folder / "Dữ liệu")
    assert done.returncode == 0, done.stderr
    assert "Phiếu hẹn in sẵn giờ trả kết quả" in "".join(
        cell.text for table in docx.Document(str(output)).tables for row in table.rows for cell in row.cells
    )

"""Renew the pins: resolve for every platform, keep hashes, note which files each run-time pin has.

Needs ``uv`` on the path. Package indexes are those that pip is set up with; no address is written.
"""

import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
PINS = ROOT / "requirements"
COMPILE = ("uv", "pip", "compile", "-q", "--universal", "--python-version", "3.11", "--generate-hashes",
           "--no-header", "--no-annotate", "--no-emit-index-url", "--no-emit-find-links")  # fmt: skip
WINDOWS = ("win_amd64", "cp311")


def main() -> None:
    """Compile the three lists, each on top of the one before, then look the Windows files up."""
    upgrade = ["--upgrade"] if "--upgrade" in sys.argv else []
    before = PINS / "lts.txt"
    for name, groups in (("run", ()), ("setup", ("build",)), ("dev", ("build", "test", "check"))):
        words = [word for group in groups for word in ("--group", group)]
        subprocess.run(
            [*COMPILE, *upgrade, "-c", str(before), "pyproject.toml", *words, "-o", str(PINS / f"{name}.txt")],
            cwd=ROOT,
            check=True,
        )
        before = PINS / f"{name}.txt"
    (PINS / "wheels.json").write_text(json.dumps(windows_wheels(), indent=1, sort_keys=True) + "\n", encoding="utf-8")


def windows_wheels() -> dict[str, dict[str, str]]:
    """For each run-time pin: the file that Windows installs and its SHA-256, as the index serves it."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(
            [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--only-binary", ":all:", "--require-hashes",
             "--platform", WINDOWS[0], "--python-version", "3.11", "-d", folder, "-r", str(windows_pins(folder))],
            check=True,
        )  # fmt: skip
        return dict(sorted(described(path) for path in Path(folder).glob("*.whl")))


def windows_pins(folder: str) -> Path:
    """The pins that hold on Windows, without their markers: pip would judge those by the machine it runs on."""
    text = (PINS / "run.txt").read_text(encoding="utf-8")
    path = Path(folder) / "pins.txt"
    path.write_text(re.sub(r" ; [^\\\n]*", "", text), encoding="utf-8")
    return path


def described(path: Path) -> tuple[str, dict[str, str]]:
    """``name==version`` and its file with hash."""
    found = subprocess.run([sys.executable, "-m", "pip", "hash", str(path)], check=True, capture_output=True, text=True)
    name, version = path.name.split("-")[:2]
    sha256 = found.stdout.rsplit(":", 1)[1].strip()
    return f"{name.lower().replace('_', '-')}=={version}", {"file": path.name, "sha256": sha256}


if __name__ == "__main__":
    main()

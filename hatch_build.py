"""Packs into the wheel what a checkout takes from npm and from its own commands: an installed product needs no Node."""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

# What the running product reads, of each package: style sheets, fonts for the screen, fonts for the papers.
PACKED = {
    "bootstrap": ("dist/css/bootstrap.min.css", "dist/css/bootstrap.min.css.map", "LICENSE"),
    "bootstrap-icons": ("LICENSE",),
    "@fontsource/be-vietnam-pro": ("files/*.woff2", "LICENSE"),
    "@expo-google-fonts/tinos": ("*/*.ttf", "LICENSE_FONT"),
}


MADE = ("_npm", "_static", "_empty.sqlite3", "locale/**/*.mo")


class FrontEnd(BuildHookInterface):  # type: ignore[type-arg]  # its configuration type is hatchling's own affair
    """Before the wheel is closed: npm files, compiled translations, gathered static files."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Make the files and name them to the builder. An editable install needs none of it."""
        if version == "editable" or self.target_name != "wheel":
            return
        root = Path(self.root)
        package = root / "src" / "sangkien"
        _install_packages(root)
        _copy_packages(root / "node_modules", package / "_npm")
        environment = {**os.environ, "PYTHONPATH": str(root / "src"), "SANGKIEN_HOME": str(root / "build" / "home")}
        for command in (["tools/messages.py", "compile"], ["-m", "sangkien.config.gather"]):
            subprocess.run([sys.executable, *command], cwd=root, env=environment, check=True)
        build_data["artifacts"] += [f"src/sangkien/{made}" for made in MADE]

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """A checkout goes on taking its packages from node_modules."""
        shutil.rmtree(Path(self.root) / "src" / "sangkien" / "_npm", ignore_errors=True)


def _install_packages(root: Path) -> None:
    if (root / "node_modules").is_dir():
        return
    npm = shutil.which("npm")
    if npm is None:
        raise SystemExit("Cần Node 20 trở lên có npm để đóng gói giao diện.")
    subprocess.run([npm, "ci", "--omit=dev"], cwd=root, check=True)


def _copy_packages(modules: Path, to: Path) -> None:
    shutil.rmtree(to, ignore_errors=True)
    for name, patterns in PACKED.items():
        for pattern in patterns:
            for file in (modules / name).glob(pattern):
                target = to / name / file.relative_to(modules / name)
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(file, target)

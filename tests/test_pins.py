"""The pins of the running product can be installed on Windows too, and no file tells where packages come from."""

import json
import re
import subprocess
from pathlib import Path

import pytest
from packaging.markers import Marker
from packaging.tags import Tag, compatible_tags, cpython_tags
from packaging.utils import canonicalize_name, parse_wheel_filename

ROOT = Path(__file__).parents[1]
PIN = re.compile(
    r"^(?P<name>[\w.\[\]-]+)==(?P<version>[\w.]+)(?: ; (?P<marker>[^\\\n]+?))? \\\n(?P<hashes>(?:    --hash=.*\n)+)",
    re.MULTILINE,
)
WINDOWS = {
    "sys_platform": "win32",
    "platform_system": "Windows",
    "os_name": "nt",
    "platform_python_implementation": "CPython",
    "implementation_name": "cpython",
    "platform_machine": "AMD64",
    "python_version": "3.11",
    "python_full_version": "3.11.9",
}


def _pins(name: str) -> list[re.Match[str]]:
    text = (ROOT / "requirements" / name).read_text(encoding="utf-8")
    found = list(PIN.finditer(text))
    assert len(found) == len(re.findall(r"^\S", text, re.MULTILINE)), "a line of the lock is not understood"
    return found


def _windows_tags(version: tuple[int, int]) -> set[Tag]:
    return {
        *cpython_tags(version, platforms=["win_amd64"]),
        *compatible_tags(version, f"cp{version[0]}{version[1]}", ["win_amd64"]),
    }


@pytest.mark.parametrize("pin", _pins("run.txt"), ids=lambda pin: pin["name"])
def test_every_pin_of_the_running_product_has_a_wheel_for_windows(pin: re.Match[str]) -> None:
    if pin["marker"] and not Marker(pin["marker"]).evaluate(WINDOWS):
        pytest.fail(f"{pin['name']} is not installed on Windows: is it needed there?")
    wheels = json.loads((ROOT / "requirements" / "wheels.json").read_text(encoding="utf-8"))
    wheel = wheels[f"{canonicalize_name(pin['name'])}=={pin['version']}"]
    name, version, _, tags = parse_wheel_filename(wheel["file"])
    assert (name, str(version)) == (canonicalize_name(pin["name"]), pin["version"])
    assert tags & _windows_tags((3, 11))
    assert f"--hash=sha256:{wheel['sha256']}" in pin["hashes"], "the lock does not name this very file"


def test_the_wheel_asks_for_nothing_that_is_not_pinned() -> None:
    pinned = {canonicalize_name(pin["name"]) for pin in _pins("run.txt")}
    wheels = json.loads((ROOT / "requirements" / "wheels.json").read_text(encoding="utf-8"))
    assert {key.split("==")[0] for key in wheels} == pinned


def test_no_file_names_the_address_of_a_registry() -> None:
    hosts = ["pypi" + ".org", "python" + "hosted.org", "registry.npm" + "js", "deb.deb" + "ian.org"]
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for name in filter(None, listed.split("\0")):
        path = ROOT / name
        if path.is_file():
            content = path.read_bytes()
            assert not [host for host in hosts if host.encode() in content], name


def test_the_npm_lock_keeps_integrity_and_no_address() -> None:
    lock = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))
    packages = {name: package for name, package in lock["packages"].items() if name}
    assert packages
    assert all("integrity" in package and "resolved" not in package for package in packages.values())

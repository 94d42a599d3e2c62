"""Make sure that the distribution's Chromium is here; root on a Debian machine gets it installed."""

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")


def browser() -> str | None:
    """The path of the browser that the tests drive, or nothing."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def install() -> None:
    """Through apt when that is possible; else a sentence that says what to do."""
    apt = shutil.which("apt-get")
    if apt is None or not hasattr(os, "geteuid") or os.geteuid() != 0:
        sys.exit("Thiếu trình duyệt Chromium cho các phép thử. Hãy cài gói chromium của hệ điều hành rồi chạy lại.")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run([apt, "-qq", "update"], env=environment, check=True)
    subprocess.run([apt, "-qq", "-y", "--no-install-recommends", "install", "chromium"], env=environment, check=True)


if __name__ == "__main__":
    if browser() is None:
        install()

"""Backups while everybody writes, programs killed in the middle, and from one database to the other."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from tools import postgres

from sangkien.attachments import verifying as attachments
from sangkien.backups.reading import check
from sangkien.backups.restoring import Wanted, restore
from sangkien.ledger.models import Act, Head
from sangkien.ledger.verifying import Anchor, verify
from sangkien.units import verifying as units
from sangkien.units.models import Unit
from tests.factories.attachments import attachment
from tests.factories.backups import BY, PASSPHRASE, is_sqlite, made, quiet
from tests.factories.units import AT, unit
from tests.programs import environment
from tests.together import together

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
WRITERS, EACH, BACKUPS = 8, 6, 3


def test_eight_write_while_backups_are_made_and_each_backup_is_one_moment(
    shared_database: None, tmp_path: Path
) -> None:
    over = threading.Event()
    city = unit("Thành phố")

    def work(number: int) -> None:
        if number == WRITERS:
            for each in range(BACKUPS):
                made(tmp_path / f"bản {each}", at=AT)
            over.set()
            return
        for each in range(EACH):
            unit(f"Phường {number}-{each}", parent=city)
            attachment(b"%PDF-1.7\n" + f"{number}-{each}".encode() * 9_000 + b"\n%%EOF\n")
        while not over.wait(0.01):  # not one backup without somebody writing, yet nobody hammers until others starve
            unit(f"Phường thêm {number}-{time.monotonic()}", parent=city)

    assert together(WRITERS + 1, work) == []
    everything = Act.objects.count()
    assert verify() == []
    seen = []
    for each in range(BACKUPS):
        path = tmp_path / f"bản {each}"
        head = check(path, PASSPHRASE).head
        wanted = Wanted(replace=True)
        restore(path, passphrase=PASSPHRASE, wanted=wanted, by=BY, at=AT, progress=quiet)
        anchor = Anchor.parse(head.anchor)
        assert verify(anchor) == []
        assert Act.objects.count() == Head.objects.get().seq == anchor.seq + 1
        assert Unit.objects.count() == Act.objects.filter(subject_kind="unit").values("subject_uid").distinct().count()
        assert list(units.verify()) == []
        assert list(attachments.verify()) == []
        seen.append(anchor.seq)
    assert seen == sorted(seen)
    assert 1 <= seen[0] < seen[-1] <= everything


# -- programs of their own


def _around(home: Path, **more: str) -> dict[str, str]:
    """With what a server must be told, for those with a ``DATABASE_URL``."""
    return environment(home, SANGKIEN_SECRET_KEY="only-for-tests-" * 5, SANGKIEN_HOSTS="testserver", **more)


def run(home: Path, *words: str, code: int = 0, **more: str) -> str:
    """A command; its output."""
    done = subprocess.run(
        [sys.executable, "-m", "sangkien.config.cli", *words], env=_around(home, **more), encoding="utf-8",
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    assert done.returncode == code, done.stdout
    return done.stdout


def fill(home: Path, **more: str) -> None:
    """An instance with everything that ``world()`` makes."""
    run(home, "manage", "migrate", "--verbosity", "0", **more)
    program = "import sangkien.config.ready; from tests.factories.backups import world; world()"
    subprocess.run([sys.executable, "-c", program], env=_around(home, **more), check=True)


_SLOWLY = """
import sys, time
import sangkien.config.ready
from sangkien.backups import writing
from sangkien.config.cli import main
going_on = writing._Writing._blob
def slowly(self, sha256, size):
    print("in the middle", flush=True)
    time.sleep(60)
writing._Writing._blob = slowly
main(["backup"])
"""


@contextmanager
def in_the_middle(home: Path) -> Iterator["subprocess.Popen[str]"]:
    """A backup that waits between the tables and the files."""
    with subprocess.Popen(
        [sys.executable, "-c", _SLOWLY], env=environment(home), stdout=subprocess.PIPE, encoding="utf-8"
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "in the middle\n"
        try:
            yield process
        finally:
            process.kill()


def test_a_backup_killed_in_the_middle_is_no_backup(tmp_path: Path) -> None:
    if not is_sqlite():
        pytest.skip("once is enough: nothing here depends on the database")
    home = tmp_path / "dữ liệu"
    fill(home)
    with in_the_middle(home) as process:
        process.kill()
    left = list((home / "sao-luu").iterdir())
    assert [path.name.startswith(".sao-luu-") and path.name.endswith(".dang-ghi") for path in left] == [True]
    with pytest.raises(Exception, match="bị thiếu hoặc đã bị sửa"):
        check(left[0], None)
    os.utime(left[0], (0, 0))
    assert "Đã sao lưu vào" in run(home, "backup")
    assert [path.suffix for path in (home / "sao-luu").iterdir()] == [".tar"]
    assert "Sổ cái nguyên vẹn" in run(home, "verify")


def test_from_sqlite_to_postgresql_and_back(tmp_path: Path) -> None:
    if not is_sqlite():
        pytest.skip("starts a PostgreSQL of its own")
    words = tmp_path / "cụm mật khẩu"
    words.write_text(f"{PASSPHRASE}\n", encoding="utf-8")
    known = ("--passphrase-file", str(words), "--no-later-receipts")
    first, second, third = (tmp_path / name for name in ("một", "hai", "ba"))
    fill(first)
    run(first, "backup", "-o", str(tmp_path / "a"), *known[:2])
    with postgres.running() as url:
        assert "Đã khôi phục" in run(second, "restore", str(tmp_path / "a"), *known, DATABASE_URL=url)
        assert "Sổ cái nguyên vẹn" in run(second, "verify", DATABASE_URL=url)
        run(second, "backup", "-o", str(tmp_path / "b"), *known[:2], DATABASE_URL=url)
        there = _rows(second, DATABASE_URL=url)
    assert "Đã khôi phục" in run(third, "restore", str(tmp_path / "b"), *known)
    assert "Sổ cái nguyên vẹn" in run(third, "verify")
    assert _rows(third) == there == _rows(first)


def _rows(home: Path, **more: str) -> str:
    """All rows but those that say that it was backed up and restored."""
    program = (
        "import sangkien.config.ready; from tests.factories.backups import everything\n"
        "changed = ('ledger.', 'backups.', 'notices.')\n"
        "print(sorted(each for each in everything().items() if not each[0].startswith(changed)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], env=_around(home, **more), check=True, stdout=subprocess.PIPE,
        encoding="utf-8",
    )  # fmt: skip
    return done.stdout

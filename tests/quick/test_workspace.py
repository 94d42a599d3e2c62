"""The folder of a session: made, found, forgotten; whole writes."""

import os
import threading
import time
from pathlib import Path

import pytest

from sangkien.quick import workspace


def test_a_name_cannot_be_guessed_and_the_folder_is_private(home: Path) -> None:
    made = workspace.create()
    assert len(made.name) == 32
    assert made.path.parent == home / "tam"
    if os.name == "posix":
        assert made.path.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("name", [None, "", "..", "../tam", "x" * 32, "0" * 31])
def test_a_name_that_is_none_of_ours_finds_nothing(name: str | None) -> None:
    assert workspace.find(name) is None


def test_what_was_saved_is_loaded_and_what_was_not_is_none() -> None:
    made = workspace.create()
    made.save("tep/a", {"tên": "Phường 11"})
    assert made.load("tep/a") == {"tên": "Phường 11"}
    assert made.load("tep/b") is None
    assert made.keys("tep") == ["tep/a"]


def test_a_write_that_fails_leaves_what_was_there() -> None:
    made = workspace.create()
    made.save("tep/a", 1)
    with pytest.raises(TypeError):
        made.save("tep/a", object())
    assert made.load("tep/a") == 1
    assert [path.name for path in made.path.iterdir() if path.is_file()] == []


def test_only_sessions_unused_for_two_hours_are_swept() -> None:
    old, young = workspace.create(), workspace.create()
    os.utime(old.path, (time.time() - 7201, time.time() - 7201))
    os.utime(young.path, (time.time() - 7000, time.time() - 7000))
    assert workspace.sweep() == 1
    assert workspace.find(old.name) is None
    assert workspace.find(young.name) == young


def test_a_session_that_is_asked_for_stays_alive() -> None:
    made = workspace.create()
    os.utime(made.path, (time.time() - 7100, time.time() - 7100))
    workspace.find(made.name)
    assert workspace.sweep(now=time.time() + 200) == 0


def test_wiping_forgets_every_session_and_nothing_else(home: Path) -> None:
    workspace.create()
    (home / "tam" / "của người khác").mkdir()
    workspace.wipe()
    assert [path.name for path in (home / "tam").iterdir()] == ["của người khác"]


def test_two_who_change_at_once_lose_nothing() -> None:
    made = workspace.create()
    made.save("dem", 0)

    def count() -> None:
        for _ in range(25):
            with made.changing():
                made.save("dem", made.load("dem") + 1)

    threads = [threading.Thread(target=count) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert made.load("dem") == 100


def test_saving_after_the_end_says_so() -> None:
    made = workspace.create()
    made.delete()
    with pytest.raises(FileNotFoundError):
        made.save("tep/a", 1)

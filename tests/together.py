"""Several people at once, each with a connection of its own to one database; and, for properties, a world undone."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import connection, transaction


@pytest.fixture
def shared_database(transactional_db: None, tmp_path: Path) -> Iterator[None]:
    """The test database; on SQLite, where it lives in memory, a file with the product's own settings instead."""
    if connection.vendor != "sqlite":
        yield
        return
    in_memory, name = connection.connection, connection.settings_dict["NAME"]
    path = str(tmp_path / "cùng lúc.sqlite3")
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [path])
    connection.connection, connection.settings_dict["NAME"] = None, path
    connection.ensure_connection()  # the first one makes a write-ahead log of the journal, for which nobody waits
    try:
        yield
    finally:
        connection.close()
        connection.connection, connection.settings_dict["NAME"] = in_memory, name


@contextmanager
def undone() -> Iterator[None]:
    """A transaction like that of a test: ``durable`` looks past it, and nothing of it stays; for one example."""
    outer = transaction.atomic()
    outer._from_testcase = True  # type: ignore[attr-defined]  # as TestCase does
    with outer:
        yield
        transaction.set_rollback(True)


def together(count: int, work: Callable[[int], None]) -> list[BaseException]:
    """``work(0)`` … ``work(count - 1)`` at the same moment; answers what they raised."""
    raised: list[BaseException] = []
    start = threading.Barrier(count)

    def run(number: int) -> None:
        start.wait()
        try:
            work(number)
        except BaseException as error:  # noqa: BLE001 - a thread's failure must reach the test, whatever it is
            raised.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert not any(thread.is_alive() for thread in threads), "a writer never came back"
    return raised

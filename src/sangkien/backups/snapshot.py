"""One moment of the database, read over a connection of its own while everybody goes on writing."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from django.db import connection, connections, transaction

ALIAS: Final = "snapshot"


@contextmanager
def snapshot() -> Iterator[str]:
    """The alias of a connection on which every statement sees the database as it was at the first one.

    SQLite: a read transaction in WAL, which stops no writer (the product's own connections begin IMMEDIATE and would).
    PostgreSQL: REPEATABLE READ, READ ONLY.
    """
    own = connection.copy(ALIAS)
    if own.vendor == "sqlite":
        own.settings_dict["OPTIONS"] = {**own.settings_dict["OPTIONS"], "transaction_mode": "DEFERRED"}
    connections[ALIAS] = own
    try:
        with transaction.atomic(using=ALIAS):
            if own.vendor == "postgresql":
                with own.cursor() as cursor:
                    cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield ALIAS
    finally:
        own.close()
        del connections[ALIAS]

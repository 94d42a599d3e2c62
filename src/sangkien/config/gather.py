"""What is made once, not on a person's machine: ``python -m sangkien.config.gather``.

The static files gathered, hashed and compressed; and an empty migrated database, from which a first start copies.
"""

import os
import tempfile
from pathlib import Path

from django.core.management import execute_from_command_line
from django.db import connection

PACKAGE = Path(__file__).resolve().parents[1]
EMPTY_DATABASE = PACKAGE / "_empty.sqlite3"
# Of what lies beside the files that our pages name.
NOT_SERVED = ("bootstrap-*", "bootstrap.css*", "*.rtl.*", "*.woff", "htmax-*", "htmx-4*")


def gather_static_files() -> None:
    """Fill ``STATIC_ROOT`` anew."""
    ignored = [word for pattern in NOT_SERVED for word in ("--ignore", pattern)]
    execute_from_command_line(["gather", "collectstatic", "--noinput", "--clear", "--verbosity", "0", *ignored])


def make_empty_database() -> None:
    """Migrate the database of this throw-away instance and keep a compact copy of it."""
    execute_from_command_line(["gather", "migrate", "--noinput", "--verbosity", "0"])
    EMPTY_DATABASE.unlink(missing_ok=True)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(EMPTY_DATABASE)])
    connection.close()


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="sangkien-") as home:
        os.environ |= {"SANGKIEN_HOME": home, "DATABASE_URL": "", "DJANGO_SETTINGS_MODULE": "sangkien.config.settings"}
        gather_static_files()
        make_empty_database()

"""A worker in a process of its own, on the database that the test names: ``python -m tests.jobs.process``."""

import json
import os
import sys
import time

import django
from django.conf import settings

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    settings.DATABASES["default"].update(json.loads(os.environ["TEST_DATABASE"]))
    django.setup()

from datetime import timedelta

from sangkien.jobs.running import Run
from sangkien.jobs.worker import Worker
from tests.factories.jobs import count

SILENT = timedelta(seconds=2)


def slowly(run: Run) -> None:
    """Tells when it is in the middle of a step, after its rows and before the commit."""
    if run.cursor == 3:
        with run.commit() as commit:
            commit.cursor, commit.done = 4, 4
            sys.stdout.write("in the middle\n")
            sys.stdout.flush()
            time.sleep(60)
    count(run)


if __name__ == "__main__":
    worker = Worker({"count": slowly if "--slowly" in sys.argv else count}, silent=SILENT)
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        if worker.run_one():
            break
        time.sleep(0.1)

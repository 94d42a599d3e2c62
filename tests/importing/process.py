"""A worker in a process of its own that reads the queue: ``python -m tests.importing.process [--slowly]``."""

import json
import os
import sys
import time

import django
from django.conf import settings

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    settings.DATABASES["default"].update(json.loads(os.environ["TEST_DATABASE"]))
    settings.STORAGES["attachments"]["OPTIONS"]["location"] = os.environ["TEST_STORE"]
    django.setup()

from datetime import timedelta

from sangkien.appendix.model import Reading
from sangkien.importing import queueing, reading
from sangkien.importing.models import ImportedFile
from sangkien.jobs.worker import Worker

SILENT = timedelta(seconds=2)
_read = reading.read


def slowly(file: ImportedFile) -> Reading:
    """The third file takes for ever: after it was read and before anything of it is stored."""
    found = _read(file)
    if file.position == 3:
        sys.stdout.write("in the middle\n")
        sys.stdout.flush()
        time.sleep(60)
    return found


if __name__ == "__main__":
    reading.SECONDS_A_STEP = 0.0  # a commit after each file, so that the test sees where it stopped
    if "--slowly" in sys.argv:
        reading.read = slowly
    worker = Worker({queueing.KIND: reading.step}, silent=SILENT)
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if worker.run_one():
            break
        time.sleep(0.1)

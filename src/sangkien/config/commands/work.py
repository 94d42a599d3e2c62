"""``sangkien work``: a worker. One or many, on one machine or several, beside a server that does not work itself."""

import argparse
import signal
import threading
from types import FrameType

from django.conf import settings
from django.core.management import call_command

import sangkien.config.ready  # noqa: F401 - models can be imported only after it
from sangkien.config import work
from sangkien.jobs.worker import Worker


def run(arguments: argparse.Namespace) -> int:
    """Work until told to stop, or with ``--until-idle`` until nothing is due. A step in hand is brought to its end."""
    if settings.SANGKIEN_EMBEDDED:
        call_command("migrate", verbosity=0, interactive=False)
    stop = threading.Event()
    worker = Worker(work.kinds(), stop=stop)
    _stop_on_signal(stop)
    if arguments.until_idle:
        work.ticking()()
        while not stop.is_set() and worker.run_one():
            pass
        return 0
    print("Đang chờ việc. Dừng lại: nhấn Ctrl và C.", flush=True)
    work.work(worker)
    print("Đã dừng.")
    return 0


def _stop_on_signal(stop: threading.Event) -> None:
    def handler(signal_number: int, frame: FrameType | None) -> None:
        stop.set()

    for wanted in (signal.SIGTERM, signal.SIGINT):
        signal.signal(wanted, handler)

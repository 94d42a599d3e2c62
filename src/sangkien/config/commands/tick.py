"""``sangkien tick``: the clock's duties, once. ``work`` and ``serve`` do them every minute."""

import argparse

from django.conf import settings
from django.core.management import call_command
from django.utils import timezone

import sangkien.config.ready  # noqa: F401 - models can be imported only after it
from sangkien.config import work
from sangkien.jobs.clock import tick


def run(arguments: argparse.Namespace) -> int:
    """Do them and say how many."""
    if settings.SANGKIEN_EMBEDDED:
        call_command("migrate", verbosity=0, interactive=False)
    done = tick(work.duties(), at=timezone.now())
    print(f"Đã làm {len(done)} việc đến giờ.")
    return 0

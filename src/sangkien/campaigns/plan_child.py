"""The work of the child process that reads plans: named to ``appendix.reading.process.Reader`` as ``plan_child:read``.

The child speaks in ``Reading``; what was read of a plan travels in its text.
"""

from pathlib import Path

import django

django.setup()  # a process of its own begins here: the shapes of a plan lean on the models

from sangkien.appendix.model import Reading  # noqa: E402 - after the setup
from sangkien.campaigns.plan_file import pack, read_plan  # noqa: E402 - after the setup


def read(path: Path, name: str | None = None) -> Reading:
    """The reading of a plan in the shape of the child's answers."""
    plan = read_plan(path, name)
    return Reading(file=plan.file, outcome=plan.outcome, message=plan.message, text=pack(plan))

"""``sangkien manage …``: Django's own commands."""

import argparse
import os

from django.core.management import execute_from_command_line


def run(arguments: argparse.Namespace) -> int:
    """Hand the words over to Django."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sangkien.config.settings")
    execute_from_command_line(["sangkien manage", *arguments.rest])
    return 0

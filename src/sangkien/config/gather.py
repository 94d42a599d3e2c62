"""Gather, hash and compress the static files into the package: ``python -m sangkien.config.gather``."""

import os

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sangkien.config.settings")
    execute_from_command_line(["gather", "collectstatic", "--noinput", "--clear", "--verbosity", "0"])

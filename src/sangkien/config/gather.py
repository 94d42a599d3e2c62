"""Gather, hash and compress the static files into the package: ``python -m sangkien.config.gather``."""

import os

from django.core.management import execute_from_command_line

# Of what lies beside the files that our pages name.
NOT_SERVED = ("account", "mfa", "bootstrap-*", "bootstrap.css*", "*.rtl.*", "*.woff", "htmax-*", "htmx-4*")

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sangkien.config.settings")
    ignored = [word for pattern in NOT_SERVED for word in ("--ignore", pattern)]
    execute_from_command_line(["gather", "collectstatic", "--noinput", "--clear", "--verbosity", "0", *ignored])

"""Django made ready by being imported. A command that needs its models imports this module before theirs."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sangkien.config.settings")
django.setup()

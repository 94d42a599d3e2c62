"""A unit that sends as long as it lives, on the database that the test names: ``python -m tests.intake.process``.

Prints a receipt number once it is given, as a server acknowledges it.
"""

import json
import os
import sys
from itertools import count

import django
from django.conf import settings

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    settings.DATABASES["default"].update(json.loads(os.environ["TEST_DATABASE"]))
    django.setup()

from sangkien.campaigns.models import Campaign
from sangkien.units.models import Unit
from tests.factories import intake

if __name__ == "__main__":
    campaign, unit = Campaign.objects.get(), Unit.objects.get(pk=int(sys.argv[1]))
    for number in count(1):
        entry = intake.draft(campaign, unit)
        receipt = intake.sent(entry, key=f"{unit.pk}:{number}")
        sys.stdout.write(f"{receipt.number}\n")
        sys.stdout.flush()

"""``sangkien verify``: the ledger, and every room against it; the files against their hashes."""

import argparse
import sys
from collections.abc import Iterator

from django.conf import settings
from django.core.management import call_command

import sangkien.config.ready  # noqa: F401 - models can be imported only after it
from sangkien.appraisal import verifying as appraisal
from sangkien.appraisal.reckoning import verifying as results
from sangkien.attachments import verifying as attachments
from sangkien.campaigns import verifying as campaigns
from sangkien.initiatives import verifying as initiatives
from sangkien.intake import verifying as intake
from sangkien.ledger import verifying as ledger
from sangkien.papers import verifying as papers
from sangkien.units import verifying as units


def run(arguments: argparse.Namespace) -> int:
    """Print what is wrong, or the anchor to keep; 1 when something is wrong, 2 for an anchor that is none."""
    try:
        kept = ledger.Anchor.parse(arguments.against) if arguments.against else None
    except ValueError as error:
        print(error, file=sys.stderr)
        return 2
    if settings.SANGKIEN_EMBEDDED:
        call_command("migrate", verbosity=0, interactive=False)
    wrong = 0
    for sentence in _all_that_is_wrong(kept):
        print(sentence, flush=True)
        wrong += 1
    if wrong:
        print(f"Có {wrong} chỗ không khớp. Hãy giữ nguyên dữ liệu và báo người quản trị.", file=sys.stderr)
        return 1
    anchor = ledger.anchor()
    print(f"Sổ cái nguyên vẹn, {anchor.seq} việc. Mốc để giữ lại: {anchor}")
    return 0


def _all_that_is_wrong(kept: ledger.Anchor | None) -> Iterator[str]:
    """Room by room from the ground up; the files last, whose every byte is read."""
    yield from (finding.sentence for finding in ledger.verify(kept))
    for room in (units, papers, campaigns, initiatives, intake, appraisal, results, attachments):
        yield from room.verify()

"""``sangkien manage orphan_files``: files that belong to nothing, left by a crash; ``--remove`` removes them."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from sangkien.attachments.verifying import orphans, sweep


class Command(BaseCommand):
    """Lists or removes."""

    help = "Nêu các tệp không thuộc hồ sơ nào, còn lại sau một lần mất điện; --remove thì bỏ đi."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--remove", action="store_true", help="bỏ các tệp đó")

    def handle(self, *_args: Any, remove: bool, **_options: Any) -> None:
        at = timezone.now()
        if remove:
            self.stdout.write(f"Đã bỏ {sweep(at)} tệp không thuộc hồ sơ nào.")
            return
        names = list(orphans(at))
        for name in names:
            self.stdout.write(name)
        self.stdout.write(f"Có {len(names)} tệp không thuộc hồ sơ nào. Thêm --remove để bỏ đi.")

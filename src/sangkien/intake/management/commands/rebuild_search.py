"""``sangkien manage rebuild_search``."""

import sys
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from sangkien.intake.finding import KIND, findables_after
from sangkien.intake.models import Entry
from sangkien.search.rows import rebuild


class Command(BaseCommand):
    """Writes the rows of the search anew, while people go on working."""

    help = "Ghi lại các dòng tìm kiếm của mọi hồ sơ; mọi người vẫn làm việc được trong lúc đó."

    def handle(self, *args: Any, **options: Any) -> None:
        total = Entry.objects.count()

        def tell(done: int) -> None:
            if sys.stderr.isatty():
                doing = _("Đang ghi lại hồ sơ %(done)d trên %(total)d") % {"done": done, "total": max(done, total)}
                self.stderr.write(f"\r\033[K{doing}", ending="")

        done = rebuild(KIND, findables_after, tell)
        if sys.stderr.isatty():
            self.stderr.write("\r\033[K", ending="")
        self.stdout.write(_("Đã ghi lại %(done)d hồ sơ. Tìm kiếm dùng được ngay.") % {"done": done})

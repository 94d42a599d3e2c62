"""``sangkien manage close_idle_accounts``: close accounts that nobody has used for long. Safe to run every day."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone

from sangkien.accounts.actions.people import close_idle_accounts
from sangkien.ledger.recording import Actor


class Command(BaseCommand):
    """Parse, call one action, print."""

    help = "Đóng tài khoản đầu mối, người quyết định, quản trị đã lâu không dùng"

    def handle(self, *args: Any, **options: Any) -> None:
        days: int = settings.SANGKIEN_IDLE_DAYS
        closed = close_idle_accounts(idle_days=days, by=Actor("command:close_idle_accounts"), at=timezone.now())
        self.stdout.write(f"Đã đóng {len(closed)} tài khoản không dùng quá {days} ngày.")

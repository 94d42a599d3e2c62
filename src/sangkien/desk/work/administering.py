"""What waits for who administers an instance: its first steps, and accounts that lie about unused."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sangkien.accounts.models import Membership, User
from sangkien.accounts.roles import Permission, Role
from sangkien.backups.models import Backup
from sangkien.backups.queries import TOO_OLD, last, warning
from sangkien.campaigns.models import Campaign
from sangkien.desk.work.model import Asking, Waiting
from sangkien.units.models import UnitVersion


def first_steps(asking: Asking) -> Iterator[Waiting]:
    """Of an empty installation: units, then who leads, then the first plan. Three statements, none once it runs."""
    actor = asking.actor
    if not actor.administers_all or actor.user is None or Campaign.objects.exists():
        return
    since = asking.clock(actor.user.opened_at)
    if not UnitVersion.objects.as_of(asking.today).exists():
        yield Waiting(
            do=_("Nhập danh sách đơn vị"),
            what=_("Dán hoặc nạp tệp: đơn vị ban hành, các phòng, các phường, các trường."),
            why=_("Chưa có đơn vị nào nên chưa mời được ai báo cáo."),
            url=reverse("backoffice:start"),
            clock=since, icon="building",
        )  # fmt: skip
        return
    if not Membership.objects.on(asking.today).filter(role__in=[Role.ORGANISER, Role.ORGANISER_HEAD]).exists():
        yield Waiting(
            do=_("Giao phần việc cán bộ đầu mối"),
            what=_("Chọn người lo đợt: mời đơn vị, nhận báo cáo, tổng hợp."),
            why=_("Chưa ai giữ phần việc này nên chưa lập được kế hoạch."),
            url=reverse("backoffice:start"),
            clock=since, icon="people",
        )  # fmt: skip


def idle_accounts(asking: Asking) -> Iterator[Waiting]:
    """Accounts that the clock will close soon, or should have closed. One statement."""
    if not asking.may(Permission.MANAGE_PEOPLE) or not asking.actor.administers_all:
        return
    allowed = timedelta(days=settings.SANGKIEN_IDLE_DAYS)
    watched = Membership.objects.on(asking.today).filter(role__in=Role.closed_when_idle())
    idle = User.objects.get_queryset().filter(
        is_active=True, last_seen_at__lt=asking.at - allowed * 3 / 4, pk__in=watched.values("user")
    )
    people = list(idle.order_by("last_seen_at", "pk")[:4])
    if not people or people[0].last_seen_at is None:
        return
    oldest = people[0].last_seen_at
    shown = ", ".join(each.name for each in people[:3])
    yield Waiting(
        do=_("Xem tài khoản lâu không dùng"),
        what=_("%s và người khác") % shown if people[3:] else shown,
        why=ngettext(
            "Không đăng nhập quá %d ngày thì tài khoản được đóng.",
            "Không đăng nhập quá %d ngày thì tài khoản được đóng.",
            settings.SANGKIEN_IDLE_DAYS,
        )
        % settings.SANGKIEN_IDLE_DAYS,
        url=reverse("accounts:people"),
        clock=asking.clock(oldest, asking.day(oldest + allowed)),
        icon="people",
    )


def old_backup(asking: Asking) -> Iterator[Waiting]:
    """The last backup is older than a week. Three statements at most."""
    if not asking.may(Permission.BACK_UP) or not asking.actor.administers_all:
        return
    sentence = warning(asking.at)
    newest = last().counting if sentence else None
    if sentence:
        yield Waiting(
            do=_("Sao lưu dữ liệu"),
            what=sentence,
            why="",
            url=reverse("backups:home"),
            clock=asking.clock(newest.taken_at if newest else asking.today, _day_after(newest, asking)),
            icon="shield-check",
        )


def _day_after(newest: Backup | None, asking: Asking) -> date:
    """A backup should not be older than a week; without any it is due today."""
    return asking.day(newest.taken_at + TOO_OLD) if newest else asking.today

"""Quản trị: what an administrator or an auditor may open here."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from sangkien.accounts.actor import Actor
from sangkien.accounts.pages import actor_of, found, page, signed_in
from sangkien.accounts.permissions import may
from sangkien.accounts.roles import Permission


@dataclass(frozen=True, slots=True)
class Door:
    """One way on: a name of ``urls.py``, who may open it, and what is behind it."""

    name: str
    label: str | Promise
    about: str | Promise
    icon: str
    needs: Permission | None = None
    everything: bool = False  # only for who administers the whole instance

    @property
    def url(self) -> str:
        return reverse(self.name)


_DOORS: Final = (
    Door("backoffice:start", _("Bắt đầu"), _("Từng bước từ máy mới đến đợt đầu tiên."), "list-ol",
         Permission.MANAGE_UNITS, everything=True),
    Door("backoffice:units", _("Đơn vị"), _("Danh sách theo ngày; đổi tên, sáp nhập, chia tách, giải thể."), "building",
         Permission.MANAGE_UNITS),
    Door("accounts:people", _("Người dùng"), _("Thêm người, giao phần việc, bàn giao, cấp mật khẩu mới."), "people",
         Permission.MANAGE_PEOPLE),
    Door("backoffice:carry_index", _("Việc dở của đơn vị đã kết thúc"),
         _("Chuyển từng việc cho đơn vị kế tục; không việc nào tự chuyển."), "arrow-right-square",
         Permission.MANAGE_PEOPLE),
    Door("backoffice:minutes_index", _("Biên bản bàn giao"), _("In lại biên bản của các lần bàn giao."),
         "file-earmark-text", Permission.MANAGE_PEOPLE),
    Door("accounts:who", _("Ai được làm gì"), _("Phần việc ở các đơn vị của bạn, và mỗi phần việc cho làm gì."),
         "diagram-3"),
    Door("backoffice:calendar", _("Ngày nghỉ, ngày làm bù"), _("Để tính hạn theo ngày làm việc."), "calendar3",
         Permission.MANAGE_UNITS),
    Door("backoffice:history", _("Lịch sử"), _("Ai làm gì, lúc nào; lọc theo người, đơn vị, ngày."), "clock",
         Permission.SEE_HISTORY),
    Door("backups:home", _("Sao lưu"), _("Bản chép hằng ngày, nơi cất, lấy lại khi máy hỏng."), "shield-check",
         Permission.BACK_UP, everything=True),
)  # fmt: skip


@require_safe
@signed_in
def index(request: HttpRequest) -> HttpResponse:
    """Cards, one for each door that this person may open."""
    actor = actor_of(request)
    found(any(door.needs and may(actor, door.needs) for door in _DOORS))
    return page(request, "backoffice/home.html", context={"doors": list(_open_to(actor))})


def _open_to(actor: Actor) -> Iterator[Door]:
    for door in _DOORS:
        allowed = door.needs is None or bool(may(actor, door.needs))
        if allowed and (actor.administers_all or not door.everything):
            yield door

"""Files that were read and wait for a person's word: nothing of them counts as sent before."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.db.models import Count, Min, Q, QuerySet, Sum
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sangkien.accounts.roles import Permission
from sangkien.campaigns.lifecycle import State
from sangkien.desk.work.model import Asking, Waiting
from sangkien.importing.models import Decision, ImportedRow, scope_of


def of_lead(asking: Asking) -> Iterator[Waiting]:
    """The queue of the lead unit. One statement."""
    if not asking.may(Permission.RECORD):
        return
    rows = _open().filter(file__campaign__in=asking.led, file__scope=scope_of(None))
    for told in _counted(rows):
        yield _waiting(asking, told, reverse("importing:campaign", args=[told["file__campaign__uid"]]))


def of_unit(asking: Asking) -> Iterator[Waiting]:
    """The queues of one's own units. One statement."""
    if not asking.may(Permission.DRAFT):
        return
    units = {str(each.unit.uid): each.unit.uid for each in asking.held(Permission.DRAFT) if each.unit is not None}
    scoped = Q()
    for each in asking.held(Permission.DRAFT):
        if each.unit is not None:
            here = Q(file__scope=str(each.unit.uid))
            scoped |= here if each.scope_uid is None else here & Q(file__campaign__uid=each.scope_uid)
    running = _open().filter(scoped, file__campaign__state__in=State.of_the_running())
    for told in _counted(running):
        keys = [told["file__campaign__uid"], units[told["file__scope"]]]
        yield _waiting(asking, told, reverse("importing:unit", args=keys))


def _open() -> QuerySet[ImportedRow]:
    return ImportedRow.objects.filter(decision=Decision.OPEN)


def _counted(rows: QuerySet[ImportedRow]) -> list[Mapping[str, Any]]:
    by_queue = rows.values("file__campaign__uid", "file__campaign__year", "file__scope", "file__campaign__closes_date")
    counted = by_queue.annotate(count=Count("pk"), asked=Sum("question_count"), since=Min("file__batch__made_at"))
    return list(counted.order_by("since"))


def _waiting(asking: Asking, told: Mapping[str, Any], url: str) -> Waiting:
    count, questions = told["count"], told["asked"] or 0
    what = ngettext("%d giải pháp đọc từ tệp", "%d giải pháp đọc từ tệp", count) % count
    if questions:
        asked = ngettext("có %d chỗ cần trả lời", "có %d chỗ cần trả lời", questions) % questions
        what = _("%(what)s, %(asked)s") % {"what": what, "asked": asked}
    return Waiting(
        do=_("Xác nhận nội dung đọc từ tệp"),
        what=what,
        why=_("Chưa tính là đã gửi cho đến khi bạn xác nhận. Đợt %d.") % told["file__campaign__year"],
        url=url,
        clock=asking.clock(told["since"]),
        icon="file-earmark-arrow-up",
    )

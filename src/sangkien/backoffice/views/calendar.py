"""Days off and Saturdays worked: the list of a year, set as a whole as the Government announces it."""

from datetime import date
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from sangkien import ui
from sangkien.accounts.pages import actor_of, found, page, signed_in
from sangkien.accounts.permissions import may
from sangkien.accounts.refusal import Refused
from sangkien.accounts.roles import Permission
from sangkien.backoffice.forms.calendar import DaysForm, days_of
from sangkien.campaigns.actions.holidays import set_holidays
from sangkien.campaigns.models import Holiday, HolidayKind

_FIRST, _LAST = 2000, 2099
_WEEKDAYS: Final = (
    gettext_lazy("thứ hai"), gettext_lazy("thứ ba"), gettext_lazy("thứ tư"), gettext_lazy("thứ năm"),
    gettext_lazy("thứ sáu"), gettext_lazy("thứ bảy"), gettext_lazy("chủ nhật"),
)  # fmt: skip


@require_safe
@signed_in
def today(request: HttpRequest) -> HttpResponse:
    """This year's list."""
    return ui.redirect(request, "backoffice:calendar_year", actor_of(request).on.year)


@require_http_methods(["GET", "POST"])
@signed_in
def of_year(request: HttpRequest, year: int) -> HttpResponse:
    """Read by every administrator; set by who administers the whole instance, since it counts for all."""
    actor = actor_of(request)
    found(may(actor, Permission.MANAGE_UNITS))
    if not _FIRST <= year <= _LAST:
        raise Http404
    there = list(Holiday.objects.filter(date__year=year).order_by("date"))
    form = DaysForm(request.POST) if request.method == "POST" else DaysForm(initial={"days": days_of(there)})
    if request.method == "POST":
        found(actor.administers_all)
        if form.is_valid():
            try:
                set_holidays(year, days=form.cleaned_data["days"], by=actor.signature(), at=timezone.now())
            except Refused as refusal:
                form.add_error("days", str(refusal))
            else:
                ui.tell(request, _("Đã ghi các ngày nghỉ, ngày làm bù của năm %d.") % year)
                return ui.redirect(request, "backoffice:calendar_year", year)
    context = {
        "form": form,
        "year": year,
        "rows": [(each, _weekday(each.date), each.kind == HolidayKind.OFF) for each in there],
        "may_set": actor.administers_all,
        "before": year - 1 if year > _FIRST else None,
        "after": year + 1 if year < _LAST else None,
    }
    return page(request, "backoffice/calendar.html", context=context, status=422 if form.errors else 200)


def _weekday(on: date) -> str:
    return str(_WEEKDAYS[on.weekday()])

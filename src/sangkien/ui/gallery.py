"""Every component once, in every state: what a page may be built from. Shown only while the house is being built."""

from datetime import date, timedelta

from django import forms
from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sangkien.ui.answers import page
from sangkien.ui.charts import DaysChart, days_chart, lane
from sangkien.ui.forms import Form

# (class of the swatch, token, what it says)
_COLOURS = [
    ("sw-ink", "--ink", gettext_lazy("chữ")),
    ("sw-ink-2", "--ink-2", gettext_lazy("chữ phụ")),
    ("sw-edge", "--edge", gettext_lazy("viền ô nhập")),
    ("sw-line", "--line", gettext_lazy("đường kẻ")),
    ("sw-paper", "--paper", gettext_lazy("nền trang")),
    ("sw-ground", "--ground", gettext_lazy("nền phụ")),
    ("sw-work", "--work", gettext_lazy("việc đang làm")),
    ("sw-work-soft", "--work-soft", gettext_lazy("đang chọn")),
    ("sw-done", "--done", gettext_lazy("đã xong")),
    ("sw-due-line", "--due-line", gettext_lazy("cần để ý")),
    ("sw-due-soft", "--due-soft", gettext_lazy("câu hỏi")),
    ("sw-late", "--late", gettext_lazy("quá hạn")),
]


class _Example(Form):
    name = forms.CharField(
        label=gettext_lazy("Tên giải pháp"), help_text=gettext_lazy("Nói việc làm được gì, không quá 25 chữ")
    )
    start = forms.CharField(label=gettext_lazy("Ngày bắt đầu áp dụng"))
    kind = forms.ChoiceField(
        label=gettext_lazy("Loại đơn vị"),
        choices=[("ward", gettext_lazy("Phường")), ("school", gettext_lazy("Trường học"))],
    )
    note = forms.CharField(label=gettext_lazy("Ghi chú"), widget=forms.Textarea(attrs={"rows": 2}), required=False)

    def clean_start(self) -> str:
        raise forms.ValidationError(_("Ngày 31/6 không có. Ghi ngày, tháng, năm, ví dụ 30/6/2024."))


_WINDOW = {"first": date(2024, 7, 15), "last": date(2024, 9, 30), "deadline": date(2024, 9, 15)}


def _chart() -> DaysChart:
    start = _WINDOW["first"]
    new = {start + timedelta(days=day): count for day, count in ((3, 1), (12, 2), (25, 3), (40, 5), (55, 9), (60, 4))}
    before = {start + timedelta(days=day): count for day, count in ((20, 2), (58, 14), (62, 12))}
    return days_chart(new, most=43, today=date(2024, 9, 14), before=before, most_word=_("đơn vị"), **_WINDOW)


def parts(request: HttpRequest) -> HttpResponse:
    if not settings.DEBUG:
        raise Http404
    form = _Example({"name": _("Hồ sơ tuyển sinh đầu cấp không giấy"), "start": "31/6/2024", "kind": "school"})
    context = {
        "title": _("Các bộ phận"),
        "colours": _COLOURS,
        "form": form,
        "levels": range(1, 6),
        "message": _(
            "Đợt 2024 đang chờ báo cáo.\nHạn gửi là 23:59 ngày 15/09/2024.\nhttps://sangkien.phuong.example/dot/2024/"
        ),
        "pages": Paginator(range(120), 50).page(2),
        "chart": _chart(),
        "lanes": [lane(on, **_WINDOW) for on in (date(2024, 8, 1), date(2024, 9, 20), None)],
    }
    return page(request, "ui/gallery.html", context=context)

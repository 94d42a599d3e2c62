"""The end: what is there is shown once more, then nothing of it remains."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sangkien import ui
from sangkien.accounts.pages import page
from sangkien.quick import kept
from sangkien.quick.session import close, with_workspace
from sangkien.quick.workspace import Workspace


@with_workspace
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, workspace: Workspace) -> HttpResponse:
    if request.method == "POST":
        close(request)
        ui.tell(request, _("Đã xóa hết, trên máy không còn gì của lần tổng hợp này."))
        return ui.redirect(request, "quick:home")
    files = kept.files(workspace)
    return page(request, "quick/end.html", context={"files": files, "rows": sum(len(each.kept_rows) for each in files)})

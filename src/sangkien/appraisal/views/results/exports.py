"""The same results as files."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from sangkien.accounts.pages import found, signed_in
from sangkien.appraisal.reckoning import exporting
from sangkien.appraisal.reckoning.board import board
from sangkien.appraisal.rules.results import may_see_severity
from sangkien.appraisal.views.results.asked import asked

_MEDIA_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
}


@require_safe
@signed_in
def export(request: HttpRequest, uid: UUID, form: str) -> HttpResponse:
    """Exactly what this person may learn: .xlsx with every mark, .csv of the table, .json for ``sangkien score``."""
    told = asked(request, uid)
    found(told.verdict)
    if told.criteria is None or form not in _MEDIA_TYPES:
        raise Http404
    outcome = told.outcome()
    if form == "json":
        content = outcome.inputs.encode()
    else:
        table = board(outcome, told.names(outcome.gathered))
        title = _("Kết quả chấm: %s") % told.campaign.title
        named = bool(may_see_severity(told.actor, told.campaign))
        content = (
            b"".join(exporting.csv(table))
            if form == "csv"
            else exporting.xlsx(outcome, table, title, names_judges=named)
        )
    answer = HttpResponse(content, content_type=_MEDIA_TYPES[form])
    answer["Content-Disposition"] = f'attachment; filename="ket-qua-cham-{told.campaign.year}.{form}"'
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer

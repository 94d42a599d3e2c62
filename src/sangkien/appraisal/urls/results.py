"""Results, their closing and what is exported of them."""

from django.urls import URLPattern, URLResolver, include, path

from sangkien.appraisal.views.results import board, dossier, exports, severity

_RESULTS: list[URLPattern | URLResolver] = [
    path("", board.results, name="results"),
    path("chot/", board.closing, name="closing"),
    path("mo-lai/", board.reopening, name="reopening"),
    path("thu-tu/<uuid:order>/bo/", board.untie, name="untie"),
    path("xuat.<str:form>", exports.export, name="results_export"),
    path("nguoi-cham/", severity.all_judges, name="severity"),
    path("cua-toi/", severity.own, name="own_severity"),
    path("<str:code>/", board.entry, name="result"),
    path("<str:code>/ho-so.<str:form>", dossier.dossier, name="dossier"),
    path("<str:code>/xep-truoc/", board.tie, name="tie"),
]

urlpatterns: list[URLPattern | URLResolver] = [path("dot/<uuid:uid>/ket-qua/", include(_RESULTS))]

"""Results, their closing and what is exported of them."""

from django.urls import URLPattern, URLResolver, include, path

from sangkien.appraisal.views.results import board

_RESULTS: list[URLPattern | URLResolver] = [
    path("", board.results, name="results"),
    path("chot/", board.closing, name="closing"),
    path("mo-lai/", board.reopening, name="reopening"),
    path("thu-tu/<uuid:order>/bo/", board.untie, name="untie"),
    path("<str:code>/", board.entry, name="result"),
    path("<str:code>/xep-truoc/", board.tie, name="tie"),
]

urlpatterns: list[URLPattern | URLResolver] = [path("dot/<uuid:uid>/ket-qua/", include(_RESULTS))]

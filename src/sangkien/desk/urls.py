"""Pages of this room, composed of one small list per noun."""

from django.urls import URLPattern, URLResolver, path

from sangkien.desk.views import admission, entries, exports, home

app_name = "desk"

_HOME: list[URLPattern | URLResolver] = [path("viec-cua-toi/", home.home, name="home")]

_ENTRIES: list[URLPattern | URLResolver] = [
    path("giai-phap/", entries.index, name="entries"),
    path("giai-phap/tiep-nhan/", admission.admission, name="admission"),
    path("giai-phap/tiep-nhan/<uuid:uid>/hoan-lai/", admission.undo, name="admission_undo"),
    path("giai-phap/xuat.<str:form>", exports.export, name="entries_export"),
    path("giai-phap/xuat/<uuid:token>/", exports.export_files, name="export_files"),
    path("giai-phap/xuat/<uuid:token>/<str:name>", exports.export_file, name="export_file"),
]

urlpatterns: list[URLPattern | URLResolver] = [*_HOME, *_ENTRIES]

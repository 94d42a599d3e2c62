"""The quick way in: from report files to the appendix, without an account."""

from django.urls import URLPattern, URLResolver, include, path

from sangkien.quick.views import ending, files, home, paper, rows

app_name = "quick"
_row: list[URLPattern | URLResolver] = [
    path("", rows.row, name="row"),
    path("bo/", rows.drop, name="drop_row"),
    path("lay-lai/", rows.restore, name="restore_row"),
]
_file: list[URLPattern | URLResolver] = [
    path("", files.file, name="file"),
    path("bo/", files.drop, name="drop_file"),
    path("lay-lai/", files.restore, name="restore_file"),
    path("them/", files.add_row, name="add_row"),
    path("<int:number>/", include(_row)),
]
_page: list[URLPattern | URLResolver] = [
    path("", home.home, name="home"),
    path("tep/", files.receive, name="receive"),
    path("tep/<str:key>/", include(_file)),
    path("bang/", paper.table, name="table"),
    path("thu-tu/", paper.order, name="order"),
    path("tieu-de/", paper.heading, name="heading"),
    path("phu-luc.<str:ending>", paper.download, name="download"),
    path("ket-thuc/", ending.end, name="end"),
]
urlpatterns = [path("", home.front, name="front"), path("tong-hop-nhanh/", include(_page))]

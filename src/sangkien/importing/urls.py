"""Pages of this room."""

from django.urls import URLPattern, URLResolver, path

from sangkien.importing.views import file, queue, row

app_name = "importing"
_FILE = "nhap-tep/<uuid:uid>/"
urlpatterns: list[URLPattern | URLResolver] = [
    path("nhap-tep/", queue.home, name="home"),
    path("nhap-tep/dot/<uuid:campaign>/", queue.files, name="campaign"),
    path("bao-cao/dot/<uuid:campaign>/<uuid:unit>/nhap-tep/", queue.files, name="unit"),
    path("nhap-tep/giai-phap/<uuid:uid>/tep-goc/", file.origin, name="origin"),
    path(_FILE, file.file, name="file"),
    path(f"{_FILE}ban-goc/", file.original, name="original"),
    path(f"{_FILE}thu/", file.mail, name="mail"),
    path(f"{_FILE}chuyen-dot/", file.move, name="move"),
    path(f"{_FILE}xac-nhan/", file.confirm, name="confirm"),
    path(f"{_FILE}khong-lay/", file.leave_out, name="leave_out"),
    path(f"{_FILE}them/", file.add_row, name="add_row"),
    path(f"{_FILE}<int:number>/", row.row, name="row"),
    path(f"{_FILE}<int:number>/lay-lai/", row.take_back, name="take_back"),
]

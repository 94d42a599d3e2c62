"""Pages of this room."""

from django.urls import URLPattern, URLResolver, path

from sangkien.backoffice.views import calendar, carrying, changes, home, units

app_name = "backoffice"
urlpatterns: list[URLPattern | URLResolver] = [
    path("quan-tri/", home.index, name="home"),
    path("quan-tri/don-vi/", units.index, name="units"),
    path("quan-tri/don-vi/them/", changes.establish, name="establish"),
    path("quan-tri/don-vi/viec-do/", carrying.index, name="carry_index"),
    path("quan-tri/don-vi/<uuid:uid>/", units.unit, name="unit"),
    path("quan-tri/don-vi/<uuid:uid>/viec-do/", carrying.carry, name="carry"),
    path("quan-tri/don-vi/<uuid:uid>/<slug:slug>/", changes.change, name="change"),
    path("quan-tri/ngay-nghi/", calendar.today, name="calendar"),
    path("quan-tri/ngay-nghi/<int:year>/", calendar.of_year, name="calendar_year"),
]

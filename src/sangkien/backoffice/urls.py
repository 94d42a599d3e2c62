"""Pages of this room."""

from django.urls import URLPattern, URLResolver, path

from sangkien.backoffice.views import calendar, carrying, changes, history, home, importing, minutes, steps, units

app_name = "backoffice"
urlpatterns: list[URLPattern | URLResolver] = [
    path("quan-tri/", home.index, name="home"),
    path("quan-tri/bat-dau/", steps.start, name="start"),
    path("quan-tri/bat-dau/ten/", steps.me, name="start_me"),
    path("quan-tri/bat-dau/don-vi-ban-hanh/", steps.issuer, name="start_issuer"),
    path("quan-tri/bat-dau/don-vi/", steps.units, name="start_units"),
    path("quan-tri/bat-dau/nguoi/", steps.leader, name="start_leader"),
    path("quan-tri/don-vi/", units.index, name="units"),
    path("quan-tri/don-vi/them/", changes.establish, name="establish"),
    path("quan-tri/don-vi/nhap/", importing.read, name="import"),
    path("quan-tri/don-vi/nhap/ghi/", importing.enter, name="import_enter"),
    path("quan-tri/don-vi/viec-do/", carrying.index, name="carry_index"),
    path("quan-tri/don-vi/<uuid:uid>/", units.unit, name="unit"),
    path("quan-tri/don-vi/<uuid:uid>/viec-do/", carrying.carry, name="carry"),
    path("quan-tri/don-vi/<uuid:uid>/<slug:slug>/", changes.change, name="change"),
    # Before the accounts' own page of the same address (see config.urls): here the open work is known.
    path("quan-tri/phan-viec/<uuid:uid>/ban-giao/", minutes.hand_over, name="hand_over"),
    path("quan-tri/bien-ban/", minutes.index, name="minutes_index"),
    path("quan-tri/bien-ban/<uuid:uid>/", minutes.minutes, name="minutes"),
    path("quan-tri/bien-ban/<uuid:uid>/<slug:form>/", minutes.download, name="minutes_file"),
    path("quan-tri/lich-su/", history.index, name="history"),
    path("quan-tri/ngay-nghi/", calendar.today, name="calendar"),
    path("quan-tri/ngay-nghi/<int:year>/", calendar.of_year, name="calendar_year"),
]

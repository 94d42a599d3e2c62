"""Pages of this room. Restoring has none: it is done by command, where nobody else is at work."""

from django.urls import URLPattern, URLResolver, path

from sangkien.backups import views

app_name = "backups"
urlpatterns: list[URLPattern | URLResolver] = [
    path("quan-tri/sao-luu/", views.home, name="home"),
    path("quan-tri/sao-luu/ngay/", views.now, name="now"),
    path("quan-tri/sao-luu/cum-mat-khau/", views.new_passphrase, name="passphrase"),
    path("quan-tri/sao-luu/<uuid:uid>/tai/", views.download, name="download"),
]

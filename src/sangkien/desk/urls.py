"""Pages of this room, composed of one small list per noun."""

from django.urls import URLPattern, URLResolver, path

from sangkien.desk.views import home

app_name = "desk"

_HOME: list[URLPattern | URLResolver] = [path("viec-cua-toi/", home.home, name="home")]

urlpatterns: list[URLPattern | URLResolver] = [*_HOME]

"""Pages of this room. Whoever includes them says which campaigns an actor leads."""

from django.urls import URLPattern, URLResolver, path

from sangkien.notices import views

app_name = "notices"
urlpatterns: list[URLPattern | URLResolver] = [
    path("thong-bao/", views.index, name="list"),
    path("thong-bao/<uuid:uid>/", views.notice, name="notice"),
]

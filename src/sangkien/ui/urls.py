"""The gallery of components, for the people who build."""

from django.urls import path

from sangkien.ui import gallery

app_name = "ui"
urlpatterns = [path("bo-phan/", gallery.parts, name="gallery")]

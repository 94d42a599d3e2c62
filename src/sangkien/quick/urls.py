"""The quick way in: from report files to the appendix, without an account."""

from django.urls import path

from sangkien.quick import views

app_name = "quick"
urlpatterns = [
    path("", views.front, name="front"),
    path("tong-hop-nhanh/", views.home, name="home"),
]

"""The page of a job."""

from django.urls import path

from sangkien.jobs import views

app_name = "jobs"
urlpatterns = [
    path("viec/<uuid:uid>/", views.job, name="job"),
    path("viec/<uuid:uid>/dung/", views.stop, name="stop"),
    path("viec/<uuid:uid>/lam-tiep/", views.go_on, name="go_on"),
]

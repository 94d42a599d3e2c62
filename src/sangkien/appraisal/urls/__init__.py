"""Pages of this room, one small list per stretch of the way."""

from django.urls import URLPattern, URLResolver

from sangkien.appraisal.urls import judging, meetings, offices, results

app_name = "appraisal"

urlpatterns: list[URLPattern | URLResolver] = [
    *offices.urlpatterns,
    *judging.urlpatterns,
    *meetings.urlpatterns,
    *results.urlpatterns,
]

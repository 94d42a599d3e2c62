"""The public shape of the house."""

from django.urls import URLPattern, URLResolver, include, path

from sangkien.campaigns.queries import uids_led_by

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("sangkien.quick.urls")),
    path("", include("sangkien.backoffice.urls")),  # before accounts: its hand-over knows the open work
    path("", include("sangkien.accounts.urls")),
    path("", include("sangkien.jobs.urls")),
    path("", include("sangkien.notices.urls"), {"led": uids_led_by}),  # it stands below campaigns
    path("", include("sangkien.campaigns.urls")),
    path("", include("sangkien.intake.urls")),
    path("", include("sangkien.importing.urls")),
    path("", include("sangkien.appraisal.urls")),
    path("", include("sangkien.desk.urls")),
    path("", include("sangkien.backups.urls")),
    path("", include("sangkien.reporting.urls")),
    path("", include("sangkien.ui.urls")),
]

handler400 = "sangkien.ui.errors.bad_request"
handler403 = "sangkien.ui.errors.permission_denied"
handler404 = "sangkien.ui.errors.not_found"
handler500 = "sangkien.ui.errors.server_error"

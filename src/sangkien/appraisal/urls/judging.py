"""Panels, who reads what, score sheets."""

from django.urls import URLPattern, URLResolver, include, path

from sangkien.appraisal.views.judging import abstaining, desk, files

_ONE: list[URLPattern | URLResolver] = [
    path("", desk.desk, name="judge"),
    path("khong-cham/", abstaining.abstain, name="judge_abstain"),
    path("ban-goc/", files.original, name="judge_original"),
    path("minh-chung/<uuid:evidence_uid>/", files.evidence, name="judge_evidence"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("tham-dinh/cham/", desk.mine, name="judging"),
    path("tham-dinh/cham/<uuid:uid>/", include(_ONE)),
]

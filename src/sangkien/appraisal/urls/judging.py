"""Panels, who reads what, score sheets."""

from django.urls import URLPattern, URLResolver, include, path

from sangkien.appraisal.views.judging import abstaining, desk, files, panels, paper, sharing

_ONE: list[URLPattern | URLResolver] = [
    path("", desk.desk, name="judge"),
    path("khong-cham/", abstaining.abstain, name="judge_abstain"),
    path("ban-goc/", files.original, name="judge_original"),
    path("minh-chung/<uuid:evidence_uid>/", files.evidence, name="judge_evidence"),
]

_PANEL: list[URLPattern | URLResolver] = [
    path("", panels.panel, name="panel"),
    path("sua/", panels.change, name="panel_change"),
    path("giai-the/", panels.dissolve, name="panel_dissolve"),
    path("them-nguoi/", panels.join, name="panel_join"),
    path("nguoi/<uuid:member_uid>/thoi/", panels.leave, name="panel_leave"),
    path("phieu-giay/", paper.index, name="paper"),
    path("phieu-giay/<uuid:reading_uid>/", paper.enter, name="paper_enter"),
]

_CAMPAIGN: list[URLPattern | URLResolver] = [
    path("to-cham/", panels.index, name="panels"),
    path("to-cham/moi/", panels.form, name="panel_new"),
    path("chia-ho-so/", sharing.sharing, name="sharing"),
    path("chia-ho-so/ho-so/<uuid:entry_uid>/", sharing.one, name="sharing_entry"),
    path("chia-ho-so/<uuid:distribution_uid>/hoan-lai/", sharing.undo, name="sharing_undo"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("tham-dinh/cham/", desk.mine, name="judging"),
    path("tham-dinh/cham/<uuid:uid>/", include(_ONE)),
    path("tham-dinh/to-cham/<uuid:uid>/", include(_PANEL)),
    path("tham-dinh/phieu-giay/<uuid:uid>/", paper.compare, name="paper_compare"),
    path("dot/<uuid:uid>/", include(_CAMPAIGN)),
]

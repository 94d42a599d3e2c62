"""Pages of this room, composed of one small list per noun."""

from django.urls import URLPattern, URLResolver, include, path, re_path

from sangkien.desk.views import (
    admission,
    campaign,
    consolidations,
    entries,
    entry,
    exports,
    home,
    papers,
    pool,
    reminding,
)
from sangkien.desk.views.acts import admitting, lapsing, lettering, merging, returning
from sangkien.desk.views.recording import answering, sending, units

app_name = "desk"

_HOME: list[URLPattern | URLResolver] = [path("viec-cua-toi/", home.home, name="home")]

_ENTRIES: list[URLPattern | URLResolver] = [
    path("giai-phap/", entries.index, name="entries"),
    path("giai-phap/tiep-nhan/", admission.admission, name="admission"),
    path("giai-phap/tiep-nhan/<uuid:uid>/hoan-lai/", admission.undo, name="admission_undo"),
    path("giai-phap/xuat.<str:form>", exports.export, name="entries_export"),
    path("giai-phap/xuat/<uuid:token>/", exports.export_files, name="export_files"),
    path("giai-phap/xuat/<uuid:token>/<str:name>", exports.export_file, name="export_file"),
    path("dot/<uuid:uid>/phu-luc/", consolidations.consolidations, name="consolidations"),
    path("dot/<uuid:uid>/phu-luc/<int:number>.pdf/lap/", consolidations.start_pdf, name="consolidation_pdf"),
    re_path(
        r"^dot/(?P<uid>[0-9a-f-]{36})/phu-luc/(?P<number>[0-9]{1,5})\.(?P<form>docx|pdf)$",
        consolidations.as_file,
        name="consolidation_file",
    ),
]

_RECORDINGS: list[URLPattern | URLResolver] = [
    path("", units.recordings, name="recordings"),
    path("<uuid:unit>/", sending.recording, name="recording"),
    path("<uuid:unit>/giai-phap/", sending.recording_entry, name="recording_entry"),
    path("<uuid:unit>/khong-co/", answering.recorded_nil, name="recorded_nil"),
]

_POOL: list[URLPattern | URLResolver] = [
    path("", pool.pool, name="pool"),
    path("<uuid:entry_uid>/khong-con/", pool.pool_given_up, name="pool_given_up"),
    path("<uuid:entry_uid>/", pool.pool_confirmed, name="pool_confirmed"),
]

_ACTS: list[URLPattern | URLResolver] = [
    path("tra-lai/", returning.send_back, name="send_back"),
    path("gia-han/", returning.extension, name="extension"),
    path("tiep-nhan/", admitting.admission, name="entry_admission"),
    path("tiep-nhan/hoan-lai/", admitting.admission_undone, name="entry_admission_undone"),
    path("gop/", merging.merge, name="merge"),
    path("gop/tach-ra/", merging.merge_undone, name="merge_undone"),
    path("ket-luan/", lapsing.lapse, name="lapse"),
    path("rut-tu-van-ban/", answering.recorded_withdrawal, name="recorded_withdrawal"),
    path("bo-sung-tu-van-ban/", sending.recorded_supplement, name="recorded_supplement"),
]

_ENTRY: list[URLPattern | URLResolver] = [
    path("", entry.entry, name="entry"),
    path("minh-chung/<uuid:evidence_uid>/", entry.evidence, name="evidence"),
    path("cong-van/<uuid:sending_uid>/", entry.letter, name="letter"),
    path("tep-goc/<uuid:sending_uid>/", entry.report, name="report"),
    path("phieu-bo-sung/<uuid:return_uid>/cong-van/", lettering.request_letter, name="request_letter"),
    path("phieu-bo-sung/<uuid:return_uid>/ban-ky/", entry.signed_request, name="signed_request"),
    path("phieu-bo-sung/<uuid:return_uid>/", papers.request_for_supplement, name="request"),
    *_ACTS,
]

_CAMPAIGN: list[URLPattern | URLResolver] = [
    path("", campaign.campaign, name="campaign"),
    path("don-vi/<int:key>/", campaign.unit, name="campaign_unit"),
    path("ket-thuc/", campaign.conclude, name="campaign_end"),
    path("don-doc/", reminding.remind, name="remind"),
    path("don-doc/<uuid:reminder_uid>/", reminding.reminder, name="reminder"),
    path("don-doc/<uuid:reminder_uid>/lap-tep/", reminding.make_files, name="reminder_files"),
    path("don-doc/<uuid:reminder_uid>/tep/<int:key>/", reminding.file, name="reminder_file"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("dot/<uuid:uid>/", include(_CAMPAIGN)),
    *_HOME,
    *_ENTRIES,
    path("giai-phap/<uuid:uid>/", include(_ENTRY)),
    path("dot/<uuid:uid>/ghi-nhan-thay/", include(_RECORDINGS)),
    path("dot/<uuid:uid>/cho-dot-sau/", include(_POOL)),
]

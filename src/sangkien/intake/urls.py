"""Pages of this room: those of the reporting unit."""

from django.urls import URLPattern, URLResolver, path

from sangkien.intake.views import drafting, files, following, home, previewing, receipts, sending, starting

app_name = "intake"

_UNIT: list[URLPattern | URLResolver] = [
    path("bao-cao/", home.home, name="home"),
    path("bao-cao/don-vi/<uuid:unit>/ai-gui/", starting.officer, name="officer"),
    path("bao-cao/dot/<uuid:campaign>/<uuid:unit>/", home.unit, name="unit"),
    path("bao-cao/dot/<uuid:campaign>/<uuid:unit>/bat-dau/", starting.start, name="start"),
    path("bao-cao/dot/<uuid:campaign>/<uuid:unit>/khong-co/", starting.nil, name="nil"),
    path("bao-cao/dot/<uuid:campaign>/<uuid:unit>/gui/", sending.send, name="send"),
    path("bao-cao/dot/<uuid:campaign>/<uuid:unit>/xem-truoc/", previewing.preview, name="preview"),
    path("bao-cao/dot/<uuid:campaign>/<uuid:unit>/bao-cao.<str:form>", previewing.preview_file, name="preview_file"),
    path("bao-cao/dot/<uuid:campaign>/<uuid:unit>/mau-<int:number>.docx", previewing.word_form, name="word_form"),
    path("bao-cao/dot/<uuid:campaign>/van-ap-dung/<uuid:uid>/", starting.still_applied, name="still_applied"),
]

_ENTRY: list[URLPattern | URLResolver] = [
    path("bao-cao/giai-phap/<uuid:uid>/", following.entry, name="entry"),
    path("bao-cao/giai-phap/<uuid:uid>/soan/", drafting.draft, name="draft"),
    path("bao-cao/giai-phap/<uuid:uid>/soan/chon/", drafting.settle, name="settle"),
    path("bao-cao/giai-phap/<uuid:uid>/ban-moi/", following.revise, name="revise"),
    path("bao-cao/giai-phap/<uuid:uid>/bo/", starting.discard, name="discard"),
    path("bao-cao/giai-phap/<uuid:uid>/rut/", following.withdraw, name="withdraw"),
    path("bao-cao/giai-phap/<uuid:uid>/soan-lai/", following.take_up, name="take_up"),
    path("bao-cao/giai-phap/<uuid:uid>/minh-chung/", files.evidence, name="evidence"),
    path("bao-cao/minh-chung/<uuid:uid>/", files.evidence_file, name="evidence_file"),
]

_RECEIPTS: list[URLPattern | URLResolver] = [
    path("bao-cao/bien-nhan/<uuid:uid>/", receipts.receipt, name="receipt"),
    path("bao-cao/bien-nhan/<uuid:uid>/giay-nhan.pdf", previewing.slip, name="slip"),
]

urlpatterns: list[URLPattern | URLResolver] = [*_UNIT, *_ENTRY, *_RECEIPTS]

"""Guidance, routing and opinions of the offices in charge."""

from django.urls import URLPattern, URLResolver, path

from sangkien.appraisal.views.offices import entry, home, opinion, routing, supplements, support

_LEAD: list[URLPattern | URLResolver] = [
    path("tham-dinh/chuyen/", routing.choose, name="routing"),
    path("tham-dinh/chuyen/xem-truoc/", routing.preview, name="preview"),
    path("tham-dinh/chuyen/<uuid:uid>/rut-lai/", routing.undo, name="routing_undo"),
    path("tham-dinh/giai-phap/<uuid:uid>/", entry.entry, name="entry"),
    path("tham-dinh/giai-phap/<uuid:uid>/giao/", entry.assign, name="assign"),
    path("tham-dinh/viec/<uuid:uid>/giao-lai/", entry.reassign, name="reassign"),
    path("tham-dinh/viec/<uuid:uid>/thoi-giao/", entry.withdraw, name="withdraw"),
    path("tham-dinh/viec/<uuid:uid>/tu-van-ban/", entry.record, name="record"),
]

_OPINION: list[URLPattern | URLResolver] = [
    path("tham-dinh/phieu/<uuid:uid>/", opinion.opinion, name="opinion"),
    path("tham-dinh/phieu/<uuid:uid>/da-mo/", opinion.see, name="opinion_seen"),
    path("tham-dinh/phieu/<uuid:uid>/noi-khac/", opinion.show_others, name="opinion_others"),
    path("tham-dinh/phieu/<uuid:uid>/dong-y/", opinion.second, name="opinion_second"),
    path("tham-dinh/phieu/<uuid:uid>/tra-lai/", opinion.give_back, name="give_back"),
    path("tham-dinh/phieu/<uuid:uid>/hoi-don-vi/", supplements.ask, name="ask"),
    path("tham-dinh/phieu/<uuid:uid>/tep/<uuid:key>/", opinion.file_of, name="opinion_file"),
    path("tham-dinh/phieu/<uuid:uid>/ban-goc/", opinion.original, name="opinion_original"),
]

_SUPPLEMENTS: list[URLPattern | URLResolver] = [
    path("tham-dinh/cau-hoi/<uuid:uid>/thu-hoi/", supplements.withdraw, name="question_withdraw"),
    path("bao-cao/giai-phap/<uuid:uid>/cau-hoi/", supplements.unit, name="supplements"),
    path("bao-cao/cau-hoi/<uuid:uid>/tra-loi/", supplements.answer, name="answer"),
    path("bao-cao/cau-hoi/tep/<uuid:uid>/", supplements.file_of, name="answer_file"),
]

_SUPPORT: list[URLPattern | URLResolver] = [
    path("bao-cao/dot/<uuid:campaign>/<uuid:unit>/hoi/", support.asking, name="asking"),
    path("huong-dan/<uuid:uid>/", support.support, name="support"),
    path("huong-dan/<uuid:uid>/viec/", support.settle, name="support_settle"),
    path("dot/<uuid:uid>/huong-dan/", support.log, name="support_log"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("tham-dinh/", home.home, name="home"),
    path("tham-dinh/cho-y-kien/", home.queue, name="queue"),
    *_LEAD,
    *_OPINION,
    *_SUPPLEMENTS,
    *_SUPPORT,
]

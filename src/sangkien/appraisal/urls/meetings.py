"""Site visits, presentation sessions, council meetings."""

from django.urls import URLPattern, URLResolver, path

from sangkien.appraisal.views.meetings import (
    calendar,
    live,
    papers,
    session,
    session_acts,
    session_plan,
    visit,
    visit_notes,
    visit_plan,
    voting,
)

_VISIT, _SESSION = "tham-dinh/khao-sat/<uuid:uid>/", "tham-dinh/phien/<uuid:uid>/"

urlpatterns: list[URLPattern | URLResolver] = [
    path("tham-dinh/dot/<uuid:uid>/lich/", calendar.calendar, name="calendar"),
    path("tham-dinh/dot/<uuid:uid>/khao-sat/moi/", visit_plan.new, name="visit_new"),
    path("tham-dinh/dot/<uuid:uid>/phien/moi/", session_plan.new, name="session_new"),
    # visits
    path(_VISIT, visit.visit, name="visit"),
    path(f"{_VISIT}don-vi/", visit.received, name="visit_received"),
    path(f"{_VISIT}tai-cho/", visit_notes.on_the_spot, name="visit_spot"),
    path(f"{_VISIT}tai-cho/gui/", visit_notes.send, name="visit_send"),
    path(f"{_VISIT}tai-cho/ghi-chu/<uuid:note>/bo/", visit_notes.remove, name="visit_note_remove"),
    path(f"{_VISIT}anh/<uuid:note>/", visit_notes.photo, name="visit_photo"),
    path(f"{_VISIT}thanh-phan/", visit_plan.people, name="visit_people"),
    path(f"{_VISIT}doi-lich/", visit_plan.move, name="visit_move"),
    path(f"{_VISIT}huy/", visit_plan.cancel, name="visit_cancel"),
    path(f"{_VISIT}ket-luan/", visit_plan.end, name="visit_end"),
    path(f"{_VISIT}mo-lai/", visit_plan.reopen, name="visit_reopen"),
    path(f"{_VISIT}giay-moi/", papers.visit_invitation, name="visit_invitation"),
    path(f"{_VISIT}bien-ban/", papers.visit_minutes, name="visit_minutes"),
    path(f"{_VISIT}van-ban/<int:key>/", papers.visit_file, name="visit_file"),
    # sessions
    path(_SESSION, session.session, name="session"),
    path(f"{_SESSION}don-vi/", session.presented, name="session_presented"),
    path(f"{_SESSION}truc-tiep/", live.live, name="session_live"),
    path(f"{_SESSION}chuong-trinh/", session_plan.programme, name="session_programme"),
    path(f"{_SESSION}doi-lich/", session_plan.change, name="session_change"),
    path(f"{_SESSION}huy/", session_plan.cancel, name="session_cancel"),
    path(f"{_SESSION}bao-don-vi/", session_acts.announce, name="session_announce"),
    path(f"{_SESSION}diem-danh/", session_acts.attendance, name="session_attendance"),
    path(f"{_SESSION}bat-dau/", session_acts.begin, name="session_begin"),
    path(f"{_SESSION}tiep/", session_acts.go_on, name="session_next"),
    path(f"{_SESSION}ket-thuc/", session_acts.end, name="session_end"),
    path(f"{_SESSION}giai-phap/<uuid:item>/", session_acts.item, name="session_item"),
    path(f"{_SESSION}giai-phap/<uuid:item>/ra-vao/", session_acts.room, name="session_room"),
    path(f"{_SESSION}giai-phap/<uuid:item>/phieu/", voting.ballot, name="session_vote"),
    path(f"{_SESSION}giai-phap/<uuid:item>/kiem-phieu/", voting.count, name="session_count"),
    path(f"{_SESSION}giay-moi/", papers.session_invitation, name="session_invitation"),
    path(f"{_SESSION}bien-ban/", papers.session_minutes, name="session_minutes"),
    path(f"{_SESSION}van-ban/<int:key>/", papers.session_file, name="session_file"),
]

"""A visit that was held, and the session of the council to come."""

from datetime import datetime, timedelta
from typing import Final

from sangkien.appraisal.actions.judging.panels import MemberTold, PanelTold, form_panel
from sangkien.appraisal.actions.meetings import noting, sessions, visits
from sangkien.appraisal.actions.meetings.common import Person
from sangkien.appraisal.models import Capacity, Finding, Panel, SessionKind, VisitCheck
from sangkien.campaigns.window import VIETNAM
from sangkien.demo.appraising.course import Course
from sangkien.demo.telling import moment
from sangkien.ledger.recording import Actor

VISITED: Final = "Quầy số 0: gỡ vướng tài khoản định danh trước khi lấy số thứ tự"
DISCUSSED: Final = (
    "Đơn xin nghỉ học nộp bằng tin nhắn có mẫu",
    "Thu phí chợ theo mã của từng sạp",
    "Bàn giao việc bằng một trang khi đổi vị trí công tác",
    "Công khai thu, chi của lớp bằng một trang trên cửa lớp",
)
_CENTRE, _OFFICE = "Trung tâm Phục vụ hành chính công phường Bàn Cờ", "Văn phòng HĐND và UBND"
_CULTURE, _WARD = "Phòng Văn hóa - Xã hội", "Phường Bàn Cờ"
_QUESTIONS = ("Quầy có người trực suốt giờ làm việc", "Số liệu trên báo cáo khớp với hệ thống xếp hàng")
_FOUND = (
    (Finding.YES, "Trước đây không có bước này; đã xem lịch trực từ tuần đầu."),
    (Finding.YES, ""),
    (Finding.YES, "Đối chiếu ba ngày bất kỳ, lệch không quá 2 lượt."),
    (Finding.YES, "Hỏi 12 người đang chờ, 10 người biết quầy số 0."),
    (Finding.YES, ""),
    (Finding.PARTLY, "Giờ đầu buổi sáng chỉ có một người trực, hàng dài 9 người."),
    (Finding.YES, "Cả phường dùng chung một trung tâm."),
    (Finding.PARTLY, "Từ 11 giờ đến 11 giờ 30 quầy không có người."),
    (Finding.YES, ""),
)
_NOTE = "Biển “Quầy số 0” treo cao, người ngồi xe lăn khó thấy. Trung tâm hứa hạ xuống trong tuần."
_CONCLUSION = (
    "Giải pháp đang chạy thật, số liệu khớp với hệ thống xếp hàng. Đoàn đề nghị bố trí thêm một người trong giờ đầu "
    "buổi sáng và người thay giờ nghỉ trưa."
)
_HOST_SAID = "Trung tâm nhất trí; từ tuần sau đổi ca để giờ đầu có hai người."


def visit(course: Course) -> None:
    """Planned on the first day, held on the morning of the second, before the office says what it thinks."""
    lead, entry, starts_at = course.lead, course.entry(VISITED), course.at(2, 8)
    people = (
        Person("Chuyên viên Văn phòng", user=course.cast["office reviewer"], unit=course.units[_OFFICE], is_head=True),
        Person("Thư ký hội đồng", user=course.cast["secretary"], unit=course.units[_CULTURE], keeps_minutes=True),
        Person("Giám đốc Trung tâm", user=course.cast["service head"], unit=course.units[_CENTRE], is_host=True),
    )
    row = visits.plan_visit(
        course.campaign, host=course.units[_CENTRE], place="Sảnh tiếp nhận, tầng trệt", starts_at=starts_at,
        entries=[entry], people=people, by=lead, at=course.at(1, 15.5), office=course.units[_OFFICE],
        purpose="Xem quầy hoạt động trong giờ cao điểm và đối chiếu số liệu.", own_questions=_QUESTIONS,
    )  # fmt: skip
    by = course.reviewers[course.units[_OFFICE].pk]
    checks = VisitCheck.objects.filter(visit=row).order_by("position")
    for place, (check, (finding, remark)) in enumerate(zip(checks, _FOUND, strict=True)):
        noting.answer_check(
            row, check.uid, finding=finding, remark=remark, edit_version=check.edit_version, key=f"demo-{place}",
            by=by, at=starts_at + timedelta(minutes=5 + 4 * place),
        )  # fmt: skip
    ends_at = starts_at + timedelta(minutes=60)
    noting.add_note(row, key="demo-bien", text=_NOTE, by=by, at=ends_at, entry=entry.uid)
    visits.end_visit(row, conclusion=_CONCLUSION, host_opinion=_HOST_SAID, by=lead, at=ends_at + timedelta(minutes=10))


def meet(course: Course, secretary: Actor, now: datetime) -> None:
    """The council is formed when the marks are in, and sits on the next working day."""
    _plan(course, _council(course), secretary, now)


def _council(course: Course) -> Panel:
    """It does not score: it talks about what lies near the line, and votes. One member has no account."""
    members = (
        MemberTold(
            unit=course.units[_WARD], user=course.cast["chair"], title="Phó Chủ tịch phường", capacity=Capacity.CHAIR,
            scores=False,
        ),
        MemberTold(
            unit=course.units[_OFFICE], user=course.cast["office head"], title="Chánh Văn phòng",
            capacity=Capacity.VICE_CHAIR, scores=False,
        ),
        MemberTold(
            unit=course.units[_CULTURE], user=course.cast["secretary"], title="Thư ký", capacity=Capacity.SECRETARY,
            scores=False, votes=False,
        ),
        MemberTold(unit=course.units[_CENTRE], user=course.cast["service head"], title="Ủy viên", scores=False),
        MemberTold(
            unit=course.units[_WARD], name="Đại diện Mặt trận Tổ quốc phường", title="Ủy viên mời", scores=False
        ),
    )  # fmt: skip
    told = PanelTold(name="Hội đồng sáng kiến phường", readers=1)
    return form_panel(course.campaign, office=None, told=told, members=members, by=course.lead, at=course.at(14, 8.5))


def _plan(course: Course, panel: Panel, secretary: Actor, now: datetime) -> None:
    """Tomorrow afternoon, or on Monday: whoever presents knows the time."""
    at, on = course.at(14, 9), now.astimezone(VIETNAM).date() + timedelta(1)
    while on.weekday() > 4:
        on += timedelta(1)
    row = sessions.plan_session(
        course.campaign, kind=SessionKind.COUNCIL, title="Phiên bàn các giải pháp gần vạch đạt",
        place="Phòng họp tầng 2, trụ sở phường", starts_at=moment(on, 14), minutes_each=12,
        entries=[course.entry(each) for each in DISCUSSED], panel=panel, by=secretary, at=at,
    )  # fmt: skip
    sessions.announce(row, by=secretary, at=at + timedelta(minutes=20))

"""Who works in the demonstration: roles with a name to show, no real person."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from sangkien.accounts.actions.memberships import open_membership
from sangkien.accounts.actions.people import add_person, change_password
from sangkien.accounts.actions.shown import show_account
from sangkien.accounts.models import User
from sangkien.accounts.roles import Role
from sangkien.ledger.recording import Actor
from sangkien.units.models import Unit

PASSWORD: Final = "sen nở trên hồ sớm"  # noqa: S105 - the demonstration shows it on its sign-in page


@dataclass(frozen=True, slots=True)
class Part:
    """Somebody of the play: ``unit`` by name, ``None`` for the whole instance; ``about`` stands on the sign-in page."""

    key: str
    name: str
    mailbox: str
    unit: str | None
    role: Role
    about: str


ADMINISTRATOR: Final = Part(
    "administrator", "Người quản trị", "quantri@minhhoa.example", None, Role.ADMINISTRATOR,
    "đơn vị, người dùng, sao lưu",
)  # fmt: skip
AUDITOR: Final = Part(
    "auditor", "Người kiểm tra", "kiemtra@minhhoa.example", None, Role.AUDITOR,
    "chỉ xem; thấy cả đợt năm 2024 của Quận 3 với 30 giải pháp",
)  # fmt: skip
DISTRICT: Final = (
    Part("lead", "Cán bộ đầu mối Quận 3", "daumoi@quan3.example", "Phòng Nội vụ", Role.ORGANISER, ""),
    Part("head", "Trưởng phòng Nội vụ", "truongphong@quan3.example", "Phòng Nội vụ", Role.ORGANISER_HEAD, ""),
    Part("decider", "Phó Chủ tịch Quận 3", "phochutich@quan3.example", "Quận 3", Role.DECIDER, ""),
)
WARD: Final = (
    Part(
        "lead", "Cán bộ đầu mối phường", "daumoi@banco.example", "Phòng Văn hóa - Xã hội", Role.ORGANISER,
        "lo đợt đang mở: nhận, trả lại, tiếp nhận, tổng hợp",
    ),
    Part(
        "head", "Trưởng phòng Văn hóa - Xã hội", "truongphong@banco.example", "Phòng Văn hóa - Xã hội",
        Role.ORGANISER_HEAD, "như trên, và ban hành, sửa đổi kế hoạch",
    ),
    Part(
        "decider", "Chủ tịch phường", "chutich@banco.example", "Phường Bàn Cờ", Role.DECIDER,
        "xem cả đợt; quyết định khi có tờ trình",
    ),
    Part(
        "service head", "Giám đốc Trung tâm", "giamdoc@banco.example",
        "Trung tâm Phục vụ hành chính công phường Bàn Cờ", Role.UNIT_HEAD, "gửi báo cáo thay mặt đơn vị",
    ),
    Part(
        "service officer", "Cán bộ Trung tâm", "canbo@banco.example",
        "Trung tâm Phục vụ hành chính công phường Bàn Cờ", Role.REPORTER, "soạn báo cáo của đơn vị",
    ),
    Part(
        "office reviewer", "Chuyên viên Văn phòng", "vanphong@banco.example", "Văn phòng HĐND và UBND",
        Role.FIELD_REVIEWER, "đơn vị phụ trách lĩnh vực; cũng là đơn vị báo cáo",
    ),
    Part(
        "office head", "Chánh Văn phòng", "chanhvanphong@banco.example", "Văn phòng HĐND và UBND", Role.UNIT_HEAD,
        "gửi báo cáo thay mặt Văn phòng",
    ),
)  # fmt: skip
COUNCIL: Final = (
    Part(
        "chair", "Chủ tịch hội đồng", "phochutich@banco.example", "Phường Bàn Cờ", Role.COUNCIL_CHAIR,
        "xem kết quả chấm, mức chặt tay của từng người, những giải pháp cần bàn lại",
    ),
    Part(
        "secretary", "Thư ký hội đồng", "thuky@banco.example", "Phòng Văn hóa - Xã hội", Role.COUNCIL_SECRETARY,
        "chuẩn bị phiên họp, theo dõi phiếu, lập biên bản",
    ),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Judge:
    """A seat in the panel of an office. ``severity``: points lower than the merit; ``is_slow``: has sheets left.

    ``may_step_back``: of a panel in which others can read in the place of this judge.
    """

    part: Part
    panel: str
    title: str
    severity: int
    is_slow: bool = False
    may_step_back: bool = False


def _judge(key: str, name: str, unit: str) -> Part:
    return Part(key, name, f"{key}@banco.example", unit, Role.COUNCIL_MEMBER, "")


_OFFICE, _CULTURE = "Văn phòng HĐND và UBND", "Phòng Văn hóa - Xã hội"
_ECONOMY, _HEALTH = "Phòng Kinh tế, Hạ tầng và Đô thị", "Trạm Y tế phường Bàn Cờ"
JUDGES: Final = (
    Judge(_judge("cham1", "Phó Chánh Văn phòng", _OFFICE), _OFFICE, "Phó Chánh Văn phòng", 1, may_step_back=True),
    Judge(_judge("cham2", "Chuyên viên kiểm soát thủ tục", _OFFICE), _OFFICE, "Chuyên viên", -2, may_step_back=True),
    Judge(
        Part(
            "cham3", "Phó Giám đốc Trung tâm", "phogiamdoc@banco.example",
            "Trung tâm Phục vụ hành chính công phường Bàn Cờ", Role.COUNCIL_MEMBER, "chấm điểm; còn hai phiếu chưa nộp",
        ),
        _OFFICE, "Phó Giám đốc", 0, is_slow=True,
    ),
    Judge(_judge("cham4", "Phó Trưởng trạm Y tế", _HEALTH), _OFFICE, "Phó Trưởng trạm", -9),
    Judge(_judge("cham5", "Chuyên viên xây dựng", _ECONOMY), _OFFICE, "Chuyên viên", 2, may_step_back=True),
    Judge(_judge("cham6", "Chuyên viên cải cách hành chính", _CULTURE), _CULTURE, "Chuyên viên", -1),
    Judge(
        _judge("cham7", "Phó Hiệu trưởng Tiểu học Hàng Sao", "Trường Tiểu học Hàng Sao"), _CULTURE, "Phó Hiệu trưởng",
        1,
    ),
    Judge(_judge("cham8", "Chuyên viên tài chính", _ECONOMY), _CULTURE, "Chuyên viên", 10),
    Judge(
        _judge("cham9", "Tổ trưởng chuyên môn Bến Phượng", "Trường Trung học cơ sở Bến Phượng"), _CULTURE,
        "Tổ trưởng chuyên môn", 0,
    ),
)  # fmt: skip
REVIEWERS: Final = (
    Part("culture reviewer", "Chuyên viên Phòng Văn hóa", "vanhoa@banco.example", _CULTURE, Role.FIELD_REVIEWER, ""),
    Part("economy reviewer", "Chuyên viên Phòng Kinh tế", "kinhte@banco.example", _ECONOMY, Role.FIELD_REVIEWER, ""),
)


def engage(
    parts: Iterable[Part], units: dict[str, Unit], *, since: date, by: Actor, at: datetime, shown: bool = True
) -> dict[str, User]:
    """Accounts with their one membership each, by their keys; ``shown``: on the sign-in page, in this order.

    Who is not shown never signs in and has no password.
    """
    people = {}
    for part in parts:
        person = add_person(email=part.mailbox, name=part.name, by=by, at=at).person
        unit = None if part.unit is None else units[part.unit]
        open_membership(person=person, unit=unit, role=part.role, starts_date=since, by=by, at=at)
        if shown and part.about:
            change_password(person=person, password=PASSWORD, by=Actor(f"user:{person.pk}"), at=at)
            show_account(person=person, password=PASSWORD, about=part.about, by=by, at=at)
        people[part.key] = person
    return people

"""The table that people can read: which role may do what, and how one comes to a role.

Source: the actors of the plan clause by clause. Roles are held by a person in a unit; work belongs to unit x role,
never to a person. What a rule adds (stage of an entry, conflict of interest) stands in the rooms that know it.
"""

from collections.abc import Mapping
from enum import Enum
from typing import Final

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    """Who acts. ``VISITOR`` is nobody in particular and is never granted."""

    ORGANISER = "organiser", _("Cán bộ đầu mối")
    ORGANISER_HEAD = "organiser_head", _("Lãnh đạo đơn vị đầu mối")
    FIELD_REVIEWER = "field_reviewer", _("Người thẩm định")
    FIELD_HEAD = "field_head", _("Lãnh đạo đơn vị phụ trách lĩnh vực")
    REPORTER = "reporter", _("Cán bộ báo cáo")
    UNIT_HEAD = "unit_head", _("Thủ trưởng đơn vị")
    COUNCIL_CHAIR = "council_chair", _("Chủ tịch hội đồng")
    COUNCIL_SECRETARY = "council_secretary", _("Thư ký hội đồng")
    COUNCIL_MEMBER = "council_member", _("Ủy viên hội đồng")
    DECIDER = "decider", _("Người quyết định")
    RECORDS_CLERK = "records_clerk", _("Văn thư")
    COMMUNICATOR = "communicator", _("Cán bộ truyền thông")
    UPPER_RECEIVER = "upper_receiver", _("Người nhận ở cấp trên")
    ADOPTER = "adopter", _("Đơn vị áp dụng")
    ADMINISTRATOR = "administrator", _("Người quản trị")
    AUDITOR = "auditor", _("Người kiểm tra")
    VISITOR = "visitor", _("Bạn đọc")

    @classmethod
    def granted(cls) -> list["Role"]:
        """What a membership may hold."""
        return [role for role in cls if role is not cls.VISITOR]

    @classmethod
    def of_the_instance(cls) -> frozenset["Role"]:
        """May be held without a unit, for the whole instance; held in a unit they reach to the units below it."""
        return frozenset({cls.ADMINISTRATOR, cls.AUDITOR})

    @classmethod
    def closed_when_idle(cls) -> frozenset["Role"]:
        """Accounts that do much and must not lie about unused: lead unit, deciders, administrators."""
        return frozenset({cls.ORGANISER, cls.ORGANISER_HEAD, cls.DECIDER, cls.ADMINISTRATOR})


class Access(Enum):
    """How one comes to a role."""

    ACCOUNT = "account"
    INVITATION = "invitation"
    NOTHING = "nothing"


class Permission(TextChoices):
    """What may be done, in the order of the plan."""

    READ_LIBRARY = "read_library", _("Đọc thư viện")
    DRAFT = "draft", _("Soạn báo cáo giải pháp")
    SUBMIT = "submit", _("Gửi báo cáo thay mặt đơn vị")
    SUBMIT_IF_ALLOWED = "submit_if_allowed", _("Gửi báo cáo khi thủ trưởng đã cho phép")
    WITHDRAW = "withdraw", _("Rút báo cáo đã gửi")
    FOLLOW = "follow", _("Theo dõi báo cáo của đơn vị")
    SEE_MEMBERS = "see_members", _("Xem ai được làm gì ở đơn vị")
    PLAN = "plan", _("Soạn kế hoạch của đợt")
    ISSUE = "issue", _("Ban hành, sửa đổi kế hoạch")
    INVITE = "invite", _("Mời đơn vị báo cáo")
    SEE_CAMPAIGN = "see_campaign", _("Xem mọi báo cáo của đợt")
    RECORD = "record", _("Ghi nhận thay từ văn bản giấy")
    SEND_BACK = "send_back", _("Trả lại để bổ sung")
    ADMIT = "admit", _("Tiếp nhận vào bảng tổng hợp")
    MERGE = "merge", _("Gộp giải pháp trùng")
    DEFER = "defer", _("Chuyển sang đợt sau")
    CONSOLIDATE = "consolidate", _("Lập phụ lục tổng hợp")
    ROUTE = "route", _("Chuyển thẩm định")
    GUIDE = "guide", _("Hướng dẫn đơn vị")
    APPRAISE = "appraise", _("Soạn ý kiến thẩm định")
    CONCLUDE = "conclude", _("Kết luận thẩm định")
    ARRANGE = "arrange", _("Tổ chức khảo sát, buổi trình bày")
    KEEP_MINUTES = "keep_minutes", _("Lập biên bản")
    CHAIR = "chair", _("Chủ trì phiên họp hội đồng")
    SCORE = "score", _("Chấm điểm")
    VOTE = "vote", _("Bỏ phiếu")
    PROPOSE = "propose", _("Trình đề nghị ghi nhận")
    DECIDE = "decide", _("Quyết định ghi nhận, khen thưởng")
    NUMBER = "number", _("Vào số, phát hành văn bản")
    PUBLISH = "publish", _("Đưa lên thư viện")
    CALL_TO_ADOPT = "call_to_adopt", _("Kêu gọi nhân rộng")
    ADOPT = "adopt", _("Đăng ký, báo cáo áp dụng")
    AWARD_BONUS = "award_bonus", _("Lập bảng điểm thưởng")
    NOMINATE = "nominate", _("Giới thiệu lên cấp trên")
    RECEIVE_NOMINATION = "receive_nomination", _("Nhận giới thiệu của cấp dưới")
    MANAGE_UNITS = "manage_units", _("Quản lý danh sách đơn vị")
    MANAGE_PEOPLE = "manage_people", _("Quản lý người dùng")
    SEE_HISTORY = "see_history", _("Xem lịch sử các việc")
    BACK_UP = "back_up", _("Sao lưu, khôi phục")


EXPLANATIONS: Final[Mapping[Role, Promise]] = {
    Role.ORGANISER: _("Lo cả đợt: mời đơn vị, nhận báo cáo, trả lại, tổng hợp, chuyển thẩm định, trình."),
    Role.ORGANISER_HEAD: _("Làm được mọi việc của cán bộ đầu mối, và ban hành, sửa đổi kế hoạch."),
    Role.FIELD_REVIEWER: _("Hướng dẫn đơn vị và thẩm định giải pháp thuộc lĩnh vực được giao."),
    Role.FIELD_HEAD: _("Chịu trách nhiệm về ý kiến thẩm định của đơn vị phụ trách lĩnh vực."),
    Role.REPORTER: _("Soạn báo cáo của đơn vị; gửi được khi thủ trưởng cho phép."),
    Role.UNIT_HEAD: _("Gửi báo cáo thay mặt đơn vị và chịu trách nhiệm về báo cáo."),
    Role.COUNCIL_CHAIR: _("Chủ trì phiên họp hội đồng, chấm điểm và bỏ phiếu."),
    Role.COUNCIL_SECRETARY: _("Chuẩn bị phiên họp hội đồng và lập biên bản."),
    Role.COUNCIL_MEMBER: _("Chấm điểm và bỏ phiếu ở hội đồng."),
    Role.DECIDER: _("Chủ tịch, phó chủ tịch: quyết định ghi nhận, nhân rộng, khen thưởng."),
    Role.RECORDS_CLERK: _("Vào số, ghi ngày, phát hành và lưu văn bản."),
    Role.COMMUNICATOR: _("Đưa giải pháp đã được ghi nhận lên thư viện."),
    Role.UPPER_RECEIVER: _("Nhận và trả lời các giải pháp do cấp dưới giới thiệu."),
    Role.ADOPTER: _("Áp dụng giải pháp của nơi khác và báo cáo kết quả."),
    Role.ADMINISTRATOR: _("Quản lý đơn vị, người dùng và sao lưu; không chấm, không quyết định."),
    Role.AUDITOR: _("Chỉ xem: báo cáo của đợt, người dùng và lịch sử các việc."),
    Role.VISITOR: _("Đọc thư viện, không cần tài khoản."),
}

_IN_A_UNIT: Final = frozenset({Permission.READ_LIBRARY, Permission.SEE_MEMBERS})
_REPORTING: Final = _IN_A_UNIT | {Permission.DRAFT, Permission.WITHDRAW, Permission.FOLLOW, Permission.ADOPT}
_LEADING: Final = _IN_A_UNIT | {
    Permission.PLAN,
    Permission.INVITE,
    Permission.SEE_CAMPAIGN,
    Permission.RECORD,
    Permission.SEND_BACK,
    Permission.ADMIT,
    Permission.MERGE,
    Permission.DEFER,
    Permission.CONSOLIDATE,
    Permission.ROUTE,
    Permission.GUIDE,
    Permission.ARRANGE,
    Permission.KEEP_MINUTES,
    Permission.PROPOSE,
    Permission.CALL_TO_ADOPT,
    Permission.AWARD_BONUS,
    Permission.NOMINATE,
}
_APPRAISING: Final = _IN_A_UNIT | {Permission.GUIDE, Permission.APPRAISE, Permission.CONCLUDE, Permission.KEEP_MINUTES}

PERMISSIONS: Final[Mapping[Role, frozenset[Permission]]] = {
    Role.ORGANISER: _LEADING,
    Role.ORGANISER_HEAD: _LEADING | {Permission.ISSUE},
    Role.FIELD_REVIEWER: _APPRAISING,
    Role.FIELD_HEAD: _APPRAISING | {Permission.ARRANGE},
    Role.REPORTER: _REPORTING | {Permission.SUBMIT_IF_ALLOWED},
    Role.UNIT_HEAD: _REPORTING | {Permission.SUBMIT},
    Role.COUNCIL_CHAIR: _IN_A_UNIT | {Permission.CHAIR, Permission.SCORE, Permission.VOTE},
    Role.COUNCIL_SECRETARY: _IN_A_UNIT | {Permission.ARRANGE, Permission.KEEP_MINUTES},
    Role.COUNCIL_MEMBER: _IN_A_UNIT | {Permission.SCORE, Permission.VOTE},
    Role.DECIDER: _IN_A_UNIT | {Permission.SEE_CAMPAIGN, Permission.ISSUE, Permission.DECIDE},
    Role.RECORDS_CLERK: _IN_A_UNIT | {Permission.ISSUE, Permission.NUMBER},
    Role.COMMUNICATOR: _IN_A_UNIT | {Permission.PUBLISH},
    Role.UPPER_RECEIVER: _IN_A_UNIT | {Permission.RECEIVE_NOMINATION},
    Role.ADOPTER: _IN_A_UNIT | {Permission.ADOPT},
    Role.ADMINISTRATOR: _IN_A_UNIT
    | {Permission.MANAGE_UNITS, Permission.MANAGE_PEOPLE, Permission.SEE_HISTORY, Permission.BACK_UP},
    Role.AUDITOR: _IN_A_UNIT | {Permission.SEE_CAMPAIGN, Permission.SEE_HISTORY},
    Role.VISITOR: frozenset({Permission.READ_LIBRARY}),
}

# An invitation stands for the unit itself in one campaign: it drafts, sends, takes back and follows, nothing else.
INVITED: Final = frozenset(
    {Permission.READ_LIBRARY, Permission.DRAFT, Permission.SUBMIT, Permission.WITHDRAW, Permission.FOLLOW}
)


def follows_reports(role: Role) -> bool:
    """Whether the role sees reports of its own unit, or of a campaign; a reviewer of the same office does not."""
    return not PERMISSIONS[role].isdisjoint({Permission.FOLLOW, Permission.SEE_CAMPAIGN})


def access(role: Role) -> Access:
    """What a person needs to act in this role."""
    match role:
        case Role.VISITOR:
            return Access.NOTHING
        case Role.REPORTER:
            return Access.INVITATION
        case _:
            return Access.ACCOUNT


def holders(permission: Permission) -> list[Role]:
    """The roles that may, in the order of the table."""
    return [role for role in Role if permission in PERMISSIONS[role]]

"""What offices and units are told during appraisal: that something waits and where; never a verdict, name or count."""

from datetime import date, datetime
from typing import Final

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from sangkien.accounts.models import User
from sangkien.appraisal.models import Assignment, SupplementRequest, SupportMessage, SupportRequest
from sangkien.intake.models import Entry
from sangkien.notices.actions import tell
from sangkien.units.models import Unit

_LONGEST: Final = 500


def routed(to: Unit | User, assignment: Assignment, cause: object, at: datetime) -> None:
    """Something waits to be appraised, until when. The same for one entry and for a hundred."""
    tell(
        to, kind="appraisal.routed", subject_uid=assignment.routing.uid, scope=assignment.entry.campaign.uid,
        title=_("Có giải pháp mới chờ thẩm định"),
        text=_("Hạn thẩm định: hết ngày %s. Bạn mở trang Thẩm định để xem.") % day(assignment.due_date),
        path=reverse("appraisal:home"), key=f"appraisal.routed:{cause}:{_to(to)}", at=at,
    )  # fmt: skip


def given_back(entry: Entry, assignment: Assignment, at: datetime) -> None:
    """To the lead unit: an office says that it is not its field."""
    tell(
        entry.campaign.lead_unit, kind="appraisal.given_back", subject_uid=entry.uid, scope=entry.campaign.uid,
        title=_("Giải pháp %s được trả lại để phân công nơi khác") % entry.code,
        text=_("Đơn vị nhận thẩm định báo là không thuộc lĩnh vực của mình. Bạn chọn đơn vị khác."),
        path=reverse("appraisal:entry", args=[entry.uid]), key=f"appraisal.given_back:{assignment.uid}", at=at,
    )  # fmt: skip


def supplement_asked(entry: Entry, request: SupplementRequest, at: datetime) -> None:
    """To the unit: a question, and until when. Who asks is not said."""
    tell(
        entry.implementer, kind="intake.supplement_asked", subject_uid=entry.uid, scope=entry.campaign.uid,
        title=_("Giải pháp %(code)s cần làm rõ thêm, trả lời đến hết ngày %(due)s")
        % {"code": entry.code, "due": day(request.due_date)},
        text=short(request.question), path=reverse("appraisal:supplements", args=[entry.uid]),
        key=f"intake.supplement_asked:{request.uid}", at=at,
    )  # fmt: skip


def supplement_answered(entry: Entry, request: SupplementRequest, at: datetime) -> None:
    """To who asked."""
    assignment = request.assignment
    to = assignment.office or assignment.person
    if to is None:
        return
    tell(
        to, kind="appraisal.supplement_answered", subject_uid=request.uid, scope=entry.campaign.uid,
        title=_("Đơn vị đã trả lời phần cần làm rõ"), text=_("Bạn mở phiếu thẩm định để đọc."),
        path=reverse("appraisal:opinion", args=[assignment.uid]), key=f"appraisal.supplement_answered:{request.uid}",
        at=at,
    )  # fmt: skip


def support_asked(request: SupportRequest, at: datetime) -> None:
    """To the office: a unit asks for help."""
    tell(
        request.office, kind="appraisal.support_asked", subject_uid=request.uid, scope=request.campaign.uid,
        title=_("Có đơn vị hỏi khi soạn báo cáo"), text=short(request.title),
        path=reverse("appraisal:support", args=[request.uid]), key=f"appraisal.support_asked:{request.uid}", at=at,
    )  # fmt: skip


def support_answered(request: SupportRequest, message: SupportMessage, at: datetime) -> None:
    """To the unit: the office wrote."""
    tell(
        request.unit, kind="intake.support_answered", subject_uid=request.uid, scope=request.campaign.uid,
        title=_("Đã có trả lời cho câu hỏi của đơn vị"), text=short(request.title),
        path=reverse("appraisal:support", args=[request.uid]), key=f"intake.support_answered:{message.uid}", at=at,
    )  # fmt: skip


def day(on: date) -> str:
    """A date as people write it."""
    return date_format(on, "d/m/Y")


def short(text: str) -> str:
    """One line that fits; the page says the rest."""
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1].rpartition(" ")[0] + "…"


def _to(to: Unit | User) -> str:
    return f"{'unit' if isinstance(to, Unit) else 'user'}:{to.pk}"

"""The one or two acts that this person may do now with an entry; and whose the others are, and why."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final
from urllib.parse import urlencode
from uuid import uuid4

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from sangkien.accounts.actor import Actor
from sangkien.accounts.permissions import may
from sangkien.accounts.roles import Permission
from sangkien.accounts.verdict import Verdict
from sangkien.campaigns.window import VIETNAM
from sangkien.desk.entry import permitted
from sangkien.desk.entry.reading import Sheet
from sangkien.intake import rules
from sangkien.intake.lifecycle import Stage


@dataclass(frozen=True, slots=True)
class Act:
    """A button; ``is_post``: it is done at once, and ``key`` names the click."""

    label: str
    url: str
    is_primary: bool = False
    is_post: bool = False
    key: str = ""


@dataclass(frozen=True, slots=True)
class NotYours:
    """An act that is missing, with the reason."""

    label: str
    reason: str


@dataclass(frozen=True, slots=True)
class Offered:
    """``heading`` is empty when nothing is to be done by this person."""

    heading: str = ""
    sentence: str = ""
    main: tuple[Act, ...] = ()
    more: tuple[Act, ...] = ()
    others: tuple[NotYours, ...] = field(default=())


def offered(actor: Actor, sheet: Sheet, at: datetime) -> Offered:
    """By the stage. Costs no statement."""
    today = at.astimezone(VIETNAM).date()
    unit = _for_unit(actor, sheet, at)
    lead = _for_lead(actor, sheet, today)
    first = lead if lead.heading else unit
    others = tuple(_others(actor, sheet, today, is_unit=bool(unit.heading)))
    return Offered(first.heading, first.sentence, first.main, first.more, others)


# -- the lead unit


def _for_lead(actor: Actor, sheet: Sheet, today: date) -> Offered:
    match sheet.entry.stage:
        case Stage.SUBMITTED:
            return _checking(actor, sheet, today)
        case Stage.CHANGES_REQUESTED:
            return _awaiting(actor, sheet, today)
        case Stage.ADMITTED:
            return _admitted(actor, sheet)
        case Stage.IN_APPRAISAL | Stage.APPRAISED:
            return _appraised(actor, sheet)
        case Stage.MERGED:
            return _merged(actor, sheet)
    return Offered()


def _checking(actor: Actor, sheet: Sheet, today: date) -> Offered:
    entry = sheet.entry
    if not rules.may_admit(actor, entry):
        return Offered()
    answered = any(each.answered_by_id for each in sheet.returns)
    heading = _("Đến lượt bạn: xem bản bổ sung") if answered else _("Đến lượt bạn: kiểm tra báo cáo")
    if entry.is_late:
        closed = date_format(sheet.campaign.closes_date, "d/m/Y")
        sentence = _("Báo cáo đến sau hạn %s: tiếp nhận trong đợt này cần lý do, hoặc chuyển sang đợt sau.") % closed
    elif sheet.missing:
        labels = ", ".join(each.label for each in sheet.missing)
        sentence = _("Còn thiếu: %s. Trả lại và nêu rõ chỗ thiếu, hoặc vẫn tiếp nhận.") % labels
    else:
        sentence = _("Đủ các phần mà kế hoạch yêu cầu, gửi đúng hạn.")
    main = [_to("entry_admission", sheet, _("Tiếp nhận vào bảng tổng hợp"), primary=True, post=sheet.is_complete)]
    if rules.may_send_back(actor, entry):
        main.append(_to("send_back", sheet, _("Trả lại để bổ sung")))
    more = []
    if rules.may_merge(actor, entry):
        more.append(_to("merge", sheet, _("Gộp vào giải pháp trùng")))
    if permitted.may_defer(actor, entry, sheet.open_return, today):
        more.append(_to("lapse", sheet, _("Chuyển sang đợt sau")))
    if rules.may_withdraw(actor, entry):
        more.append(_to("recorded_withdrawal", sheet, _("Ghi nhận việc rút từ văn bản")))
    return Offered(heading, sentence, tuple(main), tuple(more))


def _awaiting(actor: Actor, sheet: Sheet, today: date) -> Offered:
    entry, back = sheet.entry, sheet.open_return
    if back is None or not permitted.may_extend(actor, entry):
        return Offered()
    due = date_format(back.due_date, "d/m/Y")
    extend = _to("extension", sheet, _("Gia thêm ngày bổ sung"))
    record = _to("recorded_supplement", sheet, _("Ghi nhận bản bổ sung từ văn bản"), post=True)
    if permitted.may_reject(actor, entry, back, today):
        sentence = _("Hạn bổ sung %s đã qua mà đơn vị chưa gửi lại.") % due
        conclude = _to("lapse", sheet, _("Kết luận: chuyển đợt sau, hoặc không tiếp nhận"), primary=True)
        return Offered(_("Đến lượt bạn: kết luận hồ sơ quá hạn"), sentence, (conclude, extend, record))
    return Offered(_("Đang chờ đơn vị bổ sung"), _("Hạn bổ sung đến hết ngày %s.") % due, (extend, record))


def _admitted(actor: Actor, sheet: Sheet) -> Offered:
    if not rules.may_undo_admission(actor, sheet.entry):
        return Offered()
    sentence = _("Hoàn lại được khi chưa chốt phụ lục tổng hợp và chưa chuyển thẩm định.")
    undo = _to("entry_admission_undone", sheet, _("Hoàn lại việc tiếp nhận"), post=True)
    asked = urlencode({"dot": sheet.campaign.uid, "so": sheet.entry.code})
    route = Act(_("Chuyển thẩm định"), f"{reverse('appraisal:preview')}?{asked}", is_primary=True)
    return Offered(_("Đã vào bảng tổng hợp"), sentence, (route, undo))


def _appraised(actor: Actor, sheet: Sheet) -> Offered:
    if not rules.in_lead(actor, Permission.ROUTE, sheet.campaign):
        return Offered()
    look = Act(_("Xem nơi thẩm định"), reverse("appraisal:entry", args=[sheet.entry.uid]))
    return Offered(_("Đã chuyển thẩm định"), _("Xem ai đang thẩm định, phân công lại, ghi ý kiến từ văn bản."), (look,))


def _merged(actor: Actor, sheet: Sheet) -> Offered:
    if not rules.may_unmerge(actor, sheet.entry):
        return Offered()
    sentence = _("Nếu không phải là một giải pháp, tách ra được khi chưa chốt phụ lục tổng hợp.")
    undo = _to("merge_undone", sheet, _("Tách ra, kiểm tra riêng"), post=True)
    return Offered(_("Đã gộp vào giải pháp khác"), sentence, (undo,))


# -- the unit


def _for_unit(actor: Actor, sheet: Sheet, at: datetime) -> Offered:
    """Acts of the unit; their pages stand in its own room."""
    if not _may_unit(actor, Permission.DRAFT, sheet):
        return Offered()
    match sheet.entry.stage:
        case Stage.DRAFT:
            return _unit_draft(actor, sheet)
        case Stage.SUBMITTED:
            return _unit_sent(actor, sheet, at)
        case Stage.CHANGES_REQUESTED:
            due = date_format(sheet.open_return.due_date, "d/m/Y") if sheet.open_return else ""
            sentence = _("Đơn vị đầu mối đề nghị bổ sung trước hết ngày %s.") % due
            revise = _unit_act("revise", sheet, _("Bổ sung nội dung"), primary=True, post=True)
            return Offered(_("Đến lượt đơn vị bạn: bổ sung"), sentence, (revise,))
        case Stage.WITHDRAWN:
            return _unit_withdrawn(actor, sheet, at)
    return Offered()


def _unit_draft(actor: Actor, sheet: Sheet) -> Offered:
    closes = date_format(sheet.campaign.closes_date, "d/m/Y")
    if _may_unit(actor, Permission.SUBMIT, sheet):
        heading, label = _("Đến lượt bạn: xem và gửi"), _("Xem, sửa và gửi")
    else:
        heading, label = _("Đến lượt bạn: hoàn tất bản soạn"), _("Soạn tiếp")
    sentence = _("Hạn nhận báo cáo đến hết ngày %s; gửi sau hạn vẫn được nhận và được ghi là trễ.") % closes
    return Offered(heading, sentence, (_unit_act("draft", sheet, label, primary=True),))


def _unit_sent(actor: Actor, sheet: Sheet, at: datetime) -> Offered:
    acts: list[Act] = []
    if sheet.campaign.is_late(at):
        sentence = _("Đơn vị đầu mối đang kiểm tra. Đã hết hạn nên chỉ sửa được khi được trả lại.")
    else:
        sentence = _("Đơn vị đầu mối đang kiểm tra. Trước hạn, đơn vị còn gửi lại bản mới được.")
        acts.append(_unit_act("revise", sheet, _("Soạn bản mới để gửi lại"), post=True))
    more = []
    if rules.may_withdraw(actor, sheet.entry):
        more.append(_unit_act("withdraw", sheet, _("Rút báo cáo này")))
    return Offered(_("Báo cáo đã gửi"), sentence, tuple(acts), tuple(more))


def _unit_withdrawn(actor: Actor, sheet: Sheet, at: datetime) -> Offered:
    if not rules.may_take_up(actor, sheet.entry) or sheet.campaign.is_late(at):
        return Offered(_("Đơn vị đã rút báo cáo này"), _("Đã hết hạn nên không soạn lại trong đợt này."))
    take_up = _unit_act("take_up", sheet, _("Soạn lại"), post=True)
    return Offered(_("Đơn vị đã rút báo cáo này"), _("Còn hạn: đơn vị soạn lại và gửi lại được."), (take_up,))


def _may_unit(actor: Actor, permission: Permission, sheet: Sheet) -> Verdict:
    return may(actor, permission, unit=sheet.entry.implementer, scope=sheet.campaign.uid)


# -- what is missing, and why


_LEADS: Final = frozenset({Stage.SUBMITTED, Stage.CHANGES_REQUESTED})


def _others(actor: Actor, sheet: Sheet, today: date, *, is_unit: bool) -> Iterator[NotYours]:
    entry = sheet.entry
    admit = rules.may_admit(actor, entry)
    if entry.stage == Stage.SUBMITTED and not admit:
        yield NotYours(_("Tiếp nhận, trả lại"), _("%s làm việc này.") % sheet.lead_name)
    if entry.stage in _LEADS and not is_unit:
        yield NotYours(
            _("Sửa nội dung"),
            _("Chỉ %s sửa được. Nếu cần sửa, hãy trả lại và ghi rõ chỗ thiếu.") % sheet.unit_name
            if admit
            else _("Chỉ %s sửa được.") % sheet.unit_name,
        )
    if entry.stage == Stage.CHANGES_REQUESTED:
        late = permitted.may_reject(actor, entry, sheet.open_return, today)
        if not late and permitted.may_extend(actor, entry):
            yield NotYours(_("Kết luận khi chưa bổ sung"), late.reason)
        elif not is_unit and not permitted.may_extend(actor, entry):
            yield NotYours(_("Bổ sung nội dung"), _("%s làm việc này.") % sheet.unit_name)
    if entry.stage == Stage.DRAFT and is_unit and not _may_unit(actor, Permission.SUBMIT, sheet):
        yield NotYours(_("Gửi báo cáo"), _may_unit(actor, Permission.SUBMIT, sheet).reason)
    if entry.stage == Stage.DEFERRED:
        yield NotYours(
            _("Xét tiếp ở đợt sau"),
            _("Khi đợt sau mở, %s xác nhận “vẫn đang áp dụng” rồi gửi lại.") % sheet.unit_name,
        )
    if entry.stage in _LEADS | {Stage.ADMITTED}:
        yield NotYours(_("Thẩm định"), _appraised_by(sheet))


def _appraised_by(sheet: Sheet) -> str:
    name = getattr(sheet.entry, "field_name", None)
    after = _("Mở sau khi tiếp nhận.") if sheet.entry.stage != Stage.ADMITTED else _("Mở khi đơn vị đầu mối chuyển.")
    if not name:
        return _("Đơn vị phụ trách lĩnh vực làm việc này. %s") % after
    return _("Đơn vị phụ trách lĩnh vực %(name)s làm việc này. %(after)s") % {"name": name, "after": after}


def _to(name: str, sheet: Sheet, label: str, *, primary: bool = False, post: bool = False) -> Act:
    return Act(label, reverse(f"desk:{name}", args=[sheet.entry.uid]), primary, post, str(uuid4()) if post else "")


def _unit_act(name: str, sheet: Sheet, label: str, *, primary: bool = False, post: bool = False) -> Act:
    return Act(label, reverse(f"intake:{name}", args=[sheet.entry.uid]), primary, post)

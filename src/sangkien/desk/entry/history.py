"""The ledger about an entry, each act as a sentence. What a page does not know how to say is not shown."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from sangkien.desk.entry.reading import Sheet
from sangkien.desk.entry.slips import facts_of
from sangkien.desk.entry.speaking import who
from sangkien.ledger.models import Act

# In the words of the ledger; ``sentence_of`` fills in the facts of the act.
SENTENCES: Final[Mapping[str, Promise | str]] = {
    "entry.started": gettext_lazy("Bắt đầu soạn, mã %(code)s."),
    "entry.revised": gettext_lazy("Mở bản %(number)s để sửa."),
    "entry.revision_discarded": gettext_lazy("Bỏ bản %(number)s đang soạn."),
    "entry.discarded": gettext_lazy("Bỏ bản soạn."),
    "entry.evidence_added": gettext_lazy("Thêm một tệp minh chứng."),
    "entry.evidence_captioned": gettext_lazy("Sửa chú thích của một tệp minh chứng."),
    "entry.evidence_removed": gettext_lazy("Bỏ một tệp minh chứng."),
    "entry.submit": gettext_lazy("Gửi báo cáo."),
    "entry.send_again": gettext_lazy("Gửi lại bản mới trước hạn."),
    "entry.resubmit": gettext_lazy("Gửi bản bổ sung."),
    "entry.withdraw": gettext_lazy("Rút báo cáo. Lý do: %(reason)s"),
    "entry.take_up": gettext_lazy("Soạn lại báo cáo đã rút."),
    "entry.send_back": gettext_lazy("Trả lại để bổ sung, hạn %(due_date)s."),
    "entry.return_extended": gettext_lazy("Gia hạn bổ sung từ %(old)s đến %(new)s."),
    "entry.return_letter": gettext_lazy("Ghi công văn đề nghị bổ sung."),
    "entry.still_applied": gettext_lazy("Đơn vị xác nhận vẫn đang áp dụng; giải pháp vào đợt sau."),
    "entry.no_longer_applied": gettext_lazy("Đơn vị trả lời: không còn áp dụng. Lý do: %(reason)s"),
    "entry.reject": gettext_lazy("Không tiếp nhận. Lý do: %(reason)s"),
    "entry.defer": gettext_lazy("Chuyển sang đợt sau. Lý do: %(reason)s"),
    "entry.merge": gettext_lazy("Gộp vào giải pháp khác."),
    "entry.unmerge": gettext_lazy("Tách ra sau khi gộp."),
    "entry.admit": gettext_lazy("Tiếp nhận vào bảng tổng hợp."),
    "entry.undo_admission": gettext_lazy("Hoàn lại việc tiếp nhận."),
    "entry.route": gettext_lazy("Chuyển thẩm định."),
    "entry.undo_routing": gettext_lazy("Rút lại việc chuyển thẩm định."),
    "entry.appraise": gettext_lazy("Các nơi thẩm định đã có ý kiến."),
    "entry.supplement_answered": gettext_lazy("Đơn vị trả lời phần cần làm rõ."),
    "entry.assess": gettext_lazy("Kết thúc đánh giá."),
    "entry.reopen_assessment": gettext_lazy("Mở lại kết quả đánh giá. Lý do: %(reason)s"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One act: its number in the ledger, when, by whom, what."""

    seq: int
    at: datetime
    who: str
    sentence: str


def lines(sheet: Sheet) -> list[Line]:
    """Newest first."""
    told = (
        Line(act.seq, act.at, who(sheet, act.actor, of_unit=_of_unit(sheet, act)), sentence_of(act))
        for act in reversed(sheet.history)
    )
    return [line for line in told if line.sentence]


def _of_unit(sheet: Sheet, act: Act) -> bool:
    return act.acting_unit == sheet.entry.implementer.uid


def sentence_of(act: Act) -> str:
    """Empty for an act that is not for this page."""
    pattern = SENTENCES.get(act.verb)
    if pattern is None:
        return ""
    facts = {name: _shown(value) for name, value in facts_of(act).items()}
    try:
        return str(pattern) % facts
    except KeyError:  # an act of an earlier version, which told less
        return str(pattern).partition("%")[0].rstrip(" ,.:") + "."


def _shown(value: Any) -> Any:
    if isinstance(value, str):
        try:
            return date_format(date.fromisoformat(value), "d/m/Y")
        except ValueError:
            return value
    return value

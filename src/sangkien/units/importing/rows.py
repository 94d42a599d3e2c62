"""One line of the list, understood by itself: before anything is compared with what is there."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from django.utils.translation import gettext as _

from sangkien.units.importing import words
from sangkien.units.importing.lines import Line
from sangkien.units.models import (
    LONGEST_CODE,
    LONGEST_E_ID,
    LONGEST_NAME,
    Kind,
    Level,
    SigningRegime,
    Unit,
    UnitVersion,
)


class Fate(StrEnum):
    """What becomes of a line when the list is entered."""

    NEW = "new"
    SAME = "same"
    RENAME = "rename"  # perhaps the same unit under another name: a person says so, or it is left out
    WRONG = "wrong"


@dataclass(slots=True, eq=False)
class Row:
    """One line, understood; not compared by content, so that rows can be keys.

    ``unit`` is the version that it means where there is one; errors forbid the whole list.
    """

    line: Line
    kind: Kind = Kind.OTHER
    level: Level = Level.COMMUNE
    regime: SigningRegime = SigningRegime.HEAD
    starts: date = date.min
    parent_row: "Row | None" = None
    parent_unit: Unit | None = None
    unit: UnitVersion | None = None
    fate: Fate = Fate.NEW
    errors: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def err(self, sentence: str) -> None:
        """This line is wrong, for one more reason."""
        self.fate = Fate.WRONG
        self.errors.append(sentence)


def understood(line: Line, on: date) -> Row:
    """What its words say; ``on`` is the first day where it names none. What they do not say clearly is an error."""
    row = Row(line, starts=on)
    if not line.name:
        row.err(_("Chưa có tên đơn vị. Bạn ghi tên vào cột tên."))
    if len(line.name) > LONGEST_NAME:
        row.err(_("Tên dài quá %d ký tự. Bạn ghi ngắn lại.") % LONGEST_NAME)
    _understand_kind(row)
    if line.starts:
        starts = words.date_of_word(line.starts)
        if starts is None:
            row.err(_("Ngày “%s” chưa rõ. Bạn ghi ngày/tháng/năm, ví dụ 01/07/2025.") % line.starts)
        row.starts = starts or on
    row.regime = words.regime_of_kind(row.kind)
    if line.regime:
        regime = words.regime_of_word(line.regime)
        if regime is None:
            row.err(_("Chế độ ký “%s” chưa rõ. Bạn ghi “TM” hoặc “Thủ trưởng”.") % line.regime)
        row.regime = regime or row.regime
    for text, longest, what in ((line.code, LONGEST_CODE, _("Mã")), (line.e_id, LONGEST_E_ID, _("Mã định danh"))):
        if len(text) > longest:
            row.err(_("%(what)s dài quá %(longest)d ký tự.") % {"what": what, "longest": longest})
    return row


def _understand_kind(row: Row) -> None:
    line = row.line
    kind = words.kind_of_word(line.kind) if line.kind else words.kind_of_name(line.name)
    if kind is Kind.PROVINCE_PC and line.parent and words.is_city(line.kind or line.name):
        kind = Kind.DISTRICT_PC  # "Thành phố Thủ Đức" under another city
    if line.kind and kind is None:
        row.err(_("Loại “%s” chưa rõ. Bạn ghi ví dụ: phường, xã, cơ quan chuyên môn, đơn vị sự nghiệp.") % line.kind)
    elif kind is None:
        row.notes.append(_("Chưa rõ loại nên xếp vào “cơ quan, tổ chức khác”."))
    elif not line.kind:
        row.notes.append(_("Loại đoán theo tên: %s.") % kind.label)
    row.kind = kind or Kind.OTHER
    level = words.level_of_word(line.level) if line.level else words.level_of_kind(row.kind)
    if line.level and level is None:
        row.err(_("Cấp “%s” chưa rõ. Bạn ghi: cấp tỉnh, cấp huyện hoặc cấp xã.") % line.level)
    row.level = level or Level.COMMUNE

"""What entering a list of units would do, line by line. Nothing is changed here, and nothing is guessed silently.

Two statements, however long the list is.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.db.models import Q
from django.utils.translation import gettext as _

from sangkien.units.changing import day, listed
from sangkien.units.importing import words
from sangkien.units.importing.lines import Sheet, read_file
from sangkien.units.importing.rows import Fate, Row, understood
from sangkien.units.models import Level, Unit, UnitVersion
from sangkien.units.queries import is_valid
from sangkien.vietnamese import canonical, unit_key


@dataclass(slots=True)
class Preview:
    """All rows in the order of the list. ``sheet``, ``on`` and ``under`` are what it was made from."""

    sheet: Sheet
    on: date
    under: Unit | None
    rows: list[Row]

    @property
    def errors(self) -> list[str]:
        """ "dòng 5: …", all of them."""
        return [f"{row.line.place}: {error}" for row in self.rows for error in row.errors]

    def count(self, fate: Fate) -> int:
        """How many lines have this fate."""
        return sum(row.fate is fate for row in self.rows)

    def __str__(self) -> str:
        return _("%(new)d đơn vị mới, %(same)d đã có, %(rename)d có thể là đổi tên, %(wrong)d dòng có lỗi.") % {
            "new": self.count(Fate.NEW),
            "same": self.count(Fate.SAME),
            "rename": self.count(Fate.RENAME),
            "wrong": self.count(Fate.WRONG),
        }


def read_units(path: Path, *, on: date, under: Unit | None = None) -> Preview:
    """``compare`` for the list in a file. Raises ``Refused`` for a file that gives no list."""
    return compare(read_file(path), on=on, under=under)


def compare(sheet: Sheet, *, on: date, under: Unit | None = None) -> Preview:
    """What the list would do. ``on``, ``under``: the first day, the parent of lines that name none."""
    rows = [understood(line, on) for line in sheet.lines]
    known = _Known(rows, under)
    _find_parents(rows, known, under)
    seen: dict[tuple[object, str], Row] = {}
    for row in _parents_first(rows):
        _refuse_double(row, seen)
        if row.fate is not Fate.WRONG:
            _find_unit(row, known)
        _take_from_parent(row, known)
    return Preview(sheet, on, under, rows)


# -- what is there


class _Known:
    """The versions that the list may speak of, read once."""

    def __init__(self, rows: Iterable[Row], under: Unit | None) -> None:
        lines = [row.line for row in rows]
        texts = {text for line in lines for text in (line.name, line.parent) if text}
        codes = {text for line in lines for text in (line.code, line.parent) if text}
        named = Q(name_folded__in={unit_key(text) for text in texts}) | Q(code__in=codes)
        versions = list(UnitVersion.objects.current().filter(named).select_related("unit").order_by("pk"))
        self.by_key: dict[str, list[UnitVersion]] = {}
        self.by_code: dict[str, list[UnitVersion]] = {}
        for version in versions:
            self.by_key.setdefault(version.name_folded, []).append(version)
            if version.code:
                self.by_code.setdefault(version.code, []).append(version)
        ids = {version.unit_id for version in versions} | ({under.pk} if under else set())
        ids |= {version.parent_id for version in versions if version.parent_id}
        lives = UnitVersion.objects.current().filter(unit__in=ids).order_by("unit_id", "valid_from")
        self.lives: dict[int, list[UnitVersion]] = {}
        for version in lives:
            self.lives.setdefault(version.unit_id, []).append(version)

    def meant(self, text: str, on: date) -> list[UnitVersion]:
        """Units called so, or with this code, on a day."""
        found = self.by_key.get(unit_key(text), []) + self.by_code.get(text, [])
        return list({version.unit_id: version for version in found if is_valid(version, on)}.values())

    def told_apart(self, versions: Collection[UnitVersion], on: date) -> str:
        """Names with their parents' names: "Phường 1 – Quận 3, Phường 1 – Quận 5"."""
        names = []
        for version in versions:
            lives = self.lives.get(version.parent_id or 0, [])
            above = next((each.name for each in lives if is_valid(each, on)), "")
            names.append(f"{version.name} – {above}" if above else version.name)
        return listed(names)


# -- parents


def _find_parents(rows: list[Row], known: _Known, under: Unit | None) -> None:
    by_key: dict[str, list[Row]] = {}
    by_code: dict[str, list[Row]] = {}
    for row in rows:
        by_key.setdefault(unit_key(row.line.name), []).append(row)
        if row.line.code:
            by_code.setdefault(row.line.code, []).append(row)
    for row in rows:
        text = row.line.parent
        if not text:
            row.parent_unit = under
            continue
        above = by_code.get(text) or by_key.get(unit_key(text)) or []
        above = [other for other in above if other is not row]
        if len(above) == 1:
            row.parent_row = above[0]
        elif above:
            places = listed([other.line.place for other in above])
            row.err(_("Có nhiều “%(text)s” trong danh sách (%(places)s). Bạn ghi mã của cấp trên thay cho tên.") % {
                "text": text, "places": places,
            })  # fmt: skip
        else:
            _find_parent_unit(row, known)


def _find_parent_unit(row: Row, known: _Known) -> None:
    text, on = row.line.parent, row.starts
    meant = known.meant(text, on)
    if not meant:
        row.err(
            _("Chưa có đơn vị cấp trên “%(text)s” vào ngày %(on)s. Bạn thêm một dòng cho đơn vị đó hoặc sửa tên.")
            % {"text": text, "on": day(on)}
        )
    elif len(meant) > 1:
        row.err(
            _("Vào ngày %(on)s có %(count)d đơn vị tên “%(text)s” (%(named)s). Bạn ghi mã của cấp trên thay cho tên.")
            % {"on": day(on), "count": len(meant), "text": text, "named": known.told_apart(meant, on)}
        )
    else:
        row.parent_unit = meant[0].unit


def _parents_first(rows: list[Row]) -> list[Row]:
    """Each row after its parent's; rows that stand in a circle are wrong."""
    ordered: list[Row] = []
    done: set[Row] = set()
    for row in rows:
        way: dict[Row, None] = {}
        step: Row | None = row
        while step is not None and step not in done and step not in way:
            way[step] = None
            step = step.parent_row
        if step is not None and step in way:
            steps = list(way)
            for each in steps[steps.index(step) :]:
                each.err(_("Các đơn vị trực thuộc nhau thành vòng. Bạn xem lại cột cấp trên."))
                each.parent_row = None
        done.update(way)
        ordered += reversed(way)
    return ordered


def _take_from_parent(row: Row, known: _Known) -> None:
    above = row.parent_row
    if above is not None and above.fate is Fate.WRONG:
        row.err(_("Đơn vị cấp trên (%s) có lỗi.") % above.line.place)
    elif above is not None and above.fate is Fate.NEW and above.starts > row.starts:
        row.err(
            _("Đơn vị cấp trên (%(place)s) chỉ có từ ngày %(day)s.")
            % {"place": above.line.place, "day": day(above.starts)}
        )
    if row.line.level or words.level_of_kind(row.kind):
        return
    if above is not None:
        row.level = above.level
    elif row.parent_unit is not None and row.parent_unit.pk in known.lives:
        row.level = Level(known.lives[row.parent_unit.pk][-1].level)


# -- doubles, and units that are there


def _refuse_double(row: Row, seen: dict[tuple[object, str], Row]) -> None:
    """The same name under the same parent, however the parent is written; one that is only much alike gets a note."""
    if not row.line.name:
        return
    above = row.parent_row
    parent: object = above.unit.unit if above is not None and above.unit is not None else above or row.parent_unit
    same = seen.setdefault((parent, _spelt(row.line.name)), row)
    alike = seen.setdefault((parent, f"key {unit_key(row.line.name)}"), row)
    if same is not row:
        row.err(_("Trùng với %s. Bạn bỏ một dòng, hoặc ghi rõ cấp trên nếu là hai đơn vị.") % same.line.place)
    elif alike is not row:
        row.notes.append(_("Tên gần giống %s. Bạn xem có phải một đơn vị không.") % alike.line.place)


def _spelt(name: str) -> str:
    return canonical(name).casefold()


def _find_unit(row: Row, known: _Known) -> None:
    """The unit that the line means, if it is there: by name under the same parent; by code only as a question."""
    above = row.parent_row
    if above is not None and above.unit is None:
        return  # under a unit that is new itself
    parent = above.unit.unit if above is not None and above.unit is not None else row.parent_unit
    _refuse_parent_days(row, parent, known)
    named = _there(known.by_key.get(unit_key(row.line.name), []), row, parent)
    meant = [version for version in named if _spelt(version.name) == _spelt(row.line.name)] or named
    if len(meant) > 1:
        row.err(
            _("Đã có %(count)d đơn vị tên “%(name)s” (%(named)s). Bạn ghi rõ cấp trên.")
            % {"count": len(meant), "name": row.line.name, "named": known.told_apart(meant, row.starts)}
        )
    elif meant:
        _is_there(row, meant[0])
    else:
        _refuse_later(row, parent, known)
        _ask_by_code(row, parent, known)


def _there(versions: Iterable[UnitVersion], row: Row, parent: Unit | None) -> list[UnitVersion]:
    there = [version for version in versions if is_valid(version, row.starts)]
    if parent is not None:
        return [version for version in there if version.parent_id == parent.pk]
    # A line without a parent means first a unit that stands by itself, as it would be entered.
    return [version for version in there if version.parent_id is None] or there


def _refuse_parent_days(row: Row, parent: Unit | None, known: _Known) -> None:
    if parent is None or parent.pk not in known.lives:
        return
    first, last = known.lives[parent.pk][0], known.lives[parent.pk][-1]
    if row.starts < first.valid_from:
        row.err(
            _("Đơn vị cấp trên “%(name)s” chỉ có từ ngày %(day)s.") % {"name": first.name, "day": day(first.valid_from)}
        )
    elif last.valid_to is not None:
        row.err(
            _("Đơn vị cấp trên “%(name)s” kết thúc từ ngày %(day)s.") % {"name": last.name, "day": day(last.valid_to)}
        )


def _is_there(row: Row, version: UnitVersion) -> None:
    row.unit, row.fate = version, Fate.SAME if row.fate is not Fate.WRONG else Fate.WRONG
    line = row.line
    if row.fate is Fate.SAME and _spelt(version.name) != _spelt(line.name):
        row.fate = Fate.RENAME
        row.notes.append(
            _("Đang ghi là “%s”. Nếu nay đổi tên thì chọn đổi tên; nếu chỉ là cách viết thì để nguyên.") % version.name
        )
    differences = (
        (_("loại"), line.kind and row.kind != version.kind, row.kind.label, version.get_kind_display()),
        (_("mã"), line.code and line.code != version.code, line.code, version.code),
        (_("mã định danh"), line.e_id and line.e_id != version.e_id, line.e_id, version.e_id),
        (_("chế độ ký"), line.regime and row.regime != version.signing_regime, row.regime.label,
         version.get_signing_regime_display()),
    )  # fmt: skip
    for what, differs, written, kept in differences:
        if differs:
            values = {"what": what, "written": written, "kept": kept or "–"}
            row.notes.append(_("Khác %(what)s: tệp ghi “%(written)s”, đang ghi “%(kept)s”. Không đổi gì.") % values)


def _refuse_later(row: Row, parent: Unit | None, known: _Known) -> None:
    """Entered for an earlier day, a unit that is there already would be there twice."""
    for version in known.by_key.get(unit_key(row.line.name), []):
        if version.valid_from > row.starts and (parent is None or version.parent_id == parent.pk):
            row.err(
                _("Đã có “%(name)s” từ ngày %(day)s. Bạn bỏ dòng này, hoặc đính chính ngày của đơn vị đó.")
                % {"name": version.name, "day": day(version.valid_from)}
            )
            return


def _ask_by_code(row: Row, parent: Unit | None, known: _Known) -> None:
    """Codes are reused, so a code alone never says that a unit is meant; it is worth a question."""
    if not row.line.code or row.fate is Fate.WRONG:
        return
    same_code = [version for version in known.by_code.get(row.line.code, []) if is_valid(version, row.starts)]
    of_parent = [version for version in same_code if parent is not None and version.parent_id == parent.pk]
    if len(of_parent) == 1:
        row.unit, row.fate = of_parent[0], Fate.RENAME
        row.notes.append(
            _("Mã %(code)s đang là của “%(name)s”. Đơn vị đó nay đổi tên thì chọn đổi tên; không thì chọn thêm mới.")
            % {"code": row.line.code, "name": of_parent[0].name}
        )
    elif same_code:
        names = known.told_apart(same_code, row.starts)
        row.notes.append(_("Mã %(code)s cũng là mã của %(names)s.") % {"code": row.line.code, "names": names})

"""Results as files: the table with every mark, and the text from which ``sangkien score`` reckons them again."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from io import BytesIO

from django.utils.translation import gettext as _

from sangkien.appraisal.reckoning.board import Board, Line
from sangkien.appraisal.reckoning.outcome import Outcome
from sangkien.scoring.model import Criterion
from sangkien.scoring.model import Sheet as Filed
from sangkien.scoring.official.model import LeftOut, Why
from sangkien.scoring.official.sheets import sheet_total
from sangkien.spreadsheets import Column, Sheet, csv_chunks, write_xlsx

Cell = str | int | Decimal | None


def results_columns(board: Board) -> list[Column]:
    """Of the first sheet."""
    advice = [Column(_("Điểm tham khảo"), 12, numeric=True), Column(_("Khoảng tin cậy 90%"), 18)]
    return [
        Column(_("Hạng"), 8, numeric=True),
        Column(_("Mã"), 10),
        Column(_("Tên giải pháp"), 60),
        Column(_("Đơn vị"), 30),
        Column(_("Điểm chính thức"), 12, numeric=True),
        Column(_("Mức"), 26),
        Column(_("So với vạch"), 16),
        *([*advice, Column(_("Khả năng trên vạch"), 12)] if board.has_advice else []),
    ]


def results_rows(board: Board) -> Iterator[list[Cell]]:
    """As the page shows them, in its order."""
    for band in board.bands:
        for line in band.lines:
            yield [*_row(line), band.title, *([line.middle, line.span, line.chance] if board.has_advice else [])]


def _row(line: Line) -> list[Cell]:
    reckoning = line.reckoning
    title = line.entry.revision.title if line.entry.revision else ""
    return [reckoning.rank, line.entry.code, title, line.unit, reckoning.score, reckoning.band or ""]


def csv(board: Board) -> Iterator[bytes]:
    """The table of results, piece by piece."""
    return csv_chunks(results_columns(board), results_rows(board))


def xlsx(outcome: Outcome, board: Board, title: str, *, names_judges: bool) -> bytes:
    """Results, the score matrix, and every mark with why it is missing.

    Without ``names_judges`` each judge is a number: who may not see how severe somebody is cannot work it out here.
    """
    judges = _judges(outcome, names_judges=names_judges)
    target = BytesIO()
    write_xlsx(
        target,
        [
            Sheet(_("Kết quả"), results_columns(board), results_rows(board), title=[title]),
            Sheet(_("Bảng điểm"), _matrix_columns(judges), _matrix(outcome, judges)),
            Sheet(_("Từng điểm"), _mark_columns(), _marks(outcome, judges)),
        ],
    )
    return target.getvalue()


def _judges(outcome: Outcome, *, names_judges: bool) -> dict[str, str]:
    """Judge → what the file calls them, in the order of the columns."""
    members = outcome.gathered.members
    if names_judges:
        return {uid: members[uid].name for uid in sorted(members)}
    return {uid: _("Người chấm số %d") % number for number, uid in enumerate(sorted(members), start=1)}


def _matrix_columns(judges: Mapping[str, str]) -> list[Column]:
    columns = [Column(name, 16, numeric=True) for name in judges.values()]
    return [Column(_("Mã"), 10), *columns, Column(_("Điểm chính thức"), 12, numeric=True)]


def _matrix(outcome: Outcome, judges: Mapping[str, str]) -> Iterator[list[Cell]]:
    """One line an entry, one column a judge: the total of the whole sheet; empty where a mark is missing."""
    rule = outcome.gathered.given.rule
    totals = {(each.entry, each.judge): sheet_total(rule, each) for each in outcome.gathered.given.sheets}
    for reckoning in outcome.result.reckonings:
        marks = [totals.get((reckoning.entry, uid)) for uid in judges]
        yield [reckoning.entry, *marks, reckoning.score]


def _mark_columns() -> list[Column]:
    return [
        Column(_("Mã"), 10),
        Column(_("Người chấm"), 26),
        Column(_("Tiêu chí"), 40),
        Column(_("Điểm"), 10, numeric=True),
        Column(_("Vì sao không có điểm"), 40),
        Column(_("Phiếu không tính vì"), 30),
    ]


def _marks(outcome: Outcome, judges: Mapping[str, str]) -> Iterator[list[Cell]]:
    rule = outcome.gathered.given.rule
    left_out = {(each.entry, one.judge): _why(one) for each in outcome.result.reckonings for one in each.left_out}
    for sheet in outcome.gathered.given.sheets:
        name = judges.get(sheet.judge, sheet.judge)
        for criterion in rule.criteria:
            yield [sheet.entry, name, *_mark(sheet, criterion), left_out.get((sheet.entry, sheet.judge), "")]


def _mark(sheet: Filed, criterion: Criterion) -> list[Cell]:
    return [criterion.name, sheet.marks.get(criterion.code), sheet.missing.get(criterion.code, "")]


def _why(each: LeftOut) -> str:
    words: Mapping[Why, str] = {
        Why.MISSING: _("thiếu điểm"),
        Why.BLANK_SHEET: _("phiếu trống"),
        Why.SET_ASIDE: _("người chấm phải tránh"),
        Why.ANCHOR: _("hồ sơ neo, theo quy tắc không tính"),
        Why.HIGHEST: _("phiếu cao nhất, theo quy tắc bỏ ra"),
        Why.LOWEST: _("phiếu thấp nhất, theo quy tắc bỏ ra"),
    }
    return words[each.why]

"""The named styles of a paper: every look that a paragraph may have, built from the tokens.

Both writers take them from here: the .docx writer as Word styles, the PDF writer as data for its template.
Space stands before a paragraph only: Word would take the larger of "after" and "before", typst would add them.
"""

from dataclasses import dataclass
from typing import Final, Literal

from sangkien.documents import tokens

Align = Literal["left", "center", "justify"]
_FIRST_LINE = tokens.FIRST_LINE_MM * tokens.MM_PT


@dataclass(frozen=True, slots=True)
class Style:
    """One look, lengths in points. ``hanging`` moves the first line left of ``left``; ``level`` is of the outline."""

    key: str
    name: str
    size: float
    align: Align = "left"
    bold: bool = False
    italic: bool = False
    before: float = 0
    first_line: float = 0
    left: float = 0
    right: float = 0
    hanging: float = 0
    keep_next: bool = False
    widow_control: bool = True
    level: int | None = None
    colour: str | None = None


NATIONAL_NAME: Final = Style("QuocHieu", "Quốc hiệu", tokens.NATIONAL_NAME_PT, "center", bold=True)
MOTTO: Final = Style("TieuNgu", "Tiêu ngữ", tokens.MOTTO_PT, "center", bold=True)
SUPERIOR: Final = Style("CoQuanCapTren", "Cơ quan cấp trên", tokens.BODY_NAME_PT, "center")
BODY_NAME: Final = Style("CoQuanBanHanh", "Cơ quan ban hành", tokens.BODY_NAME_PT, "center", bold=True)
NUMBER: Final = Style("SoKyHieu", "Số, ký hiệu", tokens.NUMBER_PT, "center", before=tokens.HEADER_ROW_GAP_PT)
PLACE_DATE: Final = Style(
    "DiaDanhNgay", "Địa danh, ngày", tokens.PLACE_DATE_PT, "center", italic=True, before=tokens.HEADER_ROW_GAP_PT
)
PLACE_DATE_TIGHT: Final = Style(
    "DiaDanhNgayHep",
    "Địa danh, ngày (hẹp)",
    tokens.PLACE_DATE_TIGHT_PT,
    "center",
    italic=True,
    before=tokens.HEADER_ROW_GAP_PT,
)
SUBJECT: Final = Style("VeViec", "Về việc", tokens.SUBJECT_PT, "center", before=tokens.SUBJECT_BEFORE_PT)
URGENCY: Final = Style(
    "DoKhan",
    "Độ khẩn",
    tokens.URGENCY_PT,
    "center",
    bold=True,
    before=tokens.URGENCY_BEFORE_PT,
    colour=tokens.URGENCY_COLOUR,
)
KIND: Final = Style(
    "TenLoai", "Tên loại", tokens.KIND_PT, "center", bold=True, before=tokens.KIND_BEFORE_PT, keep_next=True, level=0
)
SUMMARY: Final = Style("TrichYeu", "Trích yếu", tokens.SUMMARY_PT, "center", bold=True, keep_next=True)
AUTHORITY: Final = Style(
    "ThamQuyen",
    "Thẩm quyền ban hành",
    tokens.AUTHORITY_PT,
    "center",
    bold=True,
    before=tokens.AUTHORITY_BEFORE_PT,
    keep_next=True,
)
BASIS: Final = Style(
    "CanCu",
    "Căn cứ",
    tokens.BASIS_PT,
    "justify",
    italic=True,
    before=tokens.PARAGRAPH_BEFORE_PT,
    first_line=_FIRST_LINE,
)
DECISION_WORD: Final = Style(
    "QuyetDinh",
    "Quyết định",
    tokens.AUTHORITY_PT,
    "center",
    bold=True,
    before=tokens.AUTHORITY_BEFORE_PT,
    keep_next=True,
)
RECIPIENTS: Final = Style(
    "KinhGui", "Kính gửi", tokens.RECIPIENTS_PT, "center", before=tokens.RECIPIENTS_BEFORE_PT, keep_next=True
)
RECIPIENT: Final = Style("NoiKinhGui", "Nơi kính gửi", tokens.RECIPIENTS_PT, keep_next=True)
BODY: Final = Style(
    "NoiDung",
    "Nội dung",
    tokens.BODY_PT,
    "justify",
    before=tokens.PARAGRAPH_BEFORE_PT,
    first_line=_FIRST_LINE,
)
DIVISION: Final = Style(
    "PhanChuong",
    "Phần, chương, mục",
    tokens.DIVISION_PT,
    "center",
    bold=True,
    before=tokens.DIVISION_BEFORE_PT,
    keep_next=True,
    level=0,
)
DIVISION_TITLE: Final = Style(
    "TenPhanChuong", "Tên phần, chương, mục", tokens.DIVISION_PT, "center", bold=True, keep_next=True
)
ITEM_TITLE: Final = Style(
    "DeMuc",
    "Đề mục",
    tokens.BODY_PT,
    "left",  # few words in capitals: justified, the first of two lines gapes
    bold=True,
    before=tokens.PARAGRAPH_BEFORE_PT,
    first_line=_FIRST_LINE,
    keep_next=True,
    level=1,
)
ARTICLE: Final = Style(
    "Dieu",
    "Điều",
    tokens.BODY_PT,
    "justify",
    before=tokens.PARAGRAPH_BEFORE_PT,
    first_line=_FIRST_LINE,
    level=1,
)
SIGNATURE_OFFICE: Final = Style(
    "ChucVuKy", "Quyền hạn, chức vụ người ký", tokens.SIGNATURE_PT, "center", bold=True, keep_next=True
)
SIGNATURE_NAME: Final = Style(
    "HoTenKy", "Họ tên người ký", tokens.SIGNATURE_PT, "center", bold=True, before=tokens.SIGNATURE_ROOM_PT
)
DISTRIBUTION_WORD: Final = Style(
    "NoiNhan", "Nơi nhận", tokens.DISTRIBUTION_WORD_PT, bold=True, italic=True, keep_next=True
)
DISTRIBUTION: Final = Style("DanhSachNoiNhan", "Danh sách nơi nhận", tokens.DISTRIBUTION_PT)
APPENDIX_WORD: Final = Style("PhuLuc", "Phụ lục", tokens.APPENDIX_WORD_PT, "center", bold=True, keep_next=True, level=0)
APPENDIX_TITLE: Final = Style("TenPhuLuc", "Tên phụ lục", tokens.APPENDIX_TITLE_PT, "center", bold=True, keep_next=True)
APPENDIX_ATTACHED: Final = Style(
    "KemTheo", "Kèm theo", tokens.APPENDIX_ATTACHED_PT, "center", italic=True, keep_next=True
)
NOTE: Final = Style("GhiChu", "Ghi chú cuối", tokens.NOTE_PT, "justify", italic=True, before=tokens.NOTE_BEFORE_PT)
SMALL_LIST: Final = Style("DanhSachNho", "Danh sách nhỏ", tokens.NOTE_PT)
TABLE_HEADING: Final = Style("DauBang", "Đầu bảng", tokens.TABLE_PT, "center", bold=True)
TABLE_HEADING_SMALL: Final = Style("DauBangNho", "Đầu bảng nhỏ", tokens.TABLE_SMALL_PT, "center", bold=True)
PAGE_NUMBER: Final = Style("SoTrang", "Số trang", tokens.PAGE_NUMBER_PT, "center")


def cell(align: Align, *, small: bool) -> Style:
    """The style of the cells of a column; cells of running text keep a little more room at their sides."""
    return _CELLS[align, small]


def _cell(align: Align, *, small: bool) -> Style:
    key, name = {"left": ("OTrai", "Ô trái"), "center": ("OGiua", "Ô giữa"), "justify": ("ODeu", "Ô đều")}[align]
    pad = 0 if align == "center" else tokens.CELL_TEXT_PAD_X_PT
    size = tokens.TABLE_SMALL_PT if small else tokens.TABLE_PT
    return Style(key + "Nho" * small, name + " nhỏ" * small, size, align, left=pad, right=pad, widow_control=False)


_ALIGNS: tuple[Align, ...] = ("left", "center", "justify")
_CELLS: dict[tuple[Align, bool], Style] = {
    (align, small): _cell(align, small=small) for align in _ALIGNS for small in (False, True)
}

ALL: Final = (
    NATIONAL_NAME,
    MOTTO,
    SUPERIOR,
    BODY_NAME,
    NUMBER,
    PLACE_DATE,
    PLACE_DATE_TIGHT,
    SUBJECT,
    URGENCY,
    KIND,
    SUMMARY,
    AUTHORITY,
    BASIS,
    DECISION_WORD,
    RECIPIENTS,
    RECIPIENT,
    BODY,
    DIVISION,
    DIVISION_TITLE,
    ITEM_TITLE,
    ARTICLE,
    SIGNATURE_OFFICE,
    SIGNATURE_NAME,
    DISTRIBUTION_WORD,
    DISTRIBUTION,
    APPENDIX_WORD,
    APPENDIX_TITLE,
    APPENDIX_ATTACHED,
    NOTE,
    SMALL_LIST,
    TABLE_HEADING,
    TABLE_HEADING_SMALL,
    PAGE_NUMBER,
    *_CELLS.values(),
)
BY_KEY: Final = {style.key: style for style in ALL}

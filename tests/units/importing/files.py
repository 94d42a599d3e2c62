"""Lists of units as files, with invented units."""

from pathlib import Path

import openpyxl

HEADING = ("STT", "Tên đơn vị", "Loại", "Mã", "Trực thuộc", "Hiệu lực từ", "Chế độ ký", "Ghi chú")
ROWS = (
    ("1", "Thành phố Sông Xanh", "Thành phố trực thuộc trung ương", "98", "", "", "TM", ""),
    ("2", "Quận Bến Đò", "Quận", "981", "Thành phố Sông Xanh", "", "Thủ trưởng", ""),
    ("3", "Phường 1", "Phường", "98101", "Quận Bến Đò", "01/07/2020", "", ""),
    ("4", "Phường 2", "Phường", "98102", "Quận Bến Đò", "1/7/2020", "", "mới"),
    ("5", "Phòng Tư pháp", "Cơ quan chuyên môn", "", "Quận Bến Đò", "", "", ""),
    ("6", "Trường Tiểu học Hoa Sen", "", "", "quan ben do", "", "", ""),
)


def xlsx(path: Path, rows: tuple[tuple[str, ...], ...] = ROWS, heading: tuple[str, ...] = HEADING) -> Path:
    """A workbook with a title above the heading."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["DANH SÁCH ĐƠN VỊ"])
    sheet.append([])
    for row in (heading, *rows):
        sheet.append(row)
    book.save(path)
    return path


def csv(path: Path, rows: tuple[tuple[str, ...], ...] = ROWS, heading: tuple[str, ...] = HEADING) -> Path:
    """The same as text with semicolons, as a spreadsheet program saves it."""
    path.write_text("\n".join(";".join(row) for row in (heading, *rows)), encoding="utf-8-sig")
    return path

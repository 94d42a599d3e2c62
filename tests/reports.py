"""A Word report as units send it, for tests that need a real file and not its traps."""

from collections.abc import Sequence
from pathlib import Path

import docx

COLUMNS = (
    "STT",
    "Đơn vị thực hiện",
    "Tên mô hình, giải pháp, sáng kiến",
    "Lĩnh vực cải cách hành chính",
    "Mô tả về công trình/ giải pháp/ đề tài",
    "Ghi chú",
)
PARTS = (
    "- Thực trạng: Người dân đến sai giờ hẹn, có người phải đi lại hai lần.",
    "- Nội dung: In giờ hẹn ngay trên phiếu, mỗi khung giờ nhận số hồ sơ vừa đủ.",
    "- Hiệu quả: Thời gian chờ giảm từ 41 phút còn 12 phút.",
    "- Tính mới: Trước đây phiếu chỉ ghi ngày.",
)


def write_report(path: Path, *, unit: str, titles: Sequence[str], field: str = "Cải cách thủ tục hành chính") -> Path:
    """One table under the plan's headings, a row for each title."""
    document = docx.Document()
    document.add_paragraph("PHỤ LỤC")
    table = document.add_table(rows=1, cols=len(COLUMNS))
    _fill(table.rows[0].cells, COLUMNS)
    for number, title in enumerate(titles, start=1):
        _fill(table.add_row().cells, (str(number), unit, title, field, "\n".join(PARTS), "Áp dụng từ 02/5/2024"))
    document.save(str(path))
    return path


def _fill(cells: Sequence[object], texts: Sequence[str]) -> None:
    for cell, text in zip(cells, texts, strict=True):
        cell.text = text  # type: ignore[attr-defined]  # python-docx names its cell type only inside

"""Report files of invented units, written as units write them: python-docx for Word, openpyxl for Excel."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from docx import Document
from openpyxl import Workbook

HEADER = ("STT", "Đơn vị thực hiện", "Tên mô hình, giải pháp, sáng kiến", "Lĩnh vực CCHC", "Mô tả", "Ghi chú")


@dataclass(frozen=True)
class Entry:
    """One invented solution as a unit would report it; an empty part is left out of the description."""

    unit: str
    title: str
    field: str = "(3) Cải cách thủ tục hành chính"
    situation: str = "Người dân phải đi lại hai, ba lần vì không biết trước thành phần hồ sơ."
    content: str = "Soạn phiếu hướng dẫn một trang cho từng thủ tục, gửi trước qua tin nhắn khi đặt lịch."
    effectiveness: str = "Hồ sơ phải bổ sung giảm từ 21% còn 6% sau bốn tháng."
    novelty: str = "Phiếu do chính người dân góp ý sửa; lần đầu áp dụng ở đơn vị."
    note: str = ""

    def description(self) -> str:
        parts = (
            ("Thực trạng", self.situation),
            ("Nội dung", self.content),
            ("Hiệu quả", self.effectiveness),
            ("Tính mới", self.novelty),
        )
        return "\n".join(f"- {label}: {text}" for label, text in parts if text)

    def cells(self, number: int) -> tuple[str, ...]:
        return (str(number), self.unit, self.title, self.field, self.description(), self.note)


BEN_DO = Entry("Ủy ban nhân dân phường Bến Đò Cổ", "Phiếu hẹn trả kết quả bằng tin nhắn", note="Từ 02/5/2024")
VUON_NHAN = Entry(
    "Trung tâm Phục vụ hành chính công phường Vườn Nhãn",
    "Tổ lưu động nhận và trả kết quả tại nhà cho người cao tuổi, người khuyết tật",
)
DOUBTFUL = Entry(
    "Ủy ban nhân dân phường Cầu Khỉ",
    "Bảng mã QR hướng dẫn thành phần hồ sơ dán ở từng khu phố",
    field="(2) Cải cách thủ tục hành chính",
    novelty="",
)


def word(path: Path, entries: Sequence[Entry]) -> Path:
    document = Document()
    document.add_paragraph("PHỤ LỤC")
    document.add_paragraph("Báo cáo kết quả thực hiện mô hình, sáng kiến, giải pháp, cách làm hay")
    table = document.add_table(rows=1, cols=len(HEADER), style="Table Grid")
    for cell, text in zip(table.rows[0].cells, HEADER, strict=True):
        cell.text = text
    for number, entry in enumerate(entries, start=1):
        for cell, text in zip(table.add_row().cells, entry.cells(number), strict=True):
            cell.text = text
    document.save(str(path))
    return path


def excel(path: Path, entries: Sequence[Entry]) -> Path:
    book = Workbook()
    sheet = book.active
    sheet.append(["PHỤ LỤC"])
    sheet.append(list(HEADER))
    for number, entry in enumerate(entries, start=1):
        sheet.append(list(entry.cells(number)))
    book.save(path)
    return path


def broken(path: Path) -> Path:
    """A Word file whose download stopped half-way."""
    whole = word(path, [BEN_DO]).read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    return path

"""What a person must check in a sheet, collected while it is read and said once a sheet."""

from dataclasses import dataclass, field

from sangkien.appendix.reading.grid import Cells, letters

HIDDEN_SHEET = "Trang tính ẩn “{name}” không được đọc. Nếu có giải pháp ở đó, hãy bỏ ẩn rồi gửi lại."


@dataclass(slots=True)
class Findings:
    """Places by kind: names of cells, numbers of rows and columns."""

    calculated: list[str] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    empty: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)

    def sentences(self, name: str, cells: Cells) -> list[str]:
        """The warnings of the sheet ``name``; hidden rows and columns count only where ``cells`` has text."""
        rows = sorted(self.hidden_rows & cells.keys())
        columns = sorted({column for line in cells.values() for column in line} & self.hidden_columns)
        kinds = (
            (self.calculated, "ô có công thức: {}. Đã lấy kết quả lưu sẵn trong tệp; hãy đối chiếu lại."),
            (self.titles, "ô có công thức liên kết: {}. Đã lấy tên hiển thị của liên kết; hãy đối chiếu lại."),
            (self.unknown, "ô có công thức chưa có kết quả: {}. Công thức được giữ như chữ; hãy sửa lại."),
            (self.empty, "ô có công thức không có kết quả: {}. Hãy xem lại các ô này."),
            (self.errors, "ô báo lỗi: {}. Hãy sửa lại nội dung các ô này."),
            (self.lost, "ô mất chữ: {}. Tệp thiếu phần chữ của các ô này; hãy xin lại tệp gốc."),
            ([str(row) for row in rows], "dòng đang ẩn: {}. Các dòng này vẫn được đọc; hãy bỏ đi nếu không muốn gửi."),
            (
                [letters(column) for column in columns],
                "cột đang ẩn: {}. Các cột này vẫn được đọc; hãy bỏ đi nếu không muốn gửi.",
            ),
        )
        return [f"Trang tính “{name}”: {sentence.format(listing(places))}" for places, sentence in kinds if places]


def listing(names: list[str], most: int = 8) -> str:
    """ "A1, A2, A3", or "A1, A2 và 120 chỗ khác" when there are many."""
    if len(names) <= most:
        return ", ".join(names)
    return f"{', '.join(names[:most])} và {len(names) - most} chỗ khác"

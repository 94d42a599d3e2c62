"""The two forms of Plan 230: the table that is attached, and the second appendix that it names but does not attach."""

from typing import Final

from sangkien.campaigns.models import FormKind
from sangkien.campaigns.presets.shape import ColumnPreset, FormPreset

_DESCRIPTION: Final = "Mô tả về công trình/ giải pháp/ đề tài"

FORM_1: Final = FormPreset(
    kind=FormKind.TABLE,
    title="Báo cáo kết quả thực hiện mô hình sáng kiến, giải pháp, cách làm hay trong công tác cải cách hành chính",
    columns=(
        ColumnPreset("stt", "STT"),
        ColumnPreset("unit", "Đơn vị thực hiện", required=True),
        ColumnPreset("title", "Tên mô hình, giải pháp, sáng kiến", required=True),
        ColumnPreset("field", "Lĩnh vực cải cách hành chính", required=True),
        ColumnPreset("situation", "Thực trạng", _DESCRIPTION, "Trước khi làm thì thế nào, vướng ở đâu.", required=True),
        ColumnPreset("content", "Nội dung", _DESCRIPTION, "Đơn vị đã làm gì, làm thế nào.", required=True),
        ColumnPreset(
            "effectiveness", "Hiệu quả", _DESCRIPTION, "Kết quả thấy được, có số liệu thì ghi số liệu.", required=True
        ),
        ColumnPreset("novelty", "Tính mới", _DESCRIPTION, "Khác gì với cách làm trước đây.", required=True),
        ColumnPreset("note", "Ghi chú"),
    ),
)

FORM_2: Final = FormPreset(
    kind=FormKind.NARRATIVE,
    title="Báo cáo thuyết minh giải pháp cải cách hành chính",
    columns=(
        ColumnPreset("results", "Kết quả đạt được", help="Số liệu trước và sau khi áp dụng."),
        ColumnPreset("limitations", "Mặt còn hạn chế", help="Điều chưa làm được khi áp dụng."),
        ColumnPreset("cost", "Chi phí thực hiện", help="Kinh phí, nhân lực, nguồn."),
        ColumnPreset("replication_conditions", "Điều kiện để nhân rộng", help="Nơi khác muốn áp dụng thì cần gì."),
        ColumnPreset("evidence", "Tài liệu kiểm chứng", help="Tệp, hình ảnh, đường dẫn chứng minh."),
    ),
    required=False,
)

"""Findable things of an invented kind."""

from typing import Any

from sangkien.search.models import Find
from sangkien.search.rows import Findable

TITLES = (
    "Nhắc hẹn trả hồ sơ hộ tịch qua tin nhắn",
    "Số hóa sổ hộ tịch lưu trữ",
    "Lịch trực trả hồ sơ ngoài giờ",
    "Tủ trả kết quả tự phục vụ tại khu phố",
    "Hướng dẫn thủ tục bằng mã QR",
)


def findable(object_id: int = 1, title: str = TITLES[0], **facts: Any) -> Findable:
    """Seen by the people of unit 1, unless told otherwise."""
    return Findable(**{"kind": "entry", "object_id": object_id, "title": title, "scopes": ("u1",), **facts})


def find_row(object_id: int = 1, **facts: Any) -> Find:
    """An unsaved row."""
    return Find(**{"kind": "entry", "object_id": object_id, "title": "a", "title_folded": "a", "tokens": "a", **facts})

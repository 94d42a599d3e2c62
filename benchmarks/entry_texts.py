"""Invented entries whose lengths, fields and vocabulary follow counts over real ones: 151 texts of a city's archive.

Only numbers were taken: how long titles and parts are (a gamma distribution of the mean and spread), how often a part
is there, which share of entries lies in which field, how frequent the frequent words are.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

# code → share of the entries
FIELDS: Final = {
    "steering": 0.099, "institutions": 0.012, "procedures": 0.331, "apparatus": 0.035, "civil_service": 0.023,
    "public_finance": 0.017, "digital_government": 0.413, "communication": 0.07,
}  # fmt: skip
# part → (share of the entries that have it, mean and standard deviation of its length in characters)
PARTS: Final = {
    "situation": (0.272, 145, 73),
    "content": (0.98, 245, 96),
    "effectiveness": (0.642, 122, 55),
    "novelty": (0.139, 114, 47),
}
_TITLE: Final = (12.2, 6.6, 4, 37)  # syllables: mean, spread, least, most

_DO: Final = (
    "Tiếp nhận", "Trả kết quả", "Giải quyết", "Số hóa", "Đăng ký", "Hỗ trợ", "Hướng dẫn", "Nhắc hẹn", "Chứng thực",
    "Công khai", "Liên thông", "Rút ngắn thời gian", "Ủy quyền", "Tra cứu", "Lấy ý kiến", "Phản ánh", "Đặt lịch",
    "Kết nối", "Theo dõi", "Ký số", "Họp", "Thanh toán", "Lưu trữ", "Phân loại", "Gọi điện", "Nộp hồ sơ", "Cấp lại",
    "Kiểm tra", "Bàn giao", "Thống kê",
)  # fmt: skip
_WHAT: Final = (
    "thủ tục hành chính", "hồ sơ hộ tịch", "giấy khai sinh", "hồ sơ đất đai", "phiếu hẹn", "bản sao",
    "trợ cấp xã hội", "giấy phép xây dựng", "hồ sơ tuyển sinh", "đăng ký kinh doanh", "kết quả giải quyết",
    "văn bản đến", "lịch tiếp công dân", "biên bản họp", "học phí", "sổ hộ khẩu cũ", "phản ánh của người dân",
    "chế độ người có công", "xác nhận tình trạng hôn nhân", "hồ sơ khuyết tật", "thẻ bảo hiểm y tế",
    "danh sách cử tri", "công việc nội bộ", "tài sản công", "điểm cải cách hành chính",
)  # fmt: skip
_HOW: Final = (
    "bằng mã QR", "qua tin nhắn", "trực tuyến", "trong ngày", "ngoài giờ hành chính", "tại nhà", "tại tổ dân phố",
    "không giấy", "một lần đến", "qua tổng đài", "bằng trợ lý ảo", "trên bản đồ số", "tại trường học",
    "vào sáng thứ bảy", "theo nhóm việc", "bằng chữ ký số", "qua bưu điện", "tại bộ phận một cửa",
    "trên một biểu mẫu", "bằng giọng nói",
)  # fmt: skip
_WHOM: Final = (
    "cho người cao tuổi", "cho hộ kinh doanh", "cho người khuyết tật", "cho doanh nghiệp mới", "cho công nhân trọ",
    "cho phụ huynh", "của cán bộ công chức", "cho người dân ở xa", "cho đoàn viên thanh niên",
    "cho bà con tiểu thương",
)  # fmt: skip
_PLACES: Final = (
    "khu phố Bến Tắm Ngựa", "chợ Cầu Mống", "hẻm Ba Cây Dừa", "cư xá Đường Ray", "xóm Lò Gạch", "ấp Gò Sao",
    "bến đò Cây Bàng", "chung cư Lô Đất Mới", "khu Ụ Tàu", "cầu Rạch Vẹm", "xóm Chiếu Mới", "đồi Nhum", "kênh Ba Bò",
    "giồng Ông Tố", "láng Le",
)  # fmt: skip
_SENTENCES: Final = (
    "Người dân phải đi lại {n} lần vì thiếu giấy tờ hoặc chưa rõ giờ nhận kết quả.",
    "Công chức ghi sổ bằng tay nên mỗi tuần mất {n} giờ để tổng hợp số liệu.",
    "Bộ phận một cửa lập một biểu mẫu dùng chung, điền sẵn phần đã có trong cơ sở dữ liệu.",
    "Mỗi sáng có {n} công chức hướng dẫn trước khi người dân lấy số thứ tự.",
    "Hệ thống gửi tin nhắn gồm ngày giờ nhận, quầy nhận và đường dẫn tra cứu.",
    "Thời gian chờ bình quân giảm từ {n} phút còn {m} phút.",
    "Trong {m} tháng có {n} lượt người dân sử dụng, không có hồ sơ trễ hẹn.",
    "Cách làm không cần thêm kinh phí, dùng lại máy tính sẵn có của đơn vị.",
    "Người không dùng điện thoại thông minh vẫn được phục vụ như mọi người khác.",
    "Chưa đơn vị nào trên địa bàn làm theo cách này, có thể áp dụng ngay ở nơi khác.",
    "Tổ công nghệ số cộng đồng đến từng nhà ở {place} hướng dẫn nộp hồ sơ trực tuyến.",
    "Ủy ban nhân dân phường giao tổ dân phố ở {place} nhận phản ánh và trả lời trong {m} ngày.",
    "Kết quả giải quyết thủ tục hành chính được niêm yết công khai tại {place}.",
    "Lãnh đạo đơn vị theo dõi tiến độ xử lý văn bản trên một bảng chung, cập nhật mỗi ngày {m} lần.",
    "Cán bộ, công chức được tập huấn {m} buổi về kỹ năng tiếp công dân và ký số.",
)


@dataclass(frozen=True, slots=True)
class Text:
    """The texts of one entry."""

    title: str
    field: str
    situation: str
    content: str
    effectiveness: str
    novelty: str


def texts(seed: int = 230) -> Iterator[Text]:
    """Without end, the same on every run."""
    chance = random.Random(seed)
    number = 0
    while True:
        number += 1
        yield Text(
            title=_title(chance, number),
            field=chance.choices(list(FIELDS), list(FIELDS.values()))[0],
            **{part: _part(chance, *facts) for part, facts in PARTS.items()},
        )


def _title(chance: random.Random, number: int) -> str:
    """Some frequent words, sometimes a rare place, sometimes a number that no other title has."""
    mean, spread, least, most = _TITLE
    length = min(most, max(least, round(_gamma(chance, mean, spread))))
    words: list[str] = []
    for bank in (_DO, _WHAT, _HOW, _WHOM):
        if len(words) < length:
            words += _zipf(chance, bank).split()
    if len(words) < length or chance.random() < 0.15:
        words += f"ở {_zipf(chance, _PLACES)}".split()
    if len(words) < length:
        words += f"theo mô hình số {number}".split()
    return " ".join(words)


def _part(chance: random.Random, share: float, mean: float, spread: float) -> str:
    if chance.random() >= share:
        return ""
    length, text = _gamma(chance, mean, spread), ""
    while len(text) < length:
        sentence = _zipf(chance, _SENTENCES).format(
            n=chance.randint(11, 999), m=chance.randint(2, 9), place=_zipf(chance, _PLACES)
        )
        text = f"{text} {sentence}".lstrip()
    return text


def _gamma(chance: random.Random, mean: float, spread: float) -> float:
    return chance.gammavariate((mean / spread) ** 2, spread**2 / mean)


def _zipf(chance: random.Random, bank: Sequence[str]) -> str:
    """The first of a bank far more often than the last, as words are in any text."""
    return bank[min(int(len(bank) * chance.random() ** 1.7), len(bank) - 1)]

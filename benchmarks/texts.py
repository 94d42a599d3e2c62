"""Invented reports of real length: titles of some 55 characters, descriptions of some 1,475, in proper Vietnamese."""

import random
from collections.abc import Iterator

from sangkien.appendix.model import Outcome, Reading, ReadInitiative

_DO = (
    "Rút ngắn",
    "Công khai",
    "Số hóa",
    "Liên thông",
    "Nhắc hẹn",
    "Ủy quyền",
    "Gộp",
    "Hướng dẫn tại nhà",
    "Tra cứu nhanh",
)
_THING = (
    "hồ sơ đăng ký hộ tịch", "phiếu hẹn trả kết quả", "chứng thực bản sao", "lịch tiếp công dân",
    "hồ sơ tuyển sinh đầu cấp",
    "thông báo họp tổ dân phố", "phản ánh của người dân", "hồ sơ chi trả trợ cấp", "thủ tục cấp phép sửa nhà",
)  # fmt: skip
_BY = (
    "bằng mã QR",
    "qua tin nhắn",
    "trên một biểu mẫu",
    "tại khu phố",
    "trong ngày",
    "bằng sổ tay điện tử",
    "tại trường học",
)
_SENTENCES = (
    "Trước đây người dân phải đi lại hai, ba lần vì thiếu giấy tờ hoặc không biết giờ nhận kết quả.",
    "Công chức ghi sổ bằng tay, mỗi tuần mất gần nửa ngày để cộng lại số liệu và trả lời điện thoại.",
    "Đơn vị lập một biểu mẫu duy nhất, điền sẵn phần đã có, người dân chỉ kiểm tra và ký.",
    "Mỗi sáng một công chức đứng ở cửa, xem giấy tờ trước khi người dân lấy số thứ tự.",
    "Khi hồ sơ có kết quả, hệ thống gửi tin nhắn gồm ngày giờ nhận, quầy nhận và đường dẫn tra cứu.",
    "Thời gian chờ bình quân giảm từ 41 phút còn 12 phút; số hồ sơ phải bổ sung giảm còn một phần ba.",
    "Ba tháng qua có 1.284 lượt người dân sử dụng, 92,5% đánh giá hài lòng, không có hồ sơ trễ hẹn.",
    "Cách làm không cần thêm kinh phí, dùng lại máy tính và đường truyền sẵn có của đơn vị.",
    "Khác với trước, người không dùng điện thoại thông minh vẫn được phục vụ như mọi người khác.",
    "Chưa đơn vị nào trên địa bàn làm theo cách này; có thể áp dụng ngay ở các phường khác.",
)
FIELDS = ("steering", "institutions", "procedures", "apparatus", "civil_service", "public_finance",
          "digital_government", "communication")  # fmt: skip


def _part(chance: random.Random, length: int) -> str:
    text = ""
    while len(text) < length:
        text += ("" if not text else " ") + chance.choice(_SENTENCES)
    return text


def initiative(number: int, chance: random.Random) -> ReadInitiative:
    """One invented entry; unique by its number, so that nothing is taken for a double."""
    return ReadInitiative(
        stt=str(number),
        unit=f"Ủy ban nhân dân Phường {number % 168 + 1}",
        title=f"{chance.choice(_DO)} {chance.choice(_THING)} {chance.choice(_BY)}, cách làm số {number}",
        fields=(chance.choice(FIELDS),),
        situation=_part(chance, 300),
        content=_part(chance, 400),
        effectiveness=_part(chance, 300),
        novelty=_part(chance, 200),
        note="Áp dụng từ 02/5/2024",
    )


def readings(count: int, *, a_file: int = 20) -> Iterator[Reading]:
    """``count`` entries in files of ``a_file`` entries each."""
    chance = random.Random(230)
    for first in range(1, count + 1, a_file):
        initiatives = tuple(initiative(number, chance) for number in range(first, min(first + a_file, count + 1)))
        yield Reading(
            file=f"Báo cáo {first // a_file + 1:04}.docx",
            outcome=Outcome.PARSED,
            message=f"Đã đọc {len(initiatives)} giải pháp.",
            initiatives=initiatives,
        )

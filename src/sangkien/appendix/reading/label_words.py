"""The words by which people name the parts of a description."""

from sangkien.appendix.columns import Column

# Folded words of a label. Strong ones are the form's own; weak ones count only where the part has no strong one.
STRONG = {
    "thuc trang": Column.SITUATION,
    "hien trang": Column.SITUATION,
    "noi dung": Column.CONTENT,
    "hieu qua": Column.EFFECTIVENESS,
    "tinh moi": Column.NOVELTY,
    "diem moi": Column.NOVELTY,
    "mat con han che": Column.LIMITATIONS,
    "nhung mat con han che": Column.LIMITATIONS,
    "mat han che": Column.LIMITATIONS,
    "han che": Column.LIMITATIONS,
}
WEAK = {
    "su can thiet": Column.SITUATION,
    "tinh can thiet": Column.SITUATION,
    "tinh cap thiet": Column.SITUATION,
    "ly do": Column.SITUATION,
    "li do": Column.SITUATION,
    "boi canh": Column.SITUATION,
    "dat van de": Column.SITUATION,
    "tinh hinh": Column.SITUATION,
    "tinh trang": Column.SITUATION,
    "co so thuc tien": Column.SITUATION,
    "cach thuc": Column.CONTENT,
    "cach lam": Column.CONTENT,
    "bien phap": Column.CONTENT,
    "giai phap": Column.CONTENT,
    "mo ta": Column.CONTENT,
    "quy trinh": Column.CONTENT,
    "ket qua": Column.EFFECTIVENESS,
    "loi ich": Column.EFFECTIVENESS,
    "tac dong": Column.EFFECTIVENESS,
    "tinh sang tao": Column.NOVELTY,
    "tinh doc dao": Column.NOVELTY,
    "diem khac biet": Column.NOVELTY,
    "diem noi bat": Column.NOVELTY,
    "diem sang tao": Column.NOVELTY,
    "ton tai": Column.LIMITATIONS,
    "nhuoc diem": Column.LIMITATIONS,
    "bat cap": Column.LIMITATIONS,
    "kho khan": Column.LIMITATIONS,
    "vuong mac": Column.LIMITATIONS,
}
KEYS = STRONG | WEAK
FIRST_WORDS = frozenset(name.split()[0] for name in KEYS) | {"cac", "ve", "phan"}
SPELT = frozenset(
    """
    thực trạng|hiện trạng|nội dung|hiệu quả|tính mới|điểm mới|mặt còn hạn chế|những mặt còn hạn chế|mặt hạn chế|hạn chế
    sự cần thiết|tính cần thiết|tính cấp thiết|lý do|lí do|bối cảnh|đặt vấn đề|tình hình|tình trạng|cơ sở thực tiễn
    cách thức|cách làm|biện pháp|giải pháp|mô tả|quy trình|kết quả|lợi ích|tác động|tính sáng tạo|tính độc đáo
    điểm khác biệt|điểm nổi bật|điểm sáng tạo|tồn tại|nhược điểm|bất cập|khó khăn|vướng mắc
    """.strip()
    .replace("\n    ", "|")
    .split("|")
)
QUALIFIERS = frozenset(
    """
    mang lai dat duoc thu duoc thuc hien trien khai ap dung giai phap sang kien mo hinh de tai cong trinh cach lam
    hay truoc sau khi co hien nay tai cu the chinh chu yeu co ban tom tat cua ve cac nhung trong don vi dia phuong xa
    nay moi van de kinh te xa hoi buoc dau du kien va thuc te tien hanh cchc cai cach hanh chinh day du muc do pham vi
    nguyen nhan thoi gian qua truoc day duoc den tu tinh sang tao khac biet noi bat doc dao con mat diem yeu huong
    khac phuc dac diem thuoc viec cong tac hoat dong quy trinh ket qua
    """.split()  # noqa: SIM905 - words are easier to keep as words
)

"""Four sets of criteria. The plan fixes none of the numbers; where a source was seen only in part, the note says so."""

from decimal import Decimal
from typing import Final

from sangkien.campaigns.models import InputKind
from sangkien.campaigns.presets.shape import Choice, CriteriaPreset, CriterionPreset, GroupPreset, RulePreset


def _yes(code: str, name: str, hint: str) -> CriterionPreset:
    """All must be passed; who says no says why."""
    one = Decimal(1)
    return CriterionPreset(
        code=code, name=name, kind=InputKind.YES_NO, max=one, knock_out_below=one, comment_below=one, hint=hint
    )


def _points(
    code: str, name: str, most: int, group: str, knock_out: int | None = None, hint: str = ""
) -> CriterionPreset:
    return CriterionPreset(
        code=code, name=name, kind=InputKind.NUMBER, max=Decimal(most), group=group, step=Decimal("0.5"),
        knock_out_below=None if knock_out is None else Decimal(knock_out), hint=hint,
    )  # fmt: skip


P1: Final = CriteriaPreset(
    code="p1",
    name="Kế hoạch 230: đạt, không đạt",
    source="Kế hoạch 230/KH-UBND, II.3.2, II.4.4 và mẫu Phụ lục",
    criteria=(
        _yes("effectiveness", "Hiệu quả", "Có kết quả thấy được so với trước; có số liệu thì tốt hơn."),
        _yes("practicality", "Tính thực tiễn", "Đã làm thật ở đơn vị, hợp với điều kiện của đơn vị."),
        _yes("replicability", "Khả năng áp dụng rộng rãi", "Nơi khác làm theo được mà không phải đổi nhiều."),
        _yes("novelty", "Tính mới", "Khác với cách làm trước đây ở đơn vị, ở địa phương."),
    ),
    bands=((Decimal(0), "Chưa đề nghị"), (Decimal(4), "Đề nghị ghi nhận")),
)

P2: Final = CriteriaPreset(
    code="p2",
    name="Bốn nhóm, 100 điểm",
    note="Thang điểm và ngưỡng theo nguồn thứ cấp. Đơn vị chỉnh theo quy định của mình.",
    groups=(
        GroupPreset("novelty", "Tính mới", Decimal(30)),
        GroupPreset("effectiveness", "Hiệu quả", Decimal(30)),
        GroupPreset("replicability", "Khả năng áp dụng", Decimal(25)),
        GroupPreset("scope", "Phạm vi ảnh hưởng", Decimal(15)),
    ),
    criteria=(
        _points("novelty_1", "Tính mới: nội dung thứ nhất", 15, "novelty"),
        _points("novelty_2", "Tính mới: nội dung thứ hai", 15, "novelty"),
        _points(
            "economic",
            "Hiệu quả kinh tế",
            15,
            "effectiveness",
            hint="Tiết kiệm được bao nhiêu tiền, công, thời gian; số liệu trước và sau.",
        ),
        _points("social", "Hiệu quả xã hội", 15, "effectiveness", hint="Người dân, tổ chức, cán bộ được lợi gì."),
        _points("replicable", "Khả năng nhân rộng", 15, "replicability", hint="Nơi khác làm theo cần gì, mất bao lâu."),
        _points(
            "feasible", "Tính khả thi", 10, "replicability", hint="Đang chạy ổn định; nhân lực, kinh phí duy trì được."
        ),
        _points("scope", "Phạm vi ảnh hưởng", 15, "scope", hint="Bao nhiêu đơn vị, bao nhiêu người đang dùng."),
    ),
    bands=(
        (Decimal(0), "Không đề nghị"),
        (Decimal(50), "Đề nghị ghi nhận cấp cơ sở"),
        (Decimal(80), "Đề nghị giới thiệu lên thành phố"),
    ),
    rule=RulePreset(pass_line=Decimal(50)),
)

P3: Final = CriteriaPreset(
    code="p3",
    name="Tính mới theo khung, 100 điểm",
    note=(
        "Nguồn chỉ thấy tiêu chí tính mới với năm khung. Ranh giới các khung, cách chia 70 điểm còn lại và ngưỡng đạt "
        "do đơn vị đặt."
    ),
    groups=(
        GroupPreset("novelty", "Tính mới", Decimal(30)),
        GroupPreset("use", "Khả năng áp dụng và lợi ích", Decimal(70)),
    ),
    criteria=(
        CriterionPreset(
            code="novelty", name="Tính mới", kind=InputKind.BANDED, max=Decimal(30), step=Decimal("0.5"),
            group="novelty",
            choices=tuple(
                Choice(f"Khung {number}", Decimal(low), Decimal(high))
                for number, low, high in (
                    (1, "0", "5.5"), (2, "6", "11.5"), (3, "12", "17.5"), (4, "18", "23.5"), (5, "24", "30"),
                )
            ),
        ),
        _points("use", "Khả năng áp dụng và lợi ích", 70, "use"),
    ),
)  # fmt: skip

P4: Final = CriteriaPreset(
    code="p4",
    name="Cơ sở cấp xã, có điểm liệt",
    note="Theo nguồn thứ cấp. Tên nhóm, tiêu chí và ngưỡng đạt do đơn vị đặt.",
    groups=(
        GroupPreset("a", "Nhóm A", Decimal(40)),
        GroupPreset("b", "Nhóm B", Decimal(25)),
        GroupPreset("c", "Nhóm C", Decimal(15)),
        GroupPreset("d", "Nhóm D", Decimal(20)),
    ),
    criteria=(
        _points("a1", "Tiêu chí A1", 20, "a", knock_out=10),
        _points("a2", "Tiêu chí A2", 20, "a", knock_out=10),
        _points("b", "Tiêu chí B", 25, "b"),
        _points("c", "Tiêu chí C", 15, "c"),
        _points("d", "Tiêu chí D", 20, "d"),
    ),
)

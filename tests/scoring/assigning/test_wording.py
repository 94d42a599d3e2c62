"""What a secretary reads when there is no assignment."""

import pytest

from sangkien.scoring.assigning.model import Reason, Why
from sangkien.scoring.assigning.wording import Names, sentence

NAMES = Names(entry=lambda key: f"hồ sơ {key}", judge=lambda key: f"Giám khảo {key}", field=lambda key: f"“{key}”")


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        (
            Reason(Why.FORBIDDEN, (7,), ("A",)),
            "Giám khảo A được xếp tay đọc hồ sơ 7, nhưng có xung đột lợi ích với hồ sơ này. Hãy bỏ cặp ấy rồi xếp lại.",
        ),
        (
            Reason(Why.OVERFULL, judges=("A",), needed=12, available=10),
            "Giám khảo A được xếp tay đến 12 hồ sơ, trong khi mức của người này là 10. Hãy bớt 2 hồ sơ, hoặc nâng mức.",
        ),
        (
            Reason(Why.FEW_READERS, (7, 9), field="Thể chế", needed=3, available=2),
            (
                "2 hồ sơ của lĩnh vực “Thể chế” (hồ sơ 7, hồ sơ 9) còn cần 3 người đọc, nhưng chỉ còn 2 người đọc được "
                "sau khi trừ người có xung đột lợi ích. "
                "Hãy thêm ít nhất 1 người đọc các hồ sơ này, hoặc giảm số người đọc."
            ),
        ),
        (
            Reason(Why.FEW_READERS, (7,), field="Thể chế", needed=2, available=0),
            (
                "1 hồ sơ của lĩnh vực “Thể chế” (hồ sơ 7) còn cần 2 người đọc, nhưng không còn ai đọc được "
                "sau khi trừ người có xung đột lợi ích. "
                "Hãy thêm ít nhất 2 người đọc các hồ sơ này, hoặc giảm số người đọc."
            ),
        ),
        (
            Reason(Why.LOAD, tuple(range(12)), tuple("ABCDEFG"), needed=36, available=32, limit=9, more_judges=1),
            (
                "12 hồ sơ còn cần 36 lượt đọc; mọi người đọc được các hồ sơ ấy (Giám khảo A, Giám khảo B, Giám khảo C, "
                "Giám khảo D và 3 nữa) chỉ nhận thêm được 32 lượt. Hãy thêm ít nhất 1 người, "
                "hoặc nâng mức lên 9 hồ sơ mỗi người."
            ),
        ),
        (
            Reason(Why.LOAD, (1, 2), ("A",), needed=6, available=4, more_judges=2, for_anchors=True),
            (
                "Kể cả các hồ sơ đọc chéo, 2 hồ sơ còn cần 6 lượt đọc; mọi người đọc được các hồ sơ ấy (Giám khảo A) "
                "chỉ nhận thêm được 4 lượt. Hãy thêm ít nhất 2 người, hoặc nâng mức riêng của những người này, "
                "hoặc bỏ hồ sơ đọc chéo."
            ),
        ),
    ],
    ids=["forbidden", "overfull", "few", "none", "load", "anchors"],
)
def test_each_reason_says_what_stands_in_the_way_and_what_helps(reason: Reason, said: str) -> None:
    assert sentence(reason, NAMES) == said

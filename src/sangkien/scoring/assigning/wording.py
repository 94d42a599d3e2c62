"""Why there is no assignment, said to a secretary: what is lacking, how much, and what would help."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sangkien.scoring.assigning.model import Key, Reason, Why

_MOST_NAMES = 5


@dataclass(frozen=True, slots=True)
class Names:
    """How entries, judges and fields are called on the page."""

    entry: Callable[[Key], str] = str
    judge: Callable[[Key], str] = str
    field: Callable[[Key], str] = str


def sentence(reason: Reason, names: Names | None = None) -> str:
    """One reason as two sentences: what stands in the way, what to do."""
    names = names or Names()
    return {Why.FORBIDDEN: _forbidden, Why.OVERFULL: _overfull, Why.FEW_READERS: _few_readers, Why.LOAD: _load}[
        reason.why
    ](reason, names)


def _forbidden(reason: Reason, names: Names) -> str:
    judge, entry = names.judge(reason.judges[0]), names.entry(reason.entries[0])
    return f"{judge} được xếp tay đọc {entry}, nhưng có xung đột lợi ích với hồ sơ này. Hãy bỏ cặp ấy rồi xếp lại."


def _overfull(reason: Reason, names: Names) -> str:
    judge, over = names.judge(reason.judges[0]), reason.needed - reason.available
    return (
        f"{judge} được xếp tay đến {reason.needed} hồ sơ, trong khi mức của người này là {reason.available}. "
        f"Hãy bớt {over} hồ sơ, hoặc nâng mức."
    )


def _few_readers(reason: Reason, names: Names) -> str:
    field = "" if reason.field is None else f" của lĩnh vực {names.field(reason.field)}"
    able = f"chỉ còn {reason.available} người đọc được" if reason.available else "không còn ai đọc được"
    return (
        f"{len(reason.entries)} hồ sơ{field} ({_listed([names.entry(each) for each in reason.entries])}) "
        f"còn cần {reason.needed} người đọc, nhưng {able} sau khi trừ người có xung đột lợi ích. "
        f"Hãy thêm ít nhất {reason.needed - reason.available} người đọc các hồ sơ này, hoặc giảm số người đọc."
    )


def _load(reason: Reason, names: Names) -> str:
    anchors = "Kể cả các hồ sơ đọc chéo, " if reason.for_anchors else ""
    entries = f"{len(reason.entries)} hồ sơ còn cần {reason.needed} lượt đọc"
    limit = "" if reason.limit is None else f", hoặc nâng mức lên {reason.limit} hồ sơ mỗi người"
    own = ", hoặc nâng mức riêng của những người này" if reason.limit is None else ""
    without = ", hoặc bỏ hồ sơ đọc chéo" if reason.for_anchors else ""
    return (
        f"{anchors}{entries}; mọi người đọc được các hồ sơ ấy "
        f"({_listed([names.judge(each) for each in reason.judges])}) chỉ nhận thêm được {reason.available} lượt. "
        f"Hãy thêm ít nhất {reason.more_judges} người{limit}{own}{without}."
    )


def _listed(names: Sequence[str]) -> str:
    if len(names) <= _MOST_NAMES:
        return ", ".join(names)
    return f"{', '.join(names[: _MOST_NAMES - 1])} và {len(names) - _MOST_NAMES + 1} nữa"

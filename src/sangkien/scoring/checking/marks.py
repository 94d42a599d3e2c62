"""Whether one mark may be given."""

from decimal import Decimal

from sangkien.scoring.checking.problems import fits
from sangkien.scoring.model import Choice, Criterion, Kind
from sangkien.scoring.wording import points


def mark_problem(criterion: Criterion, mark: Decimal, chosen: str = "") -> str | None:
    """The sentence for a mark that the criterion does not allow; ``None`` for one that it does.

    ``chosen``: the label of the band that the judge chose, where known.
    """
    if not fits(mark):
        return "Điểm này không phải số có tối đa bốn chữ số thập phân. Bạn nhập lại."
    if not criterion.min <= mark <= criterion.max:
        return (
            f"Điểm {points(mark)} nằm ngoài khoảng {points(criterion.min)} đến {points(criterion.max)}. "
            "Bạn nhập điểm trong khoảng này."
        )
    if criterion.kind is Kind.LEVELS:
        return _level_problem(criterion, mark)
    if (mark - criterion.min) % criterion.step:
        return f"Điểm {points(mark)} không đúng bước {points(criterion.step)}. {_nearest(criterion, mark)}"
    if criterion.kind is Kind.BANDED:
        return _band_problem(criterion, mark, chosen)
    return None


def _level_problem(criterion: Criterion, mark: Decimal) -> str | None:
    if any(choice.low == mark for choice in criterion.choices):
        return None
    levels = "; ".join(f"{choice.label} ({points(choice.low)})" for choice in criterion.choices)
    return f"Không có mức {points(mark)} điểm. Bạn chọn một trong các mức: {levels}."


def _nearest(criterion: Criterion, mark: Decimal) -> str:
    below = mark - (mark - criterion.min) % criterion.step
    above = below + criterion.step
    if above > criterion.max:
        return f"Điểm gần nhất là {points(below)}."
    return f"Hai điểm gần nhất là {points(below)} và {points(above)}."


def _band_problem(criterion: Criterion, mark: Decimal, chosen: str) -> str | None:
    inside = [choice for choice in criterion.choices if choice.low <= mark <= choice.high]
    if not inside:
        return f"Điểm {points(mark)} không thuộc khung nào. Bạn chọn khung: {_bands(criterion.choices)}."
    if not chosen or any(choice.label == chosen for choice in inside):
        return None
    band = next((choice for choice in criterion.choices if choice.label == chosen), None)
    if band is None:
        return f"Không có khung “{chosen}”. Bạn chọn một trong các khung: {_bands(criterion.choices)}."
    return (
        f"Điểm {points(mark)} nằm ngoài khung “{chosen}” ({points(band.low)} đến {points(band.high)}). "
        "Bạn chọn lại khung hoặc cho lại điểm."
    )


def _bands(choices: tuple[Choice, ...]) -> str:
    return "; ".join(f"{choice.label} ({points(choice.low)} đến {points(choice.high)})" for choice in choices)

"""Which rows came from which file, said briefly: ``Báo cáo Phường 4.docx: dòng 1–3, 7``."""

from collections.abc import Iterable, Iterator

from sangkien.consolidation.model import Item


def sources(items: Iterable[Item]) -> Iterator[str]:
    """A line for each source file, in the order in which the files first appear."""
    rows: dict[str, list[int]] = {}
    for item in items:
        for file in item.files:
            rows.setdefault(file, []).append(item.number)
    for file, numbers in rows.items():
        yield f"{file}: dòng {', '.join(_ranges(numbers))}"


def _ranges(numbers: list[int]) -> Iterator[str]:
    first = last = numbers[0]
    for number in [*numbers[1:], None]:
        if number == last + 1:
            last = number
            continue
        yield str(first) if first == last else f"{first}–{last}"
        if number is not None:
            first = last = number

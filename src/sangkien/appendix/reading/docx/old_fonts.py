"""Old fonts that no font name gives away: told by what makes the words Vietnamese."""

from collections.abc import Callable, Iterator

from sangkien.appendix.reading.source import Cell, Paragraph, Table
from sangkien.vietnamese import decode, guess_legacy, is_unicode

GUESSED = "Chữ trong tệp giống phông chữ cũ ({fonts}) nên đã được chuyển sang Unicode. Hãy so lại dấu và chữ hoa."
_SOFT_HYPHEN = "\u00ad"
_SAMPLE = 200_000  # characters are enough to tell


def mend_old_fonts(blocks: list[Table | Paragraph], warn: Callable[[str], None]) -> None:
    """Decode all blocks in place when the whole is plainly in an old encoding; then drop soft hyphens."""
    texts = []
    soft, size = False, 0
    for item in _items(blocks):
        soft = soft or _SOFT_HYPHEN in item.text
        if size < _SAMPLE and not item.text.isascii():
            texts.append(item.text)
            size += len(item.text)
    whole = "\n".join(texts)
    legacy = None if is_unicode(whole) else guess_legacy(whole)
    if legacy is not None:
        warn(GUESSED.format(fonts=legacy.value))
        _change(blocks, lambda text: decode(text, legacy))
    elif soft:
        _change(blocks, lambda text: text.replace(_SOFT_HYPHEN, ""))


def _items(blocks: list[Table | Paragraph]) -> Iterator[Paragraph | Cell]:
    """Every paragraph and every cell once, nested tables included."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block
            continue
        before: list[Cell | None] = []
        for row in block.rows:
            for place, cell in enumerate(row.cells):
                left = row.cells[place - 1] if place else None
                if cell is None or cell is left or (place < len(before) and cell is before[place]):
                    continue
                yield cell
                yield from _items(list(cell.tables))
            before = row.cells


def _change(blocks: list[Table | Paragraph], change: Callable[[str], str]) -> None:
    """Apply a change line by line, so that the offsets of bold lines can follow."""
    for item in _items(blocks):
        old = item.text.split("\n")
        new = [change(line) for line in old]
        item.text = "\n".join(new)
        if isinstance(item, Cell) and item.bold_starts:
            item.bold_starts = _moved(item.bold_starts, old, new)


def _moved(starts: tuple[int, ...], old: list[str], new: list[str]) -> tuple[int, ...]:
    moved, before, after = {}, 0, 0
    for was, now in zip(old, new, strict=True):
        moved[before] = after
        before += len(was) + 1
        after += len(now) + 1
    return tuple(moved[start] for start in starts if start in moved)

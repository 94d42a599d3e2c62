"""Old fonts: decoded where a font is named, or told by what makes the words Vietnamese where none is."""

from collections.abc import Callable, Iterator

from sangkien.appendix.reading.source import Cell, Paragraph, Table
from sangkien.vietnamese import Legacy, decode, guess_legacy, is_unicode, valid_marked

OLD_FONT = "Tệp dùng phông chữ cũ ({fonts}) và đã được chuyển sang Unicode. Hãy so lại dấu và chữ hoa."
GUESSED = "Chữ trong tệp giống phông chữ cũ ({fonts}) nên đã được chuyển sang Unicode. Hãy so lại dấu và chữ hoa."
_SOFT_HYPHEN = "\u00ad"
_SAMPLE = 200_000  # characters are enough to tell


class OldFonts:
    """What the reading of one file learns about its fonts.

    A font name can lie: text typed in Unicode stays as it is although an old font is named for it.
    """

    def __init__(self, *, distrust: bool = False) -> None:
        self.distrust = distrust  # a text that reads as Vietnamese both raw and decoded stays raw
        self.lied = False  # text in Unicode under the name of an old font was met
        self.draws = False  # a text that reads as Vietnamese both raw and decoded was met
        self._used: set[Legacy] = set()

    def should_decode(self, coded: list[tuple[str, Legacy]]) -> bool:
        """Whether the texts of one paragraph that name an old font are really stored for it."""
        raw = " ".join(text for text, _ in coded)
        if is_unicode(raw):
            self.lied = True
            return False
        before = valid_marked(raw)[0]
        if not before:
            return True
        after = valid_marked(" ".join(decode(text, legacy) for text, legacy in coded))[0]
        if after == before:
            self.draws = True
            return not self.distrust
        return after > before

    def decode(self, text: str, legacy: Legacy) -> str:
        """Decode, and remember the font when that changed anything."""
        decoded = decode(text, legacy)
        if decoded != text:
            self._used.add(legacy)
        return decoded

    def warning(self) -> str | None:
        """Which old fonts were decoded by name; ``None`` when there was none."""
        names = [
            name for name, there in (("TCVN3", self._used - {Legacy.VNI}), ("VNI", Legacy.VNI in self._used)) if there
        ]
        return OLD_FONT.format(fonts=", ".join(names)) if names else None


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

"""What has changed between two versions of a text, word by word, as a reader wants to see it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final, Literal

Kind = Literal["same", "gone", "new"]

_MOST_WORDS: Final = 4_000  # of a paragraph; beyond, the paragraph is shown as gone and new: comparing is quadratic
_LEAST_COMMON: Final = 0.3  # of the words; with less in common, word by word only confuses


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words that stands in both versions, or only in the earlier or the later one; spaces stand between."""

    kind: Kind
    text: str


@dataclass(frozen=True, slots=True)
class Difference:
    """Paragraphs of pieces. ``places`` counts the runs of change, ``is_new`` says that nothing stood here before."""

    paragraphs: tuple[tuple[Piece, ...], ...]
    places: int
    is_new: bool = False
    is_gone: bool = False

    @property
    def is_same(self) -> bool:
        return self.places == 0


def between(earlier: str, later: str) -> Difference:
    """The later text with what the earlier one had in its place. Lines are paragraphs."""
    old, new = _paragraphs(earlier), _paragraphs(later)
    paragraphs: list[tuple[Piece, ...]] = []
    for gone, came in _paired(old, new):
        paragraphs.append(tuple(_pieces(gone, came)))
    shown = tuple(each for each in paragraphs if each)
    return Difference(shown, sum(map(_places, shown)), is_new=bool(new) and not old, is_gone=bool(old) and not new)


def _paragraphs(text: str) -> list[str]:
    return [" ".join(line.split()) for line in text.splitlines() if line.strip()]


def _paired(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Paragraphs that belong together; a paragraph without a partner stands beside an empty one."""
    for tag, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            yield from zip(old[i:j], new[k:m], strict=True)
            continue
        for place in range(max(j - i, m - k)):
            yield (old[i + place] if i + place < j else ""), (new[k + place] if k + place < m else "")


def _pieces(gone: str, came: str) -> Iterator[Piece]:
    if gone == came:
        yield Piece("same", came)
        return
    old, new = gone.split(), came.split()
    if not old or not new or max(len(old), len(new)) > _MOST_WORDS:
        yield from _told(gone, came)
        return
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    if matcher.ratio() < _LEAST_COMMON:
        yield from _told(gone, came)
        return
    for tag, i, j, k, m in matcher.get_opcodes():
        if tag == "equal":
            yield Piece("same", " ".join(new[k:m]))
        else:
            yield from _told(" ".join(old[i:j]), " ".join(new[k:m]))


def _told(gone: str, came: str) -> Iterator[Piece]:
    if gone:
        yield Piece("gone", gone)
    if came:
        yield Piece("new", came)


def _places(pieces: tuple[Piece, ...]) -> int:
    """Runs of change; words exchanged count once."""
    runs, inside = 0, False
    for piece in pieces:
        changed = piece.kind != "same"
        runs += changed and not inside
        inside = changed
    return runs

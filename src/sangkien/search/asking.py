"""What is asked of the index, in words of neither database; each writes it in its own."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from sangkien.search.slips import near
from sangkien.search.tokens import pairs, syllables

_MOST_WORDS: Final = 24  # a long title, pasted whole
_LEAVE_OUT: Final = range(3, 9)  # words in a query of which one may be wrong
_SHORTEST_BEGINNING: Final = 2  # letters of a word that stands alone: one letter begins too many


@dataclass(frozen=True, slots=True)
class Token:
    """A token that must be there; ``begins``: or one that begins so."""

    text: str
    begins: bool = False


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every part must hold."""

    parts: tuple["Ask", ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """One part must hold."""

    parts: tuple["Ask", ...]


Ask = Token | AllOf | AnyOf


@dataclass(frozen=True, slots=True)
class Language:
    """How a database writes what is asked: the quotation mark, what follows a beginning, and between parts."""

    mark: str
    begins: str
    both: str
    either: str

    def written(self, ask: Ask) -> str:
        """A token holds no quotation mark, so nothing can break out of the quotes."""
        match ask:
            case Token(text, begins):
                return f"{self.mark}{text}{self.mark}{self.begins if begins else ''}"
            case AllOf(parts):
                return f"({self.both.join(map(self.written, parts))})"
            case AnyOf(parts):
                return f"({self.either.join(map(self.written, parts))})"


@dataclass(frozen=True, slots=True)
class Query:
    """A person's text, read. ``typing``: the last word may be unfinished."""

    text: str
    words: tuple[str, ...]
    typing: bool

    @classmethod
    def read(cls, text: str, *, typing: bool = False) -> "Query":
        """Of a text without a word come no words."""
        words = tuple(syllables(text)[:_MOST_WORDS])
        unfinished = typing and bool(words) and not text[-1:].isspace()
        return cls(text, words, unfinished)

    def exact(self) -> Iterator[Ask]:
        """All words side by side, then all words anywhere: narrow first, so that a phrase is not drowned."""
        if len(self.words) > 1:
            *whole, last = pairs(list(self.words))
            yield AllOf((*map(Token, whole), Token(last, begins=self.typing)))
        yield self._words(range(len(self.words)))

    def nearly(self) -> Iterator[Ask]:
        """For when nothing has all the words: slips of the fingers and of spelling, then one word left out."""
        slips = [tuple(map(Token, (word, *near(word)))) for word in self.words]
        if any(len(each) > 1 for each in slips):
            yield AllOf(tuple(AnyOf(each) for each in slips))
        if len(self.words) in _LEAVE_OUT:
            places = range(len(self.words))
            yield AnyOf(tuple(self._words([each for each in places if each != left]) for left in places))

    def _words(self, places: Sequence[int]) -> AllOf:
        last = len(self.words) - 1
        begins = self.typing and len(self.words[last]) >= _SHORTEST_BEGINNING
        return AllOf(tuple(Token(self.words[each], begins=begins and each == last) for each in places))

    def pairs(self) -> list[str]:
        """The pairs, as they stand in a folded text."""
        return [f"{first} {second}" for first, second in pairwise(self.words)]

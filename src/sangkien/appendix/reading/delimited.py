"""Tables as text (.csv, .tsv): comma, semicolon or tab, quoted as spreadsheet programs do it (RFC 4180 and worse)."""

import csv
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from typing import Self

from sangkien.appendix.model import Outcome
from sangkien.appendix.reading.archive import TOO_LARGE
from sangkien.appendix.reading.effort import BLANK, CELL, Effort
from sangkien.appendix.reading.encodings import decode_text
from sangkien.appendix.reading.grid import Cells, compact
from sangkien.appendix.reading.source import Cell, Paragraph, Refusal, Source
from sangkien.appendix.reading.text import bare

_DELIMITERS = ",;\t|"
_SAMPLE_ROWS, _SAMPLE = 200, 1_000_000
_LONGEST_FILE = 48 * 1024 * 1024  # 20,000 rows of a report
_LONGEST_FIELD = 10_000_000
_MOST_COLUMNS = 16_384
_ALL_AGREE = 100  # every row, the heading too, has as many cells: no other sign can say more
_UNCLOSED = "Tệp có dấu ngoặc kép mở mà không đóng, đã đọc từng dòng một. Hãy so lại với bản gốc."
_TOO_WIDE = "Tệp có quá nhiều cột nên chưa đọc. Hãy chép phần báo cáo sang một tệp mới rồi gửi lại."
_KEPT = re.compile(r'\s*="([^"]*)"\s*')
_GUARDED = re.compile(r"'[\s\u200b]*[=+\-@\uff0b\uff0d\uff1d\uff20]")
_SEPARATOR = re.compile(r"sep=(.)\r?\n?\Z", re.IGNORECASE)


def load(data: bytes, name: str) -> Source:
    """One table; paragraphs when the text is none; nothing when only separators are there.

    ``name`` decides doubts: ".csv" speaks for a table, ".tsv" for tabs. Raises ``Refusal`` for bytes that are no text.
    """
    if len(data) > _LONGEST_FILE:
        raise Refusal(Outcome.TOO_LARGE, TOO_LARGE)
    decoded = decode_text(data)
    warnings = [decoded.warning] if decoded.warning else []
    text = unicodedata.normalize("NFC", bare(decoded.text))  # a sign between a letter and its mark may be gone
    if not text.strip(_DELIMITERS + '" \n'):
        return Source([], warnings)
    delimiter, text = _delimiter(text, name)
    if not delimiter:
        return Source([Paragraph(line.strip()) for line in text.split("\n") if line.strip()], warnings)
    cells: Cells = {}
    unclosed = _is_unclosed(text, delimiter)
    if unclosed:
        warnings.append(_UNCLOSED)
    effort = Effort()
    for number, line in enumerate(_rows(text, delimiter, quoted=not unclosed), start=1):
        effort.spend(BLANK * (len(line) + 1))
        if len(line) > _MOST_COLUMNS:
            raise Refusal(Outcome.TOO_LARGE, _TOO_WIDE)
        found = {column: Cell(_value(value)) for column, value in enumerate(line, start=1) if value.strip()}
        if found:
            effort.spend(CELL // 2 * len(found))
            cells[number] = found
    return Source([compact("", cells, (), (), warnings)], warnings)


def _delimiter(text: str, name: str) -> tuple[str, str]:
    """The sign between cells and the text without a first line "sep=;"; '' when the text is no table."""
    first, _, rest = text.partition("\n")
    told = _SEPARATOR.fullmatch(first.strip("\ufeff \"'"))
    if told:
        return told[1], rest
    if first.strip("\ufeff \"'").lower() == "sep=":  # "sep=" and a tab, which strip has taken
        return "\t", rest
    preferred = "\t" if name.lower().endswith((".tsv", ".tab")) else _DELIMITERS[0]
    is_named_table = name.lower().endswith((".csv", ".tsv", ".tab"))
    scored = [(_evidence(text, sign, lenient=is_named_table), sign == preferred, sign) for sign in _DELIMITERS]
    score, _, sign = max(scored)
    return (sign if score > 0 else "", text)


def _evidence(text: str, delimiter: str, *, lenient: bool) -> float:
    """How much speaks for this sign: rows that agree on their number of cells, and on how many; 0 for no table.

    Titles above and sums below a table are shorter; commas inside sentences make rows of every width. A file that is
    called a table (``lenient``) may leave out empty cells at the end of its rows.
    """
    sample = islice(_rows(text[:_SAMPLE], delimiter), 10 * _SAMPLE_ROWS)
    lines = (line for line in sample if any(value.strip() for value in line))
    widths = Counter(len(line) for line in islice(lines, _SAMPLE_ROWS))
    wide = Counter({width: count for width, count in widths.items() if width > 1})
    if not wide:
        return 0.0
    width, count = max(wide.items(), key=lambda item: (item[1], item[0]))
    if not lenient and _is_prose(text[:_SAMPLE], delimiter):
        return 0.0
    share = count / wide.total()
    agreed = share > 0.5 and (count > 1 or widths.total() == 1)
    if not agreed and not (lenient and wide.total() > max(1, widths.total() // 2)):
        return 0.0
    return (count / widths.total()) ** 2 * min(width, 12) + (_ALL_AGREE if len(widths) == 1 else 0)


def _is_prose(text: str, delimiter: str) -> bool:
    """Whether the sign stands as in sentences, with a space after it; programs write none."""
    return delimiter in ",;" and 2 * text.count(f"{delimiter} ") > text.count(delimiter)


def _rows(text: str, delimiter: str, *, quoted: bool = True) -> Iterator[list[str]]:
    """The rows; quotes may hold newlines, and a quote in the middle of a cell is a sign like any other."""
    csv.field_size_limit(_LONGEST_FIELD)
    feed = _Feed(text, delimiter)
    reader = csv.reader(
        feed,
        delimiter=delimiter,
        quoting=csv.QUOTE_MINIMAL if quoted else csv.QUOTE_NONE,
        skipinitialspace=delimiter != "\t",
    )
    while True:
        feed.signs = 0
        try:
            line = next(reader)
        except StopIteration:
            return
        except csv.Error as fault:
            raise Refusal(Outcome.TOO_LARGE, TOO_LARGE) from fault
        yield line


class _Feed:
    """Lines with their ends, one by one: ``splitlines`` would also cut at signs that are part of a text.

    ``signs`` counts the delimiters since it was set to 0; raises ``Refusal`` before a row of millions of cells is made.
    """

    def __init__(self, text: str, delimiter: str) -> None:
        self.signs = 0
        self._text, self._delimiter, self._start = text, delimiter, 0

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> str:
        end = self._text.find("\n", self._start) + 1 or len(self._text)
        if self._start >= end:
            raise StopIteration
        line = self._text[self._start : end]
        self._start = end
        self.signs += line.count(self._delimiter)
        if self.signs > 4 * _MOST_COLUMNS:  # a long quoted text may hold some of them
            raise Refusal(Outcome.TOO_LARGE, _TOO_WIDE)
        return line


def _value(value: str) -> str:
    """A cell's text without the dress of the program that wrote it.

    ``="01"`` keeps a leading zero; an apostrophe before a sign that begins a formula keeps it a text, as we write it.
    """
    wrapped = _KEPT.fullmatch(value)
    if wrapped:
        return wrapped[1]
    return (value[1:] if _GUARDED.match(value) else value).strip("\n")


def _is_unclosed(text: str, delimiter: str) -> bool:
    """Whether the last cell swallowed the end of the file: it holds a newline though its quote never closes."""
    if text.count('"') % 2 == 0:
        return False
    last: list[str] = []
    for line in _rows(text, delimiter):
        last = line
    return bool(last) and last[-1].count("\n") > 2 and not text.rstrip().endswith('"')

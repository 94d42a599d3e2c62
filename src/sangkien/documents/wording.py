"""Fixed phrases of a paper: dates, numbers, letters, marks at the ends of lines."""

from datetime import date

from sangkien.documents import tokens
from sangkien.documents.blocks import Notation
from sangkien.documents.text import one_line, plain

_ROMAN = ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"))
_ROMAN_SMALL = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


def capitals(text: str) -> str:
    """Chữ in hoa, with the line breaks of the author."""
    return plain(text).upper()


def date_words(dated: date) -> str:
    """``ngày 09 tháng 7 năm 2024``: a 0 before days under 10 and before months 1 and 2, nowhere else (II.4)."""
    month = f"{dated.month:02}" if dated.month <= 2 else str(dated.month)
    return f"ngày {dated.day:02} tháng {month} năm {dated.year}"


def attached_line(paper: str, *, number: str = "", dated: date | None = None, year: int, issuer: str = "") -> str:
    """``Kèm theo Báo cáo số …``; number and day of an electronic paper stay blank until the registry gives them."""
    blank = "\N{NO-BREAK SPACE}" * 6
    day = date_words(dated) if dated else f"ngày{blank}tháng{blank}năm {year}"
    of = f" của {one_line(issuer)}" if issuer else ""
    return f"Kèm theo {one_line(paper)} số {one_line(number) or blank} {day}{of}"


def date_line(place: str, dated: date | None) -> str:
    """Place and date; without a date, room to write day and month."""
    blank = "\N{NO-BREAK SPACE}" * 6
    return f"{one_line(place)}, {date_words(dated) if dated else f'ngày{blank}tháng{blank}năm{blank}'}"


def notation_line(notation: Notation) -> str:
    """``Số: 05/QĐ-UBND``: a 0 before numbers under 10 (II.3); room for the number when there is none yet."""
    number = tokens.NUMBER_BLANK if notation.number is None else written_number(notation.number)
    return f"Số: {number}/{one_line(notation.symbol)}"


def written_number(number: int) -> str:
    """``05``, ``12``, ``230``: a 0 before numbers under 10 (NĐ 30/2020, Phụ lục I, II.3), on papers and on pages."""
    return f"{number:02}"


def roman(number: int) -> str:
    """I, II, III, IV …; numbers below 1 are refused (``ValueError``)."""
    if number < 1:
        raise ValueError(f"A Roman number begins at I, not at {number}")
    written = ""
    for value, letters in (*_ROMAN, *_ROMAN_SMALL):
        count, number = divmod(number, value)
        written += letters * count
    return written


def point_letter(number: int) -> str:
    """a b c d đ e g h i k l m …: the 1st, 2nd … điểm; after y come aa, ab …"""
    if number < 1:
        raise ValueError(f"A point begins at a, not at {number}")
    letters = ""
    while number:
        number, index = divmod(number - 1, len(tokens.POINT_LETTERS))
        letters = tokens.POINT_LETTERS[index] + letters
    return letters


def article_word(number: int) -> str:
    """``Điều 1.``"""
    return f"Điều {number}."


def end_marks(lines: tuple[str, ...]) -> list[str]:
    """Lines of a list: ";" after each, "." after the last; a mark that is there already is not doubled."""
    bare = [one_line(line).rstrip(";.,: ") for line in lines]
    return [f"{line}{'.' if index == len(bare) else ';'}" for index, line in enumerate(bare, 1)]


def ended(text: str) -> str:
    """The last line of a paper, closed by "./."."""
    return f"{plain(text).rstrip(' ./;,')}{tokens.END_MARK}"

"""What a formula says without being evaluated."""

import re

_LINK = re.compile(r"\s*(?:_xlfn\.)?HYPERLINK\s*\(", re.IGNORECASE)
_LITERAL = re.compile(r'\s*"((?:[^"]|"")*)"\s*')


def link_title(formula: str) -> str | None:
    """The title of ``HYPERLINK("address","title")`` when it is a plain text (or texts joined by &); else ``None``."""
    opening = _LINK.match(formula)
    if opening is None:
        return None
    start = _second_argument(formula, opening.end())
    if start is None:
        return None
    title = ""
    while (literal := _LITERAL.match(formula, start)) is not None:
        title += literal[1].replace('""', '"')
        if formula[literal.end() : literal.end() + 1] != "&":
            return title if formula[literal.end() :].strip() == ")" else None
        start = literal.end() + 1
    return None


def _second_argument(formula: str, start: int) -> int | None:
    """Where the second argument begins: after the first comma outside quotes and brackets."""
    depth, quoted = 0, False
    for index in range(start, len(formula)):
        sign = formula[index]
        if sign == '"':
            quoted = not quoted
        elif quoted:
            continue
        elif sign in ",;" and depth == 0:
            return index + 1
        elif sign in "({":
            depth += 1
        elif sign in ")}":
            depth -= 1
    return None

"""Small pieces of WordprocessingML."""

from sangkien.documents import styles, tokens
from sangkien.documents.styles import Style

PROLOGUE = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)


def twips(points: float) -> int:
    """Points in the unit of Word, a twentieth."""
    return round(points * tokens.TWIPS_PER_PT)


def escaped(text: str) -> str:
    """Cleaned text (``text.plain``) as XML character data."""
    if "&" in text:
        text = text.replace("&", "&amp;")
    if "<" in text:
        text = text.replace("<", "&lt;")
    if ">" in text:
        text = text.replace(">", "&gt;")
    return text


def attribute(text: str) -> str:
    """Cleaned text between double quotes."""
    return escaped(text).replace('"', "&quot;")


def tag(line: str) -> str:
    """Escaped text of one line as ``w:t``; spaces at its ends are kept only when said."""
    if line[0] == " " or line[-1] == " ":
        return f'<w:t xml:space="preserve">{line}</w:t>'
    return f"<w:t>{line}</w:t>"


def flag(name: str, on: bool) -> str:
    """An element that is there or not."""
    return f"<w:{name}/>" if on else ""


def paragraph_properties(style: Style) -> str:
    """``w:pPr`` of a paragraph: its style, and only what differs from the style of that key in styles.xml."""
    base = styles.BY_KEY[style.key]
    differences = "" if style is base else _layout(style, base)
    return f'<w:pPr><w:pStyle w:val="{style.key}"/>{differences}</w:pPr>'


def style_properties(style: Style) -> str:
    """``w:pPr`` and ``w:rPr`` of a style in styles.xml."""
    colour = f'<w:color w:val="{style.colour}"/>' if style.colour else ""
    look = (
        f"{flag('b', style.bold)}{flag('bCs', style.bold)}{flag('i', style.italic)}{flag('iCs', style.italic)}{colour}"
        f'<w:sz w:val="{style.size * 2:.0f}"/><w:szCs w:val="{style.size * 2:.0f}"/>'
    )
    return f"<w:pPr>{_layout(style, None)}</w:pPr><w:rPr>{look}</w:rPr>"


def _layout(style: Style, base: Style | None) -> str:
    """The properties of a paragraph in the order of the schema, without those that ``base`` has already."""
    parts = []
    if style.keep_next and not (base and base.keep_next):
        parts.append("<w:keepNext/>")
    if not base and not style.widow_control:
        parts.append('<w:widowControl w:val="0"/>')
    if not base or style.before != base.before:
        parts.append(f'<w:spacing w:before="{twips(style.before)}" w:after="0"/>')
    if not base or _indents(style) != _indents(base):
        parts.append(_indents(style))
    if not base or style.align != base.align:
        parts.append(f'<w:jc w:val="{"both" if style.align == "justify" else style.align}"/>')
    if style.level is not None and not base:
        parts.append(f'<w:outlineLvl w:val="{style.level}"/>')
    return "".join(parts)


def _indents(style: Style) -> str:
    first = f'w:hanging="{twips(style.hanging)}"' if style.hanging else f'w:firstLine="{twips(style.first_line)}"'
    return f'<w:ind w:left="{twips(style.left)}" w:right="{twips(style.right)}" {first}/>'

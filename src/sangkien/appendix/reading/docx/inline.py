"""One paragraph of a .docx as text: what a reader of the page sees, with tracked changes accepted.

Tags are looked up in a table; what is not in it is looked through, so that an element invented tomorrow hides no text.
"""

import re
from collections.abc import Callable
from itertools import groupby
from operator import itemgetter

from sangkien.appendix.model import Outcome
from sangkien.appendix.reading.archive import TOO_LARGE
from sangkien.appendix.reading.docx.fields import Fields
from sangkien.appendix.reading.docx.names import (
    MATH,
    MATH_STRICT,
    Element,
    attribute,
    both,
    child,
    is_on,
    number_of,
    value_of,
)
from sangkien.appendix.reading.docx.plain import BOLD, PLAIN_TAGS, RUN, TAB, only_words
from sangkien.appendix.reading.docx.shapes import Inline, Line, Shared
from sangkien.appendix.reading.docx.styles import NOTHING, Facts, font_of
from sangkien.appendix.reading.docx.symbols import symbol
from sangkien.appendix.reading.docx.wrappers import ALTERNATE, alternative, control_content
from sangkien.appendix.reading.source import Refusal
from sangkien.vietnamese import Legacy, clean

MAX_TEXT = 30_000_000  # characters of one file; 10,000 rows of a report are 15 million
MAX_PARAGRAPHS = 400_000  # 10,000 rows of a report are 100,000

HIDDEN = "Tệp có chữ ẩn. Phần chữ ẩn không được đọc."
UNKNOWN_SIGN = "Tệp có ký hiệu của phông chữ ký hiệu không nhận ra nên đã bỏ qua. Hãy so lại với bản gốc."
EMBEDDED = "Tệp có tệp khác nhúng bên trong. Tệp nhúng không được mở; hãy gửi riêng nếu đó là báo cáo."

_P_PR, _R_PR = both("pPr"), both("rPr")
_BOLD, _VANISH, _R_STYLE, _R_FONTS = both("b"), both("vanish"), both("rStyle"), both("rFonts")
_TOLD_BY_RUN = _BOLD | _VANISH | _R_STYLE | _R_FONTS
_P_STYLE, _NUM_PR, _NUM_ID, _ILVL = both("pStyle"), both("numPr"), both("numId"), both("ilvl")
_MARK_GONE = both("del", "moveFrom")
_BOX = both("txbxContent")
_PRIVATE = re.compile("[\uf000-\uf0ff]")


class Paragrapher:
    """Turns ``w:p`` into ``Inline``, one after the other; a paragraph whose mark is deleted flows into the next."""

    def __init__(self, shared: Shared) -> None:
        self._shared = shared
        self._styles = shared.styles
        self._odd_letters = shared.odd_letters
        self._begin()

    def _begin(self) -> None:
        self._pieces: list[str] = []
        self._codes: list[Legacy | None] = []
        self._coded = False
        self._at_start = True
        self._bold_lines: set[int] = set()
        self._line = 0
        self._has_bold = self._has_plain = False
        self._boxes: list[Element] = []
        self._notes: list[str] = []

    def read(self, paragraph: Element) -> Inline | None:
        """The paragraph; ``None`` when its mark is deleted, so that its text belongs to the next one."""
        shared = self._shared
        self._count_paragraphs(1)
        if shared.plain and (words := only_words(paragraph)) is not None:
            text = self._bare(words)
            return Inline([Line(text, False)] if text else [], "", "", False, [])
        self._fields = Fields()
        self._style: Facts = NOTHING
        self._style_id = self._styles.default_paragraph
        properties = child(paragraph, _P_PR)
        joined = False
        numbering: Element | None = None
        if properties is not None:
            joined, numbering = self._paragraph_properties(properties)
        if self._style_id:
            self._style = self._styles.of(self._style_id)
        self._base = self._now = self._inherited(self._style)
        if shared.plain and self._base[1:] == (False, None):
            self._plain_runs(paragraph)
        else:
            self.look_through(paragraph)
        return None if joined else self._finish(numbering)

    def bare(self, paragraphs: list[str]) -> list[str]:
        """The lines of paragraphs that say nothing but words: most of them, once runs are joined."""
        self._count_paragraphs(len(paragraphs))
        return [line for words in paragraphs if (line := self._bare(words))]

    def _bare(self, words: str) -> str:
        text = clean(_on_one_line(words))
        self._count(text)
        return text.strip()

    def _count_paragraphs(self, more: int) -> None:
        self._shared.paragraphs += more
        if self._shared.paragraphs > MAX_PARAGRAPHS:
            raise Refusal(Outcome.TOO_LARGE, TOO_LARGE)

    def flush(self) -> Inline | None:
        """What a last deleted mark left behind at the end of a cell or of the body."""
        if not self._pieces and not self._boxes and not self._notes:
            return None
        self._style, self._style_id = NOTHING, ""
        return self._finish(None)

    def _paragraph_properties(self, properties: Element) -> tuple[bool, Element | None]:
        joined, numbering = False, None
        for part in properties:
            if part.tag in _P_STYLE:
                self._style_id = value_of(part) or ""
            elif part.tag in _NUM_PR:
                numbering = part
            elif part.tag in _R_PR:
                joined = child(part, _MARK_GONE) is not None
        return joined, numbering

    def _inherited(self, style: Facts) -> tuple[bool, bool, Legacy | None]:
        """Bold, hidden, old font of a run that says nothing itself."""
        font = style.font
        if self._styles.old_fonts and font is None:
            table = self._shared.table_style
            font = self._styles.of(table).font if table else None
            font = self._styles.defaults.font if font is None else font
        return bool(style.bold), bool(style.hidden), font if isinstance(font, Legacy) else None

    def _finish(self, numbering: Element | None) -> Inline:
        text = self._text()
        marker = self._marker(numbering)
        self._count(text)
        lines: list[Line] = []
        if self._line:
            for number, line in enumerate(text.split("\n")):
                if line := line.strip():
                    lines.append(Line(line, number in self._bold_lines))
        elif text := text.strip():
            lines.append(Line(text, 0 in self._bold_lines))
        if self._notes:
            self._append_notes(lines)
        style = self._style.name or self._style_id
        found = Inline(lines, marker, style, self._has_bold and not self._has_plain, self._boxes)
        self._begin()
        return found

    def _count(self, text: str) -> None:
        self._shared.characters += len(text)
        if self._shared.characters > MAX_TEXT:
            raise Refusal(Outcome.TOO_LARGE, TOO_LARGE)

    def _append_notes(self, lines: list[Line]) -> None:
        notes = " ".join(f"[{note}]" for note in self._notes)
        if lines:
            lines[-1].text += f" {notes}"
        else:
            lines.append(Line(notes, False))

    def _text(self) -> str:
        """The pieces, decoded from old fonts, in NFC and without control characters."""
        text = self._decoded() if self._coded else "".join(self._pieces)
        return clean(text)

    def _decoded(self) -> str:
        """Neighbours of one font are decoded together, for Word parts a letter from its mark when it likes."""
        fonts = self._shared.fonts
        groups = [
            ("".join(piece for piece, _ in pairs), code)
            for code, pairs in groupby(zip(self._pieces, self._codes, strict=True), key=itemgetter(1))
        ]
        if not fonts.should_decode([(piece, code) for piece, code in groups if code is not None]):
            return "".join(self._pieces)
        return "".join(piece if code is None else fonts.decode(piece, code) for piece, code in groups)

    def _marker(self, numbering: Element | None) -> str:
        num_id, level = self._style.num_id, self._style.level
        if num_id is not None and level is None:
            level = self._shared.numbering().level_of_style(num_id, self._style_id)
        if numbering is not None:
            if (own := child(numbering, _NUM_ID)) is not None:
                num_id = value_of(own)
            if (own := child(numbering, _ILVL)) is not None:
                level = number_of(own)
        if num_id is None or num_id == "0":
            return ""
        return self._shared.numbering().marker(num_id, level or 0)

    # --- inside the paragraph ---------------------------------------------------------------------------------------

    def look_through(self, element: Element) -> None:
        for part in element:
            handler = _HANDLERS.get(part.tag, Paragrapher.look_through)
            if handler is not None:
                handler(self, part)

    def _plain_runs(self, paragraph: Element) -> None:
        """The same as ``look_through`` where nothing but words, breaks and bold is there; lxml finds them for us."""
        started = False  # the tab stops of the paragraph's own properties are no text
        for part in paragraph.iter(*PLAIN_TAGS):
            tag = part.tag
            if tag == RUN:
                self._now, started = self._base, True
            elif tag == BOLD:
                self._now = (is_on(part), False, None)
            elif started or tag != TAB:
                _HANDLERS[tag](self, part)  # type: ignore[misc]  # every plain tag has a handler

    def run(self, run: Element) -> None:
        self._now = self._base
        for part in run:
            handler = _HANDLERS.get(part.tag, Paragrapher.look_through)
            if handler is not None:
                handler(self, part)

    def run_properties(self, properties: Element) -> None:
        bold, hidden, font = self._base
        direct_bold = direct_hidden = direct_font = False
        for part in properties:
            tag = part.tag
            if tag not in _TOLD_BY_RUN:
                continue
            if tag in _R_FONTS:
                if self._odd_letters and (own := font_of(part)) is not None:
                    font, direct_font = own if isinstance(own, Legacy) else None, True
            elif tag in _BOLD:
                bold, direct_bold = is_on(part), True
            elif tag in _VANISH:
                hidden, direct_hidden = is_on(part), True
            else:
                style = self._styles.of(value_of(part) or "")
                if style.bold is not None and not direct_bold:
                    bold = style.bold
                if style.hidden is not None and not direct_hidden:
                    hidden = style.hidden
                if style.font is not None and not direct_font:
                    font = style.font if isinstance(style.font, Legacy) else None
        self._now = (bold, hidden, font)

    def _put(self, text: str) -> None:
        """Take text of the current run, unless it is the instruction of a field."""
        if not self._fields.in_instruction:
            self._take(text)

    def _take(self, text: str) -> None:
        bold, hidden, font = self._now
        if hidden:
            if not text.isspace():
                self._shared.warn(HIDDEN)
            return
        self._pieces.append(text)
        self._codes.append(font)
        if font is not None:
            self._coded = True
        if not text.isspace():
            if self._at_start:
                self._at_start = False
                if bold:
                    self._bold_lines.add(self._line)
            if bold:
                self._has_bold = True
            else:
                self._has_plain = True

    def words(self, element: Element) -> None:
        text = element.text
        if text:
            text = _on_one_line(text)
            if self._odd_letters and _PRIVATE.search(text):
                text = self._private(text)
            if not self._fields.in_instruction:
                self._take(text)

    def _private(self, text: str) -> str:
        """Letters of a symbol font stand in the private use area; nearly all of them are Wingdings."""
        signs = [symbol("wingdings", ord(sign)) if "\uf000" <= sign <= "\uf0ff" else sign for sign in text]
        if None in signs:
            self._shared.warn(UNKNOWN_SIGN)
        return "".join(sign or "" for sign in signs)

    def tab(self, element: Element) -> None:
        self._put("\t")

    def line_break(self, element: Element) -> None:
        if self._fields.in_instruction or self._now[1]:
            return
        self._pieces.append("\n")
        self._codes.append(self._now[2])
        self._line += 1
        self._at_start = True

    def hyphen(self, element: Element) -> None:
        self._put("-")

    def soft_hyphen(self, element: Element) -> None:
        """Nothing, save in TCVN3 where the same code is the letter ư."""
        if self._now[2] in (Legacy.TCVN3, Legacy.TCVN3_CAPITALS):
            self._put("\u00ad")

    def sign(self, element: Element) -> None:
        try:
            sign = symbol(attribute(element, "font") or "", int(attribute(element, "char") or "", 16))
        except ValueError:
            sign = None
        if sign is None:
            self._shared.warn(UNKNOWN_SIGN)
        else:
            self._put(sign)

    def field_mark(self, element: Element) -> None:
        if shown := self._fields.mark(element):
            self._take(shown)

    def footnote_mark(self, element: Element) -> None:
        self._note("footnote", element)

    def endnote_mark(self, element: Element) -> None:
        self._note("endnote", element)

    def _note(self, kind: str, element: Element) -> None:
        if not self._now[1] and (text := self._shared.note(kind, attribute(element, "id") or "")):
            self._notes.append(text)

    def content_control(self, element: Element) -> None:
        content = control_content(element)
        if content is not None:
            self.look_through(content)

    def alternate(self, element: Element) -> None:
        chosen = alternative(element)
        if chosen is not None:
            self.look_through(chosen)

    def box(self, element: Element) -> None:
        self._boxes.append(element)

    def embedded(self, element: Element) -> None:
        self._shared.warn(EMBEDDED)
        self.look_through(element)


def _on_one_line(text: str) -> str:
    return text.replace("\n", " ").replace("\r", " ") if "\n" in text or "\r" in text else text


_Handler = Callable[[Paragrapher, Element], None]


def _handlers() -> dict[str, _Handler | None]:
    """Tag → what to do; ``None`` = pass over."""
    by_name: dict[str, _Handler | None] = {
        "r": Paragrapher.run,
        "rPr": Paragrapher.run_properties,
        "t": Paragrapher.words,
        "tab": Paragrapher.tab,
        "ptab": Paragrapher.tab,
        "br": Paragrapher.line_break,
        "cr": Paragrapher.line_break,
        "noBreakHyphen": Paragrapher.hyphen,
        "softHyphen": Paragrapher.soft_hyphen,
        "sym": Paragrapher.sign,
        "fldChar": Paragrapher.field_mark,
        "footnoteReference": Paragrapher.footnote_mark,
        "endnoteReference": Paragrapher.endnote_mark,
        "sdt": Paragrapher.content_control,
        "txbxContent": Paragrapher.box,
        "object": Paragrapher.embedded,
        "control": Paragrapher.embedded,
    }
    for name in (
        "pPr", "del", "moveFrom", "instrText", "delText", "delInstrText", "sdtPr", "sdtEndPr", "smartTagPr",
        "customXmlPr", "lastRenderedPageBreak", "annotationRef", "footnoteRef", "endnoteRef", "separator",
        "continuationSeparator", "commentReference", "proofErr", "bookmarkStart", "bookmarkEnd", "rt", "rubyPr",
        "pgNum", "dayShort", "monthShort", "yearShort", "dayLong", "monthLong", "yearLong",
    ):  # fmt: skip
        by_name[name] = None
    table: dict[str, _Handler | None] = {tag: handler for name, handler in by_name.items() for tag in both(name)}
    table[ALTERNATE] = Paragrapher.alternate
    for namespace in (MATH, MATH_STRICT):
        table[f"{{{namespace}}}r"] = Paragrapher.run
        table[f"{{{namespace}}}t"] = Paragrapher.words
        table[f"{{{namespace}}}rPr"] = None
    return table


_HANDLERS = _handlers()

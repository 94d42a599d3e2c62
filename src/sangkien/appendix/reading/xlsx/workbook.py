"""The workbook: which sheets it has, which of them show, and what they share."""

from dataclasses import dataclass

from lxml import etree

from sangkien.appendix.model import Outcome
from sangkien.appendix.reading.archive import DAMAGED, LINKS, Package, open_package
from sangkien.appendix.reading.effort import CELL, Effort
from sangkien.appendix.reading.findings import HIDDEN_SHEET
from sangkien.appendix.reading.old_fonts import mend_old_fonts
from sangkien.appendix.reading.runs import Text
from sangkien.appendix.reading.source import Paragraph, Refusal, Source, Table
from sangkien.appendix.reading.text import bare, composed, old_fonts
from sangkien.appendix.reading.xlsx.drawings import text_boxes
from sangkien.appendix.reading.xlsx.sheet import Book, read_sheet
from sangkien.appendix.reading.xlsx.stream import elements
from sangkien.appendix.reading.xlsx.strings import read_text
from sangkien.appendix.reading.xlsx.styles import is_on, local, read_styles

BOXES = "Trang tính “{name}”: có chữ trong khung nổi. Phần này được đọc thành đoạn riêng phía trên bảng."


@dataclass(frozen=True, slots=True)
class Tab:
    """A sheet as the workbook names it; ``part`` is '' when the file does not say where it is."""

    name: str
    state: str
    kind: str
    part: str


def load(data: bytes, name: str) -> Source:
    """The visible sheets of a workbook in their order, as tables; ``name`` is the file's name, which changes nothing.

    Raises ``Refusal``. Hidden sheets are named in the warnings and not read; formulas, links, macros are not followed.
    """
    package = open_package(data)
    main = package.main_part("xl/workbook.xml")
    root = package.xml(main)
    tabs = _tabs(package, main, root)
    if not tabs:
        raise Refusal(Outcome.CORRUPT, DAMAGED)
    book = _book(package, main, root)
    warnings: list[str] = []
    blocks: list[Table | Paragraph] = []
    for tab in tabs:
        if _is_to_read(tab, package, warnings):
            boxes = text_boxes(package, tab.part)
            if boxes:
                warnings.append(BOXES.format(name=tab.name))
                blocks.extend(Paragraph(text) for text in boxes)
            table = read_sheet(tab.name, package.chunks(tab.part), book, warnings)
            if table.rows:
                blocks.append(table)
    if any("externallinks/" in part.lower() or part.lower().endswith("connections.xml") for part in package.names):
        package.warn(LINKS)
    if not book.legacy:
        mend_old_fonts(blocks, warnings.append)
    return Source(blocks, [*package.warnings, *warnings, *old_fonts(book.legacy)])


def _tabs(package: Package, main: str, root: "etree._Element") -> list[Tab]:
    relations = package.relations(main)
    tabs = []
    for sheets in root:
        if local(sheets) != "sheets":
            continue
        for number, sheet in enumerate(sheets, start=1):
            identifier = next((value for key, value in sheet.attrib.items() if str(key).endswith("}id")), "")
            relation = relations.get(str(identifier))
            guess = f"xl/worksheets/sheet{number}.xml"  # the usual place, when the list of relations is lost
            kind, part = ("worksheet", guess) if relation is None else (relation.kind, relation.target)
            name = composed(bare(sheet.get("name", f"Sheet{number}")))
            tabs.append(Tab(name, sheet.get("state", "visible"), kind, part))
    return tabs


def _is_to_read(tab: Tab, package: Package, warnings: list[str]) -> bool:
    if tab.kind == "chartsheet":
        return False
    if tab.state.lower() in ("hidden", "veryhidden"):
        warnings.append(HIDDEN_SHEET.format(name=tab.name))
        return False
    if tab.kind != "worksheet":
        warnings.append(f"Trang “{tab.name}” không phải trang tính thường nên không được đọc.")
        return False
    if tab.part not in package:
        warnings.append(f"Trang tính “{tab.name}” không còn trong tệp. Hãy xin lại tệp gốc.")
        return False
    return True


def _book(package: Package, main: str, root: "etree._Element") -> Book:
    parts = {relation.kind: relation.target for relation in package.relations(main).values() if not relation.external}
    strings = parts.get("sharedStrings", "xl/sharedStrings.xml")
    styles = parts.get("styles", "xl/styles.xml")
    since_1904 = never_calculated = False
    for one in root:
        if local(one) == "workbookPr":
            since_1904 = is_on(one.get("date1904"))
        elif local(one) == "calcPr":
            never_calculated = is_on(one.get("fullCalcOnLoad"))
    effort = Effort()
    return Book(
        _shared_strings(package, strings, effort) if strings in package else [],
        read_styles(package.xml(styles) if styles in package else None),
        since_1904,
        never_calculated,
        effort=effort,
    )


def _shared_strings(package: Package, part: str, effort: Effort) -> list[Text]:
    """The texts that cells refer to by number, read as a stream."""
    try:
        texts: list[Text] = []
        for element in elements(package.chunks(part), ("si",)):
            effort.spend(CELL * max(len(element), 1))
            texts.append(read_text(element))
        return texts
    except etree.XMLSyntaxError as fault:
        raise Refusal(Outcome.CORRUPT, DAMAGED) from fault

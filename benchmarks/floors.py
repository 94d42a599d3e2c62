"""The least that a thing can cost here: the bare library at the bare job, measured in the same run."""

import csv
import json
import subprocess
import sys
import zipfile
from collections.abc import Iterable, Sequence
from decimal import Decimal
from pathlib import Path
from xml.sax.saxutils import escape

import xlsxwriter
from lxml import etree

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def read_docx(paths: Iterable[Path]) -> int:
    """Unzip, parse, rows of cell texts: no trap is looked for, nothing is understood."""
    rows = 0
    for path in paths:
        with zipfile.ZipFile(path) as package:
            root = etree.fromstring(package.read("word/document.xml"))
        rows += len([[_cell(cell) for cell in row.iter(_W + "tc")] for row in root.iter(_W + "tr")])
    return rows


def _cell(cell: etree._Element) -> str:
    return "\n".join("".join(text.text or "" for text in line.iter(_W + "t")) for line in cell.iter(_W + "p"))


def means_of_marks(source: Path, target: Path) -> int:
    """Read the marks, take each entry's mean, write: no model, no gate, no interval."""
    given = json.loads(source.read_text(encoding="utf-8"))
    sums: dict[str, list[float]] = {}
    for entry, _, total in given["marks"]:
        sums.setdefault(entry, []).append(float(total))
    return target.write_text(json.dumps([(each, sum(some) / len(some)) for each, some in sums.items()]), "utf-8")


def write_csv(rows: Iterable[Sequence[str]], target: Path) -> None:
    """The csv module alone."""
    with target.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows(rows)


def write_xlsx(rows: Iterable[Sequence[str]], target: Path) -> None:
    """XlsxWriter in constant memory, no formats."""
    book = xlsxwriter.Workbook(
        str(target), {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    sheet = book.add_worksheet()
    for number, row in enumerate(rows):
        for column, text in enumerate(row):
            sheet.write_string(number, column, text)
    book.close()


def write_docx(rows: Iterable[Sequence[str]], target: Path) -> None:
    """Escaped cells in one compressed zip entry: no layout, no package around it."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package, package.open("word/document.xml", "w") as entry:
        for row in rows:
            cells = "".join(f"<w:tc><w:p><w:r><w:t>{escape(text)}</w:t></w:r></w:p></w:tc>" for text in row)
            entry.write(f"<w:tr>{cells}</w:tr>".encode())


def score(path: Path) -> None:
    """The json module in and out, and a bare sum of each sheet: nothing is checked, explained or estimated."""
    whole = json.loads(path.read_text(encoding="utf-8"))
    sums = [sum(map(Decimal, sheet["marks"].values())) for sheet in whole["sheets"]]
    json.dumps({"sums": list(map(str, sums)), "sheets": whole["sheets"]}, ensure_ascii=False)


def start_django() -> None:
    """A Python process that only imports Django and waitress."""
    subprocess.run([sys.executable, "-c", "import django.core.handlers.wsgi, waitress"], check=True)

"""Word files made of raw XML, the way Word writes it, for one trap at a time."""

import io
import zipfile

from sangkien.appendix.reading.docx import read_docx
from sangkien.appendix.reading.source import Cell, Paragraph, Source, Table

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
NAMESPACES = (
    f'xmlns:w="{W}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" xmlns:x="urn:tomorrow"'
)
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Override PartName="/word/document.xml" ContentType="application/vnd'
    '.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)


def relation(number: int, kind: str, target: str, *, external: bool = False) -> str:
    mode = ' TargetMode="External"' if external else ""
    return f'<Relationship Id="r{number}" Type="{RELATIONS}/{kind}" Target="{target}"{mode}/>'


def relations(*lines: str) -> str:
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{"".join(lines)}</Relationships>'


def part(root: str, content: str) -> str:
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:{root} {NAMESPACES}>{content}</w:{root}>'


def docx(
    body: str,
    *,
    links: tuple[str, ...] = (),
    extra: dict[str, str | bytes] | None = None,
    main: str = "word/document.xml",
    **parts: str,
) -> bytes:
    """A package with this body; ``parts`` are contents of styles, numbering, footnotes, endnotes, settings."""
    lines = [relation(number, kind, f"{kind}.xml") for number, kind in enumerate(parts)]
    folder, _, name = main.rpartition("/")
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        archive.writestr("_rels/.rels", relations(relation(1, "officeDocument", main)))
        archive.writestr(main, body if body.startswith("<?xml") else part("document", f"<w:body>{body}</w:body>"))
        archive.writestr(f"{folder}/_rels/{name}.rels", relations(*lines, *links))
        for kind, content in parts.items():
            archive.writestr(f"{folder}/{kind}.xml", content if content.startswith("<?xml") else part(kind, content))
        for path, stored in (extra or {}).items():
            archive.writestr(path, stored)
    return out.getvalue()


def source(body: str, **more: object) -> Source:
    return read_docx(docx(body, **more))  # type: ignore[arg-type]  # handed on as they come


def blocks(body: str, **more: object) -> list[Table | Paragraph]:
    return source(body, **more).blocks


def texts(body: str, **more: object) -> list[str]:
    """The texts of the paragraphs outside tables."""
    return [block.text for block in blocks(body, **more) if isinstance(block, Paragraph)]


def table(body: str, **more: object) -> Table:
    """The only table of the body."""
    (found,) = (block for block in blocks(body, **more) if isinstance(block, Table))
    return found


def grid(body: str, **more: object) -> list[list[str | None]]:
    """The texts of the only table."""
    return [[None if cell is None else cell.text for cell in row.cells] for row in table(body, **more).rows]


def cell(content: str, **more: object) -> Cell:
    """The only cell of a table with this content."""
    (row,) = table(f"<w:tbl>{tr(f'<w:tc>{content}</w:tc>')}</w:tbl>", **more).rows
    (found,) = row.cells
    assert found is not None
    return found


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def p(content: str, properties: str = "") -> str:
    inner = content if content.startswith("<") else run(content)
    return f"<w:p><w:pPr>{properties}</w:pPr>{inner}</w:p>"


def tc(content: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content if content.startswith('<') else p(content)}</w:tc>"


def tr(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def tbl(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/>{''.join(rows)}</w:tbl>"

"""Word reports as units send them, written as raw XML: the table of the plan between header and signatures."""

import random
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

from benchmarks.texts import initiative
from sangkien.appendix.model import ReadInitiative

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_RELS = (
    '<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
    'relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
    'officeDocument" Target="word/document.xml"/></Relationships>'
)
_HEADINGS = ("STT", "Đơn vị thực hiện", "Tên mô hình, giải pháp, sáng kiến", "Lĩnh vực cải cách hành chính",
             "Mô tả về công trình/ giải pháp/ đề tài", "Ghi chú")  # fmt: skip


def write_reports(folder: Path, count: int) -> list[Path]:
    """``count`` files of one to three solutions each."""
    chance = random.Random(4)
    paths = []
    for number in range(count):
        path = folder / f"Bao cao {number:04}.docx"
        entries = [initiative(number * 3 + each, chance) for each in range(chance.choice((1, 1, 2, 3)))]
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
            package.writestr("[Content_Types].xml", _TYPES)
            package.writestr("_rels/.rels", _RELS)
            package.writestr("word/document.xml", _document(entries))
        paths.append(path)
    return paths


def _document(entries: list[ReadInitiative]) -> str:
    rows = [_row(_HEADINGS)]
    for number, each in enumerate(entries, start=1):
        parts = (("Thực trạng", each.situation), ("Nội dung", each.content), ("Hiệu quả", each.effectiveness),
                 ("Tính mới", each.novelty))  # fmt: skip
        described = "\n".join(f"- {label}: {text}" for label, text in parts)
        rows.append(_row((str(number), each.unit, each.title, "Cải cách thủ tục hành chính", described, each.note)))
    body = "".join(
        map(_paragraph, ("ỦY BAN NHÂN DÂN PHƯỜNG", "PHỤ LỤC", "Báo cáo kết quả thực hiện giải pháp năm 2024"))
    )
    table = f"<w:tbl><w:tblPr/><w:tblGrid>{'<w:gridCol/>' * 6}</w:tblGrid>{''.join(rows)}</w:tbl>"
    signature = _paragraph("TM. ỦY BAN NHÂN DÂN") + _paragraph("CHỦ TỊCH")
    head = f'<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="{_W}"><w:body>'
    return f"{head}{body}{table}{signature}</w:body></w:document>"


def _row(texts: tuple[str | None, ...]) -> str:
    cells = "".join(f"<w:tc><w:tcPr/>{''.join(map(_paragraph, (text or '').split(chr(10))))}</w:tc>" for text in texts)
    return f"<w:tr>{cells}</w:tr>"


def _paragraph(text: str) -> str:
    """A run every few words, each with its properties, as Word leaves them after editing and spell checking."""
    words = text.split(" ")
    runs = (" ".join(words[at : at + 7]) + " " for at in range(0, len(words), 7))
    properties = '<w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman"/><w:sz w:val="26"/></w:rPr>'
    return (
        '<w:p w:rsidR="00A77B3E"><w:pPr><w:jc w:val="both"/></w:pPr>'
        + "".join(
            f'<w:r w:rsidRPr="00C15F2A">{properties}<w:t xml:space="preserve">{escape(run)}</w:t></w:r>' for run in runs
        )
        + "</w:p>"
    )

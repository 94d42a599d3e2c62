"""The parts of the .docx beside document.xml: styles, settings, the header with the page number, properties."""

from collections.abc import Iterator
from datetime import UTC

from sangkien.documents import styles, tokens
from sangkien.documents.blocks import Paper
from sangkien.documents.docx.xml import (
    NAMESPACES,
    PROLOGUE,
    attribute,
    escaped,
    paragraph_properties,
    style_properties,
    twips,
)
from sangkien.documents.styles import Style
from sangkien.documents.text import one_line

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def fixed_parts(paper: Paper) -> Iterator[tuple[str, str]]:
    """Name in the zip and XML of each part that does not depend on the rows."""
    yield "[Content_Types].xml", _content_types()
    yield "_rels/.rels", _package_relations()
    yield "docProps/core.xml", _core(paper)
    yield "docProps/app.xml", _application()
    yield "word/_rels/document.xml.rels", _document_relations()
    yield "word/styles.xml", _styles(attribute(one_line(paper.language)))
    yield "word/settings.xml", _settings(attribute(one_line(paper.language)))
    yield "word/fontTable.xml", _font_table()
    yield "word/header1.xml", _page_number()
    yield "word/header2.xml", _no_page_number()


def _content_types() -> str:
    overrides = "".join(
        f'<Override PartName="/{name}" ContentType="{kind}"/>'
        for name, kind in (
            ("word/document.xml", f"{_WORD}.document.main+xml"),
            ("word/styles.xml", f"{_WORD}.styles+xml"),
            ("word/settings.xml", f"{_WORD}.settings+xml"),
            ("word/fontTable.xml", f"{_WORD}.fontTable+xml"),
            ("word/header1.xml", f"{_WORD}.header+xml"),
            ("word/header2.xml", f"{_WORD}.header+xml"),
            ("docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml"),
            ("docProps/app.xml", "application/vnd.openxmlformats-officedocument.extended-properties+xml"),
        )
    )
    return (
        f'{PROLOGUE}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )


def _package_relations() -> str:
    return _relations(
        ("rId1", f"{_RELATIONS}/officeDocument", "word/document.xml"),
        ("rId2", f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
        ("rId3", f"{_RELATIONS}/extended-properties", "docProps/app.xml"),
    )


def _document_relations() -> str:
    return _relations(
        ("rIdStyles", f"{_RELATIONS}/styles", "styles.xml"),
        ("rIdSettings", f"{_RELATIONS}/settings", "settings.xml"),
        ("rIdFonts", f"{_RELATIONS}/fontTable", "fontTable.xml"),
        ("rIdHeader", f"{_RELATIONS}/header", "header1.xml"),
        ("rIdFirst", f"{_RELATIONS}/header", "header2.xml"),
    )


def _relations(*rows: tuple[str, str, str]) -> str:
    links = "".join(f'<Relationship Id="{key}" Type="{kind}" Target="{target}"/>' for key, kind, target in rows)
    return f'{PROLOGUE}<Relationships xmlns="{_PACKAGE}/relationships">{links}</Relationships>'


def _core(paper: Paper) -> str:
    made = ""
    if paper.made_at:
        moment = f"{paper.made_at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
        made = "".join(
            f'<dcterms:{name} xsi:type="dcterms:W3CDTF">{moment}</dcterms:{name}>' for name in ("created", "modified")
        )
    return (
        f'{PROLOGUE}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escaped(one_line(paper.title))}</dc:title><dc:creator>{escaped(one_line(paper.author))}</dc:creator>"
        f"<dc:language>{escaped(one_line(paper.language))}</dc:language>{made}</cp:coreProperties>"
    )


def _application() -> str:
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
    return f'{PROLOGUE}<Properties xmlns="{kind}"><Application>sangkien</Application></Properties>'


def _styles(language: str) -> str:
    font = " ".join(f'w:{script}="{tokens.FONT}"' for script in ("ascii", "hAnsi", "eastAsia", "cs"))
    size = f"{tokens.BODY_PT * 2:.0f}"
    defaults = (
        f'<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts {font}/><w:sz w:val="{size}"/><w:szCs w:val="{size}"/>'
        f'<w:lang w:val="{language}" w:eastAsia="{language}" w:bidi="{language}"/></w:rPr></w:rPrDefault>'
        '<w:pPrDefault><w:pPr><w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/></w:pPr>'
        "</w:pPrDefault></w:docDefaults>"
    )
    normal = (
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>'
    )
    named = "".join(_style(style) for style in styles.ALL)
    rule = _exact("KeNgang", "Kẻ ngang", before=tokens.RULE_BEFORE_PT, line=tokens.RULE_LINE_PT)
    gap = _exact("KhoangTruocBang", "Khoảng trước bảng", before=0, line=tokens.TABLE_BEFORE_PT)
    return f"{PROLOGUE}<w:styles {NAMESPACES}>{defaults}{normal}{named}{rule}{gap}</w:styles>"


def _style(style: Style) -> str:
    return (
        f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="{style.key}"><w:name w:val="{style.name}"/>'
        f'<w:basedOn w:val="Normal"/><w:qFormat/>{style_properties(style)}</w:style>'
    )


def _exact(key: str, name: str, *, before: float, line: float) -> str:
    """A style of empty paragraphs of exact height."""
    return (
        f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="{key}"><w:name w:val="{name}"/>'
        f'<w:basedOn w:val="Normal"/><w:pPr><w:keepNext/><w:spacing w:before="{twips(before)}" w:after="0" '
        f'w:line="{twips(line)}" w:lineRule="exact"/></w:pPr><w:rPr><w:sz w:val="2"/><w:szCs w:val="2"/></w:rPr>'
        "</w:style>"
    )


def _settings(language: str) -> str:
    compatible = "".join(
        f'<w:compatSetting w:name="{name}" w:uri="http://schemas.microsoft.com/office/word" w:val="{value}"/>'
        for name, value in (
            ("compatibilityMode", 15),
            ("overrideTableStyleFontSizeAndJustification", 1),
            ("enableOpenTypeFeatures", 1),
            ("doNotFlipMirrorIndents", 1),
            ("differentiateMultirowTableHeaders", 1),
        )
    )
    return (
        f'{PROLOGUE}<w:settings {NAMESPACES}><w:zoom w:percent="100"/><w:defaultTabStop w:val="567"/>'
        '<w:characterSpacingControl w:val="doNotCompress"/>'
        f'<w:compat>{compatible}</w:compat><w:themeFontLang w:val="{language}"/>'
        '<w:decimalSymbol w:val=","/><w:listSeparator w:val=";"/></w:settings>'
    )


def _font_table() -> str:
    return (
        f'{PROLOGUE}<w:fonts {NAMESPACES}><w:font w:name="{tokens.FONT}"><w:panose1 w:val="02020603050405020304"/>'
        '<w:charset w:val="00"/><w:family w:val="roman"/><w:pitch w:val="variable"/></w:font></w:fonts>'
    )


def _page_number() -> str:
    field = "".join(
        f"<w:r>{part}</w:r>"
        for part in (
            '<w:fldChar w:fldCharType="begin"/>',
            '<w:instrText xml:space="preserve"> PAGE </w:instrText>',
            '<w:fldChar w:fldCharType="separate"/>',
            "<w:t>2</w:t>",
            '<w:fldChar w:fldCharType="end"/>',
        )
    )
    return f"{PROLOGUE}<w:hdr {NAMESPACES}><w:p>{paragraph_properties(styles.PAGE_NUMBER)}{field}</w:p></w:hdr>"


def _no_page_number() -> str:
    return f"{PROLOGUE}<w:hdr {NAMESPACES}><w:p>{paragraph_properties(styles.PAGE_NUMBER)}</w:p></w:hdr>"

"""Old fonts in Word files: decoded by name, run by run, inherited or direct; by statistics when no name tells."""

from sangkien.appendix.reading.old_fonts import GUESSED, OLD_FONT
from sangkien.appendix.reading.source import Paragraph, Source, Table
from sangkien.vietnamese import Legacy, decode
from tests.appendix.reading.raw_docx import p, run, source, tbl, tc, texts, tr

TCVN3 = '<w:rFonts w:ascii=".VnTime" w:hAnsi=".VnTime"/>'
CAPITALS = '<w:rFonts w:ascii=".VnTimeH" w:hAnsi=".VnTimeH"/>'
VNI = '<w:rFonts w:ascii="VNI-Times" w:hAnsi="VNI-Times"/>'
MODERN = '<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman"/>'
WARD = "Ph\u00adêng Sao Mai"  # Phường Sao Mai


def words(read: Source) -> list[str]:
    return [block.text for block in read.blocks if isinstance(block, Paragraph)]


def test_runs_are_decoded_one_by_one() -> None:
    read = source(p(run("phô lôc ", CAPITALS) + run(WARD, TCVN3) + run(" đã làm", MODERN)))
    assert words(read) == ["PHỤ LỤC Phường Sao Mai đã làm"]
    assert read.warnings == [OLD_FONT.format(fonts="TCVN3")]


def test_a_letter_and_its_mark_may_stand_in_two_runs() -> None:
    assert texts(p(run("hie", VNI) + run("än", VNI))) == ["hiện"]


def test_a_soft_hyphen_of_word_is_a_letter_in_tcvn3() -> None:
    soft = f"<w:r><w:rPr>{TCVN3}</w:rPr><w:t>Ph</w:t><w:softHyphen/><w:t>êng</w:t></w:r>"
    assert texts(p(soft)) == ["Phường"]


def test_a_font_for_other_scripts_decides_only_when_no_other_is_named() -> None:
    only = '<w:rFonts w:cs=".VnTime"/>'
    beside = '<w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:cs=".VnTime"/>'
    assert texts(p(run(WARD, only))) == ["Phường Sao Mai"]
    assert texts(p(run("hà", beside))) == ["hà"]


def test_fonts_are_inherited_from_run_style_paragraph_style_table_style_and_defaults() -> None:
    def style(kind: str, key: str, more: str = "") -> str:
        return f'<w:style w:type="{kind}" w:styleId="{key}">{more}<w:rPr>{TCVN3}</w:rPr></w:style>'

    plain = tbl(tr(tc(p(run(WARD))))).replace("<w:tblPr/>", '<w:tblPr><w:tblStyle w:val="T"/></w:tblPr>')
    for body, styles in (
        (p(run(WARD, '<w:rStyle w:val="R"/>')), style("character", "R")),
        (p(run(WARD), '<w:pStyle w:val="P"/>'), style("paragraph", "P")),
        (
            p(run(WARD), '<w:pStyle w:val="Q"/>'),
            style("paragraph", "P") + '<w:style w:styleId="Q"><w:basedOn w:val="P"/></w:style>',
        ),
        (plain, style("table", "T")),
        (p(run(WARD)), style("paragraph", "N").replace("w:styleId", 'w:default="1" w:styleId')),
        (p(run(WARD)), f"<w:docDefaults><w:rPrDefault><w:rPr>{TCVN3}</w:rPr></w:rPrDefault></w:docDefaults>"),
    ):
        (block,) = source(body, styles=styles).blocks
        cell = block.rows[0].cells[0] if isinstance(block, Table) else block
        assert cell is not None
        assert cell.text == "Phường Sao Mai", styles


def test_a_font_named_by_the_run_beats_the_style() -> None:
    style = f'<w:style w:type="paragraph" w:styleId="P"><w:rPr>{TCVN3}</w:rPr></w:style>'
    assert texts(p(run("hà ñ", MODERN), '<w:pStyle w:val="P"/>'), styles=style) == ["hà ñ"]


def test_styles_written_with_other_quotes_are_read_too() -> None:
    styles = (
        "<?xml version='1.0'?><w:styles xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'>"
        "<w:style w:type='paragraph' w:styleId='P'><w:name w:val='Tên'/><w:rPr><w:b/></w:rPr></w:style></w:styles>"
    )
    (block,) = source(p("a", '<w:pStyle w:val="P"/>'), styles=styles).blocks
    assert isinstance(block, Paragraph)
    assert (block.style, block.bold) == ("Tên", True)


def test_text_in_unicode_under_the_name_of_an_old_font_stays() -> None:
    read = source(p(run("Phường đã làm", TCVN3)) + p(run("hòa và hà", TCVN3)))
    assert words(read) == ["Phường đã làm", "hòa và hà"]
    assert read.warnings == []


def test_statistics_decode_a_file_whose_fonts_say_nothing() -> None:
    bold = run("Thùc tr¹ng", "<w:b/>")
    body = p(run("Ph\u00adêng ®· thùc hiÖn gi¶i ph¸p nµy vµ ®\u00adîc ng\u00adêi d©n ñng hé"))
    read = source(body + tbl(tr(tc(p(run("viÖc cò")) + p(bold)))))
    assert words(read) == ["Phường đã thực hiện giải pháp này và được người dân ủng hộ"]
    assert read.warnings == [GUESSED.format(fonts="TCVN3")]
    (found,) = (block for block in read.blocks if isinstance(block, Table))
    cell = found.rows[0].cells[0]
    assert cell is not None
    assert cell.text[cell.bold_starts[0] :] == "Thực trạng"


def test_statistics_move_the_offsets_of_bold_lines() -> None:
    lines = ["Coâng taùc tieáp daân", "Thöïc traïng", "Hieäu quaû"]
    read = source(tbl(tr(tc(p(run(lines[0])) + p(run(lines[1], "<w:b/>")) + p(run(lines[2], "<w:b/>"))))))
    (found,) = (block for block in read.blocks if isinstance(block, Table))
    cell = found.rows[0].cells[0]
    assert cell is not None
    assert cell.text == "\n".join(decode(line, Legacy.VNI) for line in lines)
    assert [cell.text[start:].split("\n")[0] for start in cell.bold_starts] == ["Thực trạng", "Hiệu quả"]

"""The text of a Word paragraph: what a reader of the page sees, tracked changes accepted."""

import unicodedata

import pytest

from sangkien.appendix.reading.docx.body import ELSEWHERE
from sangkien.appendix.reading.docx.inline import EMBEDDED, HIDDEN, UNKNOWN_SIGN
from sangkien.appendix.reading.source import Paragraph
from tests.appendix.reading.raw_docx import blocks, cell, p, part, run, source, tbl, tc, texts, tr


def field(instruction: str, result: str) -> str:
    def mark(kind: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    asked = f"<w:r><w:instrText>{instruction}</w:instrText></w:r>"
    return mark("begin") + asked + mark("separate") + run(result) + mark("end")


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (f'{run("a")}<w:ins w:id="1">{run("b")}</w:ins>', "ab"),
        (f'{run("a")}<w:moveTo w:id="1">{run("b")}</w:moveTo>', "ab"),
        (f'{run("a")}<w:del w:id="1"><w:r><w:delText>b</w:delText></w:r></w:del>', "a"),
        (f'{run("a")}<w:moveFrom w:id="1">{run("b")}</w:moveFrom>', "a"),
        (f'{run("a")}<w:del w:id="1">{run("b")}</w:del>', "a"),
        (f"<w:hyperlink>{run('a')}</w:hyperlink>", "a"),
        (f"<w:smartTag><w:smartTagPr/>{run('a')}</w:smartTag>", "a"),
        (f'<w:fldSimple w:instr="DATE">{run("a")}</w:fldSimple>', "a"),
        (f"<w:customXml><w:customXmlPr/>{run('a')}</w:customXml>", "a"),
        (f"<w:dir>{run('a')}</w:dir><w:bdo>{run('b')}</w:bdo>", "ab"),
        (f"<w:sdt><w:sdtPr/><w:sdtContent>{run('a')}</w:sdtContent></w:sdt>", "a"),
        (f"<x:unknown>{run('a')}</x:unknown>", "a"),
        (field("HYPERLINK x", "a") + run("b"), "ab"),
        (field(f"IF </w:instrText></w:r>{field('DATE', 'no')}<w:r><w:instrText>", "yes"), "yes"),
        ('<w:r><w:fldChar w:fldCharType="end"/></w:r>' + run("a"), "a"),
        (f"<w:r><w:ruby><w:rt>{run('x')}</w:rt><w:rubyBase>{run('a')}</w:rubyBase></w:ruby></w:r>", "a"),
        ("<m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath>", "x=1"),
        ("<w:t>không có run</w:t>", "không có run"),
    ],
)
def test_what_is_text_and_what_is_not(content: str, text: str) -> None:
    assert texts(p(content)) == [text]


BEGIN, END = (
    '<w:r><w:fldChar w:fldCharType="begin">{}</w:fldChar></w:r>',
    '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
)


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("<w:checkBox><w:default w:val='1'/></w:checkBox>", "☒"),
        ("<w:checkBox><w:default w:val='1'/><w:checked w:val='0'/></w:checkBox>", "☐"),
        ("<w:ddList><w:result w:val='1'/><w:listEntry w:val='a'/><w:listEntry w:val='b'/></w:ddList>", "b"),
        ("<w:ddList><w:result w:val='7'/></w:ddList>", ""),
        ("<w:textInput/>", ""),
    ],
)
def test_old_form_fields_show_their_state(data: str, text: str) -> None:
    field = BEGIN.format(f"<w:ffData>{data}</w:ffData>") + END
    assert texts(p(run("x") + field)) == ["x" + text]


def test_a_prompt_of_a_content_control_is_no_text() -> None:
    prompt = f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{run('Bấm để nhập')}</w:sdtContent></w:sdt>"
    assert texts(p(run("a") + prompt)) == ["a"]
    assert blocks(f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{p('b')}</w:sdtContent></w:sdt>") == []


def test_a_paragraph_whose_mark_is_deleted_joins_the_next() -> None:
    gone = '<w:rPr><w:del w:id="1"/></w:rPr>'
    assert texts(p("một ", gone) + p("hai") + p("ba")) == ["một hai", "ba"]
    assert cell(p("một ", gone) + p("hai")).text == "một hai"
    assert texts(p("cuối", gone)) == ["cuối"]


def test_one_variant_of_alternative_content() -> None:
    choice, fallback = f"<mc:Choice>{run('mới')}</mc:Choice>", f"<mc:Fallback>{run('cũ')}</mc:Fallback>"
    assert texts(p(f"<mc:AlternateContent>{choice}{fallback}</mc:AlternateContent>")) == ["mới"]
    assert texts(p(f"<mc:AlternateContent>{fallback}</mc:AlternateContent>")) == ["cũ"]
    block = (
        f"<mc:AlternateContent><mc:Choice>{p('a')}</mc:Choice><mc:Fallback>{p('b')}</mc:Fallback></mc:AlternateContent>"
    )
    assert texts(block) == ["a"]


def test_a_text_box_comes_once_after_its_paragraph() -> None:
    def box(text: str) -> str:
        return f"<w:txbxContent>{p(text)}</w:txbxContent>"

    drawing = (
        f"<w:r><mc:AlternateContent><mc:Choice><w:drawing><wps:txbx>{box('khung')}</wps:txbx></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{box('khung')}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    assert texts(p(run("trước ") + drawing + run("sau"))) == ["trước sau", "khung"]
    assert cell(p(run("a") + drawing)).text == "a\nkhung"


def test_notes_stand_in_brackets_at_the_end_of_their_paragraph() -> None:
    foot = f'<w:footnote w:id="2">{p("Theo số liệu")}{p("quý III")}</w:footnote>'
    end = f'<w:endnote w:id="2">{p("xem thêm")}</w:endnote>'
    at_foot, at_end = (f'<w:r><w:{kind}Reference w:id="2"/></w:r>' for kind in ("footnote", "endnote"))
    content = run("Hiệu quả") + at_foot + run(": tốt") + at_end
    assert texts(p(content), footnotes=foot, endnotes=end) == ["Hiệu quả: tốt [Theo số liệu quý III] [xem thêm]"]
    assert texts(p(content)) == ["Hiệu quả: tốt"]


@pytest.mark.parametrize(
    ("sign", "text"),
    [
        ("<w:tab/>", "a\tb"),
        ("<w:br/>", "a\nb"),
        ("<w:cr/>", "a\nb"),
        ("<w:noBreakHyphen/>", "a-b"),
        ("<w:softHyphen/>", "ab"),
        ("<w:t>\u00ad</w:t>", "ab"),
        ("<w:lastRenderedPageBreak/>", "ab"),
        ('<w:sym w:font="Wingdings" w:char="F0FC"/>', "a✓b"),
        ('<w:sym w:font="Wingdings" w:char="F0FE"/>', "a☑b"),
        ('<w:sym w:font="Symbol" w:char="F0B7"/>', "a•b"),
        ("<w:t>\uf0fc</w:t>", "a✓b"),
        ("<w:t>x\ny</w:t>", "ax yb"),
    ],
)
def test_signs_beside_the_text(sign: str, text: str) -> None:
    assert texts(p(f"{run('a')}<w:r>{sign}</w:r>{run('b')}")) == [text]


def test_tab_stops_are_no_tabs() -> None:
    assert texts(p("a", '<w:tabs><w:tab w:val="left" w:pos="720"/></w:tabs>')) == ["a"]


@pytest.mark.parametrize("sign", ['w:font="Lạ" w:char="F0AA"', 'w:font="Wingdings" w:char="zz"', ""])
def test_an_unknown_sign_is_left_out_and_said(sign: str) -> None:
    read = source(p(f"{run('a')}<w:r><w:sym {sign}/></w:r>"))
    assert [block.text for block in read.blocks if isinstance(block, Paragraph)] == ["a"]
    assert read.warnings == [UNKNOWN_SIGN]


def test_hidden_text_is_dropped_and_said_once() -> None:
    style = '<w:style w:type="character" w:styleId="An"><w:rPr><w:vanish/></w:rPr></w:style>'
    body = p(
        run("a") + run("ẩn", "<w:vanish/>") + run("ẩn", '<w:rStyle w:val="An"/>') + run("b", '<w:vanish w:val="0"/>')
    )
    read = source(body, styles=style)
    assert [block.text for block in read.blocks if isinstance(block, Paragraph)] == ["ab"]
    assert read.warnings == [HIDDEN]


def test_small_letters_shown_as_capitals_stay_as_stored() -> None:
    assert texts(p(run("Phụ lục", "<w:caps/>"))) == ["Phụ lục"]


def test_embedded_and_inserted_files_are_not_opened_and_said() -> None:
    read = source(p(f"{run('a')}<w:r><w:object/></w:r>") + '<w:altChunk r:id="r9"/>')
    assert read.warnings == [EMBEDDED, ELSEWHERE]


def test_text_is_composed_and_without_control_characters() -> None:
    assert texts(p(unicodedata.normalize("NFD", "Đơn vị\u0085") + "&#x9f;")) == ["Đơn vị"]


def test_a_paragraph_knows_whether_it_is_bold_and_its_style() -> None:
    style = '<w:style w:type="paragraph" w:styleId="T1"><w:name w:val="heading 1"/><w:rPr><w:b/></w:rPr></w:style>'
    body = p(run("a", "<w:b/>")) + p(run("a", "<w:b/>") + run("b")) + p("c", '<w:pStyle w:val="T1"/>')
    found = [block for block in blocks(body, styles=style) if isinstance(block, Paragraph)]
    assert [(block.bold, block.style) for block in found] == [(True, ""), (False, ""), (True, "heading 1")]


def test_blank_paragraphs_are_nothing() -> None:
    assert blocks("<w:p/>" + p(" ") + p("\u00a0")) == []
    assert cell("<w:p/>" + p("a") + "<w:p/>").text == "a"


def test_unknown_values_and_missing_parts_raise_nothing() -> None:
    odd = '<w:jc w:val="lạ"/><w:pStyle w:val="KhôngCó"/><w:numPr><w:ilvl w:val="x"/><w:numId w:val="99"/></w:numPr>'
    assert texts(p(run("a", '<w:rStyle/><w:rFonts/><w:b w:val="?"/>'), odd)) == ["a"]


def test_strict_files_are_read_by_local_names() -> None:
    body = p(run("a", "<w:b/>")) + tbl(tr(tc("b", '<w:gridSpan w:val="2"/>')))
    document = part("document", f"<w:body>{body}</w:body>").replace(
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    )
    first, second = blocks(document)
    assert isinstance(first, Paragraph)
    assert (first.text, first.bold) == ("a", True)
    assert [len(row.cells) for row in getattr(second, "rows", [])] == [2]


def test_the_main_part_may_have_any_name() -> None:
    assert texts(p("a"), main="noi/dung.xml") == ["a"]

"""Joined runs say the same as the runs that Word wrote."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from sangkien.appendix.reading.docx import file
from sangkien.appendix.reading.docx.joining import join_runs
from tests.appendix.reading.raw_docx import docx, p, source

ORDINARY = (
    "",
    "<w:rPr></w:rPr>",
    '<w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:cs="Times New Roman"/></w:rPr>',
    '<w:rPr><w:rFonts w:eastAsia="Calibri"/><w:i/><w:sz w:val="26"/><w:lang w:val="vi-VN"/></w:rPr>',
)
TELLING = (
    "<w:rPr><w:b/></w:rPr>",
    '<w:rPr><w:b w:val="0"/><w:sz w:val="26"/></w:rPr>',
    "<w:rPr><w:vanish/></w:rPr>",
    '<w:rPr><w:rFonts w:ascii=".VnTime" w:hAnsi=".VnTime"/></w:rPr>',
)
words = st.text("ơn vịThucT:-–] >12", max_size=9).map(lambda text: text.replace(">", "&gt;"))
content = st.one_of(
    words.map(lambda text: f'<w:t xml:space="preserve">{text}</w:t>'),
    words.map(lambda text: f"<w:t>{text}</w:t>"),
    st.sampled_from(("<w:tab/>", "<w:br/>", "<w:softHyphen/>", '<w:fldChar w:fldCharType="begin"/>')),
)
names = st.sampled_from(("", ' w:rsidR="00A77B3E"', ' w:rsidRPr="00C15F2A"', ' w:rsidR="0A" w:rsidRPr="0B"'))
runs = st.builds(
    lambda name, look, parts: f"<w:r{name}>{look}{''.join(parts)}</w:r>",
    names,
    st.sampled_from(ORDINARY + ORDINARY + TELLING),
    st.lists(content, min_size=1, max_size=2),
)
places = st.sampled_from(
    (
        "",
        '<w:pPr><w:spacing w:after="0" w:line="240"/><w:jc w:val="both"/></w:pPr>',
        '<w:pPr><w:pStyle w:val="A"/><w:jc w:val="both"/></w:pPr>',
        '<w:pPr><w:jc w:val="both"/><w:rPr><w:del w:author="a"/></w:rPr></w:pPr>',
    )
)
paragraphs = st.builds(lambda place, parts: f"<w:p>{place}{''.join(parts)}</w:p>", places, st.lists(runs, max_size=6))


@settings(max_examples=200)
@given(st.lists(paragraphs, min_size=1, max_size=4), st.booleans())
def test_a_body_reads_the_same_with_its_runs_joined_and_apart(body: list[str], in_a_cell: bool) -> None:
    inside = "".join(body)
    data = docx(f"<w:tbl><w:tr><w:tc>{inside}</w:tc></w:tr></w:tbl>" if in_a_cell else inside)
    joined = file.read_docx(data)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(file, "join_runs", lambda data: data)
        assert file.read_docx(data) == joined


def test_runs_of_ordinary_look_become_one() -> None:
    look = '<w:rPr><w:rFonts w:ascii="Arial" w:hAnsi="Arial"/><w:sz w:val="26"/></w:rPr>'
    first = '<w:r w:rsidR="00AB"><w:rPr><w:i/></w:rPr><w:t xml:space="preserve">Một </w:t></w:r>'
    body = f'<w:p><w:pPr><w:jc w:val="both"/></w:pPr>{first}<w:r>{look}<w:t>cửa</w:t></w:r></w:p>'
    assert join_runs(body.encode()).decode() == "<w:p><w:r><w:t>Một cửa</w:t></w:r></w:p>"


@pytest.mark.parametrize(
    "apart",
    [
        "<w:r><w:rPr><w:b/></w:rPr><w:t>đậm</w:t></w:r><w:r><w:t>thường</w:t></w:r>",
        "<w:r><w:t>một</w:t></w:r><w:proofErr/><w:r><w:t>hai</w:t></w:r>",
        "<w:r><w:t>một</w:t><w:tab/></w:r><w:r><w:t>hai</w:t></w:r>",
        "<w:r><w:t>một]</w:t></w:r><w:r><w:t>]></w:t></w:r>",
        '<w:r><w:rPr><w:rFonts w:ascii=".VnTime"/></w:rPr><w:t>mét</w:t></w:r>',
    ],
)
def test_runs_that_differ_stay_apart(apart: str) -> None:
    assert join_runs(apart.encode()).decode() == apart


@pytest.mark.parametrize(
    "broken",
    [
        "<w:r><w:t>một</w:t></w:r></w:r><w:r><w:t>hai</w:t></w:r>",
        '<w:r><w:rPr><w:sz w:val="26></w:rPr><w:t>a</w:t></w:r>',
    ],
)
def test_what_is_broken_stays_broken_and_is_said(broken: str) -> None:
    with pytest.raises(etree.XMLSyntaxError):
        etree.fromstring(b'<w:p xmlns:w="w">' + join_runs(broken.encode()) + b"</w:p>")
    assert any("bị lỗi ở một chỗ" in warning for warning in source(p(broken)).warnings)

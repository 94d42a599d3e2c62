"""The short way through a plain body gives the same blocks as the long way."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sangkien.appendix.reading.archive import open_package
from sangkien.appendix.reading.docx import file
from sangkien.appendix.reading.docx.plain import is_plain
from tests.appendix.reading.raw_docx import docx, p

words = st.text("ơn vị Thực trạng:-– 12", max_size=12)
content = st.one_of(
    words.map(lambda text: f'<w:t xml:space="preserve">{text}</w:t>'),
    st.sampled_from(("<w:tab/>", "<w:br/>", "<w:cr/>", "<w:noBreakHyphen/>", "<w:lastRenderedPageBreak/>")),
)
properties = st.sampled_from(
    ("", "<w:rPr><w:b/></w:rPr>", '<w:rPr><w:b w:val="0"/><w:i/></w:rPr>', '<w:rPr><w:sz w:val="26"/></w:rPr>')
)
runs = st.builds(lambda look, parts: f"<w:r>{look}{''.join(parts)}</w:r>", properties, st.lists(content, max_size=3))
paragraph_properties = st.sampled_from(
    ("", '<w:pPr><w:tabs><w:tab w:val="left" w:pos="720"/></w:tabs><w:rPr><w:b/></w:rPr></w:pPr>')
)
paragraphs = st.builds(lambda own, parts: p(own + "".join(parts)), paragraph_properties, st.lists(runs, max_size=4))


@settings(max_examples=150)
@given(st.lists(paragraphs, min_size=1, max_size=4))
def test_both_ways_agree(body: list[str]) -> None:
    data = docx("".join(body))
    short = file.read_docx(data)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(file, "is_plain", lambda data, root: False)
        assert file.read_docx(data) == short


@pytest.mark.parametrize(
    ("body", "plain"),
    [
        (p("<w:r><w:t>lời</w:t></w:r>"), True),
        (p("<w:ins><w:r><w:t>thêm</w:t></w:r></w:ins>"), False),
        (p("<w:r><w:rPr><w:vanish/></w:rPr><w:t>ẩn</w:t></w:r>"), False),
        (p('<w:r><w:rPr><w:rStyle w:val="An"/></w:rPr><w:t>kiểu</w:t></w:r>'), False),
    ],
)
def test_only_words_are_plain(body: str, plain: bool) -> None:
    package = open_package(docx(body))
    data = package.read("word/document.xml")
    assert is_plain(data, package.parse(data)) is plain

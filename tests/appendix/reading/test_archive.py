"""A package opened without trusting it."""

import io
import struct
import zipfile

import pytest

from sangkien.appendix.model import Outcome
from sangkien.appendix.reading import archive
from sangkien.appendix.reading.archive import LINKS, MACROS, MENDED, open_package, resolve
from sangkien.appendix.reading.docx import read_docx
from sangkien.appendix.reading.source import Paragraph, Refusal
from tests.appendix.reading.raw_docx import docx, p, part, relation, relations, source


def packed(entries: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as file:
        for name, content in entries.items():
            file.writestr(name, content)
    return out.getvalue()


def outcome(data: bytes) -> Outcome:
    with pytest.raises(Refusal) as refusal:
        open_package(data)
    assert refusal.value.sentence.endswith(".")
    return refusal.value.outcome


@pytest.mark.parametrize("name", ["../a.xml", "word/../../a.xml", "/etc/a.xml", "C:/a.xml", "c:a.xml", "..\\a.xml"])
def test_names_that_leave_the_package_are_refused(name: str) -> None:
    assert outcome(packed({name: b"x"})) is Outcome.UNSAFE_CONTENT


def test_two_parts_of_one_name_are_refused() -> None:
    data = packed({"word/a.xml": b"1", "word/B.xml": b"2"}).replace(b"word/B.xml", b"word/A.xml")
    assert outcome(data) is Outcome.UNSAFE_CONTENT


def test_parts_with_a_password_are_refused() -> None:
    data = bytearray(packed({"a.xml": b"x"}))
    data[data.index(b"PK\x01\x02") + 8] |= 1
    assert outcome(bytes(data)) is Outcome.ENCRYPTED


def test_packing_no_office_program_uses_is_refused() -> None:
    assert outcome(packed({"a.xml": b"x"}, zipfile.ZIP_BZIP2)) is Outcome.UNSAFE_CONTENT


def test_what_is_no_zip_or_cut_off_is_broken() -> None:
    whole = packed({"a.xml": bytes(range(256)) * 40})
    assert outcome(b"") is Outcome.CORRUPT
    assert outcome(b"PK\x03\x04" + b"\x00" * 50) is Outcome.CORRUPT
    assert outcome(whole[: len(whole) // 2]) is Outcome.CORRUPT


@pytest.mark.slow
def test_a_bomb_is_refused_by_what_it_declares() -> None:
    data = packed({"word/document.xml": b" " * (archive.RATIO_FROM + 1)})
    assert len(data) < archive.MIB
    assert outcome(data) is Outcome.TOO_LARGE


def test_too_many_parts_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MAX_ENTRIES", 2)
    assert outcome(packed(dict.fromkeys("abc", b""))) is Outcome.TOO_LARGE


def test_too_much_in_all_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MAX_UNPACKED", 10)
    assert outcome(packed({"a": b"123456", "b": b"123456"})) is Outcome.TOO_LARGE


def test_a_size_that_lies_is_found_while_unpacking() -> None:
    data = bytearray(packed({"a.xml": b"x" * 5000}))
    struct.pack_into("<I", data, data.index(b"PK\x01\x02") + 24, 10)
    with pytest.raises(Refusal) as refusal:
        open_package(bytes(data)).read("a.xml")
    assert refusal.value.outcome is Outcome.CORRUPT


def test_what_comes_out_is_counted_over_all_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    package = open_package(packed({"a": b"12345678", "b": b"12345678"}))
    monkeypatch.setattr(archive, "MAX_READ", 12)
    assert package.read("a") == b"12345678"
    with pytest.raises(Refusal):
        package.read("b")


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_a_long_part_comes_in_pieces_however_it_is_stored(method: int) -> None:
    content = bytes(range(256)) * 4_000
    pieces = list(open_package(packed({"a.xml": content}, method)).chunks("a.xml"))
    assert b"".join(pieces) == content
    assert max(map(len, pieces)) <= archive.CHUNK


def test_a_damaged_part_is_broken() -> None:
    data = bytearray(packed({"a.xml": bytes(range(256)) * 4}))
    data[100] ^= 0xFF
    with pytest.raises(Refusal) as refusal:
        open_package(bytes(data)).read("a.xml")
    assert refusal.value.outcome is Outcome.CORRUPT


@pytest.mark.parametrize("coding", ["utf-8", "utf-16"])
@pytest.mark.parametrize(
    "declared", ['<!DOCTYPE a [<!ENTITY x "y">]>', "<!DOCTYPE a>", '<!DOCTYPE a SYSTEM "http://x.invalid/a.dtd">']
)
def test_a_document_type_is_refused(declared: str, coding: str) -> None:
    with pytest.raises(Refusal) as refusal:
        open_package(packed({"a.xml": f"{declared}<a><b/></a>".encode(coding)})).xml("a.xml")
    assert refusal.value.outcome is Outcome.UNSAFE_CONTENT


@pytest.mark.parametrize("kind", ["styles", "numbering", "settings", "footnotes"])
def test_a_document_type_is_refused_in_parts_that_the_text_does_not_need(kind: str) -> None:
    with pytest.raises(Refusal) as refusal:
        read_docx(docx(p("a"), **{kind: f'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x "y">]><{kind}/>'}))
    assert refusal.value.outcome is Outcome.UNSAFE_CONTENT


def test_slightly_broken_xml_is_mended_and_said() -> None:
    read = read_docx(docx(part("document", f"<w:body>{p('a')}{p('b & c')}</w:body>")))
    assert next(block.text for block in read.blocks if isinstance(block, Paragraph)) == "a"
    assert read.warnings == [MENDED]


def test_xml_that_says_nothing_is_broken() -> None:
    for document in ("<?xml version='1.0'?>", "<?xml version='1.0'?><a/>", "<?xml ?>&"):
        with pytest.raises(Refusal) as refusal:
            read_docx(docx(document))
        assert refusal.value.outcome is Outcome.CORRUPT


def test_macros_are_said() -> None:
    assert source(p("a"), extra={"word/vbaProject.bin": b"x"}).warnings == [MACROS]


def test_links_to_other_files_are_said_and_addresses_are_not() -> None:
    image = relation(8, "image", "http://x.invalid/a.png", external=True)
    address = relation(9, "hyperlink", "http://x.invalid/", external=True)
    assert source(p("a"), links=(image,)).warnings == [LINKS]
    assert source(p("a"), links=(address,)).warnings == []


def test_a_template_elsewhere_is_said() -> None:
    template = relations(relation(1, "attachedTemplate", "http://x.invalid/a.dotm", external=True))
    read = source(p("a"), settings="", extra={"word/_rels/settings.xml.rels": template})
    assert read.warnings == [LINKS]


@pytest.mark.parametrize(
    ("base", "target", "resolved"),
    [
        ("", "word/document.xml", "word/document.xml"),
        ("word/document.xml", "styles.xml", "word/styles.xml"),
        ("word/document.xml", "/word/styles.xml", "word/styles.xml"),
        ("xl/worksheets/sheet1.xml", "../comments1.xml", "xl/comments1.xml"),
        ("word/document.xml", "../../../etc/passwd", "../../etc/passwd"),
        ("word/document.xml", "a%20b.xml", "word/a b.xml"),
    ],
)
def test_targets_are_resolved(base: str, target: str, resolved: str) -> None:
    assert resolve(base, target) == resolved

"""Mutated files: always a sound reading. ``SANGKIEN_FUZZ_EXAMPLES`` sets how many are tried of each kind."""

import io
import os
import random
import zipfile
from collections.abc import Callable
from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from sangkien.appendix.reading import read_bytes
from tests.appendix.fixtures.catalogue import CASES
from tests.appendix.soundness import faults

LONG = "SANGKIEN_FUZZ_EXAMPLES" in os.environ
EXAMPLES = int(os.environ.get("SANGKIEN_FUZZ_EXAMPLES", "150"))
BOUNDED = settings(
    max_examples=EXAMPLES,
    derandomize=not LONG,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
SEEDS = [case for case in CASES if not case.slow and case.initiatives]
NAMES = [case.name for case in SEEDS]
PACKED = [name for name in NAMES if name.endswith((".docx", ".xlsx")) and name != "excel_cu_mang_ten_moi.xlsx"]
FLAT = [name for name in NAMES if name.endswith((".xls", ".csv", ".doc"))]
Seeds = Callable[[str], bytes]
ODD_VALUES = ("", "0", "-1", "99999999", "1e9", "true", "\u0300", "x" * 300, "rId1", "A1:XFD1048576", "🙂", "../x")


@pytest.fixture(scope="module")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> Seeds:
    folder = tmp_path_factory.mktemp("seeds")

    @cache
    def bytes_of(name: str) -> bytes:
        path = folder / name
        next(case for case in SEEDS if case.name == name).build(path)
        return path.read_bytes()

    return bytes_of


def check(data: bytes, name: str) -> None:
    answer = read_bytes(data, name)
    assert not faults(answer), (faults(answer), answer.outcome)


def mutated_bytes(data: bytes, dice: random.Random) -> bytes:
    """Some bytes changed, a slice dropped, doubled or moved, or the end cut off."""
    out = bytearray(data)
    for _ in range(dice.choice((1, 1, 3, 20))):
        if not out:
            break
        place, length = dice.randrange(len(out)), dice.choice((1, 2, 8, 64, 700))
        match dice.randrange(6):
            case 0:
                out[place] ^= 1 << dice.randrange(8)
            case 1:
                del out[place : place + length]
            case 2:
                out[place:place] = out[place : place + length]
            case 3:
                out[place : place + length] = dice.randbytes(length)
            case 4:
                out[place : place + 4] = dice.choice(
                    (b"\0\0\0\0", b"\xff\xff\xff\xff", b"\xff\xff\xff\x7f", b"\x00\x80")
                )
            case _:
                out = out[:place] if dice.random() < 0.3 else out
    return bytes(out)


def mutated_archive(data: bytes, dice: random.Random) -> bytes:
    """Entries dropped, doubled, swapped, emptied, renamed, or their bytes changed."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = [(name, archive.read(name)) for name in archive.namelist()]
    for _ in range(dice.choice((1, 1, 2, 4))):
        place, other = dice.randrange(len(parts)), dice.randrange(len(parts))
        name, text = parts[place]
        match dice.randrange(7):
            case 0 if len(parts) > 1:
                del parts[place]
            case 1:
                parts[place] = (name, parts[other][1])
            case 2:
                parts[place] = (name, b"")
            case 3:
                parts[place] = (dice.choice((name.upper(), "../" + name, "/" + name, name + "/", "\\" + name)), text)
            case 4:
                parts[place] = (name, mutated_bytes(text, dice))
            case 5:
                parts[place] = (name, text[: len(text) // 2])
            case _:
                parts[place] = (name, mutated_tree(text, dice))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, text in dict(parts).items():
            archive.writestr(name, text)
    return out.getvalue()


def mutated_tree(text: bytes, dice: random.Random) -> bytes:
    """Elements dropped, doubled, moved, renamed, emptied; attributes given odd values."""
    try:
        root = etree.fromstring(text)
    except etree.XMLSyntaxError:
        return text
    for _ in range(dice.choice((1, 2, 5, 30))):
        elements = [element for element in root.iter() if isinstance(element.tag, str) and element is not root]
        if not elements:
            break
        mutate_element(dice.choice(elements), dice.choice(elements), dice)
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True)


def mutate_element(element: "etree._Element", other: "etree._Element", dice: random.Random) -> None:
    """One change to one element."""
    parent = element.getparent()
    assert parent is not None
    match dice.randrange(7):
        case 0:
            parent.remove(element)
        case 1:
            parent.insert(parent.index(element), etree.fromstring(etree.tostring(element, with_tail=False)))
        case 2 if other not in element.iter() and element not in other.iterancestors():
            other.append(element)
        case 3:
            element.tag = other.tag
        case 4:
            element.text = dice.choice(
                ("", "\u00ad", "a\u0301\u0323", "\u2028x", "- Nội dung:", "(3)", "\t\n ", "0" * 400)
            )
        case 5:
            element.set(dice.choice([*element.attrib, "val"]), dice.choice(ODD_VALUES))
        case _:
            element.attrib.clear()


@pytest.mark.slow
@given(name=st.sampled_from(PACKED), seed=st.integers(0, 2**32))
@BOUNDED
def test_a_mutated_archive_is_answered(seeds: Seeds, name: str, seed: int) -> None:
    check(mutated_archive(seeds(name), random.Random(seed)), name)


@pytest.mark.slow
@given(name=st.sampled_from(PACKED), seed=st.integers(0, 2**32))
@BOUNDED
def test_mutated_xml_is_answered(seeds: Seeds, name: str, seed: int) -> None:
    data, dice = seeds(name), random.Random(seed)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for part in parts:
        if part.endswith((".xml", ".rels")) and (dice.random() < 0.3 or part.endswith(("document.xml", "sheet1.xml"))):
            parts[part] = mutated_tree(parts[part], dice)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for part, text in parts.items():
            archive.writestr(part, text)
    check(out.getvalue(), name)


@pytest.mark.slow
@given(name=st.sampled_from(NAMES), seed=st.integers(0, 2**32))
@BOUNDED
def test_changed_bytes_are_answered(seeds: Seeds, name: str, seed: int) -> None:
    check(mutated_bytes(seeds(name), random.Random(seed)), name)


@pytest.mark.slow
@given(name=st.sampled_from(FLAT), seed=st.integers(0, 2**32))
@BOUNDED
def test_changed_bytes_of_flat_files_are_answered(seeds: Seeds, name: str, seed: int) -> None:
    check(mutated_bytes(seeds(name), random.Random(seed)), name)


@pytest.mark.slow
@given(
    name=st.sampled_from(NAMES), ending=st.sampled_from((".docx", ".xlsx", ".xls", ".csv", ".doc", ".txt", "", ".pdf"))
)
@BOUNDED
def test_any_content_under_any_ending_is_answered(seeds: Seeds, name: str, ending: str) -> None:
    check(seeds(name), "tep" + ending)


@given(data=st.binary(max_size=3000), ending=st.sampled_from((".docx", ".xlsx", ".xls", ".csv", ".doc", "")))
@BOUNDED
def test_any_bytes_are_answered(data: bytes, ending: str) -> None:
    check(data, "tep" + ending)


@given(text=st.text(max_size=400), coding=st.sampled_from(("utf-8", "utf-16", "utf-16-le", "utf-8-sig", "utf-32")))
@BOUNDED
def test_any_text_as_csv_is_answered(text: str, coding: str) -> None:
    check(text.encode(coding, "ignore"), "tep.csv")

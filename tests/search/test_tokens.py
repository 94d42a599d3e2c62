"""Folding and tokens: the same for what is written and what is asked."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sangkien.search.asking import Query
from sangkien.search.slips import near
from sangkien.search.tokens import pairs, syllables, tokens
from sangkien.vietnamese import bare_syllables, canonical, fold

TEXTS = st.text(
    st.sampled_from("aăâbcdđeêghikmnoôơpqrstuưvxy AĂÂĐÊÔƠƯ0123456789-.,()/'\"_@*\n") | st.characters(codec="utf-8"),
    max_size=60,
) | st.lists(st.sampled_from(["thủ tục", "hòa", "hoà", "P.04", "Đơn vị", "007", "uỷ ban", "QR"])).map(" ".join)


@given(TEXTS)
def test_marks_case_and_form_do_not_matter(text: str) -> None:
    words = syllables(text)
    assert words == syllables(unicodedata.normalize("NFD", text)) == syllables(canonical(text)) == syllables(fold(text))


@given(TEXTS)
def test_every_word_and_pair_asked_for_stands_among_the_tokens(text: str) -> None:
    held = tokens([text])
    assert set(syllables(text)) <= held
    assert {each for sentence in [text] for each in pairs(syllables(sentence))} >= {
        each for each in held if each[0] == "_"
    }


@given(TEXTS)
def test_no_token_could_break_out_of_its_quotes(text: str) -> None:
    assert not any(set(each) & set("'\"\\ \t\n\x00") or not each for each in tokens([text]))


@given(TEXTS)
def test_a_query_is_read_as_the_text_it_finds(text: str) -> None:
    assert set(Query.read(text).words) <= tokens([text])


def test_pairs_end_with_the_sentence() -> None:
    assert tokens(["Trả hồ sơ. Tại nhà"]) == {"tra", "ho", "so", "tai", "nha", "_tra_ho", "_ho_so", "_tai_nha"}


@pytest.mark.parametrize(("written", "word"), [("04", "4"), ("007", "7"), ("0", "0"), ("SK-001", "1")])
def test_numbers_go_by_value(written: str, word: str) -> None:
    assert syllables(written)[-1] == word


@pytest.mark.parametrize(
    ("word", "meant"),
    [("xang", "sang"), ("cha", "tra"), ("thur", "thu"), ("ddown", "don"), ("tuk", "tuc"),
     ("giai", "dai"), ("ngiep", "nghiep"), ("lop", "nop"), ("hanhf", "hanh")],
)  # fmt: skip
def test_what_may_be_meant(word: str, meant: str) -> None:
    assert meant in near(word)


@pytest.mark.parametrize("word", ["4", "qr4", "ⅷ", ""])
def test_of_what_is_no_word_nothing_else_may_be_meant(word: str) -> None:
    assert near(word) == ()


@given(st.sampled_from(sorted(bare_syllables())))
def test_few_other_syllables_never_the_word_itself(word: str) -> None:
    assert len(near(word)) <= 24
    assert word not in near(word)
    assert set(near(word)) <= bare_syllables()

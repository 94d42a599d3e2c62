"""Vietnamese text: what folds together, what is one spelling, what comes first, what old fonts meant."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sangkien.vietnamese import (
    Legacy,
    canonical,
    clean,
    decode,
    fold,
    guess_legacy,
    is_syllable,
    is_unicode,
    legacy_of,
    slug,
    sort_key,
    unit_key,
)

LETTERS = "aàảãáạăằẳẵắặâầẩẫấậeèẻẽéẹêềểễếệiìỉĩíịoòỏõóọôồổỗốộơờởỡớợuùủũúụưừửữứựyỳỷỹýỵđ"
VIETNAMESE = st.text(st.sampled_from(LETTERS + LETTERS.upper() + "bcghklmnpqrstvx 0123456789-–.,"), max_size=40)

# TCVN 5712:1993 VN3, written down once more and in another way than the product does.
TCVN3 = {
    "¡¢£¤¥¦§": "ĂÂÊÔƠƯĐ",
    "¨©ª«¬\u00ad®": "ăâêôơưđ",
    "µ¶·¸¹": "àảãáạ",
    "»¼½¾Æ": "ằẳẵắặ",
    "ÇÈÉÊË": "ầẩẫấậ",
    "ÌÎÏÐÑ": "èẻẽéẹ",
    "ÒÓÔÕÖ": "ềểễếệ",
    "×ØÜÝÞ": "ìỉĩíị",
    "ßáâãä": "òỏõóọ",
    "åæçèé": "ồổỗốộ",
    "êëìíî": "ờởỡớợ",
    "ïñòóô": "ùủũúụ",
    "õö÷øù": "ừửữứự",
    "úûüýþ": "ỳỷỹýỵ",
}
TCVN3_OF = {letter: sign for signs, letters in TCVN3.items() for sign, letter in zip(signs, letters, strict=True)}

VNI = {
    "a": "aø aû aõ aù aï", "ă": "aè aú aü aé aë", "â": "aà aå aã aá aä", "e": "eø eû eõ eù eï", "ê": "eà eå eã eá eä",
    "i": "ì æ ó í ò", "o": "oø oû oõ où oï", "ô": "oà oå oã oá oä", "ơ": "ôø ôû ôõ ôù ôï", "u": "uø uû uõ uù uï",
    "ư": "öø öû öõ öù öï", "y": "yø yû yõ yù î",
}  # fmt: skip
VNI_BARE = {"ă": "aê", "â": "aâ", "ê": "eâ", "ô": "oâ", "ơ": "ô", "ư": "ö", "đ": "ñ"}
MARKS = "\u0300\u0309\u0303\u0301\u0323"
VNI_OF = VNI_BARE | {
    unicodedata.normalize("NFC", base + mark): pair
    for base, pairs in VNI.items()
    for mark, pair in zip(MARKS, pairs.split(), strict=True)
}
VNI_OF |= {letter.upper(): pair.upper() for letter, pair in VNI_OF.items()}


class TestFold:
    @pytest.mark.parametrize(
        "text", ["Đơn vị", "DON VI", "ĐƠN VỊ", unicodedata.normalize("NFD", "đơn vị"), "đơn\u00a0vị"]
    )
    def test_marks_case_and_decomposition_do_not_matter(self, text: str) -> None:
        assert fold(text) == "don vi"

    def test_dashes_are_one_and_invisible_signs_none(self) -> None:
        assert fold("Tài chính – Kế\u00ad hoạch\u200b") == "tai chinh - ke hoach"

    @pytest.mark.slow
    @given(st.text())
    def test_folding_twice_changes_nothing(self, text: str) -> None:
        assert fold(fold(text)) == fold(text)

    @pytest.mark.slow
    @given(st.text())
    def test_composed_and_decomposed_text_fold_alike(self, text: str) -> None:
        assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))

    @pytest.mark.slow
    @given(st.one_of(VIETNAMESE, st.text()))
    def test_one_spelling_folds_like_the_text(self, text: str) -> None:
        assert fold(canonical(text)) == fold(text)


class TestCanonical:
    @pytest.mark.parametrize(
        ("written", "one"),
        [
            ("hoà", "hòa"),
            ("uỷ ban", "ủy ban"),
            ("Uỷ ban", "Ủy ban"),
            ("HOÀ BÌNH", "HÒA BÌNH"),
            ("thuý", "thúy"),
            ("khoẻ", "khỏe"),
            ("tuỳ", "tùy"),
            ("hòan thành", "hoàn thành"),
            ("ngòai", "ngoài"),
            ("qúy", "quý"),
            ("Tài chính – Kế hoạch", "Tài chính - Kế hoạch"),
        ],
    )
    def test_other_spellings_become_one(self, written: str, one: str) -> None:
        assert canonical(written) == one

    @pytest.mark.parametrize("word", "quý hoàn loại giá giữ quỷ huỳnh hoạt thuyền nguyễn khoét của mía".split())  # noqa: SIM905  a line of words
    def test_right_spellings_stay(self, word: str) -> None:
        assert canonical(word) == word

    @pytest.mark.slow
    @given(VIETNAMESE)
    def test_twice_is_once(self, text: str) -> None:
        assert canonical(canonical(text)) == canonical(text)

    @pytest.mark.slow
    @given(VIETNAMESE)
    def test_decomposed_text_has_the_same_spelling(self, text: str) -> None:
        assert canonical(unicodedata.normalize("NFD", text)) == canonical(text)


class TestClean:
    def test_signs_that_xml_or_a_database_refuses_are_gone(self) -> None:
        assert clean("a\x00b\x08c\x1fd\ufffee\uffff\ud800f\x9fg\ufeff") == "abcdefg"

    def test_line_ends_become_newlines_and_tabs_stay(self) -> None:
        assert clean("a\r\nb\rc\x0bd\x0ce\u2028f\tg") == "a\nb\nc\nd\ne\nf\tg"

    @pytest.mark.slow
    @given(st.text(st.characters()))
    def test_what_is_clean_is_nfc_and_stays(self, text: str) -> None:
        once = clean(text)
        assert once == clean(once) == unicodedata.normalize("NFC", once)
        assert once.encode("utf-8").decode("utf-8") == once
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff]", once)


class TestOrder:
    def test_letters_follow_the_vietnamese_alphabet(self) -> None:
        alphabet = list("aăâbcdđeêghiklmnoôơpqrstuưvxy")
        backwards = "yxvưutsrqpơôonmlkihgêeđdcbâăa"
        assert sorted(backwards, key=sort_key) == alphabet

    def test_tones_come_second_in_their_order(self) -> None:
        assert sorted(["bạ", "bá", "bã", "bả", "bà", "ba", "bác"], key=sort_key) == "ba bà bả bã bá bạ bác".split()  # noqa: SIM905  a line of words

    def test_numbers_go_by_value(self) -> None:
        names = ["Phường 10", "Phường 2", "Phường 09", "Phường 1"]
        assert sorted(names, key=sort_key) == ["Phường 1", "Phường 2", "Phường 09", "Phường 10"]

    def test_small_letters_stand_before_capitals_and_nothing_else_decides(self) -> None:
        assert min("Xuân Hòa", "xuân hòa", "Xuân Hoà", key=sort_key) == "xuân hòa"
        assert sort_key("Xuân Hòa") == sort_key("Xuân Hoà")

    @pytest.mark.slow
    @given(VIETNAMESE)
    def test_decomposed_text_sorts_alike(self, text: str) -> None:
        assert sort_key(unicodedata.normalize("NFD", text)) == sort_key(text)

    @pytest.mark.slow
    @given(st.text())
    def test_any_text_has_a_key(self, text: str) -> None:
        assert sort_key(text) == sort_key(text)


class TestSlug:
    def test_a_title_becomes_an_address(self) -> None:
        assert slug("Đơn vị số 4 – Hà Nội!") == "don-vi-so-4-ha-noi"

    def test_a_long_title_is_cut_between_words(self) -> None:
        assert slug("một hai ba bốn", 10) == "mot-hai-ba"
        assert slug("một hai ba bốn", 9) == "mot-hai"

    @pytest.mark.slow
    @given(st.text(), st.integers(1, 30))
    def test_only_letters_digits_and_single_hyphens(self, text: str, limit: int) -> None:
        assert re.fullmatch(r"(?:[a-z0-9]+(?:-[a-z0-9]+)*)?", slug(text, limit))
        assert len(slug(text, limit)) <= limit


class TestUnitKey:
    @pytest.mark.parametrize(
        "names",
        [
            ("P.4", "P4", "p 04", "Phường 04", "phuong 4", "PHƯỜNG 4", "UBND Phường 4", "Ủy ban nhân dân phường 4"),
            ("Phòng GD&ĐT", "Phòng GD-ĐT", "Phòng Giáo dục và Đào tạo", "P. Giáo dục và Đào tạo"),
            ("Phòng Nội vụ", "P. Nội vụ", "phong noi vu"),
            ("Phòng Tài chính - Kế hoạch", "Phòng Tài chính – Kế hoạch", "Phòng TC-KH", "P.TCKH"),
            ("TP.HCM", "TP HCM", "Thành phố Hồ Chí Minh", "TPHCM"),
            ("Phường Xuân Hòa", "Phường Xuân Hoà", "P. Xuân Hòa"),
            ("Trường THCS Hoa Sen", "Trường Trung học cơ sở Hoa Sen"),
            ("Q.3", "Quận 3", "quận 03"),
        ],
    )
    def test_ways_to_write_one_unit_meet(self, names: tuple[str, ...]) -> None:
        assert len({unit_key(name) for name in names}) == 1

    @pytest.mark.parametrize(
        ("one", "other"), [("Phường 4", "Phường 14"), ("Quận 3", "Phường 3"), ("P. Nội vụ", "P. Tư pháp")]
    )
    def test_different_units_stay_apart(self, one: str, other: str) -> None:
        assert unit_key(one) != unit_key(other)

    def test_the_office_of_the_committee_keeps_its_name(self) -> None:
        assert unit_key("Văn phòng HĐND và UBND") == "vp hdnd va ubnd"

    @pytest.mark.slow
    @given(st.text())
    def test_any_name_has_a_key(self, text: str) -> None:
        assert unit_key(text).split() == unit_key(text).strip().split()


class TestOldFonts:
    @pytest.mark.parametrize(
        ("font", "legacy"),
        [
            (".VnTime", Legacy.TCVN3),
            (".VnTimeH", Legacy.TCVN3_CAPITALS),
            (".vnarial", Legacy.TCVN3),
            ("VNI-Times", Legacy.VNI),
            ("VNI Times", Legacy.VNI),
            ("Times New Roman", None),
            ("", None),
        ],
    )
    def test_a_font_name_tells_the_encoding(self, font: str, legacy: Legacy | None) -> None:
        assert legacy_of(font) == legacy

    def test_all_seventy_four_letters_of_tcvn3_come_back(self) -> None:
        assert len(TCVN3_OF) == 74
        assert {letter: decode(sign, Legacy.TCVN3) for letter, sign in TCVN3_OF.items()} == {x: x for x in TCVN3_OF}

    def test_a_capital_font_draws_capitals(self) -> None:
        assert decode("phô lôc \u00adñy", Legacy.TCVN3_CAPITALS) == "PHỤ LỤC ƯỦY"

    def test_all_letters_of_vni_come_back_in_both_cases(self) -> None:
        assert len(VNI_OF) == 134
        assert {letter: decode(pair, Legacy.VNI) for letter, pair in VNI_OF.items()} == {x: x for x in VNI_OF}

    def test_every_pair_of_vni_letters_comes_back(self) -> None:
        letters = [*"abcdeghiklmnopqrstuvxy", *(letter for letter in VNI_OF if letter.islower())]
        for one in letters:
            for other in letters:
                stored = VNI_OF.get(one, one) + VNI_OF.get(other, other)
                assert decode(stored, Legacy.VNI) == one + other

    def test_a_mark_of_the_other_case_is_taken(self) -> None:
        assert decode("ÑAûNG Uûy", Legacy.VNI) == "ĐẢNG Ủy"

    @pytest.mark.slow
    @given(st.text(st.sampled_from([*TCVN3_OF, *"bcghklmn ."])))
    def test_tcvn3_text_comes_back(self, text: str) -> None:
        assert decode("".join(TCVN3_OF.get(letter, letter) for letter in text), Legacy.TCVN3) == text

    def test_statistics_decode_what_is_plainly_old(self) -> None:
        text = "Ủy ban nhân dân phường đã thực hiện giải pháp này từ tháng ba và được người dân ủng hộ"
        tcvn3 = "".join(TCVN3_OF.get(letter.lower(), letter) if not letter.isascii() else letter for letter in text)
        vni = "".join(VNI_OF.get(letter, letter) for letter in text)
        assert guess_legacy(tcvn3) is Legacy.TCVN3
        assert guess_legacy(vni) is Legacy.VNI

    @pytest.mark.parametrize(
        "text",
        [
            "Ủy ban nhân dân phường đã thực hiện giải pháp này",
            "Cà phê và trà cho cán bộ",
            "Le café était très élégant à Noël",
            "Über Größe und Maß",
            "plain text",
            "và hà cà",
        ],
    )
    def test_unicode_text_and_other_languages_stay(self, text: str) -> None:
        assert guess_legacy(text) is None

    def test_letters_that_no_old_font_could_store_are_told(self) -> None:
        assert is_unicode("phường")
        assert not is_unicode("ph\u00adêng")


class TestSyllables:
    @pytest.mark.parametrize("word", "nghiêng giếng gì quyết khuỷu thuở Ủy oan yêu quốc gìn đường xoong".split())  # noqa: SIM905  a line of words
    def test_vietnamese_words_are_syllables(self, word: str) -> None:
        assert is_syllable(word)

    @pytest.mark.parametrize("word", "tàc bãt Größe strong ® của® ngw àá".split())  # noqa: SIM905  a line of words
    def test_other_words_are_not(self, word: str) -> None:
        assert not is_syllable(word)

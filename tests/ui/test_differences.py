"""What changed between two versions, word by word."""

from hypothesis import given
from hypothesis import strategies as st

from sangkien.ui.differences import Difference, Piece, between


def _old(difference: Difference) -> list[str]:
    return _read(difference, "gone")


def _new(difference: Difference) -> list[str]:
    return _read(difference, "new")


def _read(difference: Difference, kind: str) -> list[str]:
    lines = (" ".join(piece.text for piece in line if piece.kind in ("same", kind)) for line in difference.paragraphs)
    return [line for line in lines if line]


def test_an_exchanged_word_is_one_place() -> None:
    found = between("kiểm tra và photo giấy tờ", "kiểm tra và sao chụp miễn phí giấy tờ")
    assert found.places == 1
    assert found.paragraphs == (
        (
            Piece("same", "kiểm tra và"),
            Piece("gone", "photo"),
            Piece("new", "sao chụp miễn phí"),
            Piece("same", "giấy tờ"),
        ),
    )


def test_the_same_text_has_no_place() -> None:
    found = between("Một dòng\nHai dòng", "Một dòng\n\nHai dòng  ")
    assert found.is_same
    assert _new(found) == ["Một dòng", "Hai dòng"]


def test_a_part_that_was_empty_is_new_as_a_whole() -> None:
    found = between("", "Sau 5 tháng còn 6%.")
    assert (found.is_new, found.places) == (True, 1)
    assert found.paragraphs == ((Piece("new", "Sau 5 tháng còn 6%."),),)


def test_texts_with_little_in_common_are_not_mixed() -> None:
    found = between("Đặt bàn hướng dẫn ngay cửa vào", "Số hóa sổ theo dõi văn bản của phường")
    assert [piece.kind for piece in found.paragraphs[0]] == ["gone", "new"]


_WORD = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=6)
_LINE = st.lists(_WORD, min_size=1, max_size=12).map(" ".join)
_TEXT = st.lists(_LINE, max_size=5).map("\n".join)


@given(_TEXT, _TEXT)
def test_both_texts_can_be_read_back_whole(earlier: str, later: str) -> None:
    found = between(earlier, later)
    assert sorted(_old(found)) == sorted(earlier.splitlines())
    assert _new(found) == later.splitlines()
    assert found.is_same == (earlier == later)

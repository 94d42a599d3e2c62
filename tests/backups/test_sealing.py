"""Sealed streams: what comes out is what went in, or a sentence."""

import io
import unicodedata

import pytest

from sangkien.accounts.refusal import Refused
from sangkien.backups.sealing import HEADER, PIECE, TAG, Damaged, Opener, Sealer, WrongPassphrase

WORDS = "hoa phượng nở đỏ sân trường"
SEALED_PIECE = 4 + PIECE + TAG


def sealed(data: bytes, words: str = WORDS) -> bytes:
    target = io.BytesIO()
    sealer = Sealer(target, words)
    for start in range(0, len(data), 70_000):
        sealer.write(data[start : start + 70_000])
    sealer.close()
    return target.getvalue()


def opened(data: bytes, words: str = WORDS) -> bytes:
    opener = Opener(io.BufferedReader(io.BytesIO(data)), words)  # type: ignore[arg-type]  # a raw stream of bytes
    return b"".join(iter(lambda: opener.read(50_000), b""))


@pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE + 17])
def test_what_was_sealed_comes_out_again(size: int) -> None:
    data = bytes(range(256)) * (size // 256 + 1)
    assert opened(sealed(data[:size])) == data[:size]


def test_nothing_of_the_content_shows() -> None:
    assert b"bao cao" not in sealed(b"bao cao cua phuong " * 1_000)


def test_two_files_of_one_content_differ() -> None:
    assert sealed(b"x" * 100) != sealed(b"x" * 100)


def test_the_keyboard_may_compose_letters_as_it_likes() -> None:
    assert opened(sealed(b"x", unicodedata.normalize("NFD", WORDS)), f" {WORDS}\n") == b"x"


def test_another_passphrase_is_told_before_anything_is_read() -> None:
    with pytest.raises(WrongPassphrase, match="Cụm mật khẩu chưa đúng"):
        opened(sealed(b"x" * 100), "hoa phượng nở tím sân trường")


@pytest.mark.parametrize("cut", [10, HEADER.size, HEADER.size + 3, HEADER.size + 100])
def test_a_cut_file_is_told(cut: int) -> None:
    with pytest.raises(Damaged):
        opened(sealed(b"x" * 1_000)[:cut])


def test_a_file_cut_between_two_pieces_is_told() -> None:
    whole = sealed(b"x" * (2 * PIECE + 5))
    assert opened(whole)
    with pytest.raises(Damaged):
        opened(whole[: HEADER.size + SEALED_PIECE])


def test_a_piece_left_out_or_moved_is_told() -> None:
    whole = sealed(b"x" * (3 * PIECE + 5))
    head, first = HEADER.size, HEADER.size + SEALED_PIECE
    second = first + SEALED_PIECE
    for forged in (
        whole[:head] + whole[first:],
        whole[:head] + whole[first:second] + whole[head:first] + whole[second:],
        whole + whole[second:],
    ):
        with pytest.raises(Damaged):
            opened(forged)


@pytest.mark.parametrize("place", [16, 17, 18, 19, 60, HEADER.size, HEADER.size + 4, HEADER.size + 200, -1])
def test_any_changed_byte_is_told(place: int) -> None:
    forged = bytearray(sealed(b"x" * 1_000))
    forged[place] ^= 1
    with pytest.raises(Refused):
        opened(bytes(forged))


def test_a_newer_format_is_told_as_such() -> None:
    forged = bytearray(sealed(b"x"))
    forged[16] = 9
    with pytest.raises(Refused, match="bản mới hơn"):
        opened(bytes(forged))


def test_a_forged_header_cannot_ask_for_all_memory() -> None:
    forged = bytearray(sealed(b"x"))
    forged[17] = 40
    with pytest.raises(Damaged):
        opened(bytes(forged))

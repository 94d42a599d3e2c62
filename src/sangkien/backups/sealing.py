"""A stream of bytes sealed by a passphrase: written and read piece by piece, in constant memory.

Header, 64 bytes: magic (16) · version (1) · log2 of scrypt's N (1) · r (1) · p (1) · salt (16) · check (16) · nonce
prefix (7) · zeros (5). Then pieces of AES-256-GCM: length of the sealed piece (4, big endian) and the piece, whose
nonce is prefix · number (4) · last (1). The header is authenticated with every piece, the number stops a piece from
being moved or left out, the mark of the last one a file from being cut (Hoang, Reyhanitabar, Rogaway, Vizár 2015).

``check`` are bytes derived beside the key: they tell a wrong passphrase from a damaged file, and nothing else.
"""

import os
import struct
import unicodedata
from io import BufferedReader
from typing import BinaryIO, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256, Hash
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt
from django.utils.translation import gettext as _

from sangkien.accounts.refusal import Refused

MAGIC: Final = b"sangkien backup\n"
HEADER: Final = struct.Struct(">16s4B16s16s7s5x")
VERSION: Final = 1
PIECE: Final = 1 << 20  # bytes of the stream in one piece
TAG: Final = 16
_LENGTH: Final = struct.Struct(">I")
_LOG_N, _R, _P = 17, 8, 1  # 128 MB and some tenths of a second: RFC 7914, and OWASP's advice for files that leave
_MOST_LOG_N: Final = 20  # a forged header must not take all memory


class WrongPassphrase(Refused):
    """The passphrase is another one."""


class Damaged(Refused):
    """The file is cut, changed, or none of ours."""


def damaged() -> Damaged:
    """The one sentence for a file that cannot be trusted, whatever part of it is wrong."""
    return Damaged(
        _("Tệp sao lưu bị thiếu hoặc đã bị sửa nên không dùng được. Bạn lấy một bản sao lưu khác, hoặc chép lại tệp.")
    )


def from_newer() -> Refused:
    """For a file whose format, or whose tables, this program does not know yet."""
    return Refused(_("Tệp sao lưu này do một bản mới hơn của chương trình ghi. Bạn cập nhật chương trình rồi làm lại."))


class Sealer:
    """Writes what it is given, sealed, to ``target``. Without ``close()`` the file is not whole, and reads as cut."""

    def __init__(self, target: BinaryIO, passphrase: str) -> None:
        salt, self._prefix = os.urandom(16), os.urandom(7)
        key, check = _keys(passphrase, salt, _LOG_N, _R, _P)
        self._header = HEADER.pack(MAGIC, VERSION, _LOG_N, _R, _P, salt, check, self._prefix)
        self._cipher, self._target = AESGCM(key), target
        self._waiting, self._number = bytearray(), 0
        target.write(self._header)

    def write(self, data: bytes) -> int:
        """Seal every full piece; a rest waits, so that the last piece can be told from the others."""
        self._waiting += data
        while len(self._waiting) > PIECE:
            self._seal(bytes(self._waiting[:PIECE]), last=False)
            del self._waiting[:PIECE]
        return len(data)

    def close(self) -> None:
        """The last piece, which may be empty."""
        self._seal(bytes(self._waiting), last=True)
        self._waiting.clear()

    def _seal(self, piece: bytes, *, last: bool) -> None:
        sealed = self._cipher.encrypt(_nonce(self._prefix, self._number, last=last), piece, self._header)
        self._target.write(_LENGTH.pack(len(sealed)))
        self._target.write(sealed)
        self._number += 1


class Opener:
    """Reads a sealed stream. Raises ``WrongPassphrase`` at once, ``Damaged`` where it is; never gives a false byte."""

    def __init__(self, source: BufferedReader, passphrase: str) -> None:
        self._header = source.read(HEADER.size)
        log_n, r, p, salt, check, self._prefix = _header(self._header)
        key, expected = _keys(passphrase, salt, log_n, r, p)
        if check != expected:
            raise WrongPassphrase(
                _("Cụm mật khẩu chưa đúng với tệp sao lưu này. Bạn xem lại giấy đã cất; chữ hoa và dấu gạch đều tính.")
            )
        self._cipher, self._source = AESGCM(key), source
        self._ready, self._number, self._ended = bytearray(), 0, False

    def read(self, size: int) -> bytes:
        """At most ``size`` bytes; fewer only at the end."""
        while len(self._ready) < size and not self._ended:
            self._ready += self._open()
        data = bytes(self._ready[:size])
        del self._ready[:size]
        return data

    def _open(self) -> bytes:
        length = self._source.read(_LENGTH.size)
        if len(length) != _LENGTH.size or not TAG <= _LENGTH.unpack(length)[0] <= PIECE + TAG:
            raise damaged()
        sealed = self._source.read(_LENGTH.unpack(length)[0])
        last = not self._source.peek(1)
        try:
            piece = self._cipher.decrypt(_nonce(self._prefix, self._number, last=last), sealed, self._header)
        except InvalidTag as error:
            raise damaged() from error
        self._number, self._ended = self._number + 1, last
        return piece


def is_sealed(start: bytes) -> bool:
    """Whether a file that starts so is one of ours under a passphrase."""
    return start.startswith(MAGIC)


def _header(header: bytes) -> tuple[int, int, int, bytes, bytes, bytes]:
    if len(header) != HEADER.size:
        raise damaged()
    magic, version, log_n, r, p, salt, check, prefix = HEADER.unpack(header)
    if magic == MAGIC and version > VERSION:
        raise from_newer()
    if magic != MAGIC or version != VERSION or not 10 <= log_n <= _MOST_LOG_N or (r, p) != (_R, _P):
        raise damaged()
    return log_n, r, p, salt, check, prefix


def _nonce(prefix: bytes, number: int, *, last: bool) -> bytes:
    return prefix + number.to_bytes(4, "big") + bytes([last])


def _keys(passphrase: str, salt: bytes, log_n: int, r: int, p: int) -> tuple[bytes, bytes]:
    """Key and check. A Vietnamese passphrase is the same however the keyboard composes its letters."""
    words = unicodedata.normalize("NFC", passphrase).strip().encode("utf-8")
    derived = Scrypt(salt=salt, length=64, n=1 << log_n, r=r, p=p).derive(words)
    digest = Hash(SHA256())
    digest.update(derived[32:])
    return derived[:32], digest.finalize()[:16]

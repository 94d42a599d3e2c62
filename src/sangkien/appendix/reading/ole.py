"""The OLE compound file ([MS-CFB]) that holds .doc and .xls, read with every chain bounded."""

import struct
from dataclasses import dataclass
from itertools import pairwise

from sangkien.appendix.model import Outcome
from sangkien.appendix.reading.archive import BROKEN, MAX_FILE, TOO_LARGE
from sangkien.appendix.reading.source import Refusal

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LAST_SECTOR = 0xFFFFFFFA  # from here on a number is a mark (end of chain, free, …), not a sector
_HEADER = 512
_STREAM, _ROOT = 2, 5


def _broken() -> Refusal:
    return Refusal(Outcome.CORRUPT, BROKEN)


@dataclass(frozen=True, slots=True)
class _Entry:
    kind: int
    start: int
    size: int


class CompoundFile:
    """The streams of a compound file by name, whatever folder they lie in. Raises ``Refusal`` when it is broken."""

    def __init__(self, data: bytes) -> None:
        if len(data) > MAX_FILE:
            raise Refusal(Outcome.TOO_LARGE, TOO_LARGE)
        if len(data) < _HEADER or not data.startswith(MAGIC):
            raise _broken()
        self._data = data
        shift, mini_shift = struct.unpack_from("<HH", data, 30)
        if shift not in (9, 12) or mini_shift != 6:
            raise _broken()
        self._sector = 1 << shift
        self._table = self._allocation()
        directory_start, self._mini_cutoff, mini_start = struct.unpack_from("<I4xII", data, 48)
        self._entries, root = self._directory(directory_start)
        self._mini_table = _numbers(self._chain(mini_start))
        self._mini = self._chain(root.start) if root is not None else b""

    def __contains__(self, name: str) -> bool:
        return name in self._entries

    @property
    def names(self) -> tuple[str, ...]:
        """Names of all streams and storages."""
        return tuple(self._entries)

    def read(self, name: str) -> bytes:
        """The bytes of a stream, at most as many as it claims. Raises ``Refusal`` when it is missing or cut."""
        entry = self._entries.get(name)
        if entry is None or entry.kind != _STREAM:
            raise _broken()
        if entry.size >= self._mini_cutoff:
            content = self._chain(entry.start, entry.size)
        else:
            content = self._mini_chain(entry.start, entry.size)
        if len(content) < entry.size:
            raise _broken()
        return content[: entry.size]

    def _allocation(self) -> tuple[int, ...]:
        """The sector allocation table, collected from the header and the chain of further tables."""
        listed = list(struct.unpack_from("<109I", self._data, 76))
        further, seen = struct.unpack_from("<I", self._data, 68)[0], set()
        while further < _LAST_SECTOR:
            if further in seen:
                raise _broken()
            seen.add(further)
            numbers = _numbers(self._at(further))
            if not numbers:
                raise _broken()
            listed += numbers[:-1]
            further = numbers[-1]
        used = [number for number in listed if number < _LAST_SECTOR]
        if len(set(used)) != len(used):
            raise _broken()
        return _numbers(b"".join(self._at(number) for number in used))

    def _at(self, number: int) -> bytes:
        start = (number + 1) * self._sector
        return self._data[start : start + self._sector]

    def _chain(self, start: int, size: int | None = None) -> bytes:
        """The sectors from ``start`` on, each at most once; neighbours are cut out in one piece."""
        order = _follow(self._table, start, None if size is None else -(-size // self._sector))
        if not order:
            return b""
        breaks = [0, *(i + 1 for i, (a, b) in enumerate(pairwise(order)) if b != a + 1), len(order)]
        runs = ((order[a], order[b - 1]) for a, b in pairwise(breaks))
        return b"".join(self._data[(a + 1) * self._sector : (b + 2) * self._sector] for a, b in runs)

    def _mini_chain(self, start: int, size: int) -> bytes:
        order = _follow(self._mini_table, start, -(-size // 64))
        return b"".join(self._mini[number * 64 : number * 64 + 64] for number in order)

    def _directory(self, start: int) -> tuple[dict[str, _Entry], _Entry | None]:
        entries: dict[str, _Entry] = {}
        root = None
        content = self._chain(start)
        for offset in range(0, len(content) - 127, 128):
            length, kind = struct.unpack_from("<HB", content, offset + 64)
            if kind not in (1, _STREAM, _ROOT) or not 2 <= length <= 64:
                continue
            name = content[offset : offset + length - 2].decode("utf-16-le", "replace")
            first, size = struct.unpack_from("<IQ", content, offset + 116)
            entry = _Entry(kind, first, size & 0xFFFFFFFF if self._sector == _HEADER else size)
            if entry.size > len(self._data) and kind == _STREAM:
                raise _broken()
            root = entry if kind == _ROOT else root
            entries.setdefault(name, entry)
        if root is None:
            raise _broken()
        return entries, root


def _numbers(content: bytes) -> tuple[int, ...]:
    count = len(content) // 4
    return struct.unpack_from(f"<{count}I", content)


def _follow(table: tuple[int, ...], start: int, limit: int | None) -> list[int]:
    """The numbers of a chain in order. A circle or a jump out of the table is a broken file."""
    order: list[int] = []
    longest = len(table) if limit is None else min(limit, len(table))
    while start < _LAST_SECTOR and (limit is None or len(order) < limit):
        if start >= len(table) or len(order) >= longest:
            raise _broken()
        order.append(start)
        start = table[start]
    return order

"""JSON read strictly: a value with the place where it stands, so that a refusal can say where."""

import json
import re
from collections.abc import Callable, Collection
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Final, TypeVar, cast

from sangkien.scoring.model import Share
from sangkien.vietnamese import clean

LONGEST_TEXT: Final = 10_000
WHOLE: Final = "Tệp"

_E = TypeVar("_E", bound=StrEnum)
_T = TypeVar("_T")
_D = TypeVar("_D")


class Unreadable(Exception):
    """The file does not say an input; the message is the sentence for people."""


def parsed(data: bytes | str) -> object:
    """The JSON value, every fraction a ``Decimal``. Raises ``Unreadable``, also for NaN and for a key written twice."""
    try:
        text = data if isinstance(data, str) else data.decode("utf-8-sig")
        return json.loads(text, parse_float=_exact, parse_constant=_refuse_constant, object_pairs_hook=_each_key_once)
    except UnicodeDecodeError as error:
        raise Unreadable("Tệp không phải văn bản UTF-8. Bạn lưu lại tệp với mã UTF-8.") from error
    except json.JSONDecodeError as error:
        where = f"dòng {error.lineno}, cột {error.colno}"
        raise Unreadable(f"Tệp không phải JSON: sai ở {where}. Bạn xem lại chỗ này.") from error
    except RecursionError as error:
        raise Unreadable("Tệp lồng quá nhiều lớp. Bạn xem lại tệp.") from error
    except ValueError as error:  # a whole number of more digits than Python turns into one
        raise Unreadable("Có số quá dài. Bạn xem lại các số.") from error


def _exact(written: str) -> Decimal:
    try:
        return Decimal(written)
    except InvalidOperation as error:
        raise Unreadable(f"Số {written[:40]} quá lớn. Bạn xem lại các số.") from error


def _refuse_constant(written: str) -> object:
    raise Unreadable(f"{written} không phải là số. Điểm còn thiếu thì ghi null.")


def _each_key_once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    made = dict(pairs)
    if len(made) < len(pairs):
        keys = [key for key, _value in pairs]
        twice = next(key for place, key in enumerate(keys) if key in keys[:place])
        raise Unreadable(f"“{short(twice)}” được ghi hai lần trong cùng một chỗ. Bạn để lại một.")
    return made


def short(text: str) -> str:
    """The beginning of a text from a file, fit for a sentence."""
    return clean(text)[:60]


_KINDS: Final[dict[type, str]] = {
    str: "chữ", bool: "true hoặc false", dict: "một đối tượng {…}", list: "một danh sách […]", int: "số nguyên",
}  # fmt: skip
_NUMBER: Final = re.compile(r"-?[0-9]{1,20}(\.[0-9]{1,20})?")
_SHARE: Final = re.compile(r"(>)?([0-9]{1,6})/([0-9]{1,6})")


class Node:
    """A value and where it stands."""

    __slots__ = ("value", "where")

    def __init__(self, value: object, where: str) -> None:
        self.value = value
        self.where = where

    def _of(self, kind: type[_T]) -> _T:
        if type(self.value) is not kind:
            raise Unreadable(f"{self.where} phải là {_KINDS[kind]}. Bạn xem lại.")
        return self.value

    def fields(self, required: Collection[str], optional: Collection[str] = ()) -> "Fields":
        """An object with these keys and no others."""
        value = cast("dict[str, object]", self._of(dict))
        for key in required:
            if key not in value:
                raise Unreadable(f"{self.where} thiếu “{key}”. Bạn thêm vào.")
        for key in value:
            if key not in required and key not in optional:
                raise Unreadable(f"{self.where} có “{short(key)}” không thuộc mẫu tệp. Bạn bỏ hoặc sửa tên.")
        return Fields(value, "" if self.where == WHOLE else f"{self.where}.")

    def pairs(self) -> dict[str, object]:
        """An object with any keys."""
        return cast("dict[str, object]", self._of(dict))

    def texts(self) -> dict[str, str]:
        """An object with any keys and texts."""
        return {clean(key): Node(value, f"{self.where}.{short(key)}").text() for key, value in self.pairs().items()}

    def each(self, made: Callable[["Node"], _T]) -> tuple[_T, ...]:
        """The items of a list."""
        value = cast("list[object]", self._of(list))
        return tuple(made(Node(item, f"{self.where}[{place}]")) for place, item in enumerate(value))

    def text(self) -> str:
        """A text, NFC, without signs that no row may hold."""
        value = self._of(str)
        if len(value) > LONGEST_TEXT:
            raise Unreadable(f"{self.where} dài quá {LONGEST_TEXT} chữ. Bạn ghi ngắn lại.")
        return clean(value)

    def flag(self) -> bool:
        """True or false."""
        return self._of(bool)

    def count(self) -> int:
        """A whole number."""
        return self._of(int)

    def number(self) -> Decimal:
        """A number, exact: written as one or as text with a point."""
        value = self.value
        if isinstance(value, Decimal):
            return value
        if type(value) is int:
            return Decimal(value)
        if isinstance(value, str) and _NUMBER.fullmatch(value):
            return Decimal(value)
        raise Unreadable(f"{self.where} phải là số, dùng dấu chấm thập phân, ví dụ 7.5. Bạn xem lại.")

    def one_of(self, kind: type[_E]) -> _E:
        """One of the values of an enumeration."""
        value = self.text()
        if value not in set(kind):
            raise Unreadable(f"{self.where} chỉ nhận: {', '.join(kind)}. Bạn chọn một.")
        return kind(value)

    def share(self) -> Share:
        """``2/3``: from two thirds on; ``>1/2``: more than half."""
        found = _SHARE.fullmatch(self.text())
        if found is None:
            raise Unreadable(f"{self.where} phải viết như “2/3” (từ 2/3 trở lên) hoặc “>1/2” (quá nửa). Bạn xem lại.")
        return Share(int(found[2]), int(found[3]), more_than=found[1] is not None)


class Fields:
    """The keys of one object."""

    __slots__ = ("_value", "_where")

    def __init__(self, value: dict[str, object], where: str) -> None:
        self._value = value
        self._where = where  # with the point before the key

    def __getitem__(self, key: str) -> Node:
        return Node(self._value[key], f"{self._where}{key}")

    def get(self, key: str, read: Callable[[Node], _T], default: _D) -> _T | _D:
        """What stands there; ``default`` where nothing or ``null`` does."""
        return default if self._value.get(key) is None else read(self[key])

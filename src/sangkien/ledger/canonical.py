"""One text for one content, so that its hash is the same on every machine and database.

Keys sorted, no spaces, text NFC, decimals as strings, moments in UTC with microseconds. Not ``jsonb``, which reorders.
"""

import hashlib
import json
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID


def canonical(content: object) -> str:
    """The text that is stored and hashed.

    Takes mappings with text keys, sequences, text, integers, booleans, decimals, dates, aware moments, UUIDs, ``None``.
    Raises ``ValueError`` for all else: a float has no one text, a naive moment no one meaning, NUL no place in a row.
    """
    return dump(_plain(content))


def dump(plain: object) -> str:
    """The same text for what is plain already; the text is taken as it is, so that the hash sees every letter."""
    return json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def sha256(text: str) -> str:
    """64 small hexadecimal digits of the text in UTF-8."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def _plain(value: object) -> object:
    match value:
        case None | bool() | int():
            return value
        case str():
            return _text(value)
        case Decimal():
            return _decimal(value)
        case UUID():
            return str(value)
        case datetime():
            return moment(value)
        case date():
            return value.isoformat()
        case Mapping():
            return _mapping(value)
        case Sequence() if not isinstance(value, bytes | bytearray | memoryview):
            return [_plain(each) for each in value]
        case _:
            raise ValueError(f"no canonical text for {type(value).__name__}: {value!r}")


def _text(value: str) -> str:
    text = unicodedata.normalize("NFC", str(value))
    if "\0" in text:
        raise ValueError(f"NUL in a text for the ledger: {text!r}")
    text.encode("utf-8")  # a lone surrogate raises UnicodeEncodeError, which is a ValueError
    return text


def _decimal(value: Decimal) -> str:
    if not value.is_finite():
        raise ValueError(f"not a number: {value}")
    return format(value, "f")


def moment(value: datetime) -> str:
    """ "2024-07-09T01:30:00.000000Z". Raises ``ValueError`` for a moment without a zone."""
    if value.tzinfo is None:
        raise ValueError(f"a moment without a zone: {value}")
    return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f") + "Z"


def _mapping(value: Mapping[object, object]) -> dict[str, object]:
    plain: dict[str, object] = {}
    for key, each in value.items():
        if not isinstance(key, str):
            raise ValueError(f"a key that is no text: {key!r}")
        name = _text(key)
        if name in plain:
            raise ValueError(f"two keys with one canonical text: {name!r}")
        plain[name] = _plain(each)
    return plain

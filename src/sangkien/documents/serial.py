"""A paper to text and back, the same text for the same paper on every machine: what is frozen and hashed.

JSON with sorted keys and no spaces. A block is an object whose "block" names it; lengths and days are texts; texts are
cleaned as the writers clean them, so what is read back prints the same.
"""

import json
from dataclasses import fields
from datetime import UTC, date, datetime
from typing import Any, Final

from sangkien.documents.blocks import (
    AppendixHeading,
    Article,
    AuthorityLine,
    Column,
    Dashes,
    DecisionWord,
    DistributionList,
    Division,
    Header,
    Heading,
    Item,
    KindAndSummary,
    LegalBases,
    Notation,
    Note,
    Outline,
    Paper,
    Paragraph,
    Recipients,
    Run,
    Section,
    SignatureBlock,
    Signatures,
    Table,
)
from sangkien.documents.text import plain

_NAME: Final = "block"
_SHAPES: Final = {
    shape.__name__: shape
    for shape in (
        AppendixHeading, Article, AuthorityLine, Column, Dashes, DecisionWord, DistributionList, Division, Header,
        Heading, Item, KindAndSummary, LegalBases, Notation, Note, Outline, Paper, Paragraph, Recipients, Run, Section,
        SignatureBlock, Signatures, Table,
    )
}  # fmt: skip


def dumps(paper: Paper) -> str:
    """The text of a paper. Rows that are a stream are read once. ``ValueError`` for a moment without a zone."""
    return json.dumps(_told(paper), ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def loads(text: str) -> Paper:
    """The paper of a text that ``dumps`` wrote. Raises ``ValueError`` for any other text."""
    try:
        paper = _made(json.loads(text))
    except (KeyError, TypeError, RecursionError) as wrong:
        raise ValueError(f"not the text of a paper: {text[:80]!r}") from wrong
    if not isinstance(paper, Paper):
        raise ValueError(f"not the text of a paper: {text[:80]!r}")
    return paper


def _told(value: Any) -> Any:
    match value:
        case str():
            return plain(value)
        case None | bool() | int():
            return value
        case datetime():
            return _moment(value)
        case date():
            return value.isoformat()
        case float():
            return repr(value)
    if type(value).__name__ in _SHAPES:
        return {_NAME: type(value).__name__} | {each.name: _told(_field(value, each.name)) for each in fields(value)}
    return [_told(each) for each in value]


def _field(value: Any, name: str) -> Any:
    """A width given as 10 and one given as 10.0 are the same width."""
    return float(value.width_mm) if name == "width_mm" else getattr(value, name)


def _moment(value: datetime) -> str:
    if value.tzinfo is None:
        raise ValueError(f"a moment without a zone: {value}")
    return value.astimezone(UTC).isoformat(timespec="microseconds")


def _made(told: Any) -> Any:
    if isinstance(told, list):
        return tuple(_made(each) for each in told)
    if not isinstance(told, dict):
        return told
    shape: Any = _SHAPES[told[_NAME]]
    return shape(**{name: _value(name, each) for name, each in told.items() if name != _NAME})


def _value(name: str, told: Any) -> Any:
    match name, told:
        case "dated", str():
            return date.fromisoformat(told)
        case "made_at", str():
            return datetime.fromisoformat(told)
        case "width_mm", str():
            return float(told)
    return _made(told)

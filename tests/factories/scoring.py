"""Rules, sheets and inputs of ``scoring``; numbers may be given as text or whole numbers."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from sangkien.scoring.model import (
    Choice,
    Criterion,
    Entry,
    Input,
    Kind,
    Rule,
    Sheet,
    TieBreak,
    VoteCount,
)

Number = str | int


def number(code: str = "a", most: Number = 10, *, step: Number = "0.5", knock_out: Number | None = None,
           weight: Number = 1, least: Number = 0, group: str = "") -> Criterion:  # fmt: skip
    """A criterion that is marked by a number."""
    return Criterion(
        code=code, name=f"Tiêu chí {code}", kind=Kind.NUMBER, max=Decimal(most), min=Decimal(least),
        step=Decimal(step), weight=Decimal(weight), group=group,
        knock_out_below=None if knock_out is None else Decimal(knock_out),
    )  # fmt: skip


def yes_no(code: str, *, knock_out: bool = True) -> Criterion:
    """A criterion that is met or not."""
    return Criterion(
        code=code, name=f"Tiêu chí {code}", kind=Kind.YES_NO, max=Decimal(1),
        knock_out_below=Decimal(1) if knock_out else None,
    )  # fmt: skip


def chosen(code: str, kind: Kind, *choices: tuple[Number, Number]) -> Criterion:
    """A criterion with levels or bands named Mức 1, Mức 2 …"""
    made = tuple(Choice(f"Mức {place}", Decimal(low), Decimal(high)) for place, (low, high) in enumerate(choices, 1))
    return Criterion(
        code=code, name=f"Tiêu chí {code}", kind=kind, min=made[0].low, max=made[-1].high, step=Decimal("0.5"),
        choices=made,
    )  # fmt: skip


def rule(*criteria: Criterion, **settings: object) -> Rule:
    """A rule with these criteria, else one by number up to ten; the settings are those of ``Rule``."""
    return Rule(version="1", criteria=criteria or (number(),), **settings)  # type: ignore[arg-type]  # as ``Rule`` says


def sheet(judge: str = "j1", entry: str = "e1", *, anchor: bool = False, set_aside: str = "",
          missing: Mapping[str, str] | None = None, **marks: Number | None) -> Sheet:  # fmt: skip
    """A sheet with ``criterion=mark``; ``None`` is a mark that is missing."""
    given = {code: None if mark is None else Decimal(mark) for code, mark in marks.items()}
    return Sheet(judge=judge, entry=entry, marks=given, missing=missing or {}, anchor=anchor, set_aside=set_aside)


def sheets(entry: str, *marks: Number | None, code: str = "a") -> tuple[Sheet, ...]:
    """A sheet of j1, j2 … for each mark of one criterion."""
    return tuple(sheet(f"j{place}", entry, **{code: mark}) for place, mark in enumerate(marks, 1))


def given(by: Rule, *made: Sheet, votes: Sequence[VoteCount] = (), tie_breaks: Sequence[TieBreak] = ()) -> Input:
    """An input with the entries that the sheets name."""
    entries = tuple(Entry(code) for code in dict.fromkeys(each.entry for each in made))
    return Input(rule=by, entries=entries, sheets=made, votes=tuple(votes), tie_breaks=tuple(tie_breaks))

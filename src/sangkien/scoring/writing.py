"""An input as one canonical text: what is frozen with a result, exported, and read again by ``reading``.

Keys sorted, no spaces, NFC, numbers as text without zeros that say nothing; sheets, entries, judges and votes in the
order of their codes. Two inputs that reckon the same, in whatever order they came, are the same text.
"""

import hashlib
import json
from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache

from sangkien.scoring.model import Criterion, Input, Rule, Share, Sheet, TieBreak, VoteCount
from sangkien.scoring.reading import FORMAT, FORMAT_VERSION
from sangkien.vietnamese import clean


def canonical_input(given: Input) -> str:
    """The text of an input, a file for ``sangkien score``. Every setting of the rule is written, also the default."""
    return as_text(
        {
            "format": FORMAT,
            "version": FORMAT_VERSION,
            "rule": _rule(given.rule),
            "entries": [
                {"code": clean(each.code), "field": clean(each.field)}
                for each in sorted(given.entries, key=lambda each: clean(each.code))
            ],
            "judges": [
                {"code": clean(each.code), "panel": clean(each.panel)}
                for each in sorted(given.judges, key=lambda each: clean(each.code))
            ],
            "sheets": [
                _sheet(each) for each in sorted(given.sheets, key=lambda each: (clean(each.entry), clean(each.judge)))
            ],
            "votes": [_vote(each) for each in sorted(given.votes, key=lambda each: clean(each.entry))],
            "tie_breaks": [
                _tie_break(each) for each in sorted(given.tie_breaks, key=lambda each: (each.order, each.reason))
            ],
        }
    )


def as_text(plain: object) -> str:
    """The canonical text of what is plain already: mappings, lists, text, whole numbers, true, false, ``None``."""
    return json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def sha256(text: str) -> str:
    """64 small hexadecimal digits of the text in UTF-8."""
    return hashlib.sha256(text.encode()).hexdigest()


@lru_cache(maxsize=4_096)
def number(value: Decimal) -> str:
    """``7.5``: a point, no exponent, no zeros that say nothing; zero has no sign. The same few come again and again."""
    plain = format(value, "f")
    plain = plain.rstrip("0").rstrip(".") if "." in plain else plain
    return "0" if plain in ("-0", "") else plain


def _number_or_none(value: Decimal | None) -> str | None:
    return None if value is None else number(value)


def _share(share: Share) -> str:
    return f"{'>' if share.more_than else ''}{share.numerator}/{share.denominator}"


def _rule(rule: Rule) -> dict[str, object]:
    vote = rule.vote
    return {
        "version": clean(rule.version),
        "criteria": [_criterion(each) for each in rule.criteria],
        "groups": [
            {"code": clean(each.code), "name": clean(each.name), "weight": number(each.weight)} for each in rule.groups
        ],
        "bands": [
            {"at_least": number(each.at_least), "name": clean(each.name)}
            for each in sorted(rule.bands, key=lambda each: each.at_least)
        ],
        "pass_by": rule.pass_by.value,
        "pass_line": _number_or_none(rule.pass_line),
        "decimals": rule.decimals,
        "rounding": rule.rounding.value,
        "yes": _share(rule.yes),
        "drop_extremes": rule.drop_extremes,
        "minimum_sheets": rule.minimum_sheets,
        "anchors_count": rule.anchors_count,
        "vote": None
        if vote is None
        else {
            "share": _share(vote.share),
            "of": vote.of.value,
            "quorum": None if vote.quorum is None else _share(vote.quorum),
            "tie": vote.tie.value,
        },
    }


def _criterion(criterion: Criterion) -> dict[str, object]:
    return {
        "code": clean(criterion.code),
        "name": clean(criterion.name),
        "kind": criterion.kind.value,
        "min": number(criterion.min),
        "max": number(criterion.max),
        "step": number(criterion.step),
        "weight": number(criterion.weight),
        "group": clean(criterion.group),
        "knock_out_below": _number_or_none(criterion.knock_out_below),
        "comment_below": _number_or_none(criterion.comment_below),
        "choices": [
            {"label": clean(each.label), "low": number(each.low), "high": number(each.high)}
            for each in criterion.choices
        ],
    }


def _sheet(sheet: Sheet) -> dict[str, object]:
    """Only what the sheet says: a mark that is missing without a reason is as one that is not named."""
    said: dict[str, object] = {
        "judge": clean(sheet.judge),
        "entry": clean(sheet.entry),
        "marks": {_code(code): number(mark) for code, mark in sheet.marks.items() if mark is not None},
    }
    if sheet.missing:
        said["missing"] = _texts(sheet.missing)
    if sheet.chosen:
        said["chosen"] = _texts(sheet.chosen)
    if sheet.anchor:
        said["anchor"] = True
    if sheet.set_aside:
        said["set_aside"] = clean(sheet.set_aside)
    return said


_code = lru_cache(maxsize=4_096)(clean)  # the same few criteria in every sheet


def _texts(texts: Mapping[str, str]) -> dict[str, str]:
    return {clean(key): clean(text) for key, text in texts.items()}


def _vote(vote: VoteCount) -> dict[str, object]:
    return {
        "entry": clean(vote.entry),
        "members": vote.members,
        "recused": vote.recused,
        "present": vote.present,
        "yes": vote.yes,
        "no": vote.no,
        "blank": vote.blank,
        "chair": vote.chair,
    }


def _tie_break(tie_break: TieBreak) -> dict[str, object]:
    return {
        "order": [clean(code) for code in tie_break.order],
        "reason": clean(tie_break.reason),
        "by": clean(tie_break.by),
    }

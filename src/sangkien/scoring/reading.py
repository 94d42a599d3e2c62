"""An input out of a JSON file, as ``docs/reference/cham-diem-json.md`` describes it; every number exact.

What cannot be read is refused with one sentence (``Unreadable``). Whether what was read can be reckoned is the
question of ``checking``.
"""

from decimal import Decimal
from pathlib import Path
from typing import Final

from sangkien.scoring.model import (
    NONE,
    SIMPLE_MAJORITY,
    Band,
    Base,
    Choice,
    Criterion,
    Entry,
    Group,
    Input,
    Judge,
    Kind,
    PassBy,
    Rounding,
    Rule,
    Sheet,
    Tie,
    TieBreak,
    VoteCount,
    VoteRule,
)
from sangkien.scoring.nodes import WHOLE, Node, Unreadable, parsed, short
from sangkien.vietnamese import clean

FORMAT: Final = "sangkien-cham-diem"
FORMAT_VERSION: Final = 1
MOST_BYTES: Final = 64 * 2**20
_WHOLE_MAY: Final = {"format", "version", "judges", "sheets", "votes", "tie_breaks"}


def read_file(path: Path) -> Input:
    """The input that a file holds. Raises ``Unreadable``, or ``OSError`` when the file cannot be opened."""
    with path.open("rb") as file:
        data = file.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise Unreadable(f"Tệp lớn quá {MOST_BYTES // 2**20} MB. Bạn chia thành nhiều tệp, mỗi đợt một tệp.")
    return read_input(data)


def read_input(data: bytes | str) -> Input:
    """The input that a text holds. Raises ``Unreadable``."""
    whole = Node(parsed(data), WHOLE).fields({"rule", "entries"}, _WHOLE_MAY)
    named = whole.get("format", Node.text, FORMAT)
    version = whole.get("version", Node.count, FORMAT_VERSION)
    if (named, version) != (FORMAT, FORMAT_VERSION):
        raise Unreadable(f"Tệp này ghi mẫu “{short(named)}” bản {version}; ở đây đọc “{FORMAT}” bản {FORMAT_VERSION}.")
    rule = _rule(whole["rule"])
    return Input(
        rule=rule,
        entries=whole["entries"].each(_entry),
        judges=whole.get("judges", lambda it: it.each(_judge), ()),
        sheets=whole.get("sheets", lambda it: it.each(_Sheets(rule)), ()),
        votes=whole.get("votes", lambda it: it.each(_vote), ()),
        tie_breaks=whole.get("tie_breaks", lambda it: it.each(_tie_break), ()),
    )


_RULE_MAY: Final = {
    "groups", "bands", "pass_by", "pass_line", "decimals", "rounding", "yes", "drop_extremes", "minimum_sheets",
    "anchors_count", "vote",
}  # fmt: skip
_CRITERION_MAY: Final = {"min", "step", "weight", "group", "knock_out_below", "comment_below", "choices"}


def _rule(node: Node) -> Rule:
    at = node.fields({"version", "criteria"}, _RULE_MAY)
    return Rule(
        version=at["version"].text(),
        criteria=at["criteria"].each(_criterion),
        groups=at.get("groups", lambda it: it.each(_group), ()),
        bands=at.get("bands", lambda it: it.each(_band), ()),
        pass_by=at.get("pass_by", lambda it: it.one_of(PassBy), PassBy.SCORE),
        pass_line=at.get("pass_line", Node.number, None),
        decimals=at.get("decimals", Node.count, 2),
        rounding=at.get("rounding", lambda it: it.one_of(Rounding), Rounding.HALF_UP),
        yes=at.get("yes", Node.share, SIMPLE_MAJORITY),
        drop_extremes=at.get("drop_extremes", Node.flag, False),
        minimum_sheets=at.get("minimum_sheets", Node.count, 1),
        anchors_count=at.get("anchors_count", Node.flag, False),
        vote=at.get("vote", _vote_rule, None),
    )


def _criterion(node: Node) -> Criterion:
    at = node.fields({"code", "name", "kind", "max"}, _CRITERION_MAY)
    return Criterion(
        code=at["code"].text(),
        name=at["name"].text(),
        kind=at["kind"].one_of(Kind),
        max=at["max"].number(),
        min=at.get("min", Node.number, NONE),
        step=at.get("step", Node.number, Decimal(1)),
        weight=at.get("weight", Node.number, Decimal(1)),
        group=at.get("group", Node.text, ""),
        knock_out_below=at.get("knock_out_below", Node.number, None),
        comment_below=at.get("comment_below", Node.number, None),
        choices=at.get("choices", lambda it: it.each(_choice), ()),
    )


def _choice(node: Node) -> Choice:
    at = node.fields({"label", "low", "high"})
    return Choice(at["label"].text(), at["low"].number(), at["high"].number())


def _group(node: Node) -> Group:
    at = node.fields({"code", "name", "weight"})
    return Group(at["code"].text(), at["name"].text(), at["weight"].number())


def _band(node: Node) -> Band:
    at = node.fields({"at_least", "name"})
    return Band(at["at_least"].number(), at["name"].text())


def _vote_rule(node: Node) -> VoteRule:
    at = node.fields({"share"}, {"of", "quorum", "tie"})
    return VoteRule(
        share=at["share"].share(),
        of=at.get("of", lambda it: it.one_of(Base), Base.PRESENT),
        quorum=at.get("quorum", Node.share, None),
        tie=at.get("tie", lambda it: it.one_of(Tie), Tie.FAILS),
    )


def _entry(node: Node) -> Entry:
    at = node.fields({"code"}, {"field"})
    return Entry(at["code"].text(), at.get("field", Node.text, ""))


def _judge(node: Node) -> Judge:
    at = node.fields({"code"}, {"panel"})
    return Judge(at["code"].text(), at.get("panel", Node.text, ""))


class _Sheets:
    """Reads sheets; the same few marks come again and again, so each is made once."""

    def __init__(self, rule: Rule) -> None:
        self._yes_no = frozenset(criterion.code for criterion in rule.criteria if criterion.kind is Kind.YES_NO)
        self._codes = {criterion.code: criterion.code for criterion in rule.criteria}
        self._numbers: dict[object, Decimal] = {}

    def __call__(self, node: Node) -> Sheet:
        at = node.fields(_SHEET_MUST, _SHEET_MAY)
        return Sheet(
            judge=at["judge"].text(),
            entry=at["entry"].text(),
            marks=self._marks(at["marks"]),
            missing=at.get("missing", Node.texts, {}),
            chosen=at.get("chosen", Node.texts, {}),
            anchor=at.get("anchor", Node.flag, False),
            set_aside=at.get("set_aside", Node.text, ""),
        )

    def _marks(self, node: Node) -> dict[str, Decimal | None]:
        pairs = node.pairs()
        marks: dict[str, Decimal | None] = {}
        for key, value in pairs.items():
            code = self._codes.get(key) or clean(key)
            if value is None:
                marks[code] = None
            elif type(value) is bool and code in self._yes_no:
                marks[code] = Decimal(value)
            else:
                marks[code] = self._number(value, node, code)
        if len(marks) < len(pairs):
            raise Unreadable(f"{node.where} có hai mã tiêu chí đọc như nhau. Bạn để lại một.")
        return marks

    def _number(self, value: object, node: Node, code: str) -> Decimal:
        known = None if type(value) in (bool, list, dict) else self._numbers.get(value)
        if known is None:
            known = Node(value, f"{node.where}.{short(code)}").number()
            self._numbers[value] = known
        return known


_SHEET_MUST: Final = {"judge", "entry", "marks"}
_SHEET_MAY: Final = {"missing", "chosen", "anchor", "set_aside"}


def _vote(node: Node) -> VoteCount:
    at = node.fields({"entry", "members", "present", "yes", "no"}, {"blank", "recused", "chair"})
    return VoteCount(
        entry=at["entry"].text(),
        members=at["members"].count(),
        present=at["present"].count(),
        yes=at["yes"].count(),
        no=at["no"].count(),
        blank=at.get("blank", Node.count, 0),
        recused=at.get("recused", Node.count, 0),
        chair=at.get("chair", Node.flag, None),
    )


def _tie_break(node: Node) -> TieBreak:
    at = node.fields({"order", "reason"}, {"by"})
    return TieBreak(at["order"].each(Node.text), at["reason"].text(), at.get("by", Node.text, ""))

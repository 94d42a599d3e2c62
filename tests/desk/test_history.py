"""The sentences of the history."""

import re
from pathlib import Path

import sangkien
from sangkien.desk.entry.history import SENTENCES, sentence_of
from sangkien.intake.lifecycle import Move
from sangkien.ledger.canonical import canonical
from sangkien.ledger.models import Act

_NOTED = re.compile(r'note\(\s*\w+,\s*"(\w+)"')
_LATER = {  # rooms of appraisal and recognition, which are not built yet
    Move.ROUTE, Move.APPRAISE, Move.PROPOSE, Move.RECOGNISE, Move.NOT_RECOGNISE, Move.APPRAISE_AGAIN,
    Move.DECIDE_AGAIN, Move.REVOKE,
}  # fmt: skip


def test_every_act_on_an_entry_has_a_sentence() -> None:
    actions = Path(sangkien.__file__).parent / "intake/actions"
    noted = {verb for path in actions.glob("*.py") for verb in _NOTED.findall(path.read_text(encoding="utf-8"))}
    assert {"started", "return_extended"} <= noted
    moves = {move.value for move in set(Move) - _LATER}
    assert {f"entry.{verb}" for verb in noted | moves} - set(SENTENCES) == set()


def _act(verb: str, **facts: object) -> Act:
    return Act(verb=verb, payload=canonical(facts))


def test_facts_are_told_as_people_write_them() -> None:
    act = _act("entry.return_extended", old="2024-08-20", new="2024-09-18")
    assert sentence_of(act) == "Gia hạn bổ sung từ 20/08/2024 đến 18/09/2024."
    assert sentence_of(_act("entry.withdraw", reason="Gửi nhầm")) == "Rút báo cáo. Lý do: Gửi nhầm"


def test_an_act_that_told_less_is_still_a_sentence() -> None:
    assert sentence_of(_act("entry.send_back")) == "Trả lại để bổ sung, hạn."
    assert sentence_of(_act("entry.opinion_filed")) == ""

"""A verdict carries the reason of the first refusal."""

from sangkien.accounts.verdict import Verdict

YES, NO, NEITHER = Verdict(True), Verdict(False, "chưa đến lượt"), Verdict(False, "không phải của bạn")


def test_when_refuses_with_its_reason() -> None:
    assert Verdict.when([], "trống") == Verdict(False, "trống")
    assert Verdict.when([1], "trống") == YES


def test_both_must_allow_and_the_first_refusal_speaks() -> None:
    assert (YES & YES, YES & NO, NO & NEITHER) == (YES, NO, NO)


def test_either_may_allow_and_the_first_refusal_speaks() -> None:
    assert (NO | YES, YES | NO, NO | NEITHER) == (YES, YES, NO)


def test_it_is_true_when_allowed() -> None:
    assert (bool(YES), bool(NO)) == (True, False)

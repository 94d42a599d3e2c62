"""One content, one text."""

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sangkien.ledger.canonical import canonical, sha256
from sangkien.ledger.models import SeenBy

values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("abcxyz"), inner, max_size=3),
    max_leaves=8,
)


def test_every_kind_of_value_has_one_text() -> None:
    content = {
        "z": [Decimal("1.50"), Decimal("1E+3"), True, None, 7],
        "a": datetime(2024, 7, 9, 8, 30, tzinfo=timezone(timedelta(hours=7))),
        "ngày": date(2024, 9, 15),
        "uid": UUID(int=1),
        "seen": SeenBy.LEAD,
    }
    assert canonical(content) == (
        '{"a":"2024-07-09T01:30:00.000000Z","ngày":"2024-09-15","seen":"lead",'
        '"uid":"00000000-0000-0000-0000-000000000001","z":["1.50","1000",true,null,7]}'
    )


@given(st.dictionaries(st.text("abcđê", max_size=3), values, max_size=5))
def test_the_order_of_keys_does_not_show(content: dict[str, object]) -> None:
    assert canonical(content) == canonical(dict(reversed(content.items())))


def test_two_spellings_of_one_letter_are_one_text() -> None:
    assert canonical("Phu\u031bo\u031b\u0300ng") == canonical("Phường") == '"Phường"'


@pytest.mark.parametrize(
    "content",
    [1.5, float("nan"), Decimal("NaN"), b"x", {1}, {1: "a"}, datetime(2024, 7, 9), "a\0b", "\ud800", object(),  # noqa: DTZ001 - a naive moment is the point
     {"ê": 1, "e\u0302": 2}],
)  # fmt: skip
def test_what_has_no_one_text_is_refused(content: object) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - each says something else
        canonical({"x": content})


def test_the_hash_is_that_of_the_text_in_utf8() -> None:
    assert sha256("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


def test_a_moment_is_told_in_utc_with_microseconds() -> None:
    assert canonical(datetime(2024, 7, 9, 1, 2, 3, 4, tzinfo=UTC)) == '"2024-07-09T01:02:03.000004Z"'

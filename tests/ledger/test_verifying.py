"""The chain is read again: every change shows, a cut tail against an anchor."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sangkien.ledger import verifying
from sangkien.ledger.models import GENESIS, Act, Head
from sangkien.ledger.recording import acting
from sangkien.ledger.verifying import Anchor, Wrong, anchor, verify
from tests.factories.ledger import AT, THING, act, acts, note

pytestmark = pytest.mark.django_db


def _sql(text: str, *values: object) -> None:
    """Past the product, as somebody with the database in hands would."""
    with connection.cursor() as cursor:
        cursor.execute(text, values)


def _found() -> list[tuple[Wrong, int]]:
    return [(finding.wrong, finding.seq) for finding in verify()]


def _insert(forged: Act) -> None:
    fields = [field.attname for field in Act._meta.concrete_fields]
    values = [field.get_db_prep_save(getattr(forged, field.attname), connection) for field in Act._meta.concrete_fields]
    _sql(f"INSERT INTO ledger_act ({', '.join(fields)}) VALUES ({', '.join(['%s'] * len(fields))})", *values)


def test_a_chain_as_written_is_whole_and_so_is_an_empty_one() -> None:
    assert verify() == []
    assert anchor() == Anchor(0, GENESIS)
    acts(5)
    assert verify() == []
    assert verify(anchor()) == []


def test_a_changed_act_is_named_with_a_sentence() -> None:
    acts(3)
    _sql("UPDATE ledger_act SET payload = %s WHERE seq = 2", '{"number":9}')
    (finding,) = verify()
    assert (finding.wrong, finding.seq) == (Wrong.CHANGED, 2)
    assert finding.sentence == "Việc số 2 đã bị sửa sau khi ghi."


def test_a_changed_act_with_its_hash_made_anew_breaks_the_link_after_it() -> None:
    acts(3)
    forged = Act.objects.get(seq=2)
    forged.payload = '{"number":9}'
    _sql("UPDATE ledger_act SET payload = %s, hash = %s WHERE seq = 2", forged.payload, forged.digest())
    assert _found() == [(Wrong.INSERTED, 3)]


def test_removed_acts_are_counted() -> None:
    acts(6)
    _sql("DELETE FROM ledger_act WHERE seq IN (2, 4, 5)")
    assert [finding.sentence for finding in verify()] == [
        "Việc số 2 không còn trong sổ.",
        "Các việc từ số 4 đến số 5 không còn trong sổ.",
    ]


def test_removing_and_closing_the_gap_shows_at_the_link_and_at_the_head() -> None:
    acts(4)
    _sql("DELETE FROM ledger_act WHERE seq = 2")
    _sql("UPDATE ledger_act SET seq = 2 WHERE seq = 3")
    _sql("UPDATE ledger_act SET seq = 3 WHERE seq = 4")
    assert _found() == [(Wrong.INSERTED, 2), (Wrong.REMOVED, 4)]


def test_an_inserted_act_is_found_where_it_stands() -> None:
    acts(4)
    _sql("UPDATE ledger_act SET seq = 5 WHERE seq = 4")
    _sql("UPDATE ledger_act SET seq = 4 WHERE seq = 3")
    forged = act(3, AT + timedelta(minutes=1))
    forged.previous = "f" * 64
    forged.hash = forged.digest()
    _insert(forged)
    _sql("UPDATE ledger_head SET seq = 5")
    assert _found() == [(Wrong.INSERTED, 3), (Wrong.MOVED, 4)]


def test_an_act_added_after_the_head_is_found() -> None:
    acts(2)
    forged = act(3, AT + timedelta(hours=1))
    forged.previous = anchor().hash
    forged.hash = forged.digest()
    _insert(forged)
    assert _found() == [(Wrong.INSERTED, 3)]


def test_two_acts_in_each_others_place_are_found() -> None:
    acts(5)
    for old, new in ((2, 9), (3, 2), (9, 3)):
        _sql("UPDATE ledger_act SET seq = %s WHERE seq = %s", new, old)
    assert (Wrong.MOVED, 2) in _found()
    assert (Wrong.MOVED, 3) in _found()
    assert verify()[0].sentence == "Việc số 2 đứng sai chỗ: nó nối tiếp việc số 3."


def test_a_tail_cut_without_the_head_is_found_at_once() -> None:
    acts(4)
    _sql("DELETE FROM ledger_act WHERE seq > 2")
    assert [finding.sentence for finding in verify()] == ["Cuối sổ bị cắt: thiếu việc từ số 3 đến số 4."]


def test_a_tail_cut_with_the_head_shows_only_against_an_anchor() -> None:
    acts(4)
    kept = anchor()
    _sql("DELETE FROM ledger_act WHERE seq > 2")
    last = Act.objects.get(seq=2)
    _sql("UPDATE ledger_head SET seq = 2, hash = %s", last.hash)
    assert verify() == []
    assert [(finding.wrong, finding.seq) for finding in verify(kept)] == [(Wrong.REMOVED, 3)]


def test_a_chain_written_anew_shows_only_against_an_anchor() -> None:
    acts(4)
    kept = anchor()
    chain = list(Act.objects.order_by("seq"))
    chain[1].actor = "user:2"
    head = Head(seq=1, hash=chain[0].hash, at=chain[0].at)
    head.follow(chain[1:])
    for each in chain[1:]:
        _sql(
            "UPDATE ledger_act SET previous = %s, hash = %s WHERE seq = %s",
            f"{each.seq:064}",
            f"{each.seq:063}x",
            each.seq,
        )
    for each in chain[1:]:
        _sql(
            "UPDATE ledger_act SET actor = %s, previous = %s, hash = %s WHERE seq = %s",
            each.actor, each.previous, each.hash, each.seq,
        )  # fmt: skip
    _sql("UPDATE ledger_head SET hash = %s", head.hash)
    assert verify() == []
    assert [(finding.wrong, finding.seq) for finding in verify(kept)] == [(Wrong.ANCHOR, 4)]


def test_a_lost_head_is_found() -> None:
    acts(2)
    _sql("DELETE FROM ledger_head")
    assert _found() == [(Wrong.INSERTED, 1)]


def test_an_act_dated_before_the_one_before_it_is_found() -> None:
    acts(1)
    forged = act(2, AT - timedelta(days=1))
    forged.previous = anchor().hash
    forged.hash = forged.digest()
    _insert(forged)
    _sql("UPDATE ledger_head SET seq = 2, hash = %s", forged.hash)
    assert _found() == [(Wrong.BACKWARDS, 2)]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
@pytest.mark.slow
def test_any_single_changed_sign_is_found(data: st.DataObject) -> None:
    if not Act.objects.exists():
        acts(4)
    column = data.draw(st.sampled_from(["actor", "verb", "subject_kind", "subject_uid", "payload", "previous", "hash"]))
    seq = data.draw(st.integers(1, 4))
    old = str(Act.objects.values_list(column, flat=True).get(seq=seq))
    place = data.draw(st.sampled_from([i for i, sign in enumerate(old) if sign != "-" or column != "subject_uid"]))
    signs = "0123456789abcdef" if column in ("subject_uid", "hash", "previous") else "abcxyz0189đ{:,"
    new = data.draw(st.sampled_from([sign for sign in signs if sign != old[place]]))
    changed = old[:place] + new + old[place + 1 :]
    _sql(f"UPDATE ledger_act SET {column} = %s WHERE seq = %s", _stored(column, changed), seq)
    try:
        assert any(finding.seq in (seq, seq + 1) for finding in verify())
    finally:
        _sql(f"UPDATE ledger_act SET {column} = %s WHERE seq = %s", _stored(column, old), seq)
    assert verify() == []


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("at", AT + timedelta(microseconds=1)),
        ("at", AT - timedelta(microseconds=1)),
        ("acting_unit", THING),
        ("seen_by", "sealed"),
        ("seq", 7),
    ],
)
def test_a_change_of_any_other_column_is_found(column: str, value: object) -> None:
    acts(1)
    field = Act._meta.get_field(column)
    _sql(f"UPDATE ledger_act SET {column} = %s", field.get_db_prep_save(value, connection))
    assert _found() != []


def _stored(column: str, value: str) -> str:
    return value.replace("-", "") if column == "subject_uid" and connection.vendor == "sqlite" else value


@pytest.mark.parametrize(
    "change",
    ["at = at || 'x'", "at = 'hôm qua'", "subject_uid = 'không rõ'", "acting_unit = 'không rõ'",
     "payload = CAST(X'ff00ff' AS TEXT)", "hash = CAST(X'ff' AS TEXT)", "actor = 'a' || char(0)"],
)  # fmt: skip
def test_a_row_that_can_no_longer_be_read_is_a_finding_and_no_crash(change: str) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL does not store such values")
    acts(3)
    _sql(f"UPDATE ledger_act SET {change} WHERE seq = 2")
    assert (Wrong.CHANGED, 2) in _found()


def test_long_chains_are_read_in_pages_and_findings_end_at_a_hundred(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verifying, "_PAGE", 50)
    acts(230)
    with CaptureQueriesContext(connection) as asked:
        assert verify() == []
    assert len(asked) == 7  # five pages with acts, one without, the head
    _sql("UPDATE ledger_act SET actor = 'user:2'")
    assert len(verify()) == 100


def test_acts_appended_while_the_chain_is_read_are_no_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    acts(3)
    read = verifying._acts

    def then_write(*, after: int) -> Any:
        yield from read(after=after)
        if after == 0:
            with acting():
                note(at=AT + timedelta(hours=1))

    monkeypatch.setattr(verifying, "_acts", then_write)
    assert verify() == []


def test_an_anchor_reads_back_from_paper() -> None:
    acts(2)
    printed = str(anchor())
    assert Anchor.parse(f" {printed[:20].upper()} {printed[20:]}\n") == anchor()
    with pytest.raises(ValueError, match="64 ký tự"):
        Anchor.parse("2-abc")

"""Results are frozen with all that they depend on, opened again with a reason, reckoned again from what was frozen."""

from decimal import Decimal
from typing import Any

import pytest

from sangkien.accounts.refusal import Refused
from sangkien.appraisal.actions import results
from sangkien.appraisal.models import Mark, Recusal, ResultSet, ScoreResult, ScoreSheet
from sangkien.appraisal.reckoning.gathering import frozen, gather
from sangkien.intake import verifying as intake
from sangkien.intake.lifecycle import Stage
from sangkien.intake.models import Entry
from sangkien.ledger.models import Act
from sangkien.ledger.recording import Actor
from sangkien.scoring.official.reckoning import reckon
from sangkien.scoring.writing import sha256
from tests.appraisal.results.world import Scored
from tests.desk.world import NOW

pytestmark = pytest.mark.django_db
WHO: dict[str, Any] = {"by": Actor("user:1"), "at": NOW}


def stages(scored: Scored) -> list[str]:
    return [Entry.objects.get(pk=each.pk).stage for each in scored.entries]


def values() -> list[tuple[Decimal | None, int | None, bool | None]]:
    return list(ScoreResult.objects.order_by("entry__code").values_list("value", "rank", "passed"))


def test_what_was_closed_is_the_official_result_and_entries_with_one_go_on(scored: Scored) -> None:
    scored.read(scored.entries[0], 90, 84, 88)
    scored.read(scored.entries[1], 62, 57, 63)
    made = results.close(scored.criteria, **WHO)
    by_code = dict(made.rows.values_list("entry__code", "value"))
    assert by_code[scored.entries[0].code] == Decimal("87.33")
    assert by_code[scored.entries[1].code] == Decimal("60.67")
    assert by_code[scored.entries[2].code] is None
    assert stages(scored) == [Stage.ASSESSED, Stage.ASSESSED, Stage.APPRAISED, Stage.APPRAISED]


def test_it_is_reckoned_again_from_the_frozen_text_alone(scored: Scored) -> None:
    scored.all_read()
    made = results.close(scored.criteria, **WHO)
    assert (made.inputs_sha256, made.report_sha256) == (sha256(made.inputs), sha256(made.report))
    again = reckon(frozen(made).given)
    told = {each.entry: (each.score, each.rank, each.passed) for each in again.reckonings}
    assert told == {
        row.entry.code: (row.value and row.value.quantize(Decimal("0.01")), row.rank, row.passed)
        for row in made.rows.select_related("entry")
    }


def test_what_is_changed_afterwards_does_not_reach_it(scored: Scored) -> None:
    scored.all_read()
    made = results.close(scored.criteria, **WHO)
    before = made.inputs
    Mark.objects.update(value=1)
    assert ResultSet.objects.get().inputs == before
    assert reckon(frozen(made).given) != reckon(gather(scored.campaign, scored.criteria).given)


def test_the_second_click_answers_the_first_and_another_closing_is_refused(scored: Scored) -> None:
    scored.all_read()
    made = results.close(scored.criteria, **WHO, key="k")
    assert results.close(scored.criteria, **WHO, key="k") == made
    with pytest.raises(Refused, match="đã được chốt"):
        results.close(scored.criteria, **WHO, key="another")


def test_without_a_sheet_there_is_nothing_to_close(scored: Scored) -> None:
    with pytest.raises(Refused, match="Chưa giải pháp nào đủ phiếu"):
        results.close(scored.criteria, **WHO)
    assert not ResultSet.objects.exists()


def test_opening_again_keeps_both_and_says_why(scored: Scored) -> None:
    scored.all_read()
    first = results.close(scored.criteria, **WHO)
    with pytest.raises(Refused, match="lý do"):
        results.reopen(first, reason="  ", **WHO)
    results.reopen(first, reason="Một phiếu ghi nhầm giải pháp.", **WHO)
    results.reopen(first, reason="Lần nữa.", **WHO)
    assert stages(scored) == [Stage.APPRAISED] * 4
    Mark.objects.filter(sheet__entry=scored.entries[0]).update(value=Decimal(10))
    second = results.close(scored.criteria, **WHO)
    assert (first.number, second.number) == (1, 2)
    first.refresh_from_db()
    assert (first.reopened_reason, first.inputs_sha256 != second.inputs_sha256) == (
        "Một phiếu ghi nhầm giải pháp.",
        True,
    )
    verbs = list(Act.objects.filter(verb__startswith="results.").order_by("seq").values_list("verb", flat=True))
    assert verbs == ["results.closed", "results.reopened", "results.closed"]


def test_what_was_proposed_is_not_opened_again(scored: Scored) -> None:
    scored.all_read()
    made = results.close(scored.criteria, **WHO)
    Entry.objects.filter(pk=scored.entries[1].pk).update(stage=Stage.PROPOSED)
    with pytest.raises(Refused, match=scored.entries[1].code):
        results.reopen(made, reason="Sửa điểm.", **WHO)
    assert ResultSet.objects.get().superseded_at is None


def test_only_sheets_that_count_are_gathered(scored: Scored) -> None:
    drafted, typed, replaced, counted = scored.read(scored.entries[0], 10, 20, 30, 80)
    ScoreSheet.objects.filter(pk=drafted.pk).update(filed_at=None, sha256="")
    ScoreSheet.objects.filter(pk=typed.pk).update(entered_by="user:9")
    ScoreSheet.objects.filter(pk=replaced.pk).update(superseded_at=NOW, superseded_reason="Ghi nhầm.")
    given = gather(scored.campaign, scored.criteria).given
    assert [each.judge for each in given.sheets] == [str(counted.member.uid)]


def test_a_sheet_of_who_keeps_out_is_set_aside(scored: Scored) -> None:
    first, *_rest = scored.read(scored.entries[0], 10, 80, 90)
    Recusal.objects.create(
        entry=scored.entries[0], member=first.member, kind="recuse", reason="Người nhà.", made_at=NOW, made_by="user:1"
    )
    reckoning = reckon(gather(scored.campaign, scored.criteria).given).of(scored.entries[0].code)
    assert reckoning.score == Decimal("85.00")


def test_a_tie_is_broken_by_a_person_with_a_reason_only(scored: Scored) -> None:
    for each in scored.entries[:2]:
        scored.read(each, 70, 70)
    scored.read(scored.entries[2], 50, 50)
    first, second, third = scored.entries[:3]
    who: dict[str, Any] = {"criteria": scored.criteria, **WHO}
    with pytest.raises(Refused, match="lý do"):
        results.put_first(second, first, reason="", **who)
    with pytest.raises(Refused, match="không bằng điểm"):
        results.put_first(second, third, reason="Áp dụng rộng hơn.", **who)
    order = results.put_first(second, first, reason="Áp dụng rộng hơn.", **who)
    ranks = {each.entry: each.rank for each in reckon(gather(scored.campaign, scored.criteria).given).reckonings}
    assert (ranks[second.code], ranks[first.code], ranks[third.code]) == (1, 2, 3)
    results.lift(order, **WHO)
    results.lift(order, **WHO)
    assert reckon(gather(scored.campaign, scored.criteria).given).of(first.code).tied_with == (second.code,)


def test_no_order_is_changed_after_closing(scored: Scored) -> None:
    scored.read(scored.entries[0], 70)
    scored.read(scored.entries[1], 70)
    order = results.put_first(
        scored.entries[0], scored.entries[1], criteria=scored.criteria, reason="Số liệu rõ hơn.", **WHO
    )
    results.close(scored.criteria, **WHO)
    with pytest.raises(Refused, match="mở lại"):
        results.lift(order, **WHO)


def test_stages_stay_explained_by_the_ledger(scored: Scored) -> None:
    scored.all_read()
    made = results.close(scored.criteria, **WHO)
    results.reopen(made, reason="Sửa điểm.", **WHO)
    told = [line for line in intake.verify() if "Trạng thái" in line]
    assert len(told) == len(scored.entries)  # these rows were not made by acts; the moves alone change nothing of that

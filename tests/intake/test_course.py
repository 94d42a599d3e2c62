"""The course of an entry: drafted, sent with a receipt, returned, sent again, withdrawn, merged, deferred, admitted."""

from datetime import UTC, date, datetime, timedelta

import pytest

from sangkien.accounts.refusal import Refused
from sangkien.attachments import keeping
from sangkien.campaigns.actions import ending
from sangkien.campaigns.models import Campaign, Participant
from sangkien.initiatives.models import Revision
from sangkien.initiatives.telling import EditConflict
from sangkien.intake import verifying
from sangkien.intake.actions import (
    admitting,
    closing,
    consolidating,
    drafting,
    merging,
    returning,
    rolling,
    withdrawing,
)
from sangkien.intake.actions.returning import GapTold
from sangkien.intake.actions.sending import record_sending, submit
from sangkien.intake.lifecycle import Stage
from sangkien.intake.models import Channel, Entry, Evidence, Receipt, SubmissionItem
from sangkien.intake.queries import Answered, answers, consolidated, intake_per_day, pool
from sangkien.notices.models import Message
from tests.factories import attachments, campaigns, intake, papers
from tests.factories.district3 import District3
from tests.factories.intake import AFTER_DUE, DUE, HEAD, IN_TIME, LATE, LEAD

pytestmark = pytest.mark.django_db
WHO = {"by": HEAD, "at": IN_TIME}
LED = {"by": LEAD, "at": IN_TIME}


def _revision(entry: Entry) -> Revision:
    assert entry.revision is not None
    return entry.revision


# -- drafts


def test_a_draft_may_be_made_before_the_window_opens_but_not_sent(told: District3, campaign: Campaign) -> None:
    early = datetime(2024, 7, 10, tzinfo=UTC)
    entry = intake.draft(campaign, told.wards["Phường 04"], at=early)
    with pytest.raises(Refused, match="15/07/2024"):
        intake.sent(entry, at=early)
    assert intake.sent(entry).number == 1


def test_codes_say_the_units_place_and_which_of_its_entries(told: District3, campaign: Campaign) -> None:
    ward = told.wards["Phường 04"]
    place = Participant.objects.get(campaign=campaign, unit=ward).position
    first, second = intake.draft(campaign, ward), intake.draft(campaign, ward)
    drafting.discard(second, **WHO)
    third = intake.draft(campaign, ward)
    assert [first.code, third.code] == [f"{place:02}.01", f"{place:02}.03"]


def test_codes_stand_in_the_order_of_a_plan_with_more_than_99_units(told: District3, campaign: Campaign) -> None:
    near, far = told.wards["Phường 01"], told.wards["Phường 02"]
    before = intake.draft(campaign, near)
    Participant.objects.filter(campaign=campaign, unit=far).update(position=120)
    codes = [intake.draft(campaign, unit).code for unit in (near, far)]
    assert codes == sorted(codes)
    assert {len(code) for code in codes} == {len("120.01")}
    was = before.code
    before.refresh_from_db()
    assert before.code == was


def test_a_second_click_answers_the_first_draft(told: District3, campaign: Campaign) -> None:
    ward = told.wards["Phường 04"]
    first = drafting.start(campaign, ward, key="a", **WHO)
    assert drafting.start(campaign, ward, key="a", **WHO) == first
    assert Entry.objects.count() == 1


def test_two_colleagues_on_one_draft_are_told_and_nobody_is_overwritten(told: District3, campaign: Campaign) -> None:
    entry = intake.draft(campaign, told.wards["Phường 04"])
    seen = _revision(entry).edit_version
    drafting.edit(entry, told={"title": "Của chị Sen"}, edit_version=seen, **WHO)
    with pytest.raises(EditConflict) as conflict:
        drafting.edit(entry, told={"title": "Của anh Quản"}, edit_version=seen, by=LEAD, at=IN_TIME)
    assert (conflict.value.mine, conflict.value.theirs) == ({"title": "Của anh Quản"}, {"title": "Của chị Sen"})
    assert (conflict.value.by, conflict.value.edited_at) == (HEAD.id, IN_TIME)
    assert Revision.objects.get().title == "Của chị Sen"


def test_the_same_save_again_after_a_lost_answer_is_no_conflict(told: District3, campaign: Campaign) -> None:
    entry = intake.draft(campaign, told.wards["Phường 04"])
    saved = drafting.edit(entry, told={"note": "Hai lần"}, edit_version=1, **WHO)
    again = drafting.edit(entry, told={"note": "Hai lần"}, edit_version=1, **WHO)
    assert (saved.edit_version, again.edit_version) == (2, 2)


def test_texts_are_stored_without_control_characters_and_in_one_form(told: District3, campaign: Campaign) -> None:
    entry = intake.draft(campaign, told.wards["Phường 04"], title="To\u0302\u0301t \x00 \u200b quá")
    assert "\0" not in _revision(entry).title
    assert _revision(entry).title.startswith("Tốt")


def test_a_field_outside_the_plan_is_refused(told: District3, campaign: Campaign) -> None:
    with pytest.raises(Refused, match="lĩnh vực"):
        intake.draft(campaign, told.wards["Phường 04"], fields=("astrology",))


def test_a_solution_not_yet_applied_is_refused(told: District3, campaign: Campaign) -> None:
    with pytest.raises(Refused, match="chưa đến"):
        intake.draft(campaign, told.wards["Phường 04"], first_applied_date=date(2025, 1, 1))


def test_evidence_of_a_draft(told: District3, campaign: Campaign) -> None:
    entry = intake.draft(campaign, told.wards["Phường 04"])
    received = keeping.receive(attachments.file(), "ảnh.pdf", **WHO)
    first = drafting.add_evidence(entry, received, caption=" Ảnh  chụp ", **WHO)
    assert drafting.add_evidence(entry, received, caption="", **WHO) == first
    assert first.caption == "Ảnh chụp"
    drafting.remove_evidence(first, **WHO)
    drafting.remove_evidence(first, **WHO)
    assert entry.evidence.filter(removed_at__isnull=True).count() == 0


def test_others_see_evidence_as_it_was_sent(told: District3, campaign: Campaign) -> None:
    entry = intake.draft(campaign, told.wards["Phường 04"])
    old, new = (
        keeping.receive(attachments.file(attachments.PDF + tail), "a.pdf", **WHO) for tail in (b"% 1\n", b"% 2\n")
    )
    first = drafting.add_evidence(entry, old, caption="Cũ", **WHO)
    intake.sent(entry)
    later = {"by": HEAD, "at": IN_TIME + timedelta(hours=1)}
    drafting.begin_revision(entry, **later)
    drafting.remove_evidence(first, **later)
    drafting.add_evidence(entry, new, caption="Mới", **later)
    assert [each.caption for each in Evidence.objects.as_sent()] == ["Cũ"]
    assert [each.caption for each in Evidence.objects.standing()] == ["Mới"]
    intake.sent(entry, at=later["at"])
    assert [each.caption for each in Evidence.objects.as_sent()] == ["Mới"]
    assert list(verifying.verify()) == []
    Evidence.objects.update(removed_at=None)
    assert len(list(verifying.verify())) == 1


# -- sending


def test_a_draft_is_sent_and_gets_receipt_number_one(entry: Entry) -> None:
    assert (Receipt.objects.get().number, entry.stage, entry.is_late) == (1, Stage.SUBMITTED, False)
    assert _revision(entry).is_frozen


def test_a_second_click_answers_the_first_receipt(told: District3, campaign: Campaign) -> None:
    entry = intake.draft(campaign, told.wards["Phường 04"])
    first = intake.sent(entry, key="once")
    assert intake.sent(entry, key="once") == first
    assert Receipt.objects.count() == 1


def test_an_incomplete_report_is_told_what_is_missing(told: District3, campaign: Campaign) -> None:
    entry = intake.draft(campaign, told.wards["Phường 04"], effectiveness=" ")
    with pytest.raises(Refused, match="thiếu “Hiệu quả”"):
        intake.sent(entry)
    assert intake.sent(entry, accept_gaps=True).number == 1


def test_late_is_marked_and_accepted(told: District3, campaign: Campaign) -> None:
    last = datetime(2024, 9, 15, 16, 59, 59, 999999, tzinfo=UTC)
    in_time = intake.submitted(campaign, told.wards["Phường 04"], at=last)
    late = intake.submitted(campaign, told.wards["Phường 05"], at=last + timedelta(microseconds=1))
    assert (in_time.is_late, late.is_late) == (False, True)


def test_sending_again_before_the_deadline_supersedes_and_keeps_both(entry: Entry) -> None:
    old = _revision(entry)
    draft = drafting.begin_revision(entry, **WHO)
    drafting.edit(entry, told={"effectiveness": "Giảm 60%."}, edit_version=draft.edit_version, **WHO)
    assert intake.sent(entry).number == 2
    assert _revision(entry).number == old.number + 1
    items = SubmissionItem.objects.order_by("pk")
    assert [each.superseded_at is None for each in items] == [False, True]
    old.refresh_from_db()
    assert old.is_frozen


def test_sending_again_after_the_deadline_is_refused(entry: Entry) -> None:
    with pytest.raises(Refused, match="hết hạn"):
        drafting.begin_revision(entry, by=HEAD, at=LATE)


def test_sending_takes_a_nil_answer_back(told: District3, campaign: Campaign) -> None:
    ward = told.wards["Phường 04"]
    closing.answer_nil(Participant.objects.get(campaign=campaign, unit=ward), **WHO)
    intake.submitted(campaign, ward)
    assert Participant.objects.get(campaign=campaign, unit=ward).answer == "none"
    with pytest.raises(Refused, match="đã gửi"):
        closing.answer_nil(Participant.objects.get(campaign=campaign, unit=ward), **WHO)


def test_recorded_on_behalf_counts_by_its_arrival(told: District3, campaign: Campaign) -> None:
    ward, file = told.wards["Phường 04"], attachments.attachment()
    entry = drafting.start(campaign, ward, told=intake.TOLD, by=LEAD, at=LATE, opened_by_lead=True)
    receipt = record_sending(
        campaign, ward, [entry], arrived_at=IN_TIME, channel=Channel.PAPER, file=file,
        by=LEAD, at=LATE, key="b",
    )  # fmt: skip
    entry.refresh_from_db()
    assert (entry.is_late, receipt.submission and receipt.submission.is_recorded) == (False, True)


def test_another_units_entry_is_refused(told: District3, campaign: Campaign) -> None:
    entry = intake.draft(campaign, told.wards["Phường 04"])
    with pytest.raises(Refused, match="không phải của đơn vị"):
        submit(campaign, told.wards["Phường 05"], [entry], key="x", **WHO)


# -- sent back


def test_returned_with_gaps_and_resubmitted_in_time_whenever(entry: Entry) -> None:
    back = intake.returned(entry)
    assert entry.stage == Stage.CHANGES_REQUESTED
    with pytest.raises(Refused, match="chưa có gì mới"):
        intake.sent(entry)
    draft = drafting.begin_revision(entry, by=HEAD, at=LATE)
    drafting.edit(entry, told={"note": "Đã bổ sung"}, edit_version=draft.edit_version, by=HEAD, at=LATE)
    receipt = intake.sent(entry, at=LATE)
    back.refresh_from_db()
    assert (back.answered_by, entry.stage, entry.is_late) == (receipt.submission, Stage.SUBMITTED, False)


def test_a_second_click_answers_the_first_return(entry: Entry) -> None:
    gaps = [GapTold("Thiếu số liệu")]
    first = returning.send_back(entry, gaps=gaps, due_date=DUE, key="r", **LED)
    assert returning.send_back(entry, gaps=gaps, due_date=DUE, key="r", **LED) == first


def test_without_answer_a_person_decides_after_the_day(entry: Entry) -> None:
    intake.returned(entry)
    with pytest.raises(Refused, match="còn thời gian"):
        returning.reject(entry, reason="Không bổ sung", **LED)
    returning.reject(entry, reason="Không bổ sung", by=LEAD, at=AFTER_DUE)
    entry.refresh_from_db()
    assert (entry.stage, entry.stage_reason) == (Stage.REJECTED, "Không bổ sung")


# -- withdrawn, merged


def test_withdrawn_and_taken_up_again(entry: Entry) -> None:
    withdrawing.withdraw(entry, reason="Gửi nhầm", **WHO)
    withdrawing.take_up(entry, **WHO)
    entry.refresh_from_db()
    assert (entry.stage, _revision(entry).is_frozen) == (Stage.DRAFT, False)
    assert intake.sent(entry).number == 2


def test_merged_keeps_the_units_and_is_undone(told: District3, campaign: Campaign, entry: Entry) -> None:
    other = intake.submitted(campaign, told.wards["Phường 05"])
    merging.merge(other, into=entry, **LED)
    assert [each.unit for each in entry.initiative.co_implementers.all()] == [told.wards["Phường 05"]]
    other.refresh_from_db()
    assert (other.stage, other.merged_into) == (Stage.MERGED, entry)
    merging.unmerge(other, **LED)
    other.refresh_from_db()
    assert (other.stage, entry.initiative.co_implementers.count()) == (Stage.SUBMITTED, 0)


# -- admitted, consolidated


def test_admitted_together_and_undone_until_a_consolidation_rests_on_it(
    told: District3, campaign: Campaign, entry: Entry
) -> None:
    other = intake.submitted(campaign, told.wards["Phường 05"])
    admission = intake.admitted(entry, other)
    admitting.undo_admission(admission, only=[other], **LED)
    other.refresh_from_db()
    assert other.stage == Stage.SUBMITTED
    consolidating.consolidate(campaign, **LED)
    with pytest.raises(Refused, match=entry.code):
        admitting.undo_admission(admission, **LED)


def test_late_ones_are_admitted_only_for_a_reason(told: District3, campaign: Campaign) -> None:
    late = intake.submitted(campaign, told.wards["Phường 04"], at=LATE)
    with pytest.raises(Refused, match="sau hạn"):
        intake.admitted(late, at=LATE)
    intake.admitted(late, at=LATE, late_reason="Mất điện cả phường")
    assert (late.stage, late.stage_reason) == (Stage.ADMITTED, "Mất điện cả phường")


def test_the_consolidation_lists_each_admitted_entry_once_in_the_plans_order(
    told: District3, campaign: Campaign
) -> None:
    names = ["Phường 05", "Phường 01", "Phường 05", "Phường 14"]
    made = [intake.submitted(campaign, told.wards[name]) for name in names]
    intake.admitted(*made[:3])
    frozen = consolidating.consolidate(campaign, key="c", **LED)
    rows = list(frozen.rows.order_by("position").values_list("position", "entry"))
    assert rows == [(1, made[1].pk), (2, made[0].pk), (3, made[2].pk)]
    assert consolidating.consolidate(campaign, key="c", **LED) == frozen
    assert frozen.paper.blocks_sha256
    assert [each.pk for each in consolidated(campaign)] == [pk for _place, pk in rows]


# -- the end


def test_a_campaign_ends_only_when_nothing_in_time_is_open(told: District3, campaign: Campaign, entry: Entry) -> None:
    late = intake.submitted(campaign, told.wards["Phường 05"], at=LATE)
    ending.begin_assessment(campaign, by=LEAD, at=LATE)
    with pytest.raises(Refused, match=entry.code):
        closing.conclude(campaign, by=LEAD, at=LATE)
    intake.admitted(entry, at=LATE)
    closing.conclude(campaign, by=LEAD, at=LATE)
    late.refresh_from_db()
    assert late.stage == Stage.DEFERRED


def test_a_deferred_entry_has_one_successor_after_its_units_word(told: District3, campaign: Campaign) -> None:
    following = intake.second_campaign(told)
    late = intake.submitted(campaign, told.wards["Phường 04"], at=LATE)
    closing.defer_late(campaign, by=LEAD, at=LATE)
    new = rolling.roll_over(late, into=following, by=HEAD, at=LATE)
    assert rolling.roll_over(late, into=following, by=HEAD, at=LATE) == new
    assert (new.deferred_from, new.stage, new.revision and new.revision.title) == (
        late, Stage.DRAFT, _revision(late).title,
    )  # fmt: skip
    assert intake.sent(new, at=LATE).number == 1


def test_what_is_no_longer_applied_is_not_asked_for_again(told: District3, campaign: Campaign) -> None:
    following = intake.second_campaign(told)
    late = intake.submitted(campaign, told.wards["Phường 04"], at=LATE)
    with pytest.raises(Refused, match="chuyển từ đợt trước"):
        rolling.no_longer_applied(late, reason="Đã thôi", by=HEAD, at=LATE)
    closing.defer_late(campaign, by=LEAD, at=LATE)
    assert list(pool(told.district)) == [late]
    for _click in range(2):
        rolling.no_longer_applied(late, reason="Phần mềm đã thay", by=HEAD, at=LATE)
    assert list(pool(told.district)) == []
    with pytest.raises(Refused, match="không còn áp dụng"):
        rolling.roll_over(late, into=following, by=HEAD, at=LATE)


def test_a_request_issued_afterwards_is_named_beside_the_return(told: District3) -> None:
    letter, foreign, draft = (papers.ready(unit) for unit in (told.district, told.wards["Phường 05"], told.district))
    for number, paper in enumerate((letter, foreign), 1):
        papers.issue(paper, number=number)
    entry = intake.submitted(campaigns.issued(told), told.wards["Phường 04"])
    back = intake.returned(entry)
    for wrong in (draft, foreign):
        with pytest.raises(Refused):
            returning.attach_letter([back], letter=wrong, **LED)
    returning.attach_letter([back], letter=letter, **LED)
    back.refresh_from_db()
    assert back.letter == letter


# -- told and counted


def test_units_are_told_of_receipt_and_return(entry: Entry) -> None:
    intake.returned(entry)
    kinds = list(Message.objects.order_by("pk").values_list("kind", flat=True))
    assert kinds == ["intake.received", "intake.returned"]
    assert "20/08/2024" in Message.objects.get(kind="intake.returned").title


def test_answers_of_all_units_in_two_statements(
    told: District3, campaign: Campaign, entry: Entry, django_assert_num_queries: object
) -> None:
    closing.answer_nil(Participant.objects.get(campaign=campaign, unit=told.wards["Phường 05"]), **WHO)
    intake.submitted(campaign, told.wards["Phường 01"], at=LATE)
    with django_assert_num_queries(2):  # type: ignore[operator]  # pytest-django's fixture has no type
        got = {each.participant.unit_id: (each.answer, each.count, each.late) for each in answers(campaign)}
    assert got[told.wards["Phường 04"].pk] == (Answered.SENT, 1, 0)
    assert got[told.wards["Phường 01"].pk] == (Answered.SENT, 1, 1)
    assert got[told.wards["Phường 05"].pk][0] == Answered.NIL
    assert got[told.wards["Phường 02"].pk] == (Answered.NONE, 0, 0)
    assert [(day.on, day.count, day.late) for day in intake_per_day(campaign)] == [
        (date(2024, 8, 1), 1, 0),
        (date(2024, 9, 16), 1, 1),
    ]

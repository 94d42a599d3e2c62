"""Routing, single assignments, opinions, supplements and guidance: what happens and what is refused."""

from datetime import date, timedelta
from typing import Any

import pytest

from sangkien.accounts.refusal import Refused
from sangkien.appraisal import verifying
from sangkien.appraisal.actions import assigning, guidance, opinions, routing, supplements
from sangkien.appraisal.actions.opinions import OpinionConflict, Said
from sangkien.appraisal.actions.routing import Sent
from sangkien.appraisal.models import (
    Assignment,
    Opinion,
    Recusal,
    Referral,
    Routing,
    SupplementRequest,
    SupportRequest,
    Target,
    Verdict,
)
from sangkien.campaigns.actions.standing_in import appoint_stand_in
from sangkien.intake import verifying as intake_verifying
from sangkien.intake.lifecycle import Stage
from sangkien.intake.models import Entry
from sangkien.ledger import verifying as ledger
from sangkien.notices.models import Message
from sangkien.units.models import Unit
from tests.appraisal import course
from tests.appraisal.course import DUE, REVIEWER, ROUTED, filed, routed, routed_to
from tests.desk.world import World
from tests.factories.intake import HEAD, LATE, LEAD
from tests.factories.units import AT

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
WHO: dict[str, Any] = {"by": LEAD, "at": ROUTED + timedelta(hours=2)}
OURS: dict[str, Any] = {"by": REVIEWER, "at": ROUTED + timedelta(hours=2)}
LATER_DUE = date(2024, 10, 30)


def office(world: World, name: str) -> Unit:
    return world.told.offices[name]


@pytest.fixture
def entry(world: World) -> Entry:
    return course.admitted(world.campaign, world.ward)


def whole() -> None:
    assert ledger.verify() == []
    assert [*intake_verifying.verify(), *verifying.verify()] == []


def stage(entry: Entry) -> str:
    entry.refresh_from_db()
    return entry.stage


# -- routing


def test_the_plan_sends_each_entry_to_its_owners_and_tells_each_office_once(world: World, entry: Entry) -> None:
    school = course.admitted(world.campaign, world.neighbour, sector="education")
    made = routed(world.campaign, entry, school)
    got = set(Assignment.objects.filter(routing=made).values_list("entry", "office"))
    ours = [world.told.offices[name].pk for name in ("Văn phòng UBND Quận 3", "Phòng Văn hóa và Thông tin")]
    education = world.told.offices["Phòng Giáo dục và Đào tạo"].pk
    assert got == {(entry.pk, each) for each in ours} | {(school.pk, each) for each in [*ours, education]}
    assert {stage(entry), stage(school)} == {Stage.IN_APPRAISAL}
    told = Message.objects.filter(kind="appraisal.routed")
    assert told.count() == len({each.office_id for each in Assignment.objects.filter(routing=made)})
    assert not told.filter(text__contains=entry.code).exists()
    whole()


def test_an_office_never_gets_its_own_and_the_chairs_stand_in_takes_it(world: World) -> None:
    justice, finance = office(world, "Phòng Tư pháp"), office(world, "Phòng Nội vụ")
    own = course.admitted(world.campaign, justice, fields=("institutions",))
    appoint_stand_in(world.campaign, unit_in_conflict=justice, office=finance, by=LEAD, at=ROUTED)
    routed(world.campaign, own)
    row = Assignment.objects.get(entry=own)
    assert (row.office, row.in_place_of, row.reason) == (finance, justice, "stand_in")
    with pytest.raises(Refused, match="không được thẩm định"):
        assigning.assign(own, course.to(justice)[0], due_date=DUE, **WHO)


def test_where_nobody_may_judge_it_goes_straight_on_and_is_appraised(world: World) -> None:
    own = course.admitted(world.campaign, office(world, "Phòng Tư pháp"), fields=("institutions",))
    routed(world.campaign, own)
    assert Referral.objects.get(entry=own).target == Target.CHAIR
    assert stage(own) == Stage.APPRAISED
    whole()


def test_a_recused_office_and_a_place_without_judge_are_refused(world: World, entry: Entry) -> None:
    justice = office(world, "Phòng Tư pháp")
    Recusal.objects.create(entry=entry, office=justice, kind="abstain", reason="Người nhà.", made_at=AT, made_by="x")
    with pytest.raises(Refused, match="không được thẩm định"):
        routed_to(entry, justice)
    with pytest.raises(Refused, match="chưa có nơi thẩm định"):
        routing.route(world.campaign, [Sent(entry)], due_date=DUE, **WHO)
    with pytest.raises(Refused, match="Hạn thẩm định đã qua"):
        routing.route(world.campaign, [Sent(entry, course.to(justice))], due_date=date(2024, 9, 1), **WHO)
    with pytest.raises(Refused, match="chưa chọn"):
        routing.route(world.campaign, [], due_date=DUE, **WHO)
    assert (stage(entry), Assignment.objects.count(), Routing.objects.count()) == (Stage.ADMITTED, 0, 0)


def test_one_click_twice_is_one_routing(world: World, entry: Entry) -> None:
    sent = course.sent_by_plan(world.campaign, [entry])
    first = routing.route(world.campaign, sent, due_date=DUE, key="one", **WHO)
    assert routing.route(world.campaign, sent, due_date=DUE, key="one", **WHO) == first
    assert Routing.objects.count() == 1


def test_the_campaign_goes_over_to_assessment_once_its_window_has_closed(world: World, entry: Entry) -> None:
    other = course.admitted(world.campaign, world.neighbour)
    routed(world.campaign, entry)
    world.campaign.refresh_from_db()
    assert world.campaign.state == "issued"
    routed(world.campaign, other, at=LATE)
    world.campaign.refresh_from_db()
    assert world.campaign.state == "in_assessment"


def test_a_routing_is_taken_back_while_nobody_has_opened_one(world: World, entry: Entry) -> None:
    made = routed(world.campaign, entry)
    assert [each.pk for each in routing.undo(made, **WHO)] == [entry.pk]
    assert stage(entry) == Stage.ADMITTED
    assert not Assignment.objects.current().exists()
    made.refresh_from_db()
    assert routing.undo(made, **WHO) == []
    routed(world.campaign, entry, at=WHO["at"])
    assert stage(entry) == Stage.IN_APPRAISAL
    whole()


def test_an_opened_one_keeps_the_routing_as_it_is(world: World, entry: Entry) -> None:
    made = routed(world.campaign, entry)
    row = Assignment.objects.filter(entry=entry)[0]
    assert opinions.mark_opened(row, at=ROUTED)
    assert not opinions.mark_opened(row, at=ROUTED)
    with pytest.raises(Refused, match="Đã có người mở"):
        routing.undo(made, **WHO)
    made.refresh_from_db()
    assert (made.undone_at, stage(entry)) == (None, Stage.IN_APPRAISAL)


# -- single assignments


def test_what_an_office_gives_back_waits_for_the_lead_unit(world: World, entry: Entry) -> None:
    justice, other = office(world, "Phòng Tư pháp"), office(world, "Phòng Nội vụ")
    mine, theirs = routed_to(entry, justice, other)
    with pytest.raises(Refused, match="cần có lý do"):
        assigning.give_back(mine, reason=" ", **OURS)
    assigning.give_back(mine, reason="Việc của thuế.", **OURS)
    filed(theirs)
    assert stage(entry) == Stage.IN_APPRAISAL
    assert Message.objects.filter(kind="appraisal.given_back", to_unit=world.lead).count() == 1
    third = office(world, "Phòng Văn hóa và Thông tin")
    new = assigning.assign(entry, course.to(third)[0], due_date=LATER_DUE, **WHO)
    assert stage(entry) == Stage.IN_APPRAISAL
    filed(new)
    assert stage(entry) == Stage.APPRAISED
    whole()


def test_or_needs_nobody_in_its_place(world: World, entry: Entry) -> None:
    mine, theirs = routed_to(entry, office(world, "Phòng Tư pháp"), office(world, "Phòng Nội vụ"))
    assigning.give_back(mine, reason="Việc của thuế.", **OURS)
    mine.refresh_from_db()
    filed(theirs)
    assigning.leave_given_back(mine, reason="Một nơi là đủ.", **WHO)
    assert stage(entry) == Stage.APPRAISED
    with pytest.raises(Refused):
        assigning.leave_given_back(mine, reason="Một nơi là đủ.", **WHO)


def test_the_last_one_is_replaced_not_taken_away(world: World, entry: Entry) -> None:
    justice, other = office(world, "Phòng Tư pháp"), office(world, "Phòng Nội vụ")
    (mine,) = routed_to(entry, justice)
    with pytest.raises(Refused, match="nơi duy nhất"):
        assigning.withdraw(mine, reason="Quá tải.", **WHO)
    new = assigning.reassign(mine, course.to(other)[0], reason="Quá tải.", due_date=DUE, **WHO)
    mine.refresh_from_db()
    assert (mine.withdrawn_reason, new.office, new.withdrawn_at) == ("Quá tải.", other, None)
    with pytest.raises(Refused, match="không còn giao"):
        opinions.save_draft(mine, Said(Verdict.NO, "…"), edit_version=0, **OURS)
    with pytest.raises(Refused, match="rồi"):
        assigning.assign(entry, course.to(other)[0], due_date=DUE, **WHO)
    whole()


def test_straight_to_the_council_ends_what_was_open(world: World, entry: Entry) -> None:
    mine, theirs = routed_to(entry, office(world, "Phòng Tư pháp"), office(world, "Phòng Nội vụ"))
    filed(theirs)
    assigning.refer(entry, Target.COUNCIL, reason="Phòng xin thôi.", **WHO)
    mine.refresh_from_db()
    assert mine.withdrawn_at is not None
    assert stage(entry) == Stage.APPRAISED
    assert Opinion.objects.filed().count() == 1


# -- opinions


def test_the_last_opinion_in_ends_the_appraisal(world: World, entry: Entry) -> None:
    mine, theirs = routed_to(entry, office(world, "Phòng Tư pháp"), office(world, "Phòng Nội vụ"))
    filed(mine)
    assert stage(entry) == Stage.IN_APPRAISAL
    filed(theirs, Verdict.NO, "Chưa thấy hiệu quả.")
    assert stage(entry) == Stage.APPRAISED
    whole()


@pytest.mark.parametrize(
    ("verdict", "reasons", "sentence"),
    [(None, course.BECAUSE, "chọn một kết luận"), (Verdict.SUPPORT, "  ", "ghi lý do")],
)
def test_an_opinion_has_a_verdict_and_reasons(
    world: World, entry: Entry, verdict: Verdict | None, reasons: str, sentence: str
) -> None:
    (mine,) = routed_to(entry, office(world, "Phòng Tư pháp"))
    with pytest.raises(Refused, match=sentence):
        opinions.file(mine, Said(verdict, reasons), edit_version=0, **OURS)
    assert (stage(entry), Opinion.objects.count()) == (Stage.IN_APPRAISAL, 0)


def test_two_colleagues_on_one_draft_overwrite_nobody(world: World, entry: Entry) -> None:
    (mine,) = routed_to(entry, office(world, "Phòng Tư pháp"))
    first = opinions.save_draft(mine, Said(None, "Đang xem."), edit_version=0, **OURS)
    assert opinions.save_draft(mine, Said(None, "Đang xem."), edit_version=0, **OURS) == first
    opinions.save_draft(mine, Said(Verdict.NO, "Chưa rõ."), edit_version=first.edit_version, **OURS)
    with pytest.raises(OpinionConflict) as raised:
        opinions.save_draft(mine, Said(Verdict.SUPPORT, "Rõ."), edit_version=first.edit_version, **OURS)
    assert (raised.value.theirs.reasons, raised.value.mine.reasons) == ("Chưa rõ.", "Rõ.")
    assert Opinion.objects.get(assignment=mine).reasons == "Chưa rõ."


def test_a_correction_is_a_new_one_and_both_are_kept(world: World, entry: Entry) -> None:
    (mine,) = routed_to(entry, office(world, "Phòng Tư pháp"))
    first = filed(mine)
    assert stage(entry) == Stage.APPRAISED
    second = filed(mine, Verdict.NO, "Xem lại thì số liệu sai.")
    first.refresh_from_db()
    assert (first.superseded_at is not None, first.verdict, second.superseded_at) == (True, Verdict.SUPPORT, None)
    assert stage(entry) == Stage.APPRAISED
    Entry.objects.filter(pk=entry.pk).update(stage=Stage.PROPOSED)
    with pytest.raises(Refused, match="không làm việc này được nữa"):
        filed(mine)


def test_a_light_second_says_the_same_and_only_of_this_entry(world: World, entry: Entry) -> None:
    other = course.admitted(world.campaign, world.neighbour)
    mine, theirs = routed_to(entry, office(world, "Phòng Tư pháp"), office(world, "Phòng Nội vụ"))
    (elsewhere,) = routed_to(other, office(world, "Phòng Nội vụ"))
    foreign = filed(elsewhere, Verdict.NO, "Chưa rõ.")
    with pytest.raises(Refused, match="không còn ở đó"):
        filed(mine, agrees_with=foreign)
    first = filed(theirs, Verdict.SUPPORT_WITH_CHANGES, "Cần sửa tên.")
    second = filed(mine, Verdict.NO, "", agrees_with=first)
    assert (second.verdict, second.agrees_with) == (Verdict.SUPPORT_WITH_CHANGES, first)
    assert second.reasons
    whole()


def test_an_office_in_conflict_since_then_files_nothing(world: World, entry: Entry) -> None:
    justice = office(world, "Phòng Tư pháp")
    (mine,) = routed_to(entry, justice)
    Recusal.objects.create(entry=entry, office=justice, kind="recuse", reason="Người nhà.", made_at=AT, made_by="x")
    with pytest.raises(Refused, match="không được thẩm định"):
        filed(mine)


def test_one_click_twice_files_once(world: World, entry: Entry) -> None:
    (mine,) = routed_to(entry, office(world, "Phòng Tư pháp"))
    assert filed(mine, key="one") == filed(mine, key="one")
    assert Opinion.objects.count() == 1


def test_what_was_written_past_the_actions_is_found(world: World, entry: Entry) -> None:
    (mine,) = routed_to(entry, office(world, "Phòng Tư pháp"))
    opinion = filed(mine)
    Opinion.objects.filter(pk=opinion.pk).update(verdict=Verdict.NO)
    assert len(list(verifying.verify())) == 1
    Opinion.objects.filter(pk=opinion.pk).update(verdict=Verdict.SUPPORT)
    Assignment.objects.filter(pk=mine.pk).update(office=office(world, "Phòng Nội vụ"))
    assert len(list(verifying.verify())) == 1


# -- supplements


def test_a_question_is_answered_once_and_the_text_stays(world: World, entry: Entry) -> None:
    (mine,) = routed_to(entry, office(world, "Phòng Tư pháp"))
    before = mine.revision.sha256
    asked = supplements.ask(mine, question="Số liệu trước khi làm?", due_date=DUE, key="q", **OURS)
    assert supplements.ask(mine, question="Số liệu trước khi làm?", due_date=DUE, key="q", **OURS) == asked
    with pytest.raises(Refused, match="ghi câu trả lời"):
        supplements.answer(asked, text=" ", by=HEAD, at=WHO["at"])
    supplements.answer(asked, text="Trước đây 21 %.", by=HEAD, at=WHO["at"])
    with pytest.raises(Refused, match="đã được trả lời"):
        supplements.answer(asked, text="Nhầm.", by=HEAD, at=WHO["at"])
    with pytest.raises(Refused, match="đã trả lời"):
        supplements.withdraw(asked, **OURS)
    mine.revision.refresh_from_db()
    assert mine.revision.sha256 == before
    to_unit = Message.objects.get(kind="intake.supplement_asked")
    assert (to_unit.to_unit, "Tư pháp" in to_unit.title + to_unit.text) == (world.ward, False)
    assert Message.objects.filter(kind="appraisal.supplement_answered").count() == 1
    whole()


def test_a_withdrawn_question_is_answered_no_more(world: World, entry: Entry) -> None:
    (mine,) = routed_to(entry, office(world, "Phòng Tư pháp"))
    asked = supplements.ask(mine, question="Số liệu?", due_date=DUE, **OURS)
    supplements.withdraw(asked, **OURS)
    supplements.withdraw(asked, **OURS)
    with pytest.raises(Refused, match="đã thu hồi"):
        supplements.answer(asked, text="21 %.", by=HEAD, at=WHO["at"])
    assert SupplementRequest.objects.get().withdrawn_at is not None


# -- guidance


def test_a_unit_asks_shares_and_stops_sharing(world: World) -> None:
    draft = course.intake.draft(world.campaign, world.ward)
    justice = office(world, "Phòng Tư pháp")
    told: dict[str, Any] = {"title": "Nêu số liệu thế nào", "text": "Có cần số liệu hằng tháng không?"}
    ask = guidance.ask(
        world.campaign, world.ward, justice, entry=draft, shares_draft=True, by=HEAD, at=ROUTED, key="s", **told
    )
    assert guidance.ask(world.campaign, world.ward, justice, entry=draft, by=HEAD, at=ROUTED, key="s", **told) == ask
    guidance.write(ask, from_office=True, text="Theo quý là đủ.", **OURS)
    guidance.write(ask, from_office=False, text="Cảm ơn.", by=HEAD, at=WHO["at"])
    ask.refresh_from_db()
    assert (ask.first_answered_at, ask.messages.count()) == (OURS["at"], 3)
    guidance.share(ask, shares_draft=False, by=HEAD, at=WHO["at"])
    guidance.share(ask, shares_draft=False, by=HEAD, at=WHO["at"])
    guidance.close(ask, by=HEAD, at=WHO["at"])
    guidance.close(ask, by=HEAD, at=WHO["at"])
    with pytest.raises(Refused, match="khép lại"):
        guidance.write(ask, from_office=True, text="Thêm.", **OURS)
    assert ledger.verify() == []


def test_only_an_office_in_charge_is_asked_and_only_about_ones_own(world: World) -> None:
    other = course.intake.draft(world.campaign, world.neighbour)
    told: dict[str, Any] = {"title": "Hỏi", "text": "Hỏi gì đó.", "by": HEAD, "at": ROUTED}
    with pytest.raises(Refused, match="không phụ trách"):
        guidance.ask(world.campaign, world.ward, world.neighbour, **told)
    with pytest.raises(Refused, match="không phải của đơn vị"):
        guidance.ask(world.campaign, world.ward, office(world, "Phòng Tư pháp"), entry=other, **told)
    with pytest.raises(Refused, match="chính đơn vị"):
        guidance.ask(world.campaign, office(world, "Phòng Tư pháp"), office(world, "Phòng Tư pháp"), **told)
    with pytest.raises(Refused, match="tên câu hỏi"):
        guidance.ask(world.campaign, world.ward, office(world, "Phòng Tư pháp"), **{**told, "title": " "})
    assert not SupportRequest.objects.exists()

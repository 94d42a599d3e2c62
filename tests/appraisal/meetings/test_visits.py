"""A visit from plan to conclusion; what a phone sends twice or late is there once."""

import json
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile

from sangkien.accounts.refusal import Refused
from sangkien.appraisal.actions.meetings import noting, visits
from sangkien.appraisal.actions.meetings.common import Person
from sangkien.appraisal.models import SiteVisit, VisitNote
from sangkien.attachments import storage
from sangkien.campaigns.models import Criterion
from sangkien.ledger.models import Act
from sangkien.notices.models import Message
from tests.appraisal.meetings.world import TOMORROW, Council, later
from tests.factories.pictures import SECRET, photograph

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def test_the_checklist_comes_from_the_criteria_and_own_questions(council: Council) -> None:
    Criterion.objects.filter(set=council.criteria, position=1).update(evidence_expected="sổ theo dõi")
    visit = council.visit(own_questions=["Có mấy máy lấy số?"])
    asked = list(visit.checks.order_by("position").values_list("question", flat=True))
    assert asked[0].endswith(": sổ theo dõi")
    assert asked[-1] == "Có mấy máy lấy số?"
    assert len(asked) == council.criteria.criteria.count() + 1


def test_an_entry_of_another_unit_is_not_looked_at_there(council: Council) -> None:
    with pytest.raises(Refused, match="không phải của đơn vị được khảo sát"):
        council.visit(entries=[council.entries[1]])


def test_a_visit_has_one_head(council: Council) -> None:
    heads = [Person("Lê Thị Sen", is_head=True), Person("Đỗ Văn Bưởi", is_head=True)]
    with pytest.raises(Refused, match="một trưởng đoàn"):
        council.visit(people=heads)


def test_a_second_click_plans_nothing_more(council: Council) -> None:
    assert council.visit(key="một").pk == council.visit(key="một").pk
    assert SiteVisit.objects.count() == 1


def test_the_host_is_told_when_and_where(council: Council) -> None:
    visit = council.visit()
    told = Message.objects.get(subject_uid=visit.uid)
    assert told.to_unit == council.world.ward
    assert "08:30 ngày 12/9/2024" in told.title


def test_a_note_sent_again_is_there_once(council: Council) -> None:
    visit, who = council.visit(), {"by": council.by(council.world.officer), "at": later(days=1)}
    first = noting.add_note(visit, key="k1", text="Có bảng hướng dẫn.", entry=council.entries[0].uid, **who)
    again = noting.add_note(visit, key="k1", text="Có bảng hướng dẫn.", entry=council.entries[0].uid, **who)
    assert first == again
    assert VisitNote.objects.count() == 1
    assert Act.objects.filter(verb="visit.noted").count() == 1


def test_a_photo_is_kept_without_where_it_was_taken(council: Council) -> None:
    visit, taken = council.visit(), photograph()
    assert b"Exif" in taken
    who = {"by": council.by(council.world.officer), "at": later(days=1)}
    note = noting.add_note(visit, key="k1", text="", photo=ContentFile(taken, "IMG_2024.jpg"), **who)
    assert note.photo is not None
    kept = b"".join(storage.chunks(note.photo.blob.path))
    assert SECRET in taken
    assert SECRET not in kept
    assert len(kept) < len(taken)


def test_what_is_no_photo_is_not_kept(council: Council) -> None:
    visit = council.visit()
    who = {"by": council.by(council.world.officer), "at": later(days=1)}
    for content in (b"GIF89a....", b"\xff\xd8\xff\xe0\x00", b"chu"):
        with pytest.raises(Refused, match="JPEG, PNG"):
            noting.add_note(visit, key="k1", text="", photo=ContentFile(content, "anh.jpg"), **who)
    assert VisitNote.objects.count() == 0


def test_nobody_is_overwritten(council: Council) -> None:
    visit, world = council.visit(), council.world
    check = visit.checks.order_by("position")[0]
    mine, other = council.by(world.officer), council.by(world.colleague)
    at = later(days=1)
    noting.answer_check(visit, check.uid, finding="yes", remark="Thấy.", edit_version=0, key="a", by=mine, at=at)
    told = {"finding": "yes", "remark": "Thấy.", "edit_version": 0, "key": "a", "by": mine, "at": at}
    same = noting.answer_check(visit, check.uid, **told)
    assert same.kept_beside is None
    against = {**told, "finding": "no", "remark": "Không.", "key": "b", "by": other}
    late = noting.answer_check(visit, check.uid, **against)
    noting.answer_check(visit, check.uid, **against)
    check.refresh_from_db()
    assert (check.finding, check.note, check.edit_version) == ("yes", "Thấy.", 1)
    assert late.kept_beside is not None
    assert "không thấy. Không." in VisitNote.objects.get().text


def test_the_same_person_may_change_an_answer_whose_first_reply_was_lost(council: Council) -> None:
    visit = council.visit()
    check, who = visit.checks.order_by("position")[0], council.by(council.world.officer)
    for finding in ("yes", "partly"):
        noting.answer_check(
            visit, check.uid, finding=finding, remark="", edit_version=0, key=finding, by=who, at=later(days=1)
        )
    check.refresh_from_db()
    assert check.finding == "partly"


def test_the_moment_of_the_phone_counts_where_it_can_be(council: Council) -> None:
    visit, at = council.visit(), later(days=1)
    who = council.by(council.world.officer)
    hour_ago, future = at - timedelta(hours=1), at + timedelta(days=400)
    early = noting.add_note(visit, key="a", text="Sớm.", by=who, at=at, noted_at=hour_ago)
    wrong = noting.add_note(visit, key="b", text="Đồng hồ sai.", by=who, at=at, noted_at=future)
    assert (early.noted_at, wrong.noted_at) == (hour_ago, at)


def test_only_who_wrote_a_note_takes_it_out(council: Council) -> None:
    visit, world = council.visit(), council.world
    note = noting.add_note(visit, key="a", text="Nhầm.", by=council.by(world.officer), at=later(days=1))
    with pytest.raises(Refused, match="của mình"):
        noting.remove_note(visit, note.uid, by=council.by(world.colleague), at=later(days=1))
    assert noting.remove_note(visit, note.uid, by=council.by(world.officer), at=later(days=1)).removed_at is not None


def test_after_the_end_nothing_is_added_until_it_is_opened_again(council: Council) -> None:
    visit, who = council.visit(), {"by": council.by(council.world.officer), "at": later(days=1)}
    with pytest.raises(Refused, match="kết luận"):
        visits.end_visit(visit, conclusion=" ", host_opinion="", **who)
    visits.end_visit(visit, conclusion="Đúng như báo cáo.", host_opinion="", **who)
    with pytest.raises(Refused, match="đã kết thúc"):
        noting.add_note(visit, key="a", text="Muộn.", **who)
    visits.reopen_visit(visit, reason="Còn ghi chú trên điện thoại", **who)
    noting.add_note(visit, key="a", text="Muộn.", **who)


def test_moving_and_calling_off_need_a_reason_and_are_told(council: Council) -> None:
    visit, who = council.visit(), {"by": council.by(council.world.officer), "at": later(hours=1)}
    with pytest.raises(Refused, match="Lý do"):
        visits.move_visit(visit, starts_at=TOMORROW, place="Nơi khác", reason="", **who)
    visits.move_visit(visit, starts_at=TOMORROW + timedelta(days=1), place="Nơi khác", reason="Mưa lớn", **who)
    visits.cancel_visit(visit, reason="Đã khảo sát cùng buổi khác", **who)
    assert Message.objects.filter(subject_uid=visit.uid).count() == 3
    with pytest.raises(Refused, match="đã hủy"):
        visits.cancel_visit(visit, reason="Lần nữa", **who)


def test_no_act_holds_what_was_found(council: Council) -> None:
    visit, who = council.visit(), {"by": council.by(council.world.officer), "at": later(days=1)}
    noting.add_note(visit, key="a", text="Máy lấy số hỏng.", **who)
    act = Act.objects.get(verb="visit.noted")
    assert "Máy" not in act.payload
    assert json.loads(act.payload).keys() == {"note", "sha256", "photo"}
    assert act.seen_by == "panel"

"""Entries are shared out evenly and without conflicts; what stands is kept; it is done once and taken back whole."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sangkien.accounts.refusal import Refused
from sangkien.appraisal.actions.judging import distributing, panels, recusing, sheets
from sangkien.appraisal.actions.judging.panels import MemberTold, PanelTold
from sangkien.appraisal.conflicts import members_kept_out
from sangkien.appraisal.judging.plan import plan
from sangkien.appraisal.models import Distribution, Panel, PanelMember, Reading, ReadingReason
from sangkien.initiatives.models import CoImplementer
from sangkien.intake.models import Entry
from tests.accounts.signing_in import text
from tests.appraisal.judging.world import Judging
from tests.desk.world import NOW, signed_in
from tests.factories import appraisal
from tests.factories.units import OFFICER
from tests.together import undone

pytestmark = pytest.mark.django_db
WHO = {"by": OFFICER, "at": NOW}


def shared(judging: Judging, *chosen: Panel, key: str = "") -> Distribution:
    rows = chosen or (judging.panel,)
    digest = plan(judging.campaign, rows, NOW.date()).digest
    return distributing.distribute(judging.campaign, rows, digest=digest, key=key, by=OFFICER, at=NOW)


def read_by(entry: Entry) -> set[str]:
    return set(Reading.objects.current().filter(entry=entry).values_list("member__name", flat=True))


def test_every_entry_gets_its_readers_and_nobody_reads_what_is_his_own(judging: Judging) -> None:
    shared(judging)
    assert {len(read_by(each)) for each in [*judging.entries, judging.own]} == {2}
    assert read_by(judging.own) == {"Người chấm 2", "Người chấm 3"}


def test_the_second_click_shares_nothing_more(judging: Judging) -> None:
    first = shared(judging, key="một cú bấm")
    assert shared(judging, key="một cú bấm") == first
    with pytest.raises(Refused):
        shared(judging, key="cú bấm khác")
    assert Reading.objects.count() == 6


def test_what_was_not_seen_is_not_done(judging: Judging) -> None:
    digest = plan(judging.campaign, [judging.panel], NOW.date()).digest
    judging.entry(judging.world.ward, "Mới đến")
    with pytest.raises(distributing.PlanChanged):
        distributing.distribute(judging.campaign, [judging.panel], digest=digest, key="", by=OFFICER, at=NOW)
    assert not Reading.objects.exists()


def test_what_was_set_by_hand_is_kept(judging: Judging) -> None:
    distributing.give(judging.judges[2], judging.entries[0], **WHO)  # type: ignore[arg-type]  # who and when
    shared(judging)
    chosen = Reading.objects.get(reason=ReadingReason.CHOSEN)
    assert (chosen.entry, chosen.member, len(read_by(judging.entries[0]))) == (judging.entries[0], judging.judges[2], 2)


def test_by_hand_nobody_is_given_what_is_his_own(judging: Judging) -> None:
    with pytest.raises(Refused):
        distributing.give(judging.judges[0], judging.own, **WHO)  # type: ignore[arg-type]  # who and when


def test_too_few_judges_are_told_in_words(judging: Judging) -> None:
    Panel.objects.update(readers=3)
    judging.panel.refresh_from_db()
    found = plan(judging.campaign, [judging.panel], NOW.date())
    assert "chỉ còn 2 người đọc được" in " ".join(found.refusals)
    with pytest.raises(Refused):
        shared(judging)


def test_it_is_taken_back_whole_until_somebody_begins(judging: Judging) -> None:
    made = shared(judging)
    distributing.undo(made, **WHO)  # type: ignore[arg-type]  # who and when
    distributing.undo(made, **WHO)  # type: ignore[arg-type]  # who and when
    assert not Reading.objects.current().exists()
    again = shared(judging)
    reading = (
        Reading.objects.current().filter(member=judging.judges[1]).select_related("member__panel__campaign").first()
    )
    assert reading is not None
    sheets.save(reading, told=judging.told(), edit_version=0, by=judging.by(1), at=NOW)
    with pytest.raises(Refused):
        distributing.undo(again, **WHO)  # type: ignore[arg-type]  # who and when


def test_anchors_tie_the_panels_of_two_offices(judging: Judging) -> None:
    Entry.objects.update(stage="in_appraisal")
    offices = [judging.judges[1].unit, judging.judges[2].unit]
    made = []
    for number, office in enumerate(offices):
        told = PanelTold(name=f"Tổ {number}", readers=2, anchors=1)
        members = [MemberTold(unit=office, name=f"Giấy {number}{each}") for each in range(3)]
        made.append(panels.form_panel(judging.campaign, office=office, told=told, members=members, **WHO))  # type: ignore[arg-type]  # who and when
        for entry in judging.entries if number else [judging.own]:
            appraisal.assignment(entry, office)
    shared(judging, *made)
    anchors = Reading.objects.filter(reason=ReadingReason.ANCHOR).select_related("member__panel")
    assert anchors.count() == 4
    assert plan(judging.campaign, made, NOW.date()).new == []
    assert plan(judging.campaign, made, NOW.date()).parts == 1


def test_who_comes_in_anothers_place_takes_what_is_unread(judging: Judging) -> None:
    shared(judging)
    member = judging.judges[2]
    kept = Reading.objects.current().filter(member=member).select_related("member__panel__campaign", "entry").first()
    assert kept is not None
    sheets.file(kept, told=judging.told(), edit_version=0, by=judging.by(2), at=NOW)
    unread = set(Reading.objects.current().filter(member=member).exclude(pk=kept.pk).values_list("entry", flat=True))
    new = panels.replace(member, told=MemberTold(unit=judging.world.ward, name="Người mới"), **WHO)  # type: ignore[arg-type]  # who and when
    taken = set(Reading.objects.current().filter(member=new).values_list("entry", flat=True))
    assert taken == unread - {judging.entries[0].pk}  # of the new one's own unit
    assert Reading.objects.current().filter(member=member).get() == kept


def test_the_page_shows_before_and_does_what_it_showed(judging: Judging) -> None:
    browser = signed_in(judging.world.officer)
    path = f"/dot/{judging.campaign.uid}/chia-ho-so/?to={judging.panel.uid}"
    page = text(browser.get(path))
    assert not Reading.objects.exists()
    digest = page.partition('name="digest" value="')[2].partition('"')[0]
    answer = browser.post(path, {"digest": digest, "key": "bấm"})
    assert (answer.status_code, Reading.objects.count()) == (302, 6)
    assert "Mọi hồ sơ đã đủ người chấm" in text(browser.get(path))


def test_who_looks_after_a_panel_learns_nothing_of_what_is_its_own(judging: Judging) -> None:
    """The lead unit's own entry is shared out like the others, and neither named nor counted for its officers."""
    own = judging.entry(judging.world.lead, "Của chính đơn vị đầu mối")
    shared(judging)
    browser = signed_in(judging.world.officer)
    page = text(browser.get(f"/dot/{judging.campaign.uid}/chia-ho-so/?to={judging.panel.uid}"))
    assert "Của chính đơn vị đầu mối" not in page
    counts = [int(each.partition("<")[0]) for each in page.split('data-label="Đang có">')[1:]]
    assert sum(counts) == 6  # of eight readings two are of its own entry
    assert browser.get(f"/dot/{judging.campaign.uid}/chia-ho-so/ho-so/{own.uid}/").status_code == 404
    assert "trên 6 phiếu" in text(browser.get(f"/dot/{judging.campaign.uid}/to-cham/"))


@pytest.mark.parametrize("who", ["reporter", "head", "stranger", "outsider", "namesake", "reviewer"])
def test_others_find_no_page_of_panels(judging: Judging, who: str) -> None:
    browser = signed_in(getattr(judging.world, who))
    for path in (
        f"/dot/{judging.campaign.uid}/to-cham/", f"/dot/{judging.campaign.uid}/to-cham/moi/",
        f"/tham-dinh/to-cham/{judging.panel.uid}/", f"/dot/{judging.campaign.uid}/chia-ho-so/",
    ):  # fmt: skip
        assert browser.get(path).status_code == 404, path


@pytest.mark.slow
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_reading_ever_meets_a_conflict(judging: Judging, data: st.DataObject) -> None:
    """Invariant 3, whatever units did it together, whoever was recused, whatever is asked."""
    with undone():
        units = [each.unit for each in judging.judges]
        entries = [*judging.entries, judging.own]
        for entry in entries:
            for unit in data.draw(st.lists(st.sampled_from(units), max_size=2, unique=True)):
                CoImplementer.objects.get_or_create(initiative=entry.initiative, unit=unit)
            for judge in data.draw(st.lists(st.sampled_from(judging.judges), max_size=1)):
                recusing.recuse(judge, entry, reason="x", **WHO)  # type: ignore[arg-type]  # who and when
        Panel.objects.update(readers=data.draw(st.integers(1, 2)))
        judging.panel.refresh_from_db()
        found = plan(judging.campaign, [judging.panel], NOW.date())
        if not found.refusals and found.new:
            shared(judging)
        members = list(PanelMember.objects.all())
        kept_out = members_kept_out(members, entries, NOW.date())
        assert not kept_out & set(Reading.objects.current().values_list("member", "entry"))
        assert bool(found.refusals) or all(len(read_by(each)) >= judging.panel.readers for each in entries)

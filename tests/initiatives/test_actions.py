"""Drafts are edited together; what is handed over never changes again and verifies."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sangkien.accounts.refusal import Refused
from sangkien.initiatives import actions, texts, verifying
from sangkien.initiatives.difference import changed_facts, changed_parts
from sangkien.initiatives.freezing import digest_of, freeze
from sangkien.initiatives.models import Authorship, Figure, Initiative, Part, Revision
from sangkien.initiatives.telling import AuthorTold, CoImplementerTold, EditConflict, FigureTold
from sangkien.ledger.models import Act
from sangkien.ledger.recording import acting
from sangkien.units.models import Unit
from sangkien.vietnamese import clean
from tests.factories import accounts
from tests.factories import initiatives as make
from tests.factories.initiatives import AT, COLLEAGUE, OFFICER

WHO: dict[str, Any] = {"by": OFFICER, "at": AT}


@given(st.text())
def test_a_stored_text_is_clean_and_stays_as_it_is(text: str) -> None:
    stored = texts.lines(text, "Nội dung")
    assert stored == clean(stored) == texts.lines(stored, "Nội dung")
    assert "\n" not in texts.line(text, 10**6, "Tên")


def test_a_text_too_long_says_how_long_it_may_be() -> None:
    with pytest.raises(Refused, match="1001 ký tự, nhiều nhất là 1000"):
        texts.part(Part.TITLE, "a" * 1001)


@pytest.mark.django_db
def test_what_is_not_told_stays_and_another_part_by_a_colleague_is_a_conflict_with_both_texts(ward: Unit) -> None:
    draft = make.draft(ward, situation="Cũ")
    first = actions.edit(draft, told={"situation": "Của tôi"}, edit_version=1, **WHO)
    assert (first.title, first.edit_version) == ("Nhắc hẹn qua tin nhắn", 2)
    with pytest.raises(EditConflict) as told:
        actions.edit(draft, told={"situation": "Của bạn", "note": "x"}, edit_version=1, by=COLLEAGUE, at=AT)
    assert told.value.mine == {"situation": "Của bạn", "note": "x"}
    assert told.value.theirs == {"situation": "Của tôi", "note": ""}
    assert told.value.by == OFFICER.id


@pytest.mark.django_db
def test_edits_of_a_draft_leave_no_act(ward: Unit) -> None:
    draft, before = make.draft(ward), Act.objects.count()
    actions.edit(draft, told={"note": "Tự lưu"}, edit_version=1, **WHO)
    assert Act.objects.count() == before


@pytest.mark.django_db
def test_figures_authors_and_partners_replace_the_earlier_ones_and_count_as_edits(ward: Unit, other: Unit) -> None:
    draft = make.draft(ward)
    version = 1
    for figures in (
        [FigureTold("A", Decimal(1), None), FigureTold("B", None, Decimal(2))],
        [FigureTold("C", Decimal(3), None)],
    ):
        version = actions.set_figures(draft, figures, edit_version=version, **WHO).edit_version
    version = actions.set_authors(
        draft, [AuthorTold(name=" Trần  Văn Sáng ")], edit_version=version, **WHO
    ).edit_version
    bodies = [CoImplementerTold(other), CoImplementerTold(name="Công an"), CoImplementerTold(name="CÔNG AN")]
    version = actions.set_co_implementers(draft, bodies, edit_version=version, **WHO).edit_version
    assert version == 5
    assert [each.what for each in draft.figures.all()] == ["C"]
    assert [each.name for each in draft.authors.all()] == ["Trần Văn Sáng"]
    assert draft.initiative.co_implementers.count() == 2
    with pytest.raises(EditConflict):
        actions.set_figures(draft, [], edit_version=1, **WHO)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "act",
    [
        lambda draft: actions.set_figures(draft, [FigureTold("A", None, None)], edit_version=1, **WHO),
        lambda draft: actions.set_figures(draft, [FigureTold(" ", Decimal(1), None)], edit_version=1, **WHO),
        lambda draft: actions.set_figures(draft, [FigureTold("A", Decimal("NaN"), None)], edit_version=1, **WHO),
        lambda draft: actions.set_figures(draft, [FigureTold("A", Decimal(10**15), None)], edit_version=1, **WHO),
        lambda draft: actions.set_authors(draft, [AuthorTold(name="")], edit_version=1, **WHO),
        lambda draft: actions.set_authors(
            draft, [AuthorTold(name="A", contribution_percent=Decimal(0))], edit_version=1, **WHO
        ),
        lambda draft: actions.set_co_implementers(
            draft, [CoImplementerTold(draft.initiative.implementer)], edit_version=1, **WHO
        ),
        lambda draft: actions.set_co_implementers(draft, [CoImplementerTold(name="\u200b")], edit_version=1, **WHO),
        lambda draft: actions.edit(draft, told={"fields": ("a b",)}, edit_version=1, **WHO),
        lambda draft: actions.edit(draft, told={"first_applied_date": date(1900, 1, 1)}, edit_version=1, **WHO),
    ],
)
def test_what_makes_no_sense_is_refused_with_a_sentence(ward: Unit, act: Any) -> None:
    with pytest.raises(Refused) as refused:
        act(make.draft(ward))
    assert str(refused.value).endswith(".")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("shares", "sound"),
    [
        ([None, None], True),
        ([100], True),
        ([33, 33, 34], True),
        ([50, 49], False),
        ([50, None], False),
        ([60, 60], False),
    ],
)
def test_shares_of_authors_are_whole_when_it_is_sent(ward: Unit, shares: list[int | None], sound: bool) -> None:
    draft = make.draft(ward)
    authors = [
        AuthorTold(name=f"Người {place}", contribution_percent=None if share is None else Decimal(share))
        for place, share in enumerate(shares)
    ]
    actions.set_authors(draft, authors, edit_version=1, **WHO)
    if sound:
        assert make.frozen(draft)[0].is_frozen
    else:
        with pytest.raises(Refused, match="đóng góp"):
            make.frozen(draft)


@pytest.mark.django_db
def test_a_frozen_revision_is_never_edited_and_names_no_person(ward: Unit) -> None:
    draft = make.draft(ward)
    actions.set_authors(draft, [AuthorTold(name="Trần Văn Sáng")], edit_version=1, **WHO)
    (sent,) = make.frozen(draft)
    for act in (
        lambda: actions.edit(sent, told={"title": "Khác"}, edit_version=2, **WHO),
        lambda: actions.set_figures(sent, [], edit_version=2, **WHO),
    ):
        with pytest.raises(Refused, match="đã gửi"):
            act()
    assert "Sáng" not in sent.facts
    assert "Sáng" not in Act.objects.get(verb="initiative.revision_frozen").payload


@pytest.mark.django_db
def test_a_person_can_be_made_nameless_without_breaking_a_hash(ward: Unit) -> None:
    draft = make.draft(ward)
    actions.set_authors(draft, [AuthorTold(user=accounts.person()), AuthorTold(name="Lê A")], edit_version=1, **WHO)
    make.frozen(draft)
    Authorship.objects.filter(name="Lê A").update(name="(đã ẩn)")
    assert list(verifying.verify()) == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    "harm",
    [
        lambda sent: Revision.objects.filter(pk=sent.pk).update(content="Khác"),
        lambda sent: Revision.objects.filter(pk=sent.pk).update(further_fields=" x "),
        lambda sent: Revision.objects.filter(pk=sent.pk).update(facts="{}"),
        lambda sent: Figure.objects.filter(revision=sent).update(after=Decimal(99)),
        lambda sent: Figure.objects.filter(revision=sent).delete(),
        lambda sent: Revision.objects.filter(pk=sent.pk).update(frozen_at=None, facts="", sha256=""),
    ],
)
def test_every_change_behind_the_programs_back_is_found(ward: Unit, harm: Any) -> None:
    draft = make.draft(ward, fields=("procedures",), content="Như đã gửi")
    figures = [FigureTold("A", Decimal("1.50"), Decimal(2), "lượt", date(2024, 3, 1))]
    actions.set_figures(draft, figures, edit_version=1, **WHO)
    (sent,) = make.frozen(draft)
    assert list(verifying.verify()) == []
    harm(sent)
    assert len(list(verifying.verify())) == 1


@pytest.mark.django_db
def test_a_merge_that_adds_a_partner_leaves_what_was_sent_whole(ward: Unit, other: Unit) -> None:
    (sent,) = make.frozen(make.draft(ward))
    actions.add_co_implementers(sent.initiative, [make.co_implementer(sent.initiative, unit=other)])
    sent.refresh_from_db()
    assert digest_of(sent) == sent.sha256
    assert list(verifying.verify()) == []


@pytest.mark.django_db
def test_a_new_draft_begins_as_what_was_sent_and_the_difference_is_what_was_changed(ward: Unit) -> None:
    draft = make.draft(ward, content="Một bước", fields=("procedures",))
    actions.set_figures(draft, [FigureTold("A", Decimal(1), None)], edit_version=1, **WHO)
    (sent,) = make.frozen(draft)
    new = actions.open_draft(sent, **WHO)
    assert actions.open_draft(sent, **WHO) == new
    assert (new.number, changed_parts(sent, new), changed_facts(sent, new)) == (2, {}, [])
    edited = actions.edit(
        new, told={"content": "Hai bước", "fields": ("procedures", "steering")}, edit_version=1, **WHO
    )
    actions.set_figures(edited, [], edit_version=edited.edit_version, **WHO)
    assert changed_parts(sent, edited) == {Part.CONTENT: ("Một bước", "Hai bước")}
    assert changed_facts(sent, edited) == ["fields", "figures"]


@pytest.mark.django_db
def test_a_draft_thrown_away_takes_its_initiative_only_when_nothing_was_ever_sent(ward: Unit, other: Unit) -> None:
    never = make.draft(ward)
    actions.set_co_implementers(never, [CoImplementerTold(other)], edit_version=1, **WHO)
    (sent,) = make.frozen(make.draft(ward))
    again = actions.open_draft(sent, **WHO)
    with acting():
        actions.discard_draft(never)
        actions.discard_draft(again)
    assert list(Initiative.objects.values_list("pk", flat=True)) == [sent.initiative_id]
    assert list(Revision.objects.all()) == [sent]


@pytest.mark.django_db
def test_many_are_frozen_in_the_statements_of_one(ward: Unit, django_assert_num_queries: Any) -> None:
    one, three = [make.draft(ward)], [make.draft(ward) for _number in range(3)]
    for drafts in (one, three):
        fresh = list(Revision.objects.filter(pk__in=[each.pk for each in drafts]).select_related("initiative"))
        with acting(), django_assert_num_queries(4):
            freeze(fresh, **WHO)

"""To which offices an entry goes: the order of the domain, §7.2, and what holds whatever the plan says."""

from hypothesis import given
from hypothesis import strategies as st

from sangkien.appraisal.routing.choosing import (
    Choice,
    Owners,
    Place,
    Shift,
    StandIns,
    Told,
    Why,
    choose,
    load,
    shared,
)

OFFICE, JUSTICE, EDUCATION, FINANCE = 1, 2, 3, 4
OWNERS = Owners({"procedures": (OFFICE,), "institutions": (JUSTICE,)}, {"education": (EDUCATION,)})
CHAIRS_FRIEND = 11


def of(choice: Choice) -> list[tuple[Why, int | None]]:
    return [(each.why, each.office or each.person) for each in choice.places]


def test_field_and_sector_both_judge() -> None:
    told = Told(("procedures",), "education")
    assert of(choose(told, OWNERS, StandIns())) == [(Why.FIELD, OFFICE), (Why.SECTOR, EDUCATION)]


def test_further_fields_bring_their_owners_and_each_office_comes_once() -> None:
    owners = Owners({"procedures": (OFFICE,), "digital_government": (OFFICE,), "institutions": (JUSTICE,)})
    told = Told(("procedures", "digital_government", "institutions"))
    assert of(choose(told, owners, StandIns())) == [(Why.FIELD, OFFICE), (Why.FIELD, JUSTICE)]


def test_another_owner_of_field_or_sector_judges_alone_before_any_stand_in() -> None:
    told = Told(("procedures",), "education", frozenset({EDUCATION}))
    choice = choose(told, OWNERS, StandIns({EDUCATION: (FINANCE,)}))
    assert of(choice) == [(Why.FIELD, OFFICE)]
    assert choice.left_out == (EDUCATION,)


def test_then_the_office_that_the_chair_named_then_the_person_then_straight_on() -> None:
    told = Told(("institutions",), kept_out=frozenset({JUSTICE}))
    named = StandIns({JUSTICE: (FINANCE,)}, {JUSTICE: (CHAIRS_FRIEND,)})
    assert choose(told, OWNERS, named).places == (Place(Why.STAND_IN, office=FINANCE, instead_of=JUSTICE),)
    both = Told(("institutions",), kept_out=frozenset({JUSTICE, FINANCE}))
    assert choose(both, OWNERS, named).places == (Place(Why.STAND_IN, person=CHAIRS_FRIEND, instead_of=JUSTICE),)
    all_out = Told(("institutions",), "", frozenset({JUSTICE, FINANCE}), frozenset({CHAIRS_FRIEND}))
    assert choose(all_out, OWNERS, named).refers


def test_a_field_without_owner_is_left_to_a_person() -> None:
    choice = choose(Told(("communication",)), OWNERS, StandIns())
    assert (choice.places, choice.refers) == ((), False)


def test_three_offices_of_a_ward_judge_each_other() -> None:
    trio = (OFFICE, JUSTICE, EDUCATION)
    owners = Owners({"procedures": trio})
    for own in trio:
        chosen = choose(Told(("procedures",), kept_out=frozenset({own})), owners, StandIns())
        assert {each.office for each in chosen.places} == set(trio) - {own}


def test_load_is_shared_with_an_office_that_is_in_no_conflict() -> None:
    choices = {key: choose(Told(("procedures",)), OWNERS, StandIns()) for key in range(4)}
    after = shared(choices, {3: frozenset({FINANCE})}, Shift(OFFICE, FINANCE, 2))
    assert load(choices) == {OFFICE: 4}
    assert load(after) == {OFFICE: 2, FINANCE: 2}
    assert of(after[3]) == [(Why.FIELD, OFFICE)]


UNITS = st.integers(1, 6)
FEW = st.lists(UNITS, max_size=3, unique=True).map(tuple)
CODES = st.sampled_from(["a", "b", "c"])


@given(
    fields=st.dictionaries(CODES, FEW), sectors=st.dictionaries(CODES, FEW), told=st.lists(CODES, max_size=3),
    sector=st.sampled_from(["", "a", "b"]), out=st.frozensets(UNITS), people_out=st.frozensets(UNITS),
    offices=st.dictionaries(UNITS, FEW), people=st.dictionaries(UNITS, FEW),
)  # fmt: skip
def test_nobody_judges_its_own_and_nobody_is_left_without_a_way(
    fields: dict[str, tuple[int, ...]], sectors: dict[str, tuple[int, ...]], told: list[str], sector: str,
    out: frozenset[int], people_out: frozenset[int], offices: dict[int, tuple[int, ...]],
    people: dict[int, tuple[int, ...]],
) -> None:  # fmt: skip
    choice = choose(Told(tuple(told), sector, out, people_out), Owners(fields, sectors), StandIns(offices, people))
    assert all(each.office not in out and each.person not in people_out for each in choice.places)
    assert len({(each.office, each.person) for each in choice.places}) == len(choice.places)
    owned = [office for code in told for office in fields.get(code, ())] + list(sectors.get(sector, ()))
    assert bool(choice.places) or choice.refers == bool(owned)

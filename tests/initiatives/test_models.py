"""What the tables themselves refuse, whoever writes."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import IntegrityError, models, transaction

from sangkien.initiatives.models import Revision, in_field
from sangkien.units.models import Unit
from tests.factories import accounts
from tests.factories import initiatives as make

pytestmark = pytest.mark.django_db
AT = datetime(2024, 8, 1, tzinfo=UTC)
FROZEN = {"frozen_at": AT, "facts": "{}", "sha256": "0" * 64, "title": "Có tên"}


def _refused(*rows: models.Model) -> None:
    *before, last = rows
    for row in before:
        row.save()
    with pytest.raises(IntegrityError), transaction.atomic():
        last.save()


@pytest.mark.parametrize(
    "facts",
    [
        {},  # a second draft
        {"number": 1, **FROZEN},  # a number twice
        {"number": 0, **FROZEN},
        {**FROZEN, "sha256": "0" * 63},
        {**FROZEN, "facts": ""},
        {**FROZEN, "title": ""},
        {**FROZEN, "frozen_at": None},
        {**FROZEN, "further_fields": " procedures "},
    ],
)
def test_a_revision_that_would_break_the_row_is_refused(ward: Unit, facts: dict[str, Any]) -> None:
    there = make.draft(ward)
    _refused(make.revision(there.initiative, **facts))


@pytest.mark.parametrize(
    "row",
    [
        lambda it, unit: make.co_implementer(it),
        lambda it, unit: make.co_implementer(it, unit=unit, name="Công an", name_folded="cong an"),
        lambda it, unit: make.co_implementer(it, name="Công an"),
        lambda it, unit: make.co_implementer(it, unit=unit, merged_from=it),
    ],
)
def test_a_co_implementer_is_exactly_a_unit_or_a_name(
    ward: Unit, other: Unit, row: Callable[..., models.Model]
) -> None:
    _refused(row(make.draft(ward).initiative, other))


def test_a_co_implementer_stands_once_whatever_the_case_of_its_name(ward: Unit, other: Unit) -> None:
    it = make.draft(ward).initiative
    _refused(make.co_implementer(it, unit=other), make.co_implementer(it, unit=other))
    names = [{"name": name, "name_folded": "cong an phuong"} for name in ("Công an phường", "CÔNG AN PHƯỜNG")]
    _refused(*(make.co_implementer(it, **each) for each in names))


@pytest.mark.parametrize("facts", [{"what": ""}, {"before": None}, {"position": 0}])
def test_a_figure_says_what_and_at_least_one_number(ward: Unit, facts: dict[str, Any]) -> None:
    _refused(make.figure(make.draft(ward), **facts))


@pytest.mark.parametrize("facts", [{"name": ""}, {"contribution_percent": 0}, {"contribution_percent": 101}])
def test_an_author_is_named_and_has_a_share_up_to_all(ward: Unit, facts: dict[str, Any]) -> None:
    _refused(make.authorship(make.draft(ward), **facts))


def test_an_author_is_a_person_or_a_name_and_stands_once(ward: Unit) -> None:
    draft, person = make.draft(ward), accounts.person()
    _refused(make.authorship(draft, user=person))
    _refused(make.authorship(draft, user=person, name=""), make.authorship(draft, user=person, name="", position=2))


def test_a_field_is_found_by_exactly_its_code(ward: Unit) -> None:
    one = make.draft(ward, fields=("digital_government", "procedures"))
    make.draft(ward, fields=("procedures_of_old",))
    assert one.fields == ("digital_government", "procedures")
    for code in one.fields:
        assert list(Revision.objects.filter(in_field(code))) == [one]
    assert not Revision.objects.filter(in_field("digital")).exists()

"""What the database itself refuses, and how a row names itself."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.db.models.deletion import ProtectedError

from sangkien.campaigns.models import (
    Campaign,
    CriteriaSet,
    Criterion,
    Form,
    Holiday,
    HolidayKind,
    InputKind,
    ReformField,
    Sector,
)
from sangkien.campaigns.working_days import WorkingCalendar
from sangkien.units.models import Unit, UnitVersion
from tests.factories import accounts, papers
from tests.factories import campaigns as make
from tests.factories.units import AT, unit

pytestmark = pytest.mark.django_db
ZERO = Decimal(0)
TWO_THIRDS = {"vote_numerator": 2, "vote_denominator": 3}


@dataclass
class World:
    """One of each row, saved."""

    unit: Unit
    version: UnitVersion
    campaign: Campaign
    other: Campaign
    field: ReformField
    sector: Sector
    form: Form
    set: CriteriaSet
    criterion: Criterion
    rows: list[models.Model]


@pytest.fixture
def world() -> World:
    organiser, ward = unit("Quận 3"), unit("Phường 4")
    version = ward.versions.get()
    campaign, other = make.campaign(organiser), make.campaign(organiser)
    rows: list[models.Model] = [campaign, other]
    for row in rows:
        row.save()
    basis = papers.legal_basis()
    field, sector, form = make.reform_field(campaign), make.sector(campaign), make.form(campaign)
    criteria = make.criteria_set(campaign)
    criterion = make.criterion(criteria)
    asked, reminder = make.participant(campaign, version), make.reminder(campaign)
    more = [
        make.amendment(campaign), basis, make.basis(campaign, basis), make.erratum(campaign), make.contact(campaign),
        field, sector, make.field_owner(ward, field=field), make.field_owner(ward, sector=sector),
        make.stand_in(campaign, ward, office=organiser), asked,
        reminder, make.reminded_unit(reminder, asked), make.receipt_counter(campaign), form,
        make.form_column(form), criteria, make.criterion_group(criteria),
        criterion, make.criterion_choice(criterion), make.band(criteria), make.holiday(),
    ]  # fmt: skip
    for row in more:
        row.save()
    rows += more
    return World(ward, version, campaign, other, field, sector, form, criteria, criterion, rows)


def test_every_model_has_a_factory_and_a_row_that_names_itself(world: World) -> None:
    made = {type(row) for row in world.rows}
    assert set(apps.get_app_config("campaigns").get_models()) - made == set()
    assert [row for row in world.rows if not str(row).strip()] == []


@pytest.mark.parametrize(
    "row",
    [
        lambda w: make.campaign(w.unit, uid=w.campaign.uid),
        lambda w: make.campaign(w.unit, title=""),
        lambda w: make.campaign(w.unit, year=1999),
        lambda w: make.campaign(w.unit, opens_date=date(2024, 9, 16)),
        lambda w: make.campaign(w.unit, opens_date=make.CLOSES, opens_time=time(9), closes_time=time(8)),
        lambda w: make.campaign(w.unit, state="open"),
        lambda w: make.campaign(w.unit, state="issued"),
        lambda w: make.campaign(w.unit, state="archived"),
        lambda w: make.campaign(w.unit, state="cancelled"),
        lambda w: make.campaign(w.unit, ended_reason="Thôi"),
        lambda w: make.amendment(w.campaign),
        lambda w: make.amendment(w.campaign, number=0),
        lambda w: make.amendment(w.campaign, number=2, reason=""),
        lambda w: make.amendment(w.campaign, number=2, changes="{}"),
        lambda w: make.erratum(w.campaign),
        lambda w: make.erratum(w.campaign, position=2, read_as=""),
        lambda w: make.contact(w.campaign, position=2, capacity=""),
        lambda w: make.reform_field(w.campaign, position=2),
        lambda w: make.reform_field(w.campaign, code="procedures"),
        lambda w: make.reform_field(w.campaign, code="procedures", position=0),
        lambda w: make.reform_field(w.campaign, code="procedures", position=2, name_as_printed=""),
        lambda w: make.sector(w.campaign, position=2),
        lambda w: make.field_owner(w.campaign.organiser),
        lambda w: make.field_owner(w.campaign.organiser, field=w.field, sector=w.sector),
        lambda w: make.field_owner(w.unit, field=w.field),
        lambda w: make.field_owner(w.unit, sector=w.sector),
        lambda w: make.stand_in(w.campaign, w.unit),
        lambda w: make.stand_in(w.campaign, w.unit, office=w.unit),
        lambda w: make.stand_in(w.campaign, w.unit, office=w.campaign.organiser),
        lambda w: make.stand_in(w.campaign, w.unit, office=w.campaign.organiser, person=accounts.person()),
        lambda w: make.participant(w.campaign, w.version, position=2),
        lambda w: make.participant(w.other, w.version, position=0),
        lambda w: make.participant(w.other, w.version, answer="nil"),
        lambda w: make.participant(w.other, w.version, answer="nil", nil_at=AT),
        lambda w: make.participant(w.other, w.version, answer="none", nil_at=AT, nil_by="user:1"),
        lambda w: make.participant(w.other, w.version, answer="sent", nil_at=AT, nil_by="user:1"),
        lambda w: make.reminder(w.campaign, key="click-2"),
        lambda w: make.reminder(w.campaign, number=2),
        lambda w: make.reminder(w.campaign, number=0, key="click-2"),
        lambda w: make.reminder(w.campaign, number=2, key=""),
        lambda w: make.receipt_counter(w.campaign),
        lambda w: make.form(w.campaign),
        lambda w: make.form(w.campaign, number=2, kind="letter"),
        lambda w: make.form_column(w.form, position=2),
        lambda w: make.form_column(w.form, code="note"),
        lambda w: make.criteria_set(w.campaign),
        lambda w: make.criteria_set(w.campaign, version=2),
        lambda w: make.criteria_set(w.campaign, version=2, frozen_at=AT, pass_by="lot"),
        lambda w: make.criteria_set(w.campaign, version=2, frozen_at=AT, pass_line=Decimal(-1)),
        lambda w: make.criteria_set(w.campaign, version=2, frozen_at=AT, pass_by="vote", pass_line=Decimal(50)),
        lambda w: make.criteria_set(w.campaign, version=2, frozen_at=AT, pass_by="both", pass_line=Decimal(50)),
        lambda w: make.criteria_set(w.campaign, version=2, frozen_at=AT, pass_by="either", **TWO_THIRDS),
        lambda w: make.criteria_set(w.campaign, version=2, frozen_at=AT, vote_numerator=2),
        lambda w: make.criteria_set(w.campaign, version=2, frozen_at=AT, vote_numerator=0, vote_denominator=3),
        lambda w: make.criteria_set(w.campaign, version=2, frozen_at=AT, vote_numerator=4, vote_denominator=3),
        lambda w: make.criteria_set(w.campaign, version=2, frozen_at=AT, vote_above=True),
        lambda w: make.criteria_set(
            w.campaign, version=2, frozen_at=AT, vote_numerator=3, vote_denominator=3, vote_above=True
        ),
        lambda w: make.criteria_set(w.campaign, version=2, frozen_at=AT, quorum_denominator=3),
        lambda w: make.criteria_set(w.campaign, version=2, frozen_at=AT, quorum_numerator=4, quorum_denominator=3),
        lambda w: make.criteria_set(w.campaign, version=2, frozen_at=AT, minimum_sheets=0),
        lambda w: make.criteria_set(w.campaign, version=2, frozen_at=AT, decimals=5),
        lambda w: make.criteria_set(w.campaign, version=2, frozen_at=AT, vote_of="guests"),
        lambda w: make.criteria_set(w.campaign, version=2, frozen_at=AT, vote_tie="lot"),
        lambda w: make.criteria_set(w.campaign, version=2, frozen_at=AT, rounding="up"),
        lambda w: make.criteria_set(w.campaign, version=2, locked_at=AT),
        lambda w: make.criterion(w.set, code="b", position=2, comment_below=ZERO),
        lambda w: make.criterion(w.set, code="b", position=2, comment_below=Decimal(31)),
        lambda w: make.criterion_group(w.set, code="b", position=2, weight=ZERO),
        lambda w: make.criterion(w.set, position=2),
        lambda w: make.criterion(w.set, code="b", position=2, max=ZERO),
        lambda w: make.criterion(w.set, code="b", position=2, step=ZERO),
        lambda w: make.criterion(w.set, code="b", position=2, step=Decimal(31)),
        lambda w: make.criterion(w.set, code="b", position=2, knock_out_below=ZERO),
        lambda w: make.criterion(w.set, code="b", position=2, knock_out_below=Decimal(31)),
        lambda w: make.criterion(w.set, code="b", position=2, kind="stars"),
        lambda w: make.criterion(w.set, code="b", position=2, kind=InputKind.YES_NO),
        lambda w: make.criterion_choice(w.criterion, position=2, low=Decimal(8)),
        lambda w: make.band(w.set),
        lambda w: make.band(w.set, at_least=Decimal(-1)),
        lambda w: make.holiday(),
        lambda w: make.holiday(date=date(2024, 9, 3), kind="half"),
    ],
)  # fmt: skip
def test_the_database_refuses(row: Callable[[World], models.Model], world: World) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        row(world).save(force_insert=True)


def test_a_plan_belongs_to_one_campaign(world: World) -> None:
    plan = papers.draft(world.campaign.organiser)
    Campaign.objects.filter(pk=world.campaign.pk).update(plan=plan)
    with pytest.raises(IntegrityError), transaction.atomic():
        Campaign.objects.filter(pk=world.other.pk).update(plan=plan)


def test_an_owner_who_was_replaced_may_come_back(world: World) -> None:
    world.field.owners.update(superseded_at=AT)
    make.field_owner(world.unit, field=world.field).save()
    assert world.field.owners.count() == 2


def test_who_was_withdrawn_may_stand_in_again(world: World) -> None:
    world.campaign.stand_ins.update(withdrawn_at=AT)
    make.stand_in(world.campaign, world.unit, office=world.campaign.organiser).save()
    assert world.campaign.stand_ins.count() == 2


@pytest.mark.parametrize("more", [{}, {"pass_line": Decimal(50)}, {"pass_by": "vote", **TWO_THIRDS}])
def test_a_rule_may_leave_open_what_it_does_not_need(more: dict[str, Any], world: World) -> None:
    make.criteria_set(world.campaign, version=2, frozen_at=AT, locked_at=AT, **more).save()
    assert world.campaign.criteria_sets.count() == 2


@pytest.mark.parametrize("name", ["campaign", "unit"])
def test_what_rows_speak_of_is_not_deleted(name: str, world: World) -> None:
    with pytest.raises(ProtectedError):
        getattr(world, name).delete()


def test_the_calendar_comes_from_the_rows(world: World, django_assert_num_queries: Any) -> None:
    Holiday.objects.create(date=date(2024, 8, 31), kind=HolidayKind.WORKING, name="Làm bù")
    with django_assert_num_queries(1):
        calendar = Holiday.objects.calendar()
    assert calendar == WorkingCalendar(frozenset({date(2024, 9, 2)}), frozenset({date(2024, 8, 31)}))

"""Invariant 11 of the domain, §7.5: dissolving a unit leaves no open task without an owner; whatever was begun, merged,
divided, abolished, in whatever order."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from http import HTTPStatus
from typing import Final

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from sangkien.accounts.actor import actor_of
from sangkien.accounts.models import Invitation, Membership, User
from sangkien.accounts.refusal import Refused
from sangkien.accounts.roles import Role
from sangkien.backoffice.open_work import OpenThing, open_work_of
from sangkien.campaigns.actions import amending
from sangkien.campaigns.models import Answer, Campaign, FieldOwner, Participant
from sangkien.intake.lifecycle import Stage
from sangkien.intake.models import Entry
from sangkien.ledger.verifying import verify
from sangkien.units import actions
from sangkien.units.changing import Refused as UnitRefused
from sangkien.units.models import Succession, Unit, UnitVersion
from tests.backoffice.world import AT, OFFICER, text
from tests.factories import accounts as make
from tests.factories import campaigns, district3, intake
from tests.factories.units import new
from tests.together import undone

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
NOW: Final = datetime(2025, 1, 2, 1, 0, tzinfo=UTC)
FIRST_DAY: Final = date(2025, 1, 1)
PLAYING: Final = ("Phòng Nội vụ", "Phòng Tư pháp", "Văn phòng UBND Quận 3", "Phường 01", "Phường 04", "Phường 09")
ROLES: Final = (Role.REPORTER, Role.UNIT_HEAD, Role.ORGANISER, Role.FIELD_REVIEWER, Role.RECORDS_CLERK)


@dataclass
class World:
    """One district whose plan runs, a draft of the next, and the day of the next change of units."""

    told: district3.District3
    campaign: Campaign
    units: list[Unit]
    on: date = FIRST_DAY
    counted: int = 0
    refusals: list[str] = field(default_factory=list)

    def unit(self, number: int) -> Unit:
        return self.units[number % len(self.units)]

    def two(self, number: int) -> tuple[Unit, Unit]:
        """Two different ones."""
        return self.unit(number), self.unit(number + 1 + number // len(self.units) % (len(self.units) - 1))

    def count(self) -> int:
        self.counted += 1
        return self.counted


def _hold(world: World, number: int) -> None:
    make.member(
        world.unit(number), ROLES[number % len(ROLES)], "Vũ Thu Hà", email=f"nguoi{world.count()}@quan3.example"
    )


def _invite(world: World, number: int) -> None:
    until = timezone.now() + timedelta(days=9)
    make.invitation(world.unit(number), f"ma-{world.count()}", scope_uid=world.campaign.uid, expires_at=until)


def _begin(world: World, number: int) -> None:
    intake.draft(world.campaign, world.unit(number), at=NOW)


def _send(world: World, number: int) -> None:
    intake.submitted(world.campaign, world.unit(number), at=NOW)


def _send_back(world: World, number: int) -> None:
    sent = list(Entry.objects.filter(stage=Stage.SUBMITTED).order_by("pk"))
    if sent:
        intake.returned(sent[number % len(sent)], at=NOW, due_date=date(2025, 2, 1))


def _own(world: World, number: int) -> None:
    fields = list(world.campaign.fields.order_by("position"))
    owners = amending.NewOwners(fields[number % len(fields)], (world.unit(number),))
    amending.amend(world.campaign, owners=[owners], reason="Phân công lại", by=OFFICER, at=NOW)


def _merge(world: World, number: int) -> None:
    ends, stays = world.two(number)
    actions.merge([ends, stays], into=stays, on=world.on, by=OFFICER, at=NOW)


def _merge_into_new(world: World, number: int) -> None:
    parent = world.told.district
    taking = new(f"Đơn vị mới {world.count()}", parent=parent)
    world.units.append(actions.merge(list(world.two(number)), into=taking, on=world.on, by=OFFICER, at=NOW))


def _divide(world: World, number: int) -> None:
    ends, takes = world.two(number)
    parts = [takes, new(f"Đơn vị tách {world.count()}", parent=world.told.district)]
    world.units.append(actions.split(ends, parts=parts, whole=True, on=world.on, by=OFFICER, at=NOW)[1])


def _abolish(world: World, number: int) -> None:
    actions.abolish(world.unit(number), on=world.on, by=OFFICER, at=NOW)


ACTS: Final[dict[str, Callable[[World, int], None]]] = {
    "hold": _hold,
    "invite": _invite,
    "begin": _begin,
    "send": _send,
    "send back": _send_back,
    "own": _own,
    "merge": _merge,
    "merge into new": _merge_into_new,
    "divide": _divide,
    "abolish": _abolish,
}
_STEPS = st.lists(st.tuples(st.sampled_from(sorted(ACTS)), st.integers(0, 60)), min_size=3, max_size=14)


@pytest.fixture
def world() -> World:
    told = district3.twelve_wards(by=OFFICER, at=AT)
    campaign = campaigns.issued(told)
    campaigns.drafted(told)
    return World(told, campaign, [{**told.offices, **told.wards}[name] for name in PLAYING])


@pytest.fixture
def admin(world: World) -> User:
    """Who administers the instance and heads the unit that issues the plan."""
    admin = make.administrator()
    make.membership(admin, world.told.district, Role.ORGANISER_HEAD)
    return admin


@settings(
    max_examples=12,
    phases=[Phase.explicit, Phase.generate],  # an example costs half a second: shrinking one would cost minutes
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@example([("hold", 3), ("invite", 3), ("begin", 3), ("merge", 3), ("merge", 4)], 0)  # 01 into 04, 04 into 09
@example([("send", 4), ("send back", 0), ("divide", 4), ("hold", 6), ("abolish", 6)], 1)
@example([("own", 1), ("merge into new", 0), ("abolish", 6)], 2)  # whoever leads becomes another, which ends too
@given(_STEPS, st.integers(0, 20))
def test_no_open_task_is_left_without_an_owner(
    world: World, admin: User, steps: list[tuple[str, int]], choice: int
) -> None:
    with undone():
        here = World(world.told, world.campaign, list(world.units))
        for name, number in steps:
            _do(here, name, number)
        client = Client()
        client.force_login(admin)
        _nothing_is_hidden(client)
        for unit in _ended():
            _carry_all(client, admin, here, unit, choice)
        assert list(_left_to_nobody()) == []
        assert verify() == []


def _do(world: World, name: str, number: int) -> None:
    try:
        ACTS[name](world, number)
    except (Refused, UnitRefused) as refused:
        world.refusals.append(str(refused))
    world.on += timedelta(days=1)


def _ended() -> list[Unit]:
    living = UnitVersion.objects.current().filter(valid_to=None)
    return list(Unit.objects.exclude(pk__in=living.values("unit")).order_by("pk"))


def _nothing_is_hidden(client: Client) -> None:
    """The list of ended units names each that left something, before anybody carries it."""
    page = text(client.get("/quan-tri/don-vi/viec-do/"))
    for unit, what in _left_to_nobody():
        assert f"/quan-tri/don-vi/{unit.uid}/viec-do/" in page, what


def _carry_all(client: Client, admin: User, world: World, unit: Unit, choice: int) -> None:
    """As the page offers it; where nobody was told to follow, a person first tells who does."""
    living = [each for each in world.units if each not in _ended()]
    if not living:  # then there is nobody at all to carry anything to
        living = [world.told.district]
    address = f"/quan-tri/don-vi/{unit.uid}/viec-do/"
    things = open_work_of([unit], actor_of(admin, on=timezone.localdate()))
    _each_says_what_to_do(things)
    if things and 'name="toi"' not in text(client.get(address)):
        actions.name_successor(unit, to=living[choice % len(living)], whole=True, by=OFFICER, at=timezone.now())
        things = open_work_of([unit], actor_of(admin, on=timezone.localdate()))
    keys = [thing.key for thing in things if thing.may_go]
    takers = [each for each in [*living, world.told.district] if str(each.uid) in text(client.get(address))]
    if keys:
        answer = client.post(address, {"viec": keys, "toi": str(takers[choice % len(takers)].uid)}, follow=True)
        assert answer.status_code == HTTPStatus.OK, (keys, text(answer).split("<form")[-1][:600])


def _each_says_what_to_do(things: list[OpenThing]) -> None:
    assert [thing.key for thing in things if not thing.may_go and not thing.verdict.reason] == []


def _left_to_nobody() -> Iterator[tuple[Unit, str]]:
    """Read from the rows alone, without the room's own questions: what belongs to units that are no more."""
    ended = _ended()
    for row in Membership.objects.filter(unit__in=ended, ends_date=None):
        yield row.unit or ended[0], f"{row.user.name} · {row.role}"
    for owner in FieldOwner.objects.current().filter(office__in=ended):
        yield owner.office, f"in charge: {owner.field or owner.sector}"
    for campaign in Campaign.objects.filter(lead_unit__in=ended):
        yield campaign.lead_unit, f"led: {campaign}"
    for asked in Participant.objects.filter(unit__in=ended, answer=Answer.NONE):
        if not _somebody_answers(asked):
            yield asked.unit, f"asked: {asked}"
    for entry in Entry.objects.filter(implementer__in=ended, stage__in=[Stage.DRAFT, Stage.CHANGES_REQUESTED]):
        invited = Invitation.objects.open(timezone.now()).filter(
            unit=entry.implementer_id, scope_uid=entry.campaign.uid
        )
        if (
            not invited.exists()
            and Participant.objects.filter(campaign=entry.campaign, unit=entry.implementer).exists()
        ):
            yield entry.implementer, f"begun: {entry.code}"


def _somebody_answers(asked: Participant) -> bool:
    """The unit has sent, or one that came of it is asked."""
    if Entry.objects.filter(campaign=asked.campaign_id, implementer=asked.unit_id).sent().exists():
        return True
    heirs, known = [asked.unit_id], {asked.unit_id}
    while heirs:
        rows = Succession.objects.filter(from_unit=heirs.pop(), to_unit__isnull=False)
        following = {pk for pk in rows.values_list("to_unit", flat=True) if pk is not None} - known
        if Participant.objects.filter(campaign=asked.campaign_id, unit__in=following).exists():
            return True
        known |= following
        heirs += following
    return False

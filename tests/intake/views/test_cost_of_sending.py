"""What a sending asks of the database, page and click together: at most 25 statements, and why each further one."""

import re
from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sangkien.attachments import keeping
from sangkien.intake.actions import drafting
from sangkien.intake.models import Entry, Receipt
from tests.factories import attachments
from tests.factories import intake as make
from tests.factories.intake import HEAD, IN_TIME
from tests.intake.views.conftest import World
from tests.intake.views.typing import save

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
MOST = 25
SHOWN = 5  # session; person with memberships; place with plan; drafts; what the forms ask
# The transaction begins (SQLite) or the plan is held (PostgreSQL); session, person, place; entries and the unit's
# answer under their locks; the drafts; frozen; the sending and its items; the stage; counter and receipt; notice;
# search; the ledger's head, its acts, its head again.
SENT = 18


@pytest.fixture(autouse=True)
def _store(own_store: object) -> None:
    """Files of a test lie in its own folder."""


def _statements(act: Callable[[], object]) -> int:
    """Those of a server: there the outermost savepoint of a test is the beginning of the transaction, on SQLite told
    to the database by a statement of its own."""
    with CaptureQueriesContext(connection) as captured:
        act()
    began = connection.vendor == "sqlite" and any(each["sql"].startswith("SAVEPOINT") for each in captured)
    return began + sum(1 for each in captured if not re.match(r"(RELEASE )?SAVEPOINT", each["sql"]))


def _costs(world: World, entry: Entry, **facts: str) -> tuple[int, int]:
    """Of the page, and of the click on it."""
    client = world.client("head")
    address = f"/bao-cao/dot/{world.campaign.uid}/{world.ward.uid}/gui/"
    sent = {"entry": [str(entry.uid)], "key": f"click-{entry.pk}", **facts}
    shown = _statements(lambda: client.get(address))
    clicked = _statements(lambda: client.post(address, sent))
    assert Receipt.objects.filter(submission__items__entry=entry).exists()
    return shown, clicked


def test_a_report_of_four_parts(world: World) -> None:
    assert _costs(world, make.draft(world.campaign, world.ward), accept_gaps="1") == (SHOWN, SENT)


def test_gaps_that_matter_ask_the_forms(world: World) -> None:
    assert _costs(world, make.draft(world.campaign, world.ward)) == (SHOWN, SENT + 1)


def test_a_full_report_with_figures_and_evidence(world: World) -> None:
    entry = make.draft(world.campaign, world.ward)
    save(world.client("head"), entry, figure_what=["Thời gian chờ"], figure_before=["30"], figure_after=["15"])
    _evidence(entry, 3)
    costs = _costs(world, entry)
    assert costs == (SHOWN, SENT + 2)  # the forms, the figures; evidence comes with the draft
    assert sum(costs) <= MOST


def test_authors_and_co_implementers_are_read_once_each_where_there_are_any(world: World) -> None:
    entry, partners = make.draft(world.campaign, world.ward), ["Phường 05", "Công an phường"]
    save(world.client("head"), entry, names_authors="1", author_name=["Người thứ nhất"], partner=partners)
    _evidence(entry, 1)
    assert _costs(world, entry) == (SHOWN, SENT + 3)


def _evidence(entry: Entry, count: int) -> None:
    for number in range(count):
        file = attachments.file(attachments.PDF + b"%" + str(number).encode() + b"\n")
        received = keeping.receive(file, f"ảnh {number}.pdf", by=HEAD, at=IN_TIME)
        drafting.add_evidence(entry, received, caption="", by=HEAD, at=IN_TIME)

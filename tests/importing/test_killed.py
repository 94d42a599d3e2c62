"""A server that is killed in the middle of an import loses nothing: another goes on where it stopped."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from sangkien.accounts.refusal import Refused
from sangkien.importing import actions
from sangkien.importing.models import FileState, ImportedFile, ImportedRow
from sangkien.intake.models import Channel, Entry, Submission
from sangkien.jobs.models import Job, State
from sangkien.ledger.verifying import verify
from tests.factories import campaigns, district3
from tests.factories import importing as make
from tests.factories.intake import IN_TIME, LEAD
from tests.factories.units import AT, OFFICER
from tests.together import shared_database, together

__all__ = ["shared_database"]

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
ROOT = Path(__file__).parents[2]
FILES = 5


def test_two_people_who_confirm_at_once_record_it_once(shared_database: None) -> None:
    campaign = campaigns.issued(district3.twelve_wards(by=OFFICER, at=AT))
    (file,) = make.read(campaign, None, make.upload(make.one()))

    def confirm(number: int) -> None:
        actions.record_arrived(
            file, [1], arrived_at=IN_TIME, channel=Channel.PAPER, letter=None, by=LEAD, at=IN_TIME, token=f"{number}"
        )

    raised = together(4, confirm)
    assert [type(each) for each in raised] == [Refused] * 3
    assert (Entry.objects.count(), Submission.objects.count()) == (1, 1)
    assert verify() == []


@pytest.mark.skipif(os.name == "nt", reason="the test reads a pipe of a process that it kills")
def test_the_job_goes_on_where_it_stopped(shared_database: None) -> None:
    campaign = campaigns.issued(district3.twelve_wards(by=OFFICER, at=AT))
    uploads = [make.upload(make.one(title=f"Giải pháp {n}"), f"{n}.docx") for n in range(FILES)]
    queued = make.queued(campaign, None, *uploads)
    assert queued.job is not None
    with _process("--slowly") as killed:
        assert killed.stdout is not None
        assert killed.stdout.readline() == "in the middle\n"
        killed.kill()
    job = Job.objects.get(pk=queued.job.pk)
    assert (job.state, job.done_count, job.total_count) == (State.RUNNING, 2, FILES)
    assert ImportedFile.objects.filter(state=FileState.READ).count() == 2
    with _process() as other:
        assert other.wait(timeout=120) == 0
    job.refresh_from_db()
    assert (job.state, job.done_count) == (State.DONE, FILES)
    assert not ImportedFile.objects.exclude(state=FileState.READ).exists()
    titles = [row.facts()["title"] for row in ImportedRow.objects.order_by("pk")]
    assert titles == [f"Giải pháp {n}" for n in range(FILES)]
    assert verify() == []


def _process(*words: str) -> "subprocess.Popen[str]":
    """A worker on the database and the store of this test."""
    names = ("ENGINE", "NAME", "USER", "PASSWORD", "HOST", "PORT", "OPTIONS")
    database = json.dumps({name: connection.settings_dict[name] for name in names}, default=str)
    store = settings.STORAGES["attachments"]["OPTIONS"]["location"]
    path = f"{ROOT / 'src'}{os.pathsep}{ROOT}"
    return subprocess.Popen(
        [sys.executable, "-m", "tests.importing.process", *words],
        cwd=ROOT,
        env={**os.environ, "TEST_DATABASE": database, "TEST_STORE": str(store), "PYTHONPATH": path},
        stdout=subprocess.PIPE,
        text=True,
    )

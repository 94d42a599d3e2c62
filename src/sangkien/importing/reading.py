"""The job that reads: some files a step, in the child process, and their rows in one transaction with the progress."""

import json
import tempfile
import time
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Final

from django.conf import settings
from django.utils.translation import gettext as _

from sangkien.appendix.model import Outcome, Reading, ReadInitiative
from sangkien.appendix.reading.process import Reader
from sangkien.attachments import storage
from sangkien.campaigns.models import Participant
from sangkien.importing import proposing
from sangkien.importing.models import FileState, ImportedFile, ImportedRow
from sangkien.importing.told import as_facts, count
from sangkien.jobs.running import Run
from sangkien.vietnamese import clean

MOST_A_STEP: Final = 20
SECONDS_A_STEP = 1.0
_AT_ONCE: Final = 500


@cache
def reader() -> Reader:
    """The one reading process of this worker; it starts with the first file and is replaced when a file kills it."""
    return Reader()


def step(run: Run) -> None:
    """Read the next files, as many as a moment allows. A second run of the step finds them read and goes on."""
    waiting = ImportedFile.objects.filter(batch__uid__in=run.arguments["batches"], state=FileState.WAITING)
    rows = waiting.select_related("attachment__blob", "batch__unit", "campaign").order_by("batch_id", "position")
    readings = _read_some(list(rows[:MOST_A_STEP]))
    names = [each.unit for _file, reading in readings for each in reading.initiatives if each.unit]
    proposed = proposing.participants_named(readings[0][0].campaign, names) if readings else {}
    with run.commit() as commit:
        _store(readings, proposed, run)
        commit.done = min(commit.done + len(readings), commit.total or commit.done + len(readings))
        for file, reading in readings:
            if reading.outcome is not Outcome.PARSED:
                commit.say(file.name, reading.message)
        if not readings:
            commit.finish()


def _read_some(files: list[ImportedFile]) -> list[tuple[ImportedFile, Reading]]:
    """At least one, then until the moment is over: progress is seen, and short files do not cost a commit each."""
    found: list[tuple[ImportedFile, Reading]] = []
    start = time.monotonic()
    for file in files:
        found.append((file, read(file)))
        if time.monotonic() - start > SECONDS_A_STEP:
            break
    return found


def _store(readings: list[tuple[ImportedFile, Reading]], proposed: Mapping[str, Participant], run: Run) -> None:
    """What was read of files that still wait. Constant statements."""
    keys = [file.pk for file, _reading in readings]
    locked = ImportedFile.objects.select_for_update().filter(pk__in=keys, state=FileState.WAITING)
    waiting = set(locked.values_list("pk", flat=True)) if keys else set()
    made: list[ImportedRow] = []
    for file, reading in readings:
        if file.pk not in waiting:
            continue
        file.state, file.outcome, file.message = FileState.READ, reading.outcome.value, reading.message
        file.text, file.read_at = clean(reading.text), run.now()
        file.warnings = json.dumps(reading.warnings, ensure_ascii=False)
        made += [_row(file, number, each, proposed) for number, each in enumerate(reading.initiatives, start=1)]
    fields = ["state", "outcome", "message", "text", "read_at", "warnings"]
    ImportedFile.objects.bulk_update([file for file, _reading in readings if file.pk in waiting], fields)
    ImportedRow.objects.bulk_create(made, batch_size=_AT_ONCE)


def read(file: ImportedFile) -> Reading:
    """What the kept file says. The bytes go through a file of their own: the store need not be a folder."""
    if file.attachment is None:
        raise ValueError(f"a refused file is not read: {file.pk}")
    blob = file.attachment.blob
    with tempfile.TemporaryDirectory(prefix="doc-", dir=settings.FILE_UPLOAD_TEMP_DIR) as folder:
        path = Path(folder) / f"tep{PurePosixPath(file.name).suffix[:10].lower()}"
        with path.open("wb") as target:
            target.writelines(storage.chunks(blob.path))
        return reader().read(path, file.name)


def _row(
    file: ImportedFile, number: int, initiative: ReadInitiative, proposed: Mapping[str, Participant]
) -> ImportedRow:
    """In a unit's own queue the row is the unit's, whatever the file says; that it says another is pointed out."""
    named = proposed.get(initiative.unit or "")
    unit = file.batch.unit
    if unit is None:
        unit = named.unit if named else None
    elif named is not None and named.unit_id != unit.pk:
        remark = _("Tệp ghi đơn vị “%s”, khác đơn vị của bạn. Bạn xem có nhập nhầm tệp không.") % initiative.unit
        initiative = replace(initiative, warnings=(*initiative.warnings, remark))
    facts = json.dumps(as_facts(initiative), ensure_ascii=False)
    row = ImportedRow(file=file, number=number, read=clean(facts), unit=unit)
    count(row, asks_unit=file.batch.unit_id is None)
    return row

"""The job that reads: one file a step, in the child process, and its rows in one transaction with the progress."""

import json
import tempfile
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path, PurePosixPath

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

_AT_ONCE = 500


@cache
def reader() -> Reader:
    """The one reading process of this worker; it starts with the first file and is replaced when a file kills it."""
    return Reader()


def step(run: Run) -> None:
    """Read the next file. A second run of the step finds the file read and goes on."""
    waiting = ImportedFile.objects.filter(batch__uid__in=run.arguments["batches"], state=FileState.WAITING)
    rows = waiting.select_related("attachment__blob", "batch__unit", "campaign").order_by("batch_id", "position")
    file = rows.first()
    if file is None:
        with run.commit() as commit:
            commit.finish()
        return
    reading = read(file)
    proposed = proposing.participants_named(file.campaign, [each.unit for each in reading.initiatives if each.unit])
    with run.commit() as commit:
        hit = ImportedFile.objects.filter(pk=file.pk, state=FileState.WAITING).update(
            state=FileState.READ, outcome=reading.outcome.value, message=reading.message, text=clean(reading.text),
            warnings=json.dumps(reading.warnings, ensure_ascii=False), read_at=run.now(),
        )  # fmt: skip
        if hit:
            made = [_row(file, number, each, proposed) for number, each in enumerate(reading.initiatives, start=1)]
            ImportedRow.objects.bulk_create(made, batch_size=_AT_ONCE)
        commit.done = min(commit.done + 1, commit.total or commit.done + 1)
        if reading.outcome is not Outcome.PARSED:
            commit.say(file.name, reading.message)


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

"""The Word files of the forms, one for each unit, and one archive of all."""

import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from sangkien.attachments import storage
from sangkien.campaigns.models import Form, FormKind
from sangkien.campaigns.writing.forms import unit_form
from sangkien.campaigns.writing.told import Told
from sangkien.documents.docx import write_docx
from sangkien.units.models import UnitVersion
from sangkien.vietnamese import slug

_ROOM_FOR_NAMES = 60


def docx_of(form: Form, told: Told, unit: UnitVersion) -> bytes:
    """The unit's file: the plan's own template where there is one, else the form with the unit's name filled in."""
    if form.template is not None:
        with storage.store().open(form.template.blob.path, "rb") as file:
            return bytes(file.read())
    with tempfile.TemporaryDirectory(prefix="mau-") as folder:
        path = Path(folder) / "mau.docx"
        write_docx(unit_form(form, told, unit), path)
        return path.read_bytes()


def name_of(form: Form, unit: UnitVersion) -> str:
    """ "phuong-04-mau-1.docx"."""
    return f"{slug(unit.name, _ROOM_FOR_NAMES) or unit.unit_id}-mau-{form.number}.docx"


def archive(forms: Iterable[Form], told: Told, units: Iterable[tuple[int, UnitVersion]], target: Path) -> None:
    """Every form for every unit, in folders in the plan's order. Files of units with the same name stay apart."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in _files(list(forms), told, units):
            packed.writestr(name, content)


def _files(forms: list[Form], told: Told, units: Iterable[tuple[int, UnitVersion]]) -> Iterator[tuple[str, bytes]]:
    for position, unit in units:
        for form in forms:
            if form.kind != FormKind.NOMINATION:
                yield (
                    f"{position:03}-{slug(unit.name, _ROOM_FOR_NAMES)}/{name_of(form, unit)}",
                    docx_of(form, told, unit),
                )

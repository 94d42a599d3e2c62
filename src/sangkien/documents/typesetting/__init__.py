"""Typesetting: data in, one PDF out, in this process or in a child that gives its memory back.

typst keeps what it has laid out and never forgets it, so long tables are set in child processes, a part at a time.
"""

import json
import os
import subprocess
import sys
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Any, Final

import typst

from sangkien.documents.advances import font_folder

Json = dict[str, Any]
Place = tuple[int, int, float]  # row (-1 for the table itself), page from 1, points from the top of the page

_TEMPLATE: Final = Path(__file__).with_name("paper.typ")
_SOURCES: Final = Path(__file__).parents[3]
_PATIENCE: Final = 600  # seconds for one part; a part of the usual size takes one
_NO_WINDOW: Final = getattr(subprocess, "CREATE_NO_WINDOW", 0)  # on Windows no console flashes up

_lock = Lock()


class TypesettingError(RuntimeError):
    """The child ended without a PDF; the text is its last words."""


def typeset(data: Json, *, made_at: int, tagged: bool) -> bytes:
    """One PDF in this process: some milliseconds for a letter, once the fonts are read.

    ``made_at`` is in seconds of the epoch: PDF/A demands a date. ``tagged`` gives PDF/A-2a with PDF/UA-1 (a screen
    reader hears headings and tables); else PDF/A-2b, at less cost.
    """
    with _lock:
        pdf: bytes = _compiler().compile(
            sys_inputs={"paper": json.dumps(data, ensure_ascii=False)},
            format="pdf",
            pdf_standards=["a-2a", "ua-1"] if tagged else ["a-2b"],
            pdf_tags=tagged,
            timestamp=made_at,
        )
    return pdf


def row_places() -> list[Place]:
    """Where the rows of the marked table begin in the PDF that was set last in this process."""
    found: list[Place] = json.loads(_compiler().query("<place>", field="value"))
    return found


def typeset_in_child(data: Json, target: Path, *, made_at: int, tagged: bool) -> list[Place]:
    """The same in a process of its own, written to ``target``; answers ``row_places``. Raises ``TypesettingError``."""
    order = json.dumps({"data": data, "target": str(target), "made_at": made_at, "tagged": tagged})
    path = os.pathsep.join(filter(None, (str(_SOURCES), os.environ.get("PYTHONPATH"))))
    try:
        done = subprocess.run(  # noqa: S603 – our own interpreter and module; the order goes through the pipe
            [sys.executable, "-P", "-m", __name__],  # -P: a folder of received files is no place to import from
            input=order.encode("ascii"),
            capture_output=True,
            timeout=_PATIENCE,
            env={**os.environ, "PYTHONPATH": path},
            creationflags=_NO_WINDOW,
            check=False,
        )
    except subprocess.TimeoutExpired as late:
        raise TypesettingError(f"A part of the paper was not set within {_PATIENCE} seconds") from late
    if done.returncode or not target.exists():
        raise TypesettingError(done.stderr.decode("utf-8", "replace")[-2000:])
    places: list[Place] = json.loads(done.stdout)
    return places


@lru_cache(maxsize=1)
def _compiler() -> Any:
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[font_folder()])
    return typst.Compiler(_TEMPLATE, root=_TEMPLATE.parent, font_paths=fonts)

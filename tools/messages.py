"""Translations without gettext on the machine: ``messages.py update`` collects, ``messages.py compile`` compiles.

Source sentences are Vietnamese; the English catalogue is the translation.
"""

import io
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

PACKAGE = Path(__file__).parents[1] / "src" / "sangkien"
CATALOGUE = PACKAGE / "locale" / "en" / "LC_MESSAGES" / "django.po"
KEYWORDS = {
    "gettext": None, "gettext_noop": None, "gettext_lazy": None, "_": None, "pgettext": ((1, "c"), 2),
    "ngettext": (1, 2), "ngettext_lazy": (1, 2), "npgettext": ((1, "c"), 2, 3), "pgettext_lazy": ((1, "c"), 2),
}  # fmt: skip


HEAD: dict[str, Any] = {
    "project": "sangkien",
    "version": "",
    "charset": "utf-8",
    "header_comment": "# English translation of sangkien; the source sentences are Vietnamese.",
    "last_translator": "",
    "msgid_bugs_address": "",
    "creation_date": datetime(2026, 11, 24, tzinfo=UTC),
    "revision_date": datetime(2026, 11, 24, tzinfo=UTC),
    "fuzzy": False,
}  # the dates are fixed: a renewed catalogue differs only where a sentence does


def source_messages() -> Iterator[tuple[str, int, str | tuple[str, ...], str | None]]:
    """Every marked sentence of the package: (file, line, text or (singular, plural), context)."""
    for path in sorted([*PACKAGE.rglob("*.py"), *PACKAGE.rglob("*.html"), *PACKAGE.rglob("*.txt")]):
        if {"_npm", "_static"} & set(path.parts):
            continue
        text = path.read_text(encoding="utf-8")
        if path.suffix != ".py":
            text = templatize(text)
        for line, function, found, _ in extract_python(io.BytesIO(text.encode()), list(KEYWORDS), [], {}):
            yield path.relative_to(PACKAGE).as_posix(), line, *_parts(function, found)


def _parts(function: str, found: str | tuple[str, ...]) -> tuple[str | tuple[str, ...], str | None]:
    texts = (found,) if isinstance(found, str) else tuple(text for text in found if text)
    if "pgettext" in function:
        context, texts = texts[0], texts[1:]
    else:
        context = None
    return (texts[:2] if "nget" in function or "npget" in function else texts[0]), context


def catalogue() -> Catalog:
    """The English catalogue as it stands, empty when there is none yet."""
    if not CATALOGUE.exists():
        return Catalog(locale="en", **HEAD)
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale="en")


def update() -> None:
    """Bring the catalogue in step with the sources: new sentences come in empty, dead ones go."""
    template = Catalog(**HEAD)
    for file, _, text, context in source_messages():
        template.add(text, locations=[(file, 0)], context=context)
    renewed = catalogue()
    renewed.update(template, no_fuzzy_matching=True)
    renewed.obsolete.clear()
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    with CATALOGUE.open("wb") as file:
        write_po(file, renewed, width=110, sort_output=True, include_lineno=False, omit_header=False)


def compile_catalogue() -> None:
    """Write the .mo file beside the .po file."""
    with CATALOGUE.with_suffix(".mo").open("wb") as file:
        write_mo(file, catalogue())


if __name__ == "__main__":
    {"update": update, "compile": compile_catalogue}[sys.argv[1]]()

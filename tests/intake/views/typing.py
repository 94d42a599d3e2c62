"""What the browser sends from the page of a draft."""

from typing import Any

from django.test import Client

from sangkien.intake.actions import drafting
from sangkien.intake.models import Entry
from tests.factories.intake import TOLD

TEXTS = {name: text for name, text in TOLD.items() if isinstance(text, str)}


def typed(entry: Entry, **changes: Any) -> dict[str, Any]:
    """The controls of the page as they stand for ``make.draft``, with these changed; lists repeat a control."""
    draft = drafting.draft_of(entry)
    assert draft is not None
    return {
        **TEXTS,
        "kind": "solution",
        "main_field": "procedures",
        "further_fields": ["communication"],
        "sector": "",
        "first_applied_date": "1/3/2024",
        "edit_version": str(draft.edit_version),
        **changes,
    }


def page_of(entry: Entry) -> str:
    """Where the draft is edited."""
    return f"/bao-cao/giai-phap/{entry.uid}/soan/"


def save(client: Client, entry: Entry, **changes: Any) -> Any:
    """By the button, without script."""
    return client.post(page_of(entry), typed(entry, **changes))


def save_quietly(client: Client, entry: Entry, **changes: Any) -> Any:
    """As the script does."""
    return client.post(page_of(entry), typed(entry, **changes), headers={"X-Draft": "auto"})

"""A section of the room's home and its rows."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that waits: ``do`` is a link, ``what`` the thing, ``who`` whose it is, ``state`` how far it has come.

    ``tone`` of the state: "late", "due", "done", "now" or none.
    """

    do: str
    what: str
    who: str
    url: str
    icon: str = "clipboard-check"
    due: date | None = None
    state: str = ""
    tone: str = ""

    def is_overdue(self, today: date) -> bool:
        """Whether its day has passed."""
        return self.due is not None and self.due < today


@dataclass(frozen=True, slots=True)
class Section:
    """``id`` is the anchor; ``more`` the address of the rest, where there is more than is shown."""

    id: str
    title: str
    rows: tuple[Row, ...]
    hint: str = ""
    more: str = ""

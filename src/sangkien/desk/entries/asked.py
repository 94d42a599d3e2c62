"""What an address asks of the list. Everything in it can be shared with a colleague; nothing in it acts."""

from dataclasses import dataclass, replace
from typing import Final, Self
from urllib.parse import urlencode
from uuid import UUID

from django.http import QueryDict

from sangkien.desk.entries.steps import BY_CODE, CLOCKS
from sangkien.vietnamese import clean

LONGEST_TEXT: Final = 200
ALL: Final = "moi-dot"
NEWEST: Final = "moi"
_CODE: Final = 40


@dataclass(frozen=True, slots=True)
class Asked:
    """The filters as they stand in the address; unknown ones are left out rather than refused.

    ``campaign``: a uid, ``ALL``, or empty for the latest. ``after``: the key of the last row of the page before.
    """

    text: str = ""
    campaign: str = ""
    step: str = ""
    clock: str = ""
    field: str = ""
    unit: str = ""
    sort: str = ""
    after: str = ""

    @classmethod
    def read(cls, query: QueryDict) -> Self:
        """Of any address, however mistyped."""
        step, clock, sort = (query.get(name, "") for name in ("buoc", "han", "xep"))
        return cls(
            text=" ".join(clean(query.get("q", ""))[:LONGEST_TEXT].split()),
            campaign=query.get("dot", "") if query.get("dot") == ALL else _uid(query.get("dot", "")),
            step=step if step in BY_CODE else "",
            clock=clock if clock in CLOCKS else "",
            field=_code(query.get("linhvuc", "")),
            unit=_uid(query.get("donvi", "")),
            sort=sort if sort == NEWEST else "",
            after=clean(query.get("sau", ""))[:_CODE],
        )

    def address(self, **changes: str) -> str:
        """The query of the same list with these changes, from its first page unless told otherwise: "?q=…"."""
        asked = replace(self, **{"after": "", **changes})
        told = {name: value for name, value in zip(_NAMES, asked.values(), strict=True) if value}
        return f"?{urlencode(told)}" if told else "?"

    def values(self) -> tuple[str, ...]:
        """In the order of the address."""
        return self.text, self.campaign, self.step, self.clock, self.field, self.unit, self.sort, self.after

    @property
    def narrows(self) -> bool:
        """Whether anything but the campaign is asked."""
        return any((self.text, self.step, self.clock, self.field, self.unit))


_NAMES: Final = ("q", "dot", "buoc", "han", "linhvuc", "donvi", "xep", "sau")


def _uid(text: str) -> str:
    try:
        return str(UUID(text))
    except ValueError:
        return ""


def _code(text: str) -> str:
    return text if text.replace("_", "").isalnum() and text.isascii() and len(text) <= _CODE else ""

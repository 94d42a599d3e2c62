"""What a page or a file tells of an initiative, before it is stored; and what happens when two people tell at once."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TypedDict

from django.utils.translation import gettext as _

from sangkien.accounts.models import User
from sangkien.accounts.refusal import Refused
from sangkien.initiatives.models import Kind, Revision
from sangkien.units.models import Unit


class Told(TypedDict, total=False):
    """What is told; what is not named stays as it is. ``fields``: codes, the main one first."""

    title: str
    situation: str
    content: str
    effectiveness: str
    novelty: str
    results: str
    limitations: str
    cost: str
    replication_conditions: str
    note: str
    fields: tuple[str, ...]
    sector: str
    kind: Kind
    first_applied_date: date | None
    confidential_note: str


@dataclass(frozen=True, slots=True)
class FigureTold:
    """A figure as it is told; one of ``before`` and ``after`` may be unknown."""

    what: str
    before: Decimal | None
    after: Decimal | None
    unit_of_measure: str = ""
    since: date | None = None


@dataclass(frozen=True, slots=True)
class AuthorTold:
    """An author whom the unit chose to name: a person with an account, or a name."""

    user: User | None = None
    name: str = ""
    contribution_percent: Decimal | None = None
    public: bool = False


@dataclass(frozen=True, slots=True)
class CoImplementerTold:
    """A unit, or a body outside the list by its name."""

    unit: Unit | None = None
    name: str = ""


class EditConflict(Refused):
    """A colleague changed the draft meanwhile: nothing was overwritten, both texts are here.

    ``mine``: what this person wanted to store, tidied; ``theirs``: what stands there now, for the same facts.
    ``revision``: the draft as it is now; ``by``: the actor as the ledger names them.
    """

    def __init__(self, revision: Revision, mine: Mapping[str, object], theirs: Mapping[str, object]) -> None:
        super().__init__(
            _("Đồng nghiệp vừa sửa bản này nên phần bạn viết chưa lưu. Bạn xem cả hai bản rồi chọn giữ câu nào.")
        )
        self.revision = revision
        self.mine, self.theirs = mine, theirs

    @property
    def by(self) -> str:
        """Who changed it, as the ledger names them ("user:17")."""
        return self.revision.edited_by

    @property
    def edited_at(self) -> datetime:
        """When."""
        return self.revision.edited_at

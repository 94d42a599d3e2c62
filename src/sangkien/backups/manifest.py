"""What a backup says of itself: ``Head`` before its parts, ``End`` after them."""

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Final

from django.db import connections
from django.db.migrations.recorder import MigrationRecorder

from sangkien import __version__
from sangkien.backups.sealing import damaged
from sangkien.campaigns.models import ReceiptCounter
from sangkien.ledger.canonical import canonical, moment
from sangkien.ledger.models import Head as LedgerHead
from sangkien.ledger.verifying import Anchor

FORMAT: Final = 1
HEAD_NAME: Final = "dau.json"
END_NAME: Final = "cuoi.json"


@dataclass(frozen=True, slots=True)
class Campaign:
    """A campaign and the last receipt number that it had given."""

    uid: str
    title: str
    state: str
    last: int


@dataclass(frozen=True, slots=True)
class Head:
    """``taken_at`` is the moment that the rows show; ``migrations`` the applied ones of each app, sorted; ``rows`` how
    many each table holds.
    """

    format: int
    version: str
    taken_at: str
    database: str
    anchor: str
    migrations: dict[str, list[str]]
    campaigns: list[Campaign]
    rows: dict[str, int]

    def text(self) -> bytes:
        return canonical(asdict(self)).encode()

    @property
    def at(self) -> datetime:
        return datetime.fromisoformat(self.taken_at)

    @property
    def head(self) -> Anchor:
        """The last act that the backup holds."""
        return Anchor.parse(self.anchor)


@dataclass(frozen=True, slots=True)
class End:
    """``parts``: name → SHA-256 of each part of a table; ``files`` and ``size`` (bytes) of the blobs; ``missing``:
    hashes whose file was lost or changed when the backup was made.
    """

    parts: dict[str, str]
    files: int
    size: int
    missing: list[str]

    def text(self) -> bytes:
        return canonical(asdict(self)).encode()


def head_of(alias: str, at: datetime, counts: dict[str, int]) -> Head:
    """The manifest's beginning, read in the snapshot."""
    own = connections[alias]
    ledger = LedgerHead.objects.using(alias).filter(pk=LedgerHead.THE_ONE).first() or LedgerHead()
    counters = ReceiptCounter.objects.using(alias).order_by("campaign__uid")
    campaigns = counters.values_list("campaign__uid", "campaign__title", "campaign__state", "last")
    applied: dict[str, list[str]] = {}
    for app, name in sorted(MigrationRecorder(own).applied_migrations()):
        applied.setdefault(app, []).append(name)
    return Head(
        format=FORMAT, version=__version__, taken_at=moment(at), database=own.vendor,
        anchor=str(Anchor(ledger.seq, ledger.hash)), migrations=applied,
        campaigns=[Campaign(str(uid), title, state, last) for uid, title, state, last in campaigns],
        rows=counts,
    )  # fmt: skip


def read_head(text: bytes) -> Head:
    """Raises ``Damaged`` for what is no manifest."""
    facts = _object(text)
    try:
        return Head(**{**facts, "campaigns": [Campaign(**each) for each in facts["campaigns"]]})
    except (KeyError, TypeError) as error:
        raise damaged() from error


def read_end(text: bytes) -> End:
    """Raises ``Damaged`` for what is no manifest."""
    try:
        return End(**_object(text))
    except TypeError as error:
        raise damaged() from error


def _object(text: bytes) -> dict[str, Any]:
    try:
        facts = json.loads(text)
    except ValueError as error:
        raise damaged() from error
    if not isinstance(facts, dict):
        raise damaged()
    return facts

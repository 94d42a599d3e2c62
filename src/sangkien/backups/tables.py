"""Which tables a backup holds, in what order, and how a row becomes a line that both databases read alike.

A line is a JSON array of the row's values in the order of the columns: moments in UTC with microseconds, decimals and
UUIDs as text. Nothing of it knows whether it came from SQLite or PostgreSQL.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from django.apps import apps
from django.apps.registry import Apps
from django.db import connection
from django.db.models import Field, Model

from sangkien.ledger.canonical import moment

OURS: Final = "sangkien."
# Of the packages: what of a person must outlive a lost machine. Not sessions, keys, tokens, codes on their way, tries
# at the door; not what ``migrate`` fills by itself.
OF_PACKAGES: Final = frozenset({"account.EmailAddress", "mfa.Authenticator", "socialaccount.SocialAccount"})
LEFT_OUT: Final = frozenset(
    {
        "account.EmailConfirmation",
        "auth.Group",
        "auth.Group_permissions",
        "auth.Permission",
        "axes.AccessAttempt",
        "axes.AccessAttemptExpiration",
        "axes.AccessFailureLog",
        "axes.AccessLog",
        "contenttypes.ContentType",
        "sessions.Session",
        "socialaccount.SocialApp",
        "socialaccount.SocialToken",
    }
)


def kept_models(registry: Apps = apps) -> list[type[Model]]:
    """The models whose rows a backup holds, each after those that it points to."""
    ours = {config.label for config in apps.get_app_configs() if config.name.startswith(OURS)}
    found = [
        model
        for model in registry.get_models(include_auto_created=True)
        if model._meta.managed and (model._meta.app_label in ours or model._meta.label in OF_PACKAGES)
    ]
    return _in_order(sorted(found, key=lambda model: model._meta.label_lower))


def _in_order(models: Sequence[type[Model]]) -> list[type[Model]]:
    """Depth first over foreign keys. A circle is cut somewhere: keys are checked at the end of the transaction."""
    wanted, ordered, seen = set(models), [], set()

    def visit(model: type[Model]) -> None:
        if model in seen:
            return
        seen.add(model)
        for field in model._meta.concrete_fields:
            if field.remote_field is not None and field.related_model in wanted:
                visit(field.related_model)
        ordered.append(model)

    for model in models:
        visit(model)
    return ordered


def hanging_models() -> list[type[Model]]:
    """Of those left out, the ones whose rows point to kept ones, and so must go with them."""
    kept = kept_models()
    others = [model for model in apps.get_models(include_auto_created=True) if model not in kept]
    return [model for model in others if any(field.related_model in kept for field in model._meta.concrete_fields)]


def columns(model: type[Model]) -> list["Field[Any, Any]"]:
    """The fields that have a column, as the model lists them; without those that the database computes."""
    return [field for field in model._meta.concrete_fields if not getattr(field, "generated", False)]


def rows(model: type[Model], alias: str) -> Iterator[bytes]:
    """All rows of a table as lines, by primary key, some thousand in memory at once."""
    names = [field.attname for field in columns(model)]
    found = model._base_manager.using(alias).order_by("pk").values_list(*names)
    for row in found.iterator(chunk_size=2_000):
        yield _line(row)


def _line(row: Sequence[object]) -> bytes:
    """Keys of JSON columns sorted: PostgreSQL reorders them, and the line must not know."""
    told = json.dumps(row, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_plain, allow_nan=False)
    return told.encode() + b"\n"


def _plain(value: object) -> str:
    match value:
        case datetime():
            return moment(value)
        case date() | time():
            return value.isoformat()
        case Decimal():
            return format(value, "f")
        case UUID():
            return str(value)
        case _:
            raise TypeError(f"no line for {type(value).__name__}: teach sangkien.backups.tables")


def insert(model: type[Model], names: bytes, lines: Iterable[bytes]) -> None:
    """Write these lines as rows, exactly as they were: no default, no moment of now.

    ``names`` is the line that names the columns. Raises ``ValueError`` or ``KeyError`` for lines that are none.
    """
    by_name = {field.attname: field for field in columns(model)}
    fields = [by_name[name] for name in json.loads(names)]
    quote = connection.ops.quote_name
    into = ", ".join(quote(field.column) for field in fields if field.column)
    marks = ", ".join(["%s"] * len(fields))
    statement = f"INSERT INTO {quote(model._meta.db_table)} ({into}) VALUES ({marks})"  # noqa: S608 - our own names
    with connection.cursor() as cursor:
        cursor.executemany(statement, [_values(fields, line) for line in lines])


def _values(fields: Sequence["Field[Any, Any]"], line: bytes) -> list[Any]:
    row = json.loads(line)
    return [field.get_db_prep_save(field.to_python(each), connection) for field, each in zip(fields, row, strict=True)]

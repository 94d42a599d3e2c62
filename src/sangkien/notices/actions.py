"""``tell()``: write a notice with its cause."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.http import url_has_allowed_host_and_scheme

from sangkien.accounts.models import User
from sangkien.notices.models import Message
from sangkien.units.models import Unit
from sangkien.vietnamese import fold


def tell(
    to: Unit | User,
    *,
    kind: str,
    subject_uid: UUID,
    title: str,
    text: str,
    path: str,
    key: str,
    at: datetime,
    scope: UUID | None = None,
) -> None:
    """Make the notice of this key, unless it was made before (a second tick, a second click). One statement.

    ``title`` says what happened, ``text`` what to do; ``path`` is a page of this site that only shows. A notice to a
    unit is read by everybody there: nothing that one of them may not know, no mark, verdict or count. Must stand in
    the transaction of its cause (``RuntimeError``); a text of several lines, or a path elsewhere: ``ValueError``.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError(f"tell({kind!r}) outside the transaction of its cause")
    if not path.startswith("/") or not url_has_allowed_host_and_scheme(path, allowed_hosts=None):
        raise ValueError(f"tell: {path} is no page of this site")
    if any(len(line.splitlines()) != 1 for line in (title, text)):
        raise ValueError("tell: title and text are one line each")
    message = Message(
        to_unit=to if isinstance(to, Unit) else None, to_user=to if isinstance(to, User) else None, kind=kind,
        subject_uid=subject_uid, scope_uid=scope, title=title, text=text, folded=fold(f"{title} {text}"), path=path,
        key=key, made_at=at,
    )  # fmt: skip
    message.clean_fields(exclude=["to_unit", "to_user"])
    Message.objects.bulk_create([message], ignore_conflicts=True)  # waits for another who tells the same

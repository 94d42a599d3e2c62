"""Accounts of a demonstration instance, whose passwords stand on its sign-in page for all to read."""

from datetime import datetime

from sangkien.accounts.models import ShownAccount, User
from sangkien.ledger.models import SeenBy
from sangkien.ledger.recording import Actor, acting, record


def show_account(*, person: User, password: str, about: str, by: Actor, at: datetime) -> ShownAccount:
    """Only the demonstration does this, on an instance that was empty. The ledger keeps that it was done."""
    with acting():
        shown = ShownAccount.objects.create(user=person, password=password, about=about)
        record(
            by=by, at=at, verb="show_account", subject_kind="user", subject_uid=person.uid, seen_by=SeenBy.LEAD,
            payload={},
        )  # fmt: skip
    return shown

"""An instance in use, and everything that its tables hold, to be compared."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from allauth.mfa.models import Authenticator
from django.db import connection

from sangkien.accounts.models import User
from sangkien.backups import making, writing
from sangkien.backups.models import Backup, Place, Why
from sangkien.backups.tables import kept_models, rows
from sangkien.campaigns.models import Campaign
from sangkien.intake.models import Receipt
from sangkien.ledger.recording import Actor
from tests.factories import accounts, attachments, campaigns, district3, intake, jobs, notices
from tests.factories.units import AT

PASSPHRASE = "hoa phượng nở đỏ sân trường"
BY = Actor("user:1")
SENT = intake.IN_TIME
NOW = intake.later(SENT, days=1)  # when backups are made


@dataclass(slots=True)
class World:
    """What stands in it."""

    units: district3.District3
    campaign: Campaign
    administrator: User


def world() -> World:
    """District 3 with an issued campaign, people, files, notices, a job, two receipts."""
    told = district3.twelve_wards(by=BY, at=AT)
    campaign = campaigns.issued(told)
    administrator = accounts.administrator()
    officer = accounts.member(told.offices["Phòng Nội vụ"])
    accounts.membership(officer, told.district, starts_date=campaigns.OPENS, scope_uid=campaign.uid)
    accounts.invitation(told.wards["Phường 04"], scope_uid=campaign.uid)
    Authenticator.objects.create(user=administrator, type="totp", data={"secret": "ABC", "số": [1, None, True]})
    attachments.attachment(b"%PDF-1.7\n" + b"x" * 3_000_000 + b"\n%%EOF\n", "bảng số liệu.pdf")
    notices.message(told.wards["Phường 04"], path="/dot/")
    notices.delivery(notices.message(officer, "hạn:1", path="/dot/"), officer)
    jobs.job()
    for _number in (1, 2):
        receipt(told, campaign)
    return World(told, campaign, administrator)


def receipt(told: district3.District3, campaign: Campaign, *, at: datetime = SENT) -> Receipt:
    """Ward 4 sends an entry; the receipt that it gets."""
    return intake.sent(intake.draft(campaign, told.wards["Phường 04"], at=at), at=at)


def everything() -> dict[str, str]:
    """A hash of all rows of every kept table, as both databases tell them."""
    told = {}
    for model in kept_models():
        digest = hashlib.sha256()
        for line in rows(model, "default"):
            digest.update(line)
        told[model._meta.label] = digest.hexdigest()
    return told


def made(path: Path, passphrase: str | None = PASSPHRASE, **facts: Any) -> Backup:
    """A backup of this name."""
    told: dict[str, Any] = {
        "passphrase": passphrase, "why": Why.BY_HAND, "by": BY, "at": NOW, "progress": quiet,
    }  # fmt: skip
    place = facts.pop("place", Place.ELSEWHERE if passphrase else Place.HERE)
    return making.make_file(path, place, **{**told, **facts})


def backup(**facts: Any) -> Backup:
    """A row without a file."""
    at = facts.get("taken_at", AT)
    return Backup.objects.create(
        **{
            "name": f"sao-luu-{at:%Y-%m-%d-%H%M}.sangkien", "place": Place.SECOND, "why": Why.DAILY, "sealed": True,
            "taken_at": at, "checked_at": at, "size": 1_200_000, "sha256": "0" * 64, "rows": 12, "files": 3,
            "anchor": f"1-{'0' * 64}", **facts,
        }
    )  # fmt: skip


def quiet(done: int, total: int) -> None:
    """Progress that nobody looks at."""


def plain_bytes(**facts: Any) -> bytes:
    """A plain backup in memory."""
    target = BytesIO()
    writing.write(target, passphrase=None, at=NOW, progress=facts.get("progress", quiet))
    return target.getvalue()


def is_sqlite() -> bool:
    return connection.vendor == "sqlite"

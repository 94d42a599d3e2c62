"""Initiatives with a draft as the actions make them, and unsaved rows for what guards them."""

from datetime import UTC, datetime
from typing import Any

from sangkien.initiatives import actions
from sangkien.initiatives.freezing import freeze
from sangkien.initiatives.models import Authorship, CoImplementer, Figure, Initiative, Revision
from sangkien.ledger.recording import Actor, acting
from sangkien.units.models import Unit

OFFICER, COLLEAGUE = Actor("user:2"), Actor("user:4")
AT = datetime(2024, 8, 1, 2, tzinfo=UTC)


def draft(implementer: Unit, title: str = "Nhắc hẹn qua tin nhắn", **facts: Any) -> Revision:
    """The first draft of a new initiative."""
    told: Any = {"title": title, **facts}
    return actions.begin(implementer, told=told, by=OFFICER, at=AT)


def frozen(*drafts: Revision) -> list[Revision]:
    """Handed over together."""
    with acting():
        freeze(drafts, by=OFFICER, at=AT)
    return list(drafts)


# -- unsaved rows


def initiative(implementer: Unit, **facts: Any) -> Initiative:
    return Initiative(**{"implementer": implementer, "created_at": AT, **facts})


def revision(of: Initiative, **facts: Any) -> Revision:
    return Revision(**{"initiative": of, "number": 9, "edited_at": AT, "edited_by": "user:2", **facts})


def co_implementer(of: Initiative, **facts: Any) -> CoImplementer:
    return CoImplementer(**{"initiative": of, **facts})


def figure(of: Revision, **facts: Any) -> Figure:
    return Figure(**{"revision": of, "position": 1, "what": "Số lượt đến", "before": 2, **facts})


def authorship(of: Revision, **facts: Any) -> Authorship:
    return Authorship(**{"revision": of, "position": 1, "name": "Trần Văn Sáng", **facts})

"""Every address of the rooms that touch an entry, filled with what it may speak of; a page without a line fails."""

import re
from collections.abc import Iterator, Sequence
from itertools import product
from typing import Any, Final
from uuid import UUID

from django.urls import get_resolver
from django.urls.resolvers import URLResolver

from sangkien.appraisal.models import PanelMember, ScoreSheet, SessionItem, VisitNote
from sangkien.notices.models import Message
from tests.appraisal.leaking import CANARIES, Leaking

ROOMS: Final = ("appraisal", "desk", "intake", "campaigns", "notices", "backoffice")
# Nothing here is about an entry, or they are of what a test of its own room looks at.
LEFT_OUT: Final = frozenset({"backoffice:minutes_file", "desk:consolidation_file", "intake:word_form"})
NOBODY: Final = UUID(int=7)
_SLOT = re.compile(r"<(?P<converter>\w+):(?P<name>\w+)>")


def routes() -> dict[str, str]:
    """Name → route of every page of these rooms."""
    found = _walk(get_resolver(), "", "")
    return {name: route for name, route in found if name.partition(":")[0] in ROOMS and name not in LEFT_OUT}


def _walk(resolver: URLResolver, room: str, before: str) -> Iterator[tuple[str, str]]:
    for each in resolver.url_patterns:
        route = before + str(each.pattern)
        if isinstance(each, URLResolver):
            yield from _walk(each, each.namespace or room, route)
        else:
            yield f"{room}:{each.name}", route


def of_route(route: str, secrets: Leaking) -> list[str]:
    """Addresses of this route, one for each thing that its slots name. ``KeyError`` for a slot nobody thought of."""
    slots = [match["name"] for match in _SLOT.finditer(route)]
    filled = []
    for values in product(*(_values(route, name, secrets) for name in slots)):
        path, rest = route, list(values)
        filled.append("/" + _SLOT.sub(lambda _match, rest=rest: str(rest.pop(0)), path))  # type: ignore[misc]  # bound now
    return filled


def _values(route: str, name: str, secrets: Leaking) -> Sequence[Any]:
    if name == "uid":
        for begin, values in _subjects(secrets):
            if route.startswith(begin):
                return values
    return _slots(secrets)[name]


def _subjects(secrets: Leaking) -> list[tuple[str, Sequence[Any]]]:
    """What ``uid`` is, by how the route begins."""
    campaign = [secrets.campaign.uid]
    entries = [each.uid for each in secrets.entries]
    offices = [each.uid for each in secrets.assignments]
    readings = [each.uid for each in secrets.readings[:4]]
    sheets = ScoreSheet.objects.filter(entry__in=secrets.entries).order_by("pk").values_list("uid", flat=True)
    return [
        ("tham-dinh/cham/", readings),
        ("tham-dinh/phieu-giay/", list(sheets[:4])),
        ("tham-dinh/to-cham/", [secrets.council.panel.uid]),
        ("tham-dinh/khao-sat/", [secrets.visit.uid]),
        ("tham-dinh/phien/", [secrets.session.uid]),
        ("tham-dinh/dot/", campaign),
        ("tham-dinh/giai-phap/", entries),
        ("tham-dinh/chuyen/", [secrets.assignments[0].routing.uid]),
        ("tham-dinh/viec/", offices),
        ("tham-dinh/phieu/", offices),
        ("tham-dinh/cau-hoi/", [secrets.question.uid]),
        ("bao-cao/cau-hoi/tep/", [NOBODY]),
        ("bao-cao/cau-hoi/", [secrets.question.uid]),
        ("huong-dan/", [secrets.support.uid]),
        ("dot/", campaign),
        ("giai-phap/tiep-nhan/", [NOBODY]),
        ("giai-phap/", entries),
        ("bao-cao/dot/", entries),
        ("bao-cao/giai-phap/", entries),
        ("bao-cao/", [NOBODY]),
        ("thong-bao/", list(Message.objects.order_by("pk").values_list("uid", flat=True)[:3])),
        ("quan-tri/", [NOBODY, secrets.world.ward.uid]),
    ]


def _slots(secrets: Leaking) -> dict[str, Sequence[Any]]:
    """What the other slots are."""
    ward = secrets.world.ward
    item = SessionItem.objects.filter(session=secrets.session).values_list("uid", flat=True)
    note = VisitNote.objects.filter(visit=secrets.visit).values_list("uid", flat=True)
    member = PanelMember.objects.filter(panel=secrets.council.panel).values_list("uid", flat=True)
    return {
        "campaign": [secrets.campaign.uid], "unit": [ward.uid], "entry_uid": [secrets.hot.uid, secrets.asked.uid],
        "item": list(item[:1]), "note": list(note), "member_uid": list(member[:1]), "order": [secrets.order.uid],
        "code": [each.code for each in (secrets.hot, secrets.own)], "form": ["xlsx", "csv", "json", "docx"],
        "reading_uid": [each.uid for each in secrets.readings[:4]],
        "evidence_uid": [NOBODY], "distribution_uid": [NOBODY], "sending_uid": [NOBODY], "return_uid": [NOBODY],
        "reminder_uid": [NOBODY], "token": [NOBODY], "name": ["tep.xlsx"], "number": [1], "year": [2024],
        "key": [ward.pk], "office": [ward.pk], "slug": ["ten"], "verb": ["len"], "version": [1],
    }  # fmt: skip


def asked_for(secrets: Leaking) -> list[str]:
    """Lists asked by what only those who know it would type."""
    return [
        "/giai-phap/?q=" + CANARIES["title"], f"/giai-phap/?q={secrets.hot.code}", "/giai-phap/?buoc=appraised",
        "/giai-phap/?buoc=in_appraisal", "/giai-phap/xuat.csv?q=" + CANARIES["title"],
    ]  # fmt: skip

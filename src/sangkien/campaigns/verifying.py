"""Issued campaigns against what the ledger kept of them: state, facts, participants, criteria, amendments."""

import json
from collections.abc import Iterator, Sequence
from typing import Any, Final

from django.utils.translation import gettext as _

from sangkien.campaigns.actions.common import checked, facts_of, plain
from sangkien.campaigns.actions.criteria import digest_of as digest_of_criteria
from sangkien.campaigns.actions.issuing import digest_of as digest_of_participants
from sangkien.campaigns.lifecycle import MOVES, Move, State
from sangkien.campaigns.models import Amendment, Campaign
from sangkien.ledger.canonical import canonical, sha256
from sangkien.ledger.models import Act

_OVER: Final = {"campaign.issued": Move.ISSUE, **{f"campaign.{move.value}": move for move in Move}}


def verify() -> Iterator[str]:
    """A sentence for everything that was changed behind the program's back. Some ten statements a campaign."""
    for campaign in Campaign.objects.order_by("pk").iterator():
        acts = list(Act.objects.about(campaign.uid))
        if _state(acts) != campaign.state:
            yield _("Trạng thái của đợt “%s” khác với các việc sổ cái đã ghi.") % campaign.title
        issued = next((json.loads(act.payload) for act in acts if act.verb == "campaign.issued"), None)
        amended = [json.loads(act.payload) for act in acts if act.verb == "campaign.amended"]
        if issued is not None:
            yield from _wrong(campaign, issued, amended)


def _state(acts: Sequence[Act]) -> State | None:
    """Where the acts lead; ``None`` where they go over no arrow."""
    state: State | None = State.DRAFT
    for act in acts:
        if act.verb in _OVER and state is not None:
            state = MOVES.get((state, _OVER[act.verb]))
    return state


def _wrong(campaign: Campaign, issued: dict[str, Any], amended: Sequence[dict[str, Any]]) -> Iterator[str]:
    rows = list(campaign.amendments.order_by("number"))
    kept = [(each["number"], each["sha256"]) for each in amended]
    if [(row.number, sha256(row.changes)) for row in rows] != kept:
        yield _("Các sửa đổi của đợt “%s” khác với điều sổ cái đã ghi.") % campaign.title
        return  # what follows from them cannot be told
    changes = [_changes(row) for row in rows]
    facts, digests = dict(issued["facts"]), dict(issued["criteria"])
    for change in changes:
        facts |= {fact: each["new"] for fact, each in change.items() if fact in facts}
        if "criteria" in change:
            digests[str(change["criteria"]["new"]["version"])] = change["criteria"]["new"]["sha256"]
    now = {fact: plain(value) for fact, value in checked(facts_of(campaign)).items()}
    if canonical(now) != canonical(facts):
        yield _("Tên, năm hoặc thời gian của đợt “%s” khác với điều sổ cái đã ghi.") % campaign.title
    asked = campaign.participants.select_related("unit", "unit_version").order_by("position")
    if digest_of_participants(list(asked[: issued["participants"]])) != issued["participants_sha256"]:
        yield _("Danh sách đơn vị của đợt “%s” khác với lúc ban hành.") % campaign.title
    frozen = campaign.criteria_sets.filter(frozen_at__isnull=False)
    if {str(row.version): digest_of_criteria(row) for row in frozen} != digests:
        yield _("Tiêu chí của đợt “%s” khác với điều sổ cái đã ghi.") % campaign.title


def _changes(row: Amendment) -> dict[str, Any]:
    return dict(json.loads(row.changes))

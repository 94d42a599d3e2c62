"""The consolidated appendix is frozen: each admitted entry once, in the plan's order, STT from 1 (domain, §7.5, 9)."""

from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError
from django.db.models import Max
from django.utils.translation import gettext as _

from sangkien.accounts.refusal import Refused
from sangkien.campaigns.locking import hold
from sangkien.campaigns.models import Campaign
from sangkien.intake.actions.common import local_date, revision_of, running
from sangkien.intake.models import Consolidation, ConsolidationRow, Entry
from sangkien.intake.papers import consolidated_appendix, consolidated_title
from sangkien.intake.queries import consolidated
from sangkien.ledger.canonical import canonical, sha256
from sangkien.ledger.models import SeenBy
from sangkien.ledger.recording import Actor, acting, record
from sangkien.papers import drafting
from sangkien.papers.kinds import Kind
from sangkien.papers.models import Paper

_MOST = 10_000


def consolidate(campaign: Campaign, *, by: Actor, at: datetime, key: str = "") -> Consolidation:
    """The next consolidation with its paper, whose text is frozen and goes to be signed.

    Holds the campaign, so that nothing is admitted or taken back meanwhile. The second click of the same ``key``
    answers the first one's. Raises ``Refused`` when nothing is admitted.
    """
    try:
        return _consolidate(campaign, by, at, key)
    except IntegrityError:  # the first click of the same key was on its way
        first = _made_by(key)
        if first is None:
            raise
        return first


def _made_by(key: str) -> Consolidation | None:
    return Consolidation.objects.filter(key=key).select_related("paper").first() if key else None


def _consolidate(campaign: Campaign, by: Actor, at: datetime, key: str) -> Consolidation:
    with acting():
        held = running(hold(campaign))
        first = _made_by(key)
        if first is not None:
            return first
        entries = list(consolidated(held)[: _MOST + 1])
        _refuse(entries)
        number = (Consolidation.objects.filter(campaign=held).aggregate(last=Max("number"))["last"] or 0) + 1
        made = Consolidation(campaign=held, number=number, frozen_at=at, key=key, sha256=digest_of(entries))
        made.paper = _paper(held, entries, number, by, at)
        made.save(force_insert=True)
        ConsolidationRow.objects.bulk_create(
            [
                ConsolidationRow(consolidation=made, entry=each, revision=revision_of(each), position=place)
                for place, each in enumerate(entries, 1)
            ],
            batch_size=500,
        )
        record(
            by=by, at=at, verb="campaign.consolidated", subject_kind="campaign", subject_uid=held.uid,
            seen_by=SeenBy.LEAD,
            payload={
                "consolidation": made.uid, "number": number, "rows": len(entries), "sha256": made.sha256,
                "paper": made.paper.uid,
            },
        )  # fmt: skip
    return made


def _refuse(entries: Sequence[Entry]) -> None:
    if not entries:
        raise Refused(_("Chưa có giải pháp nào được tiếp nhận nên chưa lập được phụ lục tổng hợp."))
    if len(entries) > _MOST:
        raise Refused(_("Phụ lục dài quá %d dòng. Bạn xuất bảng tính thay cho phụ lục.") % _MOST)


def digest_of(entries: Sequence[Entry]) -> str:
    """The hash of which entries with which content stood there, in their order."""
    return sha256(canonical([[each.uid, revision_of(each).sha256] for each in entries]))


def _paper(campaign: Campaign, entries: Sequence[Entry], number: int, by: Actor, at: datetime) -> Paper:
    on = local_date(at)
    paper = drafting.draft(
        kind=Kind.APPENDIX, issuer=campaign.lead_unit, on=on, summary=consolidated_title(campaign), by=by, at=at
    )
    text = consolidated_appendix(campaign, entries, number=number, on=on, made_at=at)
    drafting.write(paper, text=text, by=by, at=at)
    drafting.make_ready(paper, by=by, at=at)
    return paper

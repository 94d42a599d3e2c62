"""A deferred solution in the next campaign: only after its unit has confirmed "vẫn đang áp dụng"."""

from datetime import datetime

from django.db import IntegrityError
from django.utils.translation import gettext as _

from sangkien.accounts.refusal import Refused
from sangkien.campaigns.locking import hold_shared
from sangkien.campaigns.models import Campaign
from sangkien.initiatives import actions as initiatives
from sangkien.intake import finding
from sangkien.intake.actions.common import participant_of, reason_told, revision_of, running
from sangkien.intake.actions.drafting import next_code
from sangkien.intake.lifecycle import Stage
from sangkien.intake.models import Entry, Evidence
from sangkien.intake.moving import hold_one, note
from sangkien.ledger.models import SeenBy
from sangkien.ledger.recording import Actor, acting
from sangkien.papers.models import Paper


def roll_over(entry: Entry, *, into: Campaign, by: Actor, at: datetime, letter: Paper | None = None) -> Entry:
    """The unit confirms that it still applies: a draft in the next campaign, with text and evidence as they were.

    It is sent like every other (``sending.submit``), by then perhaps with newer figures. ``letter``: the lead unit
    records the confirmation from it. An entry has at most one successor: a second click answers the first one's. Raises
    ``Refused`` for what was not deferred, for another organiser's campaign, or a unit that it does not ask.
    """
    try:
        return _roll_over(entry, into, by, at, letter)
    except IntegrityError:  # somebody else confirmed at this moment
        made = _made_from(entry)
        if made is None:
            raise
        return made


def _roll_over(entry: Entry, into: Campaign, by: Actor, at: datetime, letter: Paper | None) -> Entry:
    with acting():
        to = running(hold_shared(into))
        old = hold_one(entry)
        _refuse(old, to)
        made = _made_from(old)
        if made is not None:
            return made
        participant = participant_of(to, old.implementer)
        draft = initiatives.open_draft(revision_of(old), by=by, at=at)
        new = Entry.objects.create(
            initiative=old.initiative, campaign=to, organiser_id=to.organiser_id, implementer=old.implementer,
            code=next_code(to, participant), stage_at=at, created_at=at, revision=draft, deferred_from=old,
            opened_by_lead=letter is not None,
        )  # fmt: skip
        _copy_evidence(old, new, at)
        finding.make_findable([new])
        facts: dict[str, object] = {"to": new.uid, "campaign": to.uid, "letter": letter and letter.uid}
        note(old, "still_applied", by=by, at=at, seen_by=SeenBy.UNIT, facts=facts)
        started: dict[str, object] = {"code": new.code, "initiative": old.initiative.uid, "campaign": to.uid}
        note(new, "started", by=by, at=at, seen_by=SeenBy.UNIT, facts={**started, "deferred_from": old.uid})
    return new


def _made_from(entry: Entry) -> Entry | None:
    made = Entry.objects.filter(deferred_from=entry)
    return made.select_related("campaign", "revision", "initiative", "implementer").first()


def no_longer_applied(entry: Entry, *, reason: str, by: Actor, at: datetime, letter: Paper | None = None) -> Entry:
    """The unit does not apply it any more: nobody asks for it again. The second click does nothing. ``letter``: the
    lead unit records it from there.

    Raises ``Refused`` for what was not deferred, or was taken into a later campaign already.
    """
    why = reason_told(reason, _("Bạn ghi lý do vì sao không còn áp dụng."))
    with acting():
        old = hold_one(entry)
        if old.stage != Stage.DEFERRED:
            raise Refused(_("Chỉ trả lời “không còn áp dụng” cho giải pháp được chuyển từ đợt trước."))
        if _made_from(old) is not None:
            raise Refused(_("Giải pháp này đã vào đợt sau. Nếu không báo cáo nữa, bạn bỏ bản nháp hoặc rút giải pháp."))
        if old.no_longer_applied_at is None:
            old.no_longer_applied_at = at
            old.save(update_fields=["no_longer_applied_at"])
            facts: dict[str, object] = {"reason": why} | ({"letter": letter.uid} if letter is not None else {})
            note(old, "no_longer_applied", by=by, at=at, seen_by=SeenBy.UNIT, facts=facts)
    return old


def _refuse(old: Entry, into: Campaign) -> None:
    if old.stage != Stage.DEFERRED:
        raise Refused(_("Chỉ xác nhận “vẫn đang áp dụng” cho giải pháp được chuyển từ đợt trước."))
    if old.no_longer_applied_at is not None:
        raise Refused(_("Đơn vị đã trả lời là giải pháp này không còn áp dụng."))
    if old.campaign_id == into.pk:
        raise Refused(_("Giải pháp được chuyển sang đợt sau, không phải đợt này. Bạn chọn đợt đang nhận báo cáo."))
    if old.organiser_id != into.organiser_id:
        raise Refused(_("Đợt này của cơ quan khác. Bạn chọn đợt của cùng cơ quan tổ chức."))


def _copy_evidence(old: Entry, new: Entry, at: datetime) -> None:
    kept = Evidence.objects.filter(entry=old, removed_at__isnull=True).order_by("pk")
    Evidence.objects.bulk_create(
        [Evidence(entry=new, attachment_id=each.attachment_id, caption=each.caption, added_at=at) for each in kept]
    )

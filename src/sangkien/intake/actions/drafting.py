"""Drafts: begun also before the window opens, edited together, thrown away."""

from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError
from django.db.models import F, Subquery
from django.utils.translation import gettext as _

from sangkien.accounts.refusal import Refused
from sangkien.attachments import keeping
from sangkien.attachments.keeping import Received
from sangkien.attachments.models import Attachment
from sangkien.campaigns.locking import hold_shared
from sangkien.campaigns.models import Campaign, Participant, ReformField, Sector
from sangkien.initiatives import actions as initiatives
from sangkien.initiatives import texts
from sangkien.initiatives.models import Revision
from sangkien.initiatives.telling import AuthorTold, CoImplementerTold, FigureTold, Told
from sangkien.intake import finding
from sangkien.intake.actions.common import held, holding, participant_of, revision_of, running
from sangkien.intake.lifecycle import Move, Stage
from sangkien.intake.models import Entry, EntryCounter, Evidence
from sangkien.intake.models.entries import LONGEST_CAPTION
from sangkien.intake.moving import note, refuse_no_arrow
from sangkien.ledger.models import SeenBy
from sangkien.ledger.recording import Actor, acting
from sangkien.units.models import Unit

_MOST_EVIDENCE = 30


def start(
    campaign: Campaign, unit: Unit, *, by: Actor, at: datetime, told: Told | None = None, key: str = "",
    read_from: Attachment | None = None, opened_by_lead: bool = False,
) -> Entry:  # fmt: skip
    """A draft of the unit in the campaign. ``opened_by_lead``: the lead unit enters what came on paper or as a file.

    Raises ``Refused`` when the campaign does not run, the plan does not ask the unit, or a text is too long.
    """
    try:
        return _start(campaign, unit, by, at, told or {}, key, read_from, opened_by_lead)
    except IntegrityError:  # the first click of the same key was on its way
        made = _made_by(key, campaign, unit)
        if made is None:
            raise
        return made


def _start(
    campaign: Campaign, unit: Unit, by: Actor, at: datetime, told: Told, key: str, read_from: Attachment | None,
    opened_by_lead: bool,
) -> Entry:  # fmt: skip
    with acting():
        made = _made_by(key, campaign, unit)
        if made is not None:
            return made
        now = running(hold_shared(campaign))
        participant = participant_of(now, unit)
        refuse_unknown(now, told)
        revision = initiatives.begin(unit, told=told, by=by, at=at, read_from=read_from)
        entry = Entry.objects.create(
            initiative=revision.initiative, campaign=now, organiser_id=now.organiser_id, implementer=unit,
            code=next_code(now, participant), stage_at=at, created_at=at, revision=revision,
            opened_by_lead=opened_by_lead, key=key,
        )  # fmt: skip
        finding.make_findable([entry])
        facts: dict[str, object] = {"code": entry.code, "initiative": revision.initiative.uid, "campaign": now.uid}
        if read_from is not None:
            facts["read_from"] = read_from.uid
        note(entry, "started", by=by, at=at, seen_by=SeenBy.UNIT, facts=facts)
    return entry


def _made_by(key: str, campaign: Campaign, unit: Unit) -> Entry | None:
    if not key:
        return None
    return (
        Entry.objects.filter(key=key, campaign=campaign, implementer=unit)
        .select_related("campaign", "revision", "initiative")
        .first()
    )


def next_code(campaign: Campaign, participant: Participant) -> str:
    """The unit's place in the plan and the number of its entry: "07.02". Never given twice.

    The place is as wide as the plan's last one, so that codes stand in the order of the plan; a code that was given
    stays as it is when an amendment makes the plan longer.
    """
    row = EntryCounter(campaign=campaign, unit_id=participant.unit_id)
    EntryCounter.objects.bulk_create([row], ignore_conflicts=True)  # waits for another first draft of the unit
    mine = EntryCounter.objects.filter(campaign=campaign, unit=participant.unit_id)
    mine.update(last=F("last") + 1)
    places = Participant.objects.filter(campaign=campaign).order_by("-position").values("position")
    last, longest = mine.values_list("last", Subquery(places[:1])).get()
    return f"{participant.position:0{max(2, len(str(longest)))}}.{last:02}"


def refuse_unknown(campaign: Campaign, told: Told) -> None:
    """Fields and sector are those of the plan. Raises ``Refused``."""
    if told.get("fields"):
        known = set(ReformField.objects.filter(campaign=campaign).values_list("code", flat=True))
        if not known.issuperset(told["fields"]):
            raise Refused(_("Có lĩnh vực không nằm trong danh sách của kế hoạch. Bạn chọn lại lĩnh vực."))
    if told.get("sector") and not Sector.objects.filter(campaign=campaign, code=told["sector"]).exists():
        raise Refused(_("Ngành này không nằm trong danh sách của kế hoạch. Bạn chọn lại ngành."))


def draft_of(entry: Entry) -> Revision | None:
    """The draft that the unit works on, if there is one. One statement."""
    drafts = Revision.objects.draft().filter(initiative=entry.initiative_id)
    return drafts.select_related("initiative").first()


def begin_revision(entry: Entry, *, by: Actor, at: datetime) -> Revision:
    """The draft to work on: the one that is there, or a copy of what was sent last.

    Raises ``Refused`` where nothing could be sent: what was admitted, ended, or is late already.
    """
    with holding(entry) as (now,):
        there = draft_of(now)
        if there is not None and now.stage == Stage.DRAFT:
            return there
        _refuse_new_revision(now, at)
        if there is not None:
            return there
        draft = initiatives.open_draft(revision_of(now), by=by, at=at)
        note(now, "revised", by=by, at=at, seen_by=SeenBy.UNIT, facts={"number": draft.number})
    return draft


def _refuse_new_revision(entry: Entry, at: datetime) -> None:
    if entry.stage == Stage.CHANGES_REQUESTED:
        return
    refuse_no_arrow(entry, Move.SEND_AGAIN)
    if entry.campaign.is_late(at):
        raise Refused(
            _(
                "Đã hết hạn nhận báo cáo nên không gửi lại bản mới được. "
                "Nếu cần sửa, bạn đề nghị đơn vị đầu mối trả lại."
            )
        )


def edit(entry: Entry, *, told: Told, edit_version: int, by: Actor, at: datetime) -> Revision:
    """Change the draft that this person saw at ``edit_version``; answers it with its next version.

    The same again changes nothing. Raises ``EditConflict`` with both texts when a colleague was faster.
    """
    with holding(entry) as (now,):
        refuse_unknown(now.campaign, told)
        draft = _draft(now)
        edited = initiatives.edit(draft, told=told, edit_version=edit_version, by=by, at=at)
        if now.stage == Stage.DRAFT and "title" in told:
            now.revision = edited
            finding.make_findable([now])
    return edited


def _draft(entry: Entry) -> Revision:
    """The draft of an entry that the unit may change now. Raises ``Refused``."""
    draft = draft_of(entry)
    if draft is None or entry.stage not in (Stage.DRAFT, Stage.SUBMITTED, Stage.CHANGES_REQUESTED):
        raise Refused(_("Bản này đã gửi nên không sửa được nữa. Bạn mở lại trang để xem."))
    return draft


def set_figures(entry: Entry, figures: Sequence[FigureTold], *, edit_version: int, by: Actor, at: datetime) -> Revision:
    """The figures of the draft, in place of the earlier ones. Raises as ``edit``."""
    with holding(entry) as (now,):
        return initiatives.set_figures(_draft(now), figures, edit_version=edit_version, by=by, at=at)


def set_authors(entry: Entry, authors: Sequence[AuthorTold], *, edit_version: int, by: Actor, at: datetime) -> Revision:
    """The authors whom the unit chose to name, in place of the earlier ones. Raises as ``edit``."""
    with holding(entry) as (now,):
        return initiatives.set_authors(_draft(now), authors, edit_version=edit_version, by=by, at=at)


def set_co_implementers(
    entry: Entry, bodies: Sequence[CoImplementerTold], *, edit_version: int, by: Actor, at: datetime
) -> Revision:
    """Who did it together, in place of those told before. Raises as ``edit``."""
    with holding(entry) as (now,):
        draft = initiatives.set_co_implementers(_draft(now), bodies, edit_version=edit_version, by=by, at=at)
        finding.make_findable([now])
    return draft


def add_evidence(entry: Entry, received: Received, *, caption: str, by: Actor, at: datetime) -> Evidence:
    """A file that was kept already (``attachments.keeping.receive``, outside the transaction) becomes evidence.

    While the unit has the next step, or may still send again. Raises ``Refused``.
    """
    words = texts.line(caption, LONGEST_CAPTION, _("Chú thích"))
    with holding(entry) as (now,):
        draft = _draft(now)
        there = Evidence.objects.filter(entry=now, removed_at__isnull=True)
        same = there.filter(attachment__blob=received.sha256).first()
        if same is not None:  # the same file twice, or a second click
            return same
        if there.count() >= _MOST_EVIDENCE:
            raise Refused(_("Mỗi giải pháp có nhiều nhất %d tệp kèm theo. Bạn bỏ bớt tệp cũ.") % _MOST_EVIDENCE)
        attachment = keeping.attach(received, by=by, at=at)
        row = Evidence.objects.create(entry=now, attachment=attachment, caption=words, added_at=at)
        initiatives.bump(draft, by=by, at=at)
        facts = {"evidence": row.uid, "attachment": attachment.uid, "sha256": received.sha256}
        note(now, "evidence_added", by=by, at=at, seen_by=SeenBy.UNIT, facts=facts)
    return row


def caption_evidence(evidence: Evidence, *, caption: str, by: Actor, at: datetime) -> None:
    """Other words beside a file that was not sent yet; the same again changes nothing. Raises ``Refused`` for one that
    was sent: who received it has seen those words."""
    words = texts.line(caption, LONGEST_CAPTION, _("Chú thích"))
    with holding(evidence.entry) as (now,):
        draft = _draft(now)
        row = Evidence.objects.filter(pk=evidence.pk, removed_at__isnull=True).first()
        if row is None or row.caption == words:
            return
        if row.was_sent(now):
            raise Refused(_("Tệp này đã gửi cùng chú thích cũ nên không sửa chú thích được. Bạn bỏ tệp rồi thêm lại."))
        facts = {"evidence": row.uid, "old": row.caption, "new": words}
        row.caption = words
        row.save(update_fields=["caption"])
        initiatives.bump(draft, by=by, at=at)
        note(now, "evidence_captioned", by=by, at=at, seen_by=SeenBy.UNIT, facts=facts)


def remove_evidence(evidence: Evidence, *, by: Actor, at: datetime) -> None:
    """No longer shown with the entry; the file and the fact that it was there stay. The second click does nothing."""
    with holding(evidence.entry) as (now,):
        draft = _draft(now)
        if not Evidence.objects.filter(pk=evidence.pk, removed_at__isnull=True).update(removed_at=at):
            return
        initiatives.bump(draft, by=by, at=at)
        note(now, "evidence_removed", by=by, at=at, seen_by=SeenBy.UNIT, facts={"evidence": evidence.uid})


def discard(entry: Entry, *, by: Actor, at: datetime) -> None:
    """Throw away a draft that was never sent, or the unsent revision of one that was.

    Bytes of its files stay, as all files do; that it was there stays in the ledger. Raises ``Refused``.
    """
    with acting():
        (now,) = held([entry])
        draft = draft_of(now)
        if draft is None:
            raise Refused(_("Giải pháp này không có bản nháp nào để bỏ."))
        if now.stage == Stage.DRAFT and not now.sendings.exists() and now.deferred_from_id is None:
            Evidence.objects.filter(entry=now).delete()
            Entry.objects.filter(pk=now.pk).delete()
            finding.make_unfindable([now])
            note(now, "discarded", by=by, at=at, seen_by=SeenBy.UNIT, facts={"code": now.code})
        elif now.stage == Stage.DRAFT:
            raise Refused(_("Giải pháp này đã từng gửi nên không bỏ hẳn được. Bạn cứ để ở bản nháp hoặc gửi lại."))
        else:
            note(now, "revision_discarded", by=by, at=at, seen_by=SeenBy.UNIT, facts={"number": draft.number})
        initiatives.discard_draft(draft)

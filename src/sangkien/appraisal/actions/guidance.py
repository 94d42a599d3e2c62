"""Help before the appraisal: a unit asks an office in charge; a draft is shared only where the unit says so."""

from datetime import datetime

from django.db import IntegrityError
from django.utils.translation import gettext as _

from sangkien.accounts.refusal import Refused
from sangkien.appraisal import telling
from sangkien.appraisal.models import SupportMessage, SupportRequest
from sangkien.appraisal.models.guidance import LONGEST_TITLE
from sangkien.attachments.models import Attachment
from sangkien.campaigns.locking import hold_shared
from sangkien.campaigns.models import Campaign, FieldOwner
from sangkien.initiatives import texts
from sangkien.intake.actions.common import reason_told, running
from sangkien.intake.models import Entry
from sangkien.ledger.models import SeenBy
from sangkien.ledger.recording import Actor, acting, record
from sangkien.units.models import Unit


def ask(
    campaign: Campaign, unit: Unit, office: Unit, *, title: str, text: str, by: Actor, at: datetime,
    entry: Entry | None = None, shares_draft: bool = False, key: str = "",
) -> SupportRequest:  # fmt: skip
    """A question to an office that is in charge of a field or sector, on an entry of the unit or in general.

    The second click of the same ``key`` answers the first. Raises ``Refused``.
    """
    what = texts.line(title, LONGEST_TITLE, _("Câu hỏi"))
    told = reason_told(text, _("Bạn ghi điều muốn hỏi."))
    if not what:
        raise Refused(_("Bạn ghi tên câu hỏi, vài chữ là đủ."))
    try:
        with acting():
            now = running(hold_shared(campaign))
            first = SupportRequest.objects.filter(key=key).first() if key else None
            if first is not None:
                return first
            _refuse(now, unit, office, entry)
            made = SupportRequest.objects.create(
                campaign=now, unit=unit, office=office, entry=entry, title=what,
                shares_draft=shares_draft and entry is not None, asked_at=at, asked_by=by.id, key=key,
            )  # fmt: skip
            SupportMessage.objects.create(request=made, from_office=False, text=told, written_at=at, written_by=by.id)
            facts: dict[str, object] = {"office": office.uid, "entry": entry.uid if entry else None}
            _note(made, "asked", by, at, {**facts, "shares_draft": made.shares_draft})
            telling.support_asked(made, at)
    except IntegrityError:
        there = SupportRequest.objects.filter(key=key).first() if key else None
        if there is None:
            raise
        return there
    return made


def _refuse(campaign: Campaign, unit: Unit, office: Unit, entry: Entry | None) -> None:
    owners = FieldOwner.objects.current().filter(office=office)
    in_charge = owners.filter(field__campaign=campaign).exists() or owners.filter(sector__campaign=campaign).exists()
    if not in_charge:
        raise Refused(_("Đơn vị này không phụ trách lĩnh vực nào của đợt. Bạn chọn đơn vị khác."))
    if office.pk == unit.pk:
        raise Refused(_("Đây là chính đơn vị của bạn. Bạn chọn đơn vị khác để hỏi."))
    if entry is not None and (entry.implementer_id != unit.pk or entry.campaign_id != campaign.pk):
        raise Refused(_("Giải pháp này không phải của đơn vị trong đợt này."))


def write(
    request: SupportRequest, *, from_office: bool, text: str, by: Actor, at: datetime, example: Entry | None = None,
    attachment: Attachment | None = None, key: str = "",
) -> SupportMessage:  # fmt: skip
    """One more message; the first of the office is the answer. Raises ``Refused`` where it is closed."""
    told = reason_told(text, _("Bạn ghi điều muốn nói."))
    with acting():
        row = _held(request)
        there = SupportMessage.objects.filter(key=key, request=row).first() if key else None
        if there is not None:
            return there
        made = SupportMessage.objects.create(
            request=row, from_office=from_office, text=told, example=example, attachment=attachment, written_at=at,
            written_by=by.id, key=key,
        )  # fmt: skip
        if from_office:
            SupportRequest.objects.filter(pk=row.pk, first_answered_at__isnull=True).update(first_answered_at=at)
            telling.support_answered(row, made, at)
        _note(row, "answered" if from_office else "written", by, at, {"message": made.uid})
    return made


def share(request: SupportRequest, *, shares_draft: bool, by: Actor, at: datetime) -> None:
    """Let the office read the draft, or no longer. The same again does nothing. Raises ``Refused`` without an entry."""
    with acting():
        row = _held(request)
        if row.entry_id is None:
            raise Refused(_("Câu hỏi này không gắn với bản soạn nào."))
        changed = SupportRequest.objects.filter(pk=row.pk).exclude(shares_draft=shares_draft)
        if changed.update(shares_draft=shares_draft):
            _note(row, "shared" if shares_draft else "unshared", by, at, {})


def close(request: SupportRequest, *, by: Actor, at: datetime) -> None:
    """Nothing more to ask; sharing ends with it. The second click does nothing."""
    with acting():
        row = SupportRequest.objects.select_for_update().get(pk=request.pk)
        if row.closed_at is None:
            SupportRequest.objects.filter(pk=row.pk).update(closed_at=at, shares_draft=False)
            _note(row, "closed", by, at, {})


def _held(request: SupportRequest) -> SupportRequest:
    locked = SupportRequest.objects.select_for_update(of=("self",)).select_related("campaign", "unit", "office")
    row = locked.get(pk=request.pk)
    if row.closed_at is not None:
        raise Refused(_("Câu hỏi này đã khép lại. Bạn đặt câu hỏi mới."))
    return row


def _note(row: SupportRequest, verb: str, by: Actor, at: datetime, facts: dict[str, object]) -> None:
    record(
        by=by, at=at, verb=f"support.{verb}", subject_kind="support_request", subject_uid=row.uid,
        seen_by=SeenBy.LEAD, payload=facts,
    )  # fmt: skip

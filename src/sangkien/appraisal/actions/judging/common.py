"""What the acts of judging share: the locks, the notes in the ledger, the reasons."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.utils.translation import gettext as _

from sangkien.accounts.refusal import Refused
from sangkien.appraisal.judging.seats import results_closed
from sangkien.appraisal.models import Panel
from sangkien.campaigns.models import Campaign
from sangkien.intake.actions.common import in_running
from sangkien.ledger.models import SeenBy
from sangkien.ledger.recording import Actor, record


@contextmanager
def holding_panel(panel: Panel) -> Iterator[Panel]:
    """As ``sharing``, with the panel FOR UPDATE. Raises ``Refused`` for one that was dissolved."""
    with in_running(panel.campaign) as campaign:
        held = Panel.objects.select_for_update(of=("self",)).select_related("office").get(pk=panel.pk)
        held.campaign = campaign
        if held.dissolved_at is not None:
            raise Refused(_("Tổ chấm này đã giải thể. Bạn mở lại trang để xem."))
        yield held


def refuse_closed(campaign: Campaign) -> None:
    """Raises ``Refused`` while the results stand closed."""
    if results_closed(campaign):
        raise Refused(
            _("Kết quả đã chốt nên không nộp, không sửa phiếu được nữa. Đơn vị đầu mối mở lại kết quả trước.")
        )


def note(
    panel: Panel, verb: str, *, by: Actor, at: datetime, facts: dict[str, object], seen_by: SeenBy = SeenBy.PANEL
) -> None:
    """An act on a panel: ids and hashes, no mark, no name. What judges did stays with the panel."""
    record(
        by=by, at=at, verb=f"panel.{verb}", subject_kind="panel", subject_uid=panel.uid, seen_by=seen_by, payload=facts
    )

"""A form's own Word file, where the plan came with one: it is given to the units in place of ours."""

from datetime import datetime

from django.utils.translation import gettext as _

from sangkien.accounts.refusal import Refused
from sangkien.attachments.keeping import Received, attach
from sangkien.attachments.kinds import DOCX
from sangkien.campaigns.actions.common import note
from sangkien.campaigns.lifecycle import State
from sangkien.campaigns.locking import hold
from sangkien.campaigns.models import Form
from sangkien.ledger.models import SeenBy
from sangkien.ledger.recording import Actor, acting


def set_template(form: Form, *, received: Received | None, by: Actor, at: datetime) -> Form:
    """``received``: a kept .docx; ``None``: back to the file that is made from the form. Also after issue.

    The form itself does not change by it, only the file that helps to fill it in. Raises ``Refused``.
    """
    if received is not None and received.kind is not DOCX:
        raise Refused(_("Tệp mẫu là tệp Word .docx. “%s” là loại khác, bạn chọn lại tệp.") % received.name)
    with acting():
        held = hold(form.campaign)
        if State(held.state) not in {State.DRAFT, *State.of_the_running()}:
            raise Refused(_("Đợt này %s nên không đổi tệp mẫu được nữa.") % State(held.state).label)
        kept = attach(received, by=by, at=at) if received else None
        Form.objects.filter(pk=form.pk).update(template=kept)
        facts = {"form": form.number, "sha256": received.sha256 if received else None}
        note(held, "template_set", by=by, at=at, seen_by=SeenBy.LEAD, facts=facts)
    form.template = kept
    return form

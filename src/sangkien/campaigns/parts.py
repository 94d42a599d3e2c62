"""The parts of a plan as its page shows and edits them: each is seen, opened, saved by itself."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, Protocol

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sangkien.campaigns import editing, showing
from sangkien.campaigns.models import Campaign
from sangkien.campaigns.showing import Shown
from sangkien.ledger.recording import Actor


class Editor(Protocol):
    """An open part: says whether what was typed can be saved, and saves it (``Refused`` where an action refuses)."""

    def is_valid(self) -> bool: ...

    def save(self, *, by: Actor, at: datetime) -> None: ...


@dataclass(frozen=True, slots=True)
class Part:
    """``code`` stands in the address and names the two templates of the part."""

    code: str
    title: Promise
    shown: Callable[[Campaign, date], Shown]
    edit: Callable[[Campaign, date, QueryDict | None], Editor]

    @property
    def template(self) -> str:
        return f"campaigns/parts/{self.code}.html"

    @property
    def form_template(self) -> str:
        return f"campaigns/parts/{self.code}_form.html"


PARTS: Final = {
    part.code: part
    for part in (
        Part("thong-tin", _("Thông tin của kế hoạch"), showing.facts, editing.Facts),
        Part("doi-tuong", _("Đơn vị thuộc đối tượng"), showing.participants, editing.Participants),
        Part("linh-vuc", _("Lĩnh vực và đơn vị phụ trách"), showing.fields, editing.Fields),
        Part("dinh-chinh", _("Chỗ kế hoạch tự mâu thuẫn"), showing.errata, editing.Errata),
        Part("tieu-chi", _("Tiêu chí xem xét"), showing.criteria, editing.Criteria),
        Part("mau", _("Mẫu báo cáo"), showing.forms, editing.Forms),
        Part("can-cu", _("Căn cứ"), showing.bases, editing.Bases),
        Part("lien-he", _("Đầu mối liên hệ"), showing.contacts, editing.Contacts),
    )
}


def read(campaign: Campaign, on: date) -> Shown:
    """What all the parts show, as one; no name stands in two of them. A constant number of statements."""
    return {name: value for part in PARTS.values() for name, value in part.shown(campaign, on).items()}

"""The letter with which a unit sends its report: the unit's own number and scan, written down once."""

import re
from datetime import datetime
from typing import Any, Final

from django.utils.translation import gettext as _

from sangkien.accounts.refusal import Refused
from sangkien.intake.views.common import Place
from sangkien.ledger.recording import Actor
from sangkien.papers import issuing
from sangkien.papers.kinds import Kind, notation_key
from sangkien.papers.models import Paper, State

_SYMBOL: Final = re.compile(r"(?:số\s*:?\s*)?0*([1-9]\d{0,8})\s*[/\-]?\s*(.*)", re.IGNORECASE)


def letter(place: Place, told: dict[str, Any], *, by: Actor, at: datetime) -> Paper | None:
    """The paper of this number, written down now or by an earlier try of the same page. Raises ``Refused``s."""
    symbol, on, scan = told.get("letter_number", ""), told.get("letter_date"), told.get("scan")
    if not symbol or on is None:
        if scan:
            raise Refused(_("Có bản chụp thì ghi cả số và ngày của công văn."))
        return None
    number, notation = read_symbol(symbol)
    there = Paper.objects.filter(
        issuer_unit=place.unit, year=on.year, number=number, notation_key=notation_key(notation), state=State.ISSUED
    )
    written = there.first()
    if written is not None:
        return written
    if not scan:
        raise Refused(_("Có số công văn thì kèm bản chụp hoặc bản ký số. Bạn chọn tệp rồi gửi lại."))
    kind = Kind.REPORT if "bc" in notation.lower() else Kind.OFFICIAL_LETTER
    summary = _("Báo cáo giải pháp cải cách hành chính năm %d") % place.campaign.year
    return issuing.record(
        kind=kind, issuer=place.unit, number=number, notation=notation, issued_date=on, summary=summary, files=[scan],
        by=by, at=at,
    )  # fmt: skip


def read_symbol(symbol: str) -> tuple[int, str]:
    """ "45/BC-UBND" → 45 and "BC-UBND". Raises ``Refused``."""
    found = _SYMBOL.fullmatch(symbol.strip())
    if found is None:
        raise Refused(_("Số công văn “%s” chưa đúng. Ghi số trước, ký hiệu sau, ví dụ 45/BC-UBND.") % symbol[:40])
    return int(found[1]), found[2].strip()

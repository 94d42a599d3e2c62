"""The letter with which a unit sends its report: the unit's own number and scan, written down once."""

import re
from datetime import date, datetime
from typing import Any, Final

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from sangkien.accounts.refusal import Refused
from sangkien.intake.views.common import Place
from sangkien.ledger.recording import Actor
from sangkien.papers import issuing
from sangkien.papers.issuing import Arrival
from sangkien.papers.kinds import Kind, notation_key
from sangkien.papers.models import Paper, State
from sangkien.units.models import Unit

_SYMBOL: Final = re.compile(r"(?:số\s*:?\s*)?0*([1-9]\d{0,8})\s*[/\-]?\s*(.*)", re.IGNORECASE)


def is_told(told: dict[str, Any]) -> bool:
    """Whether anything of a letter was entered."""
    return bool(told.get("letter_number") or told.get("scan"))


def letter(place: Place, told: dict[str, Any], *, by: Actor, at: datetime) -> Paper | None:
    """The paper of this number, written down now or by an earlier try of the same page. Raises ``Refused``s."""
    symbol, on, scan = told.get("letter_number", ""), told.get("letter_date"), told.get("scan")
    if not symbol or on is None:
        if scan:
            raise Refused(_("Có bản chụp thì ghi cả số và ngày của công văn."))
        return None
    summary = _("Báo cáo giải pháp cải cách hành chính năm %d") % place.campaign.year
    no_scan = _("Có số công văn thì kèm bản chụp hoặc bản ký số. Bạn chọn tệp rồi gửi lại.")
    return written_down(place.unit, symbol, on, scan, summary=summary, no_scan=no_scan, by=by, at=at)


def written_down(
    unit: Unit, symbol: str, on: date, scan: "UploadedFile[bytes] | None", *, summary: str, no_scan: str, by: Actor,
    at: datetime, arrival: Arrival | None = None,
) -> Paper:  # fmt: skip
    """A letter of the unit, recorded once. Raises ``Refused``, with ``no_scan`` where a new one has no file."""
    number, notation = read_symbol(symbol)
    there = Paper.objects.filter(
        issuer_unit=unit, year=on.year, number=number, notation_key=notation_key(notation), state=State.ISSUED
    ).first()
    if there is not None:
        return there
    if not scan:
        raise Refused(no_scan)
    kind = Kind.REPORT if "bc" in notation.lower() else Kind.OFFICIAL_LETTER
    return issuing.record(
        kind=kind, issuer=unit, number=number, notation=notation, issued_date=on, summary=summary, files=[scan],
        arrival=arrival, by=by, at=at,
    )  # fmt: skip


def read_symbol(symbol: str) -> tuple[int, str]:
    """ "45/BC-UBND" → 45 and "BC-UBND". Raises ``Refused``."""
    found = _SYMBOL.fullmatch(symbol.strip())
    if found is None:
        raise Refused(_("Số công văn “%s” chưa đúng. Ghi số trước, ký hiệu sau, ví dụ 45/BC-UBND.") % symbol[:40])
    return int(found[1]), found[2].strip()

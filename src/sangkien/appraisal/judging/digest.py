"""The one text of a sheet that was handed in, of which the sheet keeps the hash.

Ids, never names; not the private note, which its writer may have taken out.
"""

from collections.abc import Mapping

from sangkien.appraisal.judging.told import MarkTold
from sangkien.appraisal.models import ScoreSheet
from sangkien.ledger.canonical import canonical, sha256


def text_of(sheet: ScoreSheet, marks: Mapping[str, MarkTold]) -> str:
    """Canonical text. The sheet needs member, entry, revision, criteria set at hand and its moment of handing in."""
    return canonical(
        {
            "sheet": sheet.uid,
            "member": sheet.member.uid,
            "entry": sheet.entry.uid,
            "revision": sheet.revision.sha256,
            "criteria_version": sheet.criteria_set.version,
            "marks": {
                code: {"value": each.value, "missing_reason": each.missing_reason, "comment": each.comment}
                for code, each in marks.items()
            },
            "comment": sheet.comment,
            "filed_at": sheet.filed_at,
            "entered_by": sheet.entered_by,
        }
    )


def digest_of(sheet: ScoreSheet, marks: Mapping[str, MarkTold]) -> str:
    """64 hexadecimal digits."""
    return sha256(text_of(sheet, marks))

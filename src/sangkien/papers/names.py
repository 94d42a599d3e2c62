"""What a paper calls its issuer and signer on its date: names of the version of that day, never of today."""

from datetime import date
from typing import Final

from sangkien.documents.blocks import Header, Notation
from sangkien.papers.kinds import Kind
from sangkien.units import models as units
from sangkien.units.models import SigningRegime, UnitVersion
from sangkien.units.wording import in_sentence
from sangkien.vietnamese import fold

_COMMITTEE: Final = "Ủy ban nhân dân"
# How a name begins → its head and the head's deputy.
_HEADS: Final = (
    ("van phong", "CHÁNH VĂN PHÒNG", "PHÓ CHÁNH VĂN PHÒNG"),
    ("thanh tra", "CHÁNH THANH TRA", "PHÓ CHÁNH THANH TRA"),
    ("phong", "TRƯỞNG PHÒNG", "PHÓ TRƯỞNG PHÒNG"),
    ("ban", "TRƯỞNG BAN", "PHÓ TRƯỞNG BAN"),
    ("so", "GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"),
    ("trung tam", "GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"),
    ("benh vien", "GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"),
    ("truong", "HIỆU TRƯỞNG", "PHÓ HIỆU TRƯỞNG"),
    ("buu dien", "GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"),
    ("cong an", "TRƯỞNG CÔNG AN", "PHÓ TRƯỞNG CÔNG AN"),
)


def printed_name(version: UnitVersion) -> str:
    """Within a sentence: "Ủy ban nhân dân Phường 4", "Ủy ban nhân dân phường Bến Đò", "Phòng Nội vụ"."""
    *above, name = body_lines(version)
    return " ".join([*above, in_sentence(name)])


def body_lines(version: UnitVersion) -> tuple[str, ...]:
    """The lines of the issuing body in the header; a committee's place stands on a line of its own."""
    if version.kind not in units.Kind.of_committees():
        return (version.name,)
    begun = fold(version.name)
    for written in ("uy ban nhan dan ", "ubnd "):
        if begun.startswith(written):
            return (_COMMITTEE, version.name[len(written) :])
    return (_COMMITTEE, version.name)


def header(
    version: UnitVersion, on: date, *, notation: str = "", place: str = "", dated: date | None = None,
    subject: str | None = None, superior: bool | None = None,
) -> Header:  # fmt: skip
    """The header of a paper dated ``on``; the number stays blank for the registry.

    The superior body is named above an office, not above a committee (plan 230 does so), unless ``superior`` says.
    ``dated=None`` leaves room for the day. Without notation and place only the first row is made (biên bản). One
    statement when a superior is named.
    """
    wanted = superior if superior is not None else version.kind not in units.Kind.of_committees()
    above = version.parent.on(on) if wanted and version.parent else None
    return Header(
        body=body_lines(version),
        superior=body_lines(above) if above else (),
        notation=Notation(notation) if notation else None,
        place=place or None,
        dated=dated,
        subject=subject,
    )


def proposed_notation(kind: Kind, issuer: str, drafter: str = "") -> str:
    """ "KH-UBND"; for a công văn, which has no abbreviation, issuer and drafting office: "UBND-NV"."""
    return "-".join(filter(None, (kind.abbreviation, issuer) if kind.abbreviation else (issuer, drafter)))


def capacities(version: UnitVersion) -> dict[str, tuple[str, ...]]:
    """The lines of the signer's capacity as the unit's regime has them: ``head`` and ``deputy``; a person chooses.

    A committee that works as a collective is signed for (TM.); one under the regime of its head is not.
    """
    head, deputy = _office(version)
    on_behalf = _on_behalf(version)
    return {"head": (*on_behalf, head), "deputy": (*on_behalf, f"KT. {head}", deputy)}


def _office(version: UnitVersion) -> tuple[str, str]:
    if version.kind in units.Kind.of_committees() or version.kind == units.Kind.FATHERLAND_FRONT:
        return "CHỦ TỊCH", "PHÓ CHỦ TỊCH"
    begun = fold(version.name)
    for start, head, deputy in _HEADS:
        if begun.startswith(f"{start} "):
            return head, deputy
    return "THỦ TRƯỞNG", "PHÓ THỦ TRƯỞNG"


def _on_behalf(version: UnitVersion) -> tuple[str, ...]:
    if version.signing_regime != SigningRegime.TM:
        return ()
    if version.kind in units.Kind.of_committees():
        return ("TM. ỦY BAN NHÂN DÂN",)
    return ("TM. BAN THƯỜNG TRỰC",) if version.kind == units.Kind.FATHERLAND_FRONT else ()

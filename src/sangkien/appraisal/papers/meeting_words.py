"""What the papers of meetings share: who issues, moments in words, people in lines, signatures side by side."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Final

from django.utils import timezone

from sangkien.appraisal.models import Capacity, PanelMember, Visitor
from sangkien.documents.blocks import Block, Header, Paragraph, Run, SignatureBlock
from sangkien.documents.wording import date_words
from sangkien.intake.models import Entry
from sangkien.intake.papers.naming import initials, names_of, place_of
from sangkien.papers.kinds import Kind
from sangkien.papers.names import capacities, header, proposed_notation
from sangkien.units.models import UnitVersion

TEMPLATE_VERSION: Final = "hop-1"


def clock_words(at: datetime) -> str:
    """ "8 giờ 30 phút"."""
    local = timezone.localtime(at)
    return f"{local.hour} giờ {local.minute:02} phút"


def moment_words(at: datetime) -> str:
    """ "8 giờ 30 phút, ngày 12 tháng 9 năm 2024"."""
    return f"{clock_words(at)}, {date_words(timezone.localdate(at))}"


def minutes_header(version: UnitVersion, on: date) -> Header:
    """Of a biên bản: number, no place and date (Mẫu 1.9)."""
    return header(version, on, notation=proposed_notation(Kind.MINUTES, initials(version)))


def invitation_header(version: UnitVersion, on: date) -> Header:
    """Of a giấy mời (Mẫu 1.7): the day stays open until it is signed."""
    return header(
        version, on, notation=proposed_notation(Kind.INVITATION, initials(version)), place=place_of(version, on)
    )


def fact(label: str, text: str) -> Paragraph:
    """ "Thời gian: …", the label in bold."""
    return Paragraph((Run(f"{label}: ", bold=True), Run(text)))


def facts(pairs: Iterable[tuple[str, str]]) -> list[Block]:
    """Those that say something."""
    return [fact(label, text) for label, text in pairs if text]


def visitor_line(person: Visitor, units: dict[int, str]) -> str:
    """ "Ông/bà …, chức vụ, đơn vị"; the form of address is left to who writes the name."""
    unit = units.get(person.unit_id or 0, "")
    role = "trưởng đoàn" if person.is_head else "ghi biên bản" if person.keeps_minutes and not person.is_host else ""
    return ", ".join(filter(None, (person.name, person.title, unit, role)))


def member_line(member: PanelMember, units: dict[int, str]) -> str:
    """ "…, chức vụ, đơn vị: chủ tịch hội đồng"."""
    who = ", ".join(filter(None, (member.name, member.title, units.get(member.unit_id, ""))))
    return f"{who}: {Capacity(member.capacity).label}"


def implementers(entries: Iterable[Entry], on: date) -> dict[int, str]:
    """Unit → its name on this day. Two statements."""
    return names_of({each.implementer_id for each in entries}, on)


def title_of(entry: Entry) -> str:
    """ "“Tên giải pháp” (mã 04-1)"."""
    title = entry.revision.title if entry.revision else entry.code
    return f"“{title}” (mã {entry.code})"


def signer(version: UnitVersion, capacity: str, name: str, distribution: Sequence[str]) -> SignatureBlock:
    """``capacity``: "head" or "deputy", as the regime of the issuer has it on the day."""
    return SignatureBlock(office=capacities(version)[capacity], name=name, distribution=tuple(distribution))

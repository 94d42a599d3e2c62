"""Biên bản bàn giao: the minutes of a hand-over as an administrative paper, kept among the papers of the unit."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from django.utils.translation import gettext as _

from sangkien.accounts.actions.memberships import HandOver
from sangkien.accounts.roles import EXPLANATIONS, Role
from sangkien.documents.blocks import (
    Dashes,
    Heading,
    Item,
    KindAndSummary,
    Outline,
    Paper,
    Paragraph,
    Section,
    SignatureBlock,
    Signatures,
)
from sangkien.documents.wording import date_words
from sangkien.ledger.models import SeenBy
from sangkien.ledger.recording import Actor, acting
from sangkien.papers import drafting
from sangkien.papers.kinds import Kind
from sangkien.papers.models import Paper as PaperRow
from sangkien.papers.names import header, printed_name
from sangkien.units.models import UnitVersion

TEMPLATE: Final = "ban-giao-1"


def draft_minutes(done: HandOver, *, by: Actor, at: datetime) -> PaperRow:
    """The paper, its text written and ready to be printed and signed. Raises ``Refused`` of the papers.

    ``ValueError`` for a membership of the whole instance: no unit issues its minutes.
    """
    unit = done.closed.unit
    if unit is None:
        raise ValueError("minutes of no unit")
    on = done.handed_over_date
    role = Role(done.closed.role).label
    with acting():
        paper = drafting.draft(
            kind=Kind.MINUTES, issuer=unit, on=on, summary=_("Bàn giao phần việc %s") % role,
            template_version=TEMPLATE, seen_by=SeenBy.UNIT, by=by, at=at,
        )  # fmt: skip
        drafting.write(paper, text=text_of_minutes(done, paper.issuer, at), by=by, at=at, seen_by=SeenBy.UNIT)
    return paper


def text_of_minutes(done: HandOver, issuer: UnitVersion, at: datetime) -> Paper:
    """In the words of an office; names as they are on the day of the hand-over."""
    role = Role(done.closed.role)
    summary = f"Bàn giao phần việc {role.label}"
    on = done.handed_over_date
    giver, taker = done.closed.user.name, done.opened.user.name
    work = done.open_work or ("Không có việc đang dở.",)
    blocks = (
        header(issuer, on),
        KindAndSummary("Biên bản", summary),
        Paragraph(f"Hôm nay, {date_words(on)}, tại {printed_name(issuer)}, chúng tôi gồm:"),
        Outline((
            Item("Các bên", children=(
                Item(f"Bên giao: {giver}."),
                Item(f"Bên nhận: {taker}."),
            )),
            Item("Nội dung bàn giao", children=(
                Item(f"Phần việc: {role.label}. {EXPLANATIONS[role]}"),
                Item(f"Từ {date_words(on)}, bên nhận giữ phần việc này; bên giao thôi giữ."),
                Item("Việc đang dở đi cùng phần việc:"),
            )),
        )),
        Dashes(tuple(work)),
        *((Heading("Ghi chú"), Paragraph(done.note)) if done.note else ()),
        Paragraph(
            "Hai bên đã đọc lại và thống nhất nội dung. Biên bản lập thành hai bản, mỗi bên giữ một bản, có giá trị "
            "như nhau./."
        ),
        Signatures((SignatureBlock(("BÊN GIAO",), giver), SignatureBlock(("BÊN NHẬN",), taker))),
    )  # fmt: skip
    return Paper(
        title=summary, sections=(Section(blocks),), author=printed_name(issuer), made_at=at
    )  # fmt: skip


def lines_of(paper: Paper) -> Iterator[str]:
    """The text of minutes as a page shows it, line by line, without header and signatures."""
    for block in paper.sections[0].blocks:
        match block:
            case Paragraph(text) | Heading(text):
                yield str(text)
            case Outline(items):
                for item in items:
                    yield str(item.text)
                    yield from (f"– {child.text}" for child in item.children)
            case Dashes(lines):
                yield from (f"• {line}" for line in lines)

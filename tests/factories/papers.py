"""Papers as the actions make them, and single rows for what guards them."""

from datetime import UTC, date, datetime
from typing import Any

from sangkien.documents import blocks as documents
from sangkien.documents.papers import official_letter
from sangkien.ledger.recording import Actor
from sangkien.papers import drafting, issuing
from sangkien.papers.issuing import Issued
from sangkien.papers.kinds import Kind, notation_key
from sangkien.papers.models import Form, LegalBasis, Paper, PaperBasis, PaperFile, Part, Recipient
from sangkien.units.models import Unit, UnitVersion
from tests.factories.attachments import PDF, file
from tests.factories.units import unit

OFFICER = Actor("user:1")
AT = datetime(2024, 7, 9, 1, 30, tzinfo=UTC)
ON = date(2024, 7, 9)
SIGNED = PDF + b"\n2 0 obj\n<< /Type /Sig /ByteRange [0 10 20 30] >>\nendobj\n"


def text(words: str = "Ủy ban nhân dân Quận 3 ban hành Kế hoạch như sau") -> documents.Paper:
    """A letter as blocks."""
    return official_letter(
        title="Kế hoạch",
        header=documents.Header(("Ủy ban nhân dân", "Quận 3"), notation=documents.Notation("KH-UBND"), place="Quận 3"),
        to=("Phòng Nội vụ",),
        body=(documents.Paragraph(words),),
        signature=documents.SignatureBlock(("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"), "Vũ Mẫu Đơn"),
        made_at=AT,
    )


def draft(issuer: Unit | None = None, **facts: Any) -> Paper:
    """A draft plan."""
    told = {
        "kind": Kind.PLAN, "issuer": issuer or unit("Quận 3"), "on": ON, "notation": "KH-UBND",
        "summary": "Thực hiện mô hình sáng kiến năm 2024", "by": OFFICER, "at": AT,
    }  # fmt: skip
    return drafting.draft(**{**told, **facts})


def ready(issuer: Unit | None = None, *, words: str = "", **facts: Any) -> Paper:
    """A plan that waits to be signed; written here when ``words`` are given."""
    paper = draft(issuer, **facts)
    if words:
        drafting.write(paper, text=text(words), by=OFFICER, at=AT)
    drafting.make_ready(paper, by=OFFICER, at=facts.get("at", AT))
    return paper


def issue(paper: Paper, *, content: bytes = SIGNED, **facts: Any) -> Issued:
    """Issue as no. 230 on 9 July 2024."""
    told = {"number": 230, "issued_date": ON, "file": file(content), "by": OFFICER, "at": AT}
    return issuing.issue(paper, **{**told, **facts})


def recorded(issuer: Unit | None = None, **facts: Any) -> Paper:
    """A letter that came from a unit."""
    told = {
        "kind": Kind.OFFICIAL_LETTER, "issuer": issuer or unit("Phường 4"), "number": 12, "notation": "UBND",
        "issued_date": ON, "summary": "Báo cáo sáng kiến", "files": [file()], "by": OFFICER, "at": AT,
    }  # fmt: skip
    return issuing.record(**{**told, **facts})


def bare_paper(issuer: UnitVersion, **facts: Any) -> Paper:
    """An unsaved draft."""
    paper = Paper(
        **{
            "kind": Kind.PLAN, "issuer": issuer, "issuer_unit": issuer.unit, "notation": "KH-UBND",
            "summary": "Trích yếu", "created_at": AT, **facts,
        }
    )  # fmt: skip
    paper.notation_key = notation_key(paper.notation)
    return paper


def paper_file(of: Paper, attachment: Any, **facts: Any) -> PaperFile:
    """An unsaved file of a paper."""
    return PaperFile(**{"paper": of, "attachment": attachment, "form": Form.SCAN, **facts})


def legal_basis(**facts: Any) -> LegalBasis:
    """An unsaved legal basis."""
    return LegalBasis(**{"citation_as_printed": "Kế hoạch số 31/KH-UBND ngày 26 tháng 01 năm 2024", **facts})


def paper_basis(of: Paper, basis: LegalBasis, **facts: Any) -> PaperBasis:
    """An unsaved citation."""
    return PaperBasis(**{"paper": of, "basis": basis, "position": 1, **facts})


def recipient(of: Paper, **facts: Any) -> Recipient:
    """An unsaved recipient."""
    return Recipient(
        **{"paper": of, "name_as_printed": "Phòng Nội vụ", "part": Part.DISTRIBUTION, "position": 1, **facts}
    )

"""A paper before it is issued: drafted, written, its text frozen for signing, taken back, thrown away.

All raise ``Refused`` with a sentence and then have changed nothing.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final

from django.utils.translation import gettext as _

from sangkien.documents import blocks as documents
from sangkien.documents import serial
from sangkien.ledger.canonical import sha256
from sangkien.ledger.models import SeenBy
from sangkien.ledger.recording import Actor, acting
from sangkien.papers.kinds import Kind, notation_key
from sangkien.papers.models import (
    LONGEST_CAPACITY,
    LONGEST_NOTATION,
    LONGEST_RECIPIENT,
    LONGEST_SIGNER,
    LegalBasis,
    Paper,
    PaperBasis,
    Part,
    Recipient,
    State,
)
from sangkien.papers.moving import changed_meanwhile, line, lines, move, note, version_on
from sangkien.papers.refusal import Refused
from sangkien.units.models import Unit

_REVISED: Final = ("issuer", "notation", "notation_key", "summary", "signer_capacity", "signer_name")


def draft(
    *, kind: Kind, issuer: Unit, on: date, summary: str, by: Actor, at: datetime, notation: str = "",
    signer_capacity: str = "", signer_name: str = "", template_version: str = "", supersedes: Paper | None = None,
    seen_by: SeenBy = SeenBy.LEAD,
) -> Paper:  # fmt: skip
    """A paper begins. ``on``: the day whose names it will print, as far as is known; issuing asks again."""
    with acting():
        paper = unsaved(
            kind=kind, issuer=issuer, on=on, summary=summary, notation=notation, signer_capacity=signer_capacity,
            signer_name=signer_name, supersedes=supersedes, at=at,
        )  # fmt: skip
        paper.template_version = template_version
        paper.save(force_insert=True)
        facts = {"kind": paper.kind, "issuer": issuer.uid, "notation": paper.notation}
        note(paper, "drafted", by=by, at=at, seen_by=seen_by, facts=facts)
    return paper


def revise(
    paper: Paper, *, on: date, summary: str, notation: str, signer_capacity: str, signer_name: str, by: Actor,
    at: datetime, seen_by: SeenBy = SeenBy.LEAD,
) -> None:  # fmt: skip
    """Set what stands around the text of a draft. The same again changes nothing."""
    with acting():
        told = unsaved(
            kind=Kind(paper.kind), issuer=paper.issuer_unit, on=on, summary=summary, notation=notation,
            signer_capacity=signer_capacity, signer_name=signer_name, supersedes=None, at=at,
        )  # fmt: skip
        facts = {fact: getattr(told, fact) for fact in _REVISED}
        if not Paper.objects.filter(pk=paper.pk, state=State.DRAFT).update(**facts):
            raise _frozen()
        changed = sorted(fact for fact in _REVISED if getattr(paper, fact) != facts[fact])
        if changed:
            note(paper, "revised", by=by, at=at, seen_by=seen_by, facts={"changed": changed})
    for fact, value in facts.items():
        setattr(paper, fact, value)


def unsaved(
    *, kind: Kind, issuer: Unit, on: date, summary: str, notation: str, signer_capacity: str, signer_name: str,
    supersedes: Paper | None, at: datetime,
) -> Paper:  # fmt: skip
    """A paper with tidy texts. Raises ``Refused`` for what is missing, too long, or replaces what has no effect."""
    version = version_on(issuer, on)
    summary, notation = lines(summary), line(notation).replace(" ", "")
    if not summary:
        raise Refused(_("Văn bản chưa có trích yếu. Bạn ghi trích yếu rồi làm tiếp."))
    if len(notation) > LONGEST_NOTATION:
        raise Refused(_("Ký hiệu dài nhất %d ký tự. Bạn xem lại.") % LONGEST_NOTATION)
    signer_capacity, signer_name = lines(signer_capacity), line(signer_name)
    if len(signer_capacity) > LONGEST_CAPACITY or len(signer_name) > LONGEST_SIGNER:
        raise Refused(
            _("Quyền hạn, chức vụ dài nhất %(capacity)d ký tự, họ tên dài nhất %(name)d ký tự. Bạn xem lại.")
            % {"capacity": LONGEST_CAPACITY, "name": LONGEST_SIGNER}
        )
    if supersedes is not None and supersedes.state != State.ISSUED:
        raise Refused(_("Chỉ thay được văn bản đang có hiệu lực. Bạn chọn văn bản khác."))
    return Paper(
        kind=kind, issuer=version, issuer_unit=issuer, notation=notation, notation_key=notation_key(notation),
        summary=summary, signer_capacity=signer_capacity, signer_name=signer_name,
        supersedes=supersedes, created_at=at,
    )  # fmt: skip


def write(paper: Paper, *, text: documents.Paper, by: Actor, at: datetime, seen_by: SeenBy = SeenBy.LEAD) -> None:
    """Set the text of a draft. The same text again changes nothing."""
    blocks = serial.dumps(text)
    hashed = sha256(blocks)
    with acting():
        if not Paper.objects.filter(pk=paper.pk, state=State.DRAFT).update(blocks=blocks, blocks_sha256=hashed):
            raise _frozen()
        if hashed != paper.blocks_sha256:
            note(paper, "written", by=by, at=at, seen_by=seen_by, facts={"blocks_sha256": hashed})
    paper.blocks, paper.blocks_sha256 = blocks, hashed


def cite(paper: Paper, bases: Sequence[LegalBasis]) -> None:
    """The legal bases of a draft, in this order, in place of the earlier ones."""
    with acting():
        _lock_draft(paper)
        PaperBasis.objects.filter(paper=paper).delete()
        PaperBasis.objects.bulk_create(
            [PaperBasis(paper=paper, basis=basis, position=place) for place, basis in enumerate(bases, 1)]
        )


def send_to(paper: Paper, part: Part, recipients: Sequence[tuple[str, Unit | None]]) -> None:
    """Whom a draft names in "Kính gửi" or "Nơi nhận", as printed and, where it is one of ours, which unit."""
    named = [(line(name), unit) for name, unit in recipients]
    if any(not name or len(name) > LONGEST_RECIPIENT for name, _unit in named):
        raise Refused(_("Mỗi nơi nhận có tên, dài nhất %d ký tự. Bạn xem lại.") % LONGEST_RECIPIENT)
    with acting():
        _lock_draft(paper)
        Recipient.objects.filter(paper=paper, part=part).delete()
        Recipient.objects.bulk_create(
            [
                Recipient(paper=paper, part=part, unit=unit, name_as_printed=name, position=place)
                for place, (name, unit) in enumerate(named, 1)
            ]
        )


def _lock_draft(paper: Paper) -> None:
    if not Paper.objects.select_for_update().filter(pk=paper.pk, state=State.DRAFT).exists():
        raise _frozen()


def _frozen() -> Refused:
    return Refused(_("Văn bản không còn là dự thảo nên không sửa được. Bạn lấy lại để sửa, hoặc lập văn bản thay thế."))


def make_ready(paper: Paper, *, by: Actor, at: datetime, seen_by: SeenBy = SeenBy.LEAD) -> None:
    """The text is frozen and goes to be signed."""
    with acting():
        current = Paper.objects.filter(pk=paper.pk).values_list("blocks_sha256", flat=True).first()
        if current != paper.blocks_sha256:  # what is frozen is what this person has read
            raise changed_meanwhile()
        move(paper, State.READY)
        note(paper, "made_ready", by=by, at=at, seen_by=seen_by, facts={"blocks_sha256": paper.blocks_sha256})


def take_back(paper: Paper, *, by: Actor, at: datetime, reason: str, seen_by: SeenBy = SeenBy.LEAD) -> None:
    """Back to a draft: the signer wants something else."""
    with acting():
        move(paper, State.DRAFT)
        note(paper, "taken_back", by=by, at=at, seen_by=seen_by, facts={"reason": lines(reason)})


def discard(paper: Paper, *, by: Actor, at: datetime, seen_by: SeenBy = SeenBy.LEAD) -> None:
    """A draft is thrown away; that it was there stays in the ledger. The bytes of files made from it stay too."""
    with acting():
        _lock_draft(paper)
        for part in (paper.files, paper.bases, paper.recipients):
            part.all().delete()
        Paper.objects.filter(pk=paper.pk).delete()
        note(paper, "discarded", by=by, at=at, seen_by=seen_by, facts={"blocks_sha256": paper.blocks_sha256})

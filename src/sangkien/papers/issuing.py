"""Issuing is told: the signed file is handed in, number and date are typed. Papers from outside come the same way."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.core.files import File
from django.db import IntegrityError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from sangkien.attachments import keeping
from sangkien.attachments.refusal import Refused as FileRefused
from sangkien.ledger.models import SeenBy
from sangkien.ledger.recording import Actor, acting
from sangkien.papers.drafting import unsaved
from sangkien.papers.kinds import Kind, notation_key
from sangkien.papers.models import Channel, Paper, PaperFile, State
from sangkien.papers.moving import changed_meanwhile, line, lines, move, note, version_on
from sangkien.papers.names import printed_name
from sangkien.papers.refusal import Refused
from sangkien.papers.signed import Compared, compare, taken_as_it_is
from sangkien.units.models import Unit


@dataclass(frozen=True, slots=True)
class Arrival:
    """When and how a paper came to us; lateness goes by the day of arrival, not of typing."""

    on: date
    channel: Channel


@dataclass(frozen=True, slots=True)
class Issued:
    """The file as kept, and what a person should know about it: empty when it is the one that was sent for signing."""

    file: PaperFile
    remark: str = ""


def issue(
    paper: Paper, *, number: int, issued_date: date, file: "File[bytes]", by: Actor, at: datetime, notation: str = "",
    seen_by: SeenBy = SeenBy.UNIT,
) -> Issued:  # fmt: skip
    """The paper was signed elsewhere and has its number. A paper that it supersedes is replaced by it.

    Reads the file before its transaction. Raises ``Refused``; ``attachments`` refusals become it too.
    """
    notation = line(notation).replace(" ", "") or paper.notation
    _refuse_facts(number, issued_date, at)
    _refuse_other_names(paper, issued_date)
    _refuse_taken(paper.issuer_unit, issued_date, notation, number)
    compared = _received(paper, file, by=by, at=at)
    try:
        with acting():
            move(
                paper, State.ISSUED, number=number, notation=notation, notation_key=notation_key(notation),
                issued_date=issued_date, year=issued_date.year, issuer=version_on(paper.issuer_unit, issued_date),
            )  # fmt: skip
            kept = _keep(paper, [compared], by=by, at=at, seen_by=seen_by)
            _replace(paper, by=by, at=at, seen_by=seen_by)
            note(paper, "issued", by=by, at=at, seen_by=seen_by, facts=facts_of(paper, kept))
    except Refused:
        paper.refresh_from_db()  # it said "issued" for a moment
        raise
    except IntegrityError as clash:
        paper.refresh_from_db()
        _refuse_taken(paper.issuer_unit, issued_date, notation, number)
        raise changed_meanwhile() from clash
    return Issued(kept[0], compared.remark)


def record(
    *, kind: Kind, issuer: Unit, number: int, notation: str, issued_date: date, summary: str,
    files: "Sequence[File[bytes]]", by: Actor, at: datetime, arrival: Arrival | None = None, signer_capacity: str = "",
    signer_name: str = "", supersedes: Paper | None = None, seen_by: SeenBy = SeenBy.UNIT,
) -> Paper:  # fmt: skip
    """A paper that was issued without this program: a letter of a unit (``arrival``), a decision on paper, last year's.

    At least one file. Raises ``Refused``.
    """
    _refuse_facts(number, issued_date, at)
    _refuse_arrival(arrival, issued_date, at)
    if not files:
        raise Refused(_("Văn bản chưa có tệp nào. Bạn thêm bản quét hoặc bản điện tử rồi ghi lại."))
    paper = unsaved(
        kind=kind, issuer=issuer, on=issued_date, summary=summary, notation=notation, signer_capacity=signer_capacity,
        signer_name=signer_name, supersedes=supersedes, at=at,
    )  # fmt: skip
    _refuse_taken(issuer, issued_date, paper.notation, number)
    paper.state, paper.number, paper.issued_date, paper.year = State.ISSUED, number, issued_date, issued_date.year
    if arrival is not None:
        paper.arrived_date, paper.channel = arrival.on, arrival.channel
    received = [_received(paper, file, by=by, at=at) for file in files]
    try:
        with acting():
            paper.save(force_insert=True)
            kept = _keep(paper, received, by=by, at=at, seen_by=seen_by)
            _replace(paper, by=by, at=at, seen_by=seen_by)
            note(paper, "recorded", by=by, at=at, seen_by=seen_by, facts=facts_of(paper, kept))
    except IntegrityError as clash:
        _refuse_taken(issuer, issued_date, paper.notation, number)
        raise changed_meanwhile() from clash
    return paper


def void(paper: Paper, *, reason: str, by: Actor, at: datetime, seen_by: SeenBy = SeenBy.UNIT) -> None:
    """The paper was entered wrongly or withdrawn. It stays to be seen; its number is free for the right one."""
    reason = lines(reason)
    if not reason:
        raise Refused(_("Bạn ghi lý do hủy văn bản rồi làm lại."))
    with acting():
        move(paper, State.VOID)
        note(paper, "voided", by=by, at=at, seen_by=seen_by, facts={"reason": reason})


def facts_of(paper: Paper, files: Iterable[PaperFile]) -> dict[str, object]:
    """What the ledger keeps of an issued paper, so that ``verify()`` sees any later change."""
    return {
        "kind": paper.kind,
        "issuer": paper.issuer_unit.uid,
        "number": paper.number,
        "notation": paper.notation,
        "issued_date": paper.issued_date,
        "arrived_date": paper.arrived_date,
        "blocks_sha256": paper.blocks_sha256,
        "files": sorted(each.attachment.blob_id for each in files if not each.blocks_sha256),
    }


def _refuse_facts(number: int, issued_date: date, at: datetime) -> None:
    if not 1 <= number <= 999_999:
        raise Refused(_("Số văn bản là số nguyên từ 1. Bạn xem lại số."))
    if issued_date > timezone.localdate(at):
        raise Refused(_("Ngày của văn bản muộn hơn hôm nay. Bạn xem lại ngày."))
    if issued_date.year < 1945:
        raise Refused(_("Năm của văn bản là %d. Bạn xem lại ngày.") % issued_date.year)


def _refuse_arrival(arrival: Arrival | None, issued_date: date, at: datetime) -> None:
    if arrival is not None and not issued_date <= arrival.on <= timezone.localdate(at):
        raise Refused(_("Ngày đến phải từ ngày của văn bản đến hôm nay. Bạn xem lại ngày đến."))


def _refuse_other_names(paper: Paper, issued_date: date) -> None:
    """The frozen text names the issuer of the day on which it was drafted; on its date it must be called so still."""
    dated = version_on(paper.issuer_unit, issued_date)
    if paper.blocks and printed_name(dated) != printed_name(paper.issuer):
        raise Refused(
            _("Văn bản ghi “%(written)s” nhưng vào ngày %(day)s cơ quan có tên “%(named)s”. Bạn lấy lại để sửa tên.")
            % {
                "written": printed_name(paper.issuer),
                "day": date_format(issued_date, "d/m/Y"),
                "named": printed_name(dated),
            }
        )


def _refuse_taken(unit: Unit, issued_date: date, notation: str, number: int) -> None:
    other = Paper.objects.numbered(unit, issued_date.year, notation_key(notation), number).first()
    if other is not None:
        raise Refused(_("Đã có %s. Bạn xem lại số, ký hiệu và ngày.") % other)


def _received(paper: Paper, file: "File[bytes]", *, by: Actor, at: datetime) -> Compared:
    """Kept and compared with what was sent for signing; outside the transaction."""
    try:
        received = keeping.receive(file, file.name or "", by=by, at=at)
    except FileRefused as refused:
        raise Refused(str(refused)) from refused
    return compare(paper, received) if paper.pk else taken_as_it_is(received)


def _keep(paper: Paper, files: Sequence[Compared], *, by: Actor, at: datetime, seen_by: SeenBy) -> list[PaperFile]:
    return [
        PaperFile.objects.create(
            paper=paper,
            attachment=keeping.attach(each.received, by=by, at=at, seen_by=seen_by),
            form=each.form,
            covers_pdf=each.covers,
        )
        for each in files
    ]


def _replace(paper: Paper, *, by: Actor, at: datetime, seen_by: SeenBy) -> None:
    """The paper that this one supersedes; somebody may have replaced or voided it meanwhile."""
    if paper.supersedes is None:
        return
    old = Paper.objects.get(pk=paper.supersedes.pk)
    move(old, State.REPLACED)
    note(old, "replaced", by=by, at=at, seen_by=seen_by, facts={"by": paper.uid})

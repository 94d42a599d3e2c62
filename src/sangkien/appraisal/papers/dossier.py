"""Hồ sơ thẩm định: all slips of one entry on one paper, from its frozen text to the last step of its result."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Final

from django.utils import timezone

from sangkien.appraisal.models import Assignment, Finding, Reason, ScoreSheet, SessionItem, Target, Verdict, VoteMethod
from sangkien.appraisal.papers.meeting_words import fact, facts, moment_words
from sangkien.appraisal.reckoning.slips import Slips, VisitSlip
from sangkien.documents.blocks import (
    Block,
    Column,
    Dashes,
    Heading,
    KindAndSummary,
    Note,
    Paper,
    Paragraph,
    Run,
    Section,
    SignatureBlock,
    Signatures,
    Table,
)
from sangkien.initiatives.models import Part
from sangkien.intake.papers.naming import day, moment, place_of, printed_on
from sangkien.papers.names import header, printed_name
from sangkien.scoring.wording import exactly, points
from sangkien.units.models import Unit

KIND: Final = "Hồ sơ thẩm định"
_ROUTED: Final = (
    Column("STT", 11, "center"), Column("Đơn vị thẩm định", 50), Column("Lý do giao", 44), Column("Hạn", 24, "center"),
    Column("Ý kiến", 36),
)  # fmt: skip
_FIGURES: Final = (
    Column("Chỉ số", 65), Column("Đơn vị tính", 25, "center"), Column("Trước", 25, "center"),
    Column("Sau", 25, "center"), Column("Từ ngày", 25, "center"),
)  # fmt: skip
_CHECKS: Final = (
    Column("STT", 11, "center"), Column("Nội dung khảo sát", 72), Column("Kết quả", 32, "center"),
    Column("Ghi chú", 50),
)  # fmt: skip
_MARKS: Final = (
    Column("STT", 11, "center"), Column("Tiêu chí", 62), Column("Tối đa", 16, "center"), Column("Điểm", 16, "center"),
    Column("Nhận xét", 60),
)  # fmt: skip


def dossier(told: Slips, *, issuer: Unit, on: date, made_at: datetime) -> Paper:
    """What the reader of ``told`` may know, in the order in which it came about; parts with nothing in them are left
    out, and the numbers of the rest follow each other."""
    version, entry = printed_on(issuer, on), told.entry
    title = entry.revision.title if entry.revision else entry.code
    summary = f"Giải pháp “{title}”"
    parts = [
        ("Nội dung giải pháp", list(_text(told))),
        ("Đơn vị thẩm định và ý kiến", list(_offices(told))),
        ("Khảo sát thực tế", [block for each in told.visits for block in _visited(each)]),
        ("Trình bày, họp hội đồng", [block for each in told.heard for block in _heard(each)]),
        ("Phiếu chấm điểm", list(_sheets(told))),
        ("Kết quả và cách tính", list(_result(told))),
    ]
    blocks: list[Block] = [
        header(version, on, place=place_of(version, on), dated=on),
        KindAndSummary(KIND, summary),
        *_facts(told, on),
    ]
    number = 0
    for heading, inside in parts:
        if inside:
            number += 1
            blocks += [Heading(f"{number}. {heading}"), *inside]
    blocks += [
        Signatures((SignatureBlock(("Người tổng hợp",), ""), SignatureBlock((_head_of(printed_name(version)),), ""))),
        Note(f"In từ dữ liệu của đợt lúc {moment(timezone.localtime(made_at))}."),
    ]
    return Paper(
        title=f"{KIND} {entry.code}", sections=(Section(tuple(blocks)),), author=printed_name(version), made_at=made_at
    )  # fmt: skip


def _head_of(name: str) -> str:
    return f"Lãnh đạo {name}"


def _facts(told: Slips, on: date) -> Iterator[Block]:
    entry, line = told.entry, told.line
    score = f"{line.score} điểm" if line.score else ""
    rank = f"hạng {line.reckoning.rank}" if line.reckoning.rank else ""
    yield from facts(
        (
            ("Mã", entry.code),
            ("Đơn vị thực hiện", told.names.get(entry.implementer_id, "")),
            ("Phối hợp thực hiện", ", ".join(told.together)),
            ("Lĩnh vực", told.field),
            ("Đợt", entry.campaign.title),
            ("Kết quả chấm", ", ".join(filter(None, (score, line.reckoning.band or "", rank))) or "chưa đủ phiếu"),
            ("Trạng thái", f"{entry.get_stage_display()} (ngày {day(on)})"),
        )
    )


def _text(told: Slips) -> Iterator[Block]:
    revision = told.entry.revision
    if revision is None:
        return
    if revision.frozen_at is not None:
        frozen = moment(timezone.localtime(revision.frozen_at))
        yield Paragraph(f"Bản được thẩm định là bản số {revision.number}, chốt lúc {frozen}.")
    for part, text in revision.texts.items():
        if part != Part.TITLE and text.strip():
            lines = [line.strip() for line in text.splitlines() if line.strip()]
            yield Paragraph((Run(f"{Part(part).label}: ", bold=True), Run(lines[0])))
            yield from (Paragraph(line) for line in lines[1:])
    if told.figures:
        yield Paragraph("Số liệu trước và sau khi áp dụng:")
        yield Table(
            _FIGURES,
            [
                (
                    each.what, each.unit_of_measure, "" if each.before is None else points(each.before),
                    "" if each.after is None else points(each.after), day(each.since) if each.since else "",
                )
                for each in told.figures
            ],
        )  # fmt: skip


def _offices(told: Slips) -> Iterator[Block]:
    if told.assignments:
        rows = [
            (
                str(place), _who(told, each), _why(told, each), day(each.due_date), _said(told, each),
            )
            for place, each in enumerate(told.assignments, 1)
        ]  # fmt: skip
        yield Table(_ROUTED, rows)
    for referral in told.referrals:
        yield fact(f"Chuyển thẳng {Target(referral.target).label}", referral.reason)
    for each in told.assignments:
        opinion = told.opinions.get(each.pk)
        if opinion is not None and opinion.filed_at is not None:
            when = day(timezone.localdate(opinion.filed_at))
            yield Paragraph(
                (
                    Run(f"{_who(told, each)}: {Verdict(opinion.verdict).label}", bold=True),
                    Run(f" (ngày {when}{', ghi từ văn bản giấy' if opinion.recorded_from_id else ''})."),
                )
            )
            yield Paragraph(opinion.reasons)
    by_pk = {each.pk: each for each in told.assignments}
    for question in told.questions:
        asked = f"{_who(told, by_pk[question.assignment_id])} hỏi ngày {day(timezone.localdate(question.asked_at))}"
        yield fact(asked, question.question)
        if question.answered_at is None:
            yield Paragraph(f"Đơn vị chưa trả lời (hạn {day(question.due_date)}).")
        else:
            yield fact(f"Đơn vị trả lời ngày {day(timezone.localdate(question.answered_at))}", question.answer)


def _who(told: Slips, each: Assignment) -> str:
    return told.names.get(each.office_id or 0, "") or "Người được chỉ định"


def _why(told: Slips, each: Assignment) -> str:
    return str(Reason(each.reason).label)


def _said(told: Slips, each: Assignment) -> str:
    opinion = told.opinions.get(each.pk)
    if opinion is not None:
        return str(Verdict(opinion.verdict).label)
    if each.returned_reason:
        return f"trả lại: {each.returned_reason}"
    return f"thôi giao: {each.withdrawn_reason}" if each.withdrawn_at else "chưa có ý kiến"


def _visited(each: VisitSlip) -> Iterator[Block]:
    visit = each.visit.visit
    yield Paragraph(f"Khảo sát lúc {moment_words(visit.starts_at)}, tại {visit.place}.")
    if each.checks:
        yield Table(
            _CHECKS,
            [
                (
                    str(place), check.question, str(Finding(check.finding).label) if check.finding else "chưa xem",
                    check.note,
                )
                for place, check in enumerate(each.checks, 1)
            ],
        )  # fmt: skip
    noted = tuple(" ".join(note.text.split()) for note in each.notes if note.text)
    if noted:
        yield Paragraph("Ghi nhận tại chỗ:")
        yield Dashes(noted)
    if each.tells_all:
        yield from facts((("Kết luận", visit.conclusion), ("Ý kiến của đơn vị", visit.host_opinion)))


def _heard(item: SessionItem) -> Iterator[Block]:
    session = item.session
    by = f" Người trình bày: {item.presenter}." if item.presenter else ""
    yield Paragraph(f"{session.title}, {moment_words(session.started_at or session.starts_at)}.{by}")
    if item.note:
        yield Paragraph(item.note)
    if item.counted_at is not None:
        yield Paragraph(
            f"Biểu quyết ({VoteMethod(item.vote_method).label}): {item.present}/{item.entitled} người được biểu quyết "
            f"có mặt; {item.yes} đồng ý, {item.no} không đồng ý, {item.blank} không có ý kiến. "
            f"{'Thông qua.' if item.passed else 'Không thông qua.'}"
        )


def _sheets(told: Slips) -> Iterator[Block]:
    if told.sheets and not told.names_judges:
        yield Paragraph("Phiếu xếp theo tổng điểm từ thấp đến cao, không ghi tên người chấm.")
    for place, sheet in enumerate(told.sheets, 1):
        who = f": {sheet.member.name}" if told.names_judges else ""
        total = told.totals[sheet.pk]
        sums = " (chưa đủ điểm)" if total is None else f" (tổng {points(total)})"
        yield Paragraph((Run(f"Phiếu {place}{who}", bold=True), Run(sums)))
        yield Table(_MARKS, list(_marks(sheet)))
        if sheet.comment:
            yield fact("Nhận xét chung", sheet.comment)


def _marks(sheet: ScoreSheet) -> Iterator[tuple[str, ...]]:
    marks = sorted(sheet.marks.all(), key=lambda each: each.criterion.position)
    for place, mark in enumerate(marks, 1):
        most = mark.criterion.max
        said = " ".join(filter(None, (mark.comment, mark.missing_reason)))
        value = "" if mark.value is None else points(mark.value)
        yield (str(place), mark.criterion.name, "" if most is None else points(most), value, said)


def _result(told: Slips) -> Iterator[Block]:
    yield Paragraph((Run("Điểm chính thức: ", bold=True), Run(_official(told))))
    yield Dashes(told.steps)
    yield Paragraph((Run(f"{told.band}: ", bold=True), Run(f"{told.advice}.")))
    if told.line.middle:
        yield Paragraph(
            f"Điểm tham khảo sau khi cân độ chặt, rộng tay của người chấm: {told.line.middle}, "
            f"khoảng tin cậy 90% từ {told.line.span.replace(' – ', ' đến ')}"
            f"{f', khả năng trên vạch {told.line.chance}' if told.line.chance else ''}. "
            "Điểm này không thay điểm chính thức."
        )
    for order in told.orders:
        yield fact(f"Đồng hạng, {order.first.code} xếp trước {order.then.code}", order.reason)


def _official(told: Slips) -> str:
    score = told.line.reckoning.score
    return "chưa có" if score is None else exactly(score)

"""The slips of appraisal on an entry: where it was passed on, what was asked and said, where people met, its result.

Who runs the campaign reads what offices said, when people met and what came of it only as the rules of appraisal allow.
The unit reads what it was asked, where it is expected, and its own questions; before the decision nothing else.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import groupby
from typing import Any, Final, NamedTuple
from uuid import UUID

from django.db import models
from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import Cast, Coalesce
from django.urls import reverse
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from sangkien.accounts.actor import Actor
from sangkien.appraisal.meetings import presented_by, received_by
from sangkien.appraisal.models import (
    Assignment,
    Opinion,
    Reason,
    ScoreResult,
    SessionItem,
    SessionKind,
    SiteVisit,
    SupplementRequest,
    SupportRequest,
    Verdict,
)
from sangkien.appraisal.rules.offices import opinions_are_open
from sangkien.appraisal.rules.results import may_see_results
from sangkien.campaigns.window import VIETNAM
from sangkien.desk.entry.reading import Sheet, Side
from sangkien.desk.entry.slips import Link, Slip
from sangkien.intake.lifecycle import Stage
from sangkien.units.queries import name_then

_FROM_APPRAISAL_ON: Final = Stage.accepted() - {Stage.ADMITTED}
_WITH_RESULT: Final = _FROM_APPRAISAL_ON - {Stage.IN_APPRAISAL, Stage.APPRAISED}


class _Row(NamedTuple):
    """What any of the slips is made of; each kind uses what it needs. In the order of ``_COLUMNS``."""

    kind: str
    uid: UUID
    at: datetime
    ended: datetime | None
    due: date | None
    place: str | None
    title: str
    text: str
    answer: str
    extra: str
    flag: bool | None
    number: Decimal | None
    rank: int | None


_COLUMNS: Final[Mapping[str, "models.Field[Any, Any]"]] = {
    "kind": models.CharField(),
    "uid": models.UUIDField(),
    "at": models.DateTimeField(),
    "ended": models.DateTimeField(),
    "due": models.DateField(),
    "place": models.CharField(),
    "title": models.TextField(),
    "text": models.TextField(),
    "answer": models.TextField(),
    "extra": models.CharField(),
    "flag": models.BooleanField(),
    "number": models.DecimalField(max_digits=12, decimal_places=4),
    "rank": models.IntegerField(),
}
_WORDS: Final = frozenset({"title", "text", "answer", "extra"})


@dataclass(frozen=True, slots=True)
class _Page:
    """For whom the slips are made."""

    sheet: Sheet
    is_told_places: bool  # which office asked, beside what it asked


def slips_of_appraisal(actor: Actor, sheet: Sheet) -> list[Slip]:
    """None, and no statement, before it was passed on.

    Then one statement for the unit; four for who leads, six once results stand.
    """
    if sheet.side is Side.PARTNER or sheet.entry.stage not in _FROM_APPRAISAL_ON:
        return []
    reads = sheet.side is Side.LEAD and bool(opinions_are_open(actor, sheet.entry))
    rows = [_Row(*each) for each in _all_in_one(_sources(actor, sheet, reads=reads))]
    page = _Page(sheet, is_told_places=reads)
    return [slip for kind, make in _SLIPS.items() for slip in make(page, [row for row in rows if row.kind == kind])]


def _sources(actor: Actor, sheet: Sheet, *, reads: bool) -> Iterator["QuerySet[Any, Any]"]:
    yield _questions(sheet)
    yield _support(sheet)
    if sheet.side is Side.UNIT:
        yield _visits(sheet, received_by(actor))
        yield _sessions(sheet, Q(session__in=presented_by(actor)))
        return
    yield _assignments(sheet)
    if not reads:
        return
    yield _opinions(sheet)
    yield _visits(sheet, SiteVisit.objects.filter(cancelled_at__isnull=True))
    yield _sessions(sheet, Q(session__cancelled_at__isnull=True))
    if sheet.entry.stage in _WITH_RESULT and may_see_results(actor, sheet.campaign):
        yield _results(sheet)


def _all_in_one(sources: Iterable["QuerySet[Any, Any]"]) -> "QuerySet[Any, Any]":
    """Unlike things in one statement, so that the page asks the same however many kinds of slips it carries."""
    first, *rest = sources
    rows: QuerySet[Any, Any] = first.union(*rest, all=True)
    return rows


def _columns(rows: "QuerySet[Any, Any]", kind: str, **told: Any) -> "QuerySet[Any, Any]":
    """Typed also where a kind has nothing to tell: PostgreSQL joins only columns of one type."""
    told["kind"] = Value(kind)
    named = {}
    for name, column in _COLUMNS.items():
        empty = Value("") if name in _WORDS else Value(None)
        named[f"slip_{name}"] = Cast(told.get(name, empty), column)
    typed: QuerySet[Any, Any] = rows.order_by().annotate(**named).values_list(*named)
    return typed


def _assignments(sheet: Sheet) -> "QuerySet[Any, Any]":
    rows = Assignment.objects.filter(entry=sheet.entry)
    where = Coalesce(name_then("office", sheet.campaign.closes_date), F("person__name"))
    return _columns(
        rows, "assignment", uid=F("uid"), at=F("assigned_at"), ended=F("withdrawn_at"), due=F("due_date"),
        place=where, text=F("returned_reason"), extra=F("reason"),
    )  # fmt: skip


def _opinions(sheet: Sheet) -> "QuerySet[Any, Any]":
    rows = Opinion.objects.filed().filter(assignment__entry=sheet.entry, assignment__withdrawn_at__isnull=True)
    where = Coalesce(name_then("assignment__office", sheet.campaign.closes_date), F("assignment__person__name"))
    return _columns(
        rows, "opinion", uid=F("uid"), at=F("filed_at"), place=where, text=F("reasons"), extra=F("verdict"),
        flag=Q(recorded_from__isnull=False),
    )  # fmt: skip


def _questions(sheet: Sheet) -> "QuerySet[Any, Any]":
    rows = SupplementRequest.objects.filter(assignment__entry=sheet.entry, withdrawn_at__isnull=True)
    where = Coalesce(name_then("assignment__office", sheet.campaign.closes_date), F("assignment__person__name"))
    return _columns(
        rows, "question", uid=F("uid"), at=F("asked_at"), ended=F("answered_at"), due=F("due_date"), place=where,
        text=F("question"), answer=F("answer"),
    )  # fmt: skip


def _support(sheet: Sheet) -> "QuerySet[Any, Any]":
    rows = SupportRequest.objects.filter(entry=sheet.entry)
    where = name_then("office", sheet.campaign.closes_date)
    return _columns(
        rows, "support", uid=F("uid"), at=F("asked_at"), ended=F("first_answered_at"), place=where, title=F("title")
    )


def _visits(sheet: Sheet, visits: QuerySet[SiteVisit]) -> "QuerySet[Any, Any]":
    rows = visits.filter(items__entry=sheet.entry)
    return _columns(
        rows, "visit", uid=F("uid"), at=F("starts_at"), ended=F("ended_at"), title=F("place"),
        flag=Q(minutes__isnull=False),
    )  # fmt: skip


def _sessions(sheet: Sheet, which: Q) -> "QuerySet[Any, Any]":
    rows = SessionItem.objects.filter(which, entry=sheet.entry)
    return _columns(
        rows, "session", uid=F("session__uid"), at=F("session__starts_at"), ended=F("session__ended_at"),
        title=F("session__title"), text=F("session__place"), extra=F("session__kind"),
        flag=Q(session__minutes__isnull=False),
    )  # fmt: skip


def _results(sheet: Sheet) -> "QuerySet[Any, Any]":
    """Of the closing that stands."""
    rows = ScoreResult.objects.filter(entry=sheet.entry, result_set__superseded_at__isnull=True)
    return _columns(
        rows, "result", uid=F("result_set__uid"), at=F("result_set__closed_at"), extra=F("band"), flag=F("passed"),
        number=F("value"), rank=F("rank"),
    )  # fmt: skip


def _passed_on(page: _Page, rows: Sequence[_Row]) -> Iterator[Slip]:
    """One for each act of passing on, however many places it named."""
    inside = [Link(_("Xem thẩm định"), reverse("appraisal:entry", args=[page.sheet.entry.uid]))]
    for at, together in groupby(sorted(rows, key=lambda each: each.at), key=lambda each: each.at):
        lines = tuple(_place(each) for each in together)
        yield Slip("send", _("Phiếu chuyển thẩm định"), at, page.sheet.lead_name, lines, tuple(inside))


def _place(row: _Row) -> str:
    facts = {"place": row.place or _gone(), "reason": Reason(row.extra).label, "due": _day(row.due), "why": row.text}
    if row.ended is None:
        return _("%(place)s, %(reason)s. Hạn cho ý kiến: %(due)s.") % facts
    facts["day"] = _day(row.ended)
    if row.text:
        return _("%(place)s, %(reason)s. Trả lại ngày %(day)s: %(why)s") % facts
    return _("%(place)s, %(reason)s. Thôi giao từ ngày %(day)s.") % facts


def _said(_page: _Page, rows: Sequence[_Row]) -> Iterator[Slip]:
    for row in rows:
        head = _("Ý kiến thẩm định: %s") % Verdict(row.extra).label
        lines = (row.text, _("Ghi nhận từ văn bản của nơi thẩm định.")) if row.flag else (row.text,)
        yield Slip("chat-square-text", head, row.at, row.place or _gone(), lines)


def _asked(page: _Page, rows: Sequence[_Row]) -> Iterator[Slip]:
    """Who asked is not said to the unit."""
    to_answers = Link(_("Xem câu hỏi và trả lời"), reverse("appraisal:supplements", args=[page.sheet.entry.uid]))
    links = (to_answers,) if page.sheet.side is Side.UNIT else ()
    for row in rows:
        place = (row.place or _gone()) if page.is_told_places else _("Nơi thẩm định")
        lines = [row.text, _("Hạn trả lời: %s.") % _day(row.due)]
        if row.ended is not None:
            lines.append(_("Đơn vị trả lời ngày %(day)s: %(answer)s") % {"day": _day(row.ended), "answer": row.answer})
        yield Slip("question-circle", _("Câu hỏi của nơi thẩm định"), row.at, place, tuple(lines), links)


def _guided(_page: _Page, rows: Sequence[_Row]) -> Iterator[Slip]:
    for row in rows:
        state = _("Trả lời lần đầu ngày %s.") % _day(row.ended) if row.ended else _("Chưa có trả lời.")
        links = (Link(_("Xem trao đổi"), reverse("appraisal:support", args=[row.uid])),)
        yield Slip("chat-dots", _("Hỏi khi soạn báo cáo"), row.at, row.place or _gone(), (row.title, state), links)


def _visited(page: _Page, rows: Sequence[_Row]) -> Iterator[Slip]:
    name = "appraisal:visit_received" if page.sheet.side is Side.UNIT else "appraisal:visit"
    for row in rows:
        links = (Link(_("Xem buổi khảo sát"), reverse(name, args=[row.uid])),)
        yield Slip("building", _("Khảo sát tại chỗ"), row.at, row.title, _course(page, row), links)


def _presented(page: _Page, rows: Sequence[_Row]) -> Iterator[Slip]:
    name = "appraisal:session_presented" if page.sheet.side is Side.UNIT else "appraisal:session"
    for row in rows:
        kind = SessionKind(row.extra).label
        head = _("%(kind)s: %(title)s") % {"kind": kind[:1].upper() + kind[1:], "title": row.title}
        links = (Link(_("Xem phiên"), reverse(name, args=[row.uid])),)
        yield Slip("people", head, row.at, row.text, _course(page, row), links)


def _course(page: _Page, row: _Row) -> tuple[str, ...]:
    """How far it is; of its minutes only who may read them hears."""
    if row.ended is None:
        return ()
    ended = _("Đã kết thúc ngày %s.") % _day(row.ended)
    if page.sheet.side is Side.UNIT:
        return (ended,)
    return (ended, _("Đã có biên bản.") if row.flag else _("Chưa có biên bản."))


def _came_out(page: _Page, rows: Sequence[_Row]) -> Iterator[Slip]:
    links = (
        Link(
            _("Xem cách tính"), reverse("appraisal:result", args=[page.sheet.campaign.uid, page.sheet.entry.code])
        ),
    )  # fmt: skip
    for row in rows:
        yield Slip("bar-chart", _("Kết quả chấm đã chốt"), row.at, page.sheet.lead_name, tuple(_result(row)), links)


def _result(row: _Row) -> Iterator[str]:
    if row.number is None:
        yield _("Chưa đủ phiếu chấm nên không có điểm.")
        return
    facts = {"value": number_format(row.number.normalize()), "rank": row.rank, "band": row.extra}
    yield _("Điểm: %(value)s.") % facts
    if row.rank is not None:
        yield _("Thứ hạng: %(rank)s.") % facts
    if row.extra:
        yield _("Mức: %(band)s.") % facts
    if row.flag is not None:
        yield _("Đạt điểm sàn.") if row.flag else _("Dưới điểm sàn.")


def _day(at: date | datetime | None) -> str:
    on = at.astimezone(VIETNAM) if isinstance(at, datetime) else at
    return date_format(on, "d/m/Y") if on else ""


def _gone() -> str:
    return _("đơn vị đã thôi hoạt động")


_SLIPS: Final[Mapping[str, Callable[[_Page, Sequence[_Row]], Iterator[Slip]]]] = {
    "assignment": _passed_on,
    "opinion": _said,
    "question": _asked,
    "support": _guided,
    "visit": _visited,
    "session": _presented,
    "result": _came_out,
}

"""What the page of a campaign shows, from a constant number of statements."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext as _

from sangkien.campaigns.models import Campaign
from sangkien.campaigns.showing import fields as fields_of
from sangkien.desk.clocks import days, short
from sangkien.intake.queries import Answered, UnitAnswer, answers, by_main_field
from sangkien.ui.charts import DaysChart, Lane, days_chart, lane

LONGEST_AFTER: Final = timedelta(days=45)  # late answers beyond this stand at the edge of the chart
STATES: Final = {"": None, "da-gui": Answered.SENT, "khong-co": Answered.NIL, "chua-tra-loi": Answered.NONE}


@dataclass(frozen=True, slots=True)
class UnitLine:
    """A unit with its answer and the day on which it came, on the line of the window."""

    answer: UnitAnswer
    on: date | None
    lane: Lane
    said: str


@dataclass(frozen=True, slots=True)
class FieldLine:
    """A field, who is in charge, how many sent entries have it as their main one; ``share`` of the most, per cent."""

    name: str
    owners: str
    code: str
    count: int
    share: str


@dataclass(frozen=True, slots=True)
class Standing:
    """Units by their three states, and what the chart shows of them."""

    units: Sequence[UnitLine]
    counts: Mapping[Answered, int]
    chart: DaysChart
    said: str
    before_word: str

    @property
    def asked(self) -> int:
        return sum(self.counts.values())

    @property
    def sent(self) -> int:
        return self.counts.get(Answered.SENT, 0)

    @property
    def nil(self) -> int:
        return self.counts.get(Answered.NIL, 0)

    @property
    def silent(self) -> int:
        return self.counts.get(Answered.NONE, 0)


def standing(campaign: Campaign, at: datetime) -> Standing:
    """Two statements; four where last year's campaign is drawn beside it."""
    told = answers(campaign)
    today = timezone.localdate(at)
    first, last = _span(campaign, told, today)
    lines = [_line(each, campaign, first, last) for each in told]
    new = Counter(line.on for line in lines if line.on is not None)
    counts = Counter(each.answer for each in told)
    answered = counts[Answered.SENT] + counts[Answered.NIL]
    chart = days_chart(
        new, first=first, last=last, most=len(told), deadline=campaign.closes_date,
        today=today if campaign.is_running() else None, before=_before(campaign), most_word=_("đơn vị"),
    )  # fmt: skip
    said = _("%(n)d trên %(all)d đơn vị đã trả lời; hạn là %(day)s") % {
        "n": answered, "all": len(told), "day": short(campaign.closes_date, today),
    }  # fmt: skip
    before = campaign.continues
    return Standing(lines, counts, chart, said, _("năm %d") % before.year if before else "")


def fields(campaign: Campaign, on: date) -> list[FieldLine]:
    """In the plan's order; what has no field, or one that the plan does not know, comes last. Six statements."""
    counted = by_main_field(campaign)
    shown = fields_of(campaign, on)["fields"]
    most = max([*counted.values(), 1])
    lines = []
    for each in shown:
        count = counted.get(each.code, 0)
        lines.append(FieldLine(each.name, ", ".join(each.owners), each.code, count, _share(count, most)))
    other = sum(count for code, count in counted.items() if code not in {each.code for each in shown})
    if other:
        lines.append(FieldLine(_("Chưa rõ lĩnh vực"), "", "", other, _share(min(other, most), most)))
    return lines


def time_left(campaign: Campaign, at: datetime) -> str:
    """A sentence about the window, by the clock."""
    today, closes = timezone.localdate(at), campaign.closes_date
    if not campaign.is_running():
        return ""
    if at < campaign.window.opens_at:
        return _("Nhận báo cáo từ %s.") % short(campaign.opens_date, today)
    if campaign.is_late(at):
        return _("Đã hết hạn ngày %s; báo cáo đến sau vẫn được nhận và ghi là muộn.") % short(closes, today)
    left = (closes - today).days
    return _("Hôm nay là ngày cuối.") if left == 0 else _("Còn %s.") % days(left)


def _span(campaign: Campaign, told: Sequence[UnitAnswer], today: date) -> tuple[date, date]:
    """From the opening, or the first answer before it, to the deadline and a while after it where something came."""
    arrived = [timezone.localdate(each.arrived_at) for each in told if each.arrived_at is not None]
    first = min([campaign.opens_date, *arrived])
    latest = max([campaign.closes_date, *arrived, *([today] if campaign.is_running() else [])])
    return first, min(latest, campaign.closes_date + LONGEST_AFTER)


def _line(answer: UnitAnswer, campaign: Campaign, first: date, last: date) -> UnitLine:
    on = timezone.localdate(answer.arrived_at) if answer.arrived_at else None
    drawn = lane(on, first=first, last=last, deadline=campaign.closes_date)
    if on is None:
        return UnitLine(answer, None, drawn, _("Chưa trả lời"))
    late = on > campaign.closes_date
    said = _("Trả lời ngày %(day)s, sau hạn") if late else _("Trả lời ngày %(day)s, trong hạn")
    return UnitLine(answer, on, drawn, said % {"day": short(on, campaign.closes_date)})


def _before(campaign: Campaign) -> dict[date, int] | None:
    """Last year's answers, moved to this year's days by the distance of the two openings."""
    if campaign.continues is None:
        return None
    moved = campaign.opens_date - campaign.continues.opens_date
    arrived = (each.arrived_at for each in answers(campaign.continues))
    return dict(Counter(timezone.localdate(at) + moved for at in arrived if at is not None))


def _share(count: int, most: int) -> str:
    return f"{count / most * 100:.1f}%"

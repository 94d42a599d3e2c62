"""What every action on campaigns shares."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from sangkien.accounts.refusal import Refused
from sangkien.campaigns.lifecycle import State
from sangkien.campaigns.locking import hold
from sangkien.campaigns.models import Campaign
from sangkien.campaigns.models.campaign import FIRST_YEAR, LAST_YEAR, LONGEST_TITLE
from sangkien.campaigns.window import VIETNAM
from sangkien.ledger.models import SeenBy
from sangkien.ledger.recording import Actor, acting, record
from sangkien.papers.models import Paper
from sangkien.papers.models import State as PaperState
from sangkien.vietnamese import clean, fold

_SPACES = re.compile(r"[^\S\n]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What the plan says of itself. Days are included; a time narrows the first or the last day."""

    title: str
    year: int
    opens_date: date
    closes_date: date
    opens_time: time | None = None
    closes_time: time | None = None
    upper_deadline: date | None = None
    budget_source: str = ""


def checked(facts: Facts) -> dict[str, object]:
    """The facts as they are stored. Raises ``Refused``."""
    title, budget = line(facts.title, LONGEST_TITLE), line(facts.budget_source, 300)
    if not title:
        raise Refused(_("Kế hoạch chưa có tên. Bạn ghi tên như trên văn bản."))
    if not FIRST_YEAR <= facts.year <= LAST_YEAR:
        raise Refused(_("Năm %d không hợp lý. Bạn xem lại năm của đợt.") % facts.year)
    refuse_window(facts)
    return {
        "title": title,
        "year": facts.year,
        "opens_date": facts.opens_date,
        "opens_time": facts.opens_time,
        "closes_date": facts.closes_date,
        "closes_time": facts.closes_time,
        "upper_deadline": facts.upper_deadline,
        "budget_source": budget,
    }


def refuse_window(facts: Facts) -> None:
    """It must end after it begins. Raises ``Refused``."""
    backwards = facts.closes_date < facts.opens_date
    if facts.closes_date == facts.opens_date and facts.opens_time and facts.closes_time:
        backwards = facts.closes_time < facts.opens_time
    if backwards:
        raise Refused(
            _("Ngày đóng (%(closes)s) sớm hơn ngày mở (%(opens)s). Bạn xem lại hai ngày này.")
            % {"closes": day(facts.closes_date), "opens": day(facts.opens_date)}
        )


def facts_of(campaign: Campaign) -> Facts:
    """As the campaign has them now."""
    return Facts(
        title=campaign.title, year=campaign.year, opens_date=campaign.opens_date, closes_date=campaign.closes_date,
        opens_time=campaign.opens_time, closes_time=campaign.closes_time, upper_deadline=campaign.upper_deadline,
        budget_source=campaign.budget_source,
    )  # fmt: skip


def line(text: str, longest: int) -> str:
    """A text on one line as it is stored. Raises ``Refused`` when it is too long."""
    tidy = " ".join(clean(text).split())
    if not fold(tidy).strip():  # spaces and signs that nobody sees
        return ""
    if len(tidy) > longest:
        raise Refused(
            _("“%(text)s…” dài quá %(longest)d ký tự. Bạn ghi ngắn lại.") % {"text": tidy[:40], "longest": longest}
        )
    return tidy


def lines(text: str) -> str:
    """A text as it is stored, its lines kept."""
    if not fold(text).strip():
        return ""
    return "\n".join(_SPACES.sub(" ", each).strip() for each in clean(text).strip().split("\n"))


def refuse_paper(campaign: Campaign, paper: Paper) -> None:
    """It must have effect and come from the unit that issues the plan; held until the end. Raises ``Refused``."""
    paper = Paper.objects.select_for_update().get(pk=paper.pk)
    if paper.state != PaperState.ISSUED:
        raise Refused(
            _("Văn bản này chưa ban hành hoặc không còn hiệu lực. Bạn chọn văn bản đã có số, ngày và tệp ký.")
        )
    if paper.issuer_unit_id != campaign.organiser_id:
        raise Refused(_("Văn bản này của đơn vị khác, không phải của đơn vị ban hành kế hoạch. Bạn chọn lại văn bản."))


@contextmanager
def drafting(campaign: Campaign) -> Iterator[Campaign]:
    """The transaction of a change to a draft, holding it. Raises ``Refused`` once it is issued."""
    with acting():
        held = hold(campaign)
        if held.state != State.DRAFT:
            raise Refused(_("Kế hoạch đã ban hành nên chỉ thay đổi bằng văn bản sửa đổi."))
        yield held


def note(
    campaign: Campaign, verb: str, *, by: Actor, at: datetime, seen_by: SeenBy, facts: Mapping[str, object]
) -> None:
    """Record an act on a campaign."""
    record(
        by=by, at=at, verb=f"campaign.{verb}", subject_kind="campaign", subject_uid=campaign.uid, seen_by=seen_by,
        payload=facts,
    )  # fmt: skip


def plain(value: object) -> object:
    """A fact for the ledger: a time as the clock shows it."""
    return value.strftime("%H:%M") if isinstance(value, time) else value


def local_date(at: datetime) -> date:
    """The day of a moment in Vietnam."""
    return at.astimezone(VIETNAM).date()


def day(on: date) -> str:
    """A date as people write it."""
    return date_format(on, "d/m/Y")

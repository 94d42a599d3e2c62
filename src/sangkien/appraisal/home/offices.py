"""What waits for offices in charge and for the lead unit: entries to appraise, to pass on, questions of units."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Final

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sangkien.accounts.actor import Actor
from sangkien.accounts.roles import Permission
from sangkien.appraisal.home.model import Row, Section
from sangkien.appraisal.models import Assignment, Opinion, SupplementRequest, SupportRequest, Verdict
from sangkien.appraisal.models.assignments import AssignmentQuerySet
from sangkien.appraisal.rules.offices import assignments_of
from sangkien.campaigns.lifecycle import State
from sangkien.campaigns.models import Campaign, Participant
from sangkien.intake.lifecycle import Stage
from sangkien.intake.models import Entry
from sangkien.intake.visibility import units_of
from sangkien.units.models import UnitVersion

MOST: Final = 50
_SAID: Final = 20


def to_appraise(actor: Actor, at: datetime) -> Iterator[Section]:
    """What the actor's offices, or the actor, have still to say, the earliest day first. Two statements."""
    rows = list(waiting(actor)[: MOST + 1])
    today = timezone.localdate(at)
    yield Section(
        "to-appraise", _("Chờ ý kiến thẩm định"),
        tuple(_to_appraise(each, late=each.due_date < today) for each in rows[:MOST]),
        _("Hạn gần nhất ở trên"), reverse("appraisal:queue") if len(rows) > MOST else "",
    )  # fmt: skip


def waiting(actor: Actor) -> AssignmentQuerySet:
    """Assignments without an opinion yet, with what a row shows. One statement now, one when it is read."""
    filed = Opinion.objects.filed().filter(assignment=OuterRef("pk"))
    drafted = Opinion.objects.filter(assignment=OuterRef("pk"), filed_at__isnull=True)
    open_question = SupplementRequest.objects.filter(
        assignment=OuterRef("pk"), answered_at__isnull=True, withdrawn_at__isnull=True
    )
    mine = assignments_of(actor).filter(entry__stage=Stage.IN_APPRAISAL, entry__campaign__state__in=_RUNNING)
    return (
        named(mine.filter(~Exists(filed)))
        .annotate(is_drafted=Exists(drafted), is_asked=Exists(open_question))
        .order_by("due_date", "pk")
    )


_RUNNING: Final = State.of_the_running()


def named(rows: AssignmentQuerySet) -> AssignmentQuerySet:
    """With title and unit at hand."""
    asked = Participant.objects.filter(campaign=OuterRef("entry__campaign"), unit=OuterRef("entry__implementer"))
    found: AssignmentQuerySet = rows.select_related("entry", "revision").annotate(
        unit_name=Subquery(asked.values("unit_version__name")[:1])
    )
    return found


def _to_appraise(row: Assignment, *, late: bool) -> Row:
    state, tone = _("chưa mở"), ""
    if getattr(row, "is_asked", False):
        state, tone = _("chờ đơn vị trả lời"), "due"
    elif getattr(row, "is_drafted", False):
        state, tone = _("đang viết"), "now"
    elif row.opened_at is not None:
        state = _("đã mở")
    return Row(
        do=row.revision.title, what="", who=who(row.entry, row), due=row.due_date,
        url=reverse("appraisal:opinion", args=[row.uid]), state=_("quá hạn") if late else state,
        tone="late" if late else tone,
    )  # fmt: skip


def who(entry: Entry, named_row: object) -> str:
    """Code and unit."""
    name = getattr(named_row, "unit_name", None) or _("đơn vị ngoài danh sách")
    return f"{entry.code} · {name}"


def said(actor: Actor, at: datetime) -> Iterator[Section]:
    """What they said last; it may be corrected until the entry goes on. Two statements."""
    filed = Opinion.objects.filed().filter(assignment=OuterRef("pk"))
    rows = named(assignments_of(actor).filter(Exists(filed))).annotate(
        verdict=Subquery(filed.values("verdict")[:1]), filed_at=Subquery(filed.values("filed_at")[:1])
    )
    yield Section(
        "said", _("Đã gửi ý kiến"),
        tuple(
            Row(
                do=each.revision.title, what="", who=who(each.entry, each), icon="check-lg",
                url=reverse("appraisal:opinion", args=[each.uid]),
                state=str(Verdict(getattr(each, "verdict", "")).label), tone="done",
            )
            for each in rows.order_by("-filed_at", "-pk")[:_SAID]
        ),
        _("Mới nhất ở trên"),
    )  # fmt: skip


def to_route(actor: Actor, at: datetime) -> Iterator[Section]:
    """How many admitted entries of each campaign wait to be passed on. One statement, none for others."""
    led = led_campaigns(actor)
    if led is None:
        return
    waits = Count("entries", filter=Q(entries__stage=Stage.ADMITTED))
    rows = led.annotate(waiting=waits).filter(waiting__gt=0).order_by("-year", "-pk")[:MOST]
    yield Section(
        "to-route", _("Chờ chuyển thẩm định"),
        tuple(
            Row(
                do=ngettext("Chuyển %d giải pháp", "Chuyển %d giải pháp", count) % count, what="", who=each.title,
                url=f"{reverse('appraisal:routing')}?dot={each.uid}", icon="signpost-split",
            )
            for each in rows if (count := getattr(each, "waiting", 0))
        ),
    )  # fmt: skip


def led_campaigns(actor: Actor) -> QuerySet[Campaign] | None:
    """Running campaigns whose entries the actor passes on; ``None`` for who does that nowhere."""
    parts = units_of(actor, Permission.ROUTE)
    if not parts:
        return None
    running = Campaign.objects.filter(state__in=_RUNNING)
    keys = []
    for scope, units in parts.items():
        here = running if scope is None else running.filter(uid=scope)
        keys += [here.filter(lead_unit__in=units).values("pk"), here.filter(organiser__in=units).values("pk")]
    return Campaign.objects.filter(pk__in=keys[0].union(*keys[1:], all=True))


def given_back(actor: Actor, at: datetime) -> Iterator[Section]:
    """What an office gave back and nobody took up since. Two statements, none for others."""
    led = led_campaigns(actor)
    if led is None:
        return
    pending = Assignment.objects.filter(
        entry__campaign__in=led.values("pk"), withdrawn_at__isnull=False, withdrawn_reason="",
        entry__stage=Stage.IN_APPRAISAL,
    ).exclude(returned_reason="")  # fmt: skip
    yield Section(
        "given-back", _("Trả lại, chờ phân công nơi khác"),
        tuple(
            Row(
                do=each.revision.title, what=each.returned_reason, who=who(each.entry, each),
                url=reverse("appraisal:entry", args=[each.entry.uid]), icon="arrow-return-left",
            )
            for each in named(pending).order_by("withdrawn_at", "pk")[:MOST]
        ),
    )  # fmt: skip


def questions(actor: Actor, at: datetime) -> Iterator[Section]:
    """Questions of units that wait for the actor's office. One statement, none for others."""
    asked = SupportRequest.objects.filter(closed_at__isnull=True, campaign__state__in=_RUNNING)
    branches = []
    for scope, units in units_of(actor, Permission.GUIDE).items():
        here = asked.filter(office__in=units)
        branches.append((here if scope is None else here.filter(campaign__uid=scope)).values("pk"))
    if not branches:
        return
    keys = branches[0].union(*branches[1:], all=True) if len(branches) > 1 else branches[0]
    name = UnitVersion.objects.as_of(timezone.localdate(at)).filter(unit=OuterRef("unit")).values("name")[:1]
    waiting_ones = SupportRequest.objects.filter(pk__in=keys, first_answered_at__isnull=True)
    rows = waiting_ones.annotate(unit_name=Subquery(name))
    yield Section(
        "questions", _("Đơn vị hỏi khi soạn"),
        tuple(
            Row(
                do=each.title, what="", who=str(getattr(each, "unit_name", "") or ""),
                url=reverse("appraisal:support", args=[each.uid]), icon="chat-dots",
            )
            for each in rows.order_by("asked_at", "pk")[:MOST]
        ),
    )  # fmt: skip


def queue_rows(actor: Actor, at: datetime, after: str, most: int) -> tuple[tuple[Row, ...], str]:
    """One page of what waits, and the key of the next page. ``after``: "2024-10-15.17". Two statements."""
    rows = waiting(actor)
    day, _dot, key = after.partition(".")
    try:
        since, last = date.fromisoformat(day), int(key)
    except ValueError:
        pass
    else:
        rows = rows.filter(Q(due_date__gt=since) | Q(due_date=since, pk__gt=last))
    found, today = list(rows[: most + 1]), timezone.localdate(at)
    following = f"{found[most - 1].due_date:%Y-%m-%d}.{found[most - 1].pk}" if len(found) > most else ""
    return tuple(_to_appraise(each, late=each.due_date < today) for each in found[:most]), following

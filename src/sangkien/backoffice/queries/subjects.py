"""Names and addresses of what acts speak of; one statement at most for each kind of thing that stands on the page.

An address is given only where this reader may open the page behind it.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, NamedTuple
from uuid import UUID

from django.db.models import BooleanField, F, Q, QuerySet, TextField, UUIDField, Value
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from sangkien.accounts.actor import Actor
from sangkien.accounts.models import Invitation, Membership, User
from sangkien.accounts.permissions import may
from sangkien.accounts.roles import Permission, Role
from sangkien.appraisal.meetings import sessions_of, visits_of
from sangkien.appraisal.models import (
    Assignment,
    Panel,
    PresentationSession,
    ResultSet,
    SessionKind,
    SiteVisit,
    SupportRequest,
)
from sangkien.attachments.models import Attachment
from sangkien.campaigns.models import Campaign
from sangkien.importing.models import ImportBatch, ImportedFile
from sangkien.initiatives.models import Revision
from sangkien.intake.models import Entry, Submission
from sangkien.intake.visibility import units_of
from sangkien.ledger.models import Act
from sangkien.papers.models import Paper
from sangkien.units.models import UnitVersion


@dataclass(frozen=True, slots=True)
class Subject:
    """How a thing is called, and where it is shown; no address where there is no page for it."""

    name: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """What several kinds of sentences name, read once for a page.

    ``people``: the names by primary key; ``persons``: by uid. ``holders``: whose an invitation, a report, an import is;
    ``None``: the lead unit's. ``units``: the last name of each. ``files``: the names of files.
    """

    people: Mapping[int, str]
    persons: Mapping[UUID, str]
    holders: Mapping[UUID, UUID | None]
    units: Mapping[UUID, str]
    files: Mapping[UUID, str]

    def holder(self, uid: UUID, otherwise: str = "") -> str:
        """The name of the unit whose thing this is."""
        unit = self.holders.get(uid)
        return self.units.get(unit, otherwise) if unit else otherwise


_Found = Iterator[tuple[UUID, Subject]]
_Wanted = Mapping[str, Collection[UUID]]


def wanted_of(acts: Iterable[Act]) -> dict[str, set[UUID]]:
    """Kind → uids of the things on which acts were done."""
    wanted: dict[str, set[UUID]] = {}
    for act in acts:
        wanted.setdefault(act.subject_kind, set()).add(act.subject_uid)
    return wanted


def known_for(
    wanted: _Wanted, *, people: Collection[int], invited: Collection[UUID], mentioned: Collection[UUID]
) -> Known:
    """For things, for who acted (``people`` by key, ``invited`` by invitation), for units ``mentioned``.

    Four statements at most.
    """
    asked = Q(uid__in=wanted.get("user", ())) | Q(pk__in=people)
    persons = list(User.objects.filter(asked).values_list("pk", "uid", "name"))
    holders = _holders(wanted, invited)
    units = {*mentioned, *wanted.get("unit", ()), *(unit for unit in holders.values() if unit)}
    return Known(
        people={pk: name for pk, _uid, name in persons},
        persons={uid: name for _pk, uid, name in persons},
        holders=holders,
        units=_unit_names(units),
        files=_file_names(wanted),
    )


def _holders(wanted: _Wanted, invited: Collection[UUID]) -> dict[UUID, UUID | None]:
    """One statement."""
    invitations = Invitation.objects.filter(uid__in={*wanted.get("invitation", ()), *invited})
    submissions = Submission.objects.filter(uid__in=wanted.get("submission", ()))
    imports = ImportBatch.objects.filter(uid__in=wanted.get("import", ()))
    first, *rest = (each.order_by().values_list("uid", "unit__uid") for each in (invitations, submissions, imports))
    return dict(first.union(*rest, all=True))


def _unit_names(uids: Collection[UUID]) -> dict[UUID, str]:
    """The last name of each unit. One statement."""
    rows = UnitVersion.objects.current().filter(unit__uid__in=uids).order_by("valid_from")
    return dict(rows.values_list("unit__uid", "name"))


def _file_names(wanted: _Wanted) -> dict[UUID, str]:
    """One statement."""
    attachments = Attachment.objects.filter(uid__in=wanted.get("attachment", ())).order_by()
    imported = ImportedFile.objects.filter(uid__in=wanted.get("imported_file", ())).order_by()
    return dict(attachments.values_list("uid", "original_name").union(imported.values_list("uid", "name"), all=True))


def _units(uids: Collection[UUID], actor: Actor, known: Known) -> _Found:
    for uid in uids:
        if uid in known.units:
            yield uid, Subject(known.units[uid], _unit_page(uid, actor))


def _users(uids: Collection[UUID], actor: Actor, known: Known) -> _Found:
    for uid in uids:
        if uid in known.persons:
            yield uid, Subject(known.persons[uid], _person_page(uid, actor))


def _memberships(uids: Collection[UUID], actor: Actor, _known: Known) -> _Found:
    for row in Membership.objects.filter(uid__in=uids).select_related("user"):
        name = _("phần việc %(role)s của %(name)s") % {"role": Role(row.role).label, "name": row.user.name}
        yield row.uid, Subject(name, _person_page(row.user.uid, actor))


def _invitations(uids: Collection[UUID], actor: Actor, known: Known) -> _Found:
    for uid in uids:
        unit = known.holders.get(uid)
        if unit:
            yield uid, Subject(known.holder(uid), _unit_page(unit, actor))


def _campaigns(uids: Collection[UUID], actor: Actor, _known: Known) -> _Found:
    named = Campaign.objects.filter(uid__in=uids)
    for is_open, uid, title in _twice(named, named.visible_to(actor), "uid", "title"):
        yield uid, Subject(f"“{shortened(title)}”", reverse("desk:campaign", args=[uid]) if is_open else "")


def _twice(named: "QuerySet[Any]", visible: "QuerySet[Any]", *fields: str) -> "QuerySet[Any, Any]":
    """Each row of ``named`` with ``False``, then each that the reader may know of with ``True``. One statement.

    Not a column that asks of each row whether it is visible: all that is visible would be gathered for it.
    """
    all_of_them, open_ones = (
        rows.order_by().annotate(is_open=Value(is_open, output_field=BooleanField())).values_list("is_open", *fields)
        for rows, is_open in ((named, False), (visible, True))
    )
    rows: QuerySet[Any, Any] = all_of_them.union(open_ones, all=True)
    return rows.order_by("is_open")


def _entries(uids: Collection[UUID], actor: Actor, _known: Known) -> _Found:
    """Titles only for who may know of the entry; others read its code."""
    named = Entry.objects.filter(uid__in=uids)
    rows = _twice(named, named.visible_to(actor), "uid", "code", "revision__title")
    for is_open, uid, code, title in rows:
        name = f"{code} “{shortened(title)}”" if title and is_open else _("giải pháp %s") % code
        yield uid, Subject(name, reverse("desk:entry", args=[uid]) if is_open else "")


def _submissions(uids: Collection[UUID], _actor: Actor, known: Known) -> _Found:
    for uid in uids:
        if uid in known.holders:
            yield uid, Subject(_("báo cáo của %s") % known.holder(uid, "…"))


def _initiatives(uids: Collection[UUID], actor: Actor, _known: Known) -> _Found:
    """Titles only for who may know of an entry of it."""
    entries = Entry.objects.filter(initiative__uid__in=uids).visible_to(actor)
    rows = Revision.objects.filter(initiative__entries__in=entries).order_by("number")
    titles = dict(rows.values_list("initiative__uid", "title"))
    for uid in uids:
        yield uid, Subject(f"“{shortened(titles[uid])}”" if titles.get(uid) else _("một giải pháp"))


def _papers(uids: Collection[UUID], _actor: Actor, _known: Known) -> _Found:
    for paper in Paper.objects.filter(uid__in=uids):
        number = f" số {paper.number}/{paper.notation}" if paper.number else ""
        yield paper.uid, Subject(f"{paper.get_kind_display().lower()}{number} “{shortened(paper.summary)}”")


def _files(uids: Collection[UUID], _actor: Actor, known: Known) -> _Found:
    for uid in uids:
        if uid in known.files:
            yield uid, Subject(f"“{shortened(known.files[uid])}”")


def _imports(uids: Collection[UUID], _actor: Actor, known: Known) -> _Found:
    """By the unit whose files they are; what the lead unit brought in has none."""
    for uid in uids:
        if uid in known.holders:
            unit = known.holders[uid]
            name = _("tệp báo cáo của %s") % known.holder(uid, "…") if unit else _("tệp báo cáo của các đơn vị")
            yield uid, Subject(name)


class _Judged(NamedTuple):
    """A thing of appraisal: once as it is named to everybody, once more where the reader may open it."""

    is_open: bool
    kind: str
    uid: UUID
    at: datetime
    text: str
    behind: UUID | None


def _appraisal(wanted: _Wanted, actor: Actor) -> Iterator[tuple[str, UUID, Subject]]:
    """Visits, sessions, panels, results, assignments, questions. One statement, none where there is none of them.

    Places, titles, and who judges are told only on the pages behind, and to who may open them.
    """
    branches = [
        rows.filter(uid__in=wanted[kind]).order_by().annotate(
            opens=Value(is_open, output_field=BooleanField()), of_kind=Value(kind), at=F(at),
            words=Cast(text, TextField()), behind=Cast(behind, UUIDField()),
        ).values_list("opens", "of_kind", "uid", "at", "words", "behind")
        for kind, (at, text, behind, named, visible) in _judged(actor).items() if wanted.get(kind)
        for is_open, rows in ((False, named), (True, visible))
    ]  # fmt: skip
    if not branches:
        return
    first, *rest = branches
    for row in sorted((_Judged(*each) for each in first.union(*rest, all=True)), key=lambda each: each.is_open):
        yield row.kind, row.uid, Subject(_judged_name(row), _judged_page(row) if row.is_open else "")


def _judged(actor: Actor) -> dict[str, tuple[str, Any, Any, "QuerySet[Any]", "QuerySet[Any]"]]:
    """Kind → its moment, what tells it from others, what its page is called by; all of them, those to be opened."""
    leads, routes = _led(actor, Permission.SEE_CAMPAIGN), _led(actor, Permission.ROUTE)
    proposes, of_entry = _led(actor, Permission.PROPOSE), _led(actor, Permission.SEE_CAMPAIGN, "entry__campaign")
    nothing = Value(None)
    visits, sessions, panels = SiteVisit.objects.all(), PresentationSession.objects.all(), Panel.objects.all()
    results, assignments, support = ResultSet.objects.all(), Assignment.objects.all(), SupportRequest.objects.all()
    return {
        "visit": ("starts_at", Value(""), nothing, visits, visits_of(actor)),
        "session": ("starts_at", F("kind"), nothing, sessions, sessions_of(actor)),
        "panel": ("formed_at", F("name"), nothing, panels, panels.filter(routes)),
        "results": ("closed_at", F("number"), F("campaign__uid"), results, results.filter(proposes)),
        "assignment": (
            "assigned_at", F("entry__code"), F("entry__uid"), assignments, assignments.filter(of_entry),
        ),
        "support_request": ("asked_at", F("title"), nothing, support, support.filter(leads)),
    }  # fmt: skip


def _led(actor: Actor, permission: Permission, way: str = "campaign") -> Q:
    """Of campaigns that the actor leads, or issues, with this permission."""
    led = Q(pk__in=[])
    for scope, units in units_of(actor, permission).items():
        here = Q(**{f"{way}__organiser__in": units}) | Q(**{f"{way}__lead_unit__in": units})
        led |= here if scope is None else here & Q(**{f"{way}__uid": scope})
    return led


def _judged_name(row: _Judged) -> str:
    day = date_format(timezone.localtime(row.at), "d/m/Y")
    match row.kind:
        case "visit":
            return _("buổi khảo sát ngày %s") % day
        case "session":
            return _("%(kind)s ngày %(day)s") % {"kind": SessionKind(row.text).label, "day": day}
        case "panel":
            return _("tổ chấm, hội đồng “%s”") % shortened(row.text)
        case "results":
            return _("kết quả chấm lần %s") % row.text
        case "assignment":
            return _("việc thẩm định giải pháp %s") % row.text
        case _:
            return f"“{shortened(row.text)}”" if row.is_open else _("một câu hỏi khi soạn báo cáo")


def _judged_page(row: _Judged) -> str:
    pages = {"results": "appraisal:results", "assignment": "appraisal:entry", "support_request": "appraisal:support"}
    return reverse(pages.get(row.kind, f"appraisal:{row.kind}"), args=[row.behind or row.uid])


def _backups(uids: Collection[UUID], _actor: Actor, _known: Known) -> _Found:
    for uid in uids:
        yield uid, Subject(_("một bản sao lưu"))


_FINDERS: Final[Mapping[str, Callable[[Collection[UUID], Actor, Known], _Found]]] = {
    "unit": _units,
    "user": _users,
    "membership": _memberships,
    "invitation": _invitations,
    "campaign": _campaigns,
    "entry": _entries,
    "submission": _submissions,
    "initiative": _initiatives,
    "paper": _papers,
    "attachment": _files,
    "backup": _backups,
    "import": _imports,
    "imported_file": _files,
}


def subjects_of(wanted: _Wanted, actor: Actor, known: Known) -> dict[tuple[str, UUID], Subject]:
    """(kind, uid) → what it is called; what is no longer there is missing."""
    found = {
        (kind, uid): subject
        for kind, uids in wanted.items()
        if kind in _FINDERS
        for uid, subject in _FINDERS[kind](uids, actor, known)
    }
    return found | {(kind, uid): subject for kind, uid, subject in _appraisal(wanted, actor)}


def _unit_page(uid: UUID, actor: Actor) -> str:
    return reverse("backoffice:unit", args=[uid]) if may(actor, Permission.MANAGE_UNITS) else ""


def _person_page(uid: UUID, actor: Actor) -> str:
    return reverse("accounts:person", args=[uid]) if may(actor, Permission.MANAGE_PEOPLE) else ""


def shortened(text: str) -> str:
    """The first words of a long title."""
    return text if len(text) <= 80 else f"{text[:79].rstrip()}…"

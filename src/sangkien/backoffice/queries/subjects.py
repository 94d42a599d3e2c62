"""Names and addresses of what acts speak of; one statement for each kind of thing that stands on the page."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from sangkien.accounts.models import Invitation, Membership, User
from sangkien.accounts.roles import Role
from sangkien.attachments.models import Attachment
from sangkien.campaigns.models import Campaign
from sangkien.initiatives.models import Revision
from sangkien.intake.models import Entry, Submission
from sangkien.ledger.models import Act
from sangkien.papers.models import Paper
from sangkien.units.models import UnitVersion


@dataclass(frozen=True, slots=True)
class Subject:
    """How a thing is called, and where it is shown; no address where there is no page for it."""

    name: str
    url: str = ""


_Found = Iterator[tuple[UUID, Subject]]


def unit_names(uids: Collection[UUID]) -> dict[UUID, str]:
    """The last name of each unit. One statement."""
    rows = UnitVersion.objects.current().filter(unit__uid__in=uids).order_by("valid_from")
    return dict(rows.values_list("unit__uid", "name"))


def _units(uids: Collection[UUID]) -> _Found:
    for uid, name in unit_names(uids).items():
        yield uid, Subject(name, address("backoffice:unit", uid))


def _users(uids: Collection[UUID]) -> _Found:
    for uid, name in User.objects.filter(uid__in=uids).values_list("uid", "name"):
        yield uid, Subject(name, address("accounts:person", uid))


def _memberships(uids: Collection[UUID]) -> _Found:
    for row in Membership.objects.filter(uid__in=uids).select_related("user"):
        name = _("phần việc %(role)s của %(name)s") % {"role": Role(row.role).label, "name": row.user.name}
        yield row.uid, Subject(name, address("accounts:person", row.user.uid))


def _invitations(uids: Collection[UUID]) -> _Found:
    rows = list(Invitation.objects.filter(uid__in=uids).values_list("uid", "unit__uid"))
    names = unit_names({unit for _uid, unit in rows})
    for uid, unit in rows:
        yield uid, Subject(names.get(unit, ""), address("backoffice:unit", unit))


def _campaigns(uids: Collection[UUID]) -> _Found:
    for uid, title in Campaign.objects.filter(uid__in=uids).values_list("uid", "title"):
        yield uid, Subject(f"“{shortened(title)}”", address("campaigns:campaign", uid))


def _entries(uids: Collection[UUID]) -> _Found:
    for uid, code, title in Entry.objects.filter(uid__in=uids).values_list("uid", "code", "revision__title"):
        name = f"{code} “{shortened(title)}”" if title else code
        yield uid, Subject(name, address("desk:entry", uid) or address("intake:entry", uid))


def _submissions(uids: Collection[UUID]) -> _Found:
    rows = list(Submission.objects.filter(uid__in=uids).values_list("uid", "unit__uid"))
    names = unit_names({unit for _uid, unit in rows})
    for uid, unit in rows:
        yield uid, Subject(_("báo cáo của %s") % names.get(unit, "…"))


def _initiatives(uids: Collection[UUID]) -> _Found:
    rows = Revision.objects.filter(initiative__uid__in=uids).order_by("number")
    for uid, title in dict(rows.values_list("initiative__uid", "title")).items():
        yield uid, Subject(f"“{shortened(title)}”")


def _papers(uids: Collection[UUID]) -> _Found:
    for paper in Paper.objects.filter(uid__in=uids):
        number = f" số {paper.number}/{paper.notation}" if paper.number else ""
        yield paper.uid, Subject(f"{paper.get_kind_display().lower()}{number} “{shortened(paper.summary)}”")


def _attachments(uids: Collection[UUID]) -> _Found:
    for uid, name in Attachment.objects.filter(uid__in=uids).values_list("uid", "original_name"):
        yield uid, Subject(f"“{shortened(name)}”")


_FINDERS: Final[Mapping[str, Callable[[Collection[UUID]], _Found]]] = {
    "unit": _units,
    "user": _users,
    "membership": _memberships,
    "invitation": _invitations,
    "campaign": _campaigns,
    "entry": _entries,
    "submission": _submissions,
    "initiative": _initiatives,
    "paper": _papers,
    "attachment": _attachments,
}


def subjects_of(acts: Iterable[Act]) -> dict[tuple[str, UUID], Subject]:
    """(kind, uid) → what it is called; what is no longer there is missing."""
    wanted: dict[str, set[UUID]] = {}
    for act in acts:
        wanted.setdefault(act.subject_kind, set()).add(act.subject_uid)
    return {
        (kind, uid): subject
        for kind, uids in wanted.items()
        if kind in _FINDERS
        for uid, subject in _FINDERS[kind](uids)
    }


def shortened(text: str) -> str:
    """The first words of a long title."""
    return text if len(text) <= 80 else f"{text[:79].rstrip()}…"


def address(name: str, uid: UUID) -> str:
    """Where a room shows it; empty where that room has no such page."""
    try:
        return reverse(name, args=[uid])
    except NoReverseMatch:
        return ""

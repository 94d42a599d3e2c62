"""Names and addresses of what acts speak of; two statements at most for each kind of thing that stands on the page.

An address is given only where this reader may open the page behind it.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from sangkien.accounts.actor import Actor
from sangkien.accounts.models import Invitation, Membership, User
from sangkien.accounts.permissions import may
from sangkien.accounts.roles import Permission, Role
from sangkien.attachments.models import Attachment
from sangkien.campaigns.models import Campaign
from sangkien.importing.models import ImportBatch, ImportedFile
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


def _units(uids: Collection[UUID], actor: Actor) -> _Found:
    for uid, name in unit_names(uids).items():
        yield uid, Subject(name, _unit_page(uid, actor))


def _users(uids: Collection[UUID], actor: Actor) -> _Found:
    for uid, name in User.objects.filter(uid__in=uids).values_list("uid", "name"):
        yield uid, Subject(name, _person_page(uid, actor))


def _memberships(uids: Collection[UUID], actor: Actor) -> _Found:
    for row in Membership.objects.filter(uid__in=uids).select_related("user"):
        name = _("phần việc %(role)s của %(name)s") % {"role": Role(row.role).label, "name": row.user.name}
        yield row.uid, Subject(name, _person_page(row.user.uid, actor))


def _invitations(uids: Collection[UUID], actor: Actor) -> _Found:
    rows = list(Invitation.objects.filter(uid__in=uids).values_list("uid", "unit__uid"))
    names = unit_names({unit for _uid, unit in rows})
    for uid, unit in rows:
        yield uid, Subject(names.get(unit, ""), _unit_page(unit, actor))


def _campaigns(uids: Collection[UUID], actor: Actor) -> _Found:
    named = Campaign.objects.filter(uid__in=uids)
    known = set(named.visible_to(actor).values_list("uid", flat=True))
    for uid, title in named.values_list("uid", "title"):
        yield uid, Subject(f"“{shortened(title)}”", address("desk:campaign", uid) if uid in known else "")


def _entries(uids: Collection[UUID], actor: Actor) -> _Found:
    """Titles only for who may know of the entry; others read its code."""
    named = Entry.objects.filter(uid__in=uids)
    known = set(named.visible_to(actor).values_list("uid", flat=True))
    for uid, code, title in named.values_list("uid", "code", "revision__title"):
        name = f"{code} “{shortened(title)}”" if title and uid in known else _("giải pháp %s") % code
        yield uid, Subject(name, address("desk:entry", uid) if uid in known else "")


def _submissions(uids: Collection[UUID], actor: Actor) -> _Found:
    rows = list(Submission.objects.filter(uid__in=uids).values_list("uid", "unit__uid"))
    names = unit_names({unit for _uid, unit in rows})
    for uid, unit in rows:
        yield uid, Subject(_("báo cáo của %s") % names.get(unit, "…"))


def _initiatives(uids: Collection[UUID], actor: Actor) -> _Found:
    """Titles only for who may know of an entry of it."""
    entries = Entry.objects.filter(initiative__uid__in=uids).visible_to(actor)
    rows = Revision.objects.filter(initiative__entries__in=entries).order_by("number")
    known = dict(rows.values_list("initiative__uid", "title"))
    for uid in uids:
        yield uid, Subject(f"“{shortened(known[uid])}”" if known.get(uid) else _("một giải pháp"))


def _papers(uids: Collection[UUID], actor: Actor) -> _Found:
    for paper in Paper.objects.filter(uid__in=uids):
        number = f" số {paper.number}/{paper.notation}" if paper.number else ""
        yield paper.uid, Subject(f"{paper.get_kind_display().lower()}{number} “{shortened(paper.summary)}”")


def _attachments(uids: Collection[UUID], actor: Actor) -> _Found:
    for uid, name in Attachment.objects.filter(uid__in=uids).values_list("uid", "original_name"):
        yield uid, Subject(f"“{shortened(name)}”")


def _imports(uids: Collection[UUID], actor: Actor) -> _Found:
    """By the unit whose files they are; what the lead unit brought in has none."""
    rows = list(ImportBatch.objects.filter(uid__in=uids).values_list("uid", "unit__uid"))
    names = unit_names({unit for _uid, unit in rows if unit})
    for uid, unit in rows:
        yield uid, Subject(_("tệp báo cáo của %s") % names.get(unit, "…") if unit else _("tệp báo cáo của các đơn vị"))


def _imported_files(uids: Collection[UUID], actor: Actor) -> _Found:
    for uid, name in ImportedFile.objects.filter(uid__in=uids).values_list("uid", "name"):
        yield uid, Subject(f"“{shortened(name)}”")


def _backups(uids: Collection[UUID], actor: Actor) -> _Found:
    for uid in uids:
        yield uid, Subject(_("một bản sao lưu"))


_FINDERS: Final[Mapping[str, Callable[[Collection[UUID], Actor], _Found]]] = {
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
    "backup": _backups,
    "import": _imports,
    "imported_file": _imported_files,
}


def subjects_of(acts: Iterable[Act], actor: Actor) -> dict[tuple[str, UUID], Subject]:
    """(kind, uid) → what it is called; what is no longer there is missing."""
    wanted: dict[str, set[UUID]] = {}
    for act in acts:
        wanted.setdefault(act.subject_kind, set()).add(act.subject_uid)
    return {
        (kind, uid): subject
        for kind, uids in wanted.items()
        if kind in _FINDERS
        for uid, subject in _FINDERS[kind](uids, actor)
    }


def _unit_page(uid: UUID, actor: Actor) -> str:
    return address("backoffice:unit", uid) if may(actor, Permission.MANAGE_UNITS) else ""


def _person_page(uid: UUID, actor: Actor) -> str:
    return address("accounts:person", uid) if may(actor, Permission.MANAGE_PEOPLE) else ""


def shortened(text: str) -> str:
    """The first words of a long title."""
    return text if len(text) <= 80 else f"{text[:79].rstrip()}…"


def address(name: str, uid: UUID) -> str:
    """Where a room shows it; empty where that room has no such page."""
    try:
        return reverse(name, args=[uid])
    except NoReverseMatch:
        return ""

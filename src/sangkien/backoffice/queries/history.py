"""The ledger for people: which acts this reader may see, as sentences, a page at a time."""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final
from uuid import UUID

from django.db.models import Model, Q, QuerySet
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sangkien.accounts.actor import Actor
from sangkien.accounts.models import Invitation, Membership, User
from sangkien.accounts.roles import Role
from sangkien.backoffice.queries.subjects import Known, Subject, known_for, subjects_of, wanted_of
from sangkien.backoffice.reach import Reach
from sangkien.backoffice.sentences import FACTS, KINDS, SENTENCES, UNKNOWN
from sangkien.campaigns.models import Campaign
from sangkien.importing.models import ImportBatch, ImportedFile
from sangkien.initiatives.models import Initiative
from sangkien.intake.models import Admission, Entry, Submission
from sangkien.ledger.models import Act, SeenBy
from sangkien.papers.models import Paper
from sangkien.units.models import Unit, UnitVersion
from sangkien.vietnamese import unit_key

A_PAGE: Final = 50
_MOST_NAMED: Final = 50  # people or units that a typed name may mean
_LONGEST_FACT: Final = 160
_UID: Final = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_PERSON: Final = re.compile(r"user:\d+")
_INVITED: Final = re.compile(rf"invitation:{_UID.pattern}")

Ways = Sequence[tuple[type[Model], str]]
_OF_UNIT: Final[Ways] = (
    (Membership, "unit"), (Invitation, "unit"), (Entry, "implementer"), (Submission, "unit"),
    (Initiative, "implementer"), (ImportBatch, "unit"), (ImportedFile, "batch__unit"),
)  # fmt: skip
_LED: Final[Ways] = (
    (Campaign, "organiser"), (Entry, "organiser"), (Paper, "issuer_unit"), (Admission, "campaign__organiser"),
    (ImportBatch, "campaign__organiser"), (ImportedFile, "campaign__organiser"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for; ``before`` is the number of the last act of the page before."""

    person: str = ""
    unit: str = ""
    kind: str = ""
    since: date | None = None
    until: date | None = None
    before: int | None = None

    @property
    def is_narrowed(self) -> bool:
        return any((self.person, self.unit, self.kind, self.since, self.until))


@dataclass(frozen=True, slots=True)
class Told:
    """An act as a sentence: who, before the thing, the thing, after it; and the facts beside it."""

    seq: int
    at: datetime
    who: str
    before: str
    subject: Subject
    after: str
    facts: list[tuple[str, str]]
    kind: str


def acts_for(reach: Reach, asked: Asked) -> QuerySet[Act]:
    """The newest first. Panels' and sealed acts are nobody's here, whoever administers."""
    acts = Act.objects.order_by("-seq")
    if reach.everything:
        acts = acts.filter(seen_by__in=[SeenBy.PUBLIC, SeenBy.UNIT, SeenBy.LEAD])
    else:
        acts = acts.filter(_within(reach))
    if asked.kind:
        acts = acts.filter(subject_kind=asked.kind)
    if asked.person:
        acts = acts.filter(actor__in=_actors(asked.person))
    if asked.unit:
        acts = acts.filter(_about(asked.unit))
    if asked.since:
        acts = acts.filter(at__gte=_midnight(asked.since))
    if asked.until:
        acts = acts.filter(at__lt=_midnight(asked.until + timedelta(days=1)))
    return acts.filter(seq__lt=asked.before) if asked.before else acts


def _midnight(on: date) -> datetime:
    return timezone.make_aware(datetime.combine(on, time.min))


def _within(reach: Reach) -> Q:
    """What concerns a unit within reach; what is the lead unit's own only where the lead is within reach."""
    units = reach.units()
    people = User.objects.filter(pk__in=Membership.objects.filter(unit__in=units).values("user"))
    of_unit, led = _of_units(units), _uids_of(people, _LED, units)
    concerned = Q(subject_uid__in=of_unit) | Q(subject_uid__in=led) | Q(acting_unit__in=units.values("uid"))
    open_to_unit = Q(seen_by__in=[SeenBy.PUBLIC, SeenBy.UNIT]) & concerned
    return open_to_unit | Q(seen_by=SeenBy.LEAD) & Q(subject_uid__in=led)


def _of_units(units: QuerySet[Unit]) -> "QuerySet[Any, Any]":
    return _uids_of(units, _OF_UNIT, units)


def _uids_of(first: "QuerySet[Any]", ways: Ways, units: QuerySet[Unit]) -> "QuerySet[Any, Any]":
    """Those of ``first``, and of the things that hang on these units in one of the ways."""
    rest = (model._base_manager.filter(**{f"{way}__in": units}).values("uid") for model, way in ways)
    return first.values("uid").union(*rest, all=True)


def _actors(words: str) -> list[str]:
    """The people whom a name or an office mail may mean. One statement."""
    people = User.objects.get_queryset().matching(words).order_by("pk").values_list("pk", flat=True)
    return [f"user:{pk}" for pk in people[:_MOST_NAMED]]


def _about(words: str) -> Q:
    """Acts on the units whose name, on whatever day, holds these words, and on what is theirs; or in their name."""
    key = unit_key(words)
    named = UnitVersion.objects.filter(name_folded__contains=key) if key else UnitVersion.objects.none()
    ids = list(
        Unit.objects.filter(pk__in=named.values("unit")).order_by("pk").values_list("pk", flat=True)[:_MOST_NAMED]
    )
    units = Unit.objects.filter(pk__in=ids)
    return Q(subject_uid__in=_of_units(units)) | Q(acting_unit__in=units.values("uid"))


# -- sentences


def tell(acts: Sequence[Act], actor: Actor) -> list[Told]:
    """As people read them. Eleven statements at most, however many acts and however many kinds of things there are."""
    payloads = {act.seq: _payload(act) for act in acts}
    wanted, actors = wanted_of(acts), {act.actor for act in acts}
    known = known_for(
        wanted,
        people={int(name[5:]) for name in actors if _PERSON.fullmatch(name)},
        invited={UUID(name[11:]) for name in actors if _INVITED.fullmatch(name)},
        mentioned={uid for payload in payloads.values() for uid in _uids(payload)},
    )
    subjects = subjects_of(wanted, actor, known)
    who = {name: _who(name, known) for name in actors}
    return [_told(act, payloads[act.seq], subjects, known.units, who) for act in acts]


def _payload(act: Act) -> dict[str, object]:
    read = json.loads(act.payload)
    return read if isinstance(read, dict) else {}


def _uids(payload: dict[str, object]) -> Iterable[UUID]:
    for value in payload.values():
        for text in value if isinstance(value, list) else [value]:
            if isinstance(text, str) and _UID.fullmatch(text):
                yield UUID(text)


def _told(
    act: Act,
    payload: dict[str, object],
    subjects: dict[tuple[str, UUID], Subject],
    names: Mapping[UUID, str],
    who: dict[str, str],
) -> Told:
    subject = subjects.get((act.subject_kind, act.subject_uid), Subject(_gone(act)))
    sentence = str(SENTENCES.get(act.verb, UNKNOWN)).replace("{verb}", act.verb)
    before, _placeholder, after = sentence.partition("{subject}")
    if "{subject}" not in sentence:
        subject = Subject("")
    return Told(
        seq=act.seq, at=act.at, who=who.get(act.actor, act.actor), before=before, subject=subject, after=after,
        facts=_facts(payload, names), kind=str(KINDS.get(act.subject_kind, act.subject_kind)),
    )  # fmt: skip


def _gone(act: Act) -> str:
    return _("%s không còn") % str(KINDS.get(act.subject_kind, _("thứ đã bỏ"))).lower()


def _facts(payload: dict[str, object], names: Mapping[UUID, str]) -> list[tuple[str, str]]:
    shown = ((str(label), _shown(name, payload.get(name), names)) for name, label in FACTS.items())
    return [(label, text) for label, text in shown if text]


def _shown(name: str, value: object, names: Mapping[UUID, str]) -> str:
    """A fact as text; empty for what tells a reader nothing (hashes, ids of rows)."""
    if isinstance(value, list):
        return ", ".join(filter(None, (_shown(name, each, names) for each in value)))
    if isinstance(value, bool):
        return str(_("có") if value else _("không")) if name == "allowed" or value else ""
    if isinstance(value, int):
        return str(value)
    if not isinstance(value, str) or not value:
        return ""
    if _UID.fullmatch(value):
        return names.get(UUID(value), "")
    if name == "role" and value in Role.values:
        return str(Role(value).label)
    return _dated(value) or (value if len(value) <= _LONGEST_FACT else f"{value[: _LONGEST_FACT - 1]}…")


def _dated(text: str) -> str:
    try:
        if on := parse_date(text):
            return date_format(on, "d/m/Y")
        if at := parse_datetime(text):
            return date_format(timezone.localtime(at) if timezone.is_aware(at) else at, "H:i, d/m/Y")
    except ValueError:
        pass
    return ""


_COMMANDS: Final[dict[str, str | Promise]] = {
    "command:serve": gettext_lazy("Chương trình, khi khởi động,"),
    "command:tick": gettext_lazy("Đồng hồ của chương trình"),
}


def _who(actor: str, known: Known) -> str:
    """The name of an actor: a person, the holder of an invitation, a command."""
    if _PERSON.fullmatch(actor):
        return known.people.get(int(actor[5:]), actor)
    if _INVITED.fullmatch(actor) and UUID(actor[11:]) in known.holders:
        return _("%s, bằng giấy mời,") % known.holder(UUID(actor[11:]), "…")
    if actor.startswith("command:"):
        return str(_COMMANDS.get(actor) or _("Lệnh %s") % actor.removeprefix("command:"))
    return actor

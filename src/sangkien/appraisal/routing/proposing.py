"""The choice for entries of a campaign, with what it reads and the words in which a person reads the reasons."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final, TypeVar

from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sangkien.accounts.models import User
from sangkien.appraisal.conflicts import offices_kept_out, people_kept_out
from sangkien.appraisal.models import Assignment, Panel, PanelKind, Target
from sangkien.appraisal.routing.choosing import Choice, Owners, Place, Shift, StandIns, Told, Why, choose, load, shared
from sangkien.campaigns.models import Campaign, FieldOwner, ReformField, Sector, StandIn
from sangkien.intake.lifecycle import Stage
from sangkien.intake.models import Entry
from sangkien.units.queries import names_on

NOBODY_LEFT: Final = gettext_lazy("Không còn ai được thẩm định nên chuyển thẳng %s.")


@dataclass(frozen=True)
class Facts:
    """What the plan says of fields, owners and stand-ins; ``names``: of offices that are there, on the day."""

    owners: Owners
    stand_ins: StandIns
    labels: Mapping[str, str]
    names: Mapping[int, str]
    people: Mapping[int, User]
    target: Target

    @property
    def offices(self) -> dict[int, str]:
        """Every office in charge of something, and those that stand in."""
        return dict(self.names)


def facts_of(campaign: Campaign, on: date) -> Facts:
    """Seven statements. Offices that have ended are left out: who follows them is named by an amendment."""
    labels = {f"f:{each.code}": each.name_as_printed for each in ReformField.objects.filter(campaign=campaign)}
    labels |= {f"s:{each.code}": each.name for each in Sector.objects.filter(campaign=campaign)}
    owned = FieldOwner.objects.current()
    fields = list(owned.filter(field__campaign=campaign).order_by("pk").values_list("field__code", "office"))
    sectors = list(owned.filter(sector__campaign=campaign).order_by("pk").values_list("sector__code", "office"))
    stand_ins = list(StandIn.objects.current().filter(campaign=campaign).select_related("person").order_by("pk"))
    ids = {office for _code, office in (*fields, *sectors)} | {each.office_id for each in stand_ins if each.office_id}
    names = names_on(ids, on)
    people = {each.person.pk: each.person for each in stand_ins if each.person and each.person.is_active}
    council = Panel.objects.filter(campaign=campaign, kind=PanelKind.COUNCIL, dissolved_at__isnull=True).exists()
    return Facts(
        Owners(_gathered(fields, names), _gathered(sectors, names)),
        StandIns(
            _gathered([(each.unit_in_conflict_id, each.office_id) for each in stand_ins if each.office_id], names),
            _gathered([(each.unit_in_conflict_id, each.person_id) for each in stand_ins if each.person_id], people),
        ),
        labels, names, people, Target.COUNCIL if council else Target.CHAIR,
    )  # fmt: skip


K = TypeVar("K")


def _gathered(pairs: Sequence[tuple[K, int]], there: Collection[int]) -> dict[K, tuple[int, ...]]:
    found: dict[K, tuple[int, ...]] = {}
    for key, value in pairs:
        if value in there:
            found[key] = (*found.get(key, ()), value)
    return found


@dataclass(frozen=True)
class Proposal:
    """One entry with where it would go. ``kept_out``: units that must not judge it."""

    entry: Entry
    choice: Choice
    kept_out: frozenset[int]
    facts: Facts = field(repr=False)

    @property
    def reasons(self) -> list[str]:
        """One line for each office, and one for each that stays out."""
        lines = [_reason(each, self.facts) for each in self.choice.places]
        name = self.facts.names
        lines += [
            _("%s không thẩm định giải pháp do mình thực hiện.") % name.get(each, "?") for each in self.choice.left_out
        ]
        if self.choice.refers:
            said = _("Bạn chọn chuyển thẳng %s.") if self.choice.referred else NOBODY_LEFT
            lines.append(str(said) % self.facts.target.label)
        elif not self.choice.places:
            lines.append(_("Lĩnh vực này chưa có đơn vị phụ trách. Bạn chọn nơi thẩm định."))
        return lines


def _reason(place: Place, facts: Facts) -> str:
    names = {"office": where(place, facts)}
    match place.why:
        case Why.FIELD:
            return _("%(office)s phụ trách lĩnh vực %(what)s.") % {**names, "what": facts.labels[f"f:{place.code}"]}
        case Why.SECTOR:
            return _("%(office)s phụ trách ngành %(what)s.") % {**names, "what": facts.labels[f"s:{place.code}"]}
        case Why.STAND_IN:
            instead = facts.names.get(place.instead_of or 0, "?")
            return _("%(office)s làm thay %(instead)s, theo cử của người quyết định.") % {**names, "instead": instead}
        case _:
            return _("%(office)s do bạn chọn.") % names


def where(place: Place, facts: Facts) -> str:
    """The name of the office or person."""
    if place.office is not None:
        return facts.names.get(place.office, _("đơn vị đã thôi hoạt động"))
    person = facts.people.get(place.person or 0)
    return person.name if person else ""


def propose(
    campaign: Campaign, entries: Sequence[Entry], facts: Facts, on: date, *,
    by_hand: Mapping[int, Place | None] | None = None, shifts: Sequence[Shift] = (),
) -> list[Proposal]:  # fmt: skip
    """For each entry, in their order. Eight statements, however many.

    ``by_hand``: entry → what a person chose in place of the plan; ``None`` for straight to the council or the chair.
    """
    kept = offices_kept_out(entries, on)
    people = people_kept_out(list(facts.people.values()), entries, on) if facts.people else frozenset()
    choices = {each.pk: _choice(each, facts, kept[each.pk], people) for each in entries}
    for shift in shifts:
        choices = shared(choices, kept, shift)
    for key, place in (by_hand or {}).items():
        if key in choices:
            left_out = choices[key].left_out
            choices[key] = Choice((place,), left_out) if place else Choice((), left_out, referred=True)
    return [Proposal(each, choices[each.pk], kept[each.pk], facts) for each in entries]


def _choice(entry: Entry, facts: Facts, kept: frozenset[int], people: Collection[tuple[int, int]]) -> Choice:
    revision = entry.revision
    if revision is None:
        return Choice()
    fields = tuple(filter(None, (revision.main_field, *revision.further_fields.split())))
    out = frozenset(person for person, pk in people if pk == entry.pk)
    return choose(Told(fields, revision.sector, kept, out), facts.owners, facts.stand_ins)


def load_of(proposals: Sequence[Proposal], campaign: Campaign) -> list[tuple[int, str, int, int]]:
    """(office, name, how many now, how many it has already), the fullest first. One statement."""
    if not proposals:
        return []
    names = proposals[0].facts.names
    held = Assignment.objects.current().filter(entry__campaign=campaign, entry__stage=Stage.IN_APPRAISAL)
    already = dict(held.filter(office__isnull=False).values_list("office").annotate(count=Count("pk")).order_by())
    now = load({each.entry.pk: each.choice for each in proposals})
    return [(office, names.get(office, ""), count, already.get(office, 0)) for office, count in now.items()]

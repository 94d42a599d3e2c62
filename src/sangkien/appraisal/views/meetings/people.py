"""Who may go along on a visit, and lines of typed names."""

from collections.abc import Iterable

from django.db.models import Q
from django.utils import timezone

from sangkien.accounts.models import Membership, User
from sangkien.accounts.roles import Permission, holders
from sangkien.appraisal.actions.meetings.common import Person
from sangkien.appraisal.models import Visitor
from sangkien.campaigns.models import Campaign, FieldOwner
from sangkien.units.models import Unit
from sangkien.units.queries import name_then


def accounts(campaign: Campaign) -> dict[str, tuple[User, Unit | None, str]]:
    """People of the lead unit and of the offices in charge who may keep minutes, by uid, with unit and its name.

    One statement.
    """
    owners = FieldOwner.objects.current().filter(Q(field__campaign=campaign) | Q(sector__campaign=campaign))
    on = timezone.localdate()
    held = Membership.objects.on(on).filter(
        Q(unit=campaign.lead_unit) | Q(unit=campaign.organiser) | Q(unit__in=owners.values("office")),
        role__in=holders(Permission.KEEP_MINUTES), user__is_active=True,
    )  # fmt: skip
    rows = held.select_related("user", "unit").annotate(unit_name=name_then("unit", on)).order_by("user__name", "pk")
    return {str(each.user.uid): (each.user, each.unit, vars(each)["unit_name"] or "") for each in rows}


def labels(there: dict[str, tuple[User, Unit | None, str]]) -> list[tuple[str, str]]:
    """As a form offers them."""
    return [(uid, f"{user.name}, {unit}" if unit else user.name) for uid, (user, _unit, unit) in there.items()]


def told(form_data: dict[str, object], there: dict[str, tuple[User, Unit | None, str]], host: Unit) -> list[Person]:
    """The people of a valid ``PeopleForm``: head and keeper go along even where they were not ticked."""
    head, keeper = str(form_data["head"] or ""), str(form_data["keeper"] or "")
    chosen = form_data["people"] if isinstance(form_data["people"], list) else []
    ticked = list(dict.fromkeys([head, *chosen, keeper]))
    people = [
        Person(user.name, user=user, unit=unit, is_head=uid == head, keeps_minutes=uid == keeper)
        for uid in ticked
        if uid in there
        for user, unit, _name in [there[uid]]
    ]
    others = list(_lines(str(form_data["others"])))
    people += [Person(name, title, is_head=starred) for name, title, starred in others]
    hosts = _lines(str(form_data["hosts"]))
    return [*people, *(Person(name, title, unit=host, is_host=True) for name, title, _starred in hosts)]


def _lines(text: str) -> Iterable[tuple[str, str, bool]]:
    for line in text.splitlines():
        bare = line.strip().lstrip("-• ")
        starred = bare.startswith("*")
        name, _comma, title = bare.lstrip("* ").partition(",")
        if name.strip():
            yield name.strip(), title.strip(), starred


def typed(people: Iterable[Visitor]) -> dict[str, object]:
    """What a form about these people begins with; ``user`` at hand."""
    rows = list(people)
    mine = [each for each in rows if each.user is not None]
    return {
        "people": [str(each.user.uid) for each in mine if each.user],
        "head": next((str(each.user.uid) for each in mine if each.is_head and each.user), ""),
        "keeper": next((str(each.user.uid) for each in mine if each.keeps_minutes and each.user), ""),
        "others": "\n".join(_line(each) for each in rows if each.user is None and not each.is_host),
        "hosts": "\n".join(_line(each) for each in rows if each.is_host),
    }


def _line(each: Visitor) -> str:
    star = "* " if each.is_head else ""
    return f"{star}{each.name}, {each.title}" if each.title else f"{star}{each.name}"

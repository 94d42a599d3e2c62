"""Which unit of the plan a file means. A name proposes; where it leaves a doubt, a person is asked."""

from collections.abc import Collection, Iterable

from sangkien.campaigns.models import Campaign, Participant
from sangkien.campaigns.queries import participants
from sangkien.units.models import UnitVersion
from sangkien.units.names import find_by_names


def participants_named(campaign: Campaign, names: Collection[str]) -> dict[str, Participant]:
    """Name → the one unit that the plan asks and that is called so; names in doubt are left out."""
    found = {name: choices for name, choices in _choices(campaign, names).items() if len(choices) == 1}
    return {name: choices[0] for name, choices in found.items()}


def choices(campaign: Campaign, name: str) -> list[Participant]:
    """The units of the plan that a written name may mean, for a question; one for each of several joined names."""
    names = [name, *(piece.strip() for piece in name.split(";") if piece.strip())] if name else []
    found = _choices(campaign, names)
    return list({each.pk: each for one in names for each in found.get(one, [])}.values())


def _choices(campaign: Campaign, names: Collection[str]) -> dict[str, list[Participant]]:
    wanted = set(names)
    if not wanted:
        return {}
    asked = {each.unit_id: each for each in participants(campaign).select_related("unit", "unit_version")}
    matches = find_by_names(wanted, campaign.opens_date)
    return {
        name: _asked([match.unit] if match.unit else [*match.candidates, *match.former], asked)
        for name, match in matches.items()
    }


def _asked(versions: Iterable[UnitVersion], asked: dict[int, Participant]) -> list[Participant]:
    found = {each.unit_id: asked[each.unit_id] for each in versions if each.unit_id in asked}
    return list(found.values())

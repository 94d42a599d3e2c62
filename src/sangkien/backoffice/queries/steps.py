"""The first steps of an installation, computed from what is there: they can be left and taken up again at any time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from sangkien.accounts.actions.first import FIRST_MAILBOX
from sangkien.accounts.actor import Actor
from sangkien.accounts.models import Membership
from sangkien.accounts.permissions import may
from sangkien.accounts.roles import Permission, Role
from sangkien.campaigns.finding import offices_under
from sangkien.campaigns.models import Campaign
from sangkien.campaigns.presets import PLANS
from sangkien.units.models import Kind, UnitVersion
from sangkien.units.queries import subtree
from sangkien.vietnamese import fold

_LEADING: Final = (Role.ORGANISER, Role.ORGANISER_HEAD)
_COUNTED: Final = 1_000


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an installation has come. ``units`` counts those below the issuing one, up to 1.000."""

    named: bool
    issuer: UnitVersion | None
    units: int
    leaders: list[str]
    may_plan: bool
    campaign: Campaign | None

    @property
    def left(self) -> int:
        """How many steps are still to be done before reports can come."""
        return sum(not done for done in (self.named, self.issuer, self.units, self.leaders, self.campaign))

    @property
    def now(self) -> str:
        """The first step that is not done."""
        done = {
            "me": self.named, "issuer": self.issuer, "units": self.units, "people": self.leaders,
            "plan": self.campaign,
        }  # fmt: skip
        return next((name for name, is_done in done.items() if not is_done), "")


def progress(actor: Actor) -> Progress:
    """Five statements at most."""
    issuer = issuing_unit(actor.on)
    leading = Membership.objects.on(actor.on).filter(role__in=_LEADING, unit__isnull=False, user__is_active=True)
    leaders = list(leading.order_by("pk").values_list("user__name", flat=True)[:5])
    return Progress(
        named=actor.user is not None and actor.user.email_folded != fold(FIRST_MAILBOX),
        issuer=issuer,
        units=subtree(issuer.unit, actor.on)[: _COUNTED + 1].count() - 1 if issuer else 0,
        leaders=list(dict.fromkeys(leaders)),
        may_plan=bool(may(actor, Permission.PLAN)),
        campaign=Campaign.objects.order_by("pk").first(),
    )


def issuing_unit(on: date) -> UnitVersion | None:
    """Who issued the first plan; before it, the People's Committee that was entered first. Two statements at most."""
    first = UnitVersion.objects.as_of(on).filter(unit__in=Campaign.objects.order_by("pk").values("organiser")[:1])
    if (issuer := first.select_related("unit").first()) is not None:
        return issuer
    committees = UnitVersion.objects.as_of(on).filter(kind__in=[kind.value for kind in Kind.of_committees()])
    return committees.select_related("unit").order_by("unit_id").first()


def possible_leads(issuer: UnitVersion, on: date) -> list[UnitVersion]:
    """Offices that may lead, the one of the presets first, and the issuing unit itself last. One statement."""
    offices = offices_under(issuer.unit, on)
    named = {fold(plan.lead) for plan in PLANS.values() if issuer.kind in plan.organiser_kinds}
    offices.sort(key=lambda version: fold(version.name) not in named)
    return [*offices, issuer]


def proposed_units(issuer: UnitVersion) -> Sequence[str]:
    """The offices that units of this kind have, from the presets of plans; a list to correct, not a fact."""
    plans = [plan for plan in PLANS.values() if issuer.kind in plan.organiser_kinds]
    names = [office.name for plan in plans for office in plan.offices]
    if issuer.kind in {Kind.WARD_PC, Kind.COMMUNE_PC, Kind.SPECIAL_ZONE_PC}:
        names.append("Trung tâm Phục vụ hành chính công")
    return list(dict.fromkeys(names))

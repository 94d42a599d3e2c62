"""A new plan: out of a preset, out of last year's."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from sangkien import ui
from sangkien.accounts.actor import Actor
from sangkien.accounts.pages import actor_of, found, page, signed_in
from sangkien.accounts.permissions import may
from sangkien.accounts.refusal import Refused
from sangkien.accounts.roles import PERMISSIONS, Permission, Role
from sangkien.campaigns.actions import drafting
from sangkien.campaigns.actions.drafting import Drafted
from sangkien.campaigns.forms.starting import NextYearForm, PlanFileForm, PresetForm
from sangkien.campaigns.lifecycle import State
from sangkien.campaigns.models import Campaign
from sangkien.campaigns.presets import PLANS
from sangkien.campaigns.presets.shape import PlanPreset
from sangkien.campaigns.rules import may_start
from sangkien.ledger.recording import acting
from sangkien.units.models import Kind, Unit, UnitVersion

_NEXT: Final = "next_%s"  # three forms stand on one page


@dataclass(frozen=True, slots=True)
class Place:
    """For whom this person may plan: committees that issue, the offices under them, and the person's own office."""

    organisers: tuple[UnitVersion, ...]
    offices: tuple[UnitVersion, ...]
    own_office: Unit | None

    @property
    def leads(self) -> tuple[UnitVersion, ...]:
        """Who may lead: an office, or in a small ward the committee itself."""
        return (*self.offices, *self.organisers)

    @property
    def presets(self) -> dict[str, PlanPreset]:
        """Those that fit one of the organisers, today's shapes first."""
        kinds = {Kind(each.kind) for each in self.organisers}
        fit = [each for each in PLANS.values() if each.organiser_kinds & kinds]
        return {each.code: each for each in sorted(fit, key=lambda each: each.since is None)}


@require_http_methods(["GET", "POST"])
@signed_in
def new(request: HttpRequest) -> HttpResponse:
    """Three ways to begin on one page; this address takes the preset."""
    actor, place = planner(request)
    form = preset_form(request, place)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            with acting():
                drafted = drafting.draft_campaign(
                    preset=data["preset"], organiser=data["organiser"], year=data["year"],
                    lead_unit=lead_of(form, place), by=actor.signature(place.own_office), at=timezone.now(),
                    on=day_of_units(data["preset"], data["year"], actor),
                )  # fmt: skip
                refuse_for_others(actor, drafted.campaign)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return begun(request, drafted)
    return start_page(request, place, preset=form)


@require_POST
@signed_in
def from_last_year(request: HttpRequest) -> HttpResponse:
    """The same plan once more, with what became of its units."""
    actor, place = planner(request)
    form = NextYearForm(request.POST, campaigns=continuable(actor), auto_id=_NEXT)
    if form.is_valid():
        data = form.cleaned_data
        try:
            with acting():
                drafted = drafting.draft_from(
                    data["previous"], year=data["year"], by=actor.signature(place.own_office), at=timezone.now()
                )
                refuse_for_others(actor, drafted.campaign)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return begun(request, drafted)
    return start_page(request, place, next_year=form)


def begun(request: HttpRequest, drafted: Drafted) -> HttpResponse:
    count = len(drafted.questions)
    advice = _("Còn %d chỗ cần bạn xem, ghi ở bên cạnh.") % count if count else _("Bạn xem lại từng phần.")
    ui.tell(request, _("Đã lập bản soạn kế hoạch."), advice)
    return ui.redirect(request, "campaigns:plan", drafted.campaign.uid)


# -- what the three ways share


def refuse_for_others(actor: Actor, campaign: Campaign) -> None:
    """A plan is begun by who will lead it, or by who plans for the unit that issues it. Raises ``Refused``."""
    if not may_start(actor, campaign.lead_unit) | may_start(actor, campaign.organiser):
        raise Refused(_("Bạn không soạn kế hoạch cho đơn vị này. Bạn chọn đơn vị đầu mối là đơn vị của bạn."))


def start_page(
    request: HttpRequest,
    place: Place,
    *,
    preset: PresetForm | None = None,
    next_year: NextYearForm | None = None,
    file: PlanFileForm | None = None,
) -> HttpResponse:
    """The page of the three ways, with the one that was refused."""
    actor = actor_of(request)
    campaigns = continuable(actor)
    refused = any(form is not None and form.is_bound for form in (preset, next_year, file))
    context = {
        "preset_form": preset or preset_form(request, place, bound=False),
        "next_year_form": next_year
        or NextYearForm(initial=_next_initial(campaigns, actor.on), campaigns=campaigns, auto_id=_NEXT),
        "file_form": file or PlanFileForm(),
        "has_previous": bool(campaigns),
        "place": place,
    }
    return page(request, "campaigns/new.html", context=context, status=422 if refused else 200)


def planner(request: HttpRequest) -> tuple[Actor, Place]:
    """Who plans here, and for whom; for all others there is no such page. Three statements."""
    actor = actor_of(request)
    found(may(actor, Permission.PLAN))
    return actor, place_of(actor)


def preset_form(request: HttpRequest, place: Place, *, bound: bool = True) -> PresetForm:
    """The form of the presets; the only organiser is chosen already."""
    only = place.organisers[0].unit_id if len(place.organisers) == 1 else None
    presets = place.presets
    initial = {
        "organiser": str(only) if only else "",
        "preset": next(iter(presets), ""),
        "year": actor_of(request).on.year,
        "lead_unit": str(place.own_office.pk) if place.own_office else "",
    }
    data = request.POST if bound and request.method == "POST" else None
    return PresetForm(data, initial=initial, organisers=place.organisers, offices=place.leads, presets=presets)


def place_of(actor: Actor) -> Place:
    """Three statements."""
    held = [each for each in actor.memberships if Permission.PLAN in PERMISSIONS[Role(each.role)]]
    own = {each.unit.pk: each.unit for each in held if each.unit is not None and each.scope_uid is None}
    versions = _latest(own)
    committees = {each.unit_id for each in versions if each.kind in Kind.of_committees()}
    parents = {each.parent_id for each in versions if each.unit_id not in committees and each.parent_id}
    organisers = _latest(committees | parents)
    offices = UnitVersion.objects.current().filter(parent__in=[each.unit_id for each in organisers])
    departments = {each.unit_id: each for each in offices.filter(kind=Kind.DEPARTMENT).by_name()}
    in_office = [unit for unit_id, unit in own.items() if unit_id not in committees]
    return Place(tuple(organisers), tuple(departments.values()), in_office[0] if len(in_office) == 1 else None)


def _latest(unit_ids: Iterable[int]) -> list[UnitVersion]:
    """The last version of each of these units, ended or not: a plan of the past can still be told."""
    rows = UnitVersion.objects.current().filter(unit__in=unit_ids).order_by("valid_from")
    return sorted({row.unit_id: row for row in rows}.values(), key=lambda row: row.name_sort)


def lead_of(form: PresetForm, place: Place) -> Unit | None:
    """The unit that leads, as chosen; ``None`` leaves it to the preset. Raises ``Refused`` for one elsewhere."""
    data = form.cleaned_data
    organiser: Unit = data["organiser"]
    lead: Unit | None = data["lead_unit"]
    may_lead = {organiser.pk, *(each.unit_id for each in place.offices if each.parent_id == organiser.pk)}
    if lead is not None and lead.pk not in may_lead:
        raise Refused(_("Đơn vị đầu mối không trực thuộc đơn vị ban hành. Bạn chọn lại một trong hai."))
    return lead


def continuable(actor: Actor) -> Sequence[Campaign]:
    """The plans out of which this person may make the next one, latest first."""
    known = Campaign.objects.visible_to(actor).exclude(state=State.CANCELLED)
    recent = known.latest_first().select_related("organiser", "lead_unit")[:50]
    return [each for each in recent if may_start(actor, each.lead_unit) | may_start(actor, each.organiser)]


def _next_initial(campaigns: Sequence[Campaign], on: date) -> dict[str, object]:
    if not campaigns:
        return {"year": on.year}
    return {"previous": str(campaigns[0].uid), "year": max(on.year, campaigns[0].year + 1)}


def day_of_units(preset: PlanPreset, year: int, actor: Actor) -> date:
    """The day on which units are looked for: today, or when a plan of the past began."""
    return min(actor.on, preset.window_of(year).opens_date)

"""How severe the judges were: all of them for the chair, the own for each."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from sangkien.accounts.pages import actor_of, found, page, signed_in
from sangkien.appraisal.models import PanelMember, ResultSet
from sangkien.appraisal.reckoning.gathering import frozen
from sangkien.appraisal.reckoning.hiding import hidden_from
from sangkien.appraisal.reckoning.outcome import outcome_of
from sangkien.appraisal.reckoning.severity import severities
from sangkien.appraisal.rules.results import may_see_severity
from sangkien.appraisal.views.results.asked import asked


@require_safe
@signed_in
def all_judges(request: HttpRequest, uid: UUID) -> HttpResponse:
    """For the chair and who decides; of what they may know."""
    told = asked(request, uid)
    found(told.verdict & may_see_severity(told.actor, told.campaign))
    if told.criteria is None:
        raise Http404
    context = {"campaign": told.campaign, "judges": severities(told.outcome()), "closed": told.closed}
    return page(request, "appraisal/results/severity.html", context=context)


@require_safe
@signed_in
def own(request: HttpRequest, uid: UUID) -> HttpResponse:
    """For a judge, once the results are closed: the own line alone, nobody else's."""
    actor = actor_of(request)
    mine = PanelMember.objects.filter(panel__campaign__uid=uid, user=actor.user).values_list("uid", flat=True)
    uids = {str(each) for each in mine}
    closed = ResultSet.objects.filter(campaign__uid=uid, superseded_at__isnull=True)
    results = closed.select_related("campaign", "criteria_set").order_by("-number").first()
    if not uids or results is None:
        raise Http404
    gathered = frozen(results)
    outcome = outcome_of(gathered.without(hidden_from(actor, gathered.entries.values())))
    told = [each for each in severities(outcome) if str(each.member.uid) in uids]
    context = {"campaign": results.campaign, "judges": told, "is_own": True}
    return page(request, "appraisal/results/severity.html", context=context)

"""Who may do what while offices guide and appraise, with a reason that a page can show.

Assignments should have ``office`` and ``entry`` with its ``campaign__lead_unit`` and ``campaign__organiser`` at hand.
"""

from django.utils.translation import gettext as _

from sangkien.accounts.actor import Actor
from sangkien.accounts.permissions import may
from sangkien.accounts.roles import Permission
from sangkien.accounts.verdict import Verdict
from sangkien.appraisal.conflicts import keeps_out
from sangkien.appraisal.models import Assignment, Opinion, Routing, SupplementRequest, SupportRequest
from sangkien.appraisal.models.assignments import AssignmentQuerySet
from sangkien.appraisal.visibility import appraisable_by, of_offices
from sangkien.campaigns.models import Campaign
from sangkien.intake.lifecycle import Move, Stage
from sangkien.intake.models import Entry
from sangkien.intake.moving import may_move
from sangkien.intake.rules import in_lead, is_running
from sangkien.units.models import Unit


def may_route_in(actor: Actor, campaign: Campaign) -> Verdict:
    """Pass entries of this campaign on to appraisal, many at once."""
    return is_running(campaign) & in_lead(actor, Permission.ROUTE, campaign)


def may_route(actor: Actor, entry: Entry) -> Verdict:
    """Pass this one on."""
    return may_move(entry, Move.ROUTE) & may_route_in(actor, entry.campaign)


def may_undo_routing(actor: Actor, routing: Routing) -> Verdict:
    """Take the whole of it back."""
    not_undone = Verdict.when(routing.undone_at is None, _("Lần chuyển này đã được rút lại."))
    return not_undone & may_route_in(actor, routing.campaign)


def may_assign(actor: Actor, entry: Entry) -> Verdict:
    """Change who appraises a single one: also of the lead unit's own, or nobody could."""
    return _in_appraisal(entry) & may_route_in(actor, entry.campaign)


def may_appraise(actor: Actor, assignment: Assignment, *, is_free: bool = False) -> Verdict:
    """Write the opinion: in the office, or as the person named.

    Two statements; none with ``is_free``, for an assignment out of ``assignments_of``, which leaves conflicts out.
    """
    return _open(assignment) & _ours(actor, assignment, Permission.APPRAISE, is_free=is_free)


def may_conclude(actor: Actor, assignment: Assignment, *, is_free: bool = False) -> Verdict:
    """Hand it in. In a ward one person does both. Statements as above."""
    return _open(assignment) & _ours(actor, assignment, Permission.CONCLUDE, is_free=is_free)


def may_give_back(actor: Actor, assignment: Assignment, *, is_free: bool = False) -> Verdict:
    """ "Không thuộc lĩnh vực của tôi". Statements as above."""
    return _in_appraisal(assignment.entry) & may_appraise(actor, assignment, is_free=is_free)


def may_ask_supplement(actor: Actor, assignment: Assignment, *, is_free: bool = False) -> Verdict:
    """Ask the unit to make something clear. Statements as above."""
    return _in_appraisal(assignment.entry) & may_appraise(actor, assignment, is_free=is_free)


def may_answer_supplement(actor: Actor, request: SupplementRequest) -> Verdict:
    """The unit, with or without an account; or the lead unit from its letter."""
    entry = request.assignment.entry
    still = Verdict.when(
        request.answered_at is None and request.withdrawn_at is None, _("Câu hỏi này đã được trả lời hoặc đã thu hồi.")
    )
    own = may(actor, Permission.DRAFT, unit=entry.implementer, scope=entry.campaign.uid)
    return still & is_running(entry.campaign) & (own | in_lead(actor, Permission.RECORD, entry.campaign))


def may_record_opinion(actor: Actor, assignment: Assignment) -> Verdict:
    """Enter an office's paper. Copying is no judging, so also for the lead unit's own entries."""
    return _open(assignment) & in_lead(actor, Permission.RECORD, assignment.entry.campaign)


def may_read_opinions(actor: Actor, entry: Entry) -> Verdict:
    """What all offices said: who sees the whole campaign, unless in conflict, and not before its own opinion is in.

    At most five statements.
    """
    whole = in_lead(actor, Permission.SEE_CAMPAIGN, entry.campaign)
    return opinions_are_open(actor, entry) if whole else whole


def opinions_are_open(actor: Actor, entry: Entry) -> Verdict:
    """The same for who is known to see the whole campaign. At most three statements."""
    nothing = Verdict(False, _("Bạn không xem được ý kiến thẩm định của giải pháp này."))
    if keeps_out(actor, entry, actor.on):
        return nothing
    return Verdict.when(
        not owes_opinion(actor, entry), _("Bạn xem được ý kiến của nơi khác sau khi gửi ý kiến của mình.")
    )


def owes_opinion(actor: Actor, entry: Entry) -> bool:
    """Whether an office of the actor, or the actor, has still to say something on an entry without conflict.

    One statement.
    """
    ours = _mine(actor).filter(entry=entry)
    return ours.exclude(pk__in=Opinion.objects.filed().filter(assignment__entry=entry).values("assignment")).exists()


def may_ask_for_support(actor: Actor, campaign: Campaign, unit: Unit) -> Verdict:
    """A unit asks an office while it writes; by invitation too."""
    return is_running(campaign) & may(actor, Permission.DRAFT, unit=unit, scope=campaign.uid)


def may_see_support(actor: Actor, request: SupportRequest) -> Verdict:
    """Both sides, and who runs the campaign, in whose log it stands."""
    scope = request.campaign.uid
    return (
        may(actor, Permission.GUIDE, unit=request.office, scope=scope)
        | may(actor, Permission.FOLLOW, unit=request.unit, scope=scope)
        | in_lead(actor, Permission.SEE_CAMPAIGN, request.campaign)
    )


def may_guide(actor: Actor, request: SupportRequest) -> Verdict:
    """Answer in the name of the office."""
    return _not_closed(request) & may(actor, Permission.GUIDE, unit=request.office, scope=request.campaign.uid)


def may_write_on(actor: Actor, request: SupportRequest) -> Verdict:
    """Ask further, share the draft or no longer, close: the unit."""
    return _not_closed(request) & may(actor, Permission.DRAFT, unit=request.unit, scope=request.campaign.uid)


def assignments_of(actor: Actor) -> AssignmentQuerySet:
    """What the actor's offices, or the actor, are to appraise: current ones, of entries without conflict.

    One statement now.
    """
    return _mine(actor).filter(entry__in=appraisable_by(actor).values("pk"))


def _mine(actor: Actor) -> AssignmentQuerySet:
    """Conflicts not yet taken away."""
    current = Assignment.objects.current()
    if actor.user is None:
        return current.none()
    branches = [current.filter(each).values("pk") for each in of_offices(actor)]
    branches.append(current.filter(person=actor.user).values("pk"))
    return current.filter(pk__in=branches[0].union(*branches[1:], all=True))


def _ours(actor: Actor, assignment: Assignment, permission: Permission, *, is_free: bool) -> Verdict:
    if assignment.person_id is not None:
        named = actor.user is not None and actor.user.pk == assignment.person_id
        ours = Verdict.when(named, _("Việc này giao cho người khác."))
    else:
        ours = may(actor, permission, unit=assignment.office, scope=assignment.entry.campaign.uid)
    if not ours or is_free:
        return ours
    return Verdict.when(not keeps_out(actor, assignment.entry, actor.on), _("Bạn không thẩm định giải pháp này."))


def _open(assignment: Assignment) -> Verdict:
    entry = assignment.entry
    return (
        Verdict.when(assignment.withdrawn_at is None, _("Việc thẩm định này đã thôi giao."))
        & Verdict.when(
            Stage(entry.stage) in (Stage.IN_APPRAISAL, Stage.APPRAISED),
            _("Giải pháp %(code)s %(stage)s nên ý kiến thẩm định không đổi được nữa.")
            % {"code": entry.code, "stage": Stage(entry.stage).label},
        )
        & is_running(entry.campaign)
    )


def _in_appraisal(entry: Entry) -> Verdict:
    return Verdict.when(
        entry.stage == Stage.IN_APPRAISAL,
        _("Giải pháp %(code)s %(stage)s nên không làm việc này được nữa.")
        % {"code": entry.code, "stage": Stage(entry.stage).label},
    )


def _not_closed(request: SupportRequest) -> Verdict:
    return Verdict.when(request.closed_at is None, _("Câu hỏi này đã khép lại. Bạn đặt câu hỏi mới."))

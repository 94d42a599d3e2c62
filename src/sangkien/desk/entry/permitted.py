"""Rules of the desk on top of those of ``intake``: what a passed day opens, each as a verdict with its reason."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from sangkien.accounts.actor import Actor
from sangkien.accounts.roles import Permission
from sangkien.accounts.verdict import Verdict
from sangkien.intake import rules
from sangkien.intake.lifecycle import Stage
from sangkien.intake.models import Entry, Return


def may_defer(actor: Actor, entry: Entry, back: Return | None, today: date) -> Verdict:
    """Into the pool: what came late, or whose supplement did not come."""
    late = Verdict.when(
        entry.stage != Stage.SUBMITTED or entry.is_late,
        _("Giải pháp đến trong hạn nên được xem xét trong đợt này."),
    )
    return rules.may_defer(actor, entry) & _day_is_past(back, today) & late


def may_reject(actor: Actor, entry: Entry, back: Return | None, today: date) -> Verdict:
    """No supplement came."""
    return rules.may_reject(actor, entry) & _day_is_past(back, today)


def may_extend(actor: Actor, entry: Entry) -> Verdict:
    """A later day for the supplement."""
    waiting = Verdict.when(entry.stage == Stage.CHANGES_REQUESTED, _("Giải pháp này không chờ bổ sung."))
    running = rules.is_running(entry.campaign)
    return waiting & running & rules.in_lead(actor, Permission.SEND_BACK, entry.campaign)


def may_name_letter(actor: Actor, entry: Entry) -> Verdict:
    """Tell number and day of the official letter with which the supplement was asked for."""
    return rules.is_running(entry.campaign) & rules.in_lead(actor, Permission.SEND_BACK, entry.campaign)


def _day_is_past(back: Return | None, today: date) -> Verdict:
    due = back.due_date if back is not None else None
    return Verdict.when(
        due is None or due < today,
        _("Đơn vị còn thời gian bổ sung đến hết ngày %s.") % (date_format(due, "d/m/Y") if due else ""),
    )

"""The tables of a plan."""

from sangkien.campaigns.models.calendar import Holiday, HolidayKind
from sangkien.campaigns.models.campaign import Amendment, Basis, Campaign, Contact, Erratum
from sangkien.campaigns.models.criteria import (
    Band,
    CriteriaSet,
    Criterion,
    CriterionChoice,
    CriterionGroup,
    InputKind,
    PassBy,
    Rounding,
    Tie,
    VoteOf,
)
from sangkien.campaigns.models.fields import FieldOwner, ReformField, Sector, StandIn
from sangkien.campaigns.models.forms import Form, FormColumn, FormKind
from sangkien.campaigns.models.participants import Answer, Participant, ReceiptCounter
from sangkien.campaigns.models.reminders import RemindedUnit, Reminder

__all__ = [
    "Amendment",
    "Answer",
    "Band",
    "Basis",
    "Campaign",
    "Contact",
    "CriteriaSet",
    "Criterion",
    "CriterionChoice",
    "CriterionGroup",
    "Erratum",
    "FieldOwner",
    "Form",
    "FormColumn",
    "FormKind",
    "Holiday",
    "HolidayKind",
    "InputKind",
    "Participant",
    "PassBy",
    "ReceiptCounter",
    "ReformField",
    "RemindedUnit",
    "Reminder",
    "Rounding",
    "Sector",
    "StandIn",
    "Tie",
    "VoteOf",
]

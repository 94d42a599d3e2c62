"""The tables of this room, one file a noun."""

from sangkien.intake.models.admissions import Admission, AdmissionItem
from sangkien.intake.models.consolidations import Consolidation, ConsolidationRow
from sangkien.intake.models.entries import Entry, EntryCounter, EntryQuerySet, Evidence
from sangkien.intake.models.returns import Gap, Return
from sangkien.intake.models.sendings import Channel, Receipt, SendingRule, Submission, SubmissionItem

__all__ = [
    "Admission", "AdmissionItem", "Channel", "Consolidation", "ConsolidationRow", "Entry", "EntryCounter",
    "EntryQuerySet", "Evidence", "Gap", "Receipt", "Return", "SendingRule", "Submission", "SubmissionItem",
]  # fmt: skip

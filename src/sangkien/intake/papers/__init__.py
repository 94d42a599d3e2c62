"""The papers of this room as blocks: receipt, request for a supplement, report of a unit, consolidated appendix.

Each prints names as they are valid on its date (domain, §7.5, 1); of a unit that has ended by then, its last name.
Number and day stay blank where the registry gives them.
"""

from sangkien.intake.papers.receipt import receipt_slip
from sangkien.intake.papers.report import unit_report
from sangkien.intake.papers.rows import (
    consolidated_appendix,
    consolidated_title,
    field_names,
    form_rows,
    together_in,
    told_on_form,
)
from sangkien.intake.papers.supplement import request_for_supplement

__all__ = [
    "consolidated_appendix", "consolidated_title", "field_names", "form_rows", "receipt_slip", "request_for_supplement",
    "together_in", "told_on_form", "unit_report",
]  # fmt: skip

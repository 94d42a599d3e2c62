"""What the unit types, cleaned and nothing else."""

from sangkien.intake.forms.days import DayField
from sangkien.intake.forms.draft import DraftForm
from sangkien.intake.forms.lines import AuthorLine, FigureLine, Lines
from sangkien.intake.forms.sending import LetterPair, ReasonForm, SendForm

__all__ = ["AuthorLine", "DayField", "DraftForm", "FigureLine", "LetterPair", "Lines", "ReasonForm", "SendForm"]

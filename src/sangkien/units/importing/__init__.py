"""A list of units out of a file or pasted text: read, compare with what is there, show, and only then enter.

``lines`` knows files and no units, ``words`` what people write in a cell, ``rows`` one line, ``preview`` compares
with what is there and changes nothing, ``applying`` enters what the preview has shown.
"""

from sangkien.units.importing.applying import Applied, apply
from sangkien.units.importing.lines import Sheet, read_file, read_text
from sangkien.units.importing.preview import Preview, compare, read_units
from sangkien.units.importing.rows import Fate, Row

__all__ = ["Applied", "Fate", "Preview", "Row", "Sheet", "apply", "compare", "read_file", "read_text", "read_units"]

"""Excel workbooks (.xlsx, .xlsm), read by zip and lxml: what shows in the cells, with formulas and hidden parts named.

``workbook`` opens the package and walks the sheets, ``sheet`` reads one sheet as a stream, ``strings`` the texts with
their runs, ``styles`` number formats and fonts, ``formulas`` what can be said of a formula without evaluating it.
"""

from sangkien.appendix.reading.xlsx.workbook import load

__all__ = ["load"]

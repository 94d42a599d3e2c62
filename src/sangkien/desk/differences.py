"""What the room below shows too (``ui.differences``), by the name under which this room knows it."""

from sangkien.ui.differences import Difference, Kind, Piece, between

__all__ = ["Difference", "Kind", "Piece", "between"]

"""Pages are rendered with the gathered static files, on one machine."""

from tests.pages import on_one_machine, static_files

__all__ = ["on_one_machine", "static_files"]

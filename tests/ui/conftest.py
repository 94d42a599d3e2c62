"""Pages are rendered with the gathered static files."""

from tests.pages import static_files

__all__ = ["static_files"]

"""District 3 with Plan 230 issued, its twin with the same names, and who opens the pages."""

from tests.campaigns.conftest import own_store, told, twin
from tests.intake.views.conftest import clock, world
from tests.pages import static_files

__all__ = ["clock", "own_store", "static_files", "told", "twin", "world"]

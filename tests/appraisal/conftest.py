"""Pages are rendered with the gathered static files; a world of Plan 230 with a clock that stands."""

from tests.desk.conftest import campaign, clock, on_one_machine, own_store, static_files, told, twin, world

__all__ = ["campaign", "clock", "on_one_machine", "own_store", "static_files", "told", "twin", "world"]

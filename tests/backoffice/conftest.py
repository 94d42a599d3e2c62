"""Pages are rendered with the gathered static files, on one machine; files go to a folder of each test."""

from tests.pages import on_one_machine, static_files
from tests.stores import own_store

__all__ = ["on_one_machine", "own_store", "static_files"]

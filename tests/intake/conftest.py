"""District 3 with Plan 230 issued, and its twin with the same names."""

from tests.campaigns.conftest import own_store, told, twin

__all__ = ["own_store", "told", "twin"]

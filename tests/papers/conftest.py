"""A store of its own for every test."""

from tests.stores import own_store

__all__ = ["own_store"]

"""A ward whose initiatives these are, and another."""

import pytest

from sangkien.units.models import Unit
from tests.factories.units import unit


@pytest.fixture
def ward(db: None) -> Unit:
    return unit("Phường Đông")


@pytest.fixture
def other(db: None) -> Unit:
    return unit("Phường Tây")

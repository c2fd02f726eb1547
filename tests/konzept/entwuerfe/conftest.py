"""What is typed is asked for here; nobody reads a print."""

import pytest

from tests.satz import ohne_satz


@pytest.fixture(autouse=True)
def ohne_druck():
    with ohne_satz():
        yield

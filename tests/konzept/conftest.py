"""What the tests of several apps share."""

import pytest

from tests.konzept.vera import Vera


@pytest.fixture(scope="session")
def vera(tmp_path_factory):
    """`vera(*files)`: the rules that each PDF breaks, by file and flavour."""
    pruefer = Vera(tmp_path_factory.mktemp("vera"))
    yield pruefer
    pruefer.beende()

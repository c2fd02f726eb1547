"""What the tests of several apps share."""

import pytest

from tests.fabrik import mache_benutzer, mache_feld, mache_konzept, mache_massnahme
from tests.konzept.vera import Vera
from tests.uhr import Uhr


@pytest.fixture(scope="session")
def vera(tmp_path_factory):
    """`vera(*files)`: the rules that each PDF breaks, by file and flavour."""
    pruefer = Vera(tmp_path_factory.mktemp("vera"))
    yield pruefer
    pruefer.beende()


@pytest.fixture
def uhr(monkeypatch) -> Uhr:
    """The clock stands still, at now until the test sets it."""
    return Uhr(monkeypatch)


# A form that somebody fills in


@pytest.fixture
def massnahme():
    return mache_massnahme(mache_feld(mache_konzept()), "Sprachcafé")


@pytest.fixture
def konto(massnahme):
    return mache_benutzer(massnahme.konzept.kommune, "redaktion")


@pytest.fixture
def redaktion(client, konto):
    client.force_login(konto)
    return client

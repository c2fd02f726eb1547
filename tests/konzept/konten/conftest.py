"""A Kommune with two people, and an identity provider for the tests that need one."""

import pytest

from tests.anmeldedienst import ANNA, laufender_anbieter, stelle_ein
from tests.fabrik import mache_benutzer, mache_feld, mache_kommune, mache_konzept, mache_massnahme


@pytest.fixture(scope="session")
def laufend():
    with laufender_anbieter() as anbieter:
        yield anbieter


@pytest.fixture
def anbieter(settings, laufend):
    """The provider, configured, in which nobody has a group."""
    stelle_ein(settings, laufend.url)
    laufend.kennt("anna", email=ANNA, email_verified=True, name="Anna Amsel")
    return laufend


@pytest.fixture
def stadt():
    return mache_kommune("musterhausen")


@pytest.fixture
def rita(stadt):
    return mache_benutzer(stadt, "redaktion", email="rita@stadt.example", name="Rita Redaktion")


@pytest.fixture
def ole(stadt):
    return mache_benutzer(stadt, "leitung", email="ole@stadt.example", name="Ole Anders")


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

"""A Kommune with two people, and an identity provider for the tests that need one."""

import pytest

from tests.anmeldedienst import ANNA, laufender_anbieter, stelle_ein
from tests.fabrik import mache_benutzer, mache_kommune


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

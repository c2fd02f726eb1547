"""A Kommune with a Leitung and a Verwaltung, each with a browser."""

import pytest
from django.test import Client

from tests.fabrik import mache_benutzer, mache_konzept


@pytest.fixture
def kommune():
    return mache_konzept().kommune


def _browser(konto) -> Client:
    client = Client()
    client.force_login(konto)
    client.konto = konto
    return client


@pytest.fixture
def leitung(kommune) -> Client:
    """A client of somebody who leads the Kommune; `leitung.konto` is the account."""
    return _browser(mache_benutzer(kommune, "leitung", name="Lena Leitung"))


@pytest.fixture
def verwaltung(kommune) -> Client:
    return _browser(mache_benutzer(kommune, "verwaltung", name="Vera Verwaltung"))

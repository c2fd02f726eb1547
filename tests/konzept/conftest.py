"""What the tests of several apps share."""

import pytest
from django.conf import settings
from django.db import transaction

from konzept.austausch.einlesen import lade
from konzept.dokument.zusammenstellung import stelle_zusammen
from konzept.models import Konzept
from tests.fabrik import mache_benutzer, mache_feld, mache_konzept, mache_massnahme
from tests.konzept.vera import Vera
from tests.uhr import Uhr


@pytest.fixture(scope="session")
def vera(tmp_path_factory):
    """`vera(*files)`: the rules that each PDF breaks, by file and flavour."""
    pruefer = Vera(tmp_path_factory.mktemp("vera"))
    yield pruefer
    pruefer.beende()


@pytest.fixture(scope="session")
def beispiele(django_db_setup, django_db_blocker):
    """Every concept of fixtures/ as "kommune/konzept": tree."""
    with django_db_blocker.unblock(), transaction.atomic():
        for datei in sorted((settings.BASE_DIR / "fixtures").glob("*.yaml")):
            lade(datei)
        baeume = {f"{k.kommune.slug}/{k.slug}": stelle_zusammen(k) for k in Konzept.objects.select_related("kommune")}
        transaction.set_rollback(True)
    assert len(baeume) >= 6
    return baeume


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

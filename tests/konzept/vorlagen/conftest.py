import pytest
from django.test import Client

from konzept.dokument import baum
from konzept.dokument.zusammenstellung import stelle_zusammen
from konzept.fassungen.models import Fassung
from konzept.vorlagen.models import Vorlage
from tests.fabrik import mache_benutzer, mache_konzept


@pytest.fixture
def konzept():
    return mache_konzept()


@pytest.fixture
def rat(konzept):
    return konzept.kommune.gremien.create(name="Rat", art="politisch")


@pytest.fixture
def client(konzept):
    """Signed in as Redaktion."""
    client = Client()
    client.force_login(mache_benutzer(konzept.kommune, "redaktion"))
    return client


@pytest.fixture
def frisch():
    """`frisch(vorlage)` reads a Vorlage again, as pages and print do."""
    return lambda vorlage: Vorlage.objects.fuer_blatt().get(pk=vorlage.pk)


@pytest.fixture
def schreibe_fest():
    """`schreibe_fest(konzept)` is a Fassung of the rows as they are."""

    def fest(konzept, nummer=1):
        dokument = stelle_zusammen(konzept)
        return Fassung.objects.create(
            konzept=konzept,
            nummer=nummer,
            inhalt=baum.als_json(dokument).decode(),
            pruefsumme=baum.pruefsumme(dokument),
        )

    return fest

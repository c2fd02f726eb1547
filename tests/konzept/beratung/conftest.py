"""A Kommune whose Integrationsrat is asked about an Entwurf."""

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass

import pytest
from django.test import Client

from konzept.beratung.models import Runde
from konzept.fassungen.models import Fassung
from konzept.fassungen.vorgaenge import festschreiben
from konzept.konten.models import Benutzer
from konzept.models import Abschnitt, Konzept
from massnahmen.models import Massnahme
from tests.fabrik import (
    mache_abschnitt,
    mache_benutzer,
    mache_feld,
    mache_konzept,
    mache_massnahme,
    mache_runde,
)

ABSAETZE = (
    "In Musterhausen leben Menschen aus 120 Ländern.",
    "Bisher fehlt ein **gemeinsamer** Überblick über Anlaufstellen.",
    "Vereine vermitteln seit 2014 Ehrenamtliche.",
)


@dataclass
class Rathaus:
    """Randnummern 1 to 3 are the paragraphs of `kapitel`, 4 is the paragraph of a Handlungsfeld, 5 its measure."""

    konzept: Konzept
    kapitel: Abschnitt
    massnahme: Massnahme
    fassung: Fassung
    leitung: Benutzer
    redaktion: Benutzer
    mitglied: Benutzer
    zweites: Benutzer
    runde: Runde

    def ort(self, *teile: object) -> str:
        """An address of the Beratung: `ort(runde.pk, "pruefen")`."""
        anfang = f"/konzepte/{self.konzept.kommune.slug}/{self.konzept.slug}/beratung/"
        return anfang + "".join(f"{teil}/" for teil in teile)

    def in_runde(self, *teile: object) -> str:
        return self.ort(self.runde.pk, *teile)


@pytest.fixture(scope="module")
def bestand(bleibend) -> Iterator[Rathaus]:
    with bleibend():
        yield mache_rathaus()


@pytest.fixture
def rathaus(bestand, db) -> Rathaus:
    return deepcopy(bestand)


def mache_rathaus() -> Rathaus:
    konzept = mache_konzept()
    kommune = konzept.kommune
    kapitel = mache_abschnitt(konzept, "Ausgangslage", text="\n\n".join(ABSAETZE), reihenfolge=1)
    mache_abschnitt(konzept, "Handlungsfelder", inhalt="handlungsfelder", reihenfolge=2)
    feld = mache_feld(konzept, "Sprache", text="Deutsch lernen viele.")
    massnahme = mache_massnahme(feld, "Sprachcafé", text="Jeden Montag.")
    leitung = mache_benutzer(kommune, "leitung", name="Lena Leitung")
    fassung = festschreiben(konzept=konzept, art="entwurf", konto=leitung)
    mitglied = mache_benutzer(kommune, "gremium", name="Mira Mitglied")
    zweites = mache_benutzer(kommune, "gremium", name="Zoran Zweites")
    runde = mache_runde(fassung, mitglied, zweites)
    redaktion = mache_benutzer(kommune, "redaktion", name="Rita Redaktion")
    return Rathaus(konzept, kapitel, massnahme, fassung, leitung, redaktion, mitglied, zweites, runde)


@pytest.fixture
def als():
    """`als(konto)` is a browser in which this account has signed in."""

    def oeffne(konto) -> Client:
        client = Client()
        client.force_login(konto)
        return client

    return oeffne

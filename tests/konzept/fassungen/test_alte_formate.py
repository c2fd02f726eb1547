"""A Fassung that was frozen in an older format: every page reads it, and none claims that something has changed."""

import hashlib
import json

import pytest
from django.core.cache import cache

from konzept.dokument import baum
from konzept.dokument.zusammenstellung import stelle_zusammen
from konzept.fassungen.models import Fassung
from konzept.fassungen.vorgaenge import sagt_dasselbe, veroeffentliche
from konzept.models import Konzept
from tests import goldene
from tests.fabrik import (
    RATSBESCHLUSS,
    adresse,
    mache_abschnitt,
    mache_benutzer,
    mache_feld,
    mache_konzept,
    mache_kosten,
    mache_massnahme,
    seite_von,
    text,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def konzept() -> Konzept:
    cache.clear()
    konzept = mache_konzept(titel="Zusammen leben", gueltig_ab=2027, gueltig_bis=2029)
    mache_abschnitt(konzept, "Einführung", text="Erstens.\n\nZweitens.", reihenfolge=1)
    mache_abschnitt(konzept, "Handlungsfelder", inhalt="handlungsfelder", reihenfolge=2)
    massnahme = mache_massnahme(mache_feld(konzept), "Sprachcafé", umsetzungsstand="laufend")
    mache_kosten(massnahme, "10.000 € jährlich", finanzierung="eigenmittel")
    return konzept


@pytest.fixture
def leitung(client, konzept):
    client.force_login(mache_benutzer(konzept.kommune, "leitung"))
    return client


def schreibe_fest(konzept, inhalt: str, nummer: int = 1) -> Fassung:
    summe = hashlib.sha256(inhalt.encode()).hexdigest()
    return Fassung.objects.create(
        konzept=konzept, nummer=nummer, art="beschluss", titel=konzept.titel, inhalt=inhalt, pruefsumme=summe
    )


@pytest.fixture
def alte(konzept) -> Fassung:
    """The concept as it stands, as format 1 wrote it."""

    spaeter = {*baum.SCHLUESSEL, "format", "waehrung", "wiederkehr", "gekuerzt", "haushalt", "hinweis"}

    def frueher(wert):
        if isinstance(wert, list):
            return [frueher(teil) for teil in wert]
        if not isinstance(wert, dict):
            return wert
        neu = {name: frueher(teil) for name, teil in wert.items() if name not in spaeter}
        if "kennung" in neu:
            del neu["kurz"], neu["offen"]
        if "massnahmen" in neu:
            del neu["satz"]
        if "anteile" in neu:
            anteile = neu.pop("anteile")
            del neu["stellenjahre"]
            neu |= {"jahre": [anteil["jahr"] for anteil in anteile], "jaehrlich": anteile[0]["betrag"]}
        return neu

    geschrieben = frueher(json.loads(baum.als_json(stelle_zusammen(konzept))))
    return schreibe_fest(konzept, json.dumps(geschrieben))


def test_an_upgrade_changes_nothing(leitung, konzept, alte):
    assert alte.pruefsumme != baum.pruefsumme(stelle_zusammen(konzept))
    assert "hat sich am Konzept nichts geändert" in text(seite_von(leitung.get(adresse(konzept, "fassungen", "neu"))))
    mache_abschnitt(konzept, "Neues")
    assert "nichts geändert" not in text(seite_von(leitung.get(adresse(konzept, "fassungen", "neu"))))


def test_nor_does_the_comparison_find_anything(leitung, konzept, alte):
    seite = leitung.get(adresse(konzept, "vergleich", "ansicht") + "?alt=1&neu=stand")
    assert "Zwischen diesen beiden Ständen hat sich nichts geändert" in text(seite_von(seite))


def test_what_is_stored_stays_and_is_handed_out_as_it_is(leitung, konzept, alte):
    leitung.get(adresse(konzept, "fassungen", "1"))
    assert Fassung.objects.get().inhalt == alte.inhalt
    datei = leitung.get(adresse(konzept, "fassungen", "1") + "fassung.json")
    assert hashlib.sha256(datei.content).hexdigest() == alte.pruefsumme


def test_every_page_reads_the_golden_tree_of_format_1(leitung, client, konzept):
    inhalt = goldene.lies(goldene.ordner(1) / f"{goldene.VOLL}.json.gz").decode()
    fassung = schreibe_fest(konzept, inhalt)
    veroeffentliche(fassung=fassung, konto=None, beschluss=RATSBESCHLUSS)
    ganz = adresse(konzept, "fassungen", "1", "gesamt")
    assert "Massnahme titel" in text(seite_von(leitung.get(ganz)))
    assert leitung.get(adresse(konzept, "fassungen", "1")).status_code == 200
    client.logout()
    assert client.get(f"/oeffentlich/{konzept.kommune.slug}/{konzept.slug}/fassung-1/").status_code == 200


def test_of_the_same_format_nothing_is_lifted(konzept, monkeypatch):
    """What differs already in its checksum need not be read as a tree."""
    dokument = stelle_zusammen(konzept)
    fassung = schreibe_fest(konzept, baum.als_json(dokument).decode())
    monkeypatch.setattr(Fassung, "dokument", property(lambda self: pytest.fail("The tree was read.")))
    assert sagt_dasselbe(fassung, dokument)
    Konzept.objects.update(titel="Anders")
    assert not sagt_dasselbe(fassung, stelle_zusammen(Konzept.objects.get()))

"""What everybody reads: published Fassungen without login, the same for all, and nothing else of the database."""

import json

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from konzept.fassungen.models import FassungArt
from konzept.fassungen.vorgaenge import festschreiben, nimm_zurueck, veroeffentliche
from konzept.models import Konzept
from tests.fabrik import (
    mache_abschnitt,
    mache_benutzer,
    mache_beschlussfassung,
    mache_feld,
    mache_konzept,
    mache_massnahme,
    seite_von,
    text,
)

pytestmark = [pytest.mark.django_db, pytest.mark.datenbank]

WURZEL = "/oeffentlich/musterhausen/konzept/"


@pytest.fixture
def konzept() -> Konzept:
    cache.clear()
    konzept = mache_konzept(titel="Zusammen leben")
    mache_abschnitt(konzept, "Einführung", text="Beschlossener Satz.", reihenfolge=1)
    mache_abschnitt(konzept, "Handlungsfelder", inhalt="handlungsfelder", reihenfolge=2)
    mache_massnahme(mache_feld(konzept), "Sprachcafé")
    return konzept


@pytest.fixture
def leitung(konzept):
    return mache_benutzer(konzept.kommune, "leitung", name="Lena Leitung")


@pytest.fixture
def fassung(konzept, leitung):
    fassung = mache_beschlussfassung(konzept, notiz="Interne Notiz", konto=leitung)
    veroeffentliche(fassung=fassung, konto=leitung)
    fassung.ausgaben.create(art="druck", datei=b"%PDF oeffentlich", seiten=4)
    fassung.ausgaben.create(art="randnummern", datei=b"%PDF intern", seiten=4)
    return fassung


def alle_orte(fassung) -> list[str]:
    hier = f"{WURZEL}fassung-{fassung.nummer}/"
    kapitel = [f"{hier}lesen/{k.anker}/" for _, k in fassung.dokument.alle_kapitel() if k.art == "abschnitt"]
    return ["/oeffentlich/", hier, f"{hier}gesamt/", *kapitel, f"{hier}fassung.json", f"{hier}druck.pdf"]


def test_page_pdf_and_data_are_open_to_everybody(client, fassung):
    for wo in alle_orte(fassung):
        assert client.get(wo).status_code == 200, wo
    hier = f"{WURZEL}fassung-1/"
    assert "Beschlossener Satz." in text(seite_von(client.get(f"{hier}gesamt/")))
    assert client.get(f"{hier}druck.pdf").content == b"%PDF oeffentlich"
    assert json.loads(client.get(f"{hier}fassung.json").content)["titel"] == "Zusammen leben"


def test_the_lasting_address_leads_to_the_newest_published_one(client, fassung, konzept, leitung):
    neue = mache_beschlussfassung(konzept, konto=leitung)
    assert client.get(WURZEL).url == f"{WURZEL}fassung-1/"
    veroeffentliche(fassung=neue, konto=leitung)
    assert client.get(WURZEL).url == f"{WURZEL}fassung-2/"
    assert "neuere Fassung" in text(seite_von(client.get(f"{WURZEL}fassung-1/")))
    nimm_zurueck(fassung=neue, konto=leitung)
    assert client.get(WURZEL).url == f"{WURZEL}fassung-1/"


def test_nothing_internal_shows(client, fassung, konzept, leitung):
    entwurf = festschreiben(konzept=konzept, art=FassungArt.ENTWURF, konto=leitung)
    Konzept.objects.update(titel="Geheimer neuer Titel")
    konzept.abschnitte.update(text="Geheimer Arbeitsstand.")
    for wo in alle_orte(fassung):
        inhalt = client.get(wo).content.decode(errors="replace")
        for geheim in ("Geheim", "Interne Notiz", "Lena Leitung", leitung.email, str(entwurf), "/konzepte/", "/konto/"):
            assert geheim not in inhalt, (wo, geheim)


@pytest.mark.parametrize("was", ["", "gesamt/", "lesen/{anker}/", "fassung.json", "druck.pdf"])
def test_what_is_not_published_does_not_exist(was, client, konzept, leitung):
    fassung = mache_beschlussfassung(konzept, konto=leitung)
    client.force_login(leitung)
    wo = f"{WURZEL}fassung-1/" + was.format(anker=fassung.dokument.kapitel[0].anker)
    assert client.get(wo).status_code == 404
    assert client.get(WURZEL).status_code == 404
    assert "noch kein Konzept veröffentlicht" in client.get("/oeffentlich/").content.decode()


def test_everybody_gets_the_same_answer_that_may_be_kept_for_a_while(fassung, leitung):
    drinnen = Client()
    drinnen.force_login(leitung)
    for wo in alle_orte(fassung):
        antwort = Client().get(wo)
        assert antwort.content == drinnen.get(wo).content, wo
        assert not antwort.cookies, wo
        assert "Cookie" not in antwort.get("Vary", ""), wo
        assert "public" in antwort["Cache-Control"], wo
        assert "max-age=300" in antwort["Cache-Control"], wo
        bestaetigt = Client().get(wo, headers={"If-None-Match": antwort["ETag"]})
        assert (bestaetigt.status_code, bestaetigt.content) == (304, b""), wo


def test_the_data_are_known_by_their_checksum(client, fassung):
    assert client.get(f"{WURZEL}fassung-1/fassung.json")["ETag"] == f'"{fassung.pruefsumme}"'


def test_a_pdf_that_is_not_there_yet_says_so_and_is_not_kept(client, konzept, leitung):
    veroeffentliche(fassung=mache_beschlussfassung(konzept, konto=leitung), konto=leitung)
    antwort = client.get(f"{WURZEL}fassung-1/druck.pdf")
    assert antwort.status_code == 202
    assert "public" not in antwort.get("Cache-Control", "")
    assert "/konzepte/" not in antwort.content.decode()


def test_the_waiting_page_comes_anew_once_the_pdf_is_there(client, fassung):
    antwort = client.get(f"{WURZEL}fassung-1/druck.pdf?auftrag=1", headers={"HX-Request": "true"})
    assert (antwort.status_code, antwort["HX-Refresh"]) == (200, "true")
    assert "public" not in antwort["Cache-Control"]


def test_every_link_leads_to_a_public_page(client, fassung):
    ziele = {
        a.get("href").partition("#")[0]
        for wo in alle_orte(fassung)
        if not wo.endswith((".pdf", ".json"))
        for a in seite_von(client.get(wo)).iter("a")
        if a.get("href").startswith("/")
    }
    assert {z for z in ziele if not z.startswith(("/oeffentlich/", "/impressum/", "/datenschutz/"))} == set()
    assert {z for z in ziele if client.get(z, follow=True).status_code != 200} == set()


def test_no_link_to_forms_and_no_randnummern(client, fassung):
    seite = client.get(f"{WURZEL}fassung-1/gesamt/").content.decode()
    assert "Bearbeiten" not in seite
    assert "dok-rn" not in seite


def test_the_list_has_one_entry_for_each_concept(client, fassung, konzept, leitung):
    veroeffentliche(fassung=mache_beschlussfassung(konzept, konto=leitung), konto=leitung)
    anderes = mache_konzept(konzept.kommune, "anderes", titel="Früher")
    veroeffentliche(fassung=mache_beschlussfassung(anderes, konto=leitung), konto=leitung)
    seite = seite_von(client.get("/oeffentlich/"))
    titel = [text(a) for a in seite.iter("a") if "/oeffentlich/musterhausen/" in a.get("href")]
    assert sorted(titel) == ["Früher", "Zusammen leben"]


def test_queries_do_not_grow(client, fassung, konzept, leitung):
    hier = f"{WURZEL}fassung-1/"
    orte = ["/oeffentlich/", hier, f"{hier}gesamt/", f"{hier}lesen/{fassung.dokument.kapitel[0].anker}/"]

    def zahlen():
        ergebnis = []
        for wo in orte:
            with CaptureQueriesContext(connection) as gezaehlt:
                client.get(wo)
            ergebnis.append(len(gezaehlt))
        return ergebnis

    vorher = zahlen()
    for nummer in range(2):
        k = mache_konzept(konzept.kommune, f"weiteres-{nummer}")
        veroeffentliche(fassung=mache_beschlussfassung(k, konto=leitung), konto=leitung)
        veroeffentliche(fassung=mache_beschlussfassung(konzept, konto=leitung), konto=leitung)
    assert zahlen() == vorher
    assert max(vorher) <= 3

"""The pages of the Fassungen: freezing in a form, reading with Randnummern, files, publication, and their queries."""

import json

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from konzept.dokument import baum
from konzept.fassungen import ausgaben
from konzept.fassungen.models import Fassung, FassungArt
from konzept.fassungen.vorgaenge import festschreiben, veroeffentliche
from konzept.konten.models import Protokolleintrag
from konzept.models import Konzept
from tests.fabrik import (
    adresse,
    eingaben,
    mache_abschnitt,
    mache_benutzer,
    mache_beschlussfassung,
    mache_feld,
    mache_fuelle,
    mache_konzept,
    mache_massnahme,
    mache_runde,
    nach_id,
    seite_von,
    text,
)
from tests.satz import stelle_ausgaben_her

pytestmark = pytest.mark.django_db

ENTWURF, BESCHLUSS = FassungArt


@pytest.fixture
def konzept() -> Konzept:
    cache.clear()
    konzept = mache_konzept(titel="Zusammen leben")
    mache_abschnitt(konzept, "Einführung", text="Erstens.\n\nZweitens.", reihenfolge=1)
    mache_abschnitt(konzept, "Handlungsfelder", inhalt="handlungsfelder", reihenfolge=2)
    mache_massnahme(mache_feld(konzept), "Sprachcafé")
    return konzept


@pytest.fixture
def leitung(client, konzept):
    client.force_login(mache_benutzer(konzept.kommune, "leitung", name="Lena Leitung"))
    return client


@pytest.fixture
def mitglied(konzept):
    return mache_benutzer(konzept.kommune, "gremium")


def ort(konzept, *teile) -> str:
    return adresse(konzept, "fassungen", *map(str, teile))


def datei(konzept, nummer, name) -> str:
    return ort(konzept, nummer) + name


def verweise(antwort) -> set[str]:
    return {a.get("href") for a in seite_von(antwort).iter("a")}


# Freezing


def test_the_form_freezes_and_leads_to_the_fassung(leitung, konzept):
    seite = leitung.get(ort(konzept, "neu"))
    assert "1 Handlungsfeld, 1 Maßnahme" in text(seite_von(seite))
    daten = eingaben(seite, mit="notiz") | {"art": "entwurf", "notiz": "Zur Beratung"}
    antwort = leitung.post(ort(konzept, "neu"), daten, follow=True)
    assert antwort.redirect_chain == [(ort(konzept, 1), 302)]
    fassung = Fassung.objects.get()
    assert (str(fassung), fassung.notiz) == ("Entwurf 1", "Zur Beratung")
    inhalt = text(seite_von(antwort))
    assert f"{fassung.bezeichnung} ist festgeschrieben" in inhalt
    assert fassung.pruefsumme in inhalt
    assert "Lena Leitung" in inhalt


def test_the_kind_can_come_with_the_address(leitung, konzept):
    assert eingaben(leitung.get(ort(konzept, "neu") + "?art=beschluss"), mit="notiz")["art"] == ["beschluss"]
    assert eingaben(leitung.get(ort(konzept, "neu") + "?art=unsinn"), mit="notiz")["art"] == ["entwurf"]


def test_an_unknown_kind_is_refused_and_the_note_stays(leitung, konzept):
    antwort = leitung.post(ort(konzept, "neu"), {"art": "unsinn", "notiz": "bleibt stehen"})
    assert antwort.status_code == 422
    assert "Art" in text(nach_id(seite_von(antwort), "fehler"))
    assert eingaben(antwort, mit="notiz")["notiz"] == ["bleibt stehen"]
    assert not Fassung.objects.exists()


def test_pressed_twice_it_asks_before_a_second_one(leitung, konzept):
    daten = eingaben(leitung.get(ort(konzept, "neu")), mit="notiz") | {"notiz": "bleibt stehen"}
    leitung.post(ort(konzept, "neu"), daten)
    antwort = leitung.post(ort(konzept, "neu"), daten)
    assert antwort.status_code == 409
    assert "Inzwischen gibt es eine neue Fassung" in antwort.content.decode()
    assert ort(konzept, 1) in verweise(antwort)
    assert Fassung.objects.count() == 1
    leitung.post(ort(konzept, "neu"), eingaben(antwort, mit="notiz"))
    assert [f.notiz for f in Fassung.objects.order_by("nummer")] == ["bleibt stehen"] * 2


def test_the_form_says_what_is_missing_and_that_nothing_has_changed(leitung, konzept):
    festschreiben(konzept=konzept, art=ENTWURF, konto=None)
    antwort = leitung.get(ort(konzept, "neu"))
    inhalt = text(seite_von(antwort))
    assert "Seit Entwurf 1" in inhalt
    assert "hat sich am Konzept nichts geändert" in inhalt
    assert adresse(konzept, "offen") in verweise(antwort)
    mache_abschnitt(konzept, "Neues")
    assert "nichts geändert" not in text(seite_von(leitung.get(ort(konzept, "neu"))))


# Reading


def test_a_chapter_shows_the_frozen_text_with_its_randnummern(leitung, konzept):
    fassung = festschreiben(konzept=konzept, art=ENTWURF, konto=None)
    erstes = fassung.dokument.kapitel[0]
    konzept.abschnitte.filter(titel="Einführung").update(text="Ganz anders.")
    seite = seite_von(leitung.get(ort(konzept, 1, "lesen", erstes.anker)))
    assert "Erstens." in text(seite)
    assert "Ganz anders" not in text(seite)
    assert [text(nach_id(seite, f"rn-{rn}")) for rn in (1, 2)] == ["Randnummer 1", "Randnummer 2"]


def test_the_numbers_on_the_pages_are_those_of_the_tree(leitung, konzept):
    voll = mache_konzept(konzept.kommune, "voll")
    mache_fuelle(voll, 2)
    fassung = festschreiben(konzept=voll, art=ENTWURF, konto=None)
    seite = seite_von(leitung.get(ort(voll, 1, "gesamt")))
    gezeigt = [k.get("id") for k in seite.iter() if "dok-rn" in (k.get("class") or "").split()]
    assert gezeigt == [f"rn-{rn}" for rn in randnummern(fassung.dokument)]
    assert len(gezeigt) > 15


def randnummern(knoten) -> list[int]:
    """Every Randnummer of a tree, in reading order."""
    if isinstance(knoten, tuple):
        return [rn for teil in knoten for rn in randnummern(teil)]
    if not isinstance(knoten, baum.Knoten):
        return []
    eigene = [knoten.rn] if getattr(knoten, "rn", 0) else []
    return eigene + [rn for feld in knoten.__struct_fields__ for rn in randnummern(getattr(knoten, feld))]


def test_an_element_leads_to_its_place_and_an_unknown_one_nowhere(leitung, konzept):
    fassung = festschreiben(konzept=konzept, art=ENTWURF, konto=None)
    feld = fassung.dokument.kapitel[1].kapitel[0]
    massnahme = f"massnahme-{konzept.handlungsfelder.get().massnahmen.get().pk}"
    antwort = leitung.get(ort(konzept, 1, "lesen", massnahme))
    assert antwort.url == f"{ort(konzept, 1, 'lesen', feld.anker)}#{massnahme}"
    assert leitung.get(ort(konzept, 1, "lesen", "massnahme-0")).status_code == 404
    assert leitung.get(ort(konzept, 2)).status_code == 404


def test_there_are_no_links_to_forms(leitung, konzept):
    festschreiben(konzept=konzept, art=ENTWURF, konto=None)
    assert "Bearbeiten" not in leitung.get(ort(konzept, 1, "gesamt")).content.decode()


# A Gremium


def test_a_gremium_finds_what_was_laid_before_it_and_nothing_else(client, konzept, mitglied):
    erste, zweite = (festschreiben(konzept=konzept, art=ENTWURF, konto=None) for _ in range(2))
    client.force_login(mitglied)
    assert client.get(ort(konzept)).status_code == 404
    assert "Bisher ist keine vorgelegt" in client.get("/").content.decode()
    mache_runde(zweite, mitglied)
    Konzept.objects.update(titel="Geheimer neuer Titel")
    for wo in ("/", f"/kommunen/{konzept.kommune.slug}/", ort(konzept)):
        antwort = client.get(wo)
        assert ort(konzept, zweite.nummer) in verweise(antwort), wo
        assert ort(konzept, erste.nummer) not in verweise(antwort), wo
        assert "Geheimer" not in antwort.content.decode(), wo
    assert client.get(ort(konzept, erste.nummer)).status_code == 404


def test_every_link_on_the_pages_of_a_gremium_leads_somewhere(client, konzept, mitglied):
    fassung = festschreiben(konzept=konzept, art=ENTWURF, konto=None)
    mache_runde(fassung, mitglied)
    client.force_login(mitglied)
    seiten = [ort(konzept), ort(konzept, 1), ort(konzept, 1, "lesen", fassung.dokument.kapitel[0].anker)]
    tot = {
        (wo, ziel)
        for wo in seiten
        for ziel in verweise(client.get(wo))
        if ziel.startswith("/") and client.get(ziel.partition("#")[0]).status_code >= 400
    }
    assert tot == set()


# Files


def test_a_pdf_that_is_not_there_yet_says_so_and_then_comes_always_the_same(leitung, konzept):
    fassung = festschreiben(konzept=konzept, art=ENTWURF, konto=None)
    antwort = leitung.get(datei(konzept, 1, "randnummern.pdf"))
    assert antwort.status_code == 202
    assert "Das PDF wird hergestellt" in antwort.content.decode()
    fassung.ausgaben.create(art="randnummern", datei=b"%PDF fertig", seiten=3)
    for _ in range(2):
        antwort = leitung.get(datei(konzept, 1, "randnummern.pdf"))
        assert (antwort.status_code, antwort.content, antwort["Content-Type"]) == (
            200, b"%PDF fertig", "application/pdf",
        )  # fmt: skip
    assert 'filename="musterhausen-konzept-entwurf-1-randnummern.pdf"' in antwort["Content-Disposition"]
    assert "private" in antwort["Cache-Control"]
    nochmal = leitung.get(datei(konzept, 1, "randnummern.pdf"), headers={"If-None-Match": antwort["ETag"]})
    assert (nochmal.status_code, nochmal.content) == (304, b"")
    ausgegeben = Protokolleintrag.objects.filter(ereignis="ausgabe").values_list("text", flat=True)
    assert list(ausgegeben) == ["Zusammen leben, Entwurf 1: PDF mit Randnummern"] * 2
    assert leitung.get(datei(konzept, 1, "anders.pdf")).status_code == 404


def test_the_page_shows_how_far_the_pdfs_are(leitung, konzept):
    fassung = festschreiben(konzept=konzept, art=ENTWURF, konto=None)
    seite = leitung.get(ort(konzept, 1))
    assert "wird hergestellt" in text(nach_id(seite_von(seite), "ausgaben"))
    frage = nach_id(seite_von(seite), "ausgaben").get("hx-get")
    assert leitung.get(frage, headers={"HX-Request": "true"}).status_code == 204
    fassung.ausgaben.create(art="druck", datei=b"%PDF", seiten=48)
    neu = leitung.get(frage, headers={"HX-Request": "true"})
    assert "48 Seiten" in text(nach_id(seite_von(neu), "ausgaben"))
    fassung.ausgaben.create(art="randnummern", datei=b"%PDF", seiten=50)
    assert nach_id(seite_von(leitung.get(ort(konzept, 1))), "ausgaben").get("hx-get") is None


@pytest.mark.datenbank
def test_a_failed_pdf_can_be_tried_again_by_who_freezes(leitung, konzept, mitglied, monkeypatch):
    fassung = festschreiben(konzept=konzept, art=ENTWURF, konto=None)
    mache_runde(fassung, mitglied)
    monkeypatch.setattr(ausgaben.pdf, "drucke", lambda *_, **__: 1 / 0)
    stelle_ausgaben_her(fassung)
    antwort = leitung.get(ort(konzept, 1))
    assert "nicht hergestellt" in text(nach_id(seite_von(antwort), "ausgaben"))
    assert "konnte nicht hergestellt werden" in leitung.get(datei(konzept, 1, "druck.pdf")).content.decode()
    assert leitung.post(ort(konzept, 1, "erneut")).url == f"{ort(konzept, 1)}#ausgaben"
    assert not any(stand.gescheitert for stand in ausgaben.staende(fassung))
    stelle_ausgaben_her(fassung)
    leitung.force_login(mitglied)
    assert "Noch einmal versuchen" not in leitung.get(ort(konzept, 1)).content.decode()


def test_the_data_are_those_of_the_checksum(leitung, konzept):
    fassung = festschreiben(konzept=konzept, art=ENTWURF, konto=None)
    antwort = leitung.get(datei(konzept, 1, "fassung.json"))
    assert antwort.content.decode() == fassung.inhalt
    assert json.loads(antwort.content)["titel"] == "Zusammen leben"
    assert antwort["ETag"] == f'"{fassung.pruefsumme}"'


# Publication


@pytest.mark.datenbank
def test_publishing_asks_first_and_can_be_taken_back(leitung, konzept):
    mache_beschlussfassung(konzept)
    oeffentlich = f"/oeffentlich/{konzept.kommune.slug}/{konzept.slug}/"
    frage = leitung.get(ort(konzept, 1, "veroeffentlichen"))
    assert oeffentlich in text(seite_von(frage))
    assert leitung.get(oeffentlich).status_code == 404
    leitung.post(ort(konzept, 1, "veroeffentlichen"))
    assert leitung.get(oeffentlich, follow=True).status_code == 200
    assert ort(konzept, 1, "zuruecknehmen") in verweise(leitung.get(ort(konzept, 1)))
    leitung.post(ort(konzept, 1, "zuruecknehmen"))
    assert leitung.get(oeffentlich).status_code == 404


def test_an_entwurf_cannot_be_published(leitung, konzept):
    festschreiben(konzept=konzept, art=ENTWURF, konto=None)
    assert leitung.post(ort(konzept, 1, "veroeffentlichen")).status_code == 404
    assert "Veröffentlich" not in text(seite_von(leitung.get(ort(konzept, 1))))


# Queries


def abfragen(client, wo) -> int:
    with CaptureQueriesContext(connection) as gezaehlt:
        assert client.get(wo).status_code in (200, 202)
    return len(gezaehlt)


@pytest.mark.parametrize("name", ["liste", "neu", "detail", "gesamt", "lesen", "start", "vorgelegt"])
def test_queries_do_not_grow(name, client, konzept, mitglied):
    """One Fassung of a small concept, then three of one with more of everything."""
    konto = mitglied if name in {"start", "vorgelegt"} else mache_benutzer(konzept.kommune, "leitung")
    client.force_login(konto)
    zahlen = []
    for anzahl in (1, 2):
        mache_massnahme(konzept.handlungsfelder.get(), f"Maßnahme {anzahl}")
        for _ in range(anzahl):
            fassung = mache_beschlussfassung(konzept)
            veroeffentliche(fassung=fassung, konto=None)
            mache_runde(fassung, mitglied)
        wo = {
            "liste": ort(konzept),
            "neu": ort(konzept, "neu"),
            "detail": ort(konzept, fassung.nummer),
            "gesamt": ort(konzept, fassung.nummer, "gesamt"),
            "lesen": ort(konzept, fassung.nummer, "lesen", fassung.dokument.kapitel[0].anker),
            "start": "/",
            "vorgelegt": ort(konzept),
        }[name]
        client.get(wo)  # the first visit asks for the PDFs
        zahlen.append(abfragen(client, wo))
    assert zahlen[0] == zahlen[1]

"""PDFs that an earlier program printed otherwise than the Fassung says: they stay, are named, and get others beside."""

import io

import pikepdf
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from konzept import rechte
from konzept.dokument import baum
from konzept.dokument.fruehere_drucke import SATZ, abweichungen
from konzept.druckauftraege.models import Druckauftrag
from konzept.fassungen import ausgaben
from konzept.fassungen.models import BERICHTIGT, VON_SELBST, Ausgabe, AusgabeArt, Fassung, FassungArt
from konzept.fassungen.seitenrahmen import adresse_der
from konzept.fassungen.vorgaenge import festschreiben, veroeffentliche
from konzept.fliesstext import lies_text
from konzept.heute import am, heute
from konzept.konten.models import Protokolleintrag
from konzept.templatetags.druck import kopfzeile
from tests.fabrik import (
    mache_abschnitt,
    mache_benutzer,
    mache_beschlussfassung,
    mache_kommune,
    mache_konzept,
    mache_runde,
    seite_von,
    text,
)

pytestmark = [pytest.mark.django_db, pytest.mark.datenbank]

LISTE = "Der Rat hat beschlossen:\n\n7. die Beratung\n8. die Sprachkurse"


def fassung_mit(inhalt: str, art: str = FassungArt.ENTWURF, satz: int = 1, ort: str = "ort") -> Fassung:
    konzept = mache_konzept(mache_kommune(ort))
    mache_abschnitt(konzept, "Einführung", text=inhalt)
    if art == FassungArt.BESCHLUSS:
        fassung = mache_beschlussfassung(konzept)
    else:
        fassung = festschreiben(konzept=konzept, art=art, konto=None)
    for wie in VON_SELBST:
        fassung.ausgaben.create(art=wie, datei=f"%PDF {wie}".encode(), seiten=7, satz=satz)
    return fassung


def seite(client, fassung, rolle) -> str:
    client.force_login(mache_benutzer(fassung.konzept.kommune, rolle))
    antwort = client.get(adresse_der(fassung, "fassungen:detail"))
    assert antwort.status_code == 200
    return antwort.content.decode()


def hinweis(html: str) -> str:
    gefunden = seite_von(html).xpath("//*[@id='abweichungen']")
    return text(gefunden[0].getparent().getparent()) if gefunden else ""


# Which places


def dokument(inhalt: str) -> baum.Dokument:
    kapitel = baum.Kapitel(anker="abschnitt-1", titel="Ziele", nummer="2", teile=lies_text(inhalt))
    kommune = baum.Kommune(slug="o", name="Stadt O", kurzname="O", art="stadt")
    return baum.Dokument(kommune=kommune, slug="k", titel="K", kapitel=(kapitel,))


def test_every_list_that_does_not_begin_with_one_is_named_with_its_place():
    stellen = abweichungen(dokument(f"{LISTE}\n\n- a\n\n  3) b\n\n1. c\n2. d"), 1)
    assert [(s.anker, s.kapitel) for s in stellen] == [("abschnitt-1", "2 Ziele")] * 2
    assert stellen[0].satz == "Die Zählung beginnt im PDF mit „1.“ und nicht mit „7.“: „die Beratung“"
    assert "„3.“: „b“" in stellen[1].satz


@pytest.mark.parametrize("inhalt", ["", "Ein Satz.", "8. Februar 2016", "- a\n- b", "1. a\n2. b", "a) x\nb) y"])
def test_other_texts_print_as_they_did(inhalt):
    assert abweichungen(dokument(inhalt), 1) == []


def test_what_this_program_prints_differs_nowhere():
    assert abweichungen(dokument(LISTE), SATZ) == []
    assert Ausgabe().satz == SATZ


# The page


@pytest.mark.parametrize("rolle", ["leitung", "redaktion", "mitwirkung", "lesen"])
def test_staff_is_told_the_places(rolle, client):
    fassung = fassung_mit(LISTE)
    html = seite(client, fassung, rolle)
    satz = hinweis(html)
    assert "1 Stelle nicht so wieder, wie sie in dieser Fassung steht" in satz
    assert "Einführung, Randnummer 2: Die Zählung beginnt im PDF mit „1.“ und nicht mit „7.“: „die Beratung“" in satz
    darf = rolle in rechte.rollen_mit(rechte.FESTSCHREIBEN)
    assert ("Berichtigten Druck herstellen" in satz) is darf
    kapitel = fassung.dokument.kapitel[0].anker
    assert adresse_der(fassung, "fassungen:lesen", anker=kapitel) in html


def test_others_who_may_read_the_fassung_are_not(client):
    fassung = fassung_mit(LISTE)
    person = mache_benutzer(fassung.konzept.kommune, "gremium")
    mache_runde(fassung, person)
    client.force_login(person)
    html = client.get(adresse_der(fassung)).content.decode()
    assert "PDF mit Randnummern" in html
    assert not hinweis(html)


@pytest.mark.parametrize(("inhalt", "satz"), [(LISTE, SATZ), ("8. Februar 2016", 1)])
def test_nothing_is_said_where_nothing_differs(inhalt, satz, client):
    fassung = fassung_mit(inhalt, satz=satz)
    assert not hinweis(seite(client, fassung, "leitung"))


@pytest.mark.parametrize("satz", [1, SATZ])
def test_who_publishes_is_told(satz, client):
    fassung = fassung_mit(LISTE, art=FassungArt.BESCHLUSS, satz=satz)
    client.force_login(mache_benutzer(fassung.konzept.kommune, "leitung"))
    seite = seite_von(client.get(adresse_der(fassung, "fassungen:veroeffentlichen")))
    assert ("Das PDF gibt 1 Stelle nicht so wieder" in text(seite)) is (satz < SATZ)
    ziele = {a.get("href") for a in seite.iter("a") if text(a) == "Stellen ansehen"}
    assert ziele == ({f"{adresse_der(fassung)}#abweichungen"} if satz < SATZ else set())
    assert "mit dem berichtigten Druck daneben" not in text(seite)
    if satz < SATZ:
        for art in BERICHTIGT.values():
            fassung.ausgaben.create(art=art, datei=b"%PDF", seiten=7)
        seite = seite_von(client.get(adresse_der(fassung, "fassungen:veroeffentlichen")))
        assert "mit dem berichtigten Druck daneben" in text(seite)


def test_the_page_costs_the_same_however_many_places_there_are(client):
    zahlen = []
    for anzahl in (1, 3):
        fassung = fassung_mit("\n\nDann\n\n".join([LISTE] * anzahl), ort=f"ort-{anzahl}")
        client.force_login(mache_benutzer(fassung.konzept.kommune, "leitung"))
        with CaptureQueriesContext(connection) as abfragen:
            client.get(adresse_der(fassung))
        zahlen.append(len(abfragen))
    assert zahlen[0] == zahlen[1]


# The mended print


def berichtige(client, fassung, callbacks) -> None:
    client.force_login(mache_benutzer(fassung.konzept.kommune, "redaktion"))
    with callbacks(execute=True):
        antwort = client.post(adresse_der(fassung, "fassungen:berichtigen"))
    assert antwort.status_code == 302


def test_what_was_frozen_stays_and_a_marked_one_stands_beside(client, django_capture_on_commit_callbacks):
    fassung = fassung_mit(LISTE, art=FassungArt.BESCHLUSS)
    vorher = {a.art: (a.pruefsumme, bytes(a.datei)) for a in fassung.ausgaben.all()}
    berichtige(client, fassung, django_capture_on_commit_callbacks)
    nachher = {a.art: a for a in fassung.ausgaben.all()}
    assert {wie: (nachher[wie].pruefsumme, bytes(nachher[wie].datei)) for wie in VON_SELBST} == vorher
    assert nachher.keys() == set(AusgabeArt)
    with pikepdf.open(io.BytesIO(bytes(nachher[AusgabeArt.BERICHTIGT].datei))) as datei:
        assert len(datei.pages) == nachher[AusgabeArt.BERICHTIGT].seiten
    assert Protokolleintrag.objects.filter(text__contains="berichtigte PDFs beauftragt").count() == 1
    html = seite(client, fassung, "leitung")
    assert "Berichtigten Druck herstellen" not in html
    assert f"hergestellt am {am(heute())}" in html
    for wie in AusgabeArt:
        antwort = client.get(adresse_der(fassung, "fassungen:pdf", art=wie))
        assert antwort.status_code == 200
        assert antwort.content == bytes(nachher[wie].datei)


@pytest.mark.parametrize("art_", FassungArt)
@pytest.mark.parametrize("wie", BERICHTIGT.values())
def test_it_says_on_every_page_that_it_was_made_later(art_, wie):
    fassung = fassung_mit(LISTE, art=art_)
    marke = ausgaben.ausfertigung(fassung, wie).marke
    assert marke == f"Berichtigter Druck vom {am(heute())} · {fassung}"
    assert kopfzeile(marke) == marke
    assert ausgaben.ausfertigung(fassung, wie).randnummern is (wie == AusgabeArt.BERICHTIGT_RANDNUMMERN)


def test_pressed_twice_it_is_made_once(client, django_capture_on_commit_callbacks, settings):
    settings.DRUCK_IM_HINTERGRUND = True
    fassung = fassung_mit(LISTE)
    for _ in range(2):
        berichtige(client, fassung, django_capture_on_commit_callbacks)
    assert Druckauftrag.objects.count() == 2
    assert "wird hergestellt" in seite(client, fassung, "leitung")


def test_nothing_is_mended_where_nothing_differs(client, django_capture_on_commit_callbacks):
    fassung = fassung_mit("Ein Satz.")
    berichtige(client, fassung, django_capture_on_commit_callbacks)
    assert not Druckauftrag.objects.exists()
    assert fassung.ausgaben.count() == len(VON_SELBST)


def test_one_that_failed_is_tried_again(client, django_capture_on_commit_callbacks, monkeypatch):
    fassung = fassung_mit(LISTE)
    with monkeypatch.context() as stelle:
        stelle.setattr(ausgaben.pdf, "drucke", lambda *_, **__: 1 / 0)
        berichtige(client, fassung, django_capture_on_commit_callbacks)
    assert "nicht hergestellt" in seite(client, fassung, "redaktion")
    with django_capture_on_commit_callbacks(execute=True):
        client.post(adresse_der(fassung, "fassungen:erneut"))
    assert fassung.ausgaben.count() == len(AusgabeArt)


@pytest.mark.parametrize("wie", BERICHTIGT.values())
def test_nobody_gets_one_that_nobody_asked_for(wie, client):
    fassung = fassung_mit(LISTE)
    client.force_login(mache_benutzer(fassung.konzept.kommune, "leitung"))
    antwort = client.get(adresse_der(fassung, "fassungen:pdf", art=wie))
    assert antwort.status_code == 404
    assert not Druckauftrag.objects.exists()


# In public


def test_the_public_page_has_both(client):
    fassung = fassung_mit(LISTE, art=FassungArt.BESCHLUSS)
    veroeffentliche(fassung=fassung, konto=None)
    oben = adresse_der(fassung, "oeffentlich:fassung")
    unten = adresse_der(fassung, "oeffentlich:berichtigt")
    assert "berichtigten Druck" not in client.get(oben).content.decode()
    assert client.get(unten).status_code == 404
    fassung.ausgaben.create(art=AusgabeArt.BERICHTIGT, datei=b"%PDF berichtigt", seiten=7)
    html = client.get(oben).content.decode()
    assert "druck.pdf" in html
    assert unten in html
    assert client.get(unten).content == b"%PDF berichtigt"
    assert client.get(adresse_der(fassung, "oeffentlich:pdf")).content == b"%PDF druck"

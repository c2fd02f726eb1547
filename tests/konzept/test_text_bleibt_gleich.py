"""The dates and ordinals of a concept are the same wherever its words go: page, PDF, Synopse, Vorlage, spreadsheet."""

import io

import openpyxl
import pikepdf
import pytest
from django.conf import settings

from konzept.austausch.einlesen import lade
from konzept.dokument import pdf
from konzept.dokument.zusammenstellung import stelle_zusammen
from konzept.fassungen.vorgaenge import festschreiben
from konzept.navigation import adresse as seitenadresse
from konzept.satz.stueck import OhneSpeicher
from konzept.vorlagen.druck import nimm_auf
from konzept.vorlagen.rechenblatt import massnahmen_als_xlsx
from tests.fabrik import (
    adresse,
    mache_abschnitt,
    mache_benutzer,
    mache_feld,
    mache_massnahme,
    mache_vorlage,
    seite_von,
    sende,
    text,
)
from tests.konzept.dokument import vorlesen

pytestmark = [pytest.mark.django_db, pytest.mark.datenbank]

DATUM = "8. Februar 2016 beschloss der Rat, die Integration neu zu ordnen."
ORDINAL = "2. Sachstandsbericht an den Integrationsrat"
TEXT = f"Der Anfang.\n\n{DATUM}\n\n{ORDINAL}\n\nOffen sind die Punkte\n\n7. Sprache\n8. Wohnen"
ERWARTET = (DATUM, ORDINAL, "7. Sprache", "8. Wohnen")


@pytest.fixture
def emmerich(client):
    """Emmerich's concept with such a text, typed into the form and saved, and a measure with such a title."""
    (k,) = lade(settings.BASE_DIR / "fixtures" / "emmerich-am-rhein.yaml").neu
    client.force_login(mache_benutzer(k.kommune, "leitung"))
    festschreiben(konzept=k, art="entwurf", konto=None)
    abschnitt = k.abschnitte.order_by("reihenfolge", "pk").first()
    sende(client, abschnitt, {"text": TEXT})
    abschnitt.refresh_from_db()
    assert abschnitt.text == TEXT
    mache_abschnitt(k, "Felder", inhalt="handlungsfelder")
    mache_massnahme(mache_feld(k), ORDINAL, text=DATUM, zeitraum="8. Februar 2016")
    return k


def im_pdf(inhalt: bytes) -> str:
    with pikepdf.open(io.BytesIO(inhalt)) as datei:
        return ohne_trennung(vorlesen.alles(datei))


def ohne_trennung(worte: str) -> str:
    return " ".join(worte.replace("\u2010", "").replace("\u00ad", "").split())


def auf_der_seite(client, url: str, **abfrage) -> str:
    """The words that a page shows, lists with their numbers."""
    antwort = client.get(url, abfrage)
    assert antwort.status_code == 200
    seite = seite_von(antwort)
    for wort in list(seite.iter("span")):
        if wort.get("class") == "nur-vorlesen":
            wort.text = ""
    for liste in seite.iter("ol"):
        for nummer, punkt in enumerate(liste.iterchildren("li"), start=int(liste.get("start", 1))):
            punkt.text = f"{nummer}. {punkt.text or ''}"
    return text(seite)


def test_on_the_page(emmerich, client):
    worte = auf_der_seite(client, adresse(emmerich, "gesamt"))
    assert [satz for satz in ERWARTET if satz not in worte] == []


def test_in_the_pdf(emmerich):
    worte = im_pdf(pdf.drucke(stelle_zusammen(emmerich)))
    assert [satz for satz in ERWARTET if satz not in worte] == []


def test_in_the_comparison_and_the_synopse(emmerich, client):
    staende = {"alt": "1", "neu": "stand"}
    worte = auf_der_seite(client, adresse(emmerich, "vergleich", "ansicht"), **staende)
    assert [satz for satz in ERWARTET if satz not in worte] == []
    antwort = client.get(seitenadresse(emmerich, "vergleich:druck"), staende)
    worte = im_pdf(antwort.content)
    assert [satz for satz in ERWARTET if satz not in worte] == []


def test_in_the_vorlage_and_its_annex(emmerich):
    vorlage = mache_vorlage(emmerich, sachverhalt=TEXT)
    vorlage.beschlusspunkte.create(text=TEXT, reihenfolge=9)
    worte = im_pdf(nimm_auf(vorlage.pk).drucke(lambda *_: None, OhneSpeicher()))
    assert [worte.count(satz) >= 3 for satz in ERWARTET] == [True] * len(ERWARTET)


def test_in_the_spreadsheet(emmerich):
    blatt = openpyxl.load_workbook(io.BytesIO(massnahmen_als_xlsx(stelle_zusammen(emmerich)))).active
    kopf, zeile = ([zelle.value for zelle in reihe] for reihe in blatt.iter_rows())
    werte = dict(zip(kopf, zeile, strict=True))
    assert (werte["Maßnahme"], werte["Zeitraum"]) == (ORDINAL, "8. Februar 2016")

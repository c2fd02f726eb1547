"""Two colleagues side by side in one concept, with everything going wrong that can: what either of them typed is in the
concept at the end, or in its history."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from playwright.sync_api import Locator, Page, expect

from handlungsfelder.models import Handlungsfeld, Handlungsziel
from konzept.verlauf.models import Aenderung
from massnahmen.models import Massnahme
from tests import testdatenbank
from tests.fabrik import alle_zeilen, formular_adresse, mache_feld, mache_handlungsziel, mache_massnahme

from .conftest import KOLLEGIN, REDAKTION, Beanstandungen, anmelden, erwarte_text, schreibe, speichern

GESPEICHERT = re.compile("ist gespeichert")


class Person:
    """A colleague at a browser, who remembers every text that she types."""

    def __init__(self, seite: Page, geschrieben: list[str]):
        self.seite, self.geschrieben = seite, geschrieben

    def oeffne(self, zeile) -> None:
        self.seite.goto(formular_adresse(zeile))
        expect(self.feld("Titel")).to_be_visible()

    def feld(self, name: str) -> Locator:
        return self.seite.get_by_label(name, exact=True)

    @property
    def beschreibung(self) -> Locator:
        return self.seite.get_by_role("textbox", name="Beschreibung")

    def tippt(self, feld: Locator, text: str) -> None:
        schreibe(feld, text)
        self.geschrieben.append(text)

    def speichert(self) -> None:
        speichern(self.seite)
        expect(self.seite.get_by_role("status").first).to_have_text(GESPEICHERT)

    def speichert_und_bekommt_widerspruch(self) -> Locator:
        speichern(self.seite)
        widerspruch = self.seite.locator("#konflikt")
        expect(widerspruch).to_be_visible()
        return widerspruch


@pytest.fixture
def geschrieben() -> list[str]:
    return []


@pytest.fixture
def feld(monheim) -> Handlungsfeld:
    return mache_feld(monheim, "Wohnen zu zweit", reihenfolge=90)


@pytest.fixture
def rita(oeffne_browser, melde_an, monheim, geschrieben) -> Person:
    return Person(melde_an(oeffne_browser(), REDAKTION), geschrieben)


@pytest.fixture
def kim(oeffne_browser, melde_an, monheim, geschrieben) -> Person:
    return Person(melde_an(oeffne_browser(), KOLLEGIN), geschrieben)


@pytest.mark.datenbank
def test_ein_arbeitstag_zu_zweit(rita, kim, monheim, feld, geschrieben, beanstandungen):
    ziel = mache_handlungsziel(feld, "Wohnraum finden")
    mietfibel, lotsen, beirat = (mache_massnahme(feld, titel) for titel in ("Mietfibel", "Lotsen", "Beirat"))
    Massnahme.objects.filter(pk=beirat.pk).update(handlungsziel=ziel)

    ein_falsches_datum(rita, mietfibel)
    eine_abgelaufene_anmeldung(kim, lotsen)
    beide_speichern_dasselbe(rita, kim, mietfibel)
    das_ziel_verschwindet(rita, kim, beirat, ziel)
    die_massnahme_wandert(rita, kim, lotsen, mache_feld(monheim, "Nachbarschaft", reihenfolge=91))
    das_netz_faellt_aus(rita, mietfibel, beanstandungen)

    rest = json.dumps(list(Aenderung.objects.values_list("stand", flat=True)), ensure_ascii=False)
    rest += str(alle_zeilen())
    assert [text for text in geschrieben if text not in rest] == []
    assert len(geschrieben) > 10


def ein_falsches_datum(rita: Person, massnahme: Massnahme) -> None:
    rita.oeffne(massnahme)
    rita.seite.get_by_role("button", name="Sachstand hinzufügen").click()
    datum = rita.seite.get_by_label("Sachstand 1: Datum")
    expect(datum).to_be_focused()
    datum.fill("31.02.2026")
    rita.tippt(rita.seite.get_by_role("textbox", name="Sachstand 1: Sachstand"), "Der Entwurf liegt beim Mieterverein.")
    rita.tippt(rita.beschreibung, "Die Fibel erklärt Mietverträge in acht Sprachen.")
    speichern(rita.seite)
    expect(rita.seite.locator("#fehler")).to_contain_text("Schreiben Sie das Datum als Tag.Monat.Jahr")
    erwarte_text(rita.beschreibung, "Die Fibel erklärt Mietverträge in acht Sprachen.")
    datum.fill("28.02.2026")
    rita.speichert()


def eine_abgelaufene_anmeldung(kim: Person, massnahme: Massnahme) -> None:
    kim.oeffne(massnahme)
    kim.tippt(kim.beschreibung, "Lotsen begleiten zur Besichtigung und zum Amt.")
    kim.seite.get_by_role("button", name="Schritt hinzufügen").click()
    schritt = kim.seite.get_by_label("Schritt 1: Schritt")
    expect(schritt).to_be_focused()
    kim.tippt(schritt, "Zehn Lotsen gewinnen")
    kim.seite.context.clear_cookies()
    speichern(kim.seite)
    expect(kim.seite.get_by_role("heading", level=1)).to_have_text("Anmelden")
    anmelden(kim.seite, KOLLEGIN)
    expect(kim.seite.get_by_role("status").first).to_contain_text("war Ihre Anmeldung abgelaufen")
    expect(schritt).to_have_value("Zehn Lotsen gewinnen")
    kim.speichert()


def beide_speichern_dasselbe(rita: Person, kim: Person, massnahme: Massnahme) -> None:
    rita.oeffne(massnahme)
    kim.oeffne(massnahme)
    kim.tippt(kim.feld("Titel"), "Mietfibel mit Bildern")
    kim.tippt(kim.beschreibung, "Die Fibel erklärt Verträge mit Bildern.")
    kim.tippt(kim.feld("Kosten in Worten"), "aus dem Budget der Öffentlichkeitsarbeit")
    kim.speichert()

    rita.tippt(rita.feld("Titel"), "Mietfibel für Neuzugezogene")
    widerspruch = rita.speichert_und_bekommt_widerspruch()
    for name in ("Beschreibung", "Kosten in Worten"):
        zeile = widerspruch.get_by_role("row", name=name)
        zeile.get_by_role("button", name="Gespeichertes nehmen").click()
        expect(zeile).to_have_count(0)
    expect(widerspruch.get_by_role("row", name="Titel")).to_contain_text("Mietfibel mit Bildern")
    rita.speichert()
    massnahme.refresh_from_db()
    assert massnahme.titel == "Mietfibel für Neuzugezogene"
    assert massnahme.text == "Die Fibel erklärt Verträge mit Bildern."
    assert massnahme.kosten_wortlaut == "aus dem Budget der Öffentlichkeitsarbeit"


def das_ziel_verschwindet(rita: Person, kim: Person, massnahme: Massnahme, ziel: Handlungsziel) -> None:
    rita.oeffne(massnahme)
    rita.tippt(rita.beschreibung, "Der Beirat tagt jedes Vierteljahr.")
    k = massnahme.konzept
    kim.seite.goto(f"/konzepte/{k.kommune.slug}/{k.slug}/handlungsziele/{ziel.pk}/loeschen/")
    kim.seite.get_by_role("button", name="In den Papierkorb legen").click()
    expect(kim.seite.get_by_role("status").first).to_contain_text("liegt im Papierkorb")
    speichern(rita.seite)
    expect(rita.seite.locator("#fehler")).to_contain_text("Gehört zum Ziel")
    erwarte_text(rita.beschreibung, "Der Beirat tagt jedes Vierteljahr.")
    rita.feld("Gehört zum Ziel").select_option(label="– direkt zum Handlungsfeld –")
    # Without its goal the measure has been changed: whoever has it open is told who did that.
    rita.speichert_und_bekommt_widerspruch()
    rita.speichert()


def die_massnahme_wandert(rita: Person, kim: Person, massnahme: Massnahme, anderes: Handlungsfeld) -> None:
    rita.oeffne(massnahme)
    rita.tippt(rita.feld("Titel"), "Lotsen und Patenschaften")
    k = massnahme.konzept
    kim.seite.goto(f"/konzepte/{k.kommune.slug}/{k.slug}/massnahmen/{massnahme.pk}/verschieben/")
    kim.seite.get_by_label("Steht unter").select_option(label=f"Handlungsfeld: {anderes}")
    kim.seite.get_by_role("button", name="Verschieben").click()
    expect(kim.seite.get_by_role("status").first).to_contain_text("ist verschoben")
    rita.speichert_und_bekommt_widerspruch()
    expect(rita.feld("Titel")).to_have_value("Lotsen und Patenschaften")
    rita.speichert()
    massnahme.refresh_from_db()
    assert (massnahme.titel, massnahme.handlungsfeld) == ("Lotsen und Patenschaften", anderes)


def das_netz_faellt_aus(rita: Person, massnahme: Massnahme, beanstandungen: Beanstandungen) -> None:
    rita.oeffne(massnahme)
    beanstandungen.erwarte("ERR_INTERNET_DISCONNECTED")
    rita.seite.context.set_offline(True)
    rita.tippt(rita.beschreibung, "Im Zug geschrieben, ohne Netz.")
    expect(rita.seite.locator("[data-zwischenstand-hinweis]")).to_contain_text("In diesem Browser")
    rita.seite.context.set_offline(False)
    rita.speichert()


# The server itself

EINRICHTEN = """
import django
django.setup()
from django.conf import settings
from django.db import connection
from django.core.management import call_command
call_command("migrate", verbosity=0)
call_command("createcachetable", verbosity=0)
from tests.fabrik import mache_abschnitt, mache_benutzer, mache_konzept
konzept = mache_konzept()
mache_abschnitt(konzept, "Vorwort", text="Erste Zeile.")
mache_benutzer(konzept.kommune, "redaktion", email="redaktion@stadt.example")
"""


class Server:
    """A server process on a database of its own (SQLite), which can be killed and started again at the same address."""

    def __init__(self, ordner):
        self.umgebung = {name: wert for name, wert in os.environ.items() if name != "DATABASE_URL"} | {
            "DJANGO_SETTINGS_MODULE": "konzept.settings",
            "KONZEPTWERK_DEBUG": "1",
            "KONZEPTWERK_DATA": str(ordner),
        }
        with socket.socket() as buchse:
            buchse.bind(("127.0.0.1", 0))
            self.port = buchse.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self.prozess: subprocess.Popen | None = None

    def _python(self, *teile: str, starte=subprocess.run, **weitere):
        befehl = [sys.executable, *teile]
        return starte(befehl, cwd=settings.BASE_DIR, env=self.umgebung, **weitere)

    def richte_ein(self) -> None:
        if connection.vendor == "sqlite":  # so that nothing is left to migrate
            testdatenbank.kopiere(Path(self.umgebung["KONZEPTWERK_DATA"]) / "konzeptwerk.sqlite3")
        self._python("-c", EINRICHTEN, check=True, timeout=300)

    def starte(self) -> None:
        befehl = ("manage.py", "runserver", "--noreload", f"127.0.0.1:{self.port}")
        stumm = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        self.prozess = self._python(*befehl, starte=subprocess.Popen, **stumm)
        frist = time.monotonic() + 120
        while not self._antwortet():
            assert self.prozess.poll() is None, "the server has ended by itself"
            assert time.monotonic() < frist, "the server does not answer"
            time.sleep(0.2)

    def _antwortet(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/anmelden/", timeout=10) as antwort:
                return antwort.status == 200
        except (urllib.error.URLError, TimeoutError, ConnectionError):
            return False

    def toete(self) -> None:
        if self.prozess and self.prozess.poll() is None:
            self.prozess.send_signal(signal.SIGKILL)
            self.prozess.wait()


@pytest.fixture
def server(tmp_path) -> Iterator[Server]:
    server = Server(tmp_path)
    server.richte_ein()
    server.starte()
    yield server
    server.toete()


def test_ein_getoeteter_server_nimmt_nichts_mit(server, oeffne_browser, beanstandungen):
    seite = oeffne_browser(base_url=server.url).new_page()
    seite.goto("/konzepte/musterhausen/konzept/abschnitte/1/bearbeiten/")
    anmelden(seite)
    text, hinweis = seite.get_by_role("textbox", name="Text"), seite.locator("[data-zwischenstand-hinweis]")
    erwarte_text(text, "Erste Zeile.")
    schreibe(text, "Erste Zeile.\nVor dem Absturz geschrieben.")
    expect(hinweis).to_contain_text("Zwischengespeichert")

    beanstandungen.erwarte("ERR_CONNECTION_REFUSED")
    server.toete()
    seite.get_by_label("Titel", exact=True).fill("Vorwort, beim Absturz offen")
    expect(hinweis).to_contain_text("der Server ist nicht zu erreichen")
    server.starte()

    speichern(seite)
    expect(seite.get_by_role("status").first).to_have_text(GESPEICHERT)
    seite.goto("/konzepte/musterhausen/konzept/abschnitte/1/bearbeiten/")
    expect(seite.get_by_label("Titel", exact=True)).to_have_value("Vorwort, beim Absturz offen")
    erwarte_text(text, "Erste Zeile.\nVor dem Absturz geschrieben.")
    expect(seite.get_by_text("Ihre Eingaben sind noch da")).to_have_count(0)

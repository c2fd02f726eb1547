"""Signing in and the own account, in a real browser: second factor, passkeys, links in mails, sessions, every page."""

import re

import pytest
from django.core import mail
from playwright.sync_api import Page, expect

from konzept.konten.models import Benutzer
from tests.fabrik import KENNWORT, mache_benutzer
from tests.konzept.konten.faktor import code, mache_app, mache_codes, mache_passkey
from tests.post import stelle_zu

from .conftest import anmelden
from .messen import maengel

RITA = "rita@stadt.example"
FAKTOR = "/konto/zweiter-faktor/"
GERAET = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
}


@pytest.fixture
def konto(live_server) -> Benutzer:
    return mache_benutzer(email=RITA, name="Rita Redaktion")


def oeffne(seite: Page, pfad: str) -> None:
    """Open a page; sign in and confirm with the password where it asks."""
    seite.goto(pfad)
    if seite.url.split("?")[0].endswith("/anmelden/"):
        anmelden(seite, RITA)
    if "/konto/bestaetigen/" in seite.url:
        seite.get_by_label("Kennwort").fill(KENNWORT)
        seite.get_by_role("button", name="Bestätigen").click()


def erwarte(seite: Page, ueberschrift: str) -> None:
    expect(seite.get_by_role("heading", level=1)).to_have_text(ueberschrift)


@pytest.mark.parametrize("javascript", [True, False], ids=["mit JavaScript", "ohne JavaScript"])
def test_app_einrichten_und_damit_anmelden(javascript, oeffne_browser, konto):
    seite = oeffne_browser(java_script_enabled=javascript).new_page()
    oeffne(seite, f"{FAKTOR}app/")
    geheim = seite.locator("code.schluessel").inner_text()
    bild = seite.get_by_role("img", name=re.compile("QR-Code"))
    assert not javascript or bild.evaluate("bild => bild.naturalWidth > 0")
    seite.get_by_label("Code aus der App").fill(code(geheim))
    seite.get_by_role("button", name="App einrichten").click()
    erwarte(seite, "Wiederherstellungscodes")
    expect(seite.locator(".codes code")).to_have_count(10)
    expect(seite.get_by_role("button", name="Drucken")).to_have_count(int(javascript))
    seite.get_by_role("button", name="Abmelden").click()

    anmelden(seite, RITA)
    erwarte(seite, "Zweiter Faktor")
    seite.get_by_label("Code").fill("000000")
    seite.get_by_role("button", name="Weiter").click()
    expect(seite.locator("#fehler")).to_be_focused()
    seite.get_by_label("Code").fill(code(geheim, 1))
    seite.get_by_role("button", name="Weiter").click()
    erwarte(seite, "Ihre Konzepte")


def test_passkey_einrichten_und_damit_anmelden(kontext, konto):
    seite = kontext.new_page()
    cdp = kontext.new_cdp_session(seite)
    cdp.send("WebAuthn.enable")
    geraet = cdp.send("WebAuthn.addVirtualAuthenticator", {"options": GERAET})["authenticatorId"]
    oeffne(seite, f"{FAKTOR}passkeys/neu/")
    seite.get_by_label("Name").fill("Diensthandy")
    seite.get_by_role("button", name="Passkey einrichten").click()
    erwarte(seite, "Wiederherstellungscodes")
    seite.goto(f"{FAKTOR}passkeys/")
    expect(seite.get_by_role("listitem").filter(has_text="Diensthandy")).to_contain_text("auch ohne Kennwort")
    seite.get_by_role("button", name="Abmelden").click()

    seite.goto("/konto/sitzungen/")
    seite.get_by_role("button", name="Mit Passkey anmelden").click()
    erwarte(seite, "Sitzungen")
    seite.get_by_role("button", name="Abmelden").click()
    anmelden(seite, RITA)
    seite.get_by_role("button", name="Passkey verwenden").click()
    erwarte(seite, "Ihre Konzepte")

    seite.get_by_role("button", name="Abmelden").click()
    cdp.send("WebAuthn.setUserVerified", {"authenticatorId": geraet, "isUserVerified": False})
    seite.get_by_role("button", name="Mit Passkey anmelden").click()
    expect(seite.get_by_role("alert")).to_contain_text("abgebrochen oder hat zu lange gedauert")


def test_kennwort_vergessen(seite, konto):
    seite.goto("/anmelden/")
    seite.get_by_role("link", name="Kennwort vergessen?").click()
    seite.get_by_label("E-Mail-Adresse").fill(RITA)
    seite.get_by_role("button", name="Link anfordern").click()
    erwarte(seite, "Sehen Sie in Ihr Postfach")
    stelle_zu()
    seite.goto(re.search(r"http://\S+", mail.outbox[-1].body)[0])
    for feld in ("Neues Kennwort", "Neues Kennwort wiederholen"):
        seite.get_by_label(feld, exact=True).fill("ein ganz neues kennwort")
    seite.get_by_role("button", name="Kennwort speichern").click()
    erwarte(seite, "Ihr neues Kennwort gilt")
    konto.refresh_from_db()
    assert konto.check_password("ein ganz neues kennwort")


def test_eine_andere_sitzung_beenden(oeffne_browser, konto):
    hier, dort = oeffne_browser().new_page(), oeffne_browser().new_page()
    for seite in (hier, dort):
        oeffne(seite, "/konto/sitzungen/")
    hier.reload()
    hier.get_by_role("button", name="Beenden: Chrome, Linux").click()
    expect(hier.get_by_role("status").first).to_contain_text("Beendet.")
    expect(hier.get_by_role("listitem").filter(has_text="IP-Adresse")).to_have_count(1)
    dort.reload()
    erwarte(dort, "Anmelden")


OHNE_ANMELDUNG = [
    "/anmelden/",
    "/anmelden/registrieren/",
    "/anmelden/gesperrt/",
    "/kennwort-vergessen/",
    "/kennwort-vergessen/gesendet/",
    "/kennwort-vergessen/1-abc/",
    "/kennwort-vergessen/fertig/",
    "/adresse-bestaetigen/",
    "/adresse-bestaetigen/abc/",
]
MIT_ANMELDUNG = [
    "/konto/",
    "/konto/adresse/",
    "/konto/kennwort/",
    "/konto/sitzungen/",
    "/konto/bestaetigen/",
    "/konto/bestaetigen/zweiter-faktor/",
    "/konto/bestaetigen/passkey/",
    FAKTOR,
    f"{FAKTOR}passkeys/",
]
NACH_BESTAETIGUNG = [
    f"{FAKTOR}app/abschalten/",
    f"{FAKTOR}passkeys/neu/",
    f"{FAKTOR}codes/",
    f"{FAKTOR}codes/neu/",
]


def seitenarten(seite: Page, konto: Benutzer):
    for pfad in OHNE_ANMELDUNG:
        seite.goto(pfad)
        yield
    seite.goto("/kennwort-vergessen/")
    seite.get_by_role("button", name="Link anfordern").click()
    yield
    oeffne(seite, f"{FAKTOR}app/")
    yield
    mache_app(konto)
    mache_codes(konto)
    mache_passkey(konto)
    for pfad in MIT_ANMELDUNG + NACH_BESTAETIGUNG:
        seite.goto(pfad)
        yield
    seite.goto("/konto/kennwort/")
    seite.get_by_role("button", name="Kennwort speichern").click()
    yield
    seite.get_by_role("button", name="Abmelden").click()
    anmelden(seite, RITA)
    yield


def test_jede_seite_ist_zugaenglich(kontext, konto):
    seite = kontext.new_page()
    gefunden = []
    for _ in seitenarten(seite, konto):
        gefunden += maengel(seite, dunkel=seite.url.endswith((FAKTOR, "/app/", "/kennwort/")))
    assert not gefunden, "\n\n".join(gefunden)

"""Hostile content in a real browser: no script of the text runs, nothing is fetched, nothing breaks the page apart.

`seite` itself fails on console errors (which is where violations of the Content-Security-Policy go), script errors and
requests to other hosts; here dialogs and what ends up in the DOM are added. Short fields
hold other texts than in the plain tests.
"""

import pytest
from django.test import Client
from playwright.sync_api import Page

from konzept.models import Abschnitt
from massnahmen.models import Massnahme
from tests.fabrik import adresse, formular_adresse, mache_benutzer
from tests.feindlich import beanstandet, mache_feindliches
from tests.rundgang import gehe_durch, ist_seite
from tests.satz import ohne_satz

from .conftest import REDAKTION, speichern
from .messen import TELEFON

BEFUND = """() => {
  const befund = [];
  for (const e of document.querySelectorAll('*')) {
    for (const a of e.attributes) {
      if (a.name.startsWith('on') || a.name === 'srcdoc') befund.push(`${e.tagName} ${a.name}=${a.value}`);
    }
    const quelle = new URL(e.src || 'x:', document.baseURI).origin;
    const daten = e.type === 'application/json' || (e.type === 'importmap' && e.nonce);
    if (e.tagName === 'SCRIPT' && !daten && quelle !== location.origin)
      befund.push(`script ${e.src} ${e.textContent.slice(0, 50)}`);
    if (['IFRAME', 'OBJECT', 'EMBED', 'BASE'].includes(e.tagName)) befund.push(e.tagName);
    if (e.tagName === 'A' && e.href && !['http:', 'https:', 'mailto:'].includes(e.protocol))
      befund.push(`link ${e.href}`);
    if (e.tagName === 'IMG' && !e.src.startsWith(location.origin)) befund.push(`image ${e.src}`);
    if (e.tagName === 'FORM' && !e.getAttribute('action')?.startsWith('/') && e.hasAttribute('action'))
      befund.push(`form ${e.getAttribute('action')}`);
  }
  return befund;
}"""


@pytest.fixture
def konzept(live_server, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return mache_feindliches(1)


@pytest.fixture
def leitung(konzept):
    konto = mache_benutzer(konzept.kommune, "leitung", "verwaltung", is_superuser=True, email=REDAKTION)
    konto.name = "</title><script>alert(1)</script>\u202e"
    konto.save()
    return konto


@pytest.fixture
def seite(kontext, leitung, melde_an, beanstandungen) -> Page:
    """A page of somebody who may open everything; a dialog fails the test."""
    seite = melde_an(kontext)

    def dialog(fenster):
        if fenster.type == "beforeunload":  # our own question before unsaved input is left behind
            fenster.accept()
            return
        beanstandungen.append(f"dialog: {fenster.message}")
        fenster.dismiss()

    seite.on("dialog", dialog)
    return seite


@pytest.fixture
def adressen(leitung) -> list[str]:
    """Every page of the product, as links lead to them; as they are answered, they hold nothing hostile."""
    client = Client()
    client.force_login(leitung)
    with ohne_satz():
        seiten = {pfad: antwort for pfad, antwort in gehe_durch(client, je_art=1).items() if ist_seite(antwort)}
    geprueft = {pfad: beanstandet(antwort.content.decode()) for pfad, antwort in seiten.items()}
    assert {pfad: zeilen for pfad, zeilen in geprueft.items() if zeilen} == {}
    return sorted(seiten)


def test_every_page_stays_whole(seite, adressen, konzept):
    """On a telephone, where very long words must not make anybody scroll sideways either."""
    assert {adresse(konzept), adresse(konzept, "gesamt")} <= set(adressen)
    seite.set_viewport_size(TELEFON)
    zu_breit = {}
    for pfad in adressen:
        seite.goto(pfad, wait_until="load")
        assert seite.evaluate(BEFUND) == [], pfad
        assert seite.locator("main h1").count() == 1, pfad
        breite = seite.evaluate("document.documentElement.scrollWidth")
        if breite > TELEFON["width"]:
            zu_breit[pfad] = breite
    assert zu_breit == {}


def test_scripts_of_our_own_treat_texts_as_texts(seite, konzept):
    """The combobox, the rows and the errors build their markup in the browser."""
    seite.goto(formular_adresse(Massnahme.objects.first()))
    for feld in seite.get_by_role("combobox").all():
        if feld.get_attribute("aria-autocomplete"):
            feld.click()
            feld.press("ArrowDown")
            feld.type('"><img src=x onerror=alert(1)>')
            feld.press("Enter")
    seite.locator(".zeilen__neu").first.click()
    seite.locator("[name=titel]").fill("</textarea><script>alert(1)</script>")
    assert seite.evaluate(BEFUND) == []
    speichern(seite)
    seite.wait_for_load_state("networkidle")
    assert seite.evaluate(BEFUND) == []


def test_what_was_typed_comes_back_as_text_after_an_error_and_a_conflict(seite, konzept):
    boese = "<script>alert(1)</script><img src=x onerror=alert(1)></textarea>"
    for titel, version in (("", "1"), (boese, "0")):
        seite.goto(formular_adresse(Abschnitt.objects.first()))
        seite.locator("[contenteditable=true]").first.fill(boese)
        seite.locator("[name=titel]").fill(titel)
        seite.locator("input[name=_version]").evaluate("(e, wert) => { e.value = wert }", version)
        speichern(seite)
        seite.locator("#fehler, #konflikt").wait_for()
        assert boese in seite.locator("[contenteditable=true]").first.inner_text()
        assert seite.locator("[name=titel]").input_value() == titel
        assert seite.evaluate(BEFUND) == []
    seite.wait_for_load_state("networkidle")

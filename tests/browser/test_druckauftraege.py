"""Waiting for a PDF, as a reader does."""

import pytest
from playwright.sync_api import expect

from konzept.druckauftraege import laeufe
from tests.fabrik import adresse
from tests.satz import leeres_pdf

from .messen import DESKTOP, SCHMAL


@pytest.fixture
def prozesse(settings, monkeypatch) -> list:
    """The processes that were started; they work when the test lets them."""
    gestartet = []
    settings.DRUCK_IM_HINTERGRUND = True
    monkeypatch.setattr(laeufe, "_starte", gestartet.append)
    monkeypatch.setattr("konzept.dokument.pdf.drucke", lambda dokument: leeres_pdf())
    return gestartet


def arbeite(auftrag: laeufe.Auftrag) -> bool:
    """What the process does, with its end."""
    try:
        return laeufe.fuehre_aus(auftrag)
    finally:
        laeufe.gib_frei(auftrag.kennung)


def als_text(route) -> None:
    """Chromium's own pages around a PDF are not ours to look at."""
    antwort = route.fetch()
    typ = antwort.headers["content-type"]
    route.fulfill(response=antwort, content_type="text/plain" if typ == "application/pdf" else typ)


@pytest.mark.parametrize("fenster", [DESKTOP, SCHMAL], ids=["desktop", "narrow"])
def test_the_pdf_opens_by_itself_once_it_is_there(fenster, oeffne_browser, melde_an, monheim, prozesse, axe):
    seite = melde_an(oeffne_browser(viewport=fenster))
    seite.route("**/druck.pdf", als_text)
    seite.goto(adresse(monheim, "druck.pdf")[:-1])
    expect(seite.get_by_role("heading", level=1)).to_have_text("Das PDF wird hergestellt")
    expect(seite.get_by_text("In Arbeit seit")).to_be_visible()
    assert seite.evaluate("document.documentElement.scrollWidth <= innerWidth")
    axe(seite)
    assert arbeite(prozesse.pop())
    expect(seite.locator("body")).to_contain_text("%PDF-")


def test_a_failure_is_tried_again_by_a_button(kontext, melde_an, monheim, prozesse, axe):
    seite = melde_an(kontext)
    seite.goto(adresse(monheim, "druck.pdf")[:-1])
    expect(seite.get_by_text("In Arbeit seit")).to_be_visible()
    auftrag = prozesse.pop()
    assert not arbeite(auftrag._replace(art="gibt es nicht"))
    expect(seite.get_by_role("heading", level=1)).to_have_text("Das PDF konnte nicht hergestellt werden")
    axe(seite)
    seite.get_by_role("button", name="Noch einmal versuchen").click()
    expect(seite.get_by_role("heading", level=1)).to_have_text("Das PDF wird hergestellt")
    assert prozesse == [auftrag]

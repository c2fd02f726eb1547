"""Waiting for a PDF, as a reader does."""

import re

import pytest
from playwright.sync_api import expect

from konzept.druckauftraege import auftraege
from konzept.druckauftraege.models import Druckauftrag
from konzept.hintergrund import zustand
from konzept.hintergrund.arten import art
from konzept.hintergrund.lauf import arbeite_ab
from konzept.models import Konzept
from tests.fabrik import adresse
from tests.satz import leeres_pdf

from .messen import DESKTOP, SCHMAL


@pytest.fixture
def dienst(settings, monkeypatch):
    """Calling it does what the worker does."""
    settings.DRUCK_IM_HINTERGRUND = True
    monkeypatch.setattr(auftraege, "GEDULD", 0)
    monkeypatch.setattr("konzept.dokument.pdf.drucke", lambda dokument, **_: leeres_pdf())
    return lambda: arbeite_ab(art("druck"))


def als_text(route) -> None:
    """Chromium's own pages around a PDF are not ours to look at."""
    antwort = route.fetch()
    typ = antwort.headers["content-type"]
    route.fulfill(response=antwort, content_type="text/plain" if typ == "application/pdf" else typ)


@pytest.mark.parametrize("fenster", [DESKTOP, SCHMAL], ids=["desktop", "narrow"])
def test_the_page_tells_how_far_it_is_and_hands_it_out_beside_the_newer_state(
    fenster, oeffne_browser, melde_an, monheim, dienst, axe
):
    zustand.melde_leben("dienst-1", "rechner-1")
    seite = melde_an(oeffne_browser(viewport=fenster))
    seite.route("**/druck.pdf?*", als_text)
    seite.goto(adresse(monheim, "druck.pdf")[:-1])
    expect(seite.get_by_role("heading", level=1)).to_have_text("Das PDF wird hergestellt")
    expect(seite.get_by_text("Als Nächstes an der Reihe")).to_be_visible()
    assert seite.evaluate("document.documentElement.scrollWidth <= innerWidth")
    axe(seite)
    Konzept.objects.filter(pk=monheim.pk).update(titel="Inzwischen anders")
    dienst()
    expect(seite.get_by_role("heading", level=1)).to_have_text("Das PDF ist fertig")
    expect(seite.get_by_role("link", name="Neuen Stand drucken")).to_be_visible()
    axe(seite)
    seite.get_by_role("link", name="PDF öffnen").click()
    expect(seite.locator("body")).to_contain_text("%PDF-")


def test_who_waits_no_more_can_say_so(kontext, melde_an, monheim, dienst):
    seite = melde_an(kontext)
    seite.goto(adresse(monheim, "druck.pdf")[:-1])
    seite.get_by_role("button", name="Nicht mehr drucken").click()
    expect(seite).to_have_url(re.compile(f"{adresse(monheim)}$"))
    assert Druckauftrag.objects.get().status == "abgebrochen"


def test_a_failure_is_tried_again_by_a_button(kontext, melde_an, monheim, dienst, axe):
    seite = melde_an(kontext)
    seite.goto(adresse(monheim, "druck.pdf")[:-1])
    expect(seite.get_by_text("Als Nächstes an der Reihe")).to_be_visible()
    Druckauftrag.objects.update(art="gibt es nicht")
    dienst()
    expect(seite.get_by_role("heading", level=1)).to_have_text("Das PDF konnte nicht hergestellt werden")
    axe(seite)
    seite.get_by_role("button", name="Noch einmal versuchen").click()
    expect(seite.get_by_role("heading", level=1)).to_have_text("Das PDF wird hergestellt")

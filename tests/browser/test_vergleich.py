"""Choosing two states, reading what differs and finding its place, by keyboard and on a phone."""

import pytest
from playwright.sync_api import expect

from konzept.fassungen.vorgaenge import festschreiben
from massnahmen.models import Massnahme
from tests.browser.conftest import LESEN
from tests.browser.messen import TELEFON


@pytest.fixture
def fassungen(monheim):
    """Two drafts of the small example, between which a measure got another title and a chapter another word."""
    festschreiben(konzept=monheim, art="entwurf", konto=None)
    massnahme = Massnahme.objects.filter(handlungsfeld__konzept=monheim).first()
    massnahme.titel = f"{massnahme.titel} für alle"
    massnahme.save()
    festschreiben(konzept=monheim, art="entwurf", konto=None)
    return massnahme


def ort(konzept) -> str:
    return f"/konzepte/{konzept.kommune.slug}/{konzept.slug}/vergleich/"


def test_from_the_choice_to_the_changed_measure(kontext, melde_an, monheim, fassungen, axe):
    seite = melde_an(kontext, LESEN)
    seite.goto(ort(monheim))
    axe(seite)
    seite.get_by_label("Früherer Stand").select_option("1")
    seite.get_by_label("Späterer Stand").select_option("2")
    seite.get_by_role("button", name="Vergleichen").press("Enter")
    seite.wait_for_url("**/ansicht/?alt=1&neu=2")
    expect(seite.get_by_role("heading", name="Was sich geändert hat")).to_be_visible()
    expect(seite.locator("ins")).to_have_text("eingefügt:  für alle (Ende) ", use_inner_text=False)
    axe(seite)
    seite.get_by_role("link", name="im späteren Stand").first.press("Enter")
    seite.wait_for_url("**/fassungen/2/lesen/**")
    expect(seite.locator(f"#massnahme-{fassungen.pk}")).to_contain_text(fassungen.titel)


def test_on_a_phone_nothing_stands_outside_the_page(oeffne_browser, melde_an, monheim, fassungen, axe):
    for breite in (TELEFON, {"width": 320, "height": 640}):
        seite = melde_an(oeffne_browser(viewport=breite), LESEN)
        seite.goto(f"{ort(monheim)}ansicht/?alt=1&neu=stand")
        expect(seite.locator("ins")).to_be_visible()
        assert seite.evaluate("document.documentElement.scrollWidth <= innerWidth")
        axe(seite)

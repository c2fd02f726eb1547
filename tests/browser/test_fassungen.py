"""A Fassung from freezing to the public page, as the people who do it see it."""

import pytest
from playwright.sync_api import expect

from konzept.fassungen import ausgaben
from konzept.fassungen.models import FassungArt
from konzept.fassungen.vorgaenge import festschreiben, veroeffentliche
from konzept.models import Kommune
from tests.fabrik import mache_beschlussfassung

from .messen import DESKTOP, TELEFON


@pytest.fixture
def gedruckt(monkeypatch):
    """Printing takes longer than the test waits; that it is right is for tests/konzept/fassungen."""
    monkeypatch.setattr(ausgaben.pdf, "drucke", lambda *_, **__: b"%PDF-1.7")
    monkeypatch.setattr(ausgaben.bindung, "seitenzahl", lambda inhalt: 12)


def ort(konzept, rest: str = "") -> str:
    return f"/konzepte/{konzept.kommune.slug}/{konzept.slug}/fassungen/{rest}"


def test_from_the_arbeitsstand_to_a_fassung_with_its_files(kontext, melde_an, monheim, gedruckt, axe):
    seite = melde_an(kontext)
    seite.goto(ort(monheim))
    seite.get_by_role("link", name="Fassung festschreiben").click()
    expect(seite.get_by_role("heading", level=1)).to_have_text("Fassung festschreiben")
    axe(seite)
    seite.get_by_label("Notiz").fill("Zur Sitzung des Integrationsrats")
    seite.get_by_role("button", name="Festschreiben").click()
    expect(seite.get_by_role("heading", level=1)).to_have_text("Entwurf 1")
    expect(seite.locator("#ausgaben")).to_contain_text("12 Seiten")
    axe(seite)
    seite.locator(".gliederung").get_by_role("link", name="Einführung").first.click()
    expect(seite.locator("#rn-1")).to_be_visible()
    axe(seite)


SCHMAL = {"width": 320, "height": 640}


@pytest.mark.parametrize("fenster", [DESKTOP, SCHMAL], ids=["desktop", "narrow"])
def test_a_missing_wappen_is_told_and_left_out_on_purpose(fenster, oeffne_browser, melde_an, monheim, gedruckt, axe):
    Kommune.objects.filter(pk=monheim.kommune_id).update(wappen="wappen/fehlt.png")
    seite = melde_an(oeffne_browser(viewport=fenster))
    for weg in ("../", "", "neu/"):
        seite.goto(ort(monheim, weg))
        expect(seite.get_by_role("heading", name="Das Wappen fehlt im Druck")).to_be_visible()
        axe(seite)
        assert seite.evaluate("document.documentElement.scrollWidth <= innerWidth")
    seite.get_by_role("button", name="Festschreiben").click()
    expect(seite.locator("#fehler")).to_contain_text("noch nichts festgeschrieben")
    axe(seite)
    seite.get_by_label("Ohne Wappen festschreiben").check()
    seite.get_by_role("button", name="Festschreiben").click()
    expect(seite.get_by_role("heading", level=1)).to_have_text("Entwurf 1")
    expect(seite.locator(".steckbrief")).to_contain_text("Ohne Wappen festgeschrieben")
    axe(seite)


@pytest.mark.parametrize("fenster", [DESKTOP, TELEFON], ids=["desktop", "phone"])
def test_everybody_reads_what_is_published(fenster, oeffne_browser, monheim, axe):
    veroeffentliche(fassung=mache_beschlussfassung(monheim), konto=None)
    seite = oeffne_browser(viewport=fenster).new_page()
    seite.goto("/oeffentlich/")
    seite.get_by_role("link", name=monheim.titel).click()
    expect(seite.get_by_role("heading", level=1)).to_have_text(monheim.titel)
    axe(seite)
    seite.get_by_role("link", name="Lesen", exact=True).click()
    expect(seite.locator(".dok-massnahmen").first).to_be_visible()
    axe(seite)
    assert seite.context.cookies() == []


@pytest.mark.parametrize("fenster", [DESKTOP, TELEFON], ids=["desktop", "phone"])
def test_randnummern_stand_beside_their_text_and_nothing_is_cut_off(fenster, oeffne_browser, melde_an, monheim, axe):
    festschreiben(konzept=monheim, art=FassungArt.ENTWURF, konto=None)
    seite = melde_an(oeffne_browser(viewport=fenster))
    seite.goto(ort(monheim, "1/gesamt/"))
    expect(seite.locator("#rn-1")).to_be_visible()
    ausserhalb = seite.evaluate(
        """() => [...document.querySelectorAll(".dok-rn")].filter(rn => {
            const r = rn.getBoundingClientRect();
            return r.left < 0 || r.right > innerWidth || r.width === 0;
        }).map(rn => rn.id)"""
    )
    assert ausserhalb == []
    assert seite.evaluate("document.documentElement.scrollWidth <= innerWidth")
    axe(seite)

"""The list of measures as people work with it: filter and send the address, search, keyboard, several at once."""

import re
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Page, expect

from massnahmen.liste.forms import SPALTEN
from massnahmen.models import Massnahme

from .conftest import LESEN
from .messen import DESKTOP, SCHMAL, TELEFON, maengel

ALLE_SPALTEN = f"?{urlencode({'spalte': list(SPALTEN)}, doseq=True)}"


@pytest.fixture
def liste(musterstadt) -> str:
    return f"/konzepte/{musterstadt.kommune.slug}/{musterstadt.slug}/massnahmen/"


@pytest.fixture
def geplante(musterstadt):
    return Massnahme.objects.fuer_konzept(musterstadt).filter(umsetzungsstand="geplant")


def anzahl(seite: Page):
    return seite.get_by_role("status").filter(has_text="Maßnahme").first


def test_filter_and_send_the_address_to_a_colleague(kontext, oeffne_browser, melde_an, liste, geplante):
    seite = melde_an(kontext)
    seite.goto(liste)
    seite.get_by_text("Weitere Filter").click()
    seite.get_by_label("geplant").check()
    seite.get_by_label("Sortieren nach").locator("xpath=ancestor::details/summary").click()
    seite.get_by_label("Sortieren nach").select_option("titel")
    seite.get_by_role("button", name="Anzeigen").click()
    expect(seite).to_have_url(re.compile(r"/massnahmen/\?(stand=geplant&sort=titel|sort=titel&stand=geplant)$"))
    titel = seite.locator("tbody th").all_inner_texts()
    assert len(titel) == geplante.count()

    kollegin = melde_an(oeffne_browser(), LESEN)
    kollegin.goto(seite.url)
    assert kollegin.locator("tbody th").all_inner_texts() == titel
    expect(kollegin.locator("tbody input, .sammelleiste")).to_have_count(0)
    kollegin.get_by_role("link", name="Filter entfernen: Umsetzungsstand: geplant").click()
    expect(kollegin).to_have_url(re.compile(r"\?sort=titel$"))


@pytest.mark.parametrize("javascript", [True, False], ids=["mit JavaScript", "ohne JavaScript"])
def test_search(javascript, oeffne_browser, melde_an, liste):
    seite = melde_an(oeffne_browser(java_script_enabled=javascript))
    seite.goto(liste)
    seite.get_by_label("Suche").fill("sprachcafe")
    seite.get_by_label("Suche").press("Enter")
    expect(anzahl(seite)).to_have_text(re.compile(r"^\d+ von \d+ Maßnahmen$"))
    expect(seite.locator("tbody th", has_text="Sprachcafés in allen Stadtteilen")).to_be_visible()
    seite.get_by_label("Suche").fill("gibtesnirgends")
    seite.get_by_label("Suche").press("Enter")
    expect(anzahl(seite)).to_have_text(re.compile("^0 von"))
    expect(seite.get_by_text("Zu dieser Auswahl gibt es keine Maßnahmen")).to_be_visible()


def aendere(seite: Page, stand: str) -> None:
    """From the ticked list to the changed one."""
    seite.get_by_role("button", name="Weiter").click()
    seite.get_by_label("Neuer Umsetzungsstand").select_option(stand)
    seite.get_by_role("button", name="Vorschau", exact=True).last.click()
    expect(seite.get_by_role("heading", name="Vorschau")).to_be_visible()
    seite.get_by_role("button", name=re.compile(r"^\d+ Maßnahmen ändern$")).click()


@pytest.mark.parametrize("javascript", [True, False], ids=["mit JavaScript", "ohne JavaScript"])
def test_change_several_and_take_it_back(javascript, oeffne_browser, melde_an, liste, geplante):
    pks = list(geplante.values_list("pk", flat=True))
    seite = melde_an(oeffne_browser(java_script_enabled=javascript))
    seite.goto(f"{liste}?stand=geplant")
    if javascript:
        seite.get_by_role("checkbox", name="Alle auf dieser Seite auswählen").check()
        expect(seite.locator(".sammelleiste")).to_contain_text(f"{len(pks)} angekreuzt")
    else:
        seite.get_by_label("Auswahl", exact=True).select_option("seite")
    aendere(seite, "laufend")
    expect(seite).to_have_url(re.compile(r"\?stand=geplant$"))
    expect(seite.get_by_text(f"Umsetzungsstand von {len(pks)} Maßnahmen geändert zu „laufend“")).to_be_visible()
    assert set(Massnahme.objects.filter(pk__in=pks).values_list("umsetzungsstand", flat=True)) == {"laufend"}
    seite.get_by_role("button", name="Rückgängig machen").click()
    expect(seite.get_by_text(f"{len(pks)} Maßnahmen haben wieder den Stand von vorher.")).to_be_visible()
    assert set(Massnahme.objects.filter(pk__in=pks).values_list("umsetzungsstand", flat=True)) == {"geplant"}


def test_with_the_keyboard_alone(kontext, melde_an, liste, musterstadt):
    seite = melde_an(kontext)
    seite.goto(liste)
    seite.get_by_role("checkbox", name="4.1-2 auswählen").focus()
    seite.keyboard.press("Space")
    seite.get_by_label("Auswahl", exact=True).focus()
    seite.keyboard.press("Tab")
    expect(seite.get_by_label("Ändern", exact=True)).to_be_focused()
    seite.keyboard.press("Tab")
    seite.keyboard.press("Enter")
    feld = seite.get_by_label("Neuer Umsetzungsstand")
    feld.focus()
    seite.keyboard.type("umg")
    expect(feld).to_have_value("umgesetzt")
    seite.keyboard.press("Tab")
    seite.keyboard.press("Tab")
    seite.keyboard.press("Enter")
    knopf = seite.get_by_role("button", name="1 Maßnahme ändern")
    expect(knopf).to_be_visible()
    knopf.focus()
    seite.keyboard.press("Enter")
    expect(seite.get_by_text("Umsetzungsstand von 1 Maßnahme geändert zu „umgesetzt“")).to_be_visible()


def test_in_a_narrow_window_each_cell_says_what_it_is(oeffne_browser, melde_an, monheim):
    seite = melde_an(oeffne_browser(viewport=SCHMAL))
    seite.goto(f"/konzepte/{monheim.kommune.slug}/{monheim.slug}/massnahmen/{ALLE_SPALTEN}")
    zelle = seite.locator(".massnahmenliste tbody tr").first.locator("td")
    davor = zelle.evaluate_all("zellen => zellen.map(z => getComputedStyle(z, '::before').content)")
    assert [text for text in davor if text != "none"] == [f'"{titel}: "' for titel in SPALTEN.values()]


def test_accessible_and_never_wider_than_the_window(kontext, melde_an, liste):
    seite = melde_an(kontext)

    def pruefe():
        assert maengel(seite, DESKTOP, TELEFON) == []

    for frage in (
        "",
        "?von=2030&bis=2020&spalte=x&q=sprache",
        ALLE_SPALTEN,
    ):
        seite.goto(liste + frage)
        pruefe()
    seite.goto(f"{liste}?stand=geplant")
    seite.get_by_label("Auswahl", exact=True).select_option("seite")
    seite.get_by_role("button", name="Weiter").click()
    pruefe()
    seite.get_by_label("Neuer Umsetzungsstand").select_option("entfallen")
    seite.get_by_role("button", name="Vorschau", exact=True).last.click()
    expect(seite.get_by_text("geht nicht").first).to_be_visible()
    pruefe()
    seite.get_by_label("Neuer Umsetzungsstand").select_option("laufend")
    seite.get_by_role("button", name="Vorschau erneuern").click()
    seite.get_by_role("button", name=re.compile("Maßnahmen ändern$")).click()
    expect(seite.get_by_role("button", name="Rückgängig machen")).to_be_visible()
    pruefe()

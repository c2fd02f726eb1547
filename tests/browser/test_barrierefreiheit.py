"""WCAG 2.2 AA, as far as axe measures it, and the order of headings, on every kind of page."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from konzept.models import Abschnitt, Konzept
from massnahmen.models import Massnahme

from .conftest import DESKTOP, LESEN, TELEFON, speichern
from .messen import SPRUENGE

# In the dark only colours differ; these pages show all of them.
DUNKEL = {"sign-in with an error", "title page", "Handlungsfeld", "Kosten", "measure with errors", "conflict"}


def seitenarten(
    kontext: BrowserContext, melde_an, konzept: Konzept, ganzes: bool
) -> Iterator[tuple[str, Page]]:
    """Every kind of page, one after the other, in the state that the name says."""
    wurzel = f"/konzepte/{konzept.kommune.slug}/{konzept.slug}/"
    massnahme = Massnahme.objects.get(handlungsfeld__konzept=konzept, titel__startswith="Wegweiser")
    formular = f"{wurzel}massnahmen/{massnahme.pk}/bearbeiten/"
    inhalt = {a.inhalt or a.titel: a for a in Abschnitt.objects.filter(konzept=konzept)}

    def kapitel(name: str) -> str:
        return f"{wurzel}lesen/abschnitt-{inhalt[name].pk}/"

    seite = kontext.new_page()
    seite.goto("/anmelden/")
    yield "sign-in", seite
    seite.get_by_label("E-Mail-Adresse").fill("niemand@stadt.example")
    seite.get_by_role("button", name="Anmelden", exact=True).click()
    expect(seite.locator("#fehler")).to_be_visible()
    yield "sign-in with an error", seite
    seite = melde_an(kontext, LESEN)
    seite.goto(formular)
    expect(seite.get_by_role("heading", level=1)).to_have_text("Dafür fehlt Ihnen die Berechtigung")
    yield "403", seite
    seite.goto("/gibt-es-nicht/")
    expect(seite.get_by_role("heading", level=1)).to_have_text("Diese Seite gibt es nicht")
    yield "404", seite

    seite = melde_an(kontext)
    for name, adresse in {
        "start": "/",
        "title page": wurzel,
        "chapter with a text table": kapitel("Einführung"),
        "Leitlinien": kapitel("leitlinien"),
        "Handlungsfeld": f"{wurzel}lesen/handlungsfeld-{massnahme.handlungsfeld_id}/",
        "matrix": kapitel("querschnitt"),
        "Angebote": kapitel("angebote"),
        "Kosten": kapitel("kosten"),
        "Indikatoren": kapitel("indikatoren"),
        "Mitwirkende": kapitel("mitwirkende"),
        "text of a section": f"{wurzel}abschnitte/{inhalt['Einführung'].pk}/bearbeiten/",
        "measure": formular,
    }.items():
        seite.goto(adresse)
        yield name, seite
    if ganzes:
        seite.goto(f"{wurzel}gesamt/")
        yield "whole concept", seite

    seite.goto(formular)
    massnahme.beanspruche_version(massnahme.version, massnahme.geaendert_von)
    seite.get_by_label("Schritt 1: Zeitraum").fill("13/2027")
    seite.get_by_label("Titel", exact=True).fill("")
    speichern(seite)
    expect(seite.locator("#fehler")).to_be_visible()
    yield "measure with errors", seite
    seite.get_by_label("Schritt 1: Zeitraum").fill("12/2027")
    seite.get_by_label("Titel", exact=True).fill("Anders")
    speichern(seite)
    expect(seite.locator("#konflikt")).to_be_visible()
    yield "conflict", seite


@pytest.mark.parametrize("ansicht", ["Desktop", "Telefon", "dunkel"])
def test_axe_findet_auf_keiner_seite_etwas(ansicht, oeffne_browser, melde_an, musterstadt, axe):
    kontext = oeffne_browser(
        viewport=TELEFON if ansicht == "Telefon" else DESKTOP,
        color_scheme="dark" if ansicht == "dunkel" else "light",
    )
    spruenge = {}
    for name, seite in seitenarten(kontext, melde_an, musterstadt, ganzes=ansicht == "Desktop"):
        if ansicht == "dunkel" and name not in DUNKEL:
            continue
        axe(seite)
        spruenge[name] = seite.evaluate(SPRUENGE)
    assert {name: wo for name, wo in spruenge.items() if wo} == {}

"""An office that takes part: from its list of measures into one, and on to the next."""

import pytest
from playwright.sync_api import expect

from massnahmen.models import Akteur, Massnahme
from tests.fabrik import mache_benutzer

from .conftest import schreibe, speichern
from .messen import DESKTOP, TELEFON

JUGENDAMT = "jugendamt@stadt.example"


@pytest.fixture
def jugendamt(musterstadt):
    """An account that takes part for the Jugendamt."""
    konto = mache_benutzer(email=JUGENDAMT, name="Jana Jugendamt")
    akteur = Akteur.objects.get(kommune=musterstadt.kommune, kurz="51")
    konto.mitgliedschaften.create(kommune=musterstadt.kommune, rolle="mitwirkung", akteur=akteur)
    return konto


def _sachstand(seite, text: str) -> None:
    abschnitt = seite.locator("#zeilen-sachstaende")
    zeilen = abschnitt.locator("li.zeilen__zeile")
    anzahl = zeilen.count()
    abschnitt.get_by_role("button", name="Sachstand hinzufügen").click()
    expect(zeilen).to_have_count(anzahl + 1)
    zeile = zeilen.last
    zeile.get_by_label("Datum").fill("20.11.2026")
    schreibe(zeile.locator("[contenteditable]"), text)


@pytest.mark.parametrize("fenster", [DESKTOP, TELEFON], ids=["Desktop", "Telefon"])
def test_an_office_reports_on_its_measures(fenster, oeffne_browser, melde_an, musterstadt, jugendamt, axe):
    seite = melde_an(oeffne_browser(viewport=fenster), JUGENDAMT)
    wurzel = f"/konzepte/{musterstadt.kommune.slug}/{musterstadt.slug}/"
    seite.goto(wurzel)
    axe(seite, ".rahmen")
    meine = seite.locator("section", has=seite.get_by_role("heading", name="Ihre Maßnahmen")).get_by_role("link")
    assert meine.count() == Massnahme.objects.bearbeitbar_fuer(jugendamt, musterstadt).count()
    zweite = meine.nth(1).get_attribute("href")
    meine.first.click()
    expect(seite.get_by_text("Sie bearbeiten diese Maßnahme für 51 (Jugendamt).")).to_be_visible()
    expect(seite.get_by_label("Priorität")).to_be_disabled()
    axe(seite, ".rahmen")
    _sachstand(seite, "Zwölf neue Ehrenamtliche geschult.")
    seite.get_by_role("button", name="und nächste").click()
    expect(seite).to_have_url(f"{seite.url.split('/konzepte')[0]}{zweite}")
    expect(seite.get_by_text("ist gespeichert")).to_be_visible()
    massnahme = Massnahme.objects.get(sachstaende__text="Zwölf neue Ehrenamtliche geschult.")
    assert massnahme.geaendert_von == jugendamt


def test_taking_oneself_out_is_answered_at_the_field(oeffne_browser, melde_an, musterstadt, jugendamt, axe):
    seite = melde_an(oeffne_browser(java_script_enabled=False), JUGENDAMT)
    massnahme = Massnahme.objects.bearbeitbar_fuer(jugendamt, musterstadt).filter(schritte=None).first()
    seite.goto(f"/konzepte/{musterstadt.kommune.slug}/{musterstadt.slug}/massnahmen/{massnahme.pk}/bearbeiten/")
    for name in ("federfuehrung", "mitwirkung"):
        seite.locator(f"[name={name}]").fill("")
    speichern(seite)
    expect(seite.locator("#fehler")).to_contain_text("Sie bearbeiten die Maßnahme für „51“")
    expect(seite.locator("#id_mitwirkung")).to_have_attribute("aria-invalid", "true")

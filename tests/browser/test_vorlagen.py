"""Somebody brings the concept before the council, and enters what the council resolved."""

import re

import pytest
from playwright.sync_api import Page, expect

from konzept.rechte import Rolle
from konzept.vorlagen.models import Vorlage
from tests.fabrik import mache_benutzer

from .conftest import speichern
from .messen import SCHMAL

LEITUNG = "leitung@stadt.example"


@pytest.fixture
def seite(kontext, melde_an, monheim) -> Page:
    mache_benutzer(monheim.kommune, Rolle.LEITUNG, email=LEITUNG)
    monheim.kommune.gremien.create(name="Rat der Stadt", art="politisch")
    return melde_an(kontext, LEITUNG)


def test_from_the_new_vorlage_to_the_decision(seite, axe, monheim):
    seite.goto(f"/konzepte/monheim-am-rhein/{monheim.slug}/vorlagen/")
    seite.get_by_role("link", name="Neue Vorlage").click()
    expect(seite.get_by_label("Betreff")).to_have_value(monheim.titel)
    axe(seite)
    seite.get_by_role("button", name="Anlegen").click()

    expect(seite.get_by_role("heading", name="Vorlage bearbeiten")).to_be_visible()
    seite.get_by_label("Drucksachennummer").fill("X/0123/2026")
    seite.get_by_role("button", name="+ Station hinzufügen").click()
    gremium = seite.get_by_label("Station 1: Gremium")
    expect(gremium).to_be_visible()
    gremium.select_option("Rat der Stadt")
    seite.get_by_label("Station 1: Zuständigkeit").select_option("Entscheidung")
    axe(seite)
    speichern(seite)

    expect(seite.get_by_role("heading", name="Beschlussvorlage X/0123/2026")).to_be_visible()
    axe(seite)
    seite.get_by_role("link", name=re.compile("Ergebnis eintragen")).click()
    expect(seite.get_by_role("heading", name="Ergebnis der Sitzung")).to_be_visible()
    seite.get_by_label("Ergebnis", exact=True).select_option("mehrheitlich beschlossen")
    seite.get_by_label("Ja", exact=True).fill("30")
    seite.get_by_label("Nein", exact=True).fill("4")
    axe(seite)
    speichern(seite)

    expect(seite.get_by_role("link", name="Beschlussfassung festschreiben")).to_be_visible()
    expect(seite.get_by_role("main")).to_contain_text("30 Ja, 4 Nein")
    axe(seite)


def test_the_labels_are_moved_and_named_with_the_keyboard(seite, axe):
    seite.goto("/kommunen/monheim-am-rhein/vorlagenkopf/")
    beschluss = seite.get_by_label("Beschlussvorschlag")
    expect(beschluss).to_be_visible()
    axe(seite)
    hinauf = seite.locator("#zeilen-abschnitte").get_by_role("button", name="Teil 3 nach oben")
    hinauf.focus()
    seite.keyboard.press("Enter")
    zweite = seite.locator("#zeilen-abschnitte").get_by_role("listitem").nth(1)
    expect(zweite).to_contain_text("Beschlussvorschlag")
    zweite.get_by_role("combobox").fill("Beschlussentwurf")
    speichern(seite)
    expect(seite.get_by_text("ist gespeichert")).to_be_visible()


def test_nothing_is_wider_than_a_small_phone(oeffne_browser, melde_an, monheim, seite):
    lang = "Donaudampfschifffahrtsgesellschaftskonzept"
    vorlage = Vorlage.objects.create(konzept=monheim, betreff=lang, nummer="X 1")
    vorlage.beschlusspunkte.create(text="Der Rat beschließt.")
    station = vorlage.stationen.create(gremium=monheim.kommune.gremien.get(name="Rat der Stadt"), ergebnis="vertagt")
    telefon = melde_an(oeffne_browser(viewport=SCHMAL), LEITUNG)
    hier = f"/konzepte/monheim-am-rhein/{monheim.slug}/vorlagen/"
    for ort in ("", f"{vorlage.pk}/", f"{vorlage.pk}/bearbeiten/", f"{vorlage.pk}/stationen/{station.pk}/"):
        telefon.goto(hier + ort)
        expect(telefon.get_by_role("heading", level=1)).to_be_visible()
        assert telefon.evaluate("document.documentElement.scrollWidth") <= SCHMAL["width"], ort
    telefon.goto("/kommunen/monheim-am-rhein/vorlagenkopf/")
    expect(telefon.get_by_role("heading", level=1)).to_be_visible()
    assert telefon.evaluate("document.documentElement.scrollWidth") <= SCHMAL["width"]
